package site

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/diag"
)

// stale is how long an open incident may go without a word before check warns.
const stale = 24 * time.Hour

// Check finds what no single file can know: names that nothing declares, and
// what an entry says against itself as far as now knows.
func (s *Site) Check(now time.Time) diag.List {
	var list diag.List
	s.checkAccent(&list)
	if !s.checkSize(&list) {
		return list
	}
	for i := range s.Components {
		s.checkRegions(&list, s.Components[i].Regions)
	}
	declared := make(map[string]*Component, len(s.Components))
	for i := range s.Components {
		if c := &s.Components[i]; declared[c.ID] == nil {
			declared[c.ID] = c
		}
	}
	for _, found := range inParts(s.Entries, func(part []Entry) (list diag.List) {
		for i := range part {
			e := &part[i]
			var own diag.List
			if !s.checkEntrySize(&list, e, declared) {
				continue
			}
			for j := range e.Impacts {
				s.checkImpact(&own, e, &e.Impacts[j], declared)
			}
			list = append(list, own...)
			e.checkTimes(&list, s.Zone)
			e.checkStory(&list, now, s.Zone)
			s.checkLanguages(&list, e, now)
		}
		return list
	}) {
		list = append(list, found...)
	}
	s.checkIDs(&list)
	list.Sort()
	return list
}

// inParts is what is found in parts of a list, in its order, on as many processors
// as there are.
func inParts(entries []Entry, find func([]Entry) diag.List) []diag.List {
	parts := slices.Collect(slices.Chunk(entries, len(entries)/runtime.GOMAXPROCS(0)+1))
	found := make([]diag.List, len(parts))
	var wait sync.WaitGroup
	for i, part := range parts {
		wait.Go(func() { found[i] = find(part) })
	}
	wait.Wait()
	return found
}

// checkIDs finds entries that would share an address: one that says an id is
// found at incidents/ID/ too, where it was before the site moved.
func (s *Site) checkIDs(list *diag.List) {
	if !s.someID() {
		return
	}
	taken := map[string]*Entry{}
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Kind == Incident {
			taken[e.Slug] = e
		}
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.ID == "" {
			continue
		}
		if other := taken[e.ID]; other != nil && other != e {
			list.Error(e.Pos, "duplicate-id", "give each entry an id of its own", "the id %q belongs to %s", e.ID, other.Pos.File)
		}
		taken[e.ID] = e
	}
}

// someID reports whether any entry says an id of its own. Few sites have any.
func (s *Site) someID() bool {
	for i := range s.Entries {
		if s.Entries[i].ID != "" {
			return true
		}
	}
	return false
}

func (s *Site) checkImpact(list *diag.List, e *Entry, impact *Impact, declared map[string]*Component) {
	s.checkRegions(list, impact.Regions)
	for i, ref := range impact.Components {
		c := declared[ref.ID]
		if c == nil {
			hint := nearest(*list, ref.ID, s.Components, func(c Component) string { return c.ID })
			if g := s.Group(ref.ID); g != nil {
				hint = fmt.Sprintf("%q is a group: name its components", ref.ID)
			}
			list.Error(ref.Pos, "unknown-component", hint, "unknown component %q", ref.ID)
			continue
		}
		if slices.ContainsFunc(impact.Components[:i], func(r Ref) bool { return r.ID == ref.ID }) {
			list.Warn(ref.Pos, "repeated-component", "name it once", "component %q is named twice", ref.ID)
		}
		s.checkPlaces(list, c, impact)
	}
	if impact.All && len(impact.Regions) > 0 && len(s.Components) > 0 && !s.anyHit(impact) {
		list.Error(impact.Regions[0].Pos, "component-region", "leave regions out to mean all of them", "no component runs in these regions")
	}
	if e.Notice() && impact.StatusSaid && impact.Status != Operational {
		list.Warn(impact.StatusPos, "notice-status", "leave the status out, or the severity", "a notice (severity: none) touches no component: its status %q has no effect", impact.Status)
	}
}

func (s *Site) anyHit(impact *Impact) bool {
	return slices.ContainsFunc(s.Components, func(c Component) bool { return len(impact.Hits(&c)) > 0 })
}

// checkTimes holds the times of an entry against each other, where one of them
// is not written but follows from the rest of the entry. Reading has compared
// those that stand side by side.
func (e *Entry) checkTimes(list *diag.List, zone *time.Location) {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		start := impact.Start.Time
		if start.IsZero() {
			start = e.Begin()
		}
		if end := impact.End; !e.written(impact) && !end.IsZero() && !start.IsZero() && !end.After(start) {
			list.Error(end.Pos, "end-before-start", "check both times", "the impact ends at %s, but it starts with its incident at %s", clock(end.Time, zone), clock(start, zone))
		}
		if !impact.ETA.IsZero() && impact.ETA.Before(start) {
			list.Warn(impact.ETA.Pos, "eta-before-start", "an eta is when the components are expected back", "the eta %s is before the impact starts at %s", clock(impact.ETA.Time, zone), clock(start, zone))
		}
	}
	if e.Kind == Incident && !e.Start.IsZero() {
		for _, u := range e.Updates {
			if u.Time.Before(e.Start.Time) {
				list.Warn(u.Pos, "update-before-start", "move start to when it really began", "this update is before the incident starts at %s", clock(e.Start.Time, zone))
			}
		}
	}
}

// written reports whether both ends of an impact's window stand in the file, on
// the impact or on its entry.
func (e *Entry) written(impact *Impact) bool {
	return !(impact.Start.IsZero() && e.Start.IsZero()) && !(impact.End.IsZero() && e.End.IsZero())
}

// checkStory finds where an entry's words and times tell different stories.
func (e *Entry) checkStory(list *diag.List, now time.Time, zone *time.Location) {
	e.checkDowntime(list)
	if e.Kind != Incident {
		e.checkAnnouncement(list, now, zone)
		return
	}
	whole := e.Whole(now)
	last := e.lastUpdate()
	if !e.End.IsZero() && last != nil && last.Status != Resolved {
		list.Warn(last.Pos, "last-word", "close it with an update: ## Resolved — "+clock(e.End.Time, zone),
			"the incident ended at %s, but its last word is %q", clock(e.End.Time, zone), title(last.Status))
	}
	if last != nil && last.Status == Resolved && e.End.After(last.Time) {
		list.Warn(e.End.Pos, "end-after-resolved", "leave end out: the update says when it ended", "the incident ends at %s, after the update that resolves it at %s", clock(e.End.Time, zone), clock(last.Time, zone))
	}
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if !whole.End.IsZero() && impact.End.After(whole.End) {
			list.Warn(impact.End.Pos, "impact-outlasts", "end the impact sooner, or the incident later", "the impact ends at %s, after its incident ends at %s", clock(impact.End.Time, zone), clock(whole.End, zone))
		}
	}
	if e.Open(now) && !e.NoIndex && !e.Notice() {
		heard := e.Changed(now)
		if silent := now.Sub(heard); silent >= stale {
			list.Warn(e.Pos, "stale-incident", "add an update, or close it with ## Resolved — TIME", "the incident has been open without an update for %s", roughly(silent))
		}
	}
}

// checkAnnouncement finds a coming window of which nobody says when it was made
// known: its date in feeds and the API is then a guess.
func (e *Entry) checkAnnouncement(list *diag.List, now time.Time, zone *time.Location) {
	if e.NoIndex || !e.announced().IsZero() || !e.Upcoming(now) {
		return
	}
	list.Warn(e.Pos, "no-announcement", "add an update below the front matter: ## Scheduled — "+clock(now.Truncate(time.Minute), zone)+" (or posted: with that time)",
		"nothing says when this maintenance was announced: feeds and the API take %s", clock(e.Announced(), zone))
}

// roughly is a length of a day or more, as a person would say it.
func roughly(d time.Duration) string {
	if hours := int(d.Hours()); hours < 48 {
		return fmt.Sprintf("%d hours", hours)
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}

// lastUpdate is the newest update that says a status.
func (e *Entry) lastUpdate() *Update {
	for i := len(e.Updates) - 1; i >= 0; i-- {
		if e.Updates[i].Status != Note {
			return &e.Updates[i]
		}
	}
	return nil
}

// checkDowntime holds each downtime against the length of its impact's windows,
// where they have an end.
func (e *Entry) checkDowntime(list *diag.List) {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if !impact.Downtime.Said || e.written(impact) {
			continue
		}
		var length time.Duration
		open := false
		for _, w := range e.Windows(i, distant) {
			open = open || w.End.IsZero()
			length += w.Until(distant)
		}
		if !open && length > 0 && impact.Downtime.Length > length {
			list.Error(impact.Downtime.Pos, "downtime-too-long", fmt.Sprintf("at most %s", length), "downtime %s is longer than its window of %s", impact.Downtime.Length, length)
		}
	}
}

// clock writes a time as operators write it, in the site's zone.
func clock(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	if zone == time.UTC {
		return t.Format(layout)
	}
	return t.Format(layout + " -07:00")
}

// title is a status word as it stands in a heading.
func title(w Word) string {
	word := strings.ReplaceAll(w.String(), "_", " ")
	return strings.ToUpper(word[:1]) + word[1:]
}
