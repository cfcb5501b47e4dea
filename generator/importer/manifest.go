package importer

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"allclear/generator/source"
)

// manifest writes components.yml for a site that has none.
func (s *Source) manifest() *document {
	d := &document{}
	if len(s.Regions) > 0 {
		d.add("", "regions:")
		for _, r := range s.Regions {
			d.add("region "+r.ID, "  - {id: "+quoteNumber(r.ID)+", name: "+source.WriteText(r.Name)+"}")
		}
		d.add("", "")
	}
	d.add("", "components:")
	s.items(d, "  ")
	return d
}

// items writes the groups and components as a list with an indentation.
func (s *Source) items(d *document, indent string) {
	type item struct {
		position int
		write    func()
	}
	var list []item
	for _, c := range s.Components {
		if c.Group == "" {
			list = append(list, item{c.Position, func() { d.component(c, indent) }})
		}
	}
	for _, g := range s.Groups {
		list = append(list, item{g.Position, func() { s.group(d, g, indent) }})
	}
	slices.SortStableFunc(list, func(a, b item) int { return cmp.Compare(a.position, b.position) })
	for _, i := range list {
		i.write()
	}
}

// group writes a group with its components, unless it has none.
func (s *Source) group(d *document, g Group, indent string) {
	var children []Component
	for _, c := range s.Components {
		if c.Group == g.ID {
			children = append(children, c)
		}
	}
	if len(children) == 0 {
		return
	}
	slices.SortStableFunc(children, func(a, b Component) int { return cmp.Compare(a.Position, b.Position) })
	d.add("group "+g.ID, indent+"- group: "+source.WriteText(g.Name))
	key := func(key, value string) {
		if value != "" {
			d.add("group "+g.ID, indent+"  "+key+": "+value)
		}
	}
	if source.Slug(g.Name) != g.ID {
		key("id", quoteNumber(g.ID))
	}
	if g.Description != "" {
		key("description", source.WriteText(g.Description))
	}
	if g.Collapsed {
		key("collapsed", "true")
	}
	if g.APIID != "" {
		key("api_id", quoteNumber(g.APIID))
	}
	d.add("", indent+"  components:")
	for _, c := range children {
		d.component(c, indent+"    ")
	}
}

// component writes a component as an item of a list.
func (d *document) component(c Component, indent string) {
	mark := "component " + c.ID
	d.add(mark, indent+"- id: "+quoteNumber(c.ID))
	key := func(key, value string) {
		if value != "" {
			d.add(mark+" "+key, indent+"  "+key+": "+value)
		}
	}
	texts := func(name, value string) {
		if value != "" {
			key(name, source.WriteText(value))
		}
	}
	texts("name", c.Name)
	texts("description", c.Description)
	texts("url", c.URL)
	if len(c.Regions) > 0 {
		key("regions", source.WriteList(c.Regions))
	}
	key("since", c.Since)
	key("until", c.Until)
	if c.Unlisted {
		key("unlisted", "true")
	}
	if len(c.Aliases) > 0 {
		var list []string
		for _, a := range c.Aliases {
			list = append(list, writeAddress(a))
		}
		key("aliases", "["+strings.Join(list, ", ")+"]")
	}
	if c.APIID != "" {
		key("api_id", quoteNumber(c.APIID))
	}
}

// keys writes the settings of site.yml that are not in known.
func (s *Source) keys(d *document, known func(key string) bool) {
	key := func(key, value string) {
		if value != "" && !known(key) {
			d.add(key, key+": "+source.WriteText(value))
		}
	}
	key("title", cmp.Or(s.Site.Title, "Status"))
	key("url", s.Site.URL)
	key("description", s.Site.Description)
	if !known("title") { // in a site that exists they would change what times and texts mean
		key("timezone", s.Site.Zone)
		if len(s.Site.Languages) > 0 {
			d.add("languages", "languages: "+source.WriteList(s.Site.Languages))
		}
	}
	key("homepage", s.Site.Homepage)
	key("support", s.Site.Support)
	if apiID(s.Site.ID) && !known("id") {
		d.add("id", "id: "+quoteNumber(s.Site.ID))
	}
	links := func(key string, list []Link) {
		if len(list) == 0 || known(key) {
			return
		}
		d.add(key, key+":")
		for _, l := range list[:min(12, len(list))] {
			d.add(key, "  - {name: "+source.WriteText(l.Name)+", url: "+source.WriteText(l.URL)+"}")
		}
	}
	links("links", s.Site.Links)
	links("footer", s.Site.Footer)
	if len(s.Site.Redirects) > 0 && !known("redirects") {
		d.add("redirects", "redirects:")
		for _, r := range s.Site.Redirects {
			d.add("redirect "+r.From, "  "+writeAddress(r.From)+": "+writeAddress(r.To))
		}
	}
}

// topKeys returns the keys of a YAML file that somebody wrote, or nil if it cannot be read.
func topKeys(data []byte) map[string]bool {
	documents, problem := parseYAML("", data, 1)
	if problem != nil || len(documents) == 0 || documents[0].shape != object {
		return nil
	}
	keys := map[string]bool{}
	for _, item := range documents[0].items {
		keys[item.key] = true
	}
	return keys
}

// appended returns a file with lines added at its end.
func appended(data []byte, d *document) []byte {
	data = bytes.TrimRight(data, "\n")
	return append(append(bytes.Clone(data), '\n'), d.bytes()...)
}

// listIndent returns the indentation of the items below the last top-level key of a YAML
// file, which has to be components. It returns false if items cannot be added there.
func listIndent(data []byte) (indent string, ok bool) {
	inside := false
	for line := range strings.Lines(string(data)) {
		text := strings.TrimSpace(line)
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case line[0] != ' ' && line[0] != '-':
			inside = strings.HasPrefix(line, "components:") && strings.TrimSpace(strings.TrimPrefix(line, "components:")) == ""
			indent, ok = "", false
		case inside && !ok && strings.HasPrefix(text, "- "):
			indent, ok = line[:strings.Index(line, "-")], true
		}
	}
	return indent, ok
}
