package source

import (
	"fmt"
	"time"
)

// withOffset reads an offset: +02:00, +0200 or +02.
func (c civil) withOffset(text, offset string, zone *time.Location) (time.Time, *unreadable) {
	if offset[0] != '+' && offset[0] != '-' {
		return time.Time{}, c.namedZone(text, offset, zone)
	}
	number := offset[1:]
	if len(number) == 5 && number[2] == ':' {
		number = number[:2] + number[3:]
	}
	hours, ok1 := digits(number[:min(2, len(number))])
	minutes, ok2 := 0, true
	if len(number) > 2 {
		minutes, ok2 = digits(number[2:])
	}
	if len(number) != 4 && len(number) != 2 || !ok1 || !ok2 || minutes > 59 || hours > 18 {
		return time.Time{}, &unreadable{fmt.Sprintf("%s: %s is not an offset", quoted(text), quoted(offset)),
			fmt.Sprintf("write hours and minutes: %s+02:00", c)}
	}
	length := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if offset[0] == '-' {
		length = -length
	}
	return c.utc().Add(-length), nil
}

// namedZone returns the error for a time with the name of a zone.
func (c civil) namedZone(text, name string, zone *time.Location) *unreadable {
	hint := fmt.Sprintf("write UTC or an offset: %s+02:00", c)
	if t, problem := c.in(zone); problem == nil && t.In(zone).Format("MST") == name {
		hint = fmt.Sprintf("write %s: without a zone it is read in %s", c, zone)
	} else if name == "GMT" {
		hint = fmt.Sprintf("write %s UTC, which is the same", c)
	}
	return &unreadable{
		fmt.Sprintf("%s: the zone name %s is not supported: such names mean different offsets in different places (CST is three zones)",
			quoted(text), quoted(name)),
		hint,
	}
}

// in returns the instant at which the clocks of a zone show c. If a clock change skips
// c, or shows it twice, that is an error.
func (c civil) in(zone *time.Location) (time.Time, *unreadable) {
	guess := time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, 0, zone)
	begin, end := guess.ZoneBounds()
	found := []time.Time{}
	for _, near := range []time.Time{begin.Add(-time.Second), guess, end} {
		if near.IsZero() || near.Year() < 2 {
			continue
		}
		_, seconds := near.Zone()
		t := c.utc().Add(-time.Duration(seconds) * time.Second)
		if c.shownAt(t, zone) && !containsTime(found, t) {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 1:
		return found[0].UTC(), nil
	case 0:
		return time.Time{}, c.skipped(guess, zone)
	}
	first, second := found[0].In(zone), found[1].In(zone)
	if second.Before(first) {
		first, second = second, first
	}
	const layout = "2006-01-02 15:04-07:00"
	return time.Time{}, &unreadable{
		fmt.Sprintf("%s happens twice in %s, because clocks go back then", c, zone),
		fmt.Sprintf("write %s for the first or %s for the second", first.Format(layout), second.Format(layout)),
	}
}

// skipped returns the error for a time that a clock change skips.
func (c civil) skipped(guess time.Time, zone *time.Location) *unreadable {
	begin, end := guess.ZoneBounds()
	change := begin // the change nearest to the guess
	if begin.IsZero() || !end.IsZero() && end.Sub(guess) < guess.Sub(begin) {
		change = end
	}
	_, before := change.Add(-time.Second).Zone()
	was := change.UTC().Add(time.Duration(before) * time.Second)
	now := change.In(zone)
	return &unreadable{
		fmt.Sprintf("%s does not exist in %s: clocks went from %s to %s", c, zone, was.Format("15:04"), now.Format("15:04")),
		fmt.Sprintf("write %s, or give an offset", now.Format("2006-01-02 15:04")),
	}
}

// shownAt reports whether the clocks of a zone show c at t.
func (c civil) shownAt(t time.Time, zone *time.Location) bool {
	l := t.In(zone)
	return c == civil{l.Year(), int(l.Month()), l.Day(), l.Hour(), l.Minute(), l.Second()}
}

// containsTime reports whether a list contains an instant.
func containsTime(times []time.Time, t time.Time) bool {
	for _, other := range times {
		if other.Equal(t) {
			return true
		}
	}
	return false
}
