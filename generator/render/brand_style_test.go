package render

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// The operator's accent is the color of every page, lighter on dark ones.
func TestTheAccentIsTheColorOfEveryPage(t *testing.T) {
	for accent, want := range map[string]string{
		"":        "",
		"#2457d6": "\n:root{--accent:#2457d6}@media screen and (prefers-color-scheme:dark){:root{--accent:",
		"#fed":    "\n:root{--accent:#ffeedd}@media screen and (prefers-color-scheme:dark){:root{--accent:#ffeedd}}", // light enough
	} {
		if got := brandStyle(site.Brand{Accent: accent}); !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("the style of %q is %q", accent, got)
		}
	}
	dark, _, _ := strings.Cut(strings.SplitAfter(brandStyle(site.Brand{Accent: "#101080"}), "--accent:")[2], "}")
	color, ok := site.ParseColor(dark)
	if !ok || dark == "#101080" || site.Contrast(color, site.DarkPaper) < 4.5 {
		t.Errorf("dark blue is %q on dark pages", dark)
	}
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: X\nurl: https://status.example.com\nbrand: {accent: \"#2457d6\"}\n")},
		"content/components.yml": {Data: []byte("components: [{id: web}]\n")},
	}
	s, problems := source.Read(folder, source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	files, err := Files(&s, themes.Open(nil), Options{Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if data, err := f.Bytes(); f.Path == "index.html" && (err != nil || !strings.Contains(string(data), "--accent:#2457d6}")) {
			t.Errorf("the home page has not the accent: %v", err)
		}
	}
}

// A part of the search index has a key if everything in it is settled, and else none.
func TestAPartOfTheSearchIndexHasAKeyIfAllIsSettled(t *testing.T) {
	b := sampleBuild(t, time.Date(2025, 7, 25, 7, 10, 0, 0, time.UTC))
	v := b.view(b.settings.languages[0], route{})
	var settled, open []listing
	for _, e := range b.newest {
		if b.settledAt(e).IsZero() {
			open = append(open, listing{entry: e})
		} else {
			settled = append(settled, listing{entry: e})
		}
	}
	if len(open) == 0 || len(settled) < 2 {
		t.Fatalf("the sample has %d open entries and %d settled ones", len(open), len(settled))
	}
	if key := v.searchKey(settled); key == nil || key() == (Key{}) || key() == v.searchKey(settled[1:])() {
		t.Error("what is settled has no key of its own")
	}
	if key := v.searchKey(append(settled[:2:2], open[0])); key != nil && key() != (Key{}) {
		t.Error("what is open has a key")
	}
	later := listing{announcement: &site.Announcement{Posted: site.Moment{Time: b.now}, Updated: site.Moment{Time: b.now.Add(time.Hour)}}}
	if v.searchKey([]listing{later}) != nil {
		t.Error("an announcement that is yet to change has a key")
	}
}
