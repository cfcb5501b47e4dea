package main

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// describeOpen lists the open entries or, if there are none, the announced ones.
func (u *updateFlags) describeOpen(v snapshot) string {
	var open, announced []*site.Entry
	for _, e := range v.entries() {
		if e.Open(v.now) {
			open = append(open, e)
		} else if e.Upcoming(v.now) {
			announced = append(announced, e)
		}
	}
	switch {
	case len(open) > 0:
		return "currently open: " + listEntries(open)
	case len(announced) > 0:
		return "nothing is open; announced: " + listEntries(announced)
	}
	return "nothing is open"
}

// newest returns before and the newest entries. If there are none, it returns how to
// write one.
func (u *updateFlags) newest(v snapshot, before string) string {
	all := v.entries()
	slices.SortStableFunc(all, func(a, b *site.Entry) int { return b.Begin().Compare(a.Begin()) })
	if len(all) == 0 {
		return `for a new incident: allclear new incident "…"`
	}
	return before + listEntries(all[:min(3, len(all))])
}

func listEntries(list []*site.Entry) string {
	var words []string
	for _, e := range list {
		words = append(words, fmt.Sprintf("%s (%s)", e.Slug, e.Title.Default))
	}
	if len(words) > 5 {
		words = append(words[:5], fmt.Sprintf("and %d more", len(list)-5))
	}
	return strings.Join(words, ", ")
}

// nothingOpenError returns the error for an update without a slug when no entry is open.
func (u *updateFlags) nothingOpenError(v snapshot, named []*site.Entry) error {
	open := slices.DeleteFunc(v.entries(), func(e *site.Entry) bool { return !e.Open(v.now) })
	if len(open) == 1 && !u.silent && u.word != "" {
		if _, ok := parseWord(open[0].Kind, u.word, v.site.Languages); !ok {
			return u.unknownWordError(&v.site, open[0])
		}
	}
	near := slices.DeleteFunc(slices.Clone(named), func(e *site.Entry) bool { return !u.endedRecently(v, e) })
	announced := slices.DeleteFunc(slices.Clone(named), func(e *site.Entry) bool { return !e.Upcoming(v.now) })
	hint := `name the entry: allclear update SLUG STATUS -m "…"`
	if len(announced) == 0 {
		hint = u.newest(v, hint+"; the newest: ")
	}
	switch {
	case len(announced) == 1 && len(near) == 0:
		hint = "to update it: " + u.suggest(announced[0], typedWord(site.Note))
	case len(near) > 0:
		e := u.bestGuess(v, near)
		word := u.wordFor(v, e)
		err := u.wrongEntryError(v, e, word)
		if e.Kind == site.Incident && word.Reopens() {
			err.hint += `; for a new incident: allclear new incident "…"`
		}
		return err
	case u.wordIs(v, site.Investigating) || u.wordIs(v, site.Identified):
		hint = `for a new incident: allclear new incident "…"`
	}
	return usageErrorf(hint, "%s", u.describeOpen(v))
}

func (u *updateFlags) wordFor(v snapshot, e *site.Entry) site.UpdateStatus {
	if u.silent {
		return site.Note
	}
	word, ok := parseWord(e.Kind, u.word, v.site.Languages)
	if !ok {
		return site.Note
	}
	return word
}

func (u *updateFlags) wordIs(v snapshot, word site.UpdateStatus) bool {
	is, ok := parseWord(site.Incident, u.word, v.site.Languages)
	return ok && is == word
}

// wrongEntryError returns an error that explains why the update cannot go to an entry,
// with a command that does what was probably meant.
func (u *updateFlags) wrongEntryError(v snapshot, e *site.Entry, word site.UpdateStatus) exitError {
	if !source.Ended(e, v.now) {
		if e.Kind == site.Maintenance {
			return usageErrorf(u.suggest(e, typedWord(site.Note)),
				"%s has not started: it starts %s; %s", e.Slug, v.longClock(e.Start.Time), u.describeOpen(v))
		}
		return usageErrorf("write a time after its start",
			"%s does not begin until %s; %s", e.Slug, v.longClock(e.Begin()), u.describeOpen(v))
	}
	ended := fmt.Sprintf("%s %s %s", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	switch {
	case word.Reopens() && u.reopen:
		return usageErrorf("to reopen it, give its full name: "+u.suggest(e, typedWord(word),
			"--reopen"), "%s, more than 48 hours ago; %s", ended, u.describeOpen(v))
	case word.Reopens():
		return usageErrorf("to reopen it: "+u.suggest(e, typedWord(word), "--reopen"), "%s; %s", ended, u.describeOpen(v))
	case word == site.Scheduled:
		return usageErrorf("to reschedule it: "+u.suggest(e, "scheduled", "--start TIME"), "%s", ended)
	case word == site.Canceled:
		return usageErrorf("give its full name: "+u.suggest(e, "canceled"), "%s; %s", ended, u.describeOpen(v))
	case word.Ends() && closedByUpdate(e, v.now):
		return usageErrorf("to add an update: "+u.suggest(e, typedWord(site.Note)), "%s; %s", ended, u.describeOpen(v))
	case u.silent:
		return usageErrorf("give its full name: "+u.suggest(e, "", "--silent")+u.timeFlags(), "%s; %s", ended, u.describeOpen(v))
	case e.Phase(v.now) == site.Canceled && u.isSet("start"):
		return usageErrorf("to reschedule it: "+u.suggest(e, "scheduled")+u.timeFlags(), "%s; %s", ended, u.describeOpen(v))
	}
	return usageErrorf("to write it anyway: "+u.suggest(e, typedWord(word))+u.timeFlags(), "%s; %s", ended, u.describeOpen(v))
}

// howEnded says how an entry ended: "was resolved".
func howEnded(e *site.Entry, v snapshot) string {
	switch phase := e.Phase(v.now); {
	case phase == site.Canceled:
		return "was canceled"
	case !closedByUpdate(e, v.now):
		return "ended"
	case phase == site.Completed:
		return "was completed"
	}
	return "was resolved"
}

// checkWord returns an error if the entry cannot get this status now.
func (u *updateFlags) checkWord(v snapshot, e *site.Entry, word site.UpdateStatus) error {
	open, over := e.Open(v.now), source.Ended(e, v.now)
	switch {
	case u.reopen && !word.Reopens():
		return usageErrorf(u.suggest(e, typedWord(reopenWord[e.Kind]), "--reopen"),
			"--reopen: %q does not reopen an entry", typedWord(word))
	case word == site.Completed && !open && !over:
		return usageErrorf("to cancel it: "+u.suggest(e, "canceled"),
			"%s does not start until %s, so it cannot be completed yet", e.Slug, v.longClock(e.Start.Time))
	case word == site.Scheduled && open:
		return usageErrorf("end it first: "+u.suggest(e, "canceled"),
			"%s has been under way since %s, so it cannot be scheduled", e.Slug, v.longClock(e.Interval(v.now).Start))
	case word == site.Scheduled && over && !u.isSet("start"):
		return usageErrorf("to reschedule it: "+u.suggest(e, "scheduled",
			"--start TIME"), "%s %s %s", e.Slug, howEnded(e, v), v.longClock(endOf(e, v.now)))
	case word == site.Scheduled && u.saysMoved() && !u.edit && !u.isSet("start") && !u.isSet("end") && !u.isSet("duration"):
		return usageErrorf("to move it: "+u.suggest(e, "scheduled", "--start TIME"),
			"%q does not say to when: %s starts %s", u.word, e.Slug, v.longClock(e.Start.Time))
	case word == site.Postmortem && e.Report != nil:
		return usageErrorf("to change it: "+u.suggest(e, "",
			"--silent", "--edit"), "%s already has a report, in line %d of %s", e.Slug, e.Report.Pos.Line, e.Pos.File)
	}
	return nil
}

// unknownSlugError returns the error for a slug that no entry has.
func (u *updateFlags) unknownSlugError(v snapshot) error {
	for _, a := range v.site.Announcements {
		if strings.Contains(a.Slug, u.slug) {
			now := v.now.In(v.site.Zone).Format("2006-01-02 15:04")
			return usageErrorf("edit "+a.Pos.File+", and add updated: "+now+" if readers should see that it has changed",
				"%s is an announcement, which has no updates", a.Slug)
		}
	}
	if err := u.noOccurrenceError(v); err != nil {
		return err
	}
	var known []string
	for _, e := range v.site.Entries {
		known = append(known, e.Slug)
	}
	if near := diag.Nearest(u.slug, known); near != "" {
		return usageErrorf(fmt.Sprintf("did you mean %q?", near), "no entry matches %q; %s", u.slug, u.describeOpen(v))
	}
	if !slices.ContainsFunc(v.entries(), func(e *site.Entry) bool { return e.Open(v.now) || e.Upcoming(v.now) }) {
		return usageErrorf(u.newest(v, "the newest: "), "no entry matches %q; %s", u.slug, u.describeOpen(v))
	}
	return usageErrorf("name one of them, or leave out the slug when only one is open",
		"no entry matches %q; %s", u.slug, u.describeOpen(v))
}
