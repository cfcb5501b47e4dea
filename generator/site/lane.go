package site

import (
	"slices"
	"time"
)

// Lane is the status of a component over time as an incident changed it, in all regions
// where it was the same.
type Lane struct {
	Component *Component
	Regions   []string   // ids of the regions; empty if they are all of the component's
	Parts     []LanePart // in order of time; they do not overlap
}

// LanePart is a time in which one impact decided the status.
type LanePart struct {
	Interval         // up to now, if the impact goes on
	Impact   *Impact // the worst of those that held at the time
	GoesOn   bool    // whether it has not ended
}

// Lanes returns how an incident affected each of the components that it names in each
// region, as far as it is known at now: the components in the manifest's order, and
// regions that fared alike as one lane. A component or a region that was never affected
// has no lane.
func (e *Entry) Lanes(named []*Component, now time.Time) []Lane {
	var lanes []Lane
	for _, c := range named {
		first := len(lanes)
		regions := max(1, len(c.Regions))
		for k := range regions {
			region := "" // of a global component
			if len(c.Regions) > 0 {
				region = c.Regions[k].ID
			}
			parts := e.laneParts(c, region, now)
			if len(parts) == 0 {
				continue
			}
			same := slices.IndexFunc(lanes[first:], func(l Lane) bool { return slices.EqualFunc(l.Parts, parts, LanePart.looksLike) })
			if same < 0 {
				same = len(lanes) - first
				lanes = append(lanes, Lane{Component: c, Parts: parts})
			}
			lanes[first+same].Regions = append(lanes[first+same].Regions, region)
		}
		if len(lanes) == first+1 && len(lanes[first].Regions) == regions {
			lanes[first].Regions = nil
		}
	}
	return lanes
}

// looksLike reports whether two parts have the same times, status and label.
func (p LanePart) looksLike(other LanePart) bool {
	a, b := p.Impact, other.Impact
	return p.Start.Equal(other.Start) && p.End.Equal(other.End) && p.GoesOn == other.GoesOn && a.Status == b.Status &&
		a.Label.Default == b.Label.Default && a.Downtime.Set == b.Downtime.Set && a.Downtime.Length == b.Downtime.Length
}

// laneParts returns the parts of the lane of a component in a region, "" for a global
// component.
func (e *Entry) laneParts(c *Component, region string, now time.Time) []LanePart {
	var list []*effect
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if impact.Status == Operational || !impact.names(c) || !impact.in(c, region) {
			continue
		}
		windows := e.Windows(i, now)
		for _, w := range windows {
			if w, ok := impact.activeOn(c, w, windows[0].Start); ok && w.Start.Before(now) {
				soFar := Interval{w.Start, w.Start.Add(w.Until(now))}
				list = append(list, &effect{
					Interval: soFar, impact: impact, status: impact.Status, goesOn: w.Contains(now), window: 1, downtime: 1,
				})
			}
		}
	}
	segments := timeline(list)
	parts := make([]LanePart, len(segments))
	for i, seg := range segments {
		parts[i] = LanePart{seg.Interval, seg.effect.impact, seg.effect.goesOn && seg.End.Equal(seg.effect.End)}
	}
	return parts
}

// Worst returns the worst status in lanes, and for how long at least one of them had it.
// The length is 0 if the operator said how much of it counted, since it then came and
// went.
func Worst(lanes []Lane) (worst Status, length time.Duration) {
	var times []Interval
	some := false
	for _, l := range lanes {
		for _, p := range l.Parts {
			if p.Impact.Status > worst {
				worst, times, some = p.Impact.Status, nil, false
			}
			if p.Impact.Status == worst {
				times, some = append(times, p.Interval), some || p.Impact.Downtime.Set
			}
		}
	}
	if some {
		return worst, 0
	}
	return worst, covered(times)
}

// covered returns how long intervals last together, each second counted once. It sorts
// them.
func covered(times []Interval) (length time.Duration) {
	slices.SortFunc(times, func(a, b Interval) int { return a.Start.Compare(b.Start) })
	var end time.Time
	for _, i := range times {
		length += max(0, i.End.Sub(latest(i.Start, end)))
		end = latest(i.End, end)
	}
	return length
}
