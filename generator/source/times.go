package source

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// unreadable is a time or duration that cannot be read: why, and what to write.
type unreadable struct{ message, hint string }

// Error is the message and the hint in one line, fit for a terminal.
func (u unreadable) Error() string {
	if u.hint == "" {
		return u.message
	}
	return u.message + "; " + u.hint
}

// on is the hint where text was to be a time, on a day of which the file speaks:
// the same time, written right.
func (u unreadable) on(text, day string) string {
	if u.hint != timeHint {
		return u.hint
	}
	if s := parseLooseTime(text); s.clock || s.date {
		if right, ok := s.written(day); ok {
			return "write " + right
		}
	}
	return u.hint
}

const timeHint = "write it as 2025-07-25 06:40, or with an offset as 2025-07-25 06:40+02:00"

// ParseTime reads a time of the content format: RFC 3339, or
// "2025-07-25 06:40" with optional seconds, followed by nothing (it is read in
// zone), UTC, Z or an offset. Fractions of a second are cut. The error says why
// it cannot be read and what to write.
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	t, fault := parseTime(text, zone)
	if fault != nil {
		return time.Time{}, *fault
	}
	return t, nil
}

// civil is a date and a time of day as they are written, without a zone.
type civil struct{ year, month, day, hour, minute, second int }

func parseTime(written string, zone *time.Location) (time.Time, *unreadable) {
	text := strings.TrimSpace(written)
	c, rest, fault := parseDate(text)
	if fault != nil {
		return time.Time{}, fault
	}
	rest, fault = c.parseClock(text, rest)
	if fault != nil {
		return time.Time{}, fault
	}
	if fault := c.check(text); fault != nil {
		return time.Time{}, fault
	}
	rest = strings.TrimSpace(rest)
	switch {
	case rest == "":
		return c.in(zone)
	case strings.EqualFold(rest, "utc") || strings.EqualFold(rest, "z"):
		return c.utc(), nil
	}
	return c.withOffset(text, rest, zone)
}

func parseDate(text string) (c civil, rest string, fault *unreadable) {
	if len(text) < 10 || text[4] != '-' || text[7] != '-' {
		return c, "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	var ok [3]bool
	c.year, ok[0] = digits(text[:4])
	c.month, ok[1] = digits(text[5:7])
	c.day, ok[2] = digits(text[8:10])
	if ok != [3]bool{true, true, true} {
		return c, "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	return c, text[10:], nil
}

// parseClock reads the time of day after the date, and returns what follows it.
func (c *civil) parseClock(text, rest string) (string, *unreadable) {
	clock := strings.TrimLeft(rest, " \t")
	if strings.HasPrefix(rest, "T") || strings.HasPrefix(rest, "t") {
		clock = rest[1:]
	}
	if clock == "" {
		return "", &unreadable{fmt.Sprintf("%s is a date without a time of day", quoted(text)), fmt.Sprintf("add the time: %s 06:40", text[:10])}
	}
	var ok bool
	if len(clock) < 5 || clock[2] != ':' || len(clock) == len(rest) {
		return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	if c.hour, ok = digits(clock[:2]); !ok {
		return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	if c.minute, ok = digits(clock[3:5]); !ok {
		return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	clock = clock[5:]
	if !strings.HasPrefix(clock, ":") {
		return clock, nil
	}
	if len(clock) < 3 {
		return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	if c.second, ok = digits(clock[1:3]); !ok {
		return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
	}
	clock = clock[3:]
	if fraction, cut := strings.CutPrefix(clock, "."); cut {
		after := strings.TrimLeft(fraction, "0123456789")
		if len(after) == len(fraction) {
			return "", &unreadable{fmt.Sprintf("%s is not a time", quoted(text)), timeHint}
		}
		clock = after
	}
	return clock, nil
}

// check says what is wrong with a date or time of day that no clock shows.
func (c civil) check(text string) *unreadable {
	utc := c.utc()
	switch {
	case c.year < 1970 || c.year > 2200:
		return &unreadable{fmt.Sprintf("the year of %s is out of range", quoted(text)), "write a year from 1970 to 2200"}
	case c.month < 1 || c.month > 12 || c.day < 1 || utc.Day() != c.day && c.hour < 24 && c.minute < 60 && c.second < 60:
		return &unreadable{fmt.Sprintf("there is no date %s", quoted(text[:10])), "check the month and the day"}
	case c.hour == 24 && c.minute == 0 && c.second == 0:
		next := time.Date(c.year, time.Month(c.month), c.day+1, 0, 0, 0, 0, time.UTC)
		return &unreadable{fmt.Sprintf("%s: the day has no hour 24", quoted(text)), "write " + next.Format("2006-01-02 15:04")}
	case c.second == 60:
		return &unreadable{fmt.Sprintf("%s is a leap second, which is not counted here", quoted(text)), fmt.Sprintf("write %s %02d:%02d:59", text[:10], c.hour, c.minute)}
	case c.hour > 23 || c.minute > 59 || c.second > 59:
		return &unreadable{fmt.Sprintf("%s: there is no such time of day", quoted(text)), "hours go to 23, minutes and seconds to 59"}
	}
	return nil
}

func (c civil) utc() time.Time {
	return time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, 0, time.UTC)
}

func (c civil) String() string { return c.utc().Format("2006-01-02 15:04") }

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
		return time.Time{}, &unreadable{fmt.Sprintf("%s: %s is not an offset", quoted(text), quoted(offset)), fmt.Sprintf("write hours and minutes: %s+02:00", c)}
	}
	length := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if offset[0] == '-' {
		length = -length
	}
	return c.utc().Add(-length), nil
}

// namedZone is why the name of a zone is not read, and what to write.
func (c civil) namedZone(text, name string, zone *time.Location) *unreadable {
	hint := fmt.Sprintf("write UTC or an offset: %s+02:00", c)
	if t, fault := c.in(zone); fault == nil && t.In(zone).Format("MST") == name {
		hint = fmt.Sprintf("write %s: without a zone it is read in %s", c, zone)
	} else if name == "GMT" {
		hint = fmt.Sprintf("write %s UTC, which is the same", c)
	}
	return &unreadable{
		fmt.Sprintf("%s: the zone %s is not read: such names mean different offsets in different places (CST is three zones)", quoted(text), quoted(name)),
		hint,
	}
}

// in is the instant at which a zone's clocks show c. A clock change may skip c
// or show it twice: both are mistakes.
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
		fmt.Sprintf("%s happens twice in %s, where clocks go back then", c, zone),
		fmt.Sprintf("write %s for the first or %s for the second", first.Format(layout), second.Format(layout)),
	}
}

func (c civil) skipped(guess time.Time, zone *time.Location) *unreadable {
	begin, end := guess.ZoneBounds()
	change := begin // the change that is nearer to the guess
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

func (c civil) shownAt(t time.Time, zone *time.Location) bool {
	l := t.In(zone)
	return c == civil{l.Year(), int(l.Month()), l.Day(), l.Hour(), l.Minute(), l.Second()}
}

func containsTime(times []time.Time, t time.Time) bool {
	for _, other := range times {
		if other.Equal(t) {
			return true
		}
	}
	return false
}

// parseDay reads a date, or a time, as the first instant that it names.
func parseDay(written string, zone *time.Location) (time.Time, *unreadable) {
	text := strings.TrimSpace(written)
	c, rest, fault := parseDate(text)
	if fault != nil || rest != "" {
		return parseTime(text, zone)
	}
	if fault := c.check(text); fault != nil {
		return time.Time{}, fault
	}
	return site.FirstInstant(c.year, time.Month(c.month), c.day, zone).UTC(), nil
}

// digits reads a string of decimal digits and nothing else.
func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// maxDuration bounds durations at ten years.
const maxDuration = 10 * 366 * 24 * time.Hour

// ParseDuration reads a length of time in Go's notation plus days: 90m, 1h30m,
// 2d, 1d12h. It is positive and a whole number of seconds.
func ParseDuration(text string) (time.Duration, error) {
	d, fault := parseDuration(text)
	if fault != nil {
		return 0, *fault
	}
	return d, nil
}

func parseDuration(written string) (time.Duration, *unreadable) {
	text := strings.TrimSpace(written)
	bad := &unreadable{fmt.Sprintf("%s is not a length of time", quoted(text)), "write it as 90m, 1h30m or 2d"}
	if _, plain := digits(text); plain {
		return 0, &unreadable{fmt.Sprintf("%s has no unit", quoted(text)), fmt.Sprintf("write %sm for minutes, %sh for hours", text, text)}
	}
	rest, days := text, 0
	if before, after, found := strings.Cut(text, "d"); found {
		n, err := strconv.Atoi(before)
		if err != nil || n < 0 || n > 3660 || strings.HasPrefix(before, "+") {
			return 0, bad
		}
		rest, days = after, n
	}
	var d time.Duration
	if rest != "" {
		var err error
		if d, err = time.ParseDuration(rest); err != nil || days > 0 && (rest[0] < '0' || rest[0] > '9') {
			return 0, bad
		}
	} else if text == "" {
		return 0, bad
	}
	if d > maxDuration {
		return 0, &unreadable{fmt.Sprintf("%s is more than ten years", quoted(text)), ""}
	}
	d += time.Duration(days) * 24 * time.Hour
	switch {
	case d <= 0:
		return 0, &unreadable{fmt.Sprintf("%s must be longer than zero", quoted(text)), "write a positive length such as 90m"}
	case d > maxDuration:
		return 0, &unreadable{fmt.Sprintf("%s is more than ten years", quoted(text)), ""}
	case d%time.Second != 0:
		return 0, &unreadable{fmt.Sprintf("%s is not a whole number of seconds", quoted(text)), "write whole seconds"}
	}
	return d, nil
}
