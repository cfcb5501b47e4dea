package site

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Period is the time that a report covers.
type Period struct {
	Interval
	Name string // 2026-10 for a month, 2026-Q4 for a quarter; else ""
}

// Month returns a calendar month in the site's zone. A month over 12 is in a later year.
func (s *Site) Month(year int, month time.Month) Period {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return Period{s.calendarSpan(first, 1), first.Format("2006-01")}
}

// Quarter returns a quarter of a calendar year, 1 to 4, in the site's zone.
func (s *Site) Quarter(year, quarter int) Period {
	first := time.Date(year, time.Month(3*quarter-2), 1, 0, 0, 0, 0, time.UTC)
	return Period{s.calendarSpan(first, 3), fmt.Sprintf("%04d-Q%d", year, quarter)}
}

// calendarSpan returns a number of calendar months in the site's zone. The year and the
// month of first are those of the first one.
func (s *Site) calendarSpan(first time.Time, months int) Interval {
	after := first.AddDate(0, months, 0)
	return Interval{
		FirstInstant(first.Year(), first.Month(), 1, s.Zone),
		FirstInstant(after.Year(), after.Month(), 1, s.Zone),
	}
}

// LastMonth returns the last month that is over at t, in the site's zone.
func (s *Site) LastMonth(t time.Time) Period {
	year, month, _ := t.In(s.Zone).Date()
	return s.Month(year, month-1)
}

var namedPeriod = regexp.MustCompile(`^([0-9]{4})-(?:([0-9]{2})|[Qq]([1-4]))$`)

// PeriodNamed returns the month or the quarter with a name such as 2026-10 or 2026-Q4.
func (s *Site) PeriodNamed(name string) (p Period, ok bool) {
	parts := namedPeriod.FindStringSubmatch(name)
	if parts == nil {
		return Period{}, false
	}
	year, _ := strconv.Atoi(parts[1])
	if parts[3] != "" {
		quarter, _ := strconv.Atoi(parts[3])
		return s.Quarter(year, quarter), true
	}
	month, _ := strconv.Atoi(parts[2])
	return s.Month(year, time.Month(month)), month >= 1 && month <= 12
}

// Past returns the part of the period that is over at t.
func (p Period) Past(t time.Time) Interval { return p.endedBy(t) }

// monthsOf returns the calendar months, in the site's zone, that touch an interval.
func (s *Site) monthsOf(i Interval) []Interval {
	year, month, _ := i.Start.In(s.Zone).Date()
	var months []Interval
	for n := range time.Month(12 * 10_000) {
		one := s.Month(year, month+n).Interval
		if !one.Start.Before(i.End) {
			break
		}
		months = append(months, one)
	}
	return months
}
