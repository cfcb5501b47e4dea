package source

import (
	"fmt"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// group reads a group. Its components have a placeholder as the group's id until
// nameGroups knows every id.
func (m *manifest) group(v value) {
	g := site.Group{Pos: v.pos}
	wanted, mark := "", placeholder(len(m.site.Groups))
	m.site.Groups = append(m.site.Groups, g)
	m.wanted = append(m.wanted, "")
	m.each(v, groupKeys, "a group", func(p pair) {
		switch p.name {
		case "group":
			g.Name, g.Pos = m.texts(p), p.value.pos
		case "id":
			if wanted = m.identifier(p, "group"); wanted != "" && m.twice(m.taken, wanted, p.value.pos, "component or group") {
				wanted = ""
			}
		case "api_id":
			g.OwnID = m.ownID(p)
		case "description":
			g.Description = m.texts(p)
		case "collapsed":
			g.Collapsed = m.boolean(p, false)
		case "components":
			if p.shape != list {
				m.wrong(p, "a list", "write - {id: website, name: Website} for each component")
				return
			}
			for _, item := range p.items {
				m.member(item, mark)
			}
		}
	})
	m.needs(v, "group", "group")
	m.site.Groups[placeIn(mark)] = g
	m.wanted[placeIn(mark)] = wanted
}

// member reads a component of a group.
func (m *manifest) member(v value, group string) {
	if has(v, "group") || has(v, "components") {
		m.problems.Error(v.pos, "nested-group", "move it out: groups have one level", "a group cannot contain a group")
		return
	}
	m.component(v, group)
}

// placeholder returns a temporary id for group n.
func placeholder(n int) string { return fmt.Sprintf("\x00%d", n) }

// placeIn returns the number of the group in a placeholder.
func placeIn(mark string) int {
	n := 0
	fmt.Sscanf(mark, "\x00%d", &n)
	return n
}

// nameGroups gives every group an id, and sets it in the group's components.
func (m *manifest) nameGroups() {
	for i := range m.site.Groups {
		g := &m.site.Groups[i]
		g.ID, g.Named = m.wanted[i], m.wanted[i] != ""
		if g.ID == "" {
			g.ID = m.free(orElse(strings.ReplaceAll(slugify(g.Name.Default), "_", "-"), "group"))
		}
	}
	for i := range m.site.Components {
		c := &m.site.Components[i]
		if c.Group != "" {
			c.Group = m.site.Groups[placeIn(c.Group)].ID
		}
	}
}

// free returns an unused id that is like the wanted one.
func (m *manifest) free(wanted string) string {
	id := wanted
	for n := 2; ; n++ {
		_, taken := m.taken[id]
		if !taken && !reserved(id) && id != "overall" && id != "all" {
			m.taken[id] = diag.Pos{}
			return id
		}
		id = fmt.Sprintf("%s-%d", wanted, n)
	}
}
