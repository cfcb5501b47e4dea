package generator_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/themes"
)

// The program skips a file whose key the last build had as well. So two files of one
// path and key must have the same bytes, at whatever instants they were built.
func TestFilesOfOneKeyHaveTheSameBytes(t *testing.T) {
	program := site.Hash{1}
	build := func(program site.Hash, at time.Time) map[string]render.File {
		t.Helper()
		result := generator.Build(os.DirFS("testdata/languages"), themes.In(nil), generator.Options{Now: at, Program: program})
		if result.Problems.HasErrors() {
			t.Fatal(result.Problems)
		}
		files := map[string]render.File{}
		for _, f := range result.Files {
			files[f.Path] = f
		}
		return files
	}
	first := time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC)
	before, after := build(program, first), build(program, first.AddDate(0, 0, 40))
	same := 0
	for path, f := range before {
		g, ok := after[path]
		if !ok || f.Key == nil || g.Key == nil || f.Key() == (render.Key{}) || f.Key() != g.Key() {
			continue
		}
		same++
		was, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		is, err := g.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(was, is) {
			t.Errorf("%s: one key, but other bytes 40 days later", path)
		}
	}
	if same == 0 {
		t.Error("no file kept its key for 40 days: every build would render everything")
	}
	for path, f := range build(site.Hash{2}, first) {
		if was := before[path]; f.Key != nil && f.Key() != (render.Key{}) && f.Key() == was.Key() {
			t.Errorf("%s keeps its key when the program changes", path)
		}
	}
	for path, f := range build(site.Hash{}, first) {
		if f.Key != nil && f.Key() != (render.Key{}) {
			t.Errorf("%s has a key, though nothing identifies the program", path)
		}
	}
}

// A mistake that only rendering finds comes with its place, and there are no files.
func TestAThemeThatDoesNotWorkIsAMistakeWithAPlace(t *testing.T) {
	folder := content("-- site.yml --\ntitle: X\nurl: https://status.acme.com\ntheme: own\n")
	folder["themes/own/base.html"] = &fstest.MapFile{Data: []byte("{{define}}\n")}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC)})
	if len(result.Files) > 0 || len(result.Problems) != 1 {
		t.Fatalf("%d files and %v, not one mistake", len(result.Files), result.Problems)
	}
	if p := result.Problems[0]; p.Rule != "broken-theme" || !strings.HasPrefix(p.File, "themes/own/") {
		t.Errorf("the mistake is %v", p)
	}
}
