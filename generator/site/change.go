package site

import (
	"slices"
	"time"
)

// ChangeKind says what happens. The values are those of `allclear next --format json`.
type ChangeKind string

const (
	Announcement     ChangeKind = "maintenance_announced"
	MaintenanceStart ChangeKind = "maintenance_start"
	MaintenanceEnd   ChangeKind = "maintenance_end"
	ImpactStart      ChangeKind = "impact_start"
	ImpactEnd        ChangeKind = "impact_end"
	UpdateDue        ChangeKind = "update"
	IncidentEnd      ChangeKind = "incident_end"
	Overdue          ChangeKind = "overdue" // a promised update did not come, or a window overruns its schedule
	InServiceFrom    ChangeKind = "component_in_service"
)

// Change is something that will happen to the site although nobody edits it.
type Change struct {
	At    time.Time
	Kind  ChangeKind
	Entry *Entry // nil where a component comes into service
	// what the whole site shows of the components that the entry names; only with its first change at an instant
	Components []ComponentChange
	Indicator  Indicator // the overall answer from then on
}

// NextChange returns the first instant after t at which the state of the site changes by
// itself, or zero.
func (s *Site) NextChange(t time.Time) time.Time {
	return s.nextChange(s.pending(t), t)
}

// NextChanges returns the next instants after t at which the state of the site changes by
// itself, soonest first, at most n.
func (s *Site) NextChanges(t time.Time, n int) []time.Time {
	var instants []time.Time
	restless := s.pending(t)
	for len(instants) < n {
		t = s.nextChange(restless, t)
		if t.IsZero() {
			break
		}
		instants = append(instants, t)
	}
	return instants
}

// Changes returns what will happen by itself after t, soonest first, at most n changes.
// Several may happen at one instant.
func (s *Site) Changes(t time.Time, n int) []Change {
	var changes []Change
	restless := s.pending(t)
	for range n {
		t = s.nextChange(restless, t)
		if t.IsZero() {
			break
		}
		before, after := s.At(t.Add(-1)), s.At(t)
		changes = append(changes, s.componentsStarting(after)...)
		for _, e := range restless {
			differences := s.differences(e, before, after)
			for _, kind := range e.eventsAt(t) {
				changes = append(changes, Change{t, kind, e, differences, after.Indicator})
				differences = nil // the first kind is the reason
			}
		}
	}
	return changes
}

// differences are the components named by an entry whose overall status differs.
func (s *Site) differences(e *Entry, before, after State) []ComponentChange {
	touched := s.NamedBy(e)
	return slices.DeleteFunc(diff(before.Components, after.Components), func(c ComponentChange) bool {
		return !slices.Contains(touched, c.Component)
	})
}

// componentsStarting are the components that are in service from the state's instant on.
func (s *Site) componentsStarting(after State) []Change {
	var changes []Change
	for _, c := range after.Components {
		if c.Component.Since.Equal(after.Time) {
			changes = append(changes, Change{after.Time, InServiceFrom, nil,
				[]ComponentChange{{c.Component, Operational, c.Status}}, after.Indicator})
		}
	}
	return changes
}

// pending are the entries in which anything may still happen after t.
func (s *Site) pending(t time.Time) []*Entry {
	var list []*Entry
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.NoIndex && !e.next(t).IsZero() {
			list = append(list, e)
		}
	}
	return list
}

func (s *Site) nextChange(entries []*Entry, t time.Time) time.Time {
	var next time.Time
	for _, e := range entries {
		if at := e.next(t); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for i := range s.Components {
		if since := s.Components[i].Since; since.After(t) && (next.IsZero() || since.Before(next)) {
			next = since
		}
	}
	return next
}

// next is the first instant after t at which the entry changes, going by what is
// known at t and by when its next update will be.
func (e *Entry) next(t time.Time) time.Time {
	var next time.Time
	if e.allPast(t) {
		return next // as of nearly all entries of a long history
	}
	consider := func(at time.Time) {
		if at.After(t) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, u := range e.Updates {
		consider(u.Time)
	}
	if !e.Visible(t) {
		consider(e.statedAnnouncement())
		if e.Kind == Maintenance {
			return next
		}
	} else if e.Kind == Maintenance {
		consider(e.Announced())
	}
	for _, s := range e.spans(t) {
		consider(s.Start)
		consider(s.End)
	}
	for i := range e.Impacts {
		for _, w := range e.Windows(i, t) {
			consider(w.Start)
			consider(w.End)
		}
	}
	if e.Report != nil {
		consider(e.reportedAt(t))
	}
	if e.Promised(t) {
		consider(e.NextUpdate.Time)
	}
	if e.ManualEnd && e.Open(t) {
		consider(e.End.Time)
	}
	return next
}

// Settled reports whether only an edit can change the entry: it is over, and nothing is
// scheduled for later.
func (e *Entry) Settled(t time.Time) bool {
	return e.isFinal(t) || !e.Open(t) && !e.Upcoming(t) && e.next(t).IsZero()
}

// LastEvent returns the last instant, at or before t, at which anything about the entry
// changed, or zero.
func (e *Entry) LastEvent(t time.Time) time.Time {
	if e.isFinal(t) {
		return e.Final.From
	}
	var last time.Time
	e.eachInstant(func(at time.Time) {
		if at.After(last) && !at.After(t) {
			last = at
		}
	})
	return last
}

// allPast reports whether every instant that the entry names has come at t.
func (e *Entry) allPast(t time.Time) bool {
	if e.isFinal(t) {
		return true
	}
	come := true
	e.eachInstant(func(at time.Time) { come = come && !at.After(t) })
	return come
}

// eachInstant hands out every instant at which anything about the entry may change.
func (e *Entry) eachInstant(each func(time.Time)) {
	each(e.Start.Time)
	each(e.End.Time)
	each(e.Posted.Time)
	each(e.NextUpdate.Time)
	if e.Kind == Maintenance {
		each(e.Announced())
	}
	if e.Report != nil {
		each(e.Report.Time.Time)
	}
	for i := range e.Updates {
		each(e.Updates[i].Time)
	}
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		each(impact.Start.Time)
		each(impact.End.Time)
		each(impact.ETA.Time)
	}
}

// eventsAt says what happens to the entry at t, the turn of its state first.
func (e *Entry) eventsAt(t time.Time) []ChangeKind {
	before := t.Add(-1)
	var kinds []ChangeKind
	switch was, is := e.Open(before), e.Open(t); {
	case e.Kind == Maintenance && !was && is:
		kinds = append(kinds, MaintenanceStart)
	case e.Kind == Maintenance && was && !is:
		kinds = append(kinds, MaintenanceEnd)
	case e.Kind == Incident && was && !is:
		kinds = append(kinds, IncidentEnd)
	case e.Kind == Incident && !was && is:
		kinds = append(kinds, ImpactStart)
	default:
		kinds = e.impactEdges(t)
	}
	if e.announcedAt(t) {
		kinds = append(kinds, Announcement)
	}
	if e.publishesAt(t) {
		kinds = append(kinds, UpdateDue)
	}
	if (e.Overdue(t) && !e.Overdue(before)) || (e.ManualEnd && e.Open(before) && e.Open(t) && e.End.Equal(t)) {
		kinds = append(kinds, Overdue)
	}
	return kinds
}

// publishesAt reports whether an update or a report appears at t: not the one that
// announces a window, which is a kind of its own.
func (e *Entry) publishesAt(t time.Time) bool {
	announces := e.announcedAt(t)
	return slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Time.Equal(t) && (u.Status != Scheduled || !announces) }) ||
		(e.reportPublished(t) && !e.reportPublished(t.Add(-1)))
}

// announcedAt reports whether t is when a window is made known, on pages or, where
// nothing says when, in feeds.
func (e *Entry) announcedAt(t time.Time) bool {
	return e.Kind == Maintenance && e.Visible(t) && (!e.Visible(t.Add(-1)) || e.Announced().Equal(t))
}

// impactEdges says whether impacts of the entry begin or end at t.
func (e *Entry) impactEdges(t time.Time) []ChangeKind {
	starts, ends := false, false
	for i := range e.Impacts {
		for _, w := range e.Windows(i, t) {
			starts = starts || w.Start.Equal(t)
			ends = ends || w.End.Equal(t)
		}
	}
	var kinds []ChangeKind
	if ends {
		kinds = append(kinds, ImpactEnd)
	}
	if starts {
		kinds = append(kinds, ImpactStart)
	}
	return kinds
}
