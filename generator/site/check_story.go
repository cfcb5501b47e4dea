package site

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/diag"
)

const (
	stale        = 24 * time.Hour       // how long an open incident may go without an update
	staleNotice  = 7 * 24 * time.Hour   // how long an open notice may go without an update
	soonEnough   = 24 * time.Hour       // how long after its start an incident's first update may come
	clockBehind  = 366 * 24 * time.Hour // how long before all entries the time must be for the clock to be wrong
	nearFuture   = 7 * 24 * time.Hour   // how far after a past instant viewed with --at entries are still reported as future
	oftenWritten = "## Resolved — TIME"
)

// storyChecker finds contradictions between the updates and the times of an entry.
type storyChecker struct {
	list *diag.List
	e    *Entry
	zone *time.Location
	now  time.Time
	// present is the time on the clock; now may be another instant that someone looks at.
	present time.Time
}

func (c storyChecker) check() {
	c.silent()
	if c.e.Kind == Maintenance {
		c.e.checkAnnouncement(c.list, c.now, c.zone)
		c.afterWindow()
		c.overrun()
		return
	}
	c.lastWord()
	c.firstWord()
	c.future()
	c.futureUpdate()
	c.reopened()
	c.stillOver()
	if c.e.Open(c.now) && !c.e.NoIndex {
		c.open()
		c.harmless()
	}
}

// silent warns of updates without text.
func (c storyChecker) silent() {
	if c.e.Final.Summary.HasTexts {
		return
	}
	for i := range c.e.Updates {
		if u := &c.e.Updates[i]; u.Body.Blank() {
			c.list.Warn(u.Pos, "empty-update", "write below the heading what is known and what happens next",
				"the update %q has no text", title(u.Status))
		}
	}
}

// lastWord compares the last update of an incident with its end key.
func (c storyChecker) lastWord() {
	e := c.e
	last := e.lastUpdate()
	if e.End.IsZero() || last == nil {
		return
	}
	after := slices.IndexFunc(e.Updates, func(u Update) bool { return opens(u) && !u.Time.Before(e.End.Time) })
	switch {
	case after >= 0:
		c.list.Warn(e.Updates[after].Pos, "update-after-end",
			fmt.Sprintf("if the incident goes on, remove end: on line %d", e.End.Pos.Line),
			"end: says that the incident ended at %s, so %q does not reopen it", clock(e.End.Time, c.zone), title(e.Updates[after].Status))
	case last.Status != Resolved:
		end := clock(e.End.Time, c.zone)
		c.list.Warn(last.Pos, "last-word", "close it with an update: ## Resolved — "+end,
			"the incident ended at %s, but its last update is %q", end, title(last.Status))
	case e.End.After(last.Time):
		c.list.Warn(e.End.Pos, "end-after-resolved", "remove end: the update says when it ended",
			"the incident ends at %s, after the update that resolves it at %s", clock(e.End.Time, c.zone), clock(last.Time, c.zone))
	}
}

// opens reports whether an update says that an incident is not over.
func opens(u Update) bool { return u.Status != Resolved && u.Status != Note }

// firstWord warns of a first update or a report whose time does not fit the times of the
// incident.
func (c storyChecker) firstWord() {
	e, begin := c.e, c.e.Begin()
	for _, posted := range []Moment{e.Posted, e.reportTime()} {
		if !posted.IsZero() && posted.Before(begin) {
			c.list.Warn(posted.Pos, "posted-before-start", "correct the time, or the start of the incident",
				"the report is dated %s, before the incident starts at %s", clock(posted.Time, c.zone), clock(begin, c.zone))
			break
		}
	}
	if len(e.Updates) == 0 {
		return
	}
	first := e.Updates[0]
	last := e.lastImpactEnd()
	switch {
	case e.End.IsZero() && !last.IsZero() && first.Time.After(last):
		c.list.Warn(first.Pos, "update-after-impacts",
			"add end: "+clock(last, c.zone)+" or the missing update, or correct the end of the impact that went on",
			"the first update comes %s after the last impact ended: in between, the incident counts as over", long(first.Time.Sub(last)))
	case first.Time.Sub(begin) > farApart: // far-apart warns of it
	case first.Time.Sub(begin) > soonEnough &&
		!(!e.End.IsZero() && opens(first) && !first.Time.Before(e.End.Time)): // otherwise lastWord warns of it
		c.list.Warn(first.Pos, "late-first-update", "correct one of the two times, or add the missing update",
			"the first update comes %s after the incident starts at %s", long(first.Time.Sub(begin)), clock(begin, c.zone))
	}
}

// reportTime returns the time in the heading of the report, or zero.
func (e *Entry) reportTime() Moment {
	if e.Report == nil {
		return Moment{}
	}
	return e.Report.Time
}

// future warns of an incident that begins in the future. For someone who looks at the
// past, only entries of the next week after that instant are reported.
func (c storyChecker) future() {
	begin := c.e.Begin()
	if begin.After(c.now) && (begin.After(c.present) || begin.Sub(c.now) <= nearFuture) && !c.e.NoIndex {
		c.list.Warn(c.e.Pos, "future-incident", "correct its times; planned work belongs in content/maintenance/",
			"the incident begins in the future, at %s", clock(begin, c.zone))
	}
}

// futureUpdate warns of an incident's update dated in the future. It is published at
// that time, which few people want in the middle of an incident.
func (c storyChecker) futureUpdate() {
	if c.e.NoIndex || c.e.Begin().After(c.now) { // future warns of the whole incident
		return
	}
	for i := range c.e.Updates {
		u := &c.e.Updates[i]
		ahead := u.Time.Sub(c.now)
		if ahead > 0 && (u.Time.After(c.present) || ahead <= nearFuture) {
			c.list.Warn(u.Pos, "future-update", "correct the time, unless you want it published then",
				"this update is dated %s in the future and is not published until %s", long(ahead), clock(u.Time, c.zone))
			return
		}
	}
}

// reopened warns of an incident that was reopened but affects nothing since.
func (c storyChecker) reopened() {
	e := c.e
	spans := e.spans(distant)
	if len(spans) < 2 || e.Notice() || len(e.Impacts) == 0 {
		return
	}
	again := spans[len(spans)-1]
	if !again.End.IsZero() && !again.End.After(c.now) {
		return
	}
	for i := range e.Impacts {
		for _, w := range e.Windows(i, distant) {
			if part := w.intersect(again.Interval); !part.empty() {
				return
			}
		}
	}
	c.list.Warn(e.Pos, "reopened-without-impact", "add an impact with start: "+clock(again.Start,
		c.zone)+", or remove the end of the impact that is back",
		"the incident was reopened at %s, but has affected nothing since", clock(again.Start, c.zone))
}

// stillOver warns of an Update within a day after the end of an incident: it does not
// reopen the incident, though the author may expect that. Older ones are not reported.
func (c storyChecker) stillOver() {
	e := c.e
	known := e.updatesBy(c.now)
	end := e.Interval(c.now).End
	if len(known) == 0 || e.NoIndex || end.IsZero() || e.Open(c.now) {
		return
	}
	last := known[len(known)-1]
	if last.Status != Note || !last.Time.After(end) || last.Time.Sub(end) > soonEnough || c.now.Sub(last.Time) > soonEnough {
		return
	}
	again := "write ## Investigating — " + clock(last.Time, c.zone) + " instead"
	if !e.End.IsZero() {
		again += fmt.Sprintf(" and remove end: on line %d", e.End.Pos.Line)
	}
	c.list.Warn(last.Pos, "update-after-end", "if the problem is back, "+again+
		"; if not, ignore this, or move the text below ## Postmortem",
		"the incident ended at %s and is still over: an Update does not reopen it", clock(end, c.zone))
}

// open warns of an open incident that has had no update for long, or that names no
// component.
func (c storyChecker) open() {
	e := c.e
	silence := c.now.Sub(e.Changed(c.now))
	switch {
	case e.Notice() && silence > staleNotice:
		c.list.Warn(e.Pos, "stale-notice",
			"close it with "+oftenWritten+", or write an update; if it is news and no trouble, move it to content/announcements/",
			"the notice has been open without an update for %s", roughly(silence))
	case !e.Notice() && silence >= stale:
		c.list.Warn(e.Pos, "stale-incident", "add an update, or close it with "+oftenWritten,
			"the incident has been open without an update for %s", roughly(silence))
	}
	if len(e.Impacts) == 0 && e.Severity == SeverityUnset {
		c.list.Warn(e.Pos, "no-impact", "add components: and status:, or severity: none for a notice",
			"the open incident names no component, so every component is shown as operational")
	}
}

// checkClock warns if every entry is far in the future: the clock of the machine is
// probably wrong.
func (s *Site) checkClock(list *diag.List, now time.Time) {
	var first *Entry
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.Begin().IsZero() && (first == nil || e.Begin().Before(first.Begin())) {
			first = e
		}
	}
	if first != nil && first.Begin().Sub(now) > clockBehind {
		list.Warn(first.Pos, "clock-behind", "set the clock of this machine, or correct the times here",
			"this machine's clock says %s, but every entry is later: this is the first", clock(now, s.Zone))
	}
}

// long formats a duration for a message: 1h30m, or as roughly does from a day on.
func long(d time.Duration) string {
	if d >= stale {
		return roughly(d)
	}
	return FormatDuration(max(d.Truncate(time.Minute), time.Minute))
}

// roughly formats a duration of at least a day for a message: 36 hours, or 3 days.
func roughly(d time.Duration) string {
	if hours := int(d.Hours()); hours < 48 {
		return fmt.Sprintf("%d hours", hours)
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}

// lastUpdate returns the newest update that has a status, or nil.
func (e *Entry) lastUpdate() *Update {
	for i := len(e.Updates) - 1; i >= 0; i-- {
		if e.Updates[i].Status != Note {
			return &e.Updates[i]
		}
	}
	return nil
}
