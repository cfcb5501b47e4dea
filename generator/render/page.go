package render

import (
	"html/template"
	"strings"

	"allclear/generator/language"
	"allclear/generator/site"
)

// view is one page in one language while it is filled: what the build knows, the
// words, and where the page lives.
type view struct {
	*build
	lang *language.Language
	path string // its address in the first language: incidents/x/
	root string // the way to the output folder, "" or ending in a slash
}

// frame is what every page has around its own content. The structs that
// templates receive are plain and already decided.
type frame struct {
	Lang, Dir   string
	Site        string
	Description string
	Canonical   string // absolute, or "" where the site has no URL
	Languages   []translation
	Root        string
	Home        string
	History     string
	Subscribe   string
	Homepage    string
	Support     string
	Logo        template.URL
	Pages       []link

	Single  bool // style and script stand inside the page
	NoIndex bool
	Assets  assets
	Style   template.CSS
	Script  template.JS
	Policy  string        // the Content-Security-Policy
	Head    template.HTML // what search engines and link previews read
	State   headState
	Class   string // the overall status

	Built    moment // zero on the page of what is over for good, which stays the same from build to build
	BuildID  string
	Until    string // the instant from which the page no longer knows the state, or ""
	Watch    bool   // something is open: ask for a newer build
	Manifest string // for browsers that keep the site as an application; "" where the page is a single file
	StandsIn bool   // for a service: ask at its own address whether that is back
	Zone     string
	ZoneName string
	First    string // the first of a month, where the language calls it by its ordinal
	Units    string // of lengths, from days down, for the script
	Foreseen []foreseen
}

// headState is what a browser shows around the page, after a status.
type headState struct {
	Title       string
	Icon        template.URL
	Light, Dark string // the browser's own colour
}

// headState is that of a page with a title.
func (v view) headState(class, title string) headState {
	full := v.text(v.site.Title)
	if title != "" {
		full = v.say("title", "page", title, "site", full)
	}
	return headState{full, icons()[class], themeColours[class][0], themeColours[class][1]}
}

func (v view) headPiece(class, title string) piece {
	return piece{class: class, template: "state", value: v.headState(class, title)}
}

// themeColours are the tints of the answer, on light and on dark paper.
var themeColours = map[string][2]string{
	"ok": {"#eaf3ee", "#14231e"}, "maint": {"#eceffa", "#1a2030"}, "degraded": {"#f6f1e6", "#231f15"},
	"partial": {"#f9eee7", "#241b15"}, "major": {"#faeaec", "#261719"}, "note": {"#f6f7f9", "#161a1f"},
}

// translation is the same page in a language.
type translation struct {
	Tag, Dir, Name string
	Href           string // relative
	URL            string // absolute, or ""
	Current, First bool
}

// link is a name and where it leads.
type link struct {
	Name, Href string
	In         *tongue // of the name, where it is not the page's
}

// place says where a page is and how it is built.
type place struct {
	path   string      // its address in the first language
	single bool        // everything inside one file
	lost   bool        // served in place of any address, so that only absolute links hold
	entry  *site.Entry // whose page it is, or nil
}

func (b *build) view(l *language.Language, p place) view {
	root := up(l.Path(p.path))
	if p.lost {
		root = b.url
	}
	return view{build: b, lang: l, path: p.path, root: root}
}

// frame fills in what surrounds a page with a title; an empty one is the home
// page's.
func (v view) frame(p place, title string) (frame, error) {
	logo, err := v.logo(v.root, p.single)
	if err != nil {
		return frame{}, err
	}
	name, overall := v.text(v.site.Title), v.overall()
	f := frame{
		Lang: v.lang.Tag, Dir: v.lang.Dir,
		Site: name, Description: v.text(v.site.Description),
		Languages: v.translations(),
		Root:      v.root, Home: v.to(""), History: v.to(v.historyPath()), Subscribe: v.to("") + "#subscribe",
		Homepage: v.site.Homepage, Support: v.site.Support, Logo: template.URL(logo),
		Single: p.single, Assets: v.assets, Policy: v.assets.Policy,
		Class: overall, State: v.headState(overall, title),
		Zone: v.site.Zone.String(), ZoneName: v.zoneName(), First: v.lang.FirstDay(), Units: v.lang.Units(),
	}
	if p.entry == nil || !p.entry.Settled(v.now) {
		f.Built, f.BuildID, f.Until, f.Watch = v.moment(v.now), v.buildID(), v.horizon, v.watch()
	}
	if v.url != "" && !p.lost {
		f.Canonical = v.url + v.lang.Path(v.path)
	}
	if !p.single {
		f.Manifest = v.root + v.lang.Path("manifest.webmanifest")
	} else {
		f.Style, f.Script = template.CSS(v.assets.Style), template.JS(v.assets.Script)
	}
	for i := range v.site.Pages {
		page := &v.site.Pages[i]
		f.Pages = append(f.Pages, link{v.text(page.Title), v.to(v.freePath(page)), v.foreign(page.Title)})
	}
	f.Head, err = v.head(p, f)
	return f, err
}

// translations are this page in every language, where there are several.
func (v view) translations() []translation {
	if len(v.languages) < 2 {
		return nil
	}
	var list []translation
	for _, l := range v.languages {
		other := translation{Tag: l.Tag, Dir: l.Dir, Name: l.Say("name"), Href: v.root + fileIn(l, v.path), Current: l == v.lang, First: l.Default}
		if v.url != "" && !strings.HasSuffix(v.path, ".html") { // one that stands in for others has no address
			other.URL = v.url + l.Path(v.path)
		}
		list = append(list, other)
	}
	return list
}

// to is a link to an address in the page's language.
func (v view) to(path string) string { return v.root + v.lang.Path(path) + "index.html" }

// base is where the pages of the language begin, absolute.
func (v view) base() string { return v.url + v.lang.Path("") }

// inEach makes files in every language of the site.
func (b *build) inEach(make func(view) []File) []File {
	var files []File
	for _, l := range b.languages {
		files = append(files, make(b.view(l, place{}))...)
	}
	return files
}

func (v view) say(key string, args ...any) string { return v.lang.Say(key, args...) }

func (v view) text(t site.Text) string { return t.In(v.lang.Tag) }

// tongue is the language of a text that is not in the page's own.
type tongue struct{ Lang, Dir string }

// foreign is the language of a text that is not translated: the site's first. It
// is nil for one in the page's language.
func (v view) foreign(t site.Text) *tongue {
	if v.lang.Default || t.Default == "" || t.Has(v.lang.Tag) {
		return nil
	}
	return &tongue{v.languages[0].Tag, v.languages[0].Dir}
}

// words are an operator's text and the language it is in, where that is not the
// page's.
type words struct {
	HTML      template.HTML
	Lang, Dir string
}

// prose is text for the page; ids is put before each id in it.
func (v view) prose(p site.Prose, ids string) words { return v.words(p, v.root, ids) }

// absolute is text whose links hold anywhere.
func (v view) absolute(p site.Prose, ids string) words { return v.words(p, v.url, ids) }

func (v view) words(p site.Prose, root, ids string) words {
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

// watch reports whether something is open, so that a page asks for a newer build.
func (b *build) watch() bool { return len(b.state.Open)+len(b.state.Active) > 0 }

// overall is the class of the whole site's answer.
func (b *build) overall() string {
	worst := site.Operational
	for _, c := range b.state.Components {
		for _, r := range c.Regions {
			worst = max(worst, r.Status)
		}
	}
	if worst < site.DegradedPerformance && b.state.Indicator == site.MinorIndicator {
		worst = site.DegradedPerformance
	}
	return statusClass(worst)
}
