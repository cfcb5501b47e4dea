package main

import (
	"slices"

	"allclear/generator/site"
	"allclear/generator/source"
)

// reopening is the answer that opens an entry again.
const reopening = "open it again"

// mostOffered are as many entries as are offered to choose from.
const mostOffered = 10

// ask asks which entry, which word, which components and what text, as far as the
// arguments and flags leave it out. It is one form, so that a person can go back.
func (u *updating) ask(v view) error {
	near := u.offered(v)
	if len(near) == 0 {
		return u.nothingOpen(v, v.entries())
	}
	var a asking
	entry := u.askEntry(&a, v, near)
	words := make([]string, len(near))
	for n, e := range near {
		a.one(e.Title.Default+": what is to be said?", wordsFor(v, e), &words[n], func() bool { return entry() != n })
	}
	word := func() site.UpdateStatus {
		e := near[entry()]
		if words[entry()] == reopening {
			return again[e.Kind]
		}
		word, _ := wordOf(e.Kind, words[entry()], v.site.Languages)
		return word
	}
	u.askComponents(&a, v, func() bool {
		e, word := near[entry()], word()
		return !e.Notice() && (word.Reopens() || word == site.Note && e.Open(v.now))
	})
	if !u.said("message") && !u.edit {
		a.text("What do you tell your customers?", &u.text, func(text string) error {
			return fitting(v, near[entry()].Kind, text, word() == site.Postmortem)
		})
	}
	if err := a.put(); err != nil {
		return err
	}
	u.slug, u.word, u.reopen, u.interactive = near[entry()].Slug, hyphened(word()), words[entry()] == reopening, true
	return nil
}

// offered are the entries that may be meant: those that are open first, then what is
// announced, then what ended lately.
func (u *updating) offered(v view) []*site.Entry {
	var near []*site.Entry
	if u.slug != "" {
		near = matching(v, u.slug)
	} else {
		near = slices.DeleteFunc(v.entries(), func(e *site.Entry) bool {
			return !e.Open(v.now) && !e.Upcoming(v.now) && !u.near(v, e)
		})
	}
	stage := func(e *site.Entry) int { return 2*yes(source.Ended(e, v.now)) + yes(!e.Open(v.now)) }
	near = slices.Clone(near)
	slices.SortStableFunc(near, func(a, b *site.Entry) int {
		if d := stage(a) - stage(b); d != 0 {
			return d
		}
		return b.Begin().Compare(a.Begin())
	})
	return near[:min(len(near), mostOffered)]
}

// askEntry asks which one, and returns its number.
func (u *updating) askEntry(a *asking, v view, near []*site.Entry) func() int {
	var offers []offer
	for _, e := range near {
		offers = append(offers, offer{e.Slug, e.Title.Default + ": " + spoken(e.Phase(v.now)) + " (" + e.Slug + ")"})
	}
	slug := offers[0].word
	if len(near) > 1 {
		a.one("Which one?", offers, &slug, never)
	}
	return func() int { return slices.IndexFunc(near, func(e *site.Entry) bool { return e.Slug == slug }) }
}

// askWhich lets choose one of several entries.
func (u *updating) askWhich(v view, list []*site.Entry) (*site.Entry, error) {
	var a asking
	chosen := u.askEntry(&a, v, list)
	if err := a.put(); err != nil {
		return nil, err
	}
	return list[chosen()], nil
}

// wordsFor are the words that an entry can get now.
func wordsFor(v view, e *site.Entry) []offer {
	var offers []offer
	say := func(words ...site.UpdateStatus) {
		for _, w := range words {
			offers = append(offers, offer{hyphened(w), spoken(w)})
		}
	}
	switch open, over := e.Open(v.now), source.Ended(e, v.now); {
	case over:
		say(site.Note)
		if e.Report == nil {
			say(site.Postmortem)
		}
		offers = append(offers, offer{reopening, spoken(again[e.Kind]) + ": " + reopening})
	case e.Kind == site.Incident:
		say(site.UpdateStatuses(site.Incident)...)
	case open:
		say(site.Note, site.Verifying, site.Completed, site.InProgress, site.Canceled)
	default:
		say(site.InProgress, site.Note, site.Scheduled, site.Canceled)
	}
	return offers
}

// askComponents asks what changes, where the word leaves something to change.
func (u *updating) askComponents(a *asking, v view, fits func() bool) {
	if u.said("component") || len(v.site.Components) == 0 {
		return
	}
	offers := []offer{{nothing, "none"}}
	for _, c := range v.site.Components {
		offers = append(offers, offer{c.ID, c.Name.Default})
	}
	chosen := a.some("Which components change?", offers, nothing, func() bool { return !fits() })
	status := ""
	statuses := []offer{
		{"operational", spoken(site.Operational)}, {"degraded", spoken(site.DegradedPerformance)},
		{"partial", spoken(site.PartialOutage)}, {"major", spoken(site.MajorOutage)},
	}
	none := func() bool { return !fits() || slices.Equal(chosen(), []string{nothing}) }
	a.one("How are they now?", statuses, &status, none)
	a.after = append(a.after, func() {
		if none() {
			return
		}
		for _, id := range chosen() {
			u.components = append(u.components, id+"="+status)
		}
	})
}

func (u *updating) askText(a *asking, v view, e *site.Entry, word site.UpdateStatus) {
	a.text(e.Title.Default+": what do you tell your customers?", &u.text, func(text string) error {
		return fitting(v, e.Kind, text, word == site.Postmortem)
	})
}
