package site

import (
	"slices"
	"time"
)

// Published is what an entry has told the world by t, newest first: its updates,
// its report, and what the clock told by itself where no update did (a window
// that was announced, began or was completed; an incident that nobody has
// written about yet). Feeds, pages and the API all show this list.
func (e *Entry) Published(t time.Time) []Update {
	known := e.known(t)
	list := append(make([]Update, 0, len(known)+1), known...) // and perhaps a report
	if e.Kind == Maintenance {
		list = e.withClock(list, t)
	}
	if e.reportOut(t) {
		report := Update{Time: e.reported(t), Status: Postmortem, Body: e.Report.Body, Report: true, Pos: e.Report.Pos, Anchor: "report"}
		if !e.Report.Time.IsZero() {
			report.Anchor = anchor(report.Time, list)
		}
		list = append(list, report)
	}
	if e.Kind == Incident && len(list) == 0 && e.Visible(t) {
		list = append(list, e.auto(Investigating, e.Begin(), nil))
	}
	slices.SortStableFunc(list, func(a, b Update) int { return a.Time.Compare(b.Time) })
	slices.Reverse(list)
	return list
}

// withClock adds what a window tells without a person.
func (e *Entry) withClock(list []Update, t time.Time) []Update {
	if !e.Visible(t) {
		return list
	}
	said := func(words ...Word) bool {
		return slices.ContainsFunc(e.known(t), func(u Update) bool { return slices.Contains(words, u.Status) })
	}
	if !said(Scheduled) {
		announcement := e.auto(Scheduled, e.Announced(t), list)
		announcement.Anchor = anchor(e.settled(), list)
		list = append(list, announcement)
	}
	spans := e.spans(t)
	if len(spans) == 0 {
		return list
	}
	if first := spans[0]; !t.Before(first.Start) && !said(InProgress) {
		list = append(list, e.auto(InProgress, first.Start, list))
	}
	last := spans[len(spans)-1]
	if !last.closed && !last.End.IsZero() && !t.Before(last.End) {
		list = append(list, e.auto(Completed, last.End, list))
	}
	return list
}

func (e *Entry) auto(word Word, at time.Time, taken []Update) Update {
	return Update{Time: at, Status: word, Auto: true, Anchor: anchor(at, taken)}
}

// reportOut reports whether the report is published at t.
func (e *Entry) reportOut(t time.Time) bool {
	if e.Report == nil || !e.Visible(t) {
		return false
	}
	at := e.reported(t)
	return !at.IsZero() && !at.After(t)
}

// reported is when the report was published: the time in its heading, else
// posted, else the later of the entry's end and its last update. The report of
// an entry that has no end yet stands there from the last thing said, or from
// the beginning.
func (e *Entry) reported(t time.Time) time.Time {
	if !e.Report.Time.IsZero() {
		return e.Report.Time.Time
	}
	if !e.Posted.IsZero() {
		return e.Posted.Time
	}
	at := e.Begin()
	if whole := e.Whole(t); whole.End.After(at) {
		at = whole.End
	}
	if n := len(e.Updates); n > 0 && e.Updates[n-1].Time.After(at) {
		at = e.Updates[n-1].Time
	}
	return at
}

// PostedAfter is how long after its end an entry was first told, as far as t
// knows; zero where it was told while it was open or is not told yet.
func (e *Entry) PostedAfter(t time.Time) time.Duration {
	end := e.Whole(t).End
	if end.IsZero() || end.After(t) || !e.Visible(t) {
		return 0
	}
	told := e.Posted.Time
	if told.IsZero() && e.Report != nil {
		told = e.Report.Time.Time
	}
	if known := e.known(t); told.IsZero() && len(known) > 0 {
		told = known[0].Time
	}
	if told.IsZero() || told.After(t) {
		return 0
	}
	return max(0, told.Sub(end))
}

// Changed is when the entry last told something, as far as t knows.
func (e *Entry) Changed(t time.Time) time.Time {
	if list := e.Published(t); len(list) > 0 {
		return list[0].Time
	}
	return e.Announced(t)
}
