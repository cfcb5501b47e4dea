package site

import (
	"slices"
	"time"
)

// names reports whether the impact names a component, in whatever region: by its id, by
// its group, or with all. The last two mean listed components only.
func (i *Impact) names(c *Component) bool {
	return i.namesDirectly(c) || !c.Unlisted && (i.All || len(i.Groups) > 0 && named(i.Groups, c.Group))
}

// namesDirectly reports whether the impact names a component by its id.
func (i *Impact) namesDirectly(c *Component) bool { return named(i.Components, c.ID) }

// in reports whether the impact reaches a component that it names in a region. The region
// "" stands for a global component. An impact that names one by its id affects it even if
// the impact lists regions, so that nothing is shown as operational by mistake. With all,
// or by its group, only components that run in the regions are affected.
func (i *Impact) in(c *Component, region string) bool {
	return len(i.Regions) == 0 || region == "" && i.namesDirectly(c) || named(i.Regions, region)
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
	if !i.names(c) {
		return nil
	}
	if len(c.Regions) == 0 && i.in(c, "") {
		return append(hit, "")
	}
	for _, r := range c.Regions {
		if i.in(c, r.ID) {
			hit = append(hit, r.ID)
		}
	}
	return hit
}

// affects reports whether the impact affects the component in at least one region.
func (i *Impact) affects(c *Component) bool {
	if !i.names(c) {
		return false
	}
	for r := range c.Regions {
		if i.in(c, c.Regions[r].ID) {
			return true
		}
	}
	return len(c.Regions) == 0 && i.in(c, "")
}

// AffectedBy returns the components that an entry has affected by t, in the manifest's
// order. Impacts of an incident that begin after t do not count. For a window these are
// the components that it is going to affect, and for a notice those that it names.
func (s *Site) AffectedBy(e *Entry, t time.Time) []*Component {
	return e.AffectedOf(s.NamedBy(e), t)
}

// AffectedOf returns the components that AffectedBy does, of those that the entry names.
func (e *Entry) AffectedOf(named []*Component, t time.Time) []*Component {
	spared := func(c *Component) bool {
		for i := range e.Impacts {
			if e.Impacts[i].hasAffected(c, e.Windows(i, t), t) {
				return false
			}
		}
		return true
	}
	if e.Kind == Maintenance || e.Notice() || !slices.ContainsFunc(named, spared) {
		return named
	}
	return slices.DeleteFunc(slices.Clone(named), spared)
}

// NamedBy returns the components that an entry names, in the manifest's order, without
// those whose service began only after its end, or was over before it began.
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
		if c.Since.IsZero() && c.Until.IsZero() {
			return true
		}
		windows := e.Windows(i, distant)
		if len(windows) == 0 { // a notice, or a window that was called off
			if whole := e.Interval(distant); c.servesDuring(whole) {
				return impact.namesDirectly(c) || c.InService(whole.Start)
			}
			continue
		}
		if impact.hasAffected(c, windows, distant) {
			return true
		}
	}
	return false
}
