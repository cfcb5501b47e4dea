package site

import (
	"slices"
	"strconv"
	"time"
)

// Interval is the time from Start up to, and without, End. A zero End has not
// come yet.
type Interval struct{ Start, End time.Time }

// Holds reports whether t lies in the interval.
func (i Interval) Holds(t time.Time) bool {
	return !t.Before(i.Start) && (i.End.IsZero() || t.Before(i.End))
}

// Until is the length of the interval as far as t, which is when an interval
// without an end is measured.
func (i Interval) Until(t time.Time) time.Duration {
	if i.End.IsZero() || i.End.After(t) {
		return max(0, t.Sub(i.Start))
	}
	return max(0, i.End.Sub(i.Start))
}

// known are the updates that exist at t. Later ones do not exist yet.
func (e *Entry) known(t time.Time) []Update {
	n := len(e.Updates)
	for n > 0 && e.Updates[n-1].Time.After(t) {
		n--
	}
	return e.Updates[:n]
}

// Begin is when an entry starts: what it says, else the earliest of its impacts'
// starts and its first update. It is zero where nothing says it.
func (e *Entry) Begin() time.Time {
	if !e.Start.IsZero() {
		return e.Start.Time
	}
	var begin time.Time
	earlier := func(t time.Time) {
		if !t.IsZero() && (begin.IsZero() || t.Before(begin)) {
			begin = t
		}
	}
	for i := range e.Impacts {
		earlier(e.Impacts[i].Start.Time)
	}
	if len(e.Updates) > 0 {
		earlier(e.Updates[0].Time)
	}
	return begin
}

// Visible reports whether the entry exists at t. An incident exists from its
// start, or from its first update where that came sooner; a window from its
// announcement, or always where nothing says when it was announced.
func (e *Entry) Visible(t time.Time) bool {
	if e.Kind == Incident {
		return len(e.known(t)) > 0 || (!e.Begin().IsZero() && !t.Before(e.Begin()))
	}
	said := e.announced()
	return said.IsZero() || !t.Before(said)
}

// announced is when the operator says that a window was made known, or zero.
func (e *Entry) announced() time.Time {
	said := e.Posted.Time
	if len(e.Updates) > 0 && e.Updates[0].Status == Scheduled {
		if first := e.Updates[0].Time; said.IsZero() || first.Before(said) {
			said = first
		}
	}
	return said
}

// unsaidNotice is how long before its start a window counts as announced where
// nothing says when it really was: feeds and the API demand a date.
const unsaidNotice = 7 * 24 * time.Hour

// Announced is when a window was made known, as far as t knows: what its posted
// key or its Scheduled update says, else a week before it starts, but never later
// than the day of t in UTC: a whole day, so that what is built during it stays
// the same. For an incident it is its beginning.
func (e *Entry) Announced(t time.Time) time.Time {
	if e.Kind == Incident {
		return e.Begin()
	}
	settled := e.settled()
	if settled.After(t) {
		return t.UTC().Truncate(24 * time.Hour)
	}
	return settled
}

// settled is when a window counts as made known once that has come. It names the
// announcement, whose date may still move, for ever.
func (e *Entry) settled() time.Time {
	if said := e.announced(); !said.IsZero() {
		return said
	}
	return e.Start.Add(-unsaidNotice)
}

// span is a time for which an entry is open; closed says that an update ended it.
type span struct {
	Interval
	closed bool
}

// Spans are the times for which the entry is open (an incident) or under way (a
// window), as far as t knows. More than one means that it was reopened. A span
// may begin or end after t: that is foreseen.
func (e *Entry) Spans(t time.Time) []Interval {
	var spans []Interval
	for _, s := range e.spans(t) {
		spans = append(spans, s.Interval)
	}
	return spans
}

// spans is so short that the compiler puts it into its callers, and the room for
// the usual few spans with it: nothing is allocated for a question that is asked
// many times of each entry. So it is with Windows.
func (e *Entry) spans(t time.Time) []span { return e.spansIn(make([]span, 0, 2), t) }

func (e *Entry) spansIn(spans []span, t time.Time) []span {
	if e.Kind == Maintenance {
		spans = e.windowSpans(spans, t)
	} else {
		spans = e.incidentSpans(spans, t)
	}
	return slices.DeleteFunc(spans, func(s span) bool { return !s.End.IsZero() && !s.End.After(s.Start) })
}

func (e *Entry) incidentSpans(spans []span, t time.Time) []span {
	begin := e.Begin()
	if begin.IsZero() {
		return nil
	}
	if !e.End.IsZero() {
		return append(spans, span{Interval: Interval{begin, e.End.Time}})
	}
	known := e.known(t)
	if len(known) == 0 {
		var last time.Time
		for i := range e.Impacts {
			if end := e.Impacts[i].End.Time; end.After(last) {
				last = end
			}
		}
		return append(spans, span{Interval: Interval{begin, last}})
	}
	spans = append(spans, span{Interval: Interval{Start: begin}})
	for i := range known {
		u := &known[i]
		now := &spans[len(spans)-1]
		switch {
		case u.Status == Resolved && !now.closed:
			now.End, now.closed = u.Time, true
		case u.Status != Resolved && u.Status != Note && now.closed:
			spans = append(spans, span{Interval: Interval{Start: latest(u.Time, begin)}})
		}
	}
	return spans
}

func (e *Entry) windowSpans(spans []span, t time.Time) []span {
	planned := span{Interval: Interval{e.Start.Time, e.End.Time}}
	if e.ManualEnd {
		planned.End = time.Time{}
	}
	spans = append(spans, planned)
	begun := false
	known := e.known(t)
	for i := range known {
		u := &known[i]
		now := &spans[len(spans)-1]
		over := now.closed || (!now.End.IsZero() && !u.Time.Before(now.End))
		switch u.Status {
		case Scheduled:
			if now.closed {
				spans, begun = append(spans, planned), false
			}
		case InProgress, Verifying:
			switch {
			case over && !u.Time.Before(now.Start):
				again := span{Interval: Interval{Start: u.Time}}
				if planned.End.After(u.Time) {
					again.End = planned.End
				}
				spans, begun = append(spans, again), true
			case !begun && (u.Status == InProgress || u.Time.Before(now.Start)):
				now.Start, begun = u.Time, true
			}
		case Completed:
			if !now.closed {
				now.End, now.closed = u.Time, true
			}
		case Canceled:
			if !over {
				now.End, now.closed = u.Time, true
			}
		}
	}
	return spans
}

// Open reports whether an incident is open, or a window under way, at t.
func (e *Entry) Open(t time.Time) bool {
	for _, s := range e.spans(t) {
		if s.Holds(t) {
			return true
		}
	}
	return false
}

// Upcoming reports whether a window is announced at t and has yet to start.
func (e *Entry) Upcoming(t time.Time) bool {
	return e.Kind == Maintenance && e.Visible(t) && e.Phase(t) == Scheduled
}

// Whole is the time from the entry's true start to its true end as far as t
// knows; End is zero where the end is not known.
func (e *Entry) Whole(t time.Time) Interval {
	spans := e.spans(t)
	if len(spans) == 0 {
		return Interval{e.Begin(), e.Begin()}
	}
	return Interval{spans[0].Start, spans[len(spans)-1].End}
}

// Overrun is how long a window that is still under way at t has outlasted its
// schedule, or zero.
func (e *Entry) Overrun(t time.Time) time.Duration {
	if e.Kind != Maintenance || !e.Open(t) {
		return 0
	}
	return max(0, t.Sub(e.End.Time))
}

// Overdue reports whether the update promised by next_update has not come at t.
func (e *Entry) Overdue(t time.Time) bool {
	return e.Promised(t) && !t.Before(e.NextUpdate.Time)
}

// Promised reports whether next_update is a promise that still stands at t: the
// entry is open, and no update came at or after the promised time.
func (e *Entry) Promised(t time.Time) bool {
	if e.NextUpdate.IsZero() || !e.Open(t) {
		return false
	}
	known := e.known(t)
	return len(known) == 0 || known[len(known)-1].Time.Before(e.NextUpdate.Time)
}

// Phase is the entry's status at t: the last word that its updates or the clock
// say. An incident that ended is Resolved, and Postmortem once its report is out.
func (e *Entry) Phase(t time.Time) Word {
	if e.Kind == Maintenance {
		return e.windowPhase(t)
	}
	last := e.lastWord(t, Investigating)
	switch {
	case e.Open(t) && last == Resolved:
		return Monitoring // an explicit end, later than the update
	case e.Open(t) || t.Before(e.Begin()):
		return last
	case e.reportOut(t):
		return Postmortem
	}
	return Resolved
}

func (e *Entry) windowPhase(t time.Time) Word {
	last := e.lastWord(t, Scheduled)
	if last == Canceled {
		return Canceled
	}
	if e.Open(t) {
		if last == Verifying {
			return Verifying
		}
		return InProgress
	}
	for _, s := range e.spans(t) {
		if t.Before(s.Start) {
			return Scheduled
		}
	}
	return Completed
}

// lastWord is the newest status word known at t, or none.
func (e *Entry) lastWord(t time.Time, none Word) Word {
	known := e.known(t)
	for i := len(known) - 1; i >= 0; i-- {
		if known[i].Status != Note {
			return known[i].Status
		}
	}
	return none
}

// SeverityAt is what the operator said, else the worst that the impacts begun
// by t make it; an incident that touches no component counts as minor.
func (e *Entry) SeverityAt(t time.Time) Severity {
	if e.Severity != SeverityUnset {
		return e.Severity
	}
	if e.Kind == Maintenance {
		return InMaintenance
	}
	worst := None
	for i := range e.Impacts {
		if windows := e.Windows(i, t); len(windows) > 0 && !t.Before(windows[0].Start) {
			worst = max(worst, e.Impacts[i].Status.Severity())
		}
	}
	if worst == None {
		return Minor
	}
	return worst
}

// Notice reports whether the operator said that the entry touches no component.
func (e *Entry) Notice() bool { return e.Severity == None }

// Windows are the times in which impact i holds, as far as t knows. A notice
// has none.
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
		return whole(append(windows, Interval{start, impact.End.Time}))
	}
	for n, s := range e.spans(t) {
		w := s.Interval
		if start := impact.Start.Time; !start.IsZero() && (n == 0 || start.After(w.Start)) {
			w.Start = start
		}
		if end := impact.End.Time; !end.IsZero() && !(s.closed && end.After(s.End)) {
			w.End = end
		}
		windows = append(windows, w)
	}
	return whole(windows)
}

// whole drops intervals that are empty or end before they begin.
func whole(list []Interval) []Interval {
	return slices.DeleteFunc(list, func(w Interval) bool { return !w.End.IsZero() && !w.End.After(w.Start) })
}

// anchor is the permanent id of what was published at t on its entry's page.
func anchor(t time.Time, taken []Update) string {
	base := t.UTC().Format("u-20060102T150405Z")
	id := base
	for n := 2; ; n++ {
		free := true
		for _, u := range taken {
			free = free && u.Anchor != id
		}
		if free {
			return id
		}
		id = base + "-" + strconv.Itoa(n)
	}
}
