package source

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/diag"
	"allclear/generator/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// folder makes a site's folder of a text in txtar form, with a small site.yml
// and components.yml where it has none.
func folder(files string) fstest.MapFS {
	fsys := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example Status\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components:\n  - {id: api, name: API}\n  - {id: web, name: Website}\n")},
	}
	for _, f := range txtar.Parse([]byte(files)).Files {
		fsys["content/"+f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

// read reads a site that must be without a mistake.
func read(t *testing.T, files string) site.Site {
	t.Helper()
	s, problems := Read(folder(files), Options{})
	if len(problems) > 0 {
		t.Fatalf("unexpected problems:\n%s", listed(problems))
	}
	return s
}

// listed returns problems, one on each line, as tests compare them.
func listed(problems diag.List) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s: %s: %s\n", strings.TrimPrefix(p.Pos.String(), "content/"), p.Severity, p.Message)
	}
	return b.String()
}

// expect reads a site and compares its problems with want.
func expect(t *testing.T, files, want string) {
	t.Helper()
	_, problems := Read(folder(files), Options{})
	if got := listed(problems); got != strings.TrimLeft(want, "\n") {
		t.Errorf("got:\n%swant:\n%s", got, strings.TrimLeft(want, "\n"))
	}
}

// textFile is a file of a site's folder.
func textFile(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// deep is a text many times over.
func deep(text string, times int) string { return strings.Repeat(text, times) }

// sameTold compares line by line; only the start of a message "invalid TOML"
// or "invalid JSON" has to match, since the rest comes from a library.
func sameTold(got, want string) bool {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	if len(g) != len(w) {
		return false
	}
	for i := range g {
		if g[i] != w[i] && !(strings.Contains(w[i], "invalid ") && strings.HasPrefix(g[i], w[i])) {
			return false
		}
	}
	return true
}
