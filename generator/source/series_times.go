package source

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
)

// wallClock reads a time as what clocks in the site's zone show then. A time with an
// offset is an instant.
func (e *entryReader) wallClock(p pair) (site.LocalTime, bool) {
	fail := func() (site.LocalTime, bool) {
		e.entry.Unclear = true
		return site.LocalTime{}, false
	}
	if p.shape != text {
		e.wrong(p, "a time", timeHint)
		return fail()
	}
	at, problem := parseWallClock(p.value.text, e.zone)
	if problem != nil {
		e.problems.Error(p.value.pos, "unreadable-time", problem.on(p.value.text, e.day), "%s", problem.message)
		return fail()
	}
	return at, true
}

// date reads a day without a time.
func (e *entryReader) date(p pair) (site.Date, bool) {
	if p.shape != text {
		e.wrong(p, "a date", "write it as 2026-12-27")
		e.entry.Unclear = true
		return 0, false
	}
	written := strings.TrimSpace(p.value.text)
	c, rest, problem := parseDate(written)
	hint := "write it as 2026-12-27"
	if problem == nil && rest != "" {
		problem, hint = &unreadable{message: fmt.Sprintf("%q is a day, without a time", p.name)}, "write "+written[:len(time.DateOnly)]
	} else if problem == nil {
		if problem = c.check(written); problem != nil {
			hint = problem.hint
		}
	}
	if problem != nil {
		e.problems.Error(p.value.pos, "unreadable-time", hint, "%s", problem.message)
		e.entry.Unclear = true
		return 0, false
	}
	return site.DateOf(c.year, time.Month(c.month), c.day), true
}

// parseWallClock parses a time of the content format as what clocks in zone show. A time
// that zone skips or has twice is no mistake.
func parseWallClock(written string, zone *time.Location) (site.LocalTime, *unreadable) {
	text := strings.TrimSpace(written)
	c, rest, problem := parseDate(text)
	if problem == nil {
		rest, problem = c.parseClock(text, rest)
	}
	if problem == nil {
		problem = c.check(text)
	}
	if problem != nil {
		return site.LocalTime{}, problem
	}
	if strings.TrimSpace(rest) == "" {
		clock := time.Duration(c.hour)*time.Hour + time.Duration(c.minute)*time.Minute + time.Duration(c.second)*time.Second
		return site.LocalTime{Date: site.DateOf(c.year, time.Month(c.month), c.day), Clock: clock}, nil
	}
	t, problem := parseTime(text, zone)
	return site.LocalTimeOf(t, zone), problem
}
