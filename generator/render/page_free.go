package render

import "allclear/generator/site"

// freePage is a page of the operator's own.
type freePage struct {
	frame
	Heading   string
	HeadingIn *tongue
	Body      words
}

func (v view) free(p place, page *site.Page) (freePage, error) {
	f, err := v.frame(p, v.text(page.Title))
	return freePage{frame: f, Heading: v.text(page.Title), HeadingIn: v.foreign(page.Title), Body: v.prose(page.Body, "")}, err
}

// missingPage stands where nothing is: 404.html.
type missingPage struct {
	frame
	Answer answer
}

func (v view) missing(p place) (missingPage, error) {
	f, err := v.frame(p, v.say("missing.title"))
	f.NoIndex = true
	return missingPage{f, v.answer()}, err
}

// unavailablePage is what a load balancer serves with status 503: the
// maintenance under way, else what is open, else what is announced, else the
// plain answer.
type unavailablePage struct {
	frame
	Outage outage
	Links  bool // the site has an address of its own
}

// outage is what the page tells; the clock may change it.
type outage struct {
	Class      string
	Heading    string
	HeadingIn  *tongue
	Headline   string
	HeadlineIn *tongue
	Summary    words
	Live       *live
	Update     *update
}

func (v view) unavailable(p place) (unavailablePage, error) {
	f, err := v.frame(p, v.say("unavailable.title"))
	f.NoIndex, f.StandsIn = true, true
	return unavailablePage{frame: f, Outage: v.outage(), Links: v.url != ""}, err
}

func (v view) outage() outage {
	var about *site.Entry
	for _, list := range [][]*site.Entry{v.state.Active, v.state.Open, v.state.Upcoming} {
		if len(list) > 0 {
			about = list[0]
			break
		}
	}
	if about == nil {
		a := v.answer()
		return outage{Class: a.Class, Heading: a.Sentence, Headline: v.say("unavailable.plain")}
	}
	l := v.live(about)
	o := outage{Class: l.PhaseClass, Heading: v.text(about.Title), HeadingIn: v.foreign(about.Title), Headline: v.text(about.Headline), HeadlineIn: v.foreign(about.Headline), Summary: v.prose(about.Summary, ""), Live: &l}
	if published := about.Published(v.now); len(published) > 0 && l.Open {
		newest := v.update(about, published[0])
		o.Update = &newest
	}
	return o
}
