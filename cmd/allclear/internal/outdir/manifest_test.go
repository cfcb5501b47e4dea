package outdir

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// damages maps what the next build says about a damaged manifest to a function that
// damages it in that way.
var damages = map[string]func(name string, text []byte) error{
	"it is empty":              func(name string, _ []byte) error { return os.Truncate(name, 0) },
	"its end is missing":       func(name string, text []byte) error { return os.Truncate(name, int64(len(text)*2/3)) },
	"a build did not write it": func(name string, text []byte) error { return os.WriteFile(name, make([]byte, len(text)), 0o644) },
	"it is missing":            func(name string, _ []byte) error { return os.Remove(name) },
	"it was changed after a build wrote it": func(name string, text []byte) error {
		return os.WriteFile(name, bytes.Replace(text, []byte("a.html"), []byte("b.html"), 1), 0o644)
	},
	"it is a folder": func(name string, _ []byte) error { os.Remove(name); return os.Mkdir(name, 0o755) },
	"it has an invalid line": func(name string, text []byte) error {
		return os.WriteFile(name, []byte(manifestOldHead+"half a li"), 0o644)
	},
	"a build did not write it (garbage)": func(name string, _ []byte) error { return os.WriteFile(name, []byte("\x00\xff{]"), 0o644) },
	"it is far too large":                func(name string, _ []byte) error { return os.Truncate(name, 1<<40) },
}

func TestADamagedListHealsAndNobodysFileIsRemoved(t *testing.T) {
	site := func(text string, more ...string) map[string]string {
		files := map[string]string{"a.html": text, "index.html": text, "build.json": aBuild}
		for _, name := range more {
			files[name] = text
		}
		return files
	}
	for wrong, damage := range damages {
		dir, known := t.TempDir(), LastBuild{}
		build := func(files map[string]string, log io.Writer) {
			t.Helper()
			done, err := Write(t.Context(), dir, pages(files), Options{Last: known, Log: log})
			if err != nil {
				t.Fatalf("%s: %v", wrong, err)
			}
			known = done.Last
		}
		build(site("old", "gone/index.html"), nil)
		if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := damage(filepath.Join(dir, manifestName), []byte(read(t, dir, manifestName))); err != nil {
			t.Fatal(err)
		}
		said := heard(func(log io.Writer) { build(site("new"), log) })
		what, _, _ := strings.Cut(wrong, " (")
		if !strings.Contains(said, "the list of what builds wrote, is damaged ("+what+"): this build writes a new one") {
			t.Errorf("%s: it says %q", wrong, said)
		}
		os.RemoveAll(filepath.Join(dir, foundDirName)) // the manifest may have been a folder
		want := site("new")
		want["mine.txt"] = "mine"
		holds(t, dir, want)
		if said = heard(func(log io.Writer) { build(site("new"), log) }); said != "" {
			t.Errorf("%s: the build after it says %q", wrong, said)
		}
	}
}

const aBuild = `{"build": "0badf00d", "version": "1", "built_at": "2026-11-27T20:00:00Z", "next_change_at": null}`

// Without a record of the last build, the site is still built. Files in the way may
// belong to someone else and are kept, unless they are blank.
func TestAListThatIsLostHealsAndWhatIsInTheWayIsKept(t *testing.T) {
	site := func(text string) map[string]string {
		return map[string]string{"a.html": text, "b.html": text, "c/index.html": "same", "index.html": text, "build.json": aBuild}
	}
	for wrong, damage := range damages {
		dir := t.TempDir()
		mustWrite(t, dir, site("old"))
		if err := damage(filepath.Join(dir, manifestName), []byte(read(t, dir, manifestName))); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, "a.html"), []byte("mine"), 0o644)
		os.WriteFile(filepath.Join(dir, "b.html"), make([]byte, 100_000), 0o644)
		var done Summary
		said := heard(func(log io.Writer) { done = mustWriteLogged(t, dir, site("new"), log) })
		if !strings.Contains(said, "from the files it finds") || !strings.Contains(said, "hint: ") {
			t.Errorf("%s: it says %q", wrong, said)
		}
		found := filepath.Join(dir, foundDirName)
		if read(t, found, "a.html") != "mine" || read(t, found, "index.html") != "old" || done.FoundDir != foundDirName {
			t.Errorf("%s: what was in the way is not kept: %+v", wrong, done)
		}
		if _, err := os.Stat(filepath.Join(found, "b.html")); err == nil {
			t.Errorf("%s: a file of zeros is kept", wrong)
		}
		os.RemoveAll(found)
		holds(t, dir, site("new"))
		if said := heard(func(log io.Writer) { mustWriteLogged(t, dir, site("newer"), log) }); said != "" {
			t.Errorf("%s: the build after it says %q", wrong, said)
		}
		holds(t, dir, site("newer"))
	}
}

// A folder without our manifest that no build wrote into belongs to someone else, even if
// a site of ours was there before.
func TestAFolderThatSomeoneElseEmptiedAndFilledIsRefused(t *testing.T) {
	dir, site := t.TempDir(), map[string]string{"index.html": "ours", "build.json": aBuild}
	done, err := Write(t.Context(), dir, pages(site), Options{Last: LastBuild{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{manifestName, "build.json"} {
		os.Remove(filepath.Join(dir, name))
	}
	os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644)
	if _, err := Write(t.Context(), dir, pages(site), Options{Last: done.Last}); err == nil {
		t.Error("it is built into")
	}
	holds(t, dir, map[string]string{"index.html": "mine"})
}

func TestAMoveThatFailsAfterAListWasLostPutsBackWhatWasInTheWay(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
	os.Truncate(filepath.Join(dir, manifestName), 0)
	s, files := make(chan struct{}), pages(map[string]string{"a.html": "new", "k.html": "new"})
	files = append(files, pages(map[string]string{"index.html": "new"})...)
	inner := files[2].Append
	files[2].Append = func(into []byte) ([]byte, error) {
		<-s
		os.MkdirAll(filepath.Join(dir, "k.html", "mine"), 0o755)
		return inner(into)
	}
	var n atomic.Int64
	_, err := Write(t.Context(), dir, files, Options{Rendered: func() {
		if n.Add(1) == 2 {
			close(s)
		}
	}})
	if err == nil {
		t.Fatal("no error")
	}
	os.RemoveAll(filepath.Join(dir, "k.html"))
	holds(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
}

// Older versions wrote SHA-256 sums, and the oldest no last line. A page that nobody has
// edited since is replaced or removed, and an edited one is kept.
func TestAListOfAnOlderVersionIsRead(t *testing.T) {
	sum := sha256.Sum256([]byte("old"))
	var lines strings.Builder
	for _, name := range []string{"a.html", "edited.html", "gone.html", "index.html", "missing.html", "unchanged.html"} {
		fmt.Fprintf(&lines, "%x  %s\n", sum, name)
	}
	old := manifestHead + lines.String()
	for version, text := range map[string]string{
		"the oldest": manifestOldHead + lines.String(),
		"an old one": fmt.Sprintf("%s%s%x\n", old, manifestEnd, sha256.Sum256([]byte(old))),
	} {
		dir := t.TempDir()
		for _, name := range []string{"a.html", "gone.html", "index.html", "unchanged.html"} {
			save(dir, name, []byte("old"))
		}
		save(dir, "edited.html", []byte("mine"))
		save(dir, manifestName, []byte(text))
		site := map[string]string{"a.html": "new", "index.html": "new", "unchanged.html": "old"}
		var done Summary
		if said := heard(func(log io.Writer) { done = mustWriteLogged(t, dir, site, log) }); said != "" {
			t.Errorf("%s: it says %q", version, said)
		}
		if done.Unchanged != 1 || done.Removed != 1 || !slices.Equal(done.Kept, []string{"edited.html"}) {
			t.Errorf("%s: %+v", version, done)
		}
		site["edited.html"] = "mine"
		holds(t, dir, site)
		list := read(t, dir, manifestName)
		if want := fmt.Sprintf("%x  a.html\n", sumOf([]byte("new"))); !strings.HasPrefix(list, manifestHead+want) {
			t.Errorf("%s: the new list is %q", version, list)
		}
	}
}

// A manifest may be complete and still list files that no build ever writes.
func TestAListThatNamesARepositoryIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"index.html": "old"})
	if err := save(dir, ".git/config", []byte("mine")); err != nil {
		t.Fatal(err)
	}
	l, _, wrong := decodeManifest([]byte(read(t, dir, manifestName)))
	if wrong != "" {
		t.Fatal(wrong)
	}
	l.add(".git/config", sumOf([]byte("mine")))
	os.WriteFile(filepath.Join(dir, manifestName), l.encode(), 0o644)
	mustWrite(t, dir, map[string]string{"index.html": "new"})
	if read(t, dir, ".git/config") != "mine" {
		t.Error("it was removed")
	}
	if _, err := write(t, dir, pages(map[string]string{".git/config": "ours", "index.html": "new"})); err == nil {
		t.Error("a build writes into a repository")
	}
}

// heard returns what do writes to its log.
func heard(do func(log io.Writer)) string {
	var log strings.Builder
	do(&log)
	return log.String()
}
