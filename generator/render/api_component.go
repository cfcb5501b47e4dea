package render

import (
	"time"

	"allclear/generator/site"
)

// lifetime is when a component came to be and when its status last changed.
type lifetime struct{ created, updated time.Time }

// lifetimes finds each component's, by id. A component without a since
// date is as old as the first thing published about the site.
func (a *api) lifetimes() map[string]lifetime {
	oldest := a.firstPublication()
	lives := map[string]lifetime{}
	for _, c := range a.settings.site.Components {
		life := lifetime{c.Since, c.Since}
		if c.Since.IsZero() {
			life = lifetime{oldest, oldest}
		}
		lives[c.ID] = life
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
			at := a.lastEdge(e.Windows(j, a.now))
			for k := range a.settings.site.Components {
				c := &a.settings.site.Components[k]
				if life := lives[c.ID]; at.After(life.updated) && len(e.Impacts[j].RegionsOf(c)) > 0 {
					lives[c.ID] = lifetime{life.created, at}
				}
			}
		}
	}
	return lives
}

// lastEdge is the newest start or end of some windows up to now, or zero.
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

// list fills in the components in the page's order: a group stands before its
// own, at the place of its first one. Positions count from 1 within a group.
func (a *api) fillComponents() {
	a.components = []apiComponent{}
	lives := a.lifetimes()
	places := map[string]int{} // of the groups in the list
	top := 0
	for _, cs := range a.state.Components {
		c := cs.Component
		if !cs.InService {
			continue // not in service yet: no page names it
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
}

func (a *api) component(cs site.ComponentState, life lifetime) apiComponent {
	c := cs.Component
	one := apiComponent{
		ID: ownID("component", c.ID), Name: c.Name.Default, Status: cs.Status.String(),
		CreatedAt: apiTime(life.created), UpdatedAt: apiTime(life.updated),
		Description: stringOrNil(c.Description.Default), Showcase: a.settings.site.Uptime.Show, PageID: a.page.ID,
	}
	if !c.Since.IsZero() {
		one.StartDate = stringOrNil(c.Since.In(a.settings.site.Zone).Format(time.DateOnly))
	}
	return one
}

func (a *api) group(g *site.Group, position int, life lifetime) apiComponent {
	status := site.Operational
	for i := range a.settings.site.Groups {
		if a.settings.site.Groups[i].ID == g.ID {
			status = a.state.Groups[i]
		}
	}
	return apiComponent{
		ID: groupID(g), Name: g.Name.Default, Status: status.String(),
		CreatedAt: apiTime(life.created), UpdatedAt: apiTime(life.updated),
		Position: position, PageID: a.page.ID, Group: true,
	}
}
