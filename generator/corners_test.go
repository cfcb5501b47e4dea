package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// cornerSites returns the sites of testdata/corners.txtar in order of their names. One of
// them has more notices than the home page lists.
func cornerSites(t *testing.T) (names []string, folders map[string]fstest.MapFS) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/corners.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folders = map[string]fstest.MapFS{}
	for _, f := range archive.Files {
		name, path, _ := strings.Cut(f.Name, "/")
		if folders[name] == nil {
			folders[name], names = content(""), append(names, name)
		}
		folders[name][path] = &fstest.MapFile{Data: f.Data}
	}
	for i := range 12 {
		folders["brand"][fmt.Sprintf("content/incidents/notice-%02d.md", i)] = textOf(fmt.Sprintf("---\ntitle: Notice %d\nseverity: none\n"+
			"start: 2025-12-%02d 10:00\n---\n## Update — 2025-12-%02d 10:00\nX.\n", i, i+1, i+1))
	}
	return names, folders
}
