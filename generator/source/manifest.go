package source

import (
	"io/fs"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// manifestFile is the path of the component manifest.
const manifestFile = "content/components.yml"

// readManifest reads components.yml: regions, groups, components and measurements.
func readManifest(fsys fs.FS, d decoder, s *site.Site) {
	v, ok := readDataFile(fsys, manifestFile, "create it with the components of your service", d.problems)
	if s.Undeclared = !ok || v.shape != table; !ok {
		return
	}
	m := manifest{decoder: d, site: s, taken: map[string]diag.Pos{}, names: map[string][]site.Component{}}
	d.each(v, manifestKeys, "components.yml", func(p pair) {
		switch p.name {
		case "regions":
			m.regions(p)
		case "components":
			m.components(p)
		case "measurements":
			m.measurements(p)
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
	taken  map[string]diag.Pos         // positions of the ids of components and groups, in lower case
	names  map[string][]site.Component // by group and name, in lower case
	wanted []string                    // the id keys of groups, in order; "" for none
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

// component reads a component of a group; "" means none.
func (m *manifest) component(v value, group string) {
	c := site.Component{Group: group, Pos: v.pos}
	var until site.Moment
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
		case "until":
			until = m.moment(p, parseDay)
			c.Until = until.Time
		case "unlisted":
			c.Unlisted = m.boolean(p, true)
		case "api_id":
			c.OwnID = m.ownID(p)
		case "target":
			c.Target = m.percent(p)
		case "aliases":
			c.Aliases = m.aliases(p)
		}
	})
	if !m.needs(v, "component", "id") || c.ID == "" || m.twice(m.taken, c.ID, c.Pos, "component") {
		return
	}
	if !c.Until.IsZero() && !c.Until.After(c.Since) {
		m.problems.Error(until.Pos, "until-before-since", "correct the wrong one of the two", "until must be after since")
		c.Until = time.Time{}
	}
	if c.Name.Default == "" && !has(v, "name") {
		c.Name.Default = c.ID
	}
	m.nameTwice(c)
	m.site.Components = append(m.site.Components, c)
}

// nameTwice warns of two listed components that are in service at the same time with the
// same name in one group: neither visitors nor API clients that search by name could tell
// them apart.
func (m *manifest) nameTwice(c site.Component) {
	if c.Unlisted {
		return
	}
	key := c.Group + "\x00" + strings.ToLower(c.Name.Default)
	for _, other := range m.names[key] {
		if c.Retired(other.Since) || other.Retired(c.Since) {
			continue // one took the place of the other
		}
		m.problems.Warn(c.Pos, "duplicate-name", "give them different names, so that visitors can tell them apart",
			"components %q and %q have the same name: %s", other.ID, c.ID, c.Name.Default)
		return
	}
	m.names[key] = append(m.names[key], c)
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

// ownID reads an api_id, with its position.
func (m *manifest) ownID(p pair) site.Ref { return site.Ref{ID: m.apiID(p), Pos: p.value.pos} }
