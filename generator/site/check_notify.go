package site

import "allclear/generator/diag"

// checkNotify finds components, groups and regions in the filters of notify that no
// manifest declares.
func (s *Site) checkNotify(list *diag.List, declared map[string]*Component) {
	if s.Undeclared {
		return
	}
	for _, t := range s.Notify.Targets {
		for _, ref := range t.Filter.Components {
			if declared[ref.ID] == nil {
				s.unknownComponent(list, ref, s.asGroup)
			}
		}
		for _, ref := range t.Filter.Groups {
			if s.Group(ref.ID) == nil {
				list.Error(ref.Pos, "unknown-group", s.unknownGroupHint(*list, ref.ID), "unknown group %q", ref.ID)
			}
		}
		s.checkRegions(list, t.Filter.Regions)
	}
}
