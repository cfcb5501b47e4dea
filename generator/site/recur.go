package site

import (
	"iter"
	"slices"
	"strconv"
	"time"
)

// RepeatUnit is what a series counts in.
type RepeatUnit uint8

// The units, as in every: 3 days, 2 weeks, month.
const (
	Daily RepeatUnit = iota
	Weekly
	Monthly
)

// Repeat says when a maintenance takes place: at each of Dates if there are any, or else
// by the rule of Every, Unit, Weekdays and MonthDays.
type Repeat struct {
	Every     int // how many units from one time to the next, at least 1
	Unit      RepeatUnit
	Weekdays  []time.Weekday // of a Weekly rule; none: that of the start
	MonthDays []MonthDay     // of a Monthly rule; none: the day of the start
	Dates     []LocalTime    // in any order
	Until     Date           // the last day that counts; 0: the series has no end
	Except    []Date         // days without an occurrence
}

// Series is a Repeat with the time of its first occurrence, in the site's zone.
type Series struct {
	Repeat
	Start LocalTime // the first day at or after it that fits has the first occurrence; not used with Dates
	Zone  *time.Location
}

// Occurrence is one maintenance window of a series.
type Occurrence struct {
	Date    Date // the planned day; a clock change that skips the planned time may start it on the next
	Ordinal int  // 1 for the first on its planned day, 2 for the second
	Start   time.Time
}

// Name returns the slug of an occurrence: that of its series, the planned day and, from
// the second on that day, its number. weekly-2026-12-06, weekly-2026-12-06-2.
func (o Occurrence) Name(series string) string {
	name := series + "-" + o.Date.String()
	if o.Ordinal > 1 {
		name += "-" + strconv.Itoa(o.Ordinal)
	}
	return name
}

// UpTo returns the occurrences that start at t or before, oldest first.
func (s *Series) UpTo(t time.Time) []Occurrence {
	var list []Occurrence
	for o := range s.from(0) {
		if o.Start.After(t) {
			break
		}
		list = append(list, o)
	}
	return list
}

// Next returns the first n occurrences that start after t, oldest first. They are fewer
// where the series ends. For a zero t they are the first of the series.
func (s *Series) Next(t time.Time, n int) []Occurrence {
	var list []Occurrence
	for o := range s.After(t) {
		if len(list) >= n {
			break
		}
		list = append(list, o)
	}
	return list
}

// After yields the occurrences that start after t, oldest first. A series without an end
// goes on to the year 9999.
func (s *Series) After(t time.Time) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		// An occurrence starts when clocks first reach its planned time. At t, which is
		// earlier, they show that day or one before it.
		for o := range s.from(LocalTimeOf(t, s.Zone).Date) {
			if o.Start.After(t) && !yield(o) {
				return
			}
		}
	}
}

// Nearest returns the planned days around one, in order: the last before it, the day
// itself if it is one, and the first after it.
func (s *Series) Nearest(day Date) []Date {
	var before Date
	var list []Date
	for at := range s.times(0) {
		switch {
		case at.Date < day:
			before = at.Date
			continue
		case !slices.Contains(list, at.Date):
			list = append(list, at.Date)
		}
		if at.Date > day {
			break
		}
	}
	if before != 0 {
		list = slices.Insert(list, 0, before)
	}
	return list
}

// from yields the occurrences planned for a day or later.
func (s *Series) from(day Date) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		var last Occurrence
		for at := range s.times(day) {
			o := Occurrence{Date: at.Date, Ordinal: 1, Start: at.In(s.Zone)}
			if o.Date == last.Date {
				o.Ordinal = last.Ordinal + 1
			}
			if !yield(o) {
				return
			}
			last = o
		}
	}
}

// times yields the planned times on a day or later.
func (s *Series) times(day Date) iter.Seq[LocalTime] {
	return func(yield func(LocalTime) bool) {
		for at := range s.unlimited(day) {
			if s.Until != 0 && at.Date > s.Until {
				return
			}
			if at.Date >= day && !slices.Contains(s.Except, at.Date) && !yield(at) {
				return
			}
		}
	}
}

// unlimited yields the planned times without regard to Until and Except. It may begin
// before the day.
func (s *Series) unlimited(day Date) iter.Seq[LocalTime] {
	if len(s.Dates) > 0 {
		return slices.Values(slices.SortedFunc(slices.Values(s.Dates), LocalTime.compare))
	}
	return func(yield func(LocalTime) bool) {
		first := s.First()
		if first == 0 {
			return
		}
		n := s.number(first)
		n += max(0, s.number(day)-n) / s.step() * s.step()
		for ; s.begin(n) <= lastDate; n += s.step() {
			for _, d := range s.fitting(n) {
				if d >= first && !yield(LocalTime{d, s.Start.Clock}) {
					return
				}
			}
		}
	}
}
