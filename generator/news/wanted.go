package news

import (
	"slices"

	"allclear/generator/site"
)

// Wanted reports whether a target's filters let the event pass. The answer does not change
// later: components, regions and severity are those of the time of the event. Every target
// gets a test. A hub gets no reminders, since feeds do not have them.
func (e Event) Wanted(t site.NotifyTarget) bool {
	if t.Kind == "websub" && e.Kind == Reminder {
		return false
	}
	f := t.Filter
	return e.Kind == Test || wantsKind(f, e.Kind) && e.severity() >= f.Severity && e.concerns(f)
}

// wantsKind reports whether a filter lets a kind pass. Who wants maintenance also wants
// its reminders.
func wantsKind(f site.NotifyFilter, kind string) bool {
	return len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind) || kind == Reminder && slices.Contains(f.Kinds, Maintenance)
}

// severity returns how bad an incident has been up to the event. Announcements are no worse
// than a notice.
func (e Event) severity() site.Severity {
	if e.entry == nil {
		return site.None
	}
	return e.site.SeverityAt(e.entry, e.At)
}

// concerns reports whether the event is about a component in a region that a filter names.
func (e Event) concerns(f site.NotifyFilter) bool {
	any := len(f.Components)+len(f.Groups) == 0
	if any && len(f.Regions) == 0 {
		return true
	}
	for _, c := range e.components() {
		chosen := any || named(f.Components, c.ID) || c.Group != "" && named(f.Groups, c.Group)
		if chosen && (len(f.Regions) == 0 || e.reaches(c, f.Regions)) {
			return true
		}
	}
	return false
}

// components returns the components that the event is about.
func (e Event) components() []*site.Component {
	switch {
	case e.announcement != nil:
		return e.site.NamedIn(e.announcement)
	case e.entry == nil:
		return nil
	}
	return e.site.AffectedBy(e.entry, e.At)
}

// reaches reports whether the event affects a component in one of some regions. One that
// has no regions is in all of them.
func (e Event) reaches(c *site.Component, regions []site.Ref) bool {
	if len(c.Regions) == 0 {
		return true
	}
	if e.announcement != nil {
		return slices.ContainsFunc(c.Regions, func(r site.Ref) bool { return named(regions, r.ID) })
	}
	for i := range e.entry.Impacts {
		impact := &e.entry.Impacts[i]
		if e.entry.Kind == site.Incident && impact.Start.After(e.At) {
			continue // it is not known yet
		}
		for _, id := range impact.RegionsOf(c) {
			if named(regions, id) {
				return true
			}
		}
	}
	return false
}

// named reports whether a list contains an id.
func named(list []site.Ref, id string) bool {
	return slices.ContainsFunc(list, func(r site.Ref) bool { return r.ID == id })
}
