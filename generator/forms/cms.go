package forms

import (
	"bytes"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/generator/yaml"
)

// collection is a folder of entries, as an editor in the browser shows it.
type collection struct {
	name, label, singular string
	kind                  string // the name of its schema
	hint                  string // for the text
}

// byHand are keys for which an editor's fields are no help: those of a series, and what only
// importers and ingest write. Editors keep keys that they do not know.
var byHand = []string{"repeat", "announce", "id", "aliases", "source"}

var collections = []collection{
	{"incidents", "Incidents", "Incident", "incident",
		"Markdown. A heading such as ## Identified — 2026-11-28 03:50 begins an update, ## Postmortem the report."},
	{"maintenance", "Maintenance", "Maintenance window", "maintenance",
		"Markdown: what it is for. A heading such as ## In progress — 2026-11-28 03:50 begins an update."},
	{"announcements", "Announcements", "Announcement", "announcement", "Markdown."},
}

// CMS returns a configuration for Sveltia CMS and Decap CMS, made from the schemas of the
// content format and from the site's components at t. Times are texts with a pattern,
// since a widget for dates would rewrite them, and the body is edited as it is, since rich
// text would rewrite headings. Sources: sveltiacms.app/en/docs and decapcms.org/docs.
func CMS(s *site.Site, t time.Time) ([]byte, error) {
	out := writer{choices: Of(s, t)}
	out.line("# Sveltia CMS and Decap CMS: config.yml. Made by allclear schema --cms from the schemas of the",
		"# content and from components.yml; make it again after changes to these. It belongs beside a",
		"# page of its own, on another address than the status page: docs/editing.md.",
		"backend:", "  name: github # or gitlab", "  repo: OWNER/REPOSITORY", "  branch: main",
		"local_backend: true # Decap CMS on this machine, with npx decap-server",
		"media_folder: content/static", "public_folder: /",
		"slug: {encoding: ascii, clean_accents: true}",
		"output: {omit_empty_optional_fields: true} # Sveltia CMS: empty fields are no keys",
		"collections:")
	for _, c := range collections {
		schema, err := schemaOf(c.kind)
		if err != nil {
			return nil, err
		}
		out.line("  - name: "+c.name, "    label: "+c.label, "    label_singular: "+c.singular,
			"    folder: content/"+c.name, "    create: true", "    extension: md", "    format: frontmatter",
			`    slug: "{{year}}-{{month}}-{{day}}-{{slug}}"`)
		if years(s, c.name) {
			out.line(`    path: "{{year}}/{{slug}}" # this site has a folder for each year`)
		}
		out.line("    fields:")
		required := texts(child(schema, "required"))
		if c.kind == "maintenance" {
			required = append(required, "start")
		}
		out.fields("      ", schema, required, byHand)
		out.line("      - name: body", "        label: Text", "        widget: markdown", "        modes: [raw]", "        required: false",
			"        hint: "+source.WriteText(c.hint))
	}
	return out.Bytes(), nil
}

// schemaOf returns a JSON Schema as a tree. JSON is YAML, and the tree keeps the order of keys.
func schemaOf(kind string) (*yaml.Node, error) {
	data, err := source.Schema(kind)
	if err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&doc); err != nil && err != io.EOF {
		return nil, err
	}
	return doc.Content[0], nil
}

// yearFolder matches the path of a file in a folder for a year, inside that of its kind.
var yearFolder = regexp.MustCompile(`^content/[a-z]+/[0-9]{4}/[^/]+$`)

// years reports whether most files of a kind are in folders for years. An editor lists only
// files at the depth that its configuration says.
func years(s *site.Site, folder string) bool {
	in, all := 0, 0
	count := func(file string) {
		if strings.HasPrefix(file, path.Join("content", folder)+"/") {
			if all++; yearFolder.MatchString(file) {
				in++
			}
		}
	}
	for i := range s.Entries {
		count(s.Entries[i].Pos.File)
	}
	for i := range s.Announcements {
		count(s.Announcements[i].Pos.File)
	}
	return in*2 > all
}

// writer writes the configuration.
type writer struct {
	bytes.Buffer
	choices Choices
}

func (w *writer) line(lines ...string) {
	for _, line := range lines {
		w.WriteString(line + "\n")
	}
}

// fields writes the fields for the keys of an object.
func (w *writer) fields(indent string, object *yaml.Node, required, skip []string) {
	list := child(object, "properties").Content
	for i := 0; i < len(list); i += 2 {
		name, schema := list[i].Value, list[i+1]
		if options, fromSite := w.options(name); slices.Contains(skip, name) || fromSite && len(options) == 0 {
			continue
		}
		w.line(indent+"- name: "+name, indent+"  label: "+source.WriteText(humanized(name)))
		w.widget(indent+"  ", name, schema)
		if !slices.Contains(required, name) {
			w.line(indent + "  required: false")
		}
		if about := child(schema, "description"); about != nil {
			w.line(indent + "  hint: " + source.WriteText(about.Value))
		}
	}
}

// options returns the choices of a key that names components, groups or regions.
func (w *writer) options(name string) (list []string, fromSite bool) {
	switch name {
	case "components":
		return append([]string{"all"}, w.choices.Components...), true
	case "groups":
		return w.choices.Groups, true
	case "regions":
		return w.choices.Regions, true
	}
	return nil, false
}

// widget writes what edits the value of a key: a choice where the site or the schema says
// what there is, a list, a switch, or a text with the schema's pattern.
func (w *writer) widget(indent, name string, schema *yaml.Node) {
	first := schema
	if any := child(schema, "anyOf"); any != nil {
		first = any.Content[0]
	}
	items := child(schema, "items")
	switch options, fromSite := w.options(name); {
	case fromSite:
		w.line(indent+"widget: select", indent+"multiple: true", indent+"options:")
		for _, option := range options {
			id, label, found := strings.Cut(option, ": ")
			if !found {
				label = id
			}
			w.line(indent + "  - {label: " + source.WriteText(label) + ", value: " + source.WriteText(id) + "}")
		}
	case child(first, "enum") != nil:
		w.line(indent + "widget: select")
		w.line(indent + "options: [" + strings.Join(texts(child(first, "enum")), ", ") + "]")
	case kind(schema) == "boolean":
		w.line(indent + "widget: boolean")
	case items != nil && kind(items) == "object":
		w.line(indent+"widget: list", indent+"collapsed: false", indent+"fields:")
		w.fields(indent+"  ", items, texts(child(items, "required")), nil)
	case isList(schema):
		w.line(indent + "widget: list")
	default:
		w.line(indent + "widget: string")
		if pattern := child(first, "pattern"); pattern != nil && pattern.Value != `\S` {
			w.line(indent + "pattern: [" + source.WriteText(pattern.Value) + ", " + source.WriteText(example(pattern.Value)) + "]")
		}
	}
}

// example returns what an editor says about a text that the pattern of its key refuses.
func example(pattern string) string {
	switch {
	case strings.Contains(pattern, `\d{2}:\d{2}`):
		return "write a time such as 2026-11-28 03:50, in the zone of site.yml, or with one: 2026-11-28 03:50 UTC"
	case strings.Contains(pattern, `\d{4}`):
		return "write a date or a time, such as 2026-11-28 or 2026-11-28 03:50"
	}
	return "write a duration such as 90m, 1h30m or 2d"
}

// isList reports whether a schema also takes a list.
func isList(schema *yaml.Node) bool {
	any := child(schema, "anyOf")
	return any != nil && slices.ContainsFunc(any.Content, func(n *yaml.Node) bool { return kind(n) == "array" })
}

// child returns the value of a key, or nil.
func child(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// kind returns the type that a schema demands, or "".
func kind(n *yaml.Node) string {
	if t := child(n, "type"); t != nil {
		return t.Value
	}
	return ""
}

// texts returns the items of a list of texts.
func texts(n *yaml.Node) []string {
	var list []string
	if n != nil {
		for _, item := range n.Content {
			list = append(list, item.Value)
		}
	}
	return list
}

// humanized returns a key as a label: "Next update".
func humanized(name string) string {
	return strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
}
