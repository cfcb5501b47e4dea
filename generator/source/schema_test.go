package source

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"allclear/generator/diag"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	data, err := Schema(name)
	if err != nil || len(data) == 0 {
		t.Fatalf("%s: %v", name, err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, data)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name+".json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plainly is a value as a validator takes it.
func plainly(v value) any {
	switch v.shape {
	case nothing:
		return nil
	case number:
		n, err := jsonschema.UnmarshalJSON(strings.NewReader(v.text))
		if err != nil {
			return v.text
		}
		return n
	case boolean:
		return strings.EqualFold(v.text, "true")
	case list:
		items := []any{}
		for _, item := range v.items {
			items = append(items, plainly(item))
		}
		return items
	case table:
		keys := map[string]any{}
		for _, p := range v.keys {
			keys[p.name] = plainly(p.value)
		}
		return keys
	}
	return v.text
}

// schemaOf is the kind of a content file, and its data.
func schemaOf(name string, text string) (kind string, data value, ok bool) {
	var problems diag.List
	f := newFile(name, text)
	switch path.Dir(name) {
	case "content":
		kind = strings.TrimSuffix(path.Base(name), ".yml")
		data, ok = readYAML(f, 0, len(f.text), &problems)
	default:
		kind = "incident"
		for _, other := range []string{"maintenance", "announcement"} {
			if strings.Contains(name, "/"+other) {
				kind = other
			}
		}
		data, _, ok = readFrontMatter(f, &problems)
	}
	return kind, data, ok
}

func TestTheSampleSiteFitsTheSchemas(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range SchemaNames {
		schemas[name] = compiled(t, name)
	}
	sample := os.DirFS("../testdata/sample")
	count := 0
	err := fs.WalkDir(sample, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(name, "content/pages") || strings.HasPrefix(name, "content/static") {
			return err
		}
		if ending := path.Ext(name); ending != ".md" && ending != ".yml" || strings.Count(path.Base(name), ".") > 1 {
			return nil
		}
		text, err := fs.ReadFile(sample, name)
		if err != nil {
			return err
		}
		kind, data, ok := schemaOf(name, string(text))
		if !ok {
			t.Errorf("%s cannot be read", name)
			return nil
		}
		if err := schemas[kind].Validate(plainly(data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		count++
		return nil
	})
	if err != nil || count < 10 {
		t.Errorf("%d files, %v", count, err)
	}
}

// What the decoder refuses for its shape the schema refuses, and what one takes
// the other takes.
func TestTheSchemasRefuseWhatTheDecoderRefuses(t *testing.T) {
	incident := func(front string) string {
		return "---\n" + front + "\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	}
	window := func(front string) string { return "---\n" + front + "\n---\nA\n" }
	for _, c := range []struct {
		name, text string
		good       bool
	}{
		{"content/site.yml", "title: X\nurl: https://x.example\nhome: {days: 14}\nbrand: {accent: \"#fff\"}\nlanguages: [en, de]\n" +
			"uptime: {show: false, days: 30, weights: {degraded: 0.1, Partial-Outage: 1}}", true},
		{"content/site.yml", "title: {en: X, de: Y}\nurl: https://x.example\nlanguages: [en, de]\nstrings: {answer.clear: All well}", true},
		{"content/site.yml", "title: T\nurl: https://x.example\nlanguages: [en, de]\nnotify:\n" + everyKind, true},
		{"content/site.yml", "title: X\nurl: https://x.example\nnotify: {targets: [{name: a, to: slak, url: $A}]}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nnotify: {targets: [{to: slack, url: $A}]}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nnotify: {targets: [{name: a, to: slack, url: $A, kinds: [x]}]}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nnotify: {max_age: 2, targets: []}", false},
		{"content/site.yml", "url: https://x.example", false},
		{"content/site.yml", "title: X\nurl: https://x.example\ntitel: Y", false},
		{"content/site.yml", "title: 404\nurl: https://x.example", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nhome: {days: many}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nuptime: {show: maybe}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nuptime: {weights: {partial: 3}}", false},
		{"content/site.yml", "title: X\nurl: https://x.example\nbrand: blue", false},
		{"content/components.yml", "regions: [{id: eu, name: E}]\ncomponents:\n  - {id: a, name: A, regions: [eu], since: 2024-01-01, " +
			"target: 99.9}\n  - {group: G, components: [{id: b, name: B}]}", true},
		{"content/components.yml", "components:\n  - {id: a, nam: A}", false},
		{"content/components.yml", "components:\n  - {name: A}", false},
		{"content/components.yml", "components: a", false},
		{"content/components.yml", "components:\n  - {id: a, name: A, target: 101}", false},
		{"content/components.yml", "components:\n  - {group: G, components: [{group: H, components: []}]}", false},
		{"content/incidents/x.md", incident("title: X\ncomponents: [api]\nstatus: Partial Outage"), true},
		{"content/incidents/x.md", incident("title: X\ncomponents: all\nstatus: down\nseverity: MINOR\ntags: [a]\npinned: true"), true},
		{"content/incidents/x.md", incident("title: X\nimpacts:\n  - {components: [api], status: degraded, start: " +
			"2025-07-25 06:30, downtime: 1m}"), true},
		{"content/incidents/x.md", incident("title: X\ncomponents: [api]\nstatus: brokn"), false},
		{"content/incidents/x.md", incident("title: X\nseverity: bad"), false},
		{"content/incidents/x.md", incident("title: X\nduration: 1h"), false},
		{"content/incidents/x.md", incident("title: X\npinned: \"yes\""), false},
		{"content/incidents/x.md", incident("title: X\nstart: yesterday"), false},
		{"content/incidents/x.md", incident("title: X\nimpacts:\n  - {status: degraded}"), false},
		{"content/incidents/x.md", incident("title: X\nimpacts: {status: degraded}"), false},
		{"content/incidents/x.md", incident("components: [api]\nstatus: down"), false},
		{"content/maintenance/x.md", window("title: X\nstart: 2025-08-01 02:00\nduration: 90m\nauto_complete: false\ncomponents: [api]"),
			true},
		{"content/maintenance/x.md", window("title: X\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:00\nheadline: Read-only"), true},
		{"content/maintenance/x.md", window("title: X\nstart: 2025-08-01 02:00"), false},
		{"content/maintenance/x.md", window("title: X\nend: 2025-08-01 02:00"), false},
		{"content/maintenance/x.md", window("title: X\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:00\nduration: 1h"), false},
		{"content/maintenance/x.md", window("title: X\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:00\nseverity: minor"), false},
	} {
		fsys := folder("")
		fsys[c.name] = textFile(c.text)
		_, problems := Read(fsys, Options{})
		decoder := true
		for _, p := range problems {
			decoder = decoder && (p.Severity == diag.Warning || p.File != c.name)
		}
		if decoder != c.good {
			t.Errorf("the decoder: %v\n%s\n%s", decoder, c.text, listed(problems))
		}
		kind, data, ok := schemaOf(c.name, c.text)
		if !ok {
			t.Fatalf("%s", c.text)
		}
		if err := compiled(t, kind).Validate(plainly(data)); (err == nil) != c.good {
			t.Errorf("the schema of %s: %v\n%s", kind, err, c.text)
		}
	}
	if data, err := Schema("nothing"); data != nil || err != nil {
		t.Error("there is a schema of nothing")
	}
}
