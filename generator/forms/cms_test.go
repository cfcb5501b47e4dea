package forms

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/yaml"
)

// cmsField is a field of an editor's configuration.
type cmsField struct {
	Name, Label, Widget, Hint string
	Required                  *bool
	Multiple                  bool
	Options                   []any
	Pattern                   []string
	Modes                     []string
	Fields                    []cmsField
}

// Each key of the schema has a field, but for those that are written by hand; times are
// texts with a pattern, and nothing but the body is Markdown.
func TestEveryKeyOfTheSchemaHasAField(t *testing.T) {
	web := named("web", "Dashboard: new")
	s := &site.Site{
		Components: []site.Component{web, named("api", "Public API")},
		Regions:    []site.Region{{ID: "eu", Name: site.Text{Default: "Europe"}}},
	}
	data, err := CMS(s, now)
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Collections []struct {
			Name, Folder, Format, Path string
			Fields                     []cmsField
		}
	}
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&config); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if len(config.Collections) != 3 {
		t.Fatalf("%d collections", len(config.Collections))
	}
	for i, c := range config.Collections {
		schema, err := schemaOf(collections[i].kind)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range c.Fields {
			names = append(names, f.Name)
			checkField(t, c.Name, f)
		}
		keys := child(schema, "properties").Content
		for k := 0; k < len(keys); k += 2 {
			name := keys[k].Value
			if absent := slices.Contains(byHand, name) || name == "groups"; slices.Contains(names, name) == absent {
				t.Errorf("%s: %s is a field: %t", c.Name, name, !absent)
			}
		}
		if c.Format != "frontmatter" || c.Path != "" || c.Folder != "content/"+c.Name || names[len(names)-1] != "body" {
			t.Errorf("%+v", c)
		}
	}
}

func checkField(t *testing.T, collection string, f cmsField) {
	t.Helper()
	switch where := collection + ": " + f.Name; {
	case f.Name == "body":
		if f.Widget != "markdown" || !slices.Equal(f.Modes, []string{"raw"}) {
			t.Errorf("%s: %+v", where, f)
		}
	case f.Name == "components":
		if f.Widget != "select" || !f.Multiple || len(f.Options) != 3 {
			t.Errorf("%s: %+v", where, f)
		}
	case slices.Contains([]string{"start", "end", "eta", "next_update", "posted", "until", "updated", "duration", "downtime"}, f.Name):
		if f.Widget != "string" || len(f.Pattern) != 2 {
			t.Errorf("%s: %+v", where, f)
		}
	case f.Name == "impacts":
		for _, own := range f.Fields {
			checkField(t, where, own)
		}
	case f.Widget == "" || f.Hint == "" || f.Widget == "markdown" || f.Widget == "datetime":
		t.Errorf("%s: %+v", where, f)
	}
	if optional := f.Required != nil && !*f.Required; optional == (f.Name == "title" || f.Name == "start" && collection == "maintenance") {
		t.Errorf("%s: %s is optional: %t", collection, f.Name, optional)
	}
}

// An editor lists files at one depth only: that of most of the site's files.
func TestAnEditorLooksWhereTheFilesAre(t *testing.T) {
	at := func(file string) site.Entry { return site.Entry{Pos: diag.Pos{File: file}} }
	for want, s := range map[bool]*site.Site{
		true: {Entries: []site.Entry{at("content/incidents/2025/a.md"), at("content/incidents/2026/b.md"),
			at("content/incidents/c.md")}},
		false: {Entries: []site.Entry{at("content/incidents/2025/a.md"), at("content/incidents/b.md"),
			at("content/maintenance/2025/c.md")}},
	} {
		data, err := CMS(s, now)
		if err != nil {
			t.Fatal(err)
		}
		incidents, _, _ := strings.Cut(string(data), "name: maintenance")
		if got := strings.Contains(incidents, "path: "); got != want {
			t.Errorf("a folder for each year: %t, not %t", got, want)
		}
	}
}
