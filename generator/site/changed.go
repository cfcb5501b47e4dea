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

// ChangesAt returns, for each of some updates of an entry, those of the components that the
// entry names whose status changes at its time because of the entry's own impacts.
func (e *Entry) ChangesAt(named []*Component, updates []*Update) [][]ComponentChange {
	changes := make([][]ComponentChange, len(updates))
	for i, u := range updates {
		changes[i] = e.changedAt(named, u.Time)
	}
	return changes
}

// changedAt returns those of some components whose status changes at t because of the
// entry's own impacts.
func (e *Entry) changedAt(named []*Component, t time.Time) []ComponentChange {
	before := t.Add(-1)
	if e.Visible(before) && !serviceChanges(named, t) && len(e.impactEdges(t)) == 0 && slices.Equal(e.spans(before), e.spans(t)) {
		return nil // nothing begins or ends, and nothing new is known
	}
	return e.changedSince(named, before, t)
}

// serviceChanges reports whether one of some components comes into service, or is retired,
// at t.
func serviceChanges(components []*Component, t time.Time) bool {
	return slices.ContainsFunc(components, func(c *Component) bool { return c.Since.Equal(t) || c.Until.Equal(t) })
}

// ChangedSince returns the components whose status changed between two instants because
// of the entry's own impacts. A zero before means a time before all impacts.
func (s *Site) ChangedSince(e *Entry, before, t time.Time) []ComponentChange {
	return e.changedSince(s.NamedBy(e), before, t)
}

// changedSince is ChangedSince for the components that the entry names.
func (e *Entry) changedSince(named []*Component, before, t time.Time) []ComponentChange {
	if !e.Visible(before) {
		return diff(nil, e.alone(named, t))
	}
	return diff(e.alone(named, before), e.alone(named, t))
}

// ChangesWith returns, for each of some updates of an entry, newest first, those of the
// components that the entry names whose status changed between the update before it and
// this one because of the entry's own impacts; for the oldest, those that are not
// operational at its time.
func (e *Entry) ChangesWith(named []*Component, updates []*Update) [][]ComponentChange {
	changes := make([][]ComponentChange, len(updates))
	var before []ComponentState // nil: all are operational
	for i, u := range slices.Backward(updates) {
		after := e.alone(named, u.Time)
		changes[i] = diff(before, after)
		before = after
	}
	return changes
}

// StatesBy returns the states at t of the components that an entry names, as if the entry
// were the only one: all are operational before it is public and after it is over.
func (s *Site) StatesBy(e *Entry, t time.Time) []ComponentState { return e.alone(s.NamedBy(e), t) }

// alone returns the states of some components at t as if the entry were the only one.
func (e *Entry) alone(named []*Component, t time.Time) []ComponentState {
	components := blanks(named)
	if e.Visible(t) {
		e.applyImpacts(components, t)
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
