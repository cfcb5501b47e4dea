package site

import (
	"slices"
	"time"
)

// ComponentChange is a component whose status differs between two instants.
type ComponentChange struct {
	Component *Component
	From, To  Status
}

// ChangedAt returns the components whose status changes at t because of the entry's own
// impacts.
func (s *Site) ChangedAt(e *Entry, t time.Time) []ComponentChange {
	before := t.Add(-1)
	if e.Visible(before) && !s.serviceChanges(t) && len(e.impactEdges(t)) == 0 && slices.Equal(e.spans(before), e.spans(t)) {
		return nil // nothing begins or ends, and nothing new is known
	}
	return s.ChangedSince(e, before, t)
}

// serviceChanges reports whether a component comes into service, or is retired, at t.
func (s *Site) serviceChanges(t time.Time) bool {
	for i := range s.Components {
		if c := &s.Components[i]; c.Since.Equal(t) || c.Until.Equal(t) {
			return true
		}
	}
	return false
}

// ChangedSince returns the components whose status changed between two instants because
// of the entry's own impacts. A zero before means a time before all impacts.
func (s *Site) ChangedSince(e *Entry, before, t time.Time) []ComponentChange {
	named := s.NamedBy(e)
	if !e.Visible(before) {
		return diff(nil, s.alone(e, named, t))
	}
	return diff(s.alone(e, named, before), s.alone(e, named, t))
}

// ChangesWith returns, for each of some updates of an entry, newest first, the components
// whose status changed between the update before it and this one because of the entry's
// own impacts; for the oldest, those that are not operational at its time.
func (s *Site) ChangesWith(e *Entry, updates []*Update) [][]ComponentChange {
	named := s.NamedBy(e)
	changes := make([][]ComponentChange, len(updates))
	var before []ComponentState // nil: all are operational
	for i, u := range slices.Backward(updates) {
		after := s.alone(e, named, u.Time)
		changes[i] = diff(before, after)
		before = after
	}
	return changes
}

// StatesBy returns the states at t of the components that an entry names, as if the entry
// were the only one: all are operational before it is public and after it is over.
func (s *Site) StatesBy(e *Entry, t time.Time) []ComponentState { return s.alone(e, s.NamedBy(e), t) }

// alone returns the states of some components at t as if the entry were the only one.
func (s *Site) alone(e *Entry, named []*Component, t time.Time) []ComponentState {
	components := blanks(named)
	if e.Visible(t) {
		s.applyImpacts(components, e, t)
	}
	for i := range components {
		components[i].rollUp()
	}
	return components
}

// diff returns the components whose status differs between two lists of the same
// components. If before is nil, all were operational.
func diff(before, after []ComponentState) []ComponentChange {
	var changes []ComponentChange
	for i := range after {
		from := Operational
		if before != nil {
			from = before[i].Status
		}
		if from != after[i].Status {
			changes = append(changes, ComponentChange{after[i].Component, from, after[i].Status})
		}
	}
	return changes
}

// componentsMoving returns a change for each component that comes into service, or is
// retired, at the time of the state after.
func (s *Site) componentsMoving(before, after State) []Change {
	var changes []Change
	for i, c := range after.Components {
		kind := InServiceFrom
		switch {
		case c.InService == before.Components[i].InService:
			continue
		case !c.InService:
			kind = RetiredFrom
		}
		changes = append(changes, Change{At: after.Time, Kind: kind,
			Components: []ComponentChange{{c.Component, before.Components[i].Status, c.Status}}, Indicator: after.Indicator})
	}
	return changes
}
