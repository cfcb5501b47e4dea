package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/source"
	"testing/fstest"
)

// listed repeats a piece with numbers from 0 in place of #.
func listed(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(piece, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// Numbers that are each within their own bound may not multiply beyond all measure.
func TestWhatMultipliesIsBoundedByItsProduct(t *testing.T) {
	regions := "regions:\n" + listed(400, " - {id: r#}\n")
	everywhere := ", regions: [r0" + listed(399, ", r#") + "]"
	everywhere = strings.Replace(everywhere, "[r0, r0", "[r399, r0", 1)
	const head = "---\ntitle: X\nstart: 2026-03-01 00:00\n"
	for name, c := range map[string]struct{ site, components, entry, want string }{
		"components and regions": {"", regions + "components:\n" + listed(100, " - {id: c#"+everywhere+"}\n"), "",
			"content/components.yml:453: with this component, the site has more than 20000 components and regions"},
		"components and languages": {"languages: [en" + listed(24, ", aa-a#") + "]\n", "components:\n" +
			listed(500, " - {id: c#}\n"), "",
			"content/components.yml:402: with this component, the site has more than 10000 component pages in its 25 languages"},
		"components, regions and impacts": {"", regions + "components:\n" + listed(40, " - {id: c#"+everywhere+"}\n"), head +
			"impacts:\n" + listed(300, " - {components: all, status: degraded}\n") + "---\n",
			"content/incidents/x.md:8: with this impact, the file's impacts name 64000 components and regions, too many " +
				"for a site in 1 languages"},
		"named regions of global components": {"", regions + "components:\n" + listed(200, " - {id: c#}\n"), head +
			"impacts:\n - {components: [c0" + listed(199, ", c1#") + "], status: degraded" + everywhere + "}\n---\n",
			"content/incidents/x.md:5: with this impact, the file's impacts name 80000 components and regions, too many " +
				"for a site in 1 languages"},
		"updates and impacts": {"", "components: [{id: c0}]\n", head + "impacts:\n" +
			listed(200, " - {components: [c0], status: degraded}\n") + "---\n" + strings.Repeat("## Update — 2026-03-01 02:00\n\na\n\n",
			200), "content/incidents/x.md:55: with this impact, the file has too many impacts for its 200 updates"},
		"updates, impacts and components": {"", "components:\n" + listed(200, " - {id: c#}\n"), head + "impacts:\n" +
			listed(60, " - {components: all, status: degraded}\n") + "---\n" + strings.Repeat("## Update — 2026-03-01 02:00\n\na\n\n", 50),
			"content/incidents/x.md:25: with this impact, the file has too many impacts for its 50 updates"},
	} {
		folder := fstest.MapFS{}
		for file, text := range map[string]string{"site.yml": "title: X\nurl: https://status.example.org\n" + c.site,
			"components.yml": c.components, "incidents/x.md": c.entry} {
			if text != "" {
				folder["content/"+file] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		s, problems := source.Read(folder, source.Options{})
		if problems.HasErrors() {
			t.Fatalf("%s: %v", name, problems[0].Message)
		}
		var told []string
		for _, p := range s.Check(time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)) {
			if p.Rule == "too-many" {
				told = append(told, fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message))
			}
		}
		if len(told) != 1 || told[0] != c.want {
			t.Errorf("%s: told %q, want %q", name, told, c.want)
		}
	}
}
