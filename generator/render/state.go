package render

import (
	"time"

	"allclear/generator/site"
)

// buildFile is build.json, by which open pages learn of a newer build.
type buildFile struct {
	Build      string  `json:"build"`
	Version    string  `json:"version"`
	BuiltAt    string  `json:"built_at"`
	NextChange *string `json:"next_change_at"`
}

// The types of state.json, which docs/addresses.md describes.

// stateFile is state.json, the state of the whole site in the program's own format.
type stateFile struct {
	Site       stateSite        `json:"site"`
	At         string           `json:"at"`
	NextChange *string          `json:"next_change_at"`
	Indicator  string           `json:"indicator"`
	Answer     string           `json:"description"`
	Healthy    int              `json:"healthy"`
	Total      int              `json:"total"`
	Regions    []stateNamed     `json:"regions"`
	Groups     []stateGroup     `json:"groups"`
	Components []stateComponent `json:"components"`
	Open       []stateEntry     `json:"open"`
	Active     []stateEntry     `json:"active"`
	Upcoming   []stateEntry     `json:"upcoming"`
	Foreseen   []stateForeseen  `json:"foreseen"`

	Announcements []stateAnnouncement `json:"announcements"` // those on the home page
	Build         string              `json:"build"`         // as in build.json
	Published     statePublished      `json:"published"`
}

// stateSite is the site in state.json.
type stateSite struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	Zone  string `json:"timezone"`
}

// stateNamed is a region in state.json.
type stateNamed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// stateGroup is a group in state.json.
type stateGroup struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

// stateComponent is a component in state.json.
type stateComponent struct {
	ID      string        `json:"id"`
	APIID   string        `json:"api_id"`
	Name    string        `json:"name"`
	Group   *string       `json:"group"`
	Path    string        `json:"path"`
	Status  string        `json:"status"`
	Label   *string       `json:"label"`
	ETA     *string       `json:"eta"`
	Differs bool          `json:"differs"`
	Regions []stateRegion `json:"regions"`
	Target  *float64      `json:"target"`
	Uptime  []stateUptime `json:"uptime"`
}

// stateRegion is a component in one region.
type stateRegion struct {
	Region *string `json:"region"` // null for a global component
	Status string  `json:"status"`
	Label  *string `json:"label"`
	ETA    *string `json:"eta"`
	Since  *string `json:"since"`
	Entry  *string `json:"entry"` // the entry's address
}

// stateUptime is the uptime in a month in the site's time zone, up to now in the current
// one.
type stateUptime struct {
	Month   string `json:"month"`
	Percent string `json:"percent"`
}

// stateEntry is an incident or maintenance window in state.json.
type stateEntry struct {
	Slug       string   `json:"slug"`
	APIID      string   `json:"api_id"`
	Kind       string   `json:"kind"`
	Title      string   `json:"title"`
	Path       string   `json:"path"`
	Severity   string   `json:"severity"`
	Status     string   `json:"status"`
	Start      string   `json:"start"`
	End        *string  `json:"end"`
	NextUpdate *string  `json:"next_update"`
	Overdue    bool     `json:"overdue"`
	Components []string `json:"components"`
}

// stateForeseen is the state at a future instant, as far as it is known now.
type stateForeseen struct {
	At         string            `json:"at"`
	Indicator  string            `json:"indicator"`
	Answer     string            `json:"description"`
	Components map[string]string `json:"components"` // the components whose status changes then, by id
}

// buildJSON returns build.json.
func (b *build) buildJSON() ([]File, error) {
	return []File{{Path: "build.json", Append: func(into []byte) ([]byte, error) {
		return appendJSON(into, buildFile{b.id(), b.settings.version, rfc3339(b.now), timeOrNil(b.future.next)})
	}}}, nil
}

// stateFile returns state.json, with what published returns.
func (b *build) stateFile(published func() statePublished) File {
	return File{Path: "state.json", Append: func(into []byte) ([]byte, error) {
		full := b.fullState()
		full.Published = published()
		return appendWithList(into, full, "entries", b.appendRecords)
	}}
}

// fullState returns state.json.
func (b *build) fullState() stateFile {
	s := b.settings.site
	healthy, total := b.state.Healthy()
	full := stateFile{
		Site: stateSite{s.Title.Default, s.URL, s.Zone.String()}, At: rfc3339(b.now), NextChange: timeOrNil(b.future.next),
		Indicator: b.state.Indicator.String(), Answer: b.state.Description, Healthy: healthy, Total: total,
		Regions: []stateNamed{}, Groups: []stateGroup{}, Components: []stateComponent{},
		Open: b.stateEntries(b.state.Open), Active: b.stateEntries(b.state.Active), Upcoming: b.stateEntries(b.state.Upcoming),
		Foreseen: []stateForeseen{}, Announcements: b.stateAnnouncements(), Build: b.id(),
	}
	for _, r := range s.Regions {
		full.Regions = append(full.Regions, stateNamed{r.ID, r.Name.Default})
	}
	for i, g := range s.Groups {
		if !b.state.GroupListed(g.ID) {
			continue
		}
		full.Groups = append(full.Groups, stateGroup{g.ID, g.Name.Default, b.state.Groups[i].String()})
	}
	for _, cs := range b.listedComponents() {
		full.Components = append(full.Components, b.stateComponent(cs))
	}
	before := b.state
	for _, later := range b.future.indexes {
		after := later.state
		coming := stateForeseen{rfc3339(later.now), after.Indicator.String(), after.Description, map[string]string{}}
		for i, cs := range after.Components {
			if cs.Listed && cs.Status != before.Components[i].Status {
				coming.Components[cs.Component.ID] = cs.Status.String()
			}
		}
		full.Foreseen = append(full.Foreseen, coming)
		before = after
	}
	return full
}

// stateComponent returns a component with its regions and a year of uptime.
func (b *build) stateComponent(cs site.ComponentState) stateComponent {
	c := cs.Component
	one := stateComponent{
		ID: c.ID, APIID: c.APIID(), Name: c.Name.Default, Group: stringOrNil(c.Group), Path: componentPath(c.ID),
		Status: cs.Status.String(), Label: stringOrNil(cs.Label.Default), ETA: timeOrNil(cs.ETA), Differs: cs.Differs,
		Regions: []stateRegion{}, Uptime: []stateUptime{},
	}
	if c.Target.Percent > 0 {
		one.Target = &c.Target.Percent
	}
	for _, r := range cs.Regions {
		region := stateRegion{
			Region: stringOrNil(r.Region), Status: r.Status.String(), Label: stringOrNil(r.Label.Default),
			ETA: timeOrNil(r.ETA), Since: timeOrNil(r.Since),
		}
		if r.Entry != nil {
			region.Entry = stringOrNil(entryPath(r.Entry))
		}
		one.Regions = append(one.Regions, region)
	}
	if !b.settings.site.Uptime.Show {
		return one
	}
	for _, m := range b.lastMonths(12) {
		if ratio := b.history.Uptime(c, site.Everywhere, m.Start, m.End); ratio.Known() {
			one.Uptime = append(one.Uptime, stateUptime{m.Start.Format("2006-01"), ratio.Percent(c.Target.Decimals)})
		}
	}
	return one
}

// lastMonths returns the current month and the n-1 before it in the site's time zone,
// newest first.
func (x *index) lastMonths(n int) []site.Interval {
	return x.monthsUpTo(x.now, n)
}

// monthsUpTo returns the month of an instant and the n-1 before it in the site's time
// zone, newest first.
func (x *index) monthsUpTo(last time.Time, n int) []site.Interval {
	year, month, _ := last.In(x.settings.site.Zone).Date()
	var months []site.Interval
	for i := range n {
		from := time.Date(year, month-time.Month(i), 1, 0, 0, 0, 0, x.settings.site.Zone)
		months = append(months, site.Interval{Start: from, End: from.AddDate(0, 1, 0)})
	}
	return months
}

// stateEntries returns entries for state.json; never nil, which JSON would write as null.
func (b *build) stateEntries(entries []*site.Entry) []stateEntry {
	list := []stateEntry{}
	for _, e := range entries {
		whole := b.stateSpan(e)
		one := stateEntry{
			Slug: e.Slug, APIID: entryID(e), Kind: e.Kind.String(), Title: e.Title.Default, Path: entryPath(e),
			Severity: b.factsOf(e).severity().String(), Status: e.Phase(b.now).String(),
			Start: rfc3339(whole.Start), End: timeOrNil(whole.End),
			Overdue: e.Overdue(b.now), Components: []string{},
		}
		if e.Promised(b.now) {
			one.NextUpdate = timeOrNil(e.NextUpdate.Time)
		}
		for _, c := range b.affected(e) {
			one.Components = append(one.Components, c.ID)
		}
		list = append(list, one)
	}
	return list
}

// timeOrNil returns an instant in UTC to the second, or nil, which JSON writes as null,
// for the zero time.
func timeOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return stringOrNil(rfc3339(t))
}
