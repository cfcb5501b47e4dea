package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"allclear/cmd/allclear/internal/cache"
	"allclear/cmd/internal/corpusdir"
)

// ran is what a command said, and whether it succeeded.
func ran(args ...string) (said string, ok bool) {
	var out bytes.Buffer
	cmd := root()
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(context.Background())
	if err != nil {
		fmt.Fprintln(&out, err)
	}
	return out.String(), err == nil
}

// What check accepts, build must accept, too: people run check in a hook. This test puts
// files into static/ and the theme at random, most of them at or beside addresses that
// the site uses.
func TestWhatCheckAcceptsEveryCommandAccepts(t *testing.T) {
	sites := 60
	if n, err := strconv.Atoi(os.Getenv("ALLCLEAR_SITES")); err == nil {
		sites = n
	}
	t.Setenv(cache.EnvVar, "off")
	f := newFolder(t)
	out := filepath.Join(t.TempDir(), "public")
	if said, ok := ran("build", "--source", f.dir, "--out", out); !ok {
		t.Fatal(said)
	}
	var names []string
	for name := range treeOf(t, out) {
		names = append(names, name)
	}
	r := rand.New(rand.NewPCG(13, 4))
	accepted, refused := 0, 0
	for n := range sites {
		static, theme := filepath.Join(f.dir, "content/static"), filepath.Join(f.dir, "themes/default")
		os.RemoveAll(static)
		os.RemoveAll(theme)
		var put []string
		for range r.IntN(4) {
			name := beside(r, names[r.IntN(len(names))])
			put = append(put, name)
			corpusdir.Save(static, name, []byte(oneOfThese(r, "text", "/*\n  X: y", "  X: y", "")))
		}
		if r.IntN(3) == 0 {
			name := oneOfThese(r, "home.html", "entry.html", "404.html", "style.css", "script.js", "extra.css", "languages/en.yml",
				"embed.js", "extra.html")
			text := oneOfThese(r, "{{if}}", "{{.No}}", "<p>fine</p>", "{{template \"none\"}}", "let = ;", "p { color: red }", "")
			put = append(put, name+" "+text)
			corpusdir.Save(theme, name, []byte(text))
		}
		_, good := ran("check", "--source", f.dir)
		said, built := ran("build", "--source", f.dir, "--out", filepath.Join(t.TempDir(), "public"))
		if good != built {
			t.Errorf("site %d, %q: check accepts it: %v; build: %v, and says %s", n, put, good, built, said)
		}
		if !good {
			refused++
			continue
		}
		accepted++
		for _, command := range []string{"status", "next"} {
			if said, ok := ran(command, "--source", f.dir); !ok {
				t.Errorf("site %d, %q: check accepts what %s refuses: %s", n, put, command, said)
			}
		}
		p := readFlags{source: f.dir}.preview(nil)
		if err := p.Rebuild(); err != nil {
			t.Errorf("site %d, %q: check accepts what serve refuses: %v", n, put, err)
		}
		home := httptest.NewRecorder()
		if p.ServeHTTP(home, httptest.NewRequest("GET", "/", nil)); home.Code != http.StatusOK {
			t.Errorf("site %d, %q: check accepts what serve refuses: %s", n, put, home.Body)
		}
	}
	if accepted < sites/10 || refused < sites/10 {
		t.Errorf("%d sites were accepted and %d refused", accepted, refused)
	}
	t.Logf("%d sites accepted, %d refused, each by all commands", accepted, refused)
}

func oneOfThese(r *rand.Rand, texts ...string) string { return texts[r.IntN(len(texts))] }

// beside returns a path that resembles another one.
func beside(r *rand.Rand, name string) string {
	switch r.IntN(7) {
	case 0:
		return name
	case 1:
		return strings.ToUpper(name[:1]) + name[1:]
	case 2:
		return strings.ToUpper(name)
	case 3:
		return filepath.Dir(name + "/x")
	case 4:
		if dir := filepath.Dir(name); dir != "." {
			return dir
		}
		return name + ".txt"
	case 5:
		return name + "/more.txt"
	}
	return "own/" + name
}

// treeOf returns the files of a folder.
func treeOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			files[filepath.ToSlash(rel)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
