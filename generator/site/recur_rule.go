package site

import (
	"slices"
	"time"
)

// LastOfMonth is a day or weekday counted from the end of a month.
const LastOfMonth = -1

// MonthDay is a day of any month: the 15th, the last day, the first Monday, the last Sunday.
type MonthDay struct {
	Day     int // 1 to 31, or LastOfMonth; 0: Nth and Weekday say it
	Nth     int // which Weekday of the month: 1 to 5, or LastOfMonth
	Weekday time.Weekday
}

// in is the day in a month, or 0 if the month has no such day.
func (m MonthDay) in(year int, month time.Month) Date {
	first, next := DateOf(year, month, 1), DateOf(year, month+1, 1)
	var day Date
	switch {
	case m.Day == LastOfMonth:
		day = next - 1
	case m.Day != 0:
		day = first + Date(m.Day) - 1
	case m.Nth == LastOfMonth:
		day = next - 1 - daysFrom(m.Weekday, (next-1).Weekday())
	default:
		day = first + daysFrom(first.Weekday(), m.Weekday) + 7*Date(m.Nth-1)
	}
	if day < first || day >= next {
		return 0
	}
	return day
}

// daysFrom is the number of days from weekday a to the next b, 0 to 6.
func daysFrom(a, b time.Weekday) Date { return Date(b-a+7) % 7 }

// First returns the first day at or after Start that fits the rule, or the first of
// Dates, whatever Until and Except say. It is 0 if no day fits.
func (s *Series) First() Date {
	if len(s.Dates) > 0 {
		return slices.MinFunc(s.Dates, LocalTime.compare).Date
	}
	start := s.Start.Date
	if s.Every < 1 || start < 1 || start > lastDate {
		return 0
	}
	const longest = 12 // in units: a fifth Monday or a 31st comes within a year
	for n := s.number(start); n <= s.number(start)+longest; n++ {
		for _, d := range s.fitting(n) {
			if d >= start {
				return d
			}
		}
	}
	return 0
}

// step is Every, limited to a number of units after which no day is left, so that sums
// do not overflow.
func (r *Repeat) step() int { return min(r.Every, int(lastDate)) }

// number counts the unit of the rule that a day lies in: days, weeks from Monday, or
// months, from the year 1.
func (r *Repeat) number(d Date) int {
	switch r.Unit {
	case Weekly:
		return int(d-1) / 7
	case Monthly:
		year, month, _ := d.utc().Date()
		return (year-1)*12 + int(month) - 1
	default:
		return int(d)
	}
}

// begin is the first day of the unit with number n.
func (r *Repeat) begin(n int) Date {
	switch r.Unit {
	case Weekly:
		return Date(n)*7 + 1
	case Monthly:
		return DateOf(1, time.January+time.Month(n), 1)
	default:
		return Date(n)
	}
}

// fitting returns the days that fit the rule in the unit with number n, in order. Every
// decides whether the unit counts.
func (s *Series) fitting(n int) []Date {
	begin := s.begin(n)
	var days []Date
	switch s.Unit {
	case Weekly:
		for d := begin; d < begin+7; d++ {
			if slices.Contains(s.weekdays(), d.Weekday()) {
				days = append(days, d)
			}
		}
	case Monthly:
		year, month, _ := begin.utc().Date()
		for _, m := range s.monthDays() {
			if d := m.in(year, month); d != 0 {
				days = append(days, d)
			}
		}
		slices.Sort(days)
		days = slices.Compact(days) // the 31st is the last day too
	default:
		days = []Date{begin}
	}
	return days
}

func (s *Series) weekdays() []time.Weekday {
	if len(s.Weekdays) > 0 {
		return s.Weekdays
	}
	return []time.Weekday{s.Start.Date.Weekday()}
}

func (s *Series) monthDays() []MonthDay {
	if len(s.MonthDays) > 0 {
		return s.MonthDays
	}
	return []MonthDay{{Day: s.Start.Date.utc().Day()}}
}
