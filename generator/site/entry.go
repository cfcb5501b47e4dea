package site

import (
	"sort"
	"strconv"
	"time"
)

// updatesBy returns the updates published by t.
func (e *Entry) updatesBy(t time.Time) []Update {
	n := len(e.Updates)
	if n == 0 || !e.Updates[n-1].Time.After(t) {
		return e.Updates
	}
	return e.Updates[:sort.Search(n, func(i int) bool { return e.Updates[i].Time.After(t) })]
}

// Begin returns the start of an entry: its start key, else the earliest time of its
// impacts and its first update. It is zero if none of them has a time.
func (e *Entry) Begin() time.Time {
	if !e.Start.IsZero() {
		return e.Start.Time
	}
	return e.earliestTime()
}

// Visible reports whether the entry is public at t: an incident from its start or its
// first update, whichever is earlier; a window from its announcement.
func (e *Entry) Visible(t time.Time) bool {
	if e.isFinal(t) {
		return true
	}
	if e.Kind == Incident {
		return len(e.updatesBy(t)) > 0 || (!e.Begin().IsZero() && !t.Before(e.Begin()))
	}
	said := e.statedAnnouncement()
	return said.IsZero() || !t.Before(said)
}

// statedAnnouncement returns when a window became public if the operator gave a time:
// the posted key or the Scheduled update, or any first update before the posted time,
// whichever is first. Otherwise it returns zero.
func (e *Entry) statedAnnouncement() time.Time {
	said := e.Posted.Time
	if len(e.Updates) == 0 {
		return said
	}
	first := e.Updates[0]
	if said.IsZero() && first.Status == Scheduled || first.Time.Before(said) {
		return first.Time
	}
	return said
}

// defaultNotice is how long before its start a window counts as announced if nothing
// gives a time. Feeds and the API require one.
const defaultNotice = 7 * 24 * time.Hour

// Announced returns when a window became, or becomes, public: its posted key or
// Scheduled update, else the day its file is named after, else a week before it starts,
// but never after its first update. The result may be in the future. For an incident it
// returns its beginning.
func (e *Entry) Announced() time.Time {
	if e.Kind == Incident {
		return e.Begin()
	}
	at := e.statedAnnouncement()
	if !at.IsZero() {
		return at
	}
	if at = e.FileDate; at.IsZero() {
		at = e.Start.Add(-defaultNotice)
	}
	if len(e.Updates) > 0 && e.Updates[0].Time.Before(at) {
		return e.Updates[0].Time
	}
	return at
}

// Upcoming reports whether a window is announced at t and has yet to start.
func (e *Entry) Upcoming(t time.Time) bool {
	return e.Kind == Maintenance && e.Visible(t) && e.Phase(t) == Scheduled
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
	known := e.updatesBy(t)
	return len(known) == 0 || known[len(known)-1].Time.Before(e.NextUpdate.Time)
}

// Phase returns the entry's status at t: that of the newest update that has one, or the
// one that the clock has reached. An incident that ended is Resolved, and Postmortem
// once its report is published.
func (e *Entry) Phase(t time.Time) UpdateStatus {
	if e.Kind == Maintenance {
		return e.windowPhase(t)
	}
	last := e.lastStatus(t, Investigating)
	switch {
	case e.Open(t) && last == Resolved:
		return Monitoring // an explicit end, later than the update
	case e.Open(t) || t.Before(e.Begin()):
		return last
	case e.reportPublished(t) && !e.closedAfter(e.reportedAt(t), t):
		return Postmortem
	}
	return Resolved
}

// closedAfter reports whether an incident that is over at t ended, or had an update that
// resolved it, after at.
func (e *Entry) closedAfter(at, t time.Time) bool {
	known := e.updatesBy(t)
	for i := len(known) - 1; i >= 0 && known[i].Time.After(at); i-- {
		if known[i].Status == Resolved {
			return true
		}
	}
	return e.Interval(t).End.After(at)
}

// windowPhase returns the status of a window at t.
func (e *Entry) windowPhase(t time.Time) UpdateStatus {
	last := e.lastStatus(t, Scheduled)
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

// Notice reports whether the entry is an incident with severity: none, which affects
// nothing.
func (e *Entry) Notice() bool { return e.Severity == None }

// Anchor returns the id of an update published at t, unique on the page of its entry
// unless two have the same second: u-20250725T064100Z.
func Anchor(t time.Time) string { return t.UTC().Format("u-20060102T150405Z") }

// freeAnchor returns the Anchor of t, with a number appended if other updates have it
// already.
func freeAnchor(t time.Time, taken []*Update) string {
	base := Anchor(t)
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
