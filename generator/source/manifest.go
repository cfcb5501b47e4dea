package source

import (
	"fmt"
	"io/fs"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// manifestFile is the path of the component manifest.
const manifestFile = "content/components.yml"

// readManifest reads components.yml: regions, groups and components.
func readManifest(fsys fs.FS, d decoder, s *site.Site) {
	v, ok := readDataFile(fsys, manifestFile, "create it with the components of your service", d.problems)
	if s.Undeclared = !ok || v.shape != table; !ok {
		return
	}
	m := manifest{decoder: d, site: s, taken: map[string]diag.Pos{}, names: map[string]string{}}
	d.each(v, manifestKeys, "components.yml", func(p pair) {
		switch p.name {
		case "regions":
			m.regions(p)
		case "components":
			m.components(p)
		}
	})
	if len(s.Components) == 0 && v.shape == table && !has(v, "components") {
		d.problems.Error(diag.Pos{File: manifestFile}, "no-components",
			"list at least one: components: [{id: website, name: Website}]", "the site has no components")
	}
	m.nameGroups()
}

// manifest reads the component manifest.
type manifest struct {
	decoder
	site   *site.Site
	taken  map[string]diag.Pos // positions of the ids of components and groups, in lower case
	names  map[string]string   // component ids by group and name, in lower case
	wanted []string            // the id keys of groups, in order; "" for none
}

// has reports whether a table has a key.
func has(v value, key string) bool {
	_, ok := v.get(key)
	return ok
}

// regions reads the list of regions.
func (m *manifest) regions(p pair) {
	if p.shape != list {
		m.wrong(p, "a list", "write - {id: eu, name: Europe} for each region")
		m.site.Undeclared = true
		return
	}
	seen := map[string]diag.Pos{}
	for _, item := range p.items {
		r := site.Region{Pos: item.pos}
		m.each(item, regionKeys, "a region", func(p pair) {
			switch p.name {
			case "id":
				r.ID, r.Pos = m.identifier(p, "region"), p.value.pos
			case "name":
				r.Name = m.texts(p)
			}
		})
		if !m.needs(item, "region", "id") || r.ID == "" || m.twice(seen, r.ID, r.Pos, "region") {
			continue
		}
		if r.Name.Default == "" && !has(item, "name") {
			r.Name.Default = r.ID
		}
		m.site.Regions = append(m.site.Regions, r)
	}
}

// components reads the list of components and groups.
func (m *manifest) components(p pair) {
	if p.shape != list {
		m.wrong(p, "a list", "write - {id: website, name: Website} for each component")
		m.site.Undeclared = true
		return
	}
	for _, item := range p.items {
		if has(item, "group") || has(item, "components") {
			m.group(item)
		} else {
			m.component(item, "")
		}
	}
}

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

// component reads a component of a group; "" means none.
func (m *manifest) component(v value, group string) {
	c := site.Component{Group: group, Pos: v.pos}
	m.each(v, componentKeys, "a component", func(p pair) {
		switch p.name {
		case "id":
			c.ID, c.Pos = m.identifier(p, "component"), p.value.pos
		case "name":
			c.Name = m.texts(p)
		case "description":
			c.Description = m.texts(p)
		case "url":
			c.URL = m.url(p, "http", "https", "mailto", "tel")
		case "regions":
			c.Regions = m.list(p)
		case "since":
			c.Since = m.moment(p, parseDay).Time
		case "target":
			c.Target = m.target(p)
		case "aliases":
			c.Aliases = m.aliases(p)
		}
	})
	if !m.needs(v, "component", "id") || c.ID == "" || m.twice(m.taken, c.ID, c.Pos, "component") {
		return
	}
	if c.Name.Default == "" && !has(v, "name") {
		c.Name.Default = c.ID
	}
	m.nameTwice(c)
	m.site.Components = append(m.site.Components, c)
}

// nameTwice warns of two components with the same name in one group: neither visitors
// nor API clients that search by name could tell them apart.
func (m *manifest) nameTwice(c site.Component) {
	key := c.Group + "\x00" + strings.ToLower(c.Name.Default)
	if other, taken := m.names[key]; taken {
		m.problems.Warn(c.Pos, "duplicate-name", "give them different names, so that visitors can tell them apart",
			"components %q and %q have the same name: %s", other, c.ID, c.Name.Default)
		return
	}
	m.names[key] = c.ID
}

// needs reports a table without a key that it must have, and returns whether it has the
// key.
func (m *manifest) needs(v value, what, key string) bool {
	switch {
	case v.shape != table:
		return false
	case has(v, key):
		return true
	case key == "group":
		m.problems.Error(v.pos, "missing-group", "add group: Platform, the name of the group", "a %s needs %q", what, key)
	default:
		m.problems.Error(v.pos, "missing-id", "add id: …", "a %s needs %q", what, key)
	}
	return false
}

// twice reports an id that is in the manifest already. Case does not matter, since ids
// are addresses.
func (m *manifest) twice(seen map[string]diag.Pos, id string, at diag.Pos, what string) bool {
	key := strings.ToLower(id)
	if first, ok := seen[key]; ok {
		m.problems.Error(at, "duplicate-id", "give it a different id", "%s %q is declared twice; the first is on line %d",
			what, id, first.Line)
		return true
	}
	seen[key] = at
	return false
}

// identifier reads an id, or reports it and returns "".
func (m *manifest) identifier(p pair, what string) string {
	id, ok := m.text(p)
	if !ok {
		return ""
	}
	hint := "write letters, digits and hyphens, such as " + orElse(strings.ReplaceAll(slugify(id), "_", "-"), what+"-1")
	switch {
	case !identifier(id):
		m.problems.Error(p.value.pos, "bad-id", hint, "%s cannot be the id of a %s", quoted(id), what)
		return ""
	case reserved(id) || what != "region" && strings.EqualFold(id, "overall") || strings.EqualFold(id, "all"):
		m.problems.Error(p.value.pos, "reserved-id", "choose another id, such as "+id+"-1", "the id %q is reserved", id)
		return ""
	}
	return id
}

// orElse returns s, or otherwise if s is empty.
func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// target reads a service-level objective in percent.
func (m *manifest) target(p pair) site.Target {
	percent := m.number(p, 0, 100, 0)
	if p.shape != number || percent == 0 {
		if p.shape == number && strings.Trim(p.value.text, "0.+-") == "" {
			m.problems.Error(p.value.pos, "out-of-range", "write a percentage such as 99.95", "%q must be above 0", p.name)
		}
		return site.Target{}
	}
	_, decimals, _ := strings.Cut(p.value.text, ".")
	if len(decimals) > maxDecimals {
		m.problems.Error(p.value.pos, "out-of-range", "write a percentage such as 99.95", "%q has more than %d decimals",
			p.name, maxDecimals)
		return site.Target{}
	}
	return site.Target{Percent: percent, Decimals: len(decimals)}
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
