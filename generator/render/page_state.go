package render

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/site"
)

// withRegions adds regions to a name: "Public API (Europe)".
func (v pageView) withRegions(name string, regions []string) string {
	if len(regions) == 0 {
		return name
	}
	return v.say("answer.in", "what", name, "regions", v.someRegions(regions))
}

// regionNames returns the names of regions as a list in words.
func (v pageView) regionNames(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, v.regionName(id))
	}
	return v.lang.List(names)
}

// someRegions returns the names of regions for a sentence: of more than maxNames+1 the first
// maxNames, and the number of the others.
func (v pageView) someRegions(ids []string) string {
	if len(ids) <= maxNames+1 {
		return v.regionNames(ids)
	}
	var names []string
	for _, id := range ids[:maxNames] {
		names = append(names, v.regionName(id))
	}
	return v.lang.List(append(names, v.say("list.more", "n", len(ids)-maxNames)))
}

// regionName returns the name of a region. For a global component, whose region is "", it
// is "Global".
func (v pageView) regionName(id string) string {
	if r := v.site.Region(id); r != nil {
		return v.text(r.Name)
	}
	return v.say("region.global")
}

// statusLabel is a status as a page shows it: color, shape and word.
type statusLabel struct {
	Class string // the class of the status
	Word  string // "Partial outage", or the operator's label
	ETA   moment // when it is expected to be back, or zero
}

// statusLabel returns a status with the operator's label, or else with its usual word.
func (v pageView) statusLabel(s site.Status, label site.Text) statusLabel {
	m := statusLabel{Class: statusClass(s), Word: v.text(label)}
	if m.Word == "" {
		m.Word = v.say("status." + s.String())
	}
	return m
}

// componentStatus is the status of a component, and of its regions if they differ.
type componentStatus struct {
	statusLabel
	Regions []regionStatus // the statuses in its regions, if they differ
}

// regionStatus is a status and where it holds.
type regionStatus struct {
	Name string // name of the region or regions
	statusLabel
}

// componentStatus returns the status of a component; before it is in service, the date
// from which it will be, and afterwards the date on which it was retired.
func (v view) componentStatus(c site.ComponentState) componentStatus {
	switch {
	case c.InService:
	case c.Component.Retired(v.now):
		return componentStatus{statusLabel: v.retired(c.Component.Until)}
	default:
		since := v.lang.Date("day", v.local(c.Component.Since))
		return componentStatus{statusLabel: statusLabel{Class: "note", Word: v.say("component.from", "date", since)}}
	}
	s := componentStatus{statusLabel: v.statusLabel(c.Status, c.Label)}
	if c.ETA.After(v.now) {
		s.ETA = v.clockTime(c.ETA, v.now)
	}
	if c.Differs {
		s.Regions = v.worstRegions(c)
	}
	return s
}

// retired returns what stands in place of a status after a component's until.
func (v pageView) retired(until time.Time) statusLabel {
	return statusLabel{Class: "note", Word: v.say("component.retired", "date", v.lang.Date("day", v.local(until)))}
}

// groupStatus returns the status of the group at an index of the manifest, for its badge.
// If all its components are retired, it says when the last one was.
func (v view) groupStatus(i int) statusLabel {
	g := v.site.Groups[i]
	var last time.Time
	for j := range v.site.Components {
		c := &v.site.Components[j]
		switch {
		case c.Group != g.ID:
		case !c.Retired(v.now):
			return v.statusLabel(v.state.Groups[i], site.Text{})
		case c.Until.After(last):
			last = c.Until
		}
	}
	if last.IsZero() { // it never had any
		return v.statusLabel(v.state.Groups[i], site.Text{})
	}
	return v.retired(last)
}

// worstRegions returns the statuses of a component in its regions, the worst first.
func (v pageView) worstRegions(c site.ComponentState) []regionStatus {
	c.Regions = slices.Clone(c.Regions)
	slices.SortStableFunc(c.Regions, func(a, b site.RegionState) int { return cmp.Compare(b.Status, a.Status) })
	return v.byRegion(c)
}

// byRegion returns the status of each region of a component.
func (v pageView) byRegion(c site.ComponentState) []regionStatus {
	var list []regionStatus
	for _, r := range c.Regions {
		list = append(list, regionStatus{v.regionName(r.Region), v.statusLabel(r.Status, r.Label)})
	}
	return list
}
