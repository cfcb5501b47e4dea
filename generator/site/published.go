package site

import (
	"slices"
	"time"
)

// FirstID is the id of the first update of every entry. It contains no time, so a feed
// reader sees no new entry if a person writes the first update after the clock's, or
// corrects its time.
const FirstID = "u-first"

// Published returns what an entry has published by t, newest first: its updates, its
// report, and automatic updates if nobody wrote one (a window that was announced, began
// or was completed; an incident without updates so far, or one that ended by itself).
// Feeds, pages and the API all show this list. The announcement of a window without an
// announcement date may be in the future. Nobody may change the updates: most are the
// entry's own.
func (e *Entry) Published(t time.Time) []*Update {
	known := e.updatesBy(t)
	list := make([]*Update, 0, len(known)+2) // with room for a report
	for i := range known {
		list = append(list, &known[i])
	}
	reported := e.reportPublished(t)
	switch {
	case !e.Visible(t):
	case e.Kind == Maintenance:
		list = e.windowClock(list, t)
	case len(known) > 0 || !reported || e.closedAfter(e.reportedAt(t), t): // a report on its own needs no automatic updates
		list = e.incidentClock(list, t)
	}
	if reported {
		report := &Update{Time: e.reportedAt(t), Status: Postmortem, Body: e.Report.Body, Report: true, Pos: e.Report.Pos, Anchor: "report"}
		if !e.Report.Time.IsZero() {
			report.Anchor = freeAnchor(report.Time, list)
		}
		list = append(list, report)
	}
	slices.SortStableFunc(list, func(a, b *Update) int { return a.Time.Compare(b.Time) })
	first := slices.IndexFunc(list, func(u *Update) bool { return !u.Report })
	for i, u := range list {
		if id := u.idAs(i == first); u.ID != id {
			own := *u
			own.ID, list[i] = id, &own
		}
	}
	slices.Reverse(list)
	return list
}

// idAs returns the ID of an update that is the first of its entry, or a later one.
func (u *Update) idAs(first bool) string {
	if first {
		return FirstID
	}
	return u.Anchor
}

// windowClock adds the automatic updates of a window: its announcement, and each start
// and end that no update mentions.
func (e *Entry) windowClock(list []*Update, t time.Time) []*Update {
	known := e.updatesBy(t)
	// a Scheduled after posted is news, such as another time: the announcement stays
	announces := func(u Update) bool {
		return u.Status == Scheduled && (e.Posted.IsZero() || !u.Time.After(e.Announced()))
	}
	if !slices.ContainsFunc(known, announces) {
		// the announcement comes first, even before updates of the same instant
		list = slices.Insert(list, 0, e.clockUpdate(Scheduled, e.Announced(), list))
	}
	spans := e.spans(t)
	for i, s := range spans {
		to := distant
		if i+1 < len(spans) {
			to = spans[i+1].Start
		}
		begun := slices.ContainsFunc(known[s.from:], func(u Update) bool {
			return u.Time.Before(to) && (u.Status == InProgress || u.Status == Verifying && !u.Time.After(s.Start))
		})
		if !begun && !t.Before(s.Start) {
			list = append(list, e.clockUpdate(InProgress, s.Start, list))
		}
		ended := slices.ContainsFunc(known, func(u Update) bool { return stage(u.Status) == 2 && u.Time.Equal(s.End) })
		if !s.closed && !ended && !s.End.IsZero() && !t.Before(s.End) && to.After(s.End) {
			list = append(list, e.clockUpdate(Completed, s.End, list))
		}
	}
	return list
}

// incidentClock adds the automatic updates of an incident: its start while it has no
// updates, and its end if no update mentions it.
func (e *Entry) incidentClock(list []*Update, t time.Time) []*Update {
	known := e.updatesBy(t)
	unsaid := len(known) == 0 // no update says that it has begun
	spans := e.spans(t)
	if len(spans) == 0 {
		spans = append(spans, span{Interval: e.Interval(t)}) // it ended as it began
	}
	for i, s := range spans {
		if s.closed || s.End.IsZero() || t.Before(s.End) {
			continue
		}
		to := distant
		if i+1 < len(spans) {
			to = spans[i+1].Start
		}
		if !to.After(s.End) || slices.ContainsFunc(known,
			func(u Update) bool { return u.Status == Resolved && !u.Time.Before(s.End) && u.Time.Before(to) }) {
			continue
		}
		unsaid = unsaid || known[0].Time.After(s.End)
		list = append(list, e.clockUpdate(Resolved, s.End, list))
	}
	if unsaid {
		list = slices.Insert(list, 0, e.clockUpdate(Investigating, e.Begin(), list))
	}
	return list
}

// clockUpdate returns an automatic update with an anchor that no other update has.
func (e *Entry) clockUpdate(word UpdateStatus, at time.Time, taken []*Update) *Update {
	return &Update{Time: at, Status: word, Auto: true, Anchor: freeAnchor(at, taken)}
}

// StatusAfter returns the status of the entry after an update: the update's own, or the
// phase at its time if it has none or if it does not fit, such as Monitoring after the
// end. For the newest update it is the entry's status.
//
// Of several updates in one second only the last is compared with the phase, which that
// last one decides.
func (e *Entry) StatusAfter(u *Update) UpdateStatus {
	if u.Auto || u.Status != Note && !u.Report && e.followedWithinASecond(u) {
		return u.Status
	}
	if phase := e.Phase(u.Time); u.Status == Note || stage(u.Status) != stage(phase) {
		return phase
	}
	return u.Status
}

// followedWithinASecond reports whether another update of the same second comes after u.
func (e *Entry) followedWithinASecond(u *Update) bool {
	after, _ := slices.BinarySearchFunc(e.Updates, u.Time.Add(time.Nanosecond),
		func(o Update, t time.Time) int { return o.Time.Compare(t) })
	return after > 0 && e.Updates[after-1].Time.Equal(u.Time) && e.Updates[after-1].Pos != u.Pos
}

// stage returns 0 for a status of something to come, 1 for one under way, and 2 for one
// that is over.
func stage(w UpdateStatus) int {
	switch w {
	case Scheduled:
		return 0
	case Resolved, Postmortem, Completed, Canceled:
		return 2
	}
	return 1
}

// reportPublished reports whether the report is published at t.
func (e *Entry) reportPublished(t time.Time) bool {
	if e.Report == nil || !e.Visible(t) {
		return false
	}
	at := e.reportedAt(t)
	return !at.IsZero() && !at.After(t)
}

// reportedAt returns when the report was published: the time in its heading, else
// posted, else the later of the entry's end and its last update. If the entry has no end
// yet, it is the time of the last update, or of the beginning.
func (e *Entry) reportedAt(t time.Time) time.Time {
	if !e.Report.Time.IsZero() {
		return e.Report.Time.Time
	}
	if !e.Posted.IsZero() {
		return e.Posted.Time
	}
	at := e.Begin()
	if whole := e.Interval(t); whole.End.After(at) {
		at = whole.End
	}
	if n := len(e.Updates); n > 0 && e.Updates[n-1].Time.After(at) {
		at = e.Updates[n-1].Time
	}
	return at
}

// PostedAfter returns how long after its end an entry was first published, as of t. It
// is zero if that was while the entry was open, or has not happened yet.
func (e *Entry) PostedAfter(t time.Time) time.Duration {
	end := e.Interval(t).End
	if end.IsZero() || end.After(t) || !e.Visible(t) {
		return 0
	}
	posted := e.Posted.Time
	if posted.IsZero() && e.Report != nil {
		posted = e.Report.Time.Time
	}
	if known := e.updatesBy(t); posted.IsZero() && len(known) > 0 {
		posted = known[0].Time
	}
	if posted.IsZero() || posted.After(t) {
		return 0
	}
	return max(0, posted.Sub(end))
}

// Changed returns when the entry last published something, as of t.
func (e *Entry) Changed(t time.Time) time.Time {
	if list := e.Published(t); len(list) > 0 {
		return list[0].Time
	}
	return e.Announced()
}
