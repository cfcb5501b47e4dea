package render

import (
	"slices"

	"allclear/generator/site"
)

// freePage is one of the operator's own pages.
type freePage struct {
	layout
	Heading   string    // the title
	HeadingIn *langAttr // the language of the title, if it is not the page's
	Body      words     // the text
}

// free returns one of the operator's own pages.
func (v siteView) free(p route, page *site.Page) (freePage, error) {
	f, err := v.layout(p, v.text(page.Title))
	return freePage{layout: f, Heading: v.text(page.Title), HeadingIn: v.untranslated(page.Title), Body: v.prose(page.Body, "")}, err
}

// missingPage is 404.html.
type missingPage struct {
	layout
	Answer answer      // the overall status
	Now    statusLabel // the same on one line: its class and its sentence
}

// missing returns 404.html.
func (v siteView) missing(p route) (missingPage, error) {
	f, err := v.layout(p, v.say("missing.title"))
	f.NoIndex = true
	return missingPage{f, v.answer(), v.answerLine()}, err
}

// answerLine returns the overall status on one line.
func (v view) answerLine() statusLabel {
	a := v.answer()
	return statusLabel{Class: a.Class, Word: a.Sentence}
}

const unavailablePath = "503.html"

// unavailablePage is 503.html, which a load balancer serves while the product is
// unavailable.
type unavailablePage struct {
	layout
	Outage outage // what explains the outage
	Links  bool   // whether the site has a URL, so that links work from here
}

// outage is what 503.html says about the outage. The clock may change it.
type outage struct {
	Class      string       // the class of the page
	Heading    string       // title of the entry, or "Service unavailable"
	HeadingIn  *langAttr    // the language of the heading, if it is not the page's
	Headline   string       // one line about the outage
	HeadlineIn *langAttr    // the language of the headline, if it is not the page's
	Unreported string       // that nobody has reported anything yet, or ""
	Summary    words        // the text above the updates
	Live       *entryStatus // status, progress and when the next update is due
	Update     *update      // the newest update
}

// unavailable returns 503.html.
func (v siteView) unavailable(p route) (unavailablePage, error) {
	f, err := v.layout(p, v.say("unavailable.title"))
	f.NoIndex, f.StandsIn = true, true
	o := v.outage()
	f.Class, f.State = o.Class, v.headState(o.Class, v.say("unavailable.title"))
	return unavailablePage{layout: f, Outage: o, Links: v.url != ""}, err
}

// outage returns why the product is unavailable: the worst open entry that can be the
// reason, or else that nothing has been reported yet. It never says that everything is
// operational.
func (v view) outage() outage {
	about := v.outageReason()
	if about == nil {
		return outage{
			Class:      "major",
			Heading:    v.say("unavailable.title"),
			Headline:   v.say("unavailable.plain"),
			Unreported: v.say("unavailable.unreported"),
		}
	}
	l := v.entryStatus(about)
	o := outage{
		Class:      l.PhaseClass,
		Heading:    v.text(about.Title),
		HeadingIn:  v.untranslated(about.Title),
		Headline:   v.text(about.Headline),
		HeadlineIn: v.untranslated(about.Headline),
		Summary:    v.prose(about.Summary, ""),
		Live:       &l,
	}
	if published := about.Published(v.now); len(published) > 0 && about.Open(v.now) {
		o.Update = &v.at(about).updatesShown(published[:1], "")[0]
	}
	return o
}

// outageReason returns the worst open incident or active window, or nil. Notices and
// future windows cannot be the reason.
func (v view) outageReason() *site.Entry {
	var worst *site.Entry
	for _, e := range append(slices.Clone(v.state.Open), v.state.Active...) {
		if v.site.SeverityAt(e, v.now) > site.None && (worst == nil || v.site.SeverityAt(e, v.now) > v.site.SeverityAt(worst, v.now)) {
			worst = e
		}
	}
	return worst
}
