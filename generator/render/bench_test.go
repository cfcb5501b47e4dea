package render_test

import (
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

// BenchmarkPages renders each kind of page of a site with a thousand entries. What all
// pages share is found before and not measured.
func BenchmarkPages(b *testing.B) {
	folder := fstest.MapFS{}
	err := corpus.Write(1000, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text, Mode: 0o644}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	s, _ := source.Read(folder, source.Options{})
	files, err := render.Files(&s, themes.Open(nil), render.Options{Now: corpus.Now})
	if err != nil {
		b.Fatal(err)
	}
	old, _ := corpus.Entry(500, 1000, 1)
	wanted := map[string]string{
		"home": "index.html", "entry": "incidents/" + strings.TrimSuffix(path.Base(old), ".md") + "/index.html",
		"component": "components/storage-api/index.html", "history": "history/index.html",
		"atom": "history.atom", "summary": "api/v2/summary.json", "search": "search.json",
	}
	for _, f := range files {
		for name, path := range wanted {
			if f.Path == path {
				b.Run(name, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if _, err := f.Bytes(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
