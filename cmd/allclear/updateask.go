package main

import (
	"slices"
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// ask asks which entry, which word, which components and what text, as far as the
// arguments and flags leave it out.
func (u *updating) ask(v view) error {
	var near []*site.Entry
	named := v.entries()
	if u.slug != "" {
		named = matching(v, u.slug)
	}
	for _, e := range named {
		if e.Open(v.now) || e.Upcoming(v.now) || u.near(v, e) || u.slug != "" {
			near = append(near, e)
		}
	}
	if len(near) == 0 {
		return u.nothingOpen(v, named)
	}
	e, err := u.askWhich(v, near)
	if err != nil {
		return err
	}
	u.slug, u.interactive = e.Slug, true
	if err := u.askWord(v, e); err != nil {
		return err
	}
	return u.askChange(v, e)
}

// askWhich lets choose one of several entries, those that are open first.
func (u *updating) askWhich(v view, list []*site.Entry) (*site.Entry, error) {
	if len(list) == 1 {
		return list[0], nil
	}
	stage := func(e *site.Entry) int { return 2*yes(source.Over(e, v.now)) + yes(!e.Open(v.now)) }
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *site.Entry) int {
		if d := stage(a) - stage(b); d != 0 {
			return d
		}
		return b.Begin().Compare(a.Begin())
	})
	var offers []offer
	for _, e := range list {
		offers = append(offers, offer{e.Slug, e.Title.Default + ": " + spoken(e.Phase(v.now)) + " (" + e.Slug + ")"})
	}
	slug := offers[0].word
	var a asking
	a.one("Which one?", offers, &slug, never)
	if err := a.put(); err != nil {
		return nil, err
	}
	return list[slices.IndexFunc(list, func(e *site.Entry) bool { return e.Slug == slug })], nil
}

func (u *updating) askWord(v view, e *site.Entry) error {
	reopening := "open it again"
	var offers []offer
	say := func(words ...site.Word) {
		for _, w := range words {
			offers = append(offers, offer{hyphened(w), spoken(w)})
		}
	}
	switch open, over := e.Open(v.now), source.Over(e, v.now); {
	case over:
		say(site.Note)
		if e.Report == nil {
			say(site.Postmortem)
		}
		offers = append(offers, offer{reopening, spoken(again[e.Kind]) + ": " + reopening})
	case e.Kind == site.Incident:
		say(site.WordsOf(site.Incident)...)
	case open:
		say(site.Note, site.Verifying, site.Completed, site.InProgress, site.Canceled)
	default:
		say(site.InProgress, site.Note, site.Scheduled, site.Canceled)
	}
	var a asking
	a.one(e.Title.Default+": what is to be said?", offers, &u.word, never)
	if err := a.put(); err != nil {
		return err
	}
	if u.word == reopening {
		u.word, u.reopen = hyphened(again[e.Kind]), true
	}
	return nil
}

func (u *updating) askChange(v view, e *site.Entry) error {
	var a asking
	word := u.wordFor(v, e)
	asks := !u.said("component") && len(v.site.Components) > 0 && !e.Notice() && (word.Works() || word == site.Note && e.Open(v.now))
	status := ""
	var chosen func() []string
	if asks {
		offers := []offer{{nothing, "none"}}
		for _, c := range v.site.Components {
			offers = append(offers, offer{c.ID, c.Name.Default})
		}
		chosen = a.some("Which components change?", offers, nothing, never)
		statuses := []offer{{"operational", spoken(site.Operational)}, {"degraded", spoken(site.DegradedPerformance)}, {"partial", spoken(site.PartialOutage)}, {"major", spoken(site.MajorOutage)}}
		a.one("How are they now?", statuses, &status, func() bool { return slices.Equal(chosen(), []string{nothing}) })
	}
	if !u.said("message") && !u.edit {
		u.askText(&a, e)
	}
	if err := a.put(); err != nil {
		return err
	}
	u.text = strings.TrimSpace(u.text)
	if asks && !slices.Equal(chosen(), []string{nothing}) {
		for _, id := range chosen() {
			u.components = append(u.components, id+"="+status)
		}
	}
	return nil
}

func (u *updating) askText(a *asking, e *site.Entry) {
	a.text(e.Title.Default+": what do you tell your customers?", &u.text, false)
}
