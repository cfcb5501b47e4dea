package source

import (
	"fmt"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

const (
	maxAnnounce   = 365 * 24 * time.Hour // as far ahead as occurrences exist
	maxSeriesSlug = maxSlug - len("-2026-12-06-100")
)

// readSeries reads a maintenance window that repeats, whose keys and text are read
// already. What belongs to a single occurrence is an error.
func (e *entryReader) readSeries(b body) *site.MaintenanceSeries {
	repeat, _ := e.front.get("repeat")
	e.series = &site.MaintenanceSeries{RepeatPos: repeat.pos, Announce: site.DefaultAnnounce}
	if len(e.entry.Slug) > maxSeriesSlug {
		e.seriesKey(e.f.whole(), "shorten it", "the name of a series is longer than %d characters, with room for the dates", maxSeriesSlug)
	}
	e.readRepeat(repeat)
	e.readSeriesStart()
	e.readSeriesLength()
	e.readAnnounce()
	e.refuseOneTimeKeys()
	e.refuseUpdates(b)
	return e.series
}

// seriesKey reports what a series cannot have.
func (e *entryReader) seriesKey(at diag.Pos, hint, message string, args ...any) {
	e.problems.Error(at, "series-key", hint, message, args...)
	e.entry.Unclear = true
}

// readSeriesStart reads the start of a series, which is what clocks show: an hour that a
// clock change skips or repeats is no mistake here.
func (e *entryReader) readSeriesStart() {
	p, exists := e.front.get("start")
	nights := len(e.series.Times.Dates) > 0
	switch {
	case exists && nights:
		e.seriesKey(p.pos, "remove it: dates says when each begins", `"start" cannot be used together with "dates"`)
	case exists:
		e.series.StartPos = p.value.pos
		e.series.Times.Start, _ = e.wallClock(p)
	case !nights && e.repeatHas("every"):
		e.problems.Error(e.entry.Pos, "missing-start", "add start: 2026-12-06 02:00", "the series has no start")
	}
}

// repeatHas reports whether repeat has a key.
func (e *entryReader) repeatHas(name string) bool {
	repeat, _ := e.front.get("repeat")
	return has(repeat.value, name)
}

// readSeriesLength reads the duration, without which a series has no end.
func (e *entryReader) readSeriesLength() {
	p, exists := e.front.get("duration")
	end, ends := e.front.get("end")
	if ends {
		hint := "write duration: 90m instead"
		if start, stop := e.startOfFile(), parsed(end, e.zone); !start.IsZero() && stop.After(start) && stop.Sub(start) <= maxDuration {
			hint = "write duration: " + site.FormatDuration(stop.Sub(start)) + " instead"
			if exists {
				hint = "remove it: duration says how long each is"
			}
		}
		e.seriesKey(end.pos, hint, `"end" belongs to one window; a series has a duration`)
	}
	switch {
	case exists:
		e.series.Duration, _ = e.duration(p)
		e.series.DurationPos = p.value.pos
		e.entry.Unclear = e.entry.Unclear || e.series.Duration == 0
	case !ends:
		e.problems.Error(e.entry.Pos, "missing-end", "add duration: 90m", "nothing says how long the maintenance takes each time")
		e.entry.Unclear = true
	}
}

// startOfFile returns the start key as an instant, or zero.
func (e *entryReader) startOfFile() time.Time {
	p, _ := e.front.get("start")
	return parsed(p, e.zone)
}

// parsed returns the time that a value says, or zero.
func parsed(p pair, zone *time.Location) time.Time {
	t, problem := parseTime(p.value.text, zone)
	if problem != nil {
		return time.Time{}
	}
	return t
}

// readAnnounce reads how long before its start each occurrence becomes public.
func (e *entryReader) readAnnounce() {
	p, exists := e.front.get("announce")
	if !exists {
		return
	}
	length, ok := e.duration(p)
	switch {
	case !ok:
	case length > maxAnnounce:
		e.seriesKey(p.value.pos, "write 365d or less", `"announce" is more than a year`)
	default:
		e.series.Announce = length
	}
}

// refuseOneTimeKeys reports keys that belong to a single window.
func (e *entryReader) refuseOneTimeKeys() {
	hint := "remove it, and write it in the file of one occurrence: allclear update " + e.entry.Slug + " in-progress writes that file"
	for _, name := range []string{"id", "aliases", "next_update", "eta"} {
		if p, exists := e.front.get(name); exists {
			e.seriesKey(p.pos, hint, "%q belongs to one occurrence, not to a series", name)
		}
	}
	e.entry.ID = "" // or each occurrence would be reported for having the id of another
	if p, exists := e.front.get("auto_complete"); exists && e.entry.ManualEnd {
		e.seriesKey(p.pos, hint, "auto_complete: false belongs to one occurrence: the others would never end")
	}
	impacts, _ := e.front.get("impacts")
	for _, item := range impacts.items {
		for _, name := range []string{"start", "end", "eta"} {
			if p, exists := item.get(name); exists {
				e.seriesKey(p.pos, hint, "%q of an impact belongs to one occurrence, not to a series", name)
			}
		}
	}
}

// refuseUpdates reports updates and a report, which belong to one occurrence. A Scheduled
// update is the announcement of each.
func (e *entryReader) refuseUpdates(b body) {
	hint := "move it to the file of the occurrence that it is about, such as %s-2026-12-06.md"
	for i, u := range b.updates {
		switch {
		case u.Status != site.Scheduled:
			e.seriesKey(u.Pos, fmt.Sprintf(hint, e.entry.Slug),
				"a series takes no update but Scheduled: this one belongs to one occurrence")
		case i > 0:
			e.seriesKey(u.Pos, "keep one of the two", "a series has one Scheduled update, the announcement of each occurrence")
		}
	}
	if b.report != nil {
		e.seriesKey(b.report.Pos, fmt.Sprintf(hint, e.entry.Slug), "a series has no report: this one belongs to one occurrence")
	}
}

// refuseAnnounce reports announce in a window that does not repeat.
func (e *entryReader) refuseAnnounce() {
	if p, exists := e.front.get("announce"); exists {
		e.seriesKey(p.pos, "write posted: with the time of the announcement, or add repeat:", `"announce" is a key of a series`)
	}
}
