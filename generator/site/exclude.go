package site

import (
	"slices"
	"time"
)

// WhyCounted says why maintenance counts as downtime in a report, although sla.exclude in
// site.yml excludes some.
type WhyCounted int

const (
	Excluded      WhyCounted = iota // it does not count
	NotAnnounced                    // nothing says when the window was announced, or it is no window
	AnnouncedLate                   // the window was announced too late
	OutsidePlan                     // it is before or after the time that was planned
	OverLimit                       // the hours of the month were used up
)

// String returns a word for JSON, such as announced_late.
func (w WhyCounted) String() string {
	return []string{"excluded", "not_announced", "announced_late", "outside_plan", "over_limit"}[w]
}

// AnnouncedFor returns when a window was announced, as far as it is known at t: what a
// Scheduled update, posted or the name of the file says, or its first update if that came
// before its start. For a window that was called off and scheduled anew, it is the update
// that did so. It is zero if nothing says when.
func (e *Entry) AnnouncedFor(t time.Time) time.Time {
	if e.Kind != Maintenance {
		return time.Time{}
	}
	updates := e.updatesBy(t)
	over, again := false, time.Time{}
	e.eachStatus(updates, func(_ int, u *Update) {
		if u.Status == Scheduled && over && u.Time.Before(e.Start.Time) {
			again = u.Time
		}
		over = u.Status == Completed || u.Status == Canceled
	})
	if !again.IsZero() {
		return again
	}
	if said := e.statedAnnouncement(); !said.IsZero() {
		return said
	}
	said := e.FileDate
	if len(updates) > 0 && updates[0].Time.Before(e.Start.Time) && (said.IsZero() || updates[0].Time.Before(said)) {
		said = updates[0].Time
	}
	return said
}

// apply returns effects in one place with the maintenance that counts as downtime as what
// it is: with the status that the impact says, or a major outage if it says only that it
// is maintenance. The effects are split where an exclusion ends. months are those in which
// the hours are counted, oldest first; maintenance outside them is dropped.
func (x Exclusion) apply(effects []*effect, months []Interval, now time.Time) []*effect {
	var list []*effect
	var fit []*effect // maintenance that is excluded as long as the hours suffice
	for _, o := range effects {
		if o.status != UnderMaintenance {
			list = append(list, o)
			continue
		}
		why, plan := x.judge(o.entry, now)
		if o.entry.Kind != Maintenance {
			plan = o.Interval
		}
		for _, part := range o.split(plan.Start, plan.End) {
			switch {
			case !plan.Contains(part.Start):
				list = append(list, part.counted(OutsidePlan))
			case why != Excluded:
				list = append(list, part.counted(why))
			default:
				fit = append(fit, part)
			}
		}
	}
	for _, m := range months {
		var within []*effect
		for _, o := range fit {
			if part := o.intersect(m); !part.empty() {
				within = append(within, o.during(part))
			}
		}
		list = append(list, x.spend(within)...)
	}
	return list
}

// judge returns whether a window was announced early enough, and the time that was planned.
func (x Exclusion) judge(e *Entry, now time.Time) (WhyCounted, Interval) {
	plan := Interval{e.Start.Time, e.End.Time}
	announced := e.AnnouncedFor(now)
	switch {
	case e.Kind != Maintenance:
		return NotAnnounced, plan
	case x.Announced == 0:
		return Excluded, plan
	case announced.IsZero():
		return NotAnnounced, plan
	case announced.After(plan.Start.Add(-x.Announced)):
		return AnnouncedLate, plan
	}
	return Excluded, plan
}

// spend returns the maintenance of one month, with what exceeds the limit as what counts.
// Where windows overlap, a second is used up once.
func (x Exclusion) spend(month []*effect) []*effect {
	if !x.Limited {
		return month
	}
	var list []*effect
	left, reached := x.Limit, time.Time{}
	for _, s := range timeline(slices.Clone(month)) {
		if length := s.End.Sub(s.Start); length > left {
			reached = s.Start.Add(left)
			break
		} else {
			left -= length
		}
	}
	for _, o := range month {
		for _, part := range o.split(reached) {
			if !reached.IsZero() && !part.Start.Before(reached) {
				part = part.counted(OverLimit)
			}
			list = append(list, part)
		}
	}
	return list
}

// split returns the effect in parts that end at these instants, which are in order.
func (o *effect) split(at ...time.Time) []*effect {
	parts := []*effect{o}
	for _, t := range at {
		last := parts[len(parts)-1]
		if t.After(last.Start) && t.Before(last.End) {
			parts[len(parts)-1] = last.during(Interval{last.Start, t})
			parts = append(parts, last.during(Interval{t, last.End}))
		}
	}
	return parts
}

// during returns a part of an effect.
func (o *effect) during(i Interval) *effect {
	if i == o.Interval {
		return o
	}
	part := *o
	part.goesOn = o.goesOn && i.End.Equal(o.End)
	part.Interval = i
	return &part
}

// counted returns maintenance as what it counts as.
func (o *effect) counted(why WhyCounted) *effect {
	own := *o
	own.why, own.status = why, MajorOutage
	if o.written > UnderMaintenance {
		own.status = o.written
	}
	return &own
}
