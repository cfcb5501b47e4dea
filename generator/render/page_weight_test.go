package render_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

func TestTheHomePageFitsIntoTheFirstFlightInEveryLanguage(t *testing.T) {
	files, err := fs.Glob(themes.Open(nil), "languages/*.yml")
	if err != nil || len(files) != 20 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		tag := strings.TrimSuffix(path.Base(file), ".yml")
		site := many()
		site = site.with("content/site.yml", site["content/site.yml"]+"languages: ["+tag+"]\n")
		home := homeOf(t, site, "2025-07-25T09:00:00Z")
		var packed bytes.Buffer
		w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		w.Write(home)
		w.Close()
		t.Logf("%s: %d bytes compressed", tag, packed.Len())
		limit := 16 << 10 // its letters take two or three bytes
		if tag == "en" {
			limit = 14 << 10
		}
		if packed.Len() > limit {
			t.Errorf("the home page in %s has %d bytes compressed", tag, packed.Len())
		}
	}
}

// homeOf returns the home page of a site.
func homeOf(t *testing.T, c content, at string) []byte {
	t.Helper()
	folder := fstest.MapFS{}
	for path, text := range c {
		folder[path] = &fstest.MapFile{Data: []byte(text)}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := source.Read(folder, source.Options{})
	files, err := render.Files(&s, themes.Open(nil), render.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	home := files[len(files)-1]
	if home.Path != "index.html" {
		t.Fatalf("the last file is %s", home.Path)
	}
	data, err := home.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
