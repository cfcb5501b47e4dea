package site

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Communication is how an incident was communicated, as far as it is known at an instant.
type Communication struct {
	Entry       *Entry
	Start       time.Time
	Severity    Severity
	FirstUpdate KnownLength // from the start to the first update; not known if there is none yet, or nothing says when it began
	MedianGap   KnownLength // the median of the times between updates while it was open
	LongestGap  KnownLength // the longest of them
	Resolution  KnownLength // from the start to the end; not known while it is open
	Promise     PromiseOutcome
	LateBy      time.Duration // PromiseLate only: how late the promised update came, or is so far
}

// KnownLength is a length of time that may be unknown.
type KnownLength struct {
	Length time.Duration
	Known  bool
}

// known returns the time from a to b, which is not known if b is before a.
func known(a, b time.Time) KnownLength {
	if b.Before(a) {
		return KnownLength{}
	}
	return KnownLength{b.Sub(a), true}
}

// PromiseOutcome is what became of the update that an incident promised for a time.
type PromiseOutcome int

const (
	NoPromise      PromiseOutcome = iota
	PromisePending                // the time is to come
	PromiseKept                   // an update came at that time, or the incident was over by then
	PromiseLate                   // the update came later, or the incident is open and still owes it
	PromiseMissed                 // the incident ended without it
)

// Communications returns how each incident was communicated by now, newest first.
// Maintenance, incidents in no list, and notices (severity: none) do not count, since
// nobody waits for their next update.
func (s *Site) Communications(now time.Time) []Communication {
	var list []Communication
	for i := range s.Entries {
		if e := &s.Entries[i]; e.communicates(now) {
			list = append(list, s.communication(e, now))
		}
	}
	slices.SortFunc(list, func(a, b Communication) int {
		return cmp.Or(b.Start.Compare(a.Start), strings.Compare(a.Entry.Slug, b.Entry.Slug))
	})
	return list
}

// communicates reports whether an entry counts in Communications.
func (e *Entry) communicates(now time.Time) bool {
	return e.Kind == Incident && !e.NoIndex && !e.Notice() && e.Visible(now) && !e.Begin().After(now)
}

// communication returns how an incident that is visible at now was communicated by then.
func (s *Site) communication(e *Entry, now time.Time) Communication {
	c := Communication{Entry: e, Start: e.Begin(), Severity: s.SeverityAt(e, now)}
	if first := e.firstWritten(now); !first.IsZero() && e.saysStart() {
		c.FirstUpdate = known(c.Start, first)
	}
	if gaps := e.gaps(now); len(gaps) > 0 {
		slices.Sort(gaps)
		c.MedianGap, c.LongestGap = KnownLength{median(gaps), true}, KnownLength{gaps[len(gaps)-1], true}
	}
	if end := e.Interval(now).End; !end.IsZero() && !end.After(now) {
		c.Resolution = known(c.Start, end)
	}
	c.Promise, c.LateBy = e.promiseOutcome(now)
	return c
}

// saysStart reports whether something other than the first update says when the entry
// began.
func (e *Entry) saysStart() bool {
	return !e.Start.IsZero() || slices.ContainsFunc(e.Impacts, func(i Impact) bool { return !i.Start.IsZero() })
}

// firstWritten returns when a person first wrote about an incident, as far as it is known
// at t: its first update or, if that is earlier or there is none, its report, if the
// operator wrote when that was published. It is zero if nobody has, or if nothing says
// when. The updates that the clock writes do not count, so an incident that was recorded
// afterwards never seems to have been announced as it began.
func (e *Entry) firstWritten(t time.Time) time.Time {
	var first time.Time
	if updates := e.updatesBy(t); len(updates) > 0 {
		first = updates[0].Time
	}
	if e.Report == nil || e.Report.Time.IsZero() && e.Posted.IsZero() {
		return first
	}
	if at := e.reportedAt(t); !at.After(t) && (first.IsZero() || at.Before(first)) {
		first = at
	}
	return first
}

// gaps returns the times between the updates of an incident while it was open: from one
// to the next, and from the last to the end, or to now if it is open. Updates of the same
// instant count as one. The time before the first update is not among them.
func (e *Entry) gaps(now time.Time) []time.Duration {
	var gaps []time.Duration
	for _, span := range e.spans(now) {
		if span.Start.After(now) {
			break
		}
		open := span.endedBy(now)
		var last time.Time
		for _, u := range e.updatesBy(now) {
			if u.Time.Before(open.Start) || u.Time.After(open.End) {
				continue
			}
			if !last.IsZero() && u.Time.After(last) {
				gaps = append(gaps, u.Time.Sub(last))
			}
			last = u.Time
		}
		if !last.IsZero() && open.End.After(last) {
			gaps = append(gaps, open.End.Sub(last))
		}
	}
	return gaps
}

// promiseOutcome returns what became by now of the update that next_update promises, and
// how late it came or is so far. As on the page, an update before the promised time leaves
// the promise as it is, unless the operator moves it.
func (e *Entry) promiseOutcome(now time.Time) (PromiseOutcome, time.Duration) {
	due := e.NextUpdate.Time
	switch {
	case due.IsZero() || due.Before(e.Begin()):
		return NoPromise, 0
	case due.After(now) && e.Open(now):
		return PromisePending, 0
	}
	for _, span := range e.spans(now) {
		if !span.Contains(due) || due.After(now) {
			continue
		}
		for _, u := range e.updatesBy(now) {
			switch {
			case u.Time.Before(due) || !span.End.IsZero() && u.Time.After(span.End):
			case u.Time.Equal(due):
				return PromiseKept, 0
			default:
				return PromiseLate, u.Time.Sub(due)
			}
		}
		if span.Contains(now) {
			return PromiseLate, now.Sub(due)
		}
		return PromiseMissed, 0
	}
	return PromiseKept, 0
}

// median returns the middle of sorted lengths, or the mean of the two in the middle, in
// whole seconds.
func median(sorted []time.Duration) time.Duration {
	n := len(sorted)
	return ((sorted[(n-1)/2] + sorted[n/2]) / 2).Truncate(time.Second)
}
