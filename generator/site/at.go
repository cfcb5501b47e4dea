package site

import (
	"cmp"
	"slices"
	"time"
)

// State is the state of the site at one instant.
type State struct {
	Time        time.Time
	Components  []ComponentState // in the order of Site.Components
	Groups      []Status         // the worst status of the listed components, for each of Site.Groups
	Open        []*Entry         // open incidents: pinned ones, then the worst, then the newest first
	Active      []*Entry         // maintenance under way, the first to start first
	Upcoming    []*Entry         // announced maintenance, soonest first
	Indicator   Indicator
	Description string // the indicator as a sentence, in Statuspage's English words
}

// ComponentState is the state of one component at one instant.
type ComponentState struct {
	Component *Component
	Status    Status        // over all its regions
	Label     Text          // the operator's word instead of the status's own, if all regions have it
	ETA       time.Time     // the latest time at which it is expected back, or zero
	Regions   []RegionState // one for each of its regions; a global component has one, whose Region is ""
	Differs   bool          // its regions do not all have the same status
	InService bool          // false: it is not in service yet, or retired, and has no status
	Listed    bool          // it is in service and not unlisted; false: it is in no list, and counts nowhere
}

// RegionState is the state of a component in one region at one instant.
type RegionState struct {
	Region string // its id; "" for a global component
	Status Status
	Label  Text
	ETA    time.Time
	Since  time.Time // when the impact that decides the status began; zero if none holds
	Entry  *Entry    // the entry whose impact decides the status, or nil
}

// At returns the state of the site at t. It uses only what is published by t.
func (s *Site) At(t time.Time) State {
	state := State{Time: t, Components: make([]ComponentState, len(s.Components))}
	for i := range s.Components {
		c := &s.Components[i]
		state.Components[i] = blank(c)
		state.Components[i].InService, state.Components[i].Listed = c.InService(t), c.Listed(t)
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.NoIndex || e.isFinal(t) || !e.Visible(t) {
			continue
		}
		switch {
		case e.Open(t) && e.Kind == Incident:
			state.Open = append(state.Open, e)
		case e.Open(t):
			state.Active = append(state.Active, e)
		case e.Upcoming(t):
			state.Upcoming = append(state.Upcoming, e)
		}
		e.applyImpacts(state.Components, t)
	}
	for i := range state.Components {
		state.Components[i].rollUp()
	}
	state.Groups = make([]Status, len(s.Groups))
	for i, g := range s.Groups {
		for _, c := range state.Components {
			if c.Component.Group == g.ID && c.Listed {
				state.Groups[i] = max(state.Groups[i], c.Status)
			}
		}
	}
	state.sortEntries(s)
	state.setIndicator()
	return state
}

// blank returns the state of a component that nothing affects.
func blank(c *Component) ComponentState { return blanks([]*Component{c})[0] }

// blanks returns the states of components that nothing affects. Their regions are in one
// piece of memory.
func blanks(components []*Component) []ComponentState {
	n := 0
	for _, c := range components {
		n += max(1, len(c.Regions))
	}
	regions := make([]RegionState, n)
	states := make([]ComponentState, len(components))
	for i, c := range components {
		n := max(1, len(c.Regions))
		states[i] = ComponentState{Component: c, Regions: regions[:n:n]}
		for k, r := range c.Regions {
			regions[k].Region = r.ID
		}
		regions = regions[n:]
	}
	return states
}

// applyImpacts updates the states of components with the impacts of the entry that hold
// at t.
func (e *Entry) applyImpacts(components []ComponentState, t time.Time) {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		windows := e.Windows(i, t)
		for _, w := range windows {
			if !w.Contains(t) {
				continue
			}
			for c := range components {
				if !impact.names(components[c].Component) {
					continue
				}
				part, ok := impact.activeOn(components[c].Component, w, windows[0].Start)
				if !ok || !part.Contains(t) {
					continue
				}
				for r := range components[c].Regions {
					region := &components[c].Regions[r]
					if impact.in(components[c].Component, region.Region) && region.yieldsTo(impact.Status, part.Start) {
						*region = RegionState{region.Region, impact.Status, impact.Label, impact.ETA.Time, part.Start, e}
					}
				}
			}
		}
	}
}

// yieldsTo reports whether an impact of this status that began at start replaces the
// current state of the region. A worse status does, and of two equal ones the newer.
func (r RegionState) yieldsTo(status Status, start time.Time) bool {
	return r.Entry == nil || status > r.Status || (status == r.Status && start.After(r.Since))
}

// rollUp sets the status, label and ETA of a component from its regions. If the regions
// differ, the status is that of the worst, but never worse than a partial outage.
func (c *ComponentState) rollUp() {
	first := c.Regions[0]
	c.Status, c.Label, c.ETA = first.Status, first.Label, first.ETA
	for _, r := range c.Regions[1:] {
		if r.Status != first.Status {
			c.Differs = true
		}
		if r.Label.Default != first.Label.Default {
			c.Label = Text{}
		}
		c.Status = max(c.Status, r.Status)
	}
	if c.Differs {
		c.Status, c.Label = min(c.Status, PartialOutage), Text{}
	}
	c.ETA = time.Time{}
	for _, r := range c.Regions {
		if r.ETA.After(c.ETA) {
			c.ETA = r.ETA
		}
	}
}

// sortEntries sorts the lists of entries as the fields of State describe.
func (s *State) sortEntries(of *Site) {
	t := s.Time
	slices.SortStableFunc(s.Open, func(a, b *Entry) int {
		if a.Pinned != b.Pinned {
			if a.Pinned {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(of.SeverityAt(b, t), of.SeverityAt(a, t)), b.Begin().Compare(a.Begin()), cmp.Compare(a.Slug, b.Slug))
	})
	soonest := func(a, b *Entry) int {
		return cmp.Or(a.Interval(t).Start.Compare(b.Interval(t).Start), cmp.Compare(a.Slug, b.Slug))
	}
	slices.SortStableFunc(s.Active, soonest)
	slices.SortStableFunc(s.Upcoming, soonest)
}

// setIndicator sets the overall indicator and its description, by the table in
// Statuspage's documentation of its status endpoint.
func (s *State) setIndicator() {
	worst, all, serving := Operational, MajorOutage, false
	for _, c := range s.Components {
		if c.Listed {
			worst, all, serving = max(worst, c.Status), min(all, c.Status), true
		}
	}
	if !serving {
		all = Operational
	}
	open := slices.ContainsFunc(s.Open, func(e *Entry) bool { return !e.Notice() })
	switch {
	case all == MajorOutage:
		s.Indicator, s.Description = CriticalIndicator, "Major System Outage"
	case worst == MajorOutage, all == PartialOutage:
		s.Indicator, s.Description = MajorIndicator, "Partial System Outage"
	case worst == PartialOutage:
		s.Indicator, s.Description = MinorIndicator, "Minor Service Outage"
	case worst == DegradedPerformance, open:
		s.Indicator, s.Description = MinorIndicator, "Partially Degraded Service"
	case worst == UnderMaintenance:
		s.Indicator, s.Description = MaintenanceIndicator, "Service Under Maintenance"
	default:
		s.Indicator, s.Description = AllClear, "All Systems Operational"
	}
}

// GroupListed reports whether a group has a listed component. Otherwise the group is in
// no list.
func (s *State) GroupListed(group string) bool {
	return slices.ContainsFunc(s.Components, func(c ComponentState) bool { return c.Listed && c.Component.Group == group })
}

// Healthy returns how many of the listed components are operational, and how many there
// are.
func (s *State) Healthy() (healthy, total int) {
	for _, c := range s.Components {
		if !c.Listed {
			continue
		}
		total++
		if c.Status == Operational {
			healthy++
		}
	}
	return healthy, total
}
