package site

import (
	"slices"
	"time"
)

// Service returns the interval in which the component is in service: from its since until
// its until. Outside it, the component is in no list, has no status, and no impact
// affects it.
func (c *Component) Service() Interval { return Interval{c.Since, c.Until} }

// InService reports whether the component is in service at t.
func (c *Component) InService(t time.Time) bool { return c.Service().Contains(t) }

// ServesIn reports whether the component is in service at any instant of an interval.
func (c *Component) ServesIn(i Interval) bool { return !i.intersect(c.Service()).empty() }

// Listed reports whether the component is in lists, counts and groups at t: it is in
// service and not unlisted.
func (c *Component) Listed(t time.Time) bool { return !c.Unlisted && c.InService(t) }

// Retired reports whether the component's service is over at t.
func (c *Component) Retired(t time.Time) bool { return !c.Until.IsZero() && !t.Before(c.Until) }

// servesDuring reports whether the component is in service at any instant of an
// interval, its first and last instants included.
func (c *Component) servesDuring(i Interval) bool {
	return (c.Until.IsZero() || i.Start.Before(c.Until)) && (i.End.IsZero() || !i.End.Before(c.Since))
}

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

// contains reports whether another interval, which has an end, lies in this one as a whole.
func (i Interval) contains(other Interval) bool {
	return !other.Start.Before(i.Start) && (i.End.IsZero() || !other.End.After(i.End))
}

// activeOn returns the part of one of the impact's windows in which it affects a
// component that it names: while the component is in service. With all, or by its group,
// an impact affects only the components in service at begin, the start of its first
// window.
func (i *Impact) activeOn(c *Component, w Interval, begin time.Time) (part Interval, ok bool) {
	if !c.InService(begin) && !i.namesDirectly(c) {
		return Interval{}, false
	}
	part = w.intersect(c.Service())
	return part, !part.empty()
}

// Affects reports whether an impact that begins at an instant affects the component while
// that is in service. A component that it names by its id may come into service later.
func (i *Impact) Affects(c *Component, begin time.Time) bool {
	return i.affects(c) && (c.InService(begin) || i.namesDirectly(c) && !c.Retired(begin))
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
		if status := e.Impacts[i].Status; status > worst && (open && s.affectsNow(e, i, t) || !open && s.hasAffected(e, i, t)) {
			worst = status
		}
	}
	return worst
}

// affectsNow reports whether impact i of an entry holds at t, on any component that is
// then in service.
func (s *Site) affectsNow(e *Entry, i int, t time.Time) bool {
	impact, windows := &e.Impacts[i], e.Windows(i, t)
	at := slices.IndexFunc(windows, func(w Interval) bool { return w.Contains(t) })
	return at >= 0 && slices.ContainsFunc(s.Components, func(c Component) bool {
		part, ok := impact.activeOn(&c, windows[at], windows[0].Start)
		return ok && impact.affects(&c) && part.Contains(t)
	})
}
