package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// checkSeries reports mistakes in the times of a series, and files that are named after
// it but replace none of its occurrences.
func (s *Site) checkSeries(list *diag.List, m *MaintenanceSeries, now time.Time) {
	if !m.Entry.Unclear {
		m.checkTimes(list, now)
		m.checkFirst(list)
		m.checkDays(list)
	}
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Series == m.Entry.Slug && !e.Repeated && !m.Entry.Unclear {
			m.checkName(list, e)
		}
	}
}

// checkTimes reports occurrences that overlap or are too many.
func (m *MaintenanceSeries) checkTimes(list *diag.List, now time.Time) {
	if m.Duration <= 0 || m.Times.First() == 0 {
		return
	}
	if a, b, found := m.Times.Overlap(m.Duration); found {
		at, hint := m.DurationPos, "write a shorter duration, or repeat it less often"
		message := "the one that starts at %s is not over when the next one starts at %s"
		if a.Start.Equal(b.Start) {
			at, hint, message = m.RepeatPos, "remove one of the two", "two of them start at the same time: %s and %s"
		}
		list.Error(at, "series-key", hint, message, clock(a.Start, m.Times.Zone), clock(b.Start, m.Times.Zone))
	}
	const hint = "set until: to a day in the past, and write another series that starts after it, or repeat it less often"
	switch {
	case m.Times.TooMany(horizon(now, m.Times.Zone)):
		list.Error(m.RepeatPos, "series-key", hint,
			"the series has more than %d occurrences from its start to twelve months ahead", MaxOccurrences)
	case m.Times.TooMany(horizon(now.Add(limitNotice), m.Times.Zone)):
		list.Warn(m.RepeatPos, "series-long", hint,
			"in less than %d days the series will have more than %d occurrences from its start to twelve months ahead, which is an error",
			limitNotice/(24*time.Hour), MaxOccurrences)
	}
}

// limitNotice is how long before a series has too many occurrences check warns: a build
// that the clock starts would be the first to fail.
const limitNotice = 60 * 24 * time.Hour

// checkOccurrenceCount reports the first series with which the site has too many
// occurrences.
func (s *Site) checkOccurrenceCount(list *diag.List, now time.Time) {
	total := 0
	for i := range s.Series {
		if total += s.Series[i].count(horizon(now, s.Zone)); total > maxOccurrences {
			list.Error(s.Series[i].RepeatPos, "too-many", "end series that are over with until:, or repeat them less often",
				"with this series, all series of the site have more than %d occurrences", maxOccurrences)
			return
		}
	}
}

// checkFirst warns of a series that does not begin with its start, or never.
func (m *MaintenanceSeries) checkFirst(list *diag.List) {
	first := m.Times.First()
	switch {
	case len(m.Times.Dates) > 0 || first == 0 && m.Times.Start.Date == 0:
	case first == 0 || len(m.Times.Next(time.Time{}, 1)) == 0:
		list.Warn(m.RepeatPos, "series-empty", "correct start, on, until or except", "the series has no occurrence")
	case first != m.Times.Start.Date:
		list.Warn(m.StartPos, "series-start", fmt.Sprintf("write start: %s, or change on", LocalTime{first, m.Times.Start.Clock}),
			"%s is a %s, on which the series does not take place: the first occurrence is on %s, a %s",
			m.Times.Start.Date, m.Times.Start.Date.Weekday(), first, first.Weekday())
	}
}

// checkDays warns of months without the day of the series, and of days in except on which
// it does not take place.
func (m *MaintenanceSeries) checkDays(list *diag.List) {
	if months := m.Times.MissingMonths(); len(months) > 0 {
		var names []string
		for _, month := range months {
			names = append(names, month.String())
		}
		list.Warn(m.RepeatPos, "series-month", "write on: last day, or a day that every month has, unless you want this",
			"the series has no occurrence in some months, which lack its day: %s", strings.Join(names, ", "))
	}
	without := m.Times
	without.Except = nil
	for i, day := range m.Times.Except {
		if near := without.Nearest(day); i < len(m.ExceptPos) && !slices.Contains(near, day) {
			list.Warn(m.ExceptPos[i], "no-occurrence", nearestDates(near), "the series does not take place on %s, a %s", day, day.Weekday())
		}
	}
}

// checkName warns of a file that is named after the series and a day on which it does not
// take place.
func (m *MaintenanceSeries) checkName(list *diag.List, e *Entry) {
	day, ordinal, _ := m.named(e.Slug)
	if slices.Contains(m.Times.Except, day) || m.occurs(day, ordinal) {
		return
	}
	near := m.Times.Nearest(day)
	if slices.Contains(near, day) {
		list.Warn(diag.Pos{File: e.Pos.File}, "no-occurrence",
			"remove the number at the end of the file's name, unless this is an extra window",
			"the series %s has no occurrence number %d on %s: this file replaces none", m.Entry.Slug, ordinal, day)
		return
	}
	list.Warn(diag.Pos{File: e.Pos.File}, "no-occurrence", nearestDates(near)+"; rename the file, unless this is an extra window",
		"the series %s does not take place on %s, a %s: this file replaces none of its occurrences", m.Entry.Slug, day, day.Weekday())
}

// occurs reports whether the series has an occurrence with this number on a day.
func (m *MaintenanceSeries) occurs(day Date, ordinal int) bool {
	for o := range m.Times.from(day) {
		if o.Date != day {
			return false
		}
		if o.Ordinal == ordinal {
			return true
		}
	}
	return false
}

// nearestDates returns a hint that names the days around one.
func nearestDates(days []Date) string {
	if len(days) == 0 {
		return "the series has no occurrence at all"
	}
	var names []string
	for _, day := range days {
		names = append(names, day.String())
	}
	return "the nearest dates are " + strings.Join(names, " and ")
}

// checkOccurrences checks the first occurrence that a series had since it is public, and all that are entries. A
// mistake that several have is reported once.
func (s *Site) checkOccurrences(list *diag.List, m *MaintenanceSeries, declared map[string]*Component, now, present time.Time) {
	type mistake struct {
		at   diag.Pos
		rule string
	}
	known := map[mistake]bool{}
	check := func(e *Entry) {
		var found diag.List
		s.checkEntry(&found, e, declared, now, present)
		for _, p := range found {
			if key := (mistake{p.Pos, p.Rule}); !known[key] {
				known[key] = true
				*list = append(*list, p)
			}
		}
	}
	first := m.Entry
	first.Unclear = true // its times say nothing
	if next := m.Times.Next(m.Public().Add(-m.Duration), 1); len(next) > 0 {
		first = m.occurrence(next[0])
	}
	check(&first)
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Repeated && e.Series == m.Entry.Slug {
			check(e)
		}
	}
}
