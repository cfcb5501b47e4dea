package site

import (
	"slices"
	"time"
)

// Service returns the interval in which the component is in service: from its since on.
// Before, it is in no list, has no status, and no impact affects it.
func (c *Component) Service() Interval { return Interval{Start: c.Since} }

// InService reports whether the component is in service at t.
func (c *Component) InService(t time.Time) bool { return c.Service().Contains(t) }

// intersect returns the part of an interval that lies in another one. It may be empty.
func (i Interval) intersect(other Interval) Interval {
	i.Start = latest(i.Start, other.Start)
	if i.End.IsZero() || (!other.End.IsZero() && other.End.Before(i.End)) {
		i.End = other.End
	}
	return i
}

// empty reports whether the interval contains no instant.
func (i Interval) empty() bool { return !i.End.IsZero() && !i.End.After(i.Start) }

// activeOn returns the part of one of the impact's windows in which it affects a
// component that it names: while the component is in service. With all, an impact
// affects only the components in service at begin, the start of its first window.
func (i *Impact) activeOn(c *Component, w Interval, begin time.Time) (part Interval, ok bool) {
	if i.All && !c.InService(begin) {
		return Interval{}, false
	}
	part = w.intersect(c.Service())
	return part, !part.empty()
}

// hasAffected reports whether impact i of an entry has affected any component by t.
func (s *Site) hasAffected(e *Entry, i int, t time.Time) bool {
	windows := e.Windows(i, t)
	if len(windows) == 0 || t.Before(windows[0].Start) {
		return false
	}
	for c := range s.Components {
		if e.Impacts[i].hasAffected(&s.Components[c], windows, t) {
			return true
		}
	}
	return false
}

// hasAffected reports whether the impact, in its windows, has affected a component by t.
func (i *Impact) hasAffected(c *Component, windows []Interval, t time.Time) bool {
	if !i.affects(c) {
		return false
	}
	for _, w := range windows {
		if part, ok := i.activeOn(c, w, windows[0].Start); ok && !part.Start.After(t) {
			return true
		}
	}
	return false
}

// SeverityAt returns the severity of an entry: its severity key, else the worst severity
// of its impacts up to t. An incident that affects no component in service is minor.
func (s *Site) SeverityAt(e *Entry, t time.Time) Severity {
	switch {
	case e.Severity != SeverityUnset:
		return e.Severity
	case e.Kind == Maintenance:
		return InMaintenance
	}
	worst := None
	for i := range e.Impacts {
		if severity := e.Impacts[i].Status.Severity(); severity > worst && s.hasAffected(e, i, t) {
			worst = severity
		}
	}
	if worst == None {
		return Minor
	}
	return worst
}

// WorstAt returns the worst status that an open incident causes at t; for one that is
// over, the worst it ever caused. It is Operational if it causes none.
func (s *Site) WorstAt(e *Entry, t time.Time) Status {
	worst, open := Operational, e.Open(t)
	for i := range e.Impacts {
		if status := e.Impacts[i].Status; status > worst && s.hasAffected(e, i, t) && (!open || e.impactHolds(i, t)) {
			worst = status
		}
	}
	return worst
}

// impactHolds reports whether impact i holds at t.
func (e *Entry) impactHolds(i int, t time.Time) bool {
	return slices.ContainsFunc(e.Windows(i, t), func(w Interval) bool { return w.Contains(t) })
}
