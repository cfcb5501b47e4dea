package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// damages are what befalls a list of files, by what the next build says of it.
var damages = map[string]func(name string, text []byte) error{
	"it is empty":                  func(name string, _ []byte) error { return os.Truncate(name, 0) },
	"its end is missing":           func(name string, text []byte) error { return os.Truncate(name, int64(len(text)*2/3)) },
	"it is not what a build wrote": func(name string, text []byte) error { return os.WriteFile(name, make([]byte, len(text)), 0o644) },
	"it is missing":                func(name string, _ []byte) error { return os.Remove(name) },
	"it was changed after a build wrote it": func(name string, text []byte) error {
		return os.WriteFile(name, bytes.Replace(text, []byte("a.html"), []byte("b.html"), 1), 0o644)
	},
	"it is a folder": func(name string, _ []byte) error { os.Remove(name); return os.Mkdir(name, 0o755) },
	"it has a line that no build wrote": func(name string, text []byte) error {
		return os.WriteFile(name, []byte(ledgerOldHead+"half a li"), 0o644)
	},
	"it is not what a build wrote (garbage)": func(name string, _ []byte) error { return os.WriteFile(name, []byte("\x00\xff{]"), 0o644) },
	"it is far too large":                    func(name string, _ []byte) error { return os.Truncate(name, 1<<40) },
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
		dir, known := t.TempDir(), record{}
		build := func(files map[string]string) {
			t.Helper()
			done, err := writeSite(t.Context(), dir, pages(files), known, func() {})
			if err != nil {
				t.Fatalf("%s: %v", wrong, err)
			}
			known = done.left
		}
		build(site("old", "gone/index.html"))
		if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := damage(filepath.Join(dir, ledgerName), []byte(read(t, dir, ledgerName))); err != nil {
			t.Fatal(err)
		}
		said := heard(t, func() { build(site("new")) })
		what, _, _ := strings.Cut(wrong, " (")
		if !strings.Contains(said, "the list of what builds wrote, is damaged ("+what+"): this build writes a new one") {
			t.Errorf("%s: it says %q", wrong, said)
		}
		os.RemoveAll(filepath.Join(dir, foundName)) // where the list was a folder
		want := site("new")
		want["mine.txt"] = "mine"
		holds(t, dir, want)
		if said = heard(t, func() { build(site("new")) }); said != "" {
			t.Errorf("%s: the build after it says %q", wrong, said)
		}
	}
}

const aBuild = `{"build": "0badf00d", "version": "1", "built_at": "2026-11-27T20:00:00Z", "next_change_at": null}`

// Where nothing is remembered, the site is still built. What is in its way may be
// anybody's, and is kept, unless there is nothing in it.
func TestAListThatIsLostHealsAndWhatIsInTheWayIsKept(t *testing.T) {
	site := func(text string) map[string]string {
		return map[string]string{"a.html": text, "b.html": text, "c/index.html": "same", "index.html": text, "build.json": aBuild}
	}
	for wrong, damage := range damages {
		dir := t.TempDir()
		mustWrite(t, dir, site("old"))
		if err := damage(filepath.Join(dir, ledgerName), []byte(read(t, dir, ledgerName))); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, "a.html"), []byte("mine"), 0o644)
		os.WriteFile(filepath.Join(dir, "b.html"), make([]byte, 100_000), 0o644)
		var done outcome
		said := heard(t, func() { done = mustWrite(t, dir, site("new")) })
		if !strings.Contains(said, "from what it finds") || !strings.Contains(said, "hint: ") {
			t.Errorf("%s: it says %q", wrong, said)
		}
		found := filepath.Join(dir, foundName)
		if read(t, found, "a.html") != "mine" || read(t, found, "index.html") != "old" || done.found != foundName {
			t.Errorf("%s: what was in the way is not kept: %+v", wrong, done)
		}
		if _, err := os.Stat(filepath.Join(found, "b.html")); err == nil {
			t.Errorf("%s: a file of zeros is kept", wrong)
		}
		os.RemoveAll(found)
		holds(t, dir, site("new"))
		if said := heard(t, func() { mustWrite(t, dir, site("newer")) }); said != "" {
			t.Errorf("%s: the build after it says %q", wrong, said)
		}
		holds(t, dir, site("newer"))
	}
}

// A folder without our list that no build wrote into is somebody else's, even where a
// site of ours was there before.
func TestAFolderThatWasEmptiedAndFilledByAnotherHandIsRefused(t *testing.T) {
	dir, site := t.TempDir(), map[string]string{"index.html": "ours", "build.json": aBuild}
	done, err := writeSite(t.Context(), dir, pages(site), record{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{ledgerName, "build.json"} {
		os.Remove(filepath.Join(dir, name))
	}
	os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644)
	if _, err := writeSite(t.Context(), dir, pages(site), done.left, func() {}); err == nil {
		t.Error("it is built into")
	}
	holds(t, dir, map[string]string{"index.html": "mine"})
}

func TestAMoveThatFailsAfterAListWasLostPutsBackWhatWasInTheWay(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
	os.Truncate(filepath.Join(dir, ledgerName), 0)
	s, files := make(chan struct{}), pages(map[string]string{"a.html": "new", "k.html": "new"})
	files = append(files, pages(map[string]string{"index.html": "new"})...)
	inner := files[2].Bytes
	files[2].Bytes = func() ([]byte, error) {
		<-s
		os.MkdirAll(filepath.Join(dir, "k.html", "mine"), 0o755)
		return inner()
	}
	n := 0
	_, err := writeSite(t.Context(), dir, files, nil, func() {
		if n++; n == 2 {
			close(s)
		}
	})
	if err == nil {
		t.Fatal("no error")
	}
	os.RemoveAll(filepath.Join(dir, "k.html"))
	holds(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
}

// A list of an older version has no end line; it is read as it was.
func TestAListOfAnOlderVersionIsRead(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"a.html": "old", "gone.html": "old", "index.html": "old"})
	sum := sha256.Sum256([]byte("old"))
	text := ledgerOldHead
	for _, name := range []string{"a.html", "gone.html", "index.html"} {
		text += fmt.Sprintf("%x  %s\n", sum, name)
	}
	os.WriteFile(filepath.Join(dir, ledgerName), []byte(text), 0o644)
	if said := heard(t, func() { mustWrite(t, dir, map[string]string{"a.html": "new", "index.html": "new"}) }); said != "" {
		t.Errorf("it says %q", said)
	}
	holds(t, dir, map[string]string{"a.html": "new", "index.html": "new"})
}

// Somebody may write a list that is whole and names what no build ever writes.
func TestAListThatNamesARepositoryIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"index.html": "old"})
	if err := save(dir, ".git/config", []byte("mine")); err != nil {
		t.Fatal(err)
	}
	l, wrong := decodeLedger([]byte(read(t, dir, ledgerName)))
	if wrong != "" {
		t.Fatal(wrong)
	}
	l.add(".git/config", sha256.Sum256([]byte("mine")))
	os.WriteFile(filepath.Join(dir, ledgerName), l.encode(), 0o644)
	mustWrite(t, dir, map[string]string{"index.html": "new"})
	if read(t, dir, ".git/config") != "mine" {
		t.Error("it was removed")
	}
	if _, err := write(t, dir, pages(map[string]string{".git/config": "ours", "index.html": "new"})); err == nil {
		t.Error("a build writes into a repository")
	}
}

// heard is what was said on standard error meanwhile.
func heard(t *testing.T, do func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stderr
	os.Stderr = w
	said := make(chan string)
	go func() {
		data, _ := io.ReadAll(r)
		said <- string(data)
	}()
	do()
	os.Stderr = old
	w.Close()
	return <-said
}

// Size and time of a changed file can be set to what they were. That the file was
// changed cannot be undone.
func TestADamagedFileWhoseSizeAndTimeStayHeals(t *testing.T) {
	look := func(name string) os.FileInfo {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	if changeTime(look(".")) == 0 {
		t.Skip("nothing on this system says when a file was changed")
	}
	dir, asked, known := t.TempDir(), 0, record{}
	name := filepath.Join(dir, "a", "index.html")
	build := func(text string, key byte) {
		t.Helper()
		done, err := writeSite(t.Context(), dir, keyed("a/index.html", text, key, &asked), known, func() {})
		if err != nil {
			t.Fatal(err)
		}
		known = done.left
	}
	for n := range 3 { // as a new file, as one that was replaced, and as one that stayed
		build(strings.Repeat("x", 100+min(n, 1)), byte(min(n, 1)))
		time.Sleep(20 * time.Millisecond)
		info := look(name)
		os.WriteFile(name, make([]byte, info.Size()), 0o644)
		os.Chtimes(name, info.ModTime(), info.ModTime())
		build(strings.Repeat("x", 100+min(n, 1)), byte(min(n, 1)))
		if text := read(t, dir, "a/index.html"); strings.Trim(text, "x") != "" {
			t.Errorf("turn %d: the file holds %q", n, text)
		}
	}
}

// After a power cut no stamp is worth anything: every file is looked at.
func TestARecordOfAnotherStartOfTheMachineIsNotTrusted(t *testing.T) {
	if bootID() == "" {
		t.Skip("nothing on this system tells one start from another")
	}
	m := &memory{dir: t.TempDir()}
	m.keep("/srv/public", record{"index.html": {stamp: stamp{1, 2, 3, 4}}})
	if r := m.record("/srv/public"); r["index.html"].stamp != (stamp{1, 2, 3, 4}) {
		t.Fatalf("the record is %v", r)
	}
	data, _ := m.load(recordName)
	m.store(recordName, []byte(strings.Replace(data, bootID(), strings.Repeat("0", len(bootID())), 1)))
	if r := m.record("/srv/public"); r["index.html"].stamp != (stamp{}) || len(r) != 1 {
		t.Errorf("the record of another start is %v", r)
	}
}
