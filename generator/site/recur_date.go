package site

import "time"

// Date is a calendar day without a zone: 1 is Monday, 1 January of year 1, 2 the day
// after it. 0 is no date. ("Rata Die", Reingold and Dershowitz, Calendrical Calculations.)
type Date int

// unixEpoch is 1 January 1970.
const unixEpoch Date = 719163

// lastDate is 31 December 9999, the last day that content can name.
const lastDate Date = 3652059

// DateOf returns the day of a year, month and day. As with time.Date, 32 December is
// 1 January.
func DateOf(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/(24*60*60)) + unixEpoch
}

// utc is the day's midnight in UTC.
func (d Date) utc() time.Time { return time.Unix(int64(d-unixEpoch)*24*60*60, 0).UTC() }

// String returns the day as content writes it: 2026-12-06.
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// LocalTime is what clocks show, without a zone.
type LocalTime struct {
	Date  Date
	Clock time.Duration // from 0 up to, but not including, 24 hours: what the clock shows, not what has passed since midnight
}

// String returns the time as content writes it: 2026-12-06 02:00.
func (l LocalTime) String() string {
	layout := "2006-01-02 15:04"
	if l.Clock%time.Minute != 0 {
		layout += ":05"
	}
	return l.Date.utc().Add(l.Clock).Format(layout)
}

// LocalTimeOf returns what clocks in a zone show at an instant, to the second.
func LocalTimeOf(t time.Time, zone *time.Location) LocalTime {
	year, month, day := t.In(zone).Date()
	hour, minute, second := t.In(zone).Clock()
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	return LocalTime{DateOf(year, month, day), clock}
}

// In returns the instant at which clocks in a zone show the time. If a clock change
// repeats it, In returns the first of the two instants; if one skips it, the first
// instant after the gap.
func (l LocalTime) In(zone *time.Location) time.Time {
	return firstShowing(l.Date.utc().Add(l.Clock), zone)
}

func (l LocalTime) compare(other LocalTime) int {
	return l.Date.utc().Add(l.Clock).Compare(other.Date.utc().Add(other.Clock))
}
