package render_test

import (
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// An incident that is over links to a window that is not public yet, so its page has the
// words alone. Once the window is public, the page is made again, with the link. A page
// without such a link is taken from the build before.
func TestAPageIsMadeAgainWhenItsLinkBecomesPublic(t *testing.T) {
	const incident = "title: Disk\ncomponents: [website]\nstatus: down\nstart: 2026-03-01 10:00\nend: 2026-03-01 11:00\n---\n"
	c := website.with("content/incidents/disk.md", "---\n"+incident+"We replace it on [Sunday](../maintenance/later.md).\n").
		with("content/incidents/plain.md", "---\n"+incident+"We replace it.\n").
		with("content/maintenance/later.md", "---\ntitle: New disk\nposted: 2026-11-28 12:00\nstart: 2026-12-06 10:00\nduration: 1h\n"+
			"components: [website]\n---\nText.\n")
	keys := func(at string) map[string]render.Key {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		folder := c.folder()
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Program: site.Hash{1}, Cache: &source.Cache{}})
		if result.Problems.HasErrors() {
			t.Fatal(result.Problems)
		}
		found := map[string]render.Key{}
		for _, f := range result.Files {
			if f.Key != nil {
				found[f.Path] = f.Key()
			}
		}
		return found
	}
	before, earlier, after := keys("2026-11-27T20:00:00Z"), keys("2026-11-27T21:00:00Z"), keys("2026-11-28T13:00:00Z")
	for _, name := range []string{"disk", "plain"} {
		page := "incidents/" + name + "/index.md"
		if before[page] == (render.Key{}) || before[page] != earlier[page] {
			t.Errorf("%s has no key that stays: %x, %x", page, before[page], earlier[page])
		}
		if changed := before[page] != after[page]; changed != (name == "disk") {
			t.Errorf("%s: once the window is public, it is made again: %v", page, changed)
		}
	}
}
