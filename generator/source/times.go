package source

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
)

// unreadable is the error for a time or duration that cannot be read: the problem, and
// what to write.
type unreadable struct{ message, hint string }

// Error returns the message and the hint on one line.
func (u unreadable) Error() string {
	if u.hint == "" {
		return u.message
	}
	return u.message + "; " + u.hint
}

// on returns the hint for a text that should be a time, in a file about a day: the same
// time, written correctly.
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

// ParseTime parses a time of the content format and returns it in UTC. It accepts
// RFC 3339 and "2025-07-25 06:40" with optional seconds, followed by UTC, Z, an
// offset, or nothing: then the time is local to zone. Fractions of a second are
// cut. A local time that zone skips or has twice is an error. The error explains
// the problem and what to write.
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	t, problem := parseTime(text, zone)
	if problem != nil {
		return time.Time{}, *problem
	}
	return t, nil
}

// civil is a date and a time of day as they are written, without a zone.
type civil struct{ year, month, day, hour, minute, second int }

// parseTime is ParseTime with the message and the hint of the error.
func parseTime(written string, zone *time.Location) (time.Time, *unreadable) {
	text := strings.TrimSpace(written)
	c, rest, problem := parseDate(text)
	if problem != nil {
		return time.Time{}, problem
	}
	rest, problem = c.parseClock(text, rest)
	if problem != nil {
		return time.Time{}, problem
	}
	if problem := c.check(text); problem != nil {
		return time.Time{}, problem
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

// parseDate reads the date at the start of a text and returns what follows it.
func parseDate(text string) (c civil, rest string, problem *unreadable) {
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
		return "", &unreadable{fmt.Sprintf("%s is a date without a time of day", quoted(text)),
			fmt.Sprintf("add the time: %s 06:40", text[:10])}
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

// check returns the error for a date or time of day that does not exist.
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
		return &unreadable{fmt.Sprintf("%s is a leap second, which is not counted here", quoted(text)),
			fmt.Sprintf("write %s %02d:%02d:59", text[:10], c.hour, c.minute)}
	case c.hour > 23 || c.minute > 59 || c.second > 59:
		return &unreadable{fmt.Sprintf("%s: there is no such time of day", quoted(text)), "hours go to 23, minutes and seconds to 59"}
	}
	return nil
}

// utc returns the instant at which clocks in UTC show c.
func (c civil) utc() time.Time {
	return time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, 0, time.UTC)
}

// String returns the date and time to the minute.
func (c civil) String() string { return c.utc().Format("2006-01-02 15:04") }

// parseDay reads a date or a time. For a date it returns the first instant of the day in
// zone. The result is in UTC.
func parseDay(written string, zone *time.Location) (time.Time, *unreadable) {
	text := strings.TrimSpace(written)
	c, rest, problem := parseDate(text)
	if problem != nil || rest != "" {
		return parseTime(text, zone)
	}
	if problem := c.check(text); problem != nil {
		return time.Time{}, problem
	}
	return site.FirstInstant(c.year, time.Month(c.month), c.day, zone).UTC(), nil
}
