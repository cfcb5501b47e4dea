package site

import (
	"slices"
	"time"
)

// names reports whether the impact names a component, in whatever region.
func (i *Impact) names(component string) bool { return i.All || named(i.Components, component) }

// in reports whether the impact reaches a region. The region "" stands for global
// components. An impact that names a global component affects it even if the impact
// lists regions, so that nothing is shown as operational by mistake; all with regions
// does not.
func (i *Impact) in(region string) bool {
	return len(i.Regions) == 0 || (region == "" && !i.All) || named(i.Regions, region)
}

// named reports whether a list contains a reference to id.
func named(list []Ref, id string) bool {
	for i := range list {
		if list[i].ID == id {
			return true
		}
	}
	return false
}

// RegionsOf returns the ids of the component's regions that the impact affects, or the
// region "" for a global component. It is empty if the impact does not affect the
// component.
func (i *Impact) RegionsOf(c *Component) []string { return i.appendRegions(make([]string, 0, 4), c) }

// appendRegions appends the regions that RegionsOf returns to hit.
func (i *Impact) appendRegions(hit []string, c *Component) []string {
	if !i.names(c.ID) {
		return nil
	}
	if len(c.Regions) == 0 && i.in("") {
		return append(hit, "")
	}
	for _, r := range c.Regions {
		if i.in(r.ID) {
			hit = append(hit, r.ID)
		}
	}
	return hit
}

// affects reports whether the impact affects the component in at least one region.
func (i *Impact) affects(c *Component) bool {
	if !i.names(c.ID) {
		return false
	}
	for r := range c.Regions {
		if i.in(c.Regions[r].ID) {
			return true
		}
	}
	return len(c.Regions) == 0 && i.in("")
}

// AffectedBy returns the components that an entry has affected by t, in the manifest's
// order. Impacts of an incident that begin after t do not count. For a window these are
// the components that it is going to affect, and for a notice those that it names.
func (s *Site) AffectedBy(e *Entry, t time.Time) []*Component {
	components := s.NamedBy(e)
	if e.Kind == Maintenance || e.Notice() {
		return components
	}
	return slices.DeleteFunc(components, func(c *Component) bool {
		for i := range e.Impacts {
			if e.Impacts[i].hasAffected(c, e.Windows(i, t), t) {
				return false
			}
		}
		return true
	})
}

// NamedBy returns the components that an entry names, in the manifest's order, without
// those whose service began only after its end.
func (s *Site) NamedBy(e *Entry) []*Component {
	components := make([]*Component, 0, 8)
	for i := range s.Components {
		if c := &s.Components[i]; e.names(c) {
			components = append(components, c)
		}
	}
	return components
}

// names reports whether the entry names a component that is in service while the entry
// affects it.
func (e *Entry) names(c *Component) bool {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if !impact.affects(c) {
			continue
		}
		if c.Since.IsZero() {
			return true
		}
		windows := e.Windows(i, distant)
		if len(windows) == 0 { // a notice, or a window that was called off
			if whole := e.Interval(distant); whole.End.IsZero() || c.InService(whole.End) {
				return !impact.All || c.InService(whole.Start)
			}
			continue
		}
		if impact.hasAffected(c, windows, distant) {
			return true
		}
	}
	return false
}
