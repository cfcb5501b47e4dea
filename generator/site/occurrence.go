package site

import "time"

// occurrence is one impact of an entry while it holds.
type occurrence struct {
	Interval
	entry    *Entry
	status   Status
	downtime int64 // seconds that really counted; as long as the window where not said
	goesOn   bool  // its end is not known yet, or to come
	window   int64 // seconds from the first start to the last end of the impact, all its windows added
}

// occurrences hands out what an entry's impacts did up to now, for each component
// and region that they hit.
func (s *Site) occurrences(e *Entry, now time.Time, add func(*Component, string, *occurrence)) {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if impact.Status == Operational {
			continue
		}
		windows := e.Windows(i, now)
		var length time.Duration
		for _, w := range windows {
			length += w.Until(latest(w.End, now))
		}
		for _, w := range windows {
			if !w.Start.Before(now) {
				continue
			}
			soFar := Interval{w.Start, w.Start.Add(w.Until(now))}
			o := &occurrence{Interval: soFar, entry: e, status: impact.Status, window: seconds(length), goesOn: w.Contains(now)}
			if e.Kind == Maintenance {
				o.status = UnderMaintenance // whatever it says: maintenance never counts as downtime
			}
			o.downtime = o.window
			if impact.Downtime.Set {
				o.downtime = min(o.window, seconds(impact.Downtime.Length))
			}
			for c := range s.Components {
				if c := &s.Components[c]; impact.affects(c) {
					if own := impact.occurrenceOn(c, o, windows[0].Start); own != nil {
						for _, region := range impact.RegionsOf(c) {
							add(c, region, own)
						}
					}
				}
			}
		}
	}
}

// occurrenceOn is what is left of an occurrence on a component: all of it, where that was in
// service, or nil.
func (i *Impact) occurrenceOn(c *Component, o *occurrence, begin time.Time) *occurrence {
	part, ok := i.activeOn(c, o.Interval, begin)
	switch {
	case !ok:
		return nil
	case part == o.Interval:
		return o
	}
	own := *o
	own.Interval = part
	return &own
}
