package site

import "allclear/generator/diag"

// checkTemplates reports components and regions in templates that are not declared, so
// that a template does not fail only when an incident is written.
func (s *Site) checkTemplates(list *diag.List, declared map[string]*Component) {
	if s.Undeclared {
		return
	}
	for i := range s.Templates {
		for _, impact := range s.Templates[i].Impacts {
			s.checkRegions(list, impact.Regions)
			for _, ref := range impact.Groups {
				if s.Group(ref.ID) == nil {
					list.Error(ref.Pos, "unknown-group", s.unknownGroupHint(*list, ref.ID), "unknown group %q", ref.ID)
				}
			}
			for _, ref := range impact.Components {
				if declared[ref.ID] == nil {
					hint := nearest(*list, ref.ID, s.Components, func(c Component) string { return c.ID })
					list.Error(ref.Pos, "unknown-component", hint, "unknown component %q", ref.ID)
				}
			}
		}
	}
}
