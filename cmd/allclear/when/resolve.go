package when

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/source"
)

// picker chooses the day for a time of day.
type picker struct {
	rule Rule
	from time.Time
}

// after is the rule for ends: the first such time after an instant.
const after Rule = -1

// fits reports whether t is on the side that the rule requires. The current minute fits
// both Past and Coming, since a user who types it means now.
func (p picker) fits(t time.Time) bool {
	switch p.rule {
	case Past:
		return !t.After(p.from)
	case Coming:
		return !t.Before(p.from.Truncate(time.Minute))
	case after:
		return t.After(p.from)
	}
	return true
}

// resolve returns the instant of a time of day on a day, in UTC.
func (r Reader) resolve(d day, c clock, pick picker) (time.Time, error) {
	zone := c.zone
	if zone == nil {
		zone = r.Zone
	}
	switch {
	case d.isDate:
		return c.on(d.date, zone, picker{})
	case d.isSet && !d.isWeek:
		return c.on(r.Now.In(zone).AddDate(0, 0, d.away), zone, picker{})
	case pick.rule == Today && d.isWeek:
		return r.weekdayError(d, c, zone)
	case pick.rule == Today:
		return c.on(r.Now.In(zone), zone, pick)
	}
	step := 1
	if pick.rule == Past {
		step = -1
	}
	first := pick.from.In(zone)
	for n := 0; ; n += step {
		date := first.AddDate(0, 0, n)
		if d.isWeek && date.Weekday() != d.weekday {
			continue
		}
		if pick.fits(c.latestOn(date, zone, pick)) {
			return c.on(date, zone, pick)
		}
	}
}

// weekdayError returns an error for a weekday that could be the last or the next one.
func (r Reader) weekdayError(d day, c clock, zone *time.Location) (time.Time, error) {
	last, _ := r.resolve(d, c, picker{Past, r.Now})
	next, _ := r.resolve(d, c, picker{Coming, r.Now})
	const layout = `"2006-01-02 15:04"`
	return time.Time{}, fmt.Errorf("%s can be the last or the next one; write %s or %s", d.weekday,
		last.In(r.Zone).Format(layout), next.In(r.Zone).Format(layout))
}

// latestOn returns the instant that decides whether a date fits the rule. If clocks show
// the time twice, it is the one that fits; if they skip it, the instant at which they do.
func (c clock) latestOn(date time.Time, zone *time.Location, pick picker) time.Time {
	for _, t := range c.instants(date, zone) {
		if pick.fits(t) {
			return t
		}
	}
	return c.guess(date, zone)
}

// on returns the instant, in UTC, at which clocks in a zone show the time on a date. If
// they show it twice, it returns the one that fits the rule. If both fit, or if clocks
// skip the time, it returns an error that says what to write.
func (c clock) on(date time.Time, zone *time.Location, pick picker) (time.Time, error) {
	var fitting []time.Time
	all := c.instants(date, zone)
	for _, t := range all {
		if pick.fits(t) {
			fitting = append(fitting, t)
		}
	}
	if len(fitting) == 1 {
		return fitting[0].UTC(), nil
	}
	return source.ParseTime(c.guessText(date), zone) // returns the error for a time that is skipped or shown twice
}

func (c clock) guessText(date time.Time) string {
	return fmt.Sprintf("%s %02d:%02d:%02d", date.Format(time.DateOnly), c.hour, c.minute, c.second)
}

func (c clock) guess(date time.Time, zone *time.Location) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day(), c.hour, c.minute, c.second, 0, zone)
}

// instants returns all instants at which clocks in a zone show the time on a date: none
// if a clock change skips it, two if one repeats it.
func (c clock) instants(date time.Time, zone *time.Location) []time.Time {
	guess := c.guess(date, zone)
	utc := c.guess(date, time.UTC)
	begin, end := guess.ZoneBounds()
	var found []time.Time
	for _, near := range []time.Time{begin.Add(-time.Second), guess, end} {
		if near.IsZero() || near.Year() < 2 {
			continue
		}
		_, seconds := near.In(zone).Zone()
		t := utc.Add(-time.Duration(seconds) * time.Second)
		if t.In(zone).Format(time.DateTime) == utc.Format(time.DateTime) && !slices.ContainsFunc(found, t.Equal) {
			found = append(found, t)
		}
	}
	return found
}
