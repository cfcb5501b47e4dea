package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/parallel"
)

// Check returns the mistakes that cannot be found in one file alone: names that are not
// declared, and entries that contradict themselves. See CheckAt.
func (s *Site) Check(now time.Time) diag.List { return s.CheckAt(now, now) }

// CheckAt is Check for a site viewed as of now, when the clock of the machine shows
// present. Entries that begin after both are reported.
func (s *Site) CheckAt(now, present time.Time) diag.List {
	var list diag.List
	s.checkAccent(&list)
	if !s.checkSize(&list) {
		return list
	}
	for i := range s.Components {
		s.checkRegions(&list, s.Components[i].Regions)
	}
	declared := make(map[string]*Component, len(s.Components))
	for i := range s.Components {
		if c := &s.Components[i]; declared[c.ID] == nil {
			declared[c.ID] = c
		}
	}
	for _, found := range parallel.Parts(s.Entries, func(part []Entry) (list diag.List) {
		for i := range part {
			if !part[i].Repeated { // checkOccurrences looks at these
				s.checkEntry(&list, &part[i], declared, now, present)
			}
		}
		return list
	}) {
		list = append(list, found...)
	}
	s.checkAnnouncements(&list, declared, now)
	s.checkMeasurements(&list, declared, now, present)
	s.checkNotify(&list, declared)
	s.checkOccurrenceCount(&list, now)
	for i := range s.Series {
		s.checkSeries(&list, &s.Series[i], now)
		s.checkOccurrences(&list, &s.Series[i], declared, now, present)
	}
	s.checkComponentIDs(&list)
	s.checkTemplates(&list, declared)
	s.checkAlerts(&list)
	s.checkIDs(&list)
	s.checkClock(&list, present)
	list.Sort()
	return list
}

// checkEntry checks an entry.
func (s *Site) checkEntry(list *diag.List, e *Entry, declared map[string]*Component, now, present time.Time) {
	if !s.checkEntrySize(list, e, declared) {
		return
	}
	var own diag.List
	for j := range e.Impacts {
		s.checkImpact(&own, e, j, declared, now)
	}
	*list = append(*list, own...)
	if e.checkTimes(list, s.Zone) {
		s.checkHidden(list, e, declared)
		storyChecker{list, e, s.Zone, now, present}.check()
	}
	s.checkLanguages(list, e, now)
}

// checkImpact checks impact j of an entry, as of now: the names of its components, groups
// and regions, and its status.
func (s *Site) checkImpact(list *diag.List, e *Entry, j int, declared map[string]*Component, now time.Time) {
	impact := &e.Impacts[j]
	s.checkRegions(list, impact.Regions)
	for i, ref := range impact.Components {
		c := declared[ref.ID]
		if c == nil && s.Undeclared {
			continue
		}
		if c == nil {
			s.unknownComponent(list, ref, s.asGroup)
			continue
		}
		if slices.ContainsFunc(impact.Components[:i], func(r Ref) bool { return r.ID == ref.ID }) {
			list.Warn(ref.Pos, "repeated-component", "remove one of the two", "component %q is listed twice", ref.ID)
		}
		s.checkPlaces(list, c, impact)
		s.checkService(list, e, c, j, ref.Pos, now)
	}
	s.checkGroups(list, e, j)
	if impact.All && len(impact.Regions) > 0 && len(s.Components) > 0 && !s.affectsAny(impact) {
		list.Error(impact.Regions[0].Pos, "component-region", "remove regions: to include all of them",
			"no component runs in these regions")
	}
	if e.Notice() && impact.StatusSet && impact.Status != Operational {
		list.Warn(impact.StatusPos, "notice-status", "remove status:, or remove severity: none",
			"a notice (severity: none) affects no component: its status %q has no effect", impact.Status)
	}
}

// unknownComponent reports the name of a component that is not declared. If it is the id
// of a group, instead returns the hint.
func (s *Site) unknownComponent(list *diag.List, ref Ref, instead func(*Group) string) {
	hint := nearest(*list, ref.ID, s.Components, func(c Component) string { return c.ID })
	if g := s.Group(ref.ID); g != nil {
		hint = instead(g)
	}
	list.Error(ref.Pos, "unknown-component", hint, "unknown component %q", ref.ID)
}

// asGroup returns the hint for an impact that names a group as a component.
func (s *Site) asGroup(g *Group) string {
	if !slices.ContainsFunc(s.Components, func(c Component) bool { return c.Group == g.ID }) {
		return s.insteadOf(g)
	}
	return fmt.Sprintf("%q is a group: write groups: [%s]", g.ID, g.ID)
}

// insteadOf returns the hint for an announcement that names a group: the components to
// name instead.
func (s *Site) insteadOf(g *Group) string {
	var members []string
	for _, c := range s.Components {
		if c.Group == g.ID {
			members = append(members, c.ID)
		}
	}
	if len(members) == 0 {
		return fmt.Sprintf("%q is a group, but none of its components could be read: fix content/components.yml first", g.ID)
	}
	return fmt.Sprintf("%q is a group: name its components, %s", g.ID, strings.Join(members, ", "))
}

// affectsAny reports whether the impact affects any component.
func (s *Site) affectsAny(impact *Impact) bool {
	return slices.ContainsFunc(s.Components, func(c Component) bool { return len(impact.RegionsOf(&c)) > 0 })
}

// clock formats a time in a zone as content is written: 2025-07-25 08:41, with seconds
// if there are any and with the offset unless the zone is UTC.
func clock(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	if zone == time.UTC {
		return t.Format(layout)
	}
	return t.Format(layout + " -07:00")
}

// title returns a status word as it is written in a heading: In progress.
func title(w UpdateStatus) string {
	word := strings.ReplaceAll(w.String(), "_", " ")
	return strings.ToUpper(word[:1]) + word[1:]
}
