package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// quiet is long enough for the preview to see that a burst of changes is over.
const quiet = 150 * time.Millisecond

func TestASavedFileIsOnThePageAtOnce(t *testing.T) {
	s := newFolder(t).serve()
	heard := s.hear()
	first := <-heard
	if first.Edition == "" || first.Broken != "" {
		t.Fatalf("the first news is %+v", first)
	}
	if _, body := s.get("incidents/gone/"); !strings.Contains(body, `data-edition="`+first.Edition+`"`) {
		t.Error("the page does not say which edition it is")
	}
	s.put("content/incidents/gone.md", incident("The web was slow"))
	if second := <-heard; second.Edition == first.Edition || second.Broken != "" {
		t.Errorf("the second news is %+v", second)
	}
	if _, body := s.get("incidents/gone/"); !strings.Contains(body, "The web was slow") {
		t.Error("the page has the old title")
	}
}

func TestMistakesAreShownOverTheLastGoodPage(t *testing.T) {
	s := newFolder(t).serve()
	heard := s.hear()
	first := <-heard
	s.put("content/incidents/gone.md", strings.Replace(incident("New"), "[web]", "[wbe]", 1))
	second := <-heard
	if second.Edition != first.Edition ||
		!strings.Contains(second.Broken, `content/incidents/gone.md:3:14: error: unknown component "wbe"`) {
		t.Errorf("the news is %+v", second)
	}
	if !s.shows("incidents/gone/", "The web was gone")() {
		t.Error("the last good page is gone")
	}
	s.until("the terminal", func() bool { return strings.Contains(s.log(), `did you mean "web"?`) })
	s.put("content/incidents/gone.md", incident("Mended"))
	if third := <-heard; third.Edition == first.Edition || third.Broken != "" {
		t.Errorf("the news is %+v", third)
	}
}

func TestASiteThatBeginsWithMistakesShowsThem(t *testing.T) {
	f := newFolder(t)
	f.put("content/components.yml", "components:\n  - {id: web, nam: Website}\n")
	s := f.serve()
	resp, body := s.get("")
	if resp.StatusCode != http.StatusInternalServerError || !strings.Contains(body, "unknown key &#34;nam&#34;") {
		t.Errorf("%s: %s", resp.Status, body)
	}
	s.put("content/components.yml", "components:\n  - {id: web, name: Website}\n")
	s.until("the mended page", func() bool { resp, _ := s.get(""); return resp.StatusCode == http.StatusOK })
}

func TestThePreviewNoticesEveryWayInWhichEditorsSave(t *testing.T) {
	s := newFolder(t).serve()
	target := filepath.Join(s.dir, "content", "incidents", "gone.md")

	// saved as a temporary file and renamed
	s.put("content/incidents/gone.md~", incident("Renamed on save"))
	s.must(os.Rename(target+"~", target))
	s.until("a rename on save", s.shows("incidents/gone/", "Renamed on save"))

	// the old file renamed, a new one written
	s.must(os.Rename(target, target+"~"))
	s.put("content/incidents/gone.md", incident("Written anew"))
	s.until("a backup and a new file", s.shows("incidents/gone/", "Written anew"))
	s.must(os.Remove(target + "~"))

	// temporary files of editors cause no rebuild
	time.Sleep(quiet)
	before := s.built()
	s.put("content/incidents/.gone.md.swp", "x")
	s.put("content/incidents/4913", "")
	s.must(os.Remove(filepath.Join(s.dir, "content/incidents/4913")))
	time.Sleep(quiet)
	if s.built() != before {
		t.Errorf("temporary files caused a rebuild: %s", s.log())
	}

	// a new subfolder, and one in it
	s.put("content/incidents/2026/q1/again.md", incident("In a new folder"))
	s.until("a new folder", s.shows("incidents/again/", "In a new folder"))
	s.put("content/incidents/2026/q1/again.md", incident("Changed in a new folder"))
	s.until("a change in a new folder", s.shows("incidents/again/", "Changed in a new folder"))

	// a folder that is removed and created again
	s.must(os.RemoveAll(filepath.Join(s.dir, "content", "incidents")))
	s.until("the removed folder", func() bool { resp, _ := s.get("incidents/gone/"); return resp.StatusCode == http.StatusNotFound })
	s.put("content/incidents/gone.md", incident("Back again"))
	s.until("the new folder", s.shows("incidents/gone/", "Back again"))
	s.put("content/incidents/gone.md", incident("Back and changed"))
	s.until("a change in it", s.shows("incidents/gone/", "Back and changed"))

	// the whole content folder
	s.must(os.Rename(filepath.Join(s.dir, "content"), filepath.Join(s.dir, "away")))
	s.until("content gone", func() bool { return strings.Contains(s.log(), "there is no site in") })
	s.must(os.Rename(filepath.Join(s.dir, "away"), filepath.Join(s.dir, "content")))
	s.put("content/incidents/gone.md", incident("All is back"))
	s.until("content back", s.shows("incidents/gone/", "All is back"))
}

// On a busy machine the writer itself pauses, and the preview may take a pause for the end
// of the pull.
func TestAPullOfFiveHundredFilesIsOneRebuild(t *testing.T) {
	s := newFolder(t).serve()
	before, pauses, last := s.built(), 0, time.Now()
	for n := range 500 {
		s.put(fmt.Sprintf("content/incidents/2025/incident-%d.md", n), incident(fmt.Sprint("Incident ", n)))
		if time.Since(last) > 10*time.Millisecond {
			pauses++
		}
		last = time.Now()
	}
	s.until("the last one", s.shows("incidents/incident-499/", "Incident 499"))
	time.Sleep(quiet)
	if n := s.built() - before; n > 1+2*pauses {
		t.Errorf("%d rebuilds, with %d pauses of the writer", n, pauses)
	}
}

func TestAThemeFileIsFollowed(t *testing.T) {
	s := newFolder(t).serve()
	s.put("themes/default/404.html", "{{define `404`}}mine{{end}}")
	s.until("a rebuild", func() bool { return s.built() > 1 })
	s.put("themes/default/404.html", "{{ broken")
	s.until("a mistake in a template", func() bool { return strings.Contains(s.log(), "404.html") })
}

func TestThePreviewAnswersAsAHostDoes(t *testing.T) {
	f := newFolder(t)
	f.put("content/static/app.wasm.txt", "x")
	s := f.serve()
	for path, want := range map[string]struct {
		status int
		kind   string
	}{
		"":                     {200, "text/html; charset=utf-8"},
		"index.html":           {200, "text/html; charset=utf-8"},
		"incidents/gone/":      {200, "text/html; charset=utf-8"},
		"incidents/gone":       {200, "text/html; charset=utf-8"}, // after a redirect
		"nowhere":              {404, "text/html; charset=utf-8"},
		"404.html":             {404, "text/html; charset=utf-8"},
		"503.html":             {503, "text/html; charset=utf-8"},
		"status.txt":           {200, "text/plain; charset=utf-8"},
		"history.rss":          {200, "application/rss+xml; charset=utf-8"},
		"api/v2/summary.json":  {200, "application/json; charset=utf-8"},
		"_headers":             {404, "text/html; charset=utf-8"},
		"../../etc/passwd":     {404, "text/html; charset=utf-8"},
		"%2e%2e/components.ym": {404, "text/html; charset=utf-8"},
	} {
		resp, _ := s.get(path)
		if got := resp.Header.Get("Content-Type"); resp.StatusCode != want.status || got != want.kind {
			t.Errorf("/%s: %s, %s", path, resp.Status, got)
		}
		if again := resp.Header.Get("Retry-After"); (again != "") != (want.status == 503) {
			t.Errorf("/%s: Retry-After is %q", path, again)
		}
	}
	if resp, _ := s.get(""); !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("the headers of _headers are missing: %v", resp.Header)
	}
	resp, err := http.Post(s.address, "text/plain", strings.NewReader("x"))
	s.must(err)
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %s", resp.Status)
	}
}

func TestOnlyItsOwnNamesReachThePreview(t *testing.T) {
	s := newFolder(t).serve()
	for host, want := range map[string]int{
		"localhost:4000": 200, "127.0.0.1": 200, "[::1]:4000": 200, "status.localhost": 200,
		"localhost": 200, "127.0.0.1:80": 200, "localhost:4711.evil.com": 403, "localhost:": 403, "[localhost]": 403, "[127.0.0.1]": 403,
		"localhost:99999": 403, "evil.example.com": 403, "localhost.evil.example.com:4000": 403, "192.168.1.evil": 403,
	} {
		req, err := http.NewRequest("GET", s.address, nil)
		s.must(err)
		req.Host = host
		resp, err := http.DefaultClient.Do(req)
		s.must(err)
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%q: %s", host, resp.Status)
		}
	}
}

// A published site lets every page read its API and feeds. A preview may contain drafts,
// so no other origin may read it, not even another port of this machine.
func TestNoOtherOriginReadsThePreview(t *testing.T) {
	f := newFolder(t)
	f.put("content/static/own.txt", "mine")
	s := f.serve("--drafts")
	for _, path := range []string{"", "search.json", "api/v2/summary.json", "history.rss", "status.txt", "badges/web.svg", "embed.js",
		"own.txt", "nowhere/", "503.html", ".allclear/reload.js"} {
		resp, _ := s.get(path)
		for name := range resp.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("/%s: %s: %s", path, name, resp.Header.Get(name))
			}
		}
		if got := resp.Header.Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
			t.Errorf("/%s: Cross-Origin-Resource-Policy: %q", path, got)
		}
	}
}

func TestAMaintenanceBeginsInThePreviewByItself(t *testing.T) {
	f := newFolder(t)
	now := time.Now().UTC()
	f.put("content/maintenance/soon.md", fmt.Sprintf("---\ntitle: Soon\nstart: %s\nduration: 1h\ncomponents: [web]\n---\nIt begins.\n",
		now.Add(2*time.Second).Format(time.RFC3339)))
	s := f.serve()
	if _, body := s.get("api/v2/status.json"); !strings.Contains(body, `"none"`) {
		t.Errorf("it begins too early: %s", body)
	}
	s.until("its start", s.shows("api/v2/status.json", `"maintenance"`))
}

func TestAnInstantStandsStillInThePreview(t *testing.T) {
	s := newFolder(t).serve("--at", "2025-07-25 06:30")
	if _, body := s.get("status.txt"); !strings.Contains(body, "2025-07-25 06:30 UTC") {
		t.Error(body)
	}
}

func TestATakenPortIsSaidPlainly(t *testing.T) {
	s := newFolder(t).serve()
	port := strings.TrimSuffix(strings.TrimPrefix(s.address, "http://"), "/")
	out, err := exec.Command(program(t), "serve", "--source", s.dir, "--listen", port).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "cannot listen on "+port+": the port is in use") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestServeEndsCleanlyAtASignal(t *testing.T) {
	s := newFolder(t).serve()
	s.hear() // a listening browser does not delay the end
	began := time.Now()
	s.must(s.cmd.Process.Signal(syscall.SIGINT))
	if err := <-s.ended; err != nil {
		t.Errorf("it ended with %v: %s", err, s.log())
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %s", took)
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, "*")); len(left) != 1 {
		t.Errorf("the site's folder holds %v", left)
	}
}
