package main

import (
	"slices"

	"allclear/generator/site"
	"allclear/generator/source"
)

// reopenOption is the answer that reopens an entry.
const reopenOption = "reopen it"

// maxCandidates is the number of entries that are offered to choose from.
const maxCandidates = 10

// ask asks for the entry, the status, the components and the text, unless arguments or
// flags set them. It uses one form, so that the user can go back.
func (u *updateFlags) ask(v snapshot) error {
	near := u.candidates(v)
	if len(near) == 0 {
		return u.nothingOpenError(v, v.entries())
	}
	var a prompt
	entry := u.askEntry(&a, v, near)
	words := make([]string, len(near))
	for n, e := range near {
		a.choose(e.Title.Default+": which update?", wordOptions(v, e), &words[n], func() bool { return entry() != n })
	}
	word := func() site.UpdateStatus {
		e := near[entry()]
		if words[entry()] == reopenOption {
			return reopenWord[e.Kind]
		}
		word, _ := parseWord(e.Kind, words[entry()], v.site.Languages)
		return word
	}
	u.askComponents(&a, v, func() bool {
		e, word := near[entry()], word()
		return !e.Notice() && (word.Reopens() || word == site.Note && e.Open(v.now))
	})
	if !u.isSet("message") && !u.edit && u.template == "" {
		a.text("What should your customers know?", &u.text, func(text string) error {
			return checkTyped(v, near[entry()].Kind, text, word() == site.Postmortem)
		})
	}
	if err := a.run(); err != nil {
		return err
	}
	u.slug, u.word, u.reopen, u.asked = near[entry()].Slug, typedWord(word()), words[entry()] == reopenOption, true
	return nil
}

// candidates returns the entries to choose from: open ones first, then announced ones,
// then those that ended recently.
func (u *updateFlags) candidates(v snapshot) []*site.Entry {
	var near []*site.Entry
	if u.slug != "" {
		near = matchSlug(v, u.slug)
	} else {
		near = slices.DeleteFunc(v.entries(), func(e *site.Entry) bool {
			return !e.Open(v.now) && !e.Upcoming(v.now) && !u.endedRecently(v, e)
		})
	}
	stage := func(e *site.Entry) int { return 2*boolInt(source.Ended(e, v.now)) + boolInt(!e.Open(v.now)) }
	near = slices.Clone(near)
	slices.SortStableFunc(near, func(a, b *site.Entry) int {
		if d := stage(a) - stage(b); d != 0 {
			return d
		}
		return b.Begin().Compare(a.Begin())
	})
	return near[:min(len(near), maxCandidates)]
}

// askEntry asks for one of the entries in near, and returns a function that returns its
// index.
func (u *updateFlags) askEntry(a *prompt, v snapshot, near []*site.Entry) func() int {
	var offers []option
	for _, e := range near {
		offers = append(offers, option{e.Slug, e.Title.Default + ": " + humanize(e.Phase(v.now)) + " (" + e.Slug + ")"})
	}
	slug := offers[0].word
	if len(near) > 1 {
		a.choose("Which one?", offers, &slug, never)
	}
	return func() int { return slices.IndexFunc(near, func(e *site.Entry) bool { return e.Slug == slug }) }
}

// askWhich asks for one of several entries.
func (u *updateFlags) askWhich(v snapshot, list []*site.Entry) (*site.Entry, error) {
	var a prompt
	chosen := u.askEntry(&a, v, list)
	if err := a.run(); err != nil {
		return nil, err
	}
	return list[chosen()], nil
}

// wordOptions returns the statuses that an update of the entry can have now.
func wordOptions(v snapshot, e *site.Entry) []option {
	var offers []option
	say := func(words ...site.UpdateStatus) {
		for _, w := range words {
			offers = append(offers, option{typedWord(w), humanize(w)})
		}
	}
	switch open, over := e.Open(v.now), source.Ended(e, v.now); {
	case over:
		say(site.Note)
		if e.Report == nil {
			say(site.Postmortem)
		}
		offers = append(offers, option{reopenOption, humanize(reopenWord[e.Kind]) + ": " + reopenOption})
	case e.Kind == site.Incident:
		say(site.UpdateStatuses(site.Incident)...)
	case open:
		say(site.Note, site.Verifying, site.Completed, site.InProgress, site.Canceled)
	default:
		say(site.InProgress, site.Note, site.Scheduled, site.Canceled)
	}
	return offers
}

// askComponents asks which components change, unless fits returns false.
func (u *updateFlags) askComponents(a *prompt, v snapshot, fits func() bool) {
	if u.isSet("component") || len(v.site.Components) == 0 {
		return
	}
	offers := []option{{noComponent, "none"}}
	for _, c := range listedComponents(v.site, v.now) {
		offers = append(offers, option{c.ID, c.Name.Default})
	}
	chosen := a.chooseMany("Which components change?", offers, noComponent, func() bool { return !fits() })
	status := ""
	statuses := []option{
		{"operational", humanize(site.Operational)}, {"degraded", humanize(site.DegradedPerformance)},
		{"partial", humanize(site.PartialOutage)}, {"major", humanize(site.MajorOutage)},
	}
	none := func() bool { return !fits() || slices.Equal(chosen(), []string{noComponent}) }
	a.choose("How are they now?", statuses, &status, none)
	a.after = append(a.after, func() {
		if none() {
			return
		}
		for _, id := range chosen() {
			u.components = append(u.components, id+"="+status)
		}
	})
}

// askText asks for the text of the update.
func (u *updateFlags) askText(a *prompt, v snapshot, e *site.Entry, word site.UpdateStatus) {
	a.text(e.Title.Default+": what should your customers know?", &u.text, func(text string) error {
		return checkTyped(v, e.Kind, text, word == site.Postmortem)
	})
}
