package source

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// place is a component in one of its regions; the region is "" for a global component.
type place struct{ component, region string }

// running is an impact that holds at the time of the update.
type running struct {
	number  int // in the file
	impact  site.Impact
	windows []site.Interval // those that have begun
	again   bool            // it ended with its entry, and begins again because that is reopened
}

// running returns the impacts of an entry that hold at the time of the update, and those
// that start again because the update reopens the entry.
func (w *appender) running(e *site.Entry) []running {
	after := w.after(e)
	reopens, over := w.Reopens(w.entry), w.entry.Interval(w.Time).End
	var list []running
	for n, impact := range e.Impacts {
		r := running{number: n, impact: impact, windows: begunBy(w.Time, after.Windows(n, w.Time))}
		switch last := len(r.windows) - 1; {
		case last < 0:
		case r.windows[last].Contains(w.Time):
			list = append(list, r)
		case reopens && r.windows[last].End.Equal(over):
			r.again = true
			list = append(list, r)
		}
	}
	return list
}

// resolve ends the open impacts of a resolved incident.
func (w *appender) resolve(e *site.Entry, times []impactTimes) error {
	_, long := w.front.get("impacts")
	if !long || !w.End.IsZero() {
		return nil // the impacts end with their incident
	}
	for _, r := range w.running(e) {
		switch {
		case !r.windows[0].Start.Before(w.Time) && !r.impact.Start.IsZero():
			return errSameMoment
		case len(r.windows) > 1 || !r.windows[0].Start.Before(w.Time):
			continue // one end would fill the gaps between the windows
		}
		times[r.number].end = w.Time
	}
	return nil
}

// statusChanges sets the ends of impacts in times and returns the new impacts that give
// each component the status in the update. It does not touch a component that has that
// status already.
func (w *appender) statusChanges(e *site.Entry, times []impactTimes) ([]site.Impact, error) {
	if len(w.Statuses) == 0 && !w.Reopens(w.entry) {
		return nil, nil
	}
	running := w.running(e)
	wanted := w.wanted(running)
	served := map[place]bool{}
	var begun []site.Impact
	for _, r := range running {
		same, other, worse := w.split(r, wanted)
		for _, p := range same {
			if _, exists := wanted[p]; exists {
				served[p] = true
			}
		}
		switch {
		case r.again:
			begun = append(begun, w.rest(r, same, true)...)
			continue
		case len(other) == 0:
			continue
		case !r.windows[0].Start.Before(w.Time) && e.Kind == site.Maintenance && worse:
			continue // it begins with this update and is hidden by a worse impact
		case !r.windows[0].Start.Before(w.Time):
			return nil, errSameMoment
		}
		at, again := w.endOf(r)
		times[r.number].end = at
		begun = append(append(begun, again...), w.rest(r, same, false)...)
	}
	return append(begun, w.newImpacts(wanted, served)...), nil
}

// wanted returns the status that the update gives to each place. A component without
// regions means the regions that the entry affects, or all if it affects none.
func (w *appender) wanted(list []running) map[place]site.Status {
	wanted := map[place]site.Status{}
	for _, c := range w.Statuses {
		component := w.site.Component(c.Component)
		if component == nil {
			continue
		}
		regions := c.Regions
		if len(regions) == 0 {
			for _, r := range list {
				regions = append(regions, r.impact.RegionsOf(component)...)
			}
		}
		if len(regions) == 0 {
			regions = everywhere(component)
		}
		for _, region := range regions {
			wanted[place{c.Component, region}] = c.Status
		}
	}
	return wanted
}

// everywhere returns the regions of a component, or "" for a global one.
func everywhere(c *site.Component) []string {
	all := site.Impact{Components: []site.Ref{{ID: c.ID}}}
	return all.RegionsOf(c)
}

// split divides the places of an impact into those that keep its status and those that
// get another one. worse reports whether all of these get a worse one.
func (w *appender) split(r running, wanted map[place]site.Status) (same, other []place, worse bool) {
	worse = true
	for _, ref := range w.named(r) {
		c := w.site.Component(ref.ID)
		if c == nil {
			continue
		}
		for _, region := range r.impact.RegionsOf(c) {
			p := place{ref.ID, region}
			if status, exists := wanted[p]; exists && status != r.impact.Status {
				other = append(other, p)
				worse = worse && status > r.impact.Status
			} else {
				same = append(same, p)
			}
		}
	}
	return same, other, worse
}

// rest returns new impacts like r, which ends or has ended, for the places that stay in
// it.
func (w *appender) rest(r running, places []place, again bool) []site.Impact {
	var groups grouping
	for _, c := range componentsOf(places) {
		component := w.site.Component(c)
		if component.Retired(w.Time) {
			continue // no impact reaches it any more
		}
		regions := regionsOf(c, places)
		kept := r.impact
		if again {
			kept.End = site.Moment{}
		}
		kept.Start = site.Moment{Time: w.Time}
		if len(component.Regions) == 0 || len(regions) != len(r.impact.RegionsOf(component)) {
			kept.Regions = written(component, regions)
		}
		groups.add(kept, c)
	}
	if again && len(groups.list) == 1 {
		w.keepTargets(&groups.list[0], r)
	}
	return groups.list
}

// keepTargets names all or groups in an impact that begins again, as the impact before
// did, if that means now the components that are listed in it.
func (w *appender) keepTargets(again *site.Impact, r running) {
	now := running{impact: r.impact, windows: []site.Interval{{Start: w.Time}}}
	switch {
	case !slices.EqualFunc(w.named(now), again.Components, func(a, b site.Ref) bool { return a.ID == b.ID }):
	case r.impact.All:
		again.Components = []site.Ref{{ID: "all"}}
	case len(r.impact.Groups) > 0:
		again.Groups = r.impact.Groups
		again.Components = slices.DeleteFunc(slices.Clone(r.impact.Components), func(ref site.Ref) bool {
			c := w.site.Component(ref.ID)
			return c == nil || c.Retired(w.Time)
		})
	}
}

// newImpacts returns impacts for the places whose wanted status no other impact gives
// them.
func (w *appender) newImpacts(wanted map[place]site.Status, served map[place]bool) []site.Impact {
	var groups grouping
	for _, change := range w.Statuses {
		component := w.site.Component(change.Component)
		if component == nil || change.Status == site.Operational {
			continue
		}
		regions := map[time.Time][]string{} // by the end of the impact
		var ends []time.Time
		for _, region := range everywhere(component) {
			p := place{change.Component, region}
			if status, exists := wanted[p]; exists && !served[p] && status == change.Status {
				end := w.until(component, region)
				if !slices.Contains(ends, end) {
					ends = append(ends, end)
				}
				regions[end], served[p] = append(regions[end], region), true
			}
		}
		for _, end := range ends {
			i := site.Impact{Regions: written(component, regions[end]), Status: change.Status, Start: site.Moment{Time: w.Time},
				End: site.Moment{Time: end}}
			groups.add(i, change.Component)
		}
	}
	return groups.list
}

// until returns when the file changes the status of a place after an update that is
// dated before others. It returns zero if it never does, or if no update is later.
func (w *appender) until(c *site.Component, region string) time.Time {
	var end time.Time
	if !slices.ContainsFunc(w.entry.Updates, func(u site.Update) bool { return u.Time.After(w.Time) }) {
		return end
	}
	for i := range w.entry.Impacts {
		impact := &w.entry.Impacts[i]
		if !slices.Contains(impact.RegionsOf(c), region) {
			continue
		}
		for _, t := range []time.Time{impact.Start.Time, impact.End.Time} {
			if t.After(w.Time) && (end.IsZero() || t.Before(end)) {
				end = t
			}
		}
	}
	return end
}

// grouping collects components that are affected in the same way into one impact.
type grouping struct {
	list []site.Impact
	keys []string
}

// add adds a component to the impact that has the same status, end and regions.
func (g *grouping) add(i site.Impact, component string) {
	key := i.Status.String() + i.End.String()
	for _, r := range i.Regions {
		key += " " + r.ID
	}
	n := slices.Index(g.keys, key)
	if n < 0 {
		i.All, i.Groups, i.Components = false, nil, nil
		n = len(g.list)
		g.list, g.keys = append(g.list, i), append(g.keys, key)
	}
	g.list[n].Components = append(g.list[n].Components, site.Ref{ID: component})
}

// written returns regions as an impact lists them: none if they are all regions of the
// component.
func written(c *site.Component, regions []string) []site.Ref {
	if len(c.Regions) == 0 || len(regions) == len(c.Regions) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Regions), func(r site.Ref) bool { return !slices.Contains(regions, r.ID) })
}

// componentsOf returns the components of some places, each once.
func componentsOf(places []place) []string {
	var ids []string
	for _, p := range places {
		if !slices.Contains(ids, p.component) {
			ids = append(ids, p.component)
		}
	}
	return ids
}

// regionsOf returns the regions of a component among some places.
func regionsOf(component string, places []place) []string {
	var regions []string
	for _, p := range places {
		if p.component == component {
			regions = append(regions, p.region)
		}
	}
	return regions
}
