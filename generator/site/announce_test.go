package site

import (
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
)

// A window that nobody has dated is announced at one instant for ever, whatever
// the day on which one asks.
func TestAnAnnouncementHasOneDateForEver(t *testing.T) {
	start := time.Date(2026, 3, 20, 2, 0, 0, 0, time.UTC)
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	word := func(at time.Time, w UpdateStatus) []Update {
		return []Update{{Time: at, Status: w, Anchor: freeAnchor(at, nil)}}
	}
	for name, c := range map[string]struct {
		said func(*Entry)
		want time.Time
	}{
		"nothing says it: a week before the start": {func(*Entry) {}, start.AddDate(0, 0, -7)},
		"the name of the file does":                {func(e *Entry) { e.FileDate = day(2, 11) }, day(2, 11)},
		"posted does": {func(e *Entry) { e.FileDate, e.Posted = day(2, 11), Moment{Time: day(2, 12)} },
			day(2, 12)},
		"a Scheduled update does": {func(e *Entry) { e.FileDate, e.Updates = day(2, 11), word(day(2, 13), Scheduled) },
			day(2, 13)},
		"whichever of both is first": {func(e *Entry) {
			e.Posted, e.Updates = Moment{Time: day(2, 14)},
				word(day(2, 13), Scheduled)
		}, day(2, 13)},
		"it is never after the first word": {func(e *Entry) { e.Updates = word(day(2, 10), Canceled) }, day(2, 10)},
		"what was told before the posted time was known": {func(e *Entry) {
			e.Posted, e.Updates = Moment{Time: day(2, 14)},
				word(day(2, 13), Note)
		}, day(2, 13)},
	} {
		e := Entry{Kind: Maintenance, Slug: "move", Start: Moment{Time: start}, End: Moment{Time: start.Add(time.Hour)}}
		c.said(&e)
		for _, now := range []time.Time{c.want, c.want.Add(90 * time.Minute), start.Add(-time.Second), start, start.AddDate(1, 0, 0)} {
			told := e.Published(now)
			first := told[len(told)-1]
			if !e.Announced().Equal(c.want) || !first.Time.Equal(c.want) || first.ID != FirstID {
				t.Errorf("%s: at %v the first word is %s of %v", name, now, first.ID, first.Time)
			}
		}
	}
}

// Its page is there at once; feeds have it when its date comes, which is an
// instant at which the site changes.
func TestAnAnnouncementThatIsToComeIsForeseen(t *testing.T) {
	start := time.Date(2026, 3, 20, 2, 0, 0, 0, time.UTC)
	e := Entry{Kind: Maintenance, Start: Moment{Time: start}, End: Moment{Time: start.Add(time.Hour)}}
	before := start.AddDate(0, 0, -30)
	if told := e.Published(before); !e.Visible(before) || len(told) != 1 || !told[0].Time.After(before) {
		t.Errorf("a month before it is %v", told)
	}
	s := Site{Zone: time.UTC, Entries: []Entry{e}}
	changes := s.Changes(before, 9)
	if first := changes[0]; !first.At.Equal(start.AddDate(0, 0, -7)) || first.Kind != MaintenanceAnnounced {
		t.Errorf("first comes %v at %v", first.Kind, first.At)
	}
	e.Posted.Time = start.AddDate(0, 0, -3)
	if e.Visible(e.Posted.Add(-time.Second)) || !e.Visible(e.Posted.Time) {
		t.Error("posted does not hold the window back")
	}
}

func TestAWindowWithoutAnAnnouncementIsAWarning(t *testing.T) {
	start := time.Date(2026, 3, 20, 2, 0, 0, 0, time.UTC)
	window := Entry{Kind: Maintenance, Start: Moment{Time: start}, End: Moment{Time: start.Add(time.Hour)}}
	warned := func(e Entry, now time.Time) bool {
		list := (&Site{Zone: time.UTC, Entries: []Entry{e}}).Check(now)
		return slices.ContainsFunc(list, func(d diag.Problem) bool {
			return d.Rule == "no-announcement" && strings.Contains(d.Hint, "## Scheduled — 2026-03-01 09:30")
		})
	}
	now := time.Date(2026, 3, 1, 9, 30, 20, 0, time.UTC)
	if !warned(window, now) {
		t.Error("nothing names the missing word")
	}
	if warned(window, start) {
		t.Error("a window that has begun needs no announcement")
	}
	window.Posted.Time = now.Add(-time.Hour)
	if warned(window, now) {
		t.Error("posted is an announcement")
	}
}
