package site

import "time"

// strike is one impact of an entry while it holds.
type strike struct {
	Interval
	entry    *Entry
	status   Status
	downtime int64 // seconds that really counted; as long as the window where not said
	window   int64 // seconds from the first start to the last end of the impact, all its windows added
}

// collect hands out what an entry's impacts did up to now, for each component
// and region that they hit.
func (s *Site) collect(e *Entry, now time.Time, add func(*Component, string, *strike)) {
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
			st := &strike{Interval: Interval{w.Start, w.Start.Add(w.Until(now))}, entry: e, status: impact.Status, window: seconds(length)}
			if e.Kind == Maintenance {
				st.status = UnderMaintenance // whatever it says: maintenance never counts as downtime
			}
			st.downtime = st.window
			if impact.Downtime.Said {
				st.downtime = min(st.window, seconds(impact.Downtime.Length))
			}
			for c := range s.Components {
				if c := &s.Components[c]; impact.touches(c) {
					if own := impact.strikeOn(c, st, windows[0].Start); own != nil {
						for _, region := range impact.Hits(c) {
							add(c, region, own)
						}
					}
				}
			}
		}
	}
}

// strikeOn is what is left of a strike on a component: all of it, where that was in
// service, or nil.
func (i *Impact) strikeOn(c *Component, st *strike, begin time.Time) *strike {
	part, ok := i.reach(c, st.Interval, begin)
	switch {
	case !ok:
		return nil
	case part == st.Interval:
		return st
	}
	own := *st
	own.Interval = part
	return &own
}
