package site

import (
	"slices"
	"time"
)

// ChangeKind is the kind of a change. The values are those of `allclear next --format
// json`.
type ChangeKind string

const (
	MaintenanceAnnounced ChangeKind = "maintenance_announced"
	MaintenanceStart     ChangeKind = "maintenance_start"
	MaintenanceEnd       ChangeKind = "maintenance_end"
	ImpactStart          ChangeKind = "impact_start"
	ImpactEnd            ChangeKind = "impact_end"
	UpdateDue            ChangeKind = "update"
	IncidentEnd          ChangeKind = "incident_end"
	Overdue              ChangeKind = "overdue" // a promised update did not come, or a window is past its scheduled end
	AnnouncementStart    ChangeKind = "announcement_start"
	AnnouncementEnd      ChangeKind = "announcement_end" // it leaves the home page
	InServiceFrom        ChangeKind = "component_in_service"
	RetiredFrom          ChangeKind = "component_retired"
)

// Change is something that will happen to the site although nobody edits it.
type Change struct {
	At           time.Time
	Kind         ChangeKind
	Entry        *Entry        // nil if a component comes into service or is retired, and for announcements
	Announcement *Announcement // nil unless one appears, is updated or leaves the home page
	// Components are the components named by the entry whose overall status changes. Of several changes of
	// one entry at one instant, only the first lists them.
	Components []ComponentChange
	Indicator  Indicator // the overall status from then on
}

// NextChange returns the first instant after t at which the state of the site changes
// without an edit, or zero if there is none.
func (s *Site) NextChange(t time.Time) time.Time {
	return s.nextChange(s.pending(t), t)
}

// NextChanges returns the next instants after t at which the state of the site changes
// without an edit, soonest first, at most n.
func (s *Site) NextChanges(t time.Time, n int) []time.Time {
	var instants []time.Time
	pending := s.pending(t)
	for len(instants) < n {
		t = s.nextChange(pending, t)
		if t.IsZero() {
			break
		}
		instants = append(instants, t)
	}
	return instants
}

// Changes returns what happens without an edit at the next n instants after t, soonest
// first. Several changes may happen at one instant.
func (s *Site) Changes(t time.Time, n int) []Change {
	var changes []Change
	pending := s.pending(t)
	for range n {
		t = s.nextChange(pending, t)
		if t.IsZero() {
			break
		}
		before, after := s.At(t.Add(-1)), s.At(t)
		changes = append(changes, s.componentsMoving(before, after)...)
		for _, e := range pending {
			differences := s.differences(e, before, after)
			for _, kind := range e.eventsAt(t) {
				change := Change{At: t, Kind: kind, Entry: e, Indicator: after.Indicator}
				if kind != MaintenanceAnnounced { // to be announced changes no component
					change.Components, differences = differences, nil // listed with the first change
				}
				changes = append(changes, change)
			}
		}
		changes = append(changes, s.announcementsAt(t, after.Indicator)...)
	}
	return changes
}

// differences returns the components named by an entry whose overall status differs
// between two states.
func (s *Site) differences(e *Entry, before, after State) []ComponentChange {
	named := s.NamedBy(e)
	return slices.DeleteFunc(diff(before.Components, after.Components), func(c ComponentChange) bool {
		return !slices.Contains(named, c.Component)
	})
}

// pending returns the entries that change after t without an edit.
func (s *Site) pending(t time.Time) []*Entry {
	var list []*Entry
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.NoIndex && !e.next(t).IsZero() {
			list = append(list, e)
		}
	}
	return list
}

// nextChange returns the first instant after t at which one of the entries changes, or a
// component comes into service or is retired, or zero.
func (s *Site) nextChange(entries []*Entry, t time.Time) time.Time {
	var next time.Time
	consider := func(at time.Time) {
		if at.After(t) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, e := range entries {
		consider(e.next(t))
	}
	for i := range s.Components {
		consider(s.Components[i].Since)
		consider(s.Components[i].Until)
	}
	for i := range s.Announcements {
		if a := &s.Announcements[i]; !a.NoIndex {
			consider(a.next(t))
		}
	}
	return next
}

// next returns the first instant after t at which the entry changes without an edit, or
// zero. It uses what is known at t and the times of later updates.
func (e *Entry) next(t time.Time) time.Time {
	var next time.Time
	if e.allPast(t) {
		return next // the usual case in a long history
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

// allPast reports whether t is not before any instant that the entry names.
func (e *Entry) allPast(t time.Time) bool {
	if e.isFinal(t) {
		return true
	}
	come := true
	e.eachInstant(func(at time.Time) { come = come && !at.After(t) })
	return come
}

// eachInstant calls each with every instant at which the entry may change, in no order.
// Some may be zero.
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

// eventsAt returns what happens to the entry at t. If it opens or closes, that comes
// first.
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
		kinds = append(kinds, MaintenanceAnnounced)
	}
	if e.publishesAt(t) {
		kinds = append(kinds, UpdateDue)
	}
	if (e.Overdue(t) && !e.Overdue(before)) || (e.ManualEnd && e.Open(before) && e.Open(t) && e.End.Equal(t)) {
		kinds = append(kinds, Overdue)
	}
	return kinds
}

// publishesAt reports whether an update or a report is published at t. The update that
// announces a window does not count: it is an Announcement.
func (e *Entry) publishesAt(t time.Time) bool {
	announces := e.announcedAt(t)
	return slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Time.Equal(t) && (u.Status != Scheduled || !announces) }) ||
		(e.reportPublished(t) && !e.reportPublished(t.Add(-1)))
}

// announcedAt reports whether a window is announced at t: on pages or, if the operator
// gives no time, in feeds.
func (e *Entry) announcedAt(t time.Time) bool {
	return e.Kind == Maintenance && e.Visible(t) && (!e.Visible(t.Add(-1)) || e.Announced().Equal(t))
}

// impactEdges returns ImpactEnd if an impact of the entry ends at t, and ImpactStart if
// one begins.
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
