package deploy

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"allclear/cmd/allclear/internal/headers"
	"allclear/generator"
	"allclear/generator/site"
	"allclear/themes"
)

// noon is the instant as of which the tests publish.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// smallSite returns the files of a small site: one incident, or none if text is "".
func smallSite(text string) fstest.MapFS {
	files := fstest.MapFS{
		"content/site.yml":         {Data: []byte("title: Example\nurl: https://status.acme.test\n")},
		"content/components.yml":   {Data: []byte("components: [{id: web, name: Website}]\n")},
		"content/static/robots.me": {Data: []byte("a file of the operator's")},
	}
	if text != "" {
		files["content/incidents/slow.md"] = &fstest.MapFile{Data: []byte(
			"---\ntitle: Slow\ncomponents: [web]\nstatus: degraded_performance\n---\n" +
				"## Investigating — 2026-11-20 11:00\n\n" + text + "\n")}
	}
	return files
}

// build returns a small site as of an instant.
func build(t testing.TB, text string, at time.Time) *Site {
	t.Helper()
	files := smallSite(text)
	result := generator.Build(files, themes.In(files), generator.Options{Now: at, Version: "test"})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	s, err := NewSite(result.Files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// options returns options that publish a small site whose incident has this text.
func options(t testing.TB, text string) Options {
	var mu sync.Mutex
	return Options{
		Build: func(at time.Time) (*Site, error) { return build(t, text, at), nil },
		Now:   noon, Wait: 10 * time.Second, Hold: &mu, Broken: true,
		Env:    func(string) string { return "" },
		Folder: func(name string) (string, error) { return name, nil },
		Log:    func(target, format string, a ...any) { t.Logf(target+": "+format, a...) },
	}
}

// publishTo publishes to one target.
func publishTo(t testing.TB, to, url string, opt Options) Result {
	t.Helper()
	kind, _, _ := strings.Cut(to, ":")
	kind, _, _ = strings.Cut(kind, "+")
	return Run(context.Background(), []site.PublishTarget{{Name: "main", Kind: kind, To: to, URL: url}}, opt)[0]
}

// mustPublish publishes to one target and fails the test if that fails.
func mustPublish(t testing.TB, to, url string, opt Options) Result {
	t.Helper()
	r := publishTo(t, to, url, opt)
	if r.Err != nil {
		t.Fatalf("publishing to %s: %v", to, r.Err)
	}
	return r
}

// host serves files like a static host. change changes its answers; it may be nil.
func host(t testing.TB, files func() fs.FS, change func(w http.ResponseWriter, r *http.Request) bool) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fsys := files()
		if text, err := fs.ReadFile(fsys, "_headers"); err == nil {
			headers.Parse(text).Set(w.Header(), r.URL.Path)
		}
		if change == nil || !change(w, r) {
			http.FileServerFS(fsys).ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAPublishedSiteIsReadBack(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "public")
	url := host(t, dirFS(folder), nil)
	r := mustPublish(t, "dir:"+folder, url, options(t, "Text."))
	if !r.Live || len(r.Warnings) > 0 || len(r.Changes.Uploaded) < 10 {
		t.Errorf("%+v", r)
	}
}

func TestASiteThatVisitorsDoNotGetIsAFailureAfterTheWait(t *testing.T) {
	for name, test := range map[string]struct {
		change func(w http.ResponseWriter, r *http.Request) bool
		want   string
	}{
		"another build": {func(w http.ResponseWriter, r *http.Request) bool {
			fmt.Fprint(w, `{"build": "000000000000", "version": "x", "built_at": "2026-11-20T11:00:00Z"}`)
			return true
		}, "its build.json names build 000000000000 of 2026-11-20T11:00:00Z"},
		"another page": {func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/" {
				fmt.Fprint(w, "old")
			}
			return r.URL.Path == "/"
		}, "/ has other bytes than were uploaded"},
		"no asset": {func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, "/assets/") {
				http.NotFound(w, r)
			}
			return strings.HasPrefix(r.URL.Path, "/assets/")
		}, "answers with status 404"},
	} {
		folder := filepath.Join(t.TempDir(), "public")
		opt := options(t, "Text.")
		opt.Wait = 2 * time.Second
		r := publishTo(t, "dir:"+folder, host(t, dirFS(folder), test.change), opt)
		if r.Err == nil || !strings.Contains(r.Err.Error(), test.want) || !r.Published || r.Live {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// A host that is slow to show what was uploaded is waited for.
func TestAHostThatNeedsAMomentIsWaitedFor(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "public")
	old := t.TempDir()
	mustPublish(t, "dir:"+old, "", options(t, "Old."))
	asked := 0
	url := host(t, func() fs.FS {
		if asked++; asked <= 3 {
			return dirFS(old)()
		}
		return dirFS(folder)()
	}, nil)
	if r := mustPublish(t, "dir:"+folder, url, options(t, "New.")); !r.Live {
		t.Errorf("%+v", r)
	}
}

func TestAHeaderThatIsMissingIsAWarningThatSaysHowTheHostSetsIt(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "public")
	url := host(t, dirFS(folder), func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Del("Referrer-Policy")
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			w.Header().Set("Cache-Control", "public, max-age=60")
		}
		return false
	})
	r := mustPublish(t, "dir:"+folder, url, options(t, "Text."))
	var text []string
	for _, w := range r.Warnings {
		text = append(text, w.Message+" | "+w.Hint)
	}
	all := strings.Join(text, "\n")
	for _, want := range []string{
		": the header Referrer-Policy is missing | the web server sets it: docs/publishing.md",
		`the header Cache-Control is "public, max-age=60", not "public, max-age=31536000, immutable"`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no warning %q in\n%s", want, all)
		}
	}
	if len(r.Warnings) != 2 || !strings.Contains("\n"+all, "\n/, /history.atom, /assets/") {
		t.Errorf("a header is named more than once:\n%s", all)
	}
	if !r.Live {
		t.Error("headers alone made it a failure")
	}
}

func TestWhatIsDueFollowsThePublishedSite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "public")
	url := host(t, dirFS(folder), nil)
	opt := options(t, "Text.")
	opt.IfDue = true
	expect := func(want string, opt Options) {
		t.Helper()
		r := mustPublish(t, "dir:"+folder, url, opt)
		if !strings.Contains(r.Due, want) || r.Skipped != (want == "") || r.Skipped && r.Due != "" {
			t.Errorf("due is %q, skipped %v, not %q", r.Due, r.Skipped, want)
		}
	}
	expect("nothing is published there yet", opt)
	opt.Now = noon.Add(time.Hour)
	expect("", opt)
	edited := options(t, "Edited.")
	edited.IfDue, edited.Now = true, opt.Now
	expect("files differ", edited)
	expect("", edited)
}

func TestASiteThatCannotBeReadIsDueWithAWarning(t *testing.T) {
	opt := options(t, "Text.")
	opt.IfDue, opt.DryRun = true, true
	r := publishTo(t, "dir:"+filepath.Join(t.TempDir(), "public"), "http://127.0.0.1:1", opt)
	if r.Due != "what is published cannot be read" || len(r.Warnings) != 1 {
		t.Errorf("%+v", r)
	}
}

// dirFS returns a function that opens a folder.
func dirFS(folder string) func() fs.FS { return func() fs.FS { return os.DirFS(folder) } }
