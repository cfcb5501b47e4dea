package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestPathsThatCannotStandSideBySide(t *testing.T) {
	for name, paths := range map[string][]string{
		"case":           {"Logo.svg", "logo.svg"},
		"case of folder": {"Img/a.svg", "img/b.svg"},
		"file, folder":   {"docs", "docs/a.html"},
		"outside":        {"../a.html"},
		"rooted":         {"/a.html"},
		"our own":        {".allclear"},
		"backslash":      {`a\b.html`},
	} {
		contents := map[string]string{}
		for _, p := range paths {
			contents[p] = "x"
		}
		dir := filepath.Join(t.TempDir(), "public")
		if _, err := write(t, dir, pages(contents)); err == nil {
			t.Errorf("%s: %q are written without an error", name, paths)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: something was written", name)
		}
	}
}

func TestAManifestThatLeadsAstrayIsNotFollowed(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	precious := filepath.Join(parent, "precious")
	if err := os.WriteFile(precious, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, dir, map[string]string{"index.html": "old"})
	list := manifest{}
	list.add("../precious", sumOf(nil))
	list.add(precious, sumOf(nil))
	list.add("index.html", sumOf([]byte("old")))
	save(dir, manifestName, list.encode())
	mustWrite(t, dir, map[string]string{"index.html": "new"})
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}
