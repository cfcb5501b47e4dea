package main

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// reportUpdate prints what has changed, and names the files that are new.
func (u updateFlags) reportUpdate(v, after snapshot, before *site.Entry, a source.Update, created []string) {
	now := sameEntry(after.site, before)
	if now.Slug == "" {
		return // the user has deleted it in the editor
	}
	w := writeReport{word: humanize(a.Status), at: a.Time, entry: now, before: &v.site, after: &after.site, problems: after.problems}
	if u.silent {
		w.word = "corrected"
	}
	w.created, w.notes = created, u.notes(v, after, before, now, a)
	for _, name := range created[min(1, len(created)):] {
		w.notes = append(w.notes, "its translation, with the words of the series: "+name)
	}
	if before.Repeated {
		w.notes = append(w.notes, "only this one changes; all others stay as they are in "+before.Pos.File)
	}
	if later := laterUpdates(now, a.Time, v.clockNow); len(later) > 0 && !u.silent {
		latest := later[len(later)-1]
		w.notes = append(w.notes, fmt.Sprintf("added before %s; the latest is still %s, %s",
			count(len(later), "later update"), capitalize(humanize(latest.Status)), v.longClock(latest.Time)))
		present := u.readFolder(v.folder, v.clockNow, v.clockNow)
		w.problems, w.quoteAt = present.problems, v.clockNow
	}
	u.printReport(v, w)
}

// laterUpdates returns the updates of an entry after t that are published by now.
func laterUpdates(e *site.Entry, t, now time.Time) []site.Update {
	var later []site.Update
	for _, u := range e.Updates {
		if u.Time.After(t) && !u.Time.After(now) {
			later = append(later, u)
		}
	}
	return later
}

// notes returns lines for the report, besides those for components that changed.
func (u updateFlags) notes(v, after snapshot, before, now *site.Entry, a source.Update) []string {
	var notes []string
	say := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if a.Reopens(before) {
		say("reopened: it %s %s", howEnded(before, v), v.longClock(endOf(before, v.now)))
		if !before.End.IsZero() && before.Kind == site.Incident {
			say("its end, %s, is now the end of its impacts", v.longClock(before.End.Time))
		}
		if !now.Notice() && now.Kind == site.Incident && after.site.WorstAt(now, a.Time) == site.Operational {
			say("no component is affected; if one is: allclear update %s update -c %s=major", now.Slug, exampleComponent(v))
		}
	}
	if a.Title != "" && before.Title.Default != now.Title.Default {
		say("title: %s → %s", before.Title.Default, now.Title.Default)
	}
	for _, m := range []struct {
		name    string
		was, is site.Moment
	}{{"start", before.Start, now.Start}, {"end", before.End, now.End}} {
		if !m.is.IsZero() && !m.is.Equal(m.was.Time) {
			from := ""
			if !m.was.IsZero() {
				from = v.longClock(m.was.Time) + " → "
			}
			say("%s: %s%s", m.name, from, v.longClock(m.is.Time))
		}
	}
	if !a.NextUpdate.IsZero() {
		say("next update promised by %s", v.longClock(a.NextUpdate))
	}
	for _, c := range a.Statuses {
		notes = append(notes, u.componentNotes(v, before, now, a, c)...)
	}
	if before.Kind == site.Maintenance && !u.silent && a.Status == site.Note && source.Ended(now, a.Time) && !closedByUpdate(now, a.Time) {
		say("%s ended %s as planned, and this update does not restart it; if the work goes on:", now.Slug, v.longClock(endOf(now, a.Time)))
		say("  allclear update %s in-progress --reopen, or move its end: allclear update %[1]s update --end TIME", now.Slug)
	}
	if closedByUpdate(before, v.clockNow) && closedByUpdate(before, a.Time) && !u.silent && a.Status == site.Note {
		ended := howEnded(before, v)
		say("%s %s %s and stays %s; to reopen it:",
			now.Slug, ended, v.longClock(endOf(before, v.now)), strings.TrimPrefix(ended, "was "))
		say(`  allclear update %s %s --reopen -m "…"%s`, now.Slug, typedWord(reopenWord[before.Kind]), u.sourceFlag())
	}
	return notes
}

func exampleComponent(v snapshot) string {
	if listed := listedComponents(v.site, v.now); len(listed) > 0 {
		return listed[0].ID
	}
	return "api"
}

// componentNotes says if a component given with -c did not change, or if another entry
// keeps it worse than that.
func (u updateFlags) componentNotes(v snapshot, before, now *site.Entry, a source.Update, change source.StatusChange) []string {
	c := v.site.Component(change.Component)
	if c == nil {
		return nil
	}
	all := site.Impact{Components: []site.Ref{{ID: c.ID}}}
	regions, hit := change.Regions, []string{}
	for _, r := range all.RegionsOf(c) {
		if entryStatus(now, c, r, a.Time) != site.Operational || entryStatus(before, c, r, a.Time) != site.Operational {
			hit = append(hit, r)
		}
	}
	var notes []string
	narrow := len(regions) == 0 && len(hit) > 0 && len(hit) < len(c.Regions)
	if len(regions) == 0 {
		if regions = hit; len(hit) == 0 {
			regions = all.RegionsOf(c)
		}
	}
	same := true
	for _, r := range regions {
		same = same && entryStatus(before, c, r, a.Time) == change.Status
	}
	name := nameWithRegions(&v.site, c, regions)
	switch {
	case same && change.Status == site.Operational && strings.Contains(strings.Join(u.components, ","), "all"):
	case same && change.Status == site.Operational:
		notes = append(notes, fmt.Sprintf("%s: not affected by %s, so nothing changes", name, now.Slug))
	case same:
		notes = append(notes, fmt.Sprintf("%s: already %s, so nothing changes", name, humanize(change.Status)))
	}
	if narrow && change.Status != site.Operational {
		notes = append(notes, fmt.Sprintf("  only in the affected regions; for all regions: -c %s@all=%s",
			c.ID, shortStatus[change.Status]))
	}
	return append(notes, u.otherEntryNote(v, now, c, regions, change.Status, a.Time)...)
}

// shortStatus maps statuses to the words that people type.
var shortStatus = map[site.Status]string{
	site.UnderMaintenance: "maintenance", site.DegradedPerformance: "degraded", site.PartialOutage: "partial", site.MajorOutage: "major",
}

// otherEntryNote names an entry that keeps a component worse than status, if there is
// one.
func (u updateFlags) otherEntryNote(v snapshot, now *site.Entry, c *site.Component, regions []string, status site.Status,
	at time.Time,
) []string {
	for i := range v.site.Entries {
		e := &v.site.Entries[i]
		if e.Slug == now.Slug && e.Kind == now.Kind || e.Notice() {
			continue
		}
		for _, r := range regions {
			if own := entryStatus(e, c, r, at); own > status {
				return []string{fmt.Sprintf("%s: stays at %s because of %s", c.Name.Default, humanize(own), e.Slug)}
			}
		}
	}
	return nil
}
