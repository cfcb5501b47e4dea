package site

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/diag"
)

// timeChecker compares the times of an entry with each other, both those that are
// written and those that follow from them. An interval of no length is an error, since
// no page could show it.
type timeChecker struct {
	list *diag.List
	e    *Entry
	zone *time.Location
}

// checkTimes reports mistakes in the times of an entry. It returns whether the times can
// be relied on.
func (e *Entry) checkTimes(list *diag.List, zone *time.Location) bool {
	if e.Unclear {
		return false
	}
	found := len(*list)
	timeChecker{list, e, zone}.check()
	return !(*list)[found:].HasErrors()
}

func (c timeChecker) check() {
	e := c.e
	begin := e.Begin()
	if begin.IsZero() {
		return // reported elsewhere
	}
	if !e.End.IsZero() && !e.End.After(begin) {
		c.endless(begin)
		return
	}
	if e.Kind == Incident && !e.Start.IsZero() && len(e.Updates) > 0 && e.Updates[0].Time.Before(e.Start.Time) {
		c.list.Error(e.Updates[0].Pos, "update-before-start", "write start: "+clock(e.earliest(), c.zone)+", or correct the update's time",
			"this update is before the incident starts at %s", clock(e.Start.Time, c.zone))
	}
	for i := range e.Impacts {
		c.impact(i)
	}
	c.spans()
	c.apart()
}

// endless reports an entry that does not end after it begins.
func (c timeChecker) endless(begin time.Time) {
	e := c.e
	if !e.Start.IsZero() {
		c.list.Error(e.End.Pos, "end-before-start", "check both times", "the end is not after the start, %s", clock(begin, c.zone))
		return
	}
	c.list.Error(e.End.Pos, "end-before-start", "add the time when it began: start: TIME",
		"the incident ends at %s, before its first update or impact at %s",
		clock(e.End.Time, c.zone), clock(begin, c.zone))
}

// earliest returns the earliest time of an incident's updates and impacts.
func (e *Entry) earliest() time.Time {
	bare := *e
	bare.Start = Moment{}
	return bare.Begin()
}

// impact checks the times of one impact against each other and against its entry.
func (c timeChecker) impact(i int) {
	e, impact := c.e, &c.e.Impacts[i]
	start, end := impact.Start, impact.End
	begin := latest(start.Time, time.Time{})
	if start.IsZero() {
		begin = e.Begin()
	}
	if !impact.ETA.IsZero() && impact.ETA.Before(begin) {
		c.list.Warn(impact.ETA.Pos, "eta-before-start", "correct the eta: it is when the components are expected back",
			"the eta %s is before the impact starts at %s", clock(impact.ETA.Time, c.zone), clock(begin, c.zone))
	}
	switch {
	case !end.IsZero() && !end.After(begin) && !start.IsZero():
		c.list.Error(end.Pos, "end-before-start", "check both times", "the impact's end is not after its start, %s", clock(begin, c.zone))
	case !end.IsZero() && !end.After(begin):
		c.list.Error(end.Pos, "end-before-start", "check both times", "the impact ends at %s, but it starts with its %s at %s",
			clock(end.Time, c.zone), e.Kind, clock(begin, c.zone))
	case c.outside(impact):
	default:
		c.late(i)
		c.downtime(i)
	}
}

// outside reports an impact that begins before its entry begins or after it ends.
func (c timeChecker) outside(impact *Impact) bool {
	e, start := c.e, impact.Start
	if start.IsZero() {
		return false
	}
	first, over := e.Start.Time, e.Interval(distant).End
	if e.Kind == Maintenance {
		if spans := e.spans(distant); len(spans) > 0 && spans[0].Start.Before(first) {
			first = spans[0].Start // it began early
		}
		if !over.IsZero() {
			over = latest(over, e.End.Time) // an impact planned for a time that was called off is not a mistake
		}
	}
	switch {
	case !first.IsZero() && start.Before(first) && e.Kind == Incident:
		c.list.Error(start.Pos, "impact-outside", "write start: "+clock(e.earliest(),
			c.zone)+" for the incident, or correct the impact's start",
			"the impact starts at %s, before its incident at %s", clock(start.Time, c.zone), clock(first, c.zone))
	case !first.IsZero() && start.Before(first):
		c.list.Error(start.Pos, "impact-outside", "correct the start of the maintenance, or that of the impact",
			"the impact starts at %s, before its maintenance at %s", clock(start.Time, c.zone), clock(first, c.zone))
	case !over.IsZero() && !start.Before(over):
		c.list.Error(start.Pos, "impact-outside", "correct the start, or remove the impact",
			"the impact starts at %s, but its %s was over at %s", clock(start.Time, c.zone), e.Kind, clock(over, c.zone))
	default:
		return false
	}
	return true
}

// late warns of an impact that goes on while its entry is not open, or that ends before
// its window begins.
func (c timeChecker) late(i int) {
	e, impact := c.e, &c.e.Impacts[i]
	spans, windows := e.spans(distant), e.Windows(i, distant)
	if impact.End.IsZero() || len(spans) == 0 {
		return
	}
	if len(windows) == 0 && !e.Notice() {
		c.list.Warn(impact.End.Pos, "end-before-start", "correct the end, or remove it: then the impact ends with the maintenance",
			"the impact ends at %s, before the maintenance began at %s", clock(impact.End.Time, c.zone), clock(spans[0].Start, c.zone))
		return
	}
	for n, s := range spans {
		if s.End.IsZero() || !slices.ContainsFunc(windows, func(w Interval) bool { return w.Start.Before(s.End) && w.Contains(s.End) }) {
			continue
		}
		if n+1 == len(spans) {
			c.list.Warn(impact.End.Pos, "impact-outlasts", "end the impact sooner, or the "+e.Kind.String()+" later",
				"the impact ends at %s, after its %s ends at %s", clock(impact.End.Time, c.zone), e.Kind, clock(s.End, c.zone))
		} else {
			c.list.Warn(impact.End.Pos, "impact-outlasts",
				"end the impact at "+clock(s.End, c.zone)+", and write another one for the time after "+clock(spans[n+1].Start, c.zone),
				"the impact goes on from %s to %s, while its %s is closed", clock(s.End, c.zone), clock(spans[n+1].Start, c.zone), e.Kind)
		}
		return
	}
}

// downtime reports a downtime that is longer than its impact, if the length of that is
// known.
func (c timeChecker) downtime(i int) {
	e, impact := c.e, &c.e.Impacts[i]
	if !impact.Downtime.Set {
		return
	}
	start, end := impact.Start.Time, impact.End.Time
	if start.IsZero() {
		start = e.Start.Time
	}
	if end.IsZero() {
		end = e.End.Time
	}
	var length time.Duration
	switch {
	case !start.IsZero() && !end.IsZero():
		length = end.Sub(start)
	case e.Kind == Incident:
		for _, w := range e.Windows(i, distant) {
			if w.End.IsZero() {
				return
			}
			length += w.Until(distant)
		}
	}
	if length > 0 && impact.Downtime.Length > length {
		c.list.Error(impact.Downtime.Pos, "downtime-too-long",
			"write at most "+FormatDuration(length)+": downtime is the part of the window that counts",
			"the downtime (%s) is longer than its window (%s)", FormatDuration(impact.Downtime.Length), FormatDuration(length))
	}
}

// spans reports an entry that is open for no time at all. If two updates have the same
// minute, it is a warning: that may be right.
func (c timeChecker) spans() {
	e := c.e
	find, end := e.incidentSpans, Resolved
	if e.Kind == Maintenance {
		find, end = e.windowSpans, Completed
	}
	for n, s := range find(nil, distant) {
		closer := slices.IndexFunc(e.Updates, func(u Update) bool { return s.closed && u.Status == end && u.Time.Equal(s.End) })
		if !s.empty() || closer < 0 {
			continue
		}
		u := e.Updates[closer]
		opened := slices.ContainsFunc(e.Updates, func(other Update) bool {
			return stage(other.Status) == 1 && other.Status != Note && other.Time.Equal(u.Time)
		})
		switch {
		case n > 0 || opened || u.Time.Equal(s.Start) && (e.Kind == Maintenance || len(e.Impacts) == 0):
			c.list.Warn(u.Pos, "end-before-start", "correct one of the two times; add seconds if it really was this short",
				"%s has the same time as the start of the %s, %s: it would last no time",
				title(u.Status), e.Kind, clock(s.Start, c.zone))
		case e.Kind == Maintenance:
			c.list.Error(u.Pos, "end-before-start", "write Canceled if it was called off, or ## In progress — TIME above it",
				"%s at %s is before the maintenance begins at %s", title(u.Status), clock(u.Time, c.zone), clock(s.Start, c.zone))
		case u.Time.Equal(s.Start):
			c.list.Error(u.Pos, "end-before-start", "add the time when it began: start: TIME",
				"%s is the first update, and nothing says when the incident began", title(u.Status))
		}
	}
}

// FormatDuration formats a duration as content is written: 1h30m, not 1h30m0s. Parts of
// a second are dropped.
func FormatDuration(d time.Duration) string {
	s := ""
	for _, unit := range []struct {
		length time.Duration
		letter string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / unit.length; n > 0 {
			s += strconv.Itoa(int(n)) + unit.letter
		}
		d %= unit.length
	}
	return s
}
