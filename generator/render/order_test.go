package render

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// shuffledSites are the sites whose outputs run in random order.
var shuffledSites = []struct{ folder, at string }{
	{"../testdata/sample", "2025-07-25T07:10:00Z"},    // a major outage
	{"../testdata/sample", "2025-08-01T02:25:00Z"},    // maintenance under way
	{"../testdata/languages", "2025-07-25T07:30:00Z"}, // in four languages
}

func TestOutputsMayRunInAnyOrder(t *testing.T) {
	for _, test := range shuffledSites {
		now, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := source.Read(os.DirFS(test.folder), source.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		opt := Options{Now: now, Version: "test"}
		files, err := Files(&s, themes.Open(nil), opt)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]byte{}
		for _, f := range files {
			want[f.Path] = bytesOf(t, f)
		}
		delete(want, "sitemap.xml") // it depends on all other files, as what stands at old addresses does
		delete(want, "state.json")
		delete(want, "_redirects")
		delete(want, "incidents/k2xv9qmd41lb/index.html")
		for seed := range uint64(6) {
			got := madeInRandomOrder(t, &s, opt, seed)
			if len(got) != len(want) || len(got) < 100 {
				t.Errorf("%s at %s, seed %d: %d files, not %d", test.folder, test.at, seed, len(got), len(want))
			}
			for path := range got {
				if !bytes.Equal(got[path], want[path]) {
					t.Errorf("%s at %s, seed %d: %s is not what it is in the usual order", test.folder, test.at, seed, path)
				}
			}
		}
	}
}

// madeInRandomOrder runs the outputs of a site in random order, and makes the files of
// each before the next one runs.
func madeInRandomOrder(t *testing.T, s *site.Site, opt Options, seed uint64) map[string][]byte {
	t.Helper()
	b, err := newBuild(s, themes.Open(nil), opt)
	if err != nil {
		t.Fatal(err)
	}
	outputs, made := b.outputs(), map[string][]byte{}
	for _, i := range rand.New(rand.NewPCG(seed, 1)).Perm(len(outputs)) {
		files, err := outputs[i]()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			made[f.Path] = bytesOf(t, f)
		}
	}
	return made
}

func bytesOf(t *testing.T, f File) []byte {
	t.Helper()
	text, err := f.Bytes()
	if err != nil {
		t.Fatal(f.Path, err)
	}
	return text
}
