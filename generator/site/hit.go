package site

import (
	"slices"
	"time"
)

// names reports whether the impact names a component, in whatever region.
func (i *Impact) names(component string) bool { return i.All || named(i.Components, component) }

// in reports whether the impact reaches a region. "" stands for no region, where
// global components are: one that is named is hit as a whole, whatever regions
// stand beside it, so that nothing stays green by mistake.
func (i *Impact) in(region string) bool {
	return len(i.Regions) == 0 || (region == "" && !i.All) || named(i.Regions, region)
}

func named(list []Ref, id string) bool {
	for i := range list {
		if list[i].ID == id {
			return true
		}
	}
	return false
}

// Hits are the ids of the regions of a component that the impact names; a global
// component has the region "". None: the impact does not touch the component.
func (i *Impact) Hits(c *Component) []string { return i.hitsIn(make([]string, 0, 4), c) }

func (i *Impact) hitsIn(hit []string, c *Component) []string {
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

// touches reports whether the impact hits a component anywhere.
func (i *Impact) touches(c *Component) bool {
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

// Affected returns the components that an entry has hit by t, or that a window is
// going to hit, in the manifest's order. An impact of an incident that begins later
// does not count before. For a notice they are those that it names.
func (s *Site) Affected(e *Entry, t time.Time) []*Component {
	touched := s.Touched(e)
	if e.Kind == Maintenance || e.Notice() {
		return touched
	}
	return slices.DeleteFunc(touched, func(c *Component) bool {
		for i := range e.Impacts {
			if e.Impacts[i].reaches(c, e.Windows(i, t), t) {
				return false
			}
		}
		return true
	})
}

// Touched are the components that an entry names, in the manifest's order,
// without those that came into service only after it was over.
func (s *Site) Touched(e *Entry) []*Component {
	touched := make([]*Component, 0, 8)
	for i := range s.Components {
		if c := &s.Components[i]; e.touches(c) {
			touched = append(touched, c)
		}
	}
	return touched
}

func (e *Entry) touches(c *Component) bool {
	for i := range e.Impacts {
		impact := &e.Impacts[i]
		if !impact.touches(c) {
			continue
		}
		if c.Since.IsZero() {
			return true
		}
		windows := e.Windows(i, distant)
		if len(windows) == 0 { // of a notice, or of a window that never came
			if whole := e.Whole(distant); whole.End.IsZero() || c.InService(whole.End) {
				return !impact.All || c.InService(whole.Start)
			}
			continue
		}
		if impact.reaches(c, windows, distant) {
			return true
		}
	}
	return false
}
