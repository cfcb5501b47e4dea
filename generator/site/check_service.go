package site

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// checkService warns of an impact that names a component outside its service: one that
// begins before its since or after its until, and one that still holds at now although
// the component is retired.
func (s *Site) checkService(list *diag.List, e *Entry, c *Component, impact int, at diag.Pos, now time.Time) {
	if c.Since.IsZero() && c.Until.IsZero() {
		return
	}
	windows := e.Windows(impact, distant)
	if len(windows) == 0 {
		return
	}
	begin := windows[0].Start
	switch {
	case begin.Before(c.Since):
		list.Warn(at, "before-since", "correct since in content/components.yml, or remove the component here: nothing counts before that",
			"component %q is in service only from %s, but the impact begins at %s", c.ID, clock(c.Since, s.Zone), clock(begin, s.Zone))
	case c.Retired(begin):
		list.Warn(at, "after-until", "correct until in content/components.yml, or remove the component here: nothing counts after that",
			"component %q was in service only until %s, but the impact begins at %s", c.ID, clock(c.Until, s.Zone), clock(begin, s.Zone))
	case c.Retired(now) && slices.ContainsFunc(windows, func(w Interval) bool { return w.Contains(now) }):
		list.Warn(at, "after-until", "end the impact: end: "+clock(c.Until, s.Zone)+"; or correct until in content/components.yml",
			"the impact goes on, but component %q was in service only until %s", c.ID, clock(c.Until, s.Zone))
	}
}

// checkGroups checks the groups that impact j of an entry names.
func (s *Site) checkGroups(list *diag.List, e *Entry, j int) {
	impact := &e.Impacts[j]
	for _, ref := range impact.Groups {
		if s.Undeclared {
			return
		}
		if s.Group(ref.ID) == nil {
			list.Error(ref.Pos, "unknown-group", s.unknownGroupHint(*list, ref.ID), "unknown group %q", ref.ID)
			continue
		}
		s.checkGroup(list, e, j, ref)
	}
}

// unknownGroupHint returns the hint for a group that does not exist.
func (s *Site) unknownGroupHint(list diag.List, id string) string {
	switch {
	case strings.EqualFold(id, "all"):
		return "for every component write components: all"
	case s.Component(id) != nil:
		return `"` + id + `" is a component: write components: [` + id + "]"
	case len(s.Groups) == 0:
		return "the site has no groups: name components instead"
	}
	return nearest(list, id, s.Groups, func(g Group) string { return g.ID })
}

// checkGroup reports a group none of whose components an impact affects: none runs in
// the impact's regions, or none is in service when it begins.
func (s *Site) checkGroup(list *diag.List, e *Entry, j int, ref Ref) {
	impact := &e.Impacts[j]
	alone := Impact{Groups: []Ref{ref}, Regions: impact.Regions}
	var members, there []*Component
	for i := range s.Components {
		c := &s.Components[i]
		if c.Group != ref.ID || c.Unlisted {
			continue
		}
		if members = append(members, c); alone.affects(c) {
			there = append(there, c)
		}
	}
	known := !slices.ContainsFunc(impact.Regions, func(r Ref) bool { return s.Region(r.ID) == nil })
	if len(members) > 0 && len(there) == 0 && known {
		list.Error(impact.Regions[0].Pos, "component-region", "remove regions: to include all of its components",
			"no component of group %q runs in these regions", ref.ID)
		return
	}
	begin := e.Interval(distant).Start
	if windows := e.Windows(j, distant); len(windows) > 0 {
		begin = windows[0].Start
	}
	if known && !slices.ContainsFunc(there, func(c *Component) bool { return c.InService(begin) }) {
		list.Warn(ref.Pos, "empty-group", "name a component by its id, or correct since and until in content/components.yml",
			"no component of group %q is in service when the impact begins, at %s, so it affects none of them",
			ref.ID, clock(begin, s.Zone))
	}
}
