package outdir

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator/render"
	"allclear/generator/site"
)

// keyed returns a file with a key, and counts how often it is rendered.
func keyed(name, text string, key byte, asked *int) []render.File {
	return []render.File{{Path: name, Key: func() render.Key { return site.Hash{key} }, Append: func(into []byte) ([]byte, error) {
		*asked++
		return append(into, text...), nil
	}}}
}

func TestAFileIsNotWrittenAgainUnlessSomeoneElseChangedIt(t *testing.T) {
	dir, asked, known := t.TempDir(), 0, LastBuild{}
	name := filepath.Join(dir, "a", "index.html")
	build := func(text string, key byte) {
		t.Helper()
		done, err := Write(t.Context(), dir, keyed("a/index.html", text, key, &asked), Options{Last: known})
		if err != nil {
			t.Fatal(err)
		}
		known = done.Last
		if data, err := os.ReadFile(name); err != nil || string(data) != text {
			t.Fatalf("the file holds %q (%v), not %q", data, err, text)
		}
	}
	expect := func(n int, when string) {
		t.Helper()
		if asked != n {
			t.Errorf("%s the bytes were asked for %d times, not %d", when, asked, n)
		}
	}
	build("one", 1)
	expect(1, "at first")
	build("one", 1)
	expect(1, "with the same key")
	build("two", 2)
	expect(2, "with another key")
	os.WriteFile(name, []byte("TWO"), 0o644)
	build("two", 2)
	expect(3, "after another hand changed it, with the same size in the same instant,")
	os.Remove(name)
	build("two", 2)
	expect(4, "after another hand removed it")
	long := time.Now().Add(-time.Hour)
	os.Chtimes(name, long, long)
	build("two", 2)
	expect(4, "after another hand only dated it")
	os.Remove(filepath.Join(dir, manifestName))
	os.RemoveAll(filepath.Join(dir, "a"))
	build("two", 2)
	expect(5, "in a folder that was emptied")
}

// A program can reset the size and modification time of a file that it has changed, but
// not its change time (ctime).
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
	dir, asked, known := t.TempDir(), 0, LastBuild{}
	name := filepath.Join(dir, "a", "index.html")
	build := func(text string, key byte) {
		t.Helper()
		done, err := Write(t.Context(), dir, keyed("a/index.html", text, key, &asked), Options{Last: known})
		if err != nil {
			t.Fatal(err)
		}
		known = done.Last
	}
	for n := range 3 { // a new file, a replaced one, and an unchanged one
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
