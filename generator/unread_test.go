package generator_test

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
)

// A mistake in components.yml or site.yml is one mistake: nothing is said of the names,
// regions and languages in other files that only it would have declared.
func TestAFileThatCannotBeReadIsOneMistake(t *testing.T) {
	const siteYML = "title: X\nurl: https://status.example.org\nlanguages: [de, fr]\n"
	const manifest = "regions: [{id: eu}]\ncomponents: [{id: api, regions: [eu]}]\n"
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"YAML that is not": {"content/components.yml", "components: [{id: api\n", []string{"yaml-syntax"}},
		"no manifest":      {"content/components.yml", "", []string{"missing-file"}},
		"a merge in the manifest": {"content/components.yml", "<<<<<<< a\ncomponents: []\n=======\n>>>>>>> b\n",
			[]string{"conflict-marker", "conflict-marker", "conflict-marker"}},
		"components are no list": {"content/components.yml", "components: {id: api}\n", []string{"wrong-type"}},
		"regions are no list":    {"content/components.yml", "regions: eu\ncomponents: [{id: api}]\n", []string{"wrong-type"}},
		"no components":          {"content/components.yml", "components: []\n", []string{"unknown-component", "unknown-region"}},
		"a site that is no YAML": {"content/site.yml", "title: [\n", []string{"yaml-syntax"}},
	} {
		folder := fstest.MapFS{
			"content/site.yml":       {Data: []byte(siteYML)},
			"content/components.yml": {Data: []byte(manifest)},
			"content/incidents/x.md": {Data: []byte("---\ntitle: {de: X, fr: Y}\ncomponents: [api]\nregions: [eu]\nstatus: down\n" +
				"start: 2025-01-01 10:00\nend: 2025-01-01 11:00\n---\n")},
			"content/incidents/x.fr.md": {Data: []byte("---\ntitle: Y\n---\n")},
		}
		folder[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if c.text == "" {
			delete(folder, c.file)
		}
		_, problems := generator.Check(folder, nil, generator.Options{Now: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)})
		var got []string
		for _, p := range problems {
			got = append(got, p.Rule)
		}
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%s: check reports %q, want %q", name, got, c.want)
		}
	}
}
