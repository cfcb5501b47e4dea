package site

import (
	"slices"
	"time"
)

// effect is one interval in which an impact holds, up to now.
type effect struct {
	Interval
	entry    *Entry
	impact   *Impact // only of a lane
	status   Status
	downtime int64    // seconds that count as downtime; the whole window unless the operator gave a downtime
	goesOn   bool     // its end is in the future or not known
	window   int64    // the length of all windows of the impact together, in seconds
	whole    Interval // from the impact's first start to its last end, which is zero while it is not over
	written  Status   // the status that the impact says, which for maintenance is not what the page shows
	why      WhyCounted
}

// intermittent returns the effect as an impact that came and went, and whether it did.
func (o *effect) intermittent() (Intermittent, bool) {
	return Intermittent{o.status, o.whole, time.Duration(o.downtime) * time.Second}, o.downtime < o.window
}

// effects calls add with each component, region and effect of an entry's impacts up to
// now.
func (s *Site) effects(e *Entry, now time.Time, add func(*Component, string, *effect)) {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if impact.Status == Operational {
			continue
		}
		windows := e.Windows(i, now)
		var length time.Duration
		var whole Interval
		for _, w := range windows {
			length += w.Until(latest(w.End, now))
			if whole.Start.IsZero() || w.Start.Before(whole.Start) {
				whole.Start = w.Start
			}
			whole.End = latest(whole.End, w.End)
		}
		if slices.ContainsFunc(windows, func(w Interval) bool { return w.End.IsZero() || w.End.After(now) }) {
			whole.End = time.Time{}
		}
		for _, w := range windows {
			if !w.Start.Before(now) {
				continue
			}
			soFar := Interval{w.Start, w.Start.Add(w.Until(now))}
			o := &effect{Interval: soFar, entry: e, status: impact.Status, window: seconds(length), whole: whole,
				goesOn: w.Contains(now), written: impact.Status}
			if e.Kind == Maintenance {
				o.status = UnderMaintenance // whatever the status key says: maintenance never counts as downtime
			}
			o.downtime = o.window
			if impact.Downtime.Set {
				o.downtime = min(o.window, seconds(impact.Downtime.Length))
			}
			for c := range s.Components {
				if c := &s.Components[c]; impact.affects(c) {
					if own := impact.effectOn(c, o, windows[0].Start); own != nil {
						for _, region := range impact.RegionsOf(c) {
							add(c, region, own)
						}
					}
				}
			}
		}
	}
}

// effectOn returns the part of an effect in which the component was in service,
// or nil if there is none.
func (i *Impact) effectOn(c *Component, o *effect, begin time.Time) *effect {
	part, ok := i.activeOn(c, o.Interval, begin)
	switch {
	case !ok:
		return nil
	case part == o.Interval:
		return o
	}
	own := *o
	own.Interval = part
	own.goesOn = o.goesOn && part.End.Equal(o.End) // else the component was retired before
	return &own
}
