package when

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/source"
)

// picker chooses among the days on which clocks show a time of day.
type picker struct {
	rule Rule
	from time.Time
}

// after is the rule for ends: the first one after an instant.
const after Rule = -1

// fits reports whether an instant is on the side that the rule looks to. The
// minute of now belongs to both: who types it means now.
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

// resolve finds the instant of a time of day.
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

// weekdayError refuses a weekday that could be the last or the next one.
func (r Reader) weekdayError(d day, c clock, zone *time.Location) (time.Time, error) {
	last, _ := r.resolve(d, c, picker{Past, r.Now})
	next, _ := r.resolve(d, c, picker{Coming, r.Now})
	const layout = `"2006-01-02 15:04"`
	return time.Time{}, fmt.Errorf("%s can be the last or the next one; write %s or %s", d.weekday,
		last.In(r.Zone).Format(layout), next.In(r.Zone).Format(layout))
}

// latestOn is the instant by which a day counts as fitting: of two, the one that
// fits; of none, because clocks skip it, the one at which they skip it.
func (c clock) latestOn(date time.Time, zone *time.Location, pick picker) time.Time {
	for _, t := range c.instants(date, zone) {
		if pick.fits(t) {
			return t
		}
	}
	return c.guess(date, zone)
}

// on is the instant at which a zone's clocks show the time on a date. Of two, it
// is the one that fits; where both do, and where there is none, it is an error
// that says what to write.
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
	return source.ParseTime(c.guessText(date), zone) // skipped or shown twice: the error says so
}

func (c clock) guessText(date time.Time) string {
	return fmt.Sprintf("%s %02d:%02d:%02d", date.Format(time.DateOnly), c.hour, c.minute, c.second)
}

func (c clock) guess(date time.Time, zone *time.Location) time.Time {
	return time.Date(date.Year(), date.Month(), date.Day(), c.hour, c.minute, c.second, 0, zone)
}

// instants are all instants at which a zone's clocks show the time on a date:
// none where a clock change skips it, two where one repeats it.
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
