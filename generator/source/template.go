package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// templates is the folder of the files that new and update start from. They are checked
// like other content, and never published.
const templates = "templates"

// TemplateFile returns the path of a template, from the site's folder.
func TemplateFile(name string) string { return "content/" + templates + "/" + name + ".md" }

// Templates returns the names of a site's templates, sorted.
func Templates(fsys fs.FS) []string {
	var names []string
	list, _ := fs.ReadDir(fsys, "content/"+templates)
	for _, entry := range list {
		name, ok := strings.CutSuffix(entry.Name(), ".md")
		if ok && !entry.IsDir() && wellFormedSlug(name) {
			names = append(names, name)
		}
	}
	return names
}

// Template is the content of a template.
type Template struct {
	Entry    site.Entry // the values of its front matter
	Duration string     // of a maintenance, as written; "" if not given
	Text     string     // Markdown, without the plan
	Plan     string     // the section with the plan of a maintenance, as written
	Keys     []TemplateKey
}

// TemplateKey is a key of a template's front matter.
type TemplateKey struct {
	Name string
	Line int    // in the template's file
	YAML string // the lines with the key and its value
}

// isKept reports whether one of the keys has a name.
func isKept(keys []TemplateKey, name string) bool {
	return slices.ContainsFunc(keys, func(k TemplateKey) bool { return k.Name == name })
}

// Has reports whether the front matter of the template has a key.
func (t Template) Has(key string) bool {
	return isKept(t.Keys, key)
}

// Foreign returns a key of the template that does not belong to a kind of content:
// incident, maintenance or announcement.
func (t Template) Foreign(kind string) (TemplateKey, bool) {
	keys := announcementKeys
	switch kind {
	case site.Incident.String():
		keys = keysOf(site.Incident)
	case site.Maintenance.String():
		keys = keysOf(site.Maintenance)
	}
	i := slices.IndexFunc(t.Keys, func(k TemplateKey) bool { return !known(keys, k.Name) })
	if i < 0 {
		return TemplateKey{}, false
	}
	return t.Keys[i], true
}

// ReadTemplate parses a template for a site. Its mistakes are among those that Read
// returns.
func ReadTemplate(data []byte, s *site.Site) Template {
	vocab := newVocabulary(s.Languages)
	d := decoder{zone: s.Zone, languages: s.Languages, vocab: &vocab, problems: &diag.List{}}
	return readTemplate(newFile("", string(data)), d, linkTable{})
}

// singleUse are the keys that belong to a single entry, with what to do instead.
var singleUse = map[string]string{
	"start": "remove it, and give --start", "end": "remove it, and give --end, or write duration: 90m for a maintenance",
	"next_update": "remove it, and give --next-update", "posted": "remove it", "id": "remove it", "aliases": "remove it",
	"eta": "remove it", "downtime": "remove it", "repeat": "remove it: a series is a file in content/maintenance/ itself",
	"announce": "remove it: a series is a file in content/maintenance/ itself", "updated": "remove it",
	"until": "remove it, and give --until",
}

// readTemplate parses a template. Unlike entries, it may lack everything.
func readTemplate(f file, d decoder, links linkTable) Template {
	var t Template
	var front value
	body := 0
	if _, mark := opening(f.text); mark != nil {
		var ok bool
		if front, body, ok = readFrontMatter(f, d.problems); !ok {
			return t
		}
	}
	t.Entry = site.Entry{Kind: templateKind(front), Pos: f.whole()}
	t.Keys = templateKeys(f, front, body)
	front.keys = slices.DeleteFunc(slices.Clone(front.keys), func(p pair) bool { return d.singleUse(p, f.path) })
	var own diag.List
	e := entryReader{decoder: d, f: f, front: front, entry: t.Entry}
	e.problems = &own
	e.readKeys()
	for _, p := range own {
		if p.Rule != "missing-components" && p.Rule != "missing-status" {
			*d.problems = append(*d.problems, p)
		}
	}
	t.Entry = e.entry
	if p, ok := front.get("duration"); ok {
		if _, ok := d.duration(p); ok {
			t.Duration = p.value.text
		}
	}
	d.templateText(f, body, links, &t)
	return t
}

// templateKind returns Maintenance for front matter with a key that only windows have.
func templateKind(front value) site.Kind {
	for _, p := range front.keys {
		if known(maintenanceKeys, p.name) && !known(incidentKeys, p.name) {
			return site.Maintenance
		}
	}
	return site.Incident
}

// singleUse reports a key of a template that belongs to a single entry.
func (d decoder) singleUse(p pair, name string) bool {
	if p.name == "impacts" {
		for _, impact := range p.items {
			for _, key := range impact.keys {
				if (key.name == "start" || key.name == "end" || key.name == "eta" || key.name == "downtime") && name != "" {
					d.problems.Error(key.pos, "template-key", "remove it", "%q belongs to one entry, not to a template", key.name)
				}
			}
		}
		return false
	}
	hint, single := singleUse[p.name]
	if single {
		d.problems.Error(p.pos, "template-key", hint, "%q belongs to one entry, not to a template", p.name)
	}
	return single
}

// templateText splits the body of a template into its plan and the rest.
func (d decoder) templateText(f file, body int, links linkTable, t *Template) {
	r := newBodyReader(f, body, d, links)
	defer scratches.Put(r.scratch)
	sections, _ := r.sections(t.Entry.Kind, body)
	for i, s := range sections {
		switch {
		case i > 0 && s.opens == plan:
			t.Plan += f.text[sections[i-1].to:s.to]
		case i > 0 && s.opens != ordinary:
			d.problems.Error(s.at, "template-heading", "remove the line: new and update write the heading, with its time",
				"a template holds the text of one update, without its heading")
		default:
			t.Text += f.text[s.from:s.to]
		}
	}
	t.Text, t.Plan = strings.Trim(t.Text, "\n"), strings.Trim(t.Plan, "\n")
}

// templateKeys returns the keys of the front matter, each as lines of YAML: as they are
// written, comments included, or, in another format, written anew.
func templateKeys(f file, front value, body int) []TemplateKey {
	var keys []TemplateKey
	lines := strings.SplitAfter(f.text[:body], "\n")
	verbatim := body > 0 && strings.HasPrefix(strings.TrimSpace(lines[0]), "---") && !strings.Contains(lines[0], "toml") &&
		!strings.Contains(lines[0], "json")
	last := len(lines)
	for last > 0 && !strings.HasPrefix(strings.TrimSpace(lines[last-1]), "---") { // the closing fence
		last--
	}
	for i, p := range front.keys {
		k := TemplateKey{Name: p.name, Line: p.pos.Line, YAML: p.name + ": " + writeValue(p.value) + "\n"}
		next := last
		if i+1 < len(front.keys) {
			next = front.keys[i+1].pos.Line
		}
		if verbatim && p.pos.Column == 1 && next > p.pos.Line {
			k.YAML = strings.Join(lines[p.pos.Line-1:next-1], "")
		}
		keys = append(keys, k)
	}
	return keys
}

// writeValue returns a value as YAML on one line.
func writeValue(v value) string {
	var parts []string
	switch v.shape {
	case text:
		return writeText(v.text)
	case number, boolean:
		return v.text
	case list:
		for _, item := range v.items {
			parts = append(parts, writeValue(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case table:
		for _, p := range v.keys {
			parts = append(parts, writeText(p.name)+": "+writeValue(p.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return ""
}

// templates lists the templates. They are in the folder itself, since their names are
// those of files.
func (w *walker) templates() {
	root := "content/" + templates
	list, err := fs.ReadDir(w.fsys, root)
	if err != nil {
		w.unreadable(root, true, err)
		return
	}
	for _, entry := range list {
		base := entry.Name()
		name, isText := strings.CutSuffix(base, ".md")
		switch {
		case editorTemp(base):
		case entry.IsDir() || !isText:
			w.stray(path.Join(templates, base), "give it a name such as outage.md, in "+root+"/ itself, or remove it",
				"the file is no template")
		default:
			if message, hint := slugProblem(name); message != "" {
				w.problems.Error(diag.Pos{File: root + "/" + base}, "bad-slug", hint, "%s", message)
				continue
			}
			w.found.texts = append(w.found.texts, entryText{
				path: root + "/" + base, folder: templates, slug: name, ordinary: entry.Type().IsRegular(),
			})
		}
	}
}
