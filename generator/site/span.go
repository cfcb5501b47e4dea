package site

import (
	"slices"
	"time"
)

// Interval is the time from Start up to, but not including, End. A zero End means that it
// has not ended.
type Interval struct{ Start, End time.Time }

// Contains reports whether t lies in the interval.
func (i Interval) Contains(t time.Time) bool {
	return !t.Before(i.Start) && (i.End.IsZero() || t.Before(i.End))
}

// Until returns the length of the interval. An interval that ends later, or never, is
// measured up to t.
func (i Interval) Until(t time.Time) time.Duration {
	if i.End.IsZero() || i.End.After(t) {
		return max(0, t.Sub(i.Start))
	}
	return max(0, i.End.Sub(i.Start))
}

// span is an interval in which an entry is open.
type span struct {
	Interval
	closed bool
	from   int
}

// Spans returns the intervals in which an incident is open, or a window under way, as
// far as it is known at t. There are several if it was reopened. An interval may begin
// or end after t.
func (e *Entry) Spans(t time.Time) []Interval {
	var spans []Interval
	for _, s := range e.spans(t) {
		spans = append(spans, s.Interval)
	}
	return spans
}

// spans is small enough for the compiler to inline it. The slice of two is then on the
// caller's stack, and a question that is asked many times of each entry allocates
// nothing. Windows works the same way.
func (e *Entry) spans(t time.Time) []span { return e.spansIn(make([]span, 0, 2), t) }

func (e *Entry) spansIn(spans []span, t time.Time) []span {
	if e.Kind == Maintenance {
		spans = e.windowSpans(spans, t)
	} else {
		spans = e.incidentSpans(spans, t)
	}
	return slices.DeleteFunc(spans, func(s span) bool { return s.empty() })
}

// incidentSpans appends the intervals in which an incident is open, as far as it is
// known at t.
func (e *Entry) incidentSpans(spans []span, t time.Time) []span {
	begin := e.Begin()
	if begin.IsZero() {
		return nil
	}
	if !e.End.IsZero() {
		return append(spans, span{Interval: Interval{begin, e.End.Time}})
	}
	known := e.updatesBy(t)
	first := span{Interval: Interval{Start: begin}}
	if last := e.lastImpactEnd(); len(known) == 0 || known[0].Time.After(last) {
		first.End = last // there was no update yet when the last impact ended
	}
	spans = append(spans, first)
	over := !first.End.IsZero()
	e.eachTurn(known, func(u *Update) {
		if (u.Status == Resolved) != over {
			spans, over = applyTurn(spans, u, begin), !over
		}
	})
	return spans
}

// applyTurn ends the last span if the update resolves the incident, and else begins
// another span, not before begin.
func applyTurn(spans []span, u *Update, begin time.Time) []span {
	if u.Status != Resolved {
		return append(spans, span{Interval: Interval{Start: latest(u.Time, begin)}})
	}
	now := &spans[len(spans)-1]
	now.End, now.closed = u.Time, true
	return spans
}

// windowSpans appends the intervals in which a window is under way, as far as it is
// known at t.
func (e *Entry) windowSpans(spans []span, t time.Time) []span {
	planned := span{Interval: Interval{e.Start.Time, e.End.Time}}
	if e.ManualEnd {
		planned.End = time.Time{}
	}
	spans = append(spans, planned)
	begun := false
	e.eachStatus(e.updatesBy(t), func(i int, u *Update) {
		now := &spans[len(spans)-1]
		over := now.closed || (!now.End.IsZero() && !u.Time.Before(now.End))
		switch u.Status {
		case Scheduled:
			if now.closed && planned.Start.After(u.Time) { // postponed, with new times in the file
				planned.from = i
				spans, begun = append(spans, planned), false
			}
		case InProgress, Verifying:
			switch {
			case over:
				again := span{Interval: Interval{Start: u.Time}, from: i}
				if planned.End.After(u.Time) {
					again.End = planned.End
				}
				spans = append(spans, again)
			case !begun && (u.Status == InProgress || u.Time.Before(now.Start)):
				now.Start = u.Time
			}
			begun = true
		case Completed:
			if !now.closed {
				now.End, now.closed = u.Time, true
			}
		case Canceled:
			if !over || u.Time.Equal(now.End) && !now.closed {
				now.End, now.closed = u.Time, true
			}
		}
	})
	return spans
}

// Open reports whether an incident is open, or a window under way, at t.
func (e *Entry) Open(t time.Time) bool {
	if e.isFinal(t) {
		return false
	}
	for _, s := range e.spans(t) {
		if s.Contains(t) {
			return true
		}
	}
	return false
}

// Interval returns the time from the entry's start to its end, as far as it is known at
// t. End is zero while the end is not known.
func (e *Entry) Interval(t time.Time) Interval {
	if e.isFinal(t) {
		return e.Final.Interval
	}
	spans := e.spans(t)
	if len(spans) == 0 {
		return Interval{e.Begin(), e.Begin()}
	}
	return Interval{spans[0].Start, spans[len(spans)-1].End}
}

// Windows returns the intervals in which impact i holds, as far as it is known at t. A
// notice has none.
func (e *Entry) Windows(i int, t time.Time) []Interval {
	return e.windowsIn(make([]Interval, 0, 2), i, t)
}

func (e *Entry) windowsIn(windows []Interval, i int, t time.Time) []Interval {
	if e.Notice() {
		return nil
	}
	impact := &e.Impacts[i]
	if e.Kind == Incident && !impact.End.IsZero() {
		start := impact.Start.Time
		if start.IsZero() {
			start = e.Begin()
		}
		return dropEmpty(append(windows, Interval{start, impact.End.Time}))
	}
	spans := e.spans(t)
	for n, s := range spans {
		w := s.Interval
		if start := impact.Start.Time; !start.IsZero() && (n == 0 || start.After(w.Start)) {
			w.Start = start
		}
		if end := impact.End.Time; !end.IsZero() && !(s.closed && end.After(s.End)) {
			w.End = end
		}
		if e.Kind == Maintenance {
			w = w.endedBy(stopTime(e.updatesBy(t)[s.from:]))
			if n+1 < len(spans) {
				w = w.endedBy(spans[n+1].Start)
			}
		}
		windows = append(windows, w)
	}
	return dropEmpty(windows)
}

// stopTime returns when the first of some updates completes or cancels a window, or
// zero. No impact of the window goes on after it, whatever ends are written.
func stopTime(updates []Update) time.Time {
	for i := range updates {
		if word := updates[i].Status; word == Completed || word == Canceled {
			return updates[i].Time
		}
	}
	return time.Time{}
}

// endedBy returns the interval, shortened to end at t if it would end later. A zero t
// changes nothing.
func (i Interval) endedBy(t time.Time) Interval {
	if !t.IsZero() && (i.End.IsZero() || i.End.After(t)) {
		i.End = t
	}
	return i
}

// dropEmpty drops intervals that are empty or end before they begin.
func dropEmpty(list []Interval) []Interval {
	return slices.DeleteFunc(list, Interval.empty)
}
