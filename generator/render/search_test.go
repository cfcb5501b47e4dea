package render_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
)

type searchIndex struct {
	Entries []struct{ Path, Date string }
	Older   []struct{ Path, From, To string }
}

// built returns all files of a generated site with n entries.
func built(t *testing.T, n int) map[string][]byte {
	t.Helper()
	folder := fstest.MapFS{}
	corpus.Write(n, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text}
		return nil
	})
	return builtAt(t, folder, corpus.Now)
}

func packed(t *testing.T, data []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(data)
	w.Close()
	return out.Len()
}

func TestTheSearchIndexIsSplitIntoSmallParts(t *testing.T) {
	files := built(t, 1000)
	var first searchIndex
	if err := json.Unmarshal(files["search.json"], &first); err != nil {
		t.Fatal(err)
	}
	if len(first.Older) < 3 {
		t.Fatalf("a thousand entries are in %d parts", len(first.Older)+1)
	}
	seen, last := map[string]bool{}, "9999"
	for i, part := range append([]struct{ Path, From, To string }{{Path: "search.json"}}, first.Older...) {
		if size := packed(t, files[part.Path]); size > 200_000 {
			t.Errorf("%s has %d bytes compressed", part.Path, size)
		}
		var index searchIndex
		if err := json.Unmarshal(files[part.Path], &index); err != nil {
			t.Fatalf("%s: %v", part.Path, err)
		}
		for _, e := range index.Entries {
			if e.Date > last || seen[e.Path] || i > 0 && (e.Date < part.From || e.Date > part.To) {
				t.Errorf("%s in %s, of %s, is out of place", e.Path, part.Path, e.Date)
			}
			last, seen[e.Path] = e.Date, true
		}
	}
	if len(seen) != 1000 {
		t.Errorf("%d of 1000 entries can be found", len(seen))
	}
}

func TestALongHistoryDoesNotMakePagesLarger(t *testing.T) {
	few, many := built(t, 300), built(t, 1200)
	for path, limit := range map[string]float64{"history/index.html": 1.5, "components/storage-api/index.html": 2.5, "history.atom": 1.3,
		"api/v2/summary.json": 1.3, "sitemap.xml": 5} {
		if a, b := packed(t, few[path]), packed(t, many[path]); float64(b) > limit*float64(a) {
			t.Errorf("%s grew from %d to %d bytes compressed", path, a, b)
		}
	}
	_, main, _ := strings.Cut(string(many["components/storage-api/index.html"]), "<main")
	if n := strings.Count(main, `class="line"`); n != 50 {
		t.Errorf("a component's page lists %d entries", n)
	}
}
