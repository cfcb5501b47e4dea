package site

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
)

// checkRegions reports regions that are not declared or are named twice.
func (s *Site) checkRegions(list *diag.List, refs []Ref) {
	if len(refs) == 0 || s.Undeclared {
		return
	}
	declared := make(map[string]bool, len(s.Regions))
	for _, r := range s.Regions {
		declared[r.ID] = true
	}
	named := make(map[string]bool, len(refs))
	for _, ref := range refs {
		if !declared[ref.ID] {
			hint := nearest(*list, ref.ID, s.Regions, func(r Region) string { return r.ID })
			if len(s.Regions) == 0 {
				hint = "declare it under regions in content/components.yml"
			}
			list.Error(ref.Pos, "unknown-region", hint, "unknown region %q", ref.ID)
		}
		if named[ref.ID] {
			list.Warn(ref.Pos, "repeated-region", "remove one of the two", "region %q is listed twice", ref.ID)
		}
		named[ref.ID] = true
	}
}

// checkPlaces compares the impact's regions with those of a component that it names. At
// least one must be a region of the component.
func (s *Site) checkPlaces(list *diag.List, c *Component, impact *Impact) {
	unknown := slices.ContainsFunc(impact.Regions, func(r Ref) bool { return s.Region(r.ID) == nil })
	switch {
	case len(impact.Regions) == 0 || unknown:
	case len(c.Regions) == 0:
		list.Warn(impact.Regions[0].Pos, "component-region",
			"list it in a separate impact without regions, or give it regions in content/components.yml",
			"component %q is global: it is shown as affected everywhere", c.ID)
	case len(impact.RegionsOf(c)) == 0:
		var has []string
		for _, own := range c.Regions {
			has = append(has, own.ID)
		}
		list.Error(impact.Regions[0].Pos, "component-region", fmt.Sprintf("%q runs in %s", c.ID, strings.Join(has, ", ")),
			"component %q does not run in region %q", c.ID, impact.Regions[0].ID)
	}
}
