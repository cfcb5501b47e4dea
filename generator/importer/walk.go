package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// target is a component, or a component in one region.
type target struct{ component, region string }

// change gives a target a status from a time on.
type change struct {
	target
	status site.Status
	time   time.Time
}

// walk turns the changes of one entry, oldest first, into impacts: one begins when a
// target's status is no longer operational, and ends when it changes. Those that go on
// have no end. regions lists the regions of each component.
func walk(changes []change, regions map[string][]string) []Impact {
	type running struct {
		status site.Status
		since  time.Time
	}
	type interval struct {
		status     site.Status
		start, end time.Time
	}
	now := map[target]running{}
	var order []target
	found := map[interval][]target{}
	var list []interval
	note := func(i interval, t target) {
		if !i.end.IsZero() && !i.end.After(i.start) {
			return
		}
		if found[i] == nil {
			list = append(list, i)
		}
		found[i] = append(found[i], t)
	}
	for _, c := range changes {
		before, known := now[c.target]
		if !known {
			order = append(order, c.target)
		}
		if known && before.status == c.status {
			continue
		}
		if known && before.status != site.Operational {
			note(interval{before.status, before.since, c.time}, c.target)
		}
		now[c.target] = running{c.status, c.time}
	}
	for _, t := range order {
		if r := now[t]; r.status != site.Operational {
			note(interval{r.status, r.since, time.Time{}}, t)
		}
	}
	slices.SortStableFunc(list, func(a, b interval) int { return a.start.Compare(b.start) })
	var impacts []Impact
	for _, i := range list {
		for _, same := range byRegions(found[i], regions) {
			same.Status, same.Start, same.End = i.status, i.start, i.end
			impacts = append(impacts, same)
		}
	}
	return impacts
}

// byRegions groups targets into impacts: the components that are hit in the same regions.
func byRegions(targets []target, regions map[string][]string) []Impact {
	hit := map[string][]string{}
	var components []string
	for _, t := range targets {
		if !slices.Contains(components, t.component) {
			components = append(components, t.component)
		}
		if t.region != "" && !slices.Contains(hit[t.component], t.region) {
			hit[t.component] = append(hit[t.component], t.region)
		}
	}
	var impacts []Impact
	for _, c := range components {
		in := slices.Sorted(slices.Values(hit[c]))
		if len(in) == len(regions[c]) {
			in = nil
		}
		same := func(i Impact) bool { return strings.Join(i.Regions, ",") == strings.Join(in, ",") }
		if i := slices.IndexFunc(impacts, same); i >= 0 {
			impacts[i].Components = append(impacts[i].Components, c)
			continue
		}
		impacts = append(impacts, Impact{Components: []string{c}, Regions: in})
	}
	return impacts
}

// statusOf returns the status that a severity stands for.
func statusOf(s site.Severity) site.Status {
	switch s {
	case site.Minor:
		return site.DegradedPerformance
	case site.Major:
		return site.PartialOutage
	case site.Critical:
		return site.MajorOutage
	case site.InMaintenance:
		return site.UnderMaintenance
	}
	return site.Operational
}
