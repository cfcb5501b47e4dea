package render

import (
	"html/template"
	"strings"

	"allclear/generator/language"
	"allclear/generator/site"
)

// pageView is one page in one language: its texts and its address. It knows nothing about
// entries or the time.
type pageView struct {
	*settings
	lang *language.Language
	path string // the page's address in the first language: incidents/x/
	root string // relative path to the output folder: "" or ending in a slash
}

// view is a page about the whole site at an instant: the build's, or a future one that
// the page carries.
type view struct {
	pageView
	*index
}

// siteView is a page about the whole site at the build's instant. Only that one has a
// history and a future.
type siteView struct {
	view
	build *build
}

// layout is what every page has around its own content.
type layout struct {
	Lang          string          // the language tag
	Dir           string          // the direction: ltr or rtl
	Site          string          // the site's title
	Description   string          // the site's description
	Canonical     string          // the page's absolute address, or "" if the site has no URL
	Languages     []translation   // the page in each language; none if the site has only one
	ManyLanguages bool            // whether there are so many, three or more, that a menu lists them
	Root          string          // relative path to the output folder: "" or ending in a slash
	Home          string          // address of the home page
	History       string          // address of the history
	UptimePage    string          // address of the year at a glance; "" without uptime
	Insights      string          // address of the page about how incidents were communicated; "" if the site has none
	Reports       string          // address of the reports on uptime; "" if the site has none
	Subscribe     string          // address of the ways to subscribe
	Homepage      template.URL    // address of the operator's product
	HomepageName  string          // its name: example.com
	Support       template.URL    // where visitors get help
	Logo          template.URL    // address of the logo, or the logo itself
	LogoDark      template.Srcset // the logo for dark pages, likewise; "" if it is the same
	LogoWidth     int             // width of the logo in CSS pixels; 0 if it is unknown
	Scheme        string          // light dark, light or dark: the color schemes of the page
	Menu          []menuLink      // the operator's own links in the header
	Pages         []link          // the operator's own pages
	Footer        []menuLink      // the operator's own links in the footer
	Crumb         *breadcrumb     // the way back to the home page; nil on the home page, 404.html and 503.html

	Single  bool          // whether style and script are inside the page
	NoIndex bool          // whether search engines must not list the page
	Assets  assets        // addresses of style and scripts
	Style   template.CSS  // the style sheet of a single-file page
	Script  template.JS   // the script of a single-file page
	Policy  string        // the Content-Security-Policy
	Head    template.HTML // what search engines and link previews read
	State   headState     // title, icon and colors, which follow the status
	Class   string        // the class of the page's status

	Built    moment           // when the site was built; zero on pages that nothing can change any more
	BuildID  string           // the build's id, as in build.json
	Until    string           // the instant (RFC 3339, UTC) at which the page no longer shows the state, or ""
	Watch    bool             // whether something is open, so that the page checks for a newer build
	Manifest string           // address of the web app manifest; "" on a single-file page
	StandsIn bool             // whether the page replaces the product's, and so checks whether that is back
	Mirrors  []mirrorLink     // the page on all hosts of the site; none if that is one
	Zone     string           // the site's time zone, such as Europe/Berlin
	ZoneName string           // the time zone in words
	First    string           // the first day of a month, if the language writes it as an ordinal
	Periods  string           // the halves of the day, am|pm, if times are in 12 hours
	Units    string           // the units of durations, from days down, for the script
	Choosing string           // the path of what the script of "My services" gets; "" on other pages than the home page
	Finding  bool             // whether there is a field to look for a service
	Foreseen []futureFragment // the parts of the page that change at known times
}

// translation is the page in one of the site's languages.
type translation struct {
	Tag     string // the language tag
	Dir     string // the direction: ltr or rtl
	Name    string // the language's own name
	Href    string // relative address
	URL     string // absolute address, or ""
	Current bool   // whether this is the page's own language
	First   bool   // whether this is the site's first language
}

// route is the address of a page and how it is built.
type route struct {
	path     string // the page's address in the first language
	single   bool   // whether style and script are inside the page
	fallback bool   // whether it is served at other addresses, so that only absolute links work
}

// page returns the view of a page in a language. A fallback page has absolute links,
// since it is served at any address.
func (s *settings) page(l *language.Language, p route) pageView {
	root := rootFrom(l.Path(p.path))
	if p.fallback {
		root = s.url
	}
	return pageView{settings: s, lang: l, path: p.path, root: root}
}

// view returns a page about the whole site at the build's instant.
func (b *build) view(l *language.Language, p route) siteView {
	return siteView{view{b.settings.page(l, p), b.index}, b}
}

// layout returns the layout of a page about the whole site. It includes when the page was
// built and how long it is valid.
func (v siteView) layout(p route, title string) (layout, error) {
	f := v.pageView.layout(p, v.overall(), title, v.now)
	v.addBuildInfo(&f)
	if f.Crumb != nil {
		f.Crumb.State = v.overallLabel()
	}
	if p.single {
		if err := v.build.embedLogos(&f); err != nil {
			return layout{}, err
		}
	}
	var err error
	f.Head, err = v.head(p, f)
	return f, err
}

// addBuildInfo adds to a layout which build the page is from and how long it is valid.
func (v siteView) addBuildInfo(f *layout) {
	f.Built, f.BuildID, f.Until, f.Watch = v.moment(v.now), v.build.id(), v.build.future.validUntil, v.watch()
}

// translations returns the page in every language, or nil if the site has only one.
func (v pageView) translations() []translation {
	if len(v.languages) < 2 {
		return nil
	}
	var list []translation
	for _, l := range v.languages {
		other := translation{
			Tag:     l.Tag,
			Dir:     l.Dir,
			Name:    l.Say("name"),
			Href:    v.root + fileIn(l, v.path),
			Current: l == v.lang,
			First:   l.Default,
		}
		if v.url != "" && !strings.HasSuffix(v.path, ".html") { // 404.html and 503.html have no address of their own
			other.URL = v.url + l.Path(v.path)
		}
		list = append(list, other)
	}
	return list
}

// href returns a relative link to a page in the view's language.
func (v pageView) href(path string) string { return v.root + v.lang.Path(path) + "index.html" }

// base returns the absolute address of the home page in the view's language.
func (v pageView) base() string { return v.url + v.lang.Path("") }

// inEach returns the files that newFiles returns for each language.
func (b *build) inEach(newFiles func(siteView) []File) []File {
	var files []File
	for _, l := range b.settings.languages {
		files = append(files, newFiles(b.view(l, route{}))...)
	}
	return files
}

// say returns a text of the page's language, by its key.
func (v pageView) say(key string, args ...any) string { return v.lang.Say(key, args...) }

// text returns an operator's text in the page's language, or else in the site's first
// language.
func (v pageView) text(t site.Text) string { return t.In(v.lang.Tag) }

// langAttr is the language of a text that is not in the page's own language.
type langAttr struct {
	Lang string // the language tag
	Dir  string // the direction: ltr or rtl
}

// untranslated returns the site's first language if a text has no translation in the
// page's language, or else nil.
func (v pageView) untranslated(t site.Text) *langAttr {
	if v.lang.Default || t.Default == "" || t.Has(v.lang.Tag) {
		return nil
	}
	return &langAttr{v.languages[0].Tag, v.languages[0].Dir}
}

// words are an operator's text, with its language if that is not the page's.
type words struct {
	HTML template.HTML // the text
	Lang string        // the language tag, if it is not the page's
	Dir  string        // the direction with Lang: ltr or rtl
}

// prose returns a text with links relative to the page. Each id in it begins with ids.
func (v pageView) prose(p site.Prose, ids string) words { return v.words(p, v.root, ids) }

// absoluteProse returns a text with absolute links, for use outside the site. Each id in
// it begins with ids.
func (v pageView) absoluteProse(p site.Prose, ids string) words { return v.words(p, v.url, ids) }

// words returns a text with links that begin with root. Each id in it begins with ids.
func (v pageView) words(p site.Prose, root, ids string) words {
	text, translated := p.In(v.lang.Tag)
	html, lang := text.HTMLIn(root, v.lang.Path(""), ids), v.lang
	var w words
	if !translated && !v.lang.Default {
		lang = v.languages[0]
		w.Lang, w.Dir = lang.Tag, lang.Dir
	}
	if strings.Contains(html, site.AlertMark) {
		for _, kind := range site.Alerts {
			html = strings.ReplaceAll(html, site.AlertMark+kind+site.AlertMark, template.HTMLEscapeString(lang.Say("alert."+kind)))
		}
	}
	w.HTML = template.HTML(html)
	return w
}

// overall returns the class of the overall status.
func (x *index) overall() string { return statusClass(x.worst()) }

// worst returns the overall status: the worst that a component has in a region, and at
// least degraded performance while an incident of that severity is open.
func (x *index) worst() site.Status {
	worst := site.Operational
	for _, c := range x.listedComponents() {
		for _, r := range c.Regions {
			worst = max(worst, r.Status)
		}
	}
	if worst < site.DegradedPerformance && x.state.Indicator == site.MinorIndicator {
		worst = site.DegradedPerformance
	}
	return worst
}
