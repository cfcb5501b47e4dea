package importer

import (
	"slices"
	"strings"
)

// registry gives components ids, and finds them by what the tool calls them.
type registry struct {
	*reader
	taken  ids
	byName map[string]string
	groups map[string]string
	areIDs bool // entries call components by their ids in the API
}

// newRegistry returns an empty registry.
func (r *reader) newRegistry() *registry {
	return &registry{reader: r, taken: ids{}, byName: map[string]string{}, groups: map[string]string{}}
}

// declare adds a component that the page lists. key is what entries call it.
func (g *registry) declare(key string, c Component) string {
	if id, known := g.byName[key]; known {
		return id
	}
	if c.ID == "" {
		c.ID = c.Name
	}
	wanted := c.ID
	if c.ID = g.taken.take(wanted, c.Name, key); c.Name == "" {
		c.Name = wanted
	}
	c.Position = len(g.out.Components)
	g.byName[key] = c.ID
	g.out.Components = append(g.out.Components, c)
	return c.ID
}

// group adds a group by its name, or finds it, and returns its id.
func (g *registry) group(name, description string) string {
	if id := g.groups[name]; id != "" {
		return id
	}
	id := idOf(name)
	if g.taken[id] {
		id = g.taken.take(name + " group")
	} else {
		id = g.taken.take(name)
	}
	g.groups[name] = id
	g.out.Groups = append(g.out.Groups, Group{ID: id, Name: name, Description: oneLine(description), Position: len(g.out.Components)})
	return id
}

// find returns the id of a component. One that the page does not list is added as unlisted.
func (g *registry) find(key, name string, from *node) string {
	if id, known := g.byName[key]; known {
		return id
	}
	for known, id := range g.byName {
		if strings.EqualFold(strings.TrimSpace(known), strings.TrimSpace(key)) {
			return id
		}
	}
	c := Component{Name: name, Unlisted: true}
	if g.areIDs && apiID(key) {
		c.APIID = key
	}
	id := g.declare(key, c)
	if g.areIDs && name == key {
		g.lose(nil, "unnamed", from, "component "+id)
	}
	g.lose(nil, "unlisted", from, "component "+id)
	return id
}

// listUnlisted makes all components ordinary ones if the page lists none.
func (g *registry) listUnlisted() {
	for _, c := range g.out.Components {
		if !c.Unlisted {
			return
		}
	}
	for i := range g.out.Components {
		g.out.Components[i].Unlisted = false
	}
	g.out.Losses = slices.DeleteFunc(g.out.Losses, func(l Loss) bool { return l.Rule == "unlisted" })
}
