package render

import (
	"time"

	"allclear/generator/site"
)

// lifetime holds when a component was created and when its status last changed.
type lifetime struct{ created, updated time.Time }

// lifetimes returns the lifetime of each component, by id. A component without a since
// date was created when the site first published something.
func (a *api) lifetimes() map[string]lifetime {
	oldest := a.firstPublication()
	components := a.settings.site.Components
	lives := make([]lifetime, len(components))
	for k := range components {
		c := &components[k]
		life := lifetime{c.Since, c.Since}
		if c.Since.IsZero() {
			life = lifetime{oldest, oldest}
		}
		if c.Retired(a.now) && c.Until.After(life.updated) {
			life.updated = c.Until
		}
		lives[k] = life
	}
	for i := range a.entries {
		e := &a.entries[i]
		if !listed(e, a.now) {
			continue
		}
		for j := range e.Impacts {
			if e.Impacts[j].Status == site.Operational {
				continue
			}
			windows := e.Windows(j, a.now)
			at := a.lastEdge(windows)
			for k := range components {
				c := &components[k]
				if at.After(lives[k].updated) && !c.Retired(at) && e.Impacts[j].Affects(c, windows[0].Start) {
					lives[k].updated = at
				}
			}
		}
	}
	byID := make(map[string]lifetime, len(lives))
	for k := range components {
		byID[components[k].ID] = lives[k]
	}
	return byID
}

// lastEdge returns the newest start or end of the windows that is not after now, or the
// zero time.
func (a *api) lastEdge(windows []site.Interval) time.Time {
	var last time.Time
	for _, w := range windows {
		for _, t := range []time.Time{w.Start, w.End} {
			if !t.After(a.now) && t.After(last) {
				last = t
			}
		}
	}
	return last
}

// fillComponents fills in the components in the page's order. A group comes right before
// its first component. Positions start at 1 and count within a group.
func (a *api) fillComponents() {
	a.components = []apiComponent{}
	lives := a.lifetimes()
	places := map[string]int{} // where the groups are in the list
	top := 0
	for _, cs := range a.state.Components {
		c := cs.Component
		if !cs.Listed {
			continue
		}
		one := a.component(cs, lives[c.ID])
		if group := a.settings.site.Group(c.Group); group != nil {
			place, known := places[group.ID]
			if !known {
				top++
				place = len(a.components)
				places[group.ID] = place
				a.components = append(a.components, a.group(group, top, lives[c.ID]))
			}
			head := &a.components[place]
			head.Components = append(head.Components, one.ID)
			head.CreatedAt, head.UpdatedAt = min(head.CreatedAt, one.CreatedAt), max(head.UpdatedAt, one.UpdatedAt)
			one.GroupID, one.Position = &head.ID, len(head.Components)
		} else {
			top++
			one.Position = top
		}
		a.byID[c.ID] = one
		a.components = append(a.components, one)
	}
	a.addUnlisted(lives, places, top)
}

// addUnlisted adds the components that only entries name, since they are retired or
// unlisted. The API does not list them. Their positions follow those of the listed ones.
// They have a group only if that is listed.
func (a *api) addUnlisted(lives map[string]lifetime, places map[string]int, top int) {
	after := map[string]int{} // how many of them a group has
	for _, cs := range a.state.Components {
		c := cs.Component
		if cs.Listed || !cs.InService && !c.Retired(a.now) {
			continue
		}
		one := a.component(cs, lives[c.ID])
		if place, known := places[c.Group]; known {
			head := &a.components[place]
			after[c.Group]++
			one.GroupID, one.Position = &head.ID, len(head.Components)+after[c.Group]
		} else {
			top++
			one.Position = top
		}
		a.byID[c.ID] = one
	}
}

// component returns a component for the API. Its position and group are filled in later.
func (a *api) component(cs site.ComponentState, life lifetime) apiComponent {
	c := cs.Component
	one := apiComponent{
		ID: c.APIID(), Name: c.Name.Default, Status: cs.Status.String(),
		CreatedAt: apiTime(life.created), UpdatedAt: apiTime(life.updated),
		Description: stringOrNil(c.Description.Default), Showcase: a.settings.site.Uptime.Show, PageID: a.page.ID,
	}
	if !c.Since.IsZero() {
		one.StartDate = stringOrNil(c.Since.In(a.settings.site.Zone).Format(time.DateOnly))
	}
	return one
}

// group returns a group, which the API lists as a component. The caller adds its
// components.
func (a *api) group(g *site.Group, position int, life lifetime) apiComponent {
	status := site.Operational
	for i := range a.settings.site.Groups {
		if a.settings.site.Groups[i].ID == g.ID {
			status = a.state.Groups[i]
		}
	}
	return apiComponent{
		ID: g.APIID(), Name: g.Name.Default, Status: status.String(),
		CreatedAt: apiTime(life.created), UpdatedAt: apiTime(life.updated), Description: stringOrNil(g.Description.Default),
		Position: position, PageID: a.page.ID, Group: true,
	}
}
