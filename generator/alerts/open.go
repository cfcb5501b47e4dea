package alerts

import (
	"slices"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// openNew opens an incident.
func (d *decider) openNew() {
	begin := d.earliest()
	if d.last != nil && begin.Before(endOf(d.last, d.now)) {
		begin = endOf(d.last, d.now) // one of the alerts is older, and belongs to that incident
	}
	d.New = d.newEntry(begin, d.fire)
	d.note("opened: %s", d.event.Source())
}

// newEntry returns an incident that begins at a time with some alerts.
func (d *decider) newEntry(begin time.Time, list []meaning) *source.NewEntry {
	main := slices.MaxFunc(list, func(a, b meaning) int { return int(a.status) - int(b.status) }) // the first of the worst
	n := &source.NewEntry{
		Kind: site.Incident, Title: main.title, Titles: main.titles, Status: site.Investigating, Time: begin, Source: d.event.Source(),
		Text: main.message, Hidden: !slices.ContainsFunc(list, func(m meaning) bool { return !m.rule.Draft }),
	}
	if problem := source.CheckText(n.Text, site.Incident, false, d.site.Languages); problem != nil {
		if n.Text != "" {
			d.note("the usual sentence is used instead of the message: with what the alert says, %s", problem.Message)
		}
		n.Text = d.words.Opened
	}
	n.Impacts = d.impacts(begin, list)
	if len(n.Impacts) == 0 {
		n.Severity, n.Status = "none", site.Note
	}
	return n
}

// part is what an alert affects from a time on.
type part struct {
	status site.Status
	start  time.Time
	place
}

// parts returns what some alerts affect, in the order of their times. A place is in it
// again only if it gets worse.
func (d *decider) parts(begin time.Time, list []meaning) []part {
	var all []part
	for _, m := range list {
		start := d.own(m.alert.Start, "began")
		if start.Before(begin) {
			start = begin
		}
		for _, p := range d.ruling.places(m) {
			all = append(all, part{m.status, start, p})
		}
	}
	slices.SortStableFunc(all, func(a, b part) int {
		if c := a.start.Compare(b.start); c != 0 {
			return c
		}
		return int(b.status - a.status)
	})
	worst := map[place]site.Status{}
	return slices.DeleteFunc(all, func(p part) bool {
		if worst[p.place] >= p.status {
			return true
		}
		worst[p.place] = p.status
		return false
	})
}

// impacts returns the impacts of a new incident. Those with the same status, start and
// regions are one.
func (d *decider) impacts(begin time.Time, list []meaning) []source.NewImpact {
	parts := d.parts(begin, list)
	if slices.ContainsFunc(list, func(m meaning) bool { return slices.Equal(m.components, []string{"all"}) && len(m.regions) == 0 }) &&
		!slices.ContainsFunc(parts, func(p part) bool { return p.start != begin || p.status != parts[0].status }) {
		return []source.NewImpact{{Components: []string{"all"}, Status: parts[0].status.String()}}
	}
	type when struct {
		status site.Status
		start  time.Time
	}
	var order []when
	regions := map[when]map[string][]string{} // of each component
	components := map[when][]string{}
	for _, p := range parts {
		w := when{p.status, p.start}
		if regions[w] == nil {
			regions[w], order = map[string][]string{}, append(order, w)
		}
		if !slices.Contains(components[w], p.component) {
			components[w] = append(components[w], p.component)
		}
		regions[w][p.component] = append(regions[w][p.component], p.region)
	}
	var impacts []source.NewImpact
	for _, w := range order {
		for _, id := range components[w] {
			i := source.NewImpact{Status: w.status.String(), Regions: d.written(id, regions[w][id])}
			if !w.start.Equal(begin) {
				i.Start = w.start
			}
			same := slices.IndexFunc(impacts, func(o source.NewImpact) bool {
				return o.Status == i.Status && o.Start.Equal(i.Start) && slices.Equal(o.Regions, i.Regions)
			})
			if same < 0 {
				same, impacts = len(impacts), append(impacts, i)
			}
			impacts[same].Components = append(impacts[same].Components, id)
		}
	}
	return impacts
}

// written returns regions as an impact lists them: none if they are all of the
// component's, in the order of the manifest.
func (d *decider) written(component string, regions []string) []string {
	c := d.site.Component(component)
	if c == nil || len(c.Regions) == len(regions) {
		return nil
	}
	var list []string
	for _, r := range c.Regions {
		if slices.Contains(regions, r.ID) {
			list = append(list, r.ID)
		}
	}
	return list
}

// reopen reopens the last incident.
func (d *decider) reopen() {
	d.Entry = d.last
	begin := d.earliest()
	if end := endOf(d.last, d.now); !begin.After(end) {
		begin = end.Add(time.Second)
	}
	u := source.Update{Time: begin, Status: site.Investigating, Text: d.words.Again}
	if !d.last.Notice() {
		u.Statuses = d.statuses(d.fire, d.last)
	}
	d.Updates = []source.Update{u}
	d.note("reopened: the alert fires again, %s after it ended", site.FormatDuration(begin.Sub(endOf(d.last, d.now))))
}

// statuses returns the changes that give each place the worst status of some alerts. The
// other places of the incident are operational: they would be affected again.
func (d *decider) statuses(list []meaning, e *site.Entry) []source.StatusChange {
	worst := map[place]site.Status{}
	for i := range e.Impacts {
		for j := range d.site.Components {
			for _, region := range e.Impacts[i].RegionsOf(&d.site.Components[j]) {
				worst[place{d.site.Components[j].ID, region}] = site.Operational
			}
		}
	}
	for _, m := range list {
		for _, p := range d.ruling.places(m) {
			worst[p] = max(worst[p], m.status)
		}
	}
	return d.changes(worst)
}

// changes returns the changes that give each place a status, in the order of the
// manifest.
func (d *decider) changes(wanted map[place]site.Status) []source.StatusChange {
	var changes []source.StatusChange
	for i := range d.site.Components {
		c := &d.site.Components[i]
		if status, has := wanted[place{c.ID, ""}]; has {
			changes = append(changes, source.StatusChange{Component: c.ID, Status: status})
		}
		for _, r := range c.Regions {
			status, has := wanted[place{c.ID, r.ID}]
			if !has {
				continue
			}
			n := len(changes) - 1
			if n < 0 || changes[n].Component != c.ID || changes[n].Status != status {
				n, changes = n+1, append(changes, source.StatusChange{Component: c.ID, Status: status})
			}
			changes[n].Regions = append(changes[n].Regions, r.ID)
		}
	}
	return changes
}
