package render_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/themes"
)

func builtAt(t *testing.T, folder fstest.MapFS, now time.Time) map[string][]byte {
	t.Helper()
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	files := map[string][]byte{}
	for _, f := range result.Files {
		var err error
		if files[f.Path], err = f.Bytes(); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// different returns the files about entries that differ between two builds.
func different(a, b map[string][]byte) []string {
	var paths []string
	for path := range b {
		about := strings.HasPrefix(path, "incidents/") || strings.HasPrefix(path, "maintenance/")
		about = about && !strings.HasSuffix(path, ".json") // the API shows the components as they are now
		if about && !bytes.Equal(a[path], b[path]) {
			paths = append(paths, path)
		}
	}
	return paths
}

func TestThePagesOfWhatIsOverStayTheSameFromBuildToBuild(t *testing.T) {
	folder := fstest.MapFS{}
	corpus.Write(300, 1, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text}
		return nil
	})
	before := builtAt(t, folder, corpus.Now)
	path, text := corpus.Entry(150, 300, 1)
	folder[path] = &fstest.MapFile{Data: corpus.Edited(text, 1)}
	changed := different(before, builtAt(t, folder, corpus.Now))
	slug := strings.TrimSuffix(path[strings.LastIndex(path, "/")+1:], ".md")
	for _, path := range changed {
		// Pages of open and announced entries say when they were built.
		if !strings.Contains(path, slug) && !bytes.Contains(before[path], []byte("data-built")) && strings.HasSuffix(path, ".html") {
			t.Errorf("an edit of %s changes %s", slug, path)
		}
	}
	if len(changed) < 2 || len(changed) > 8 {
		t.Errorf("an edit changes %d files about entries: %v", len(changed), changed)
	}
	if next := different(before, builtAt(t, folder, corpus.Now.Add(24*time.Hour))); len(next) > 20 {
		t.Errorf("a day changes %d files about entries: %v", len(next), next)
	}
}
