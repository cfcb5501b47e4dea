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

// ChangedAt returns the components whose status the entry's own impacts change at t.
func (s *Site) ChangedAt(e *Entry, t time.Time) []ComponentChange {
	before := t.Add(-1)
	coming := slices.ContainsFunc(s.Components, func(c Component) bool { return c.Since.Equal(t) })
	if !coming && e.Visible(before) && len(e.impactEdges(t)) == 0 && slices.Equal(e.spans(before), e.spans(t)) {
		return nil // nothing begins or ends, and nothing more is known
	}
	return s.ChangedSince(e, before, t)
}

// ChangedSince returns the components whose status the entry's own impacts changed
// between two instants. A zero before means a time before all of them.
func (s *Site) ChangedSince(e *Entry, before, t time.Time) []ComponentChange {
	touched := s.NamedBy(e)
	return diff(s.alone(e, touched, before), s.alone(e, touched, t))
}

// alone are the components that the entry touches, as if it were the only entry.
func (s *Site) alone(e *Entry, touched []*Component, t time.Time) []ComponentState {
	components := make([]ComponentState, len(touched))
	for i, c := range touched {
		components[i] = blank(c)
	}
	if e.Visible(t) {
		s.applyImpacts(components, e, t)
	}
	for i := range components {
		components[i].rollUp()
	}
	return components
}

func diff(before, after []ComponentState) []ComponentChange {
	var changes []ComponentChange
	for i := range after {
		if before[i].Status != after[i].Status {
			changes = append(changes, ComponentChange{after[i].Component, before[i].Status, after[i].Status})
		}
	}
	return changes
}
