package outdir

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/filelock"
	"allclear/generator/render"
)

// pages returns files with these contents. index.html is last, as in the output of
// package render.
func pages(contents map[string]string) []render.File {
	var files []render.File
	for _, name := range slices.Sorted(maps.Keys(contents)) {
		files = append(files, render.File{Path: name, Append: func(into []byte) ([]byte, error) {
			return append(into, contents[name]...), nil
		}})
	}
	return files
}

func write(t *testing.T, dir string, files []render.File) (Summary, error) {
	t.Helper()
	return Write(context.Background(), dir, files, Options{})
}

func mustWrite(t *testing.T, dir string, contents map[string]string) Summary {
	t.Helper()
	return mustWriteLogged(t, dir, contents, nil)
}

func mustWriteLogged(t *testing.T, dir string, contents map[string]string, log io.Writer) Summary {
	t.Helper()
	done, err := Write(context.Background(), dir, pages(contents), Options{Log: log})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// holds compares the files in a folder, without the manifest, with those it should
// contain.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == manifestName {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		got[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

func TestARenderErrorLeavesTheFolderAsItWas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	broken := append(pages(map[string]string{"a.html": "new", "index.html": "new"}),
		render.File{Path: "z.html", Append: func(into []byte) ([]byte, error) { return nil, errors.New("no such template") }})
	if _, err := write(t, dir, broken); err == nil || !strings.Contains(err.Error(), "z.html: no such template") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the first build left a folder behind: %v", err)
	}
	mustWrite(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
	if _, err := write(t, dir, broken); err == nil {
		t.Error("no error")
	}
	holds(t, dir, map[string]string{"a.html": "old", "index.html": "old"})
}

// A file system can fail between two moves. Here, someone creates a folder in the way
// after the build has checked.
func TestAMoveThatFailsTakesBackThoseBeforeIt(t *testing.T) {
	dir := t.TempDir()
	old := map[string]string{"a.html": "old", "b/gone.html": "old", "m.html": "old", "index.html": "old"}
	mustWrite(t, dir, old)
	staged := make(chan struct{})
	files := pages(map[string]string{"a.html": "new", "c/d/e.html": "new", "k.html": "new", "m.html": "new"})
	files = append(files, render.File{Path: "index.html", Append: func(into []byte) ([]byte, error) {
		<-staged
		return append(into, "new"...), os.MkdirAll(filepath.Join(dir, "k.html", "mine"), 0o755)
	}})
	var rendered atomic.Int32
	done, err := Write(context.Background(), dir, files, Options{Rendered: func() {
		if rendered.Add(1) == 4 {
			close(staged)
		}
	}})
	if err == nil {
		t.Fatalf("no error: %+v", done)
	}
	var f *Error
	if !errors.As(err, &f) || !strings.Contains(f.Message, "k.html") {
		t.Errorf("got %v", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "k.html")); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, old)
	if _, err := os.Stat(filepath.Join(dir, "c")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder that was made is still there")
	}
	mustWrite(t, dir, map[string]string{"a.html": "newer", "index.html": "newer"})
	holds(t, dir, map[string]string{"a.html": "newer", "index.html": "newer"})
}

func TestAFolderThatMayNotBeWrittenToIsLeftAlone(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	old := map[string]string{"a.html": "old", "sub/b.html": "old", "index.html": "old"}
	mustWrite(t, dir, old)
	sub := filepath.Join(dir, "sub")
	os.Chmod(sub, 0o555)
	defer os.Chmod(sub, 0o755)
	if _, err := write(t, dir, pages(map[string]string{"a.html": "new", "sub/b.html": "new", "index.html": "new"})); err == nil {
		t.Error("no error")
	}
	holds(t, dir, old)
}

// TestAVisitorNeverSeesHalfASite reads two files all the time while builds change them:
// both are always complete, and the home page never refers to a missing file.
func TestAVisitorNeverSeesHalfASite(t *testing.T) {
	dir := t.TempDir()
	version := func(n int) map[string]string {
		asset := fmt.Sprintf("assets/style.%d.css", n)
		return map[string]string{asset: strings.Repeat("x", 10_000), "a.html": fmt.Sprint(n), "index.html": asset}
	}
	mustWrite(t, dir, version(0))
	ctx, stop := context.WithCancel(context.Background())
	var visitors sync.WaitGroup
	visitors.Go(func() {
		for ctx.Err() == nil {
			before, err := os.ReadFile(filepath.Join(dir, "index.html"))
			if err != nil {
				t.Error(err)
				return
			}
			css, err := os.ReadFile(filepath.Join(dir, string(before)))
			after, _ := os.ReadFile(filepath.Join(dir, "index.html"))
			if err != nil && string(before) == string(after) {
				t.Errorf("index.html names %s: %v", before, err)
			}
			if err == nil && len(css) != 10_000 {
				t.Errorf("%s has %d bytes", before, len(css))
			}
			if _, err := os.ReadFile(filepath.Join(dir, "a.html")); err != nil {
				t.Error(err)
			}
		}
	})
	for n := 1; n < 100; n++ {
		mustWrite(t, dir, version(n))
	}
	stop()
	visitors.Wait()
	holds(t, dir, version(99))
}

func TestTwoBuildsOfOneFolderTakeTurns(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"index.html": "old"})
	var builds sync.WaitGroup
	for n := range 8 {
		builds.Go(func() {
			contents := map[string]string{"index.html": fmt.Sprint(n)}
			for i := range 20 {
				contents[fmt.Sprintf("%d/%d.html", n, i)] = fmt.Sprint(n)
			}
			if _, err := write(t, dir, pages(contents)); err != nil {
				t.Error(err)
			}
		})
	}
	builds.Wait()
	last, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"index.html": string(last)}
	for i := range 20 {
		want[fmt.Sprintf("%s/%d.html", last, i)] = string(last)
	}
	holds(t, dir, want)
}

func TestABuildWaitsForTheOneThatHoldsTheFolder(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	release, busy, err := filelock.Try(root, lockName)
	if busy || err != nil {
		t.Fatal(busy, err)
	}
	if _, busy, err := filelock.Try(root, lockName); !busy || err != nil {
		t.Errorf("a second holder: %v, %v", busy, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if _, err := lock(ctx, root, "public", io.Discard); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	release()
	release, err = lock(context.Background(), root, "public", io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	release()
	if _, err := root.Stat(lockName); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the lock is still there: %v", err)
	}
}

func TestWhatAKilledBuildLeftIsSweptUp(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, map[string]string{"index.html": "old"})
	stale := filepath.Join(dir, stagingPrefix+"0badf00d")
	if err := os.MkdirAll(filepath.Join(stale, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, dir, map[string]string{"index.html": "new"})
	if _, err := os.Stat(stale); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it is still there")
	}
}

// save writes a file and creates its folders.
func save(folder, path string, text []byte) error {
	target := filepath.Join(folder, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, text, 0o644)
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A file on a failing disk is not a missing file: the manifest would forget a page that
// visitors still see.
func TestAFileThatCannotBeLookedAtIsNotForgotten(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &staging{target: target{root: root, before: manifest{"incidents/over/index.html": {{}}, "INCIDENTS/over/index.html": {{}}}}}
	if err := s.removeObsolete("incidents/over/index.html"); err != nil {
		t.Errorf("a file that is gone already: %v", err)
	}
	root.Close() // from now on reading the folder fails
	if err := s.removeObsolete("incidents/over/index.html"); err == nil {
		t.Error("a file that cannot be looked at is taken for gone")
	}
	if _, err := s.obsolete(manifest{"incidents/over/index.html": {{}}}); err == nil {
		t.Error("two names that cannot be compared are taken for two files")
	}
}
