package deploy

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is a real server that the tests publish to.
type server struct {
	to    string // the address of an empty place on it
	env   map[string]string
	files func() map[string]string // what the place holds, by path
	write func(path, text string)  // puts a file there, as someone else would
	fail  func(request int)        // the request with this number, and all after it, fail; 0: none
	count func() int               // requests since the last fail
	visit string                   // where visitors read it, or
	root  string                   // the folder that a web server could serve

	headers func(path string) http.Header // that a file was sent with, where the server has them
}

// options returns options that publish a small site to the server.
func (s server) options(t testing.TB, text string) Options {
	opt := options(t, text)
	opt.Env = func(name string) string { return s.env[name] }
	return opt
}

// holds fails the test unless the place holds the site as of an instant, and these other
// files.
func (s server) holds(t testing.TB, text string, at time.Time, others ...string) {
	t.Helper()
	files := s.files()
	if _, found := files[manifestName]; !found {
		t.Errorf("there is no manifest")
	}
	delete(files, manifestName)
	maps.DeleteFunc(files, func(path, _ string) bool { return strings.HasPrefix(path, newFolder+"/") }) // of runs that failed
	for _, f := range build(t, text, at).files {
		want, err := f.source.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if got, found := files[f.Path]; !found || got != string(want) {
			t.Errorf("%s: %d bytes, not %d", f.Path, len(got), len(want))
		}
		delete(files, f.Path)
	}
	for _, path := range others {
		if _, found := files[path]; !found {
			t.Errorf("%s is gone", path)
		}
		delete(files, path)
	}
	if len(files) > 0 {
		t.Errorf("left over: %v", slices.Sorted(maps.Keys(files)))
	}
}

// testStore tests what all places that hold single files have in common.
func testStore(t *testing.T, start func(t *testing.T) server) {
	t.Parallel()
	t.Run("addresses that would vanish are refused, and nothing changes", func(t *testing.T) {
		s := start(t)
		mustPublish(t, s.to, "", s.options(t, "Text."))
		opt := s.options(t, "")
		opt.Broken = false
		r := publishTo(t, s.to, "", opt)
		if r.Err == nil || !strings.Contains(r.Err.Error(), "would vanish: /history/2026-11/, /incidents/slow/") || r.Published {
			t.Errorf("%+v", r)
		}
		s.holds(t, "Text.", noon)
		s.write("state.json", "damaged")
		r = publishTo(t, s.to, "", opt)
		if r.Err != nil || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Message, "nobody knows whether addresses vanish") {
			t.Errorf("with a damaged state.json: %+v", r)
		}
	})
	t.Run("only what differs is uploaded, and only what was published is removed", func(t *testing.T) {
		s := start(t)
		s.write("CNAME", "someone else's")
		s.write("incidents/other.html", "someone else's")
		mustPublish(t, s.to, "", s.options(t, "Text."))
		s.holds(t, "Text.", noon, "CNAME", "incidents/other.html")

		r := mustPublish(t, s.to, "", s.options(t, "Text."))
		if len(r.Changes.Uploaded) > 0 || len(r.Changes.Removed) > 0 {
			t.Errorf("a site that is there is published again: %v", r.Changes)
		}
		r = mustPublish(t, s.to, "", s.options(t, "Edited."))
		if !slices.Contains(r.Changes.Uploaded, "incidents/slow/index.html") || slices.Contains(r.Changes.Uploaded, "favicon.svg") {
			t.Errorf("uploaded %v", r.Changes.Uploaded)
		}
		s.holds(t, "Edited.", noon, "CNAME", "incidents/other.html")
		if r = mustPublish(t, s.to, "", s.options(t, "")); !slices.Contains(r.Changes.Removed, "incidents/slow/index.html") {
			t.Errorf("removed %v", r.Changes.Removed)
		}
		s.holds(t, "", noon, "CNAME", "incidents/other.html")
	})
	t.Run("an upload that fails at any request is completed by the next", func(t *testing.T) {
		s := start(t)
		mustPublish(t, s.to, "", s.options(t, "Text."))
		s.write("CNAME", "someone else's")
		s.fail(0)
		mustPublish(t, s.to, "", s.options(t, "")) // with files to remove
		requests := s.count()
		mustPublish(t, s.to, "", s.options(t, "Text 0."))
		for n := 1; n <= requests; n++ {
			if n < requests-4 && n%max(2, requests/6) != 1 {
				continue
			}
			s.fail(n)
			failed := publishTo(t, s.to, "", s.options(t, "")).Err != nil
			s.fail(0)
			if !failed { // the request was not needed any more, as the goodbye of a connection
				s.holds(t, "", noon, "CNAME")
			}
			text := fmt.Sprintf("Text %d.", n)
			mustPublish(t, s.to, "", s.options(t, text))
			s.holds(t, text, noon, "CNAME")
		}
	})
	t.Run("someone else's file that is in the way is moved, and named", func(t *testing.T) {
		s := start(t)
		s.write("robots.txt", "mine")
		r := publishTo(t, s.to, "", s.options(t, "Text."))
		if r.Err != nil || len(r.Changes.Notes) != 1 ||
			!strings.Contains(r.Changes.Notes[0], "did not publish robots.txt, which is in the way: it moves to .allclear-found/2") {
			t.Errorf("%v, notes %v", r.Err, r.Changes.Notes)
		}
		s.write("components/more/index.html", "mine, too")
		s.write("incidents/late/index.html", "mine, too")
		opt := s.options(t, "Text.")
		opt.Build = func(time.Time) (*Site, error) { return grown(3) }
		dry := opt
		dry.DryRun = true
		mustPublish(t, s.to, "", dry)
		files := s.files()
		if files["incidents/late/index.html"] != "mine, too" {
			t.Error("a dry run has moved a file")
		}
		path := build(t, "Text.", noon).files[0].Path
		for f := range files {
			if strings.HasPrefix(f, foundFolder+"/") && files[f] == "mine" {
				path = f
			}
		}
		if !strings.HasSuffix(path, "/robots.txt") {
			t.Errorf("the file is gone: %v", slices.Sorted(maps.Keys(files)))
		}
		if r := mustPublish(t, s.to, "", s.options(t, "Text.")); len(r.Changes.Notes) > 0 {
			t.Errorf("again: %v", r.Changes.Notes)
		}
	})
	t.Run("someone else's site is not overwritten", func(t *testing.T) {
		s := start(t)
		s.write("index.html", "someone else's")
		r := publishTo(t, s.to, "", s.options(t, "Text."))
		if r.Err == nil || !strings.Contains(r.Err.Error(), "another site is there") || len(s.files()) != 1 {
			t.Errorf("%v, files %v", r.Err, slices.Sorted(maps.Keys(s.files())))
		}
	})
	t.Run("a site that was uploaded by other means is taken over", func(t *testing.T) {
		s := start(t)
		for _, f := range build(t, "Old.", noon).files {
			text, _ := f.source.Bytes()
			s.write(f.Path, string(text))
		}
		r := mustPublish(t, s.to, "", s.options(t, "Text."))
		if len(r.Changes.Notes) != 1 || !strings.Contains(r.Changes.Notes[0], "there is no "+manifestName) {
			t.Errorf("notes %v", r.Changes.Notes)
		}
		s.holds(t, "Text.", noon)
	})
	t.Run("a damaged manifest removes nothing", func(t *testing.T) {
		s := start(t)
		mustPublish(t, s.to, "", s.options(t, "Text."))
		s.write(manifestName, `{"files": {"../../etc/passwd": {}}}`)
		if r := mustPublish(t, s.to, "", s.options(t, "Text.")); len(r.Changes.Removed) > 0 || len(r.Changes.Notes) != 1 {
			t.Errorf("%+v", r.Changes)
		}
		for _, path := range []string{manifestName, ".allclear-found/x", "/etc/passwd", "a/../../b"} {
			if _, ok := parseManifest([]byte(`{"files": {"` + path + `": {}}}`)); ok {
				t.Errorf("a manifest that lists %s counts", path)
			}
		}
		s.holds(t, "Text.", noon)
	})
	t.Run("a target that does not give state.json is not published to", func(t *testing.T) {
		s := start(t)
		mustPublish(t, s.to, "", s.options(t, "Text."))
		s.fail(1)
		opt := s.options(t, "")
		opt.Broken = false
		r := publishTo(t, s.to, "", opt)
		if r.Err == nil || len(r.Warnings) > 0 || r.Published {
			t.Errorf("%+v", r)
		}
	})
	t.Run("two publishes at once never leave a mixture that counts as whole", func(t *testing.T) {
		s := start(t)
		mustPublish(t, s.to, "", s.options(t, "Text."))
		var wait sync.WaitGroup
		for i := range 4 {
			wait.Go(func() { publishTo(t, s.to, "", s.options(t, fmt.Sprintf("Text %d.", i))) })
		}
		wait.Wait()
		mustPublish(t, s.to, "", s.options(t, "Last."))
		s.holds(t, "Last.", noon)
	})
}

func TestAssetsStayForAnHourAfterTheLastPageThatUsedThem(t *testing.T) {
	s := build(t, "Text.", noon)
	m := manifest{Files: map[string]record{
		"assets/old.css":             {Digest: "1", Cache: "public, max-age=31536000, immutable"},
		"incidents/gone/index.html":  {Digest: "2", Cache: "public, max-age=30"},
		"incidents/half/index.html":  {},
		"index.html":                 {Digest: "3"},
		"assets/long-since-gone.css": {Digest: "4", Cache: "public, immutable", Unused: noon.Add(-time.Hour).Unix()},
	}}
	remove, keep := m.obsolete(s, noon)
	slices.Sort(remove)
	if got := strings.Join(remove, " "); got != "assets/long-since-gone.css incidents/gone/index.html incidents/half/index.html" {
		t.Errorf("removed %s", got)
	}
	if keep["assets/old.css"].Unused != noon.Unix() || len(keep) != 1 {
		t.Errorf("kept %v", keep)
	}
}

func TestFilesAreUploadedBeforeWhatLinksToThem(t *testing.T) {
	before := manifest{Files: map[string]record{
		"build.json": {Digest: "1"}, "index.html": {Digest: "1"}, "history.atom": {Digest: "1"}, "history/index.html": {Type: "text/html"},
		"incidents/begun/index.html": {}, "assets/a.css": {Digest: "1"},
	}}
	var order []string
	names := []string{"build.json", "index.html", "history.atom", "history/index.html",
		"incidents/begun/index.html", "incidents/new/index.html", "assets/a.css"}
	var files []File
	for _, name := range names {
		files = append(files, File{Path: name})
	}
	for _, stage := range inStages(files, before.presence) {
		for _, f := range stage {
			order = append(order, f.Path)
		}
	}
	slices.Reverse(names)
	if strings.Join(order, " ") != strings.Join(names, " ") {
		t.Errorf("uploaded in the order %v", order)
	}
}

func TestEachStopsAtTheFirstError(t *testing.T) {
	var done []int
	err := each(context.Background(), 1, 100, func(_ context.Context, i int) error {
		done = append(done, i)
		if i == 3 {
			return fmt.Errorf("four")
		}
		return nil
	})
	if err == nil || err.Error() != "four" || len(done) > 5 {
		t.Errorf("%v after %v", err, done)
	}
}
