package site

import (
	"fmt"
	"time"

	"allclear/generator/diag"
)

// This file checks what only windows of maintenance have.

// afterWindow warns of updates published after the scheduled end of a window that do not
// say that it goes on.
func (c storyChecker) afterWindow() {
	e := c.e
	spans := e.spans(distant)
	if len(spans) == 0 || spans[len(spans)-1].closed {
		return
	}
	end := spans[len(spans)-1].End
	for i := range e.Updates {
		u := &e.Updates[i]
		if end.IsZero() || u.Time.Before(end) {
			continue
		}
		c.list.Warn(u.Pos, "update-after-end", fmt.Sprintf("write In progress if the work goes on, or change end: on line %d",
			e.End.Pos.Line),
			"the maintenance ended at %s: %q does not restart it", clock(end, c.zone), title(u.Status))
		return
	}
}

// overrun warns of a window past its end that stays open until an update says Completed.
func (c storyChecker) overrun() {
	e := c.e
	if e.NoIndex || e.End.IsZero() || !e.Open(c.now) || c.now.Before(e.End.Time) {
		return
	}
	if silence := c.now.Sub(e.Changed(c.now)); e.ManualEnd && silence < stale {
		return // a recent update said that it may take longer
	}
	c.list.Warn(e.Pos, "no-completed", "end it with an update: ## Completed — TIME",
		"the maintenance is past its end at %s, but counts as under way until an update says Completed", clock(e.End.Time, c.zone))
}

// checkAnnouncement warns of a coming window without an announcement date. Its date in
// feeds and the API is then an estimate.
func (e *Entry) checkAnnouncement(list *diag.List, now time.Time, zone *time.Location) {
	if e.NoIndex || !e.statedAnnouncement().IsZero() || !e.Upcoming(now) {
		return
	}
	list.Warn(e.Pos, "no-announcement", "add an update below the front matter: ## Scheduled — "+clock(now.Truncate(time.Minute),
		zone)+" (or posted: with that time)",
		"nothing says when this maintenance was announced: feeds and the API use %s", clock(e.Announced(), zone))
}
