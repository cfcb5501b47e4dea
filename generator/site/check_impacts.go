package site

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/diag"
)

// harmless warns of an open incident without a severity whose impacts leave every
// component operational.
func (c storyChecker) harmless() {
	e := c.e
	if len(e.Impacts) == 0 || e.Severity != SeverityUnset ||
		slices.ContainsFunc(e.Impacts, func(i Impact) bool { return i.Status != Operational || !i.StatusSet }) {
		return
	}
	c.list.Warn(e.Impacts[0].StatusPos, "no-impact",
		"write status: degraded_performance, partial_outage or major_outage; or add severity: none for a notice",
		"the incident is open, but its impact is operational, so every component is shown as operational")
}

// place is a component in one of its regions; the region is "" for a global component.
type place struct{ component, region string }

// endless is an impact without an end of its own.
type endless struct {
	begin  time.Time
	pos    diag.Pos
	status Status
}

// checkHidden warns of an impact that has no effect because the same entry has a worse
// one on the same components, which begins no later and has no end.
func (s *Site) checkHidden(list *diag.List, e *Entry, declared map[string]*Component) {
	if len(e.Impacts) < 2 || e.Notice() {
		return
	}
	worst := map[place]*[MajorOutage + 1]endless{} // the first impact of each status
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if !impact.End.IsZero() {
			continue
		}
		this := endless{latest(impact.Start.Time, e.Begin()), impact.Pos, impact.Status}
		s.eachPlace(impact, declared, func(at place) {
			if worst[at] == nil {
				worst[at] = new([MajorOutage + 1]endless)
			}
			if first := &worst[at][impact.Status]; first.begin.IsZero() || this.begin.Before(first.begin) {
				*first = this
			}
		})
	}
	if len(worst) == 0 {
		return // all impacts have ends
	}
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		begin := latest(impact.Start.Time, e.Begin())
		var over endless
		seen := true
		s.eachPlace(impact, declared, func(at place) {
			var worse []endless
			if statuses := worst[at]; statuses != nil {
				worse = statuses[impact.Status+1:]
			}
			first := slices.IndexFunc(worse, func(o endless) bool { return !o.begin.IsZero() && !o.begin.After(begin) })
			if seen = seen && first >= 0; seen {
				over = worse[first]
			}
		})
		if seen && !over.begin.IsZero() {
			warnHidden(list, impact, over, begin, s.Zone)
		}
	}
}

// warnHidden adds the warning for an impact that another one, over, hides. The impact
// starts at begin.
func warnHidden(list *diag.List, impact *Impact, over endless, begin time.Time, zone *time.Location) {
	hint := fmt.Sprintf("end the impact on line %d: end: %s", over.pos.Line, clock(begin, zone))
	if !begin.After(over.begin) {
		hint = fmt.Sprintf("remove this impact, or end the one on line %d", over.pos.Line)
	}
	list.Warn(impact.Pos, "hidden-impact", hint,
		"this impact (%s) has no effect: the one on line %d (%s) is worse, affects the same components and has no end",
		impact.Status, over.pos.Line, over.status)
}

// eachPlace calls do with every place that an impact affects.
func (s *Site) eachPlace(impact *Impact, declared map[string]*Component, do func(place)) {
	each := func(c *Component) {
		for _, region := range impact.RegionsOf(c) {
			do(place{c.ID, region})
		}
	}
	if impact.All || len(impact.Groups) > 0 {
		for i := range s.Components {
			each(&s.Components[i])
		}
		return
	}
	for _, ref := range impact.Components {
		if c := declared[ref.ID]; c != nil {
			each(c)
		}
	}
}
