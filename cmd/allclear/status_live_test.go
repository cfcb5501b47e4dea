package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// liveFolder is a site whose published copy a real web server serves.
type liveFolder struct {
	folder
	url    string
	status atomic.Int64  // answers everything with this status; 0: serves the site
	asked  atomic.Int64  // requests so far
	delay  time.Duration // before each answer
}

func newLiveFolder(t *testing.T) *liveFolder {
	f := &liveFolder{folder: newFolder(t)}
	files := http.FileServer(http.Dir(filepath.Join(f.dir, "live")))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked.Add(1)
		time.Sleep(f.delay)
		if status := f.status.Load(); status != 0 {
			http.Error(w, "no", int(status))
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	f.url = server.URL
	f.put("content/site.yml", "title: Example\nurl: "+f.url+"\n")
	return f
}

// runs runs allclear in the folder and returns what it printed and its exit code.
func (f folder) runs(args ...string) (out, said string, code int) {
	f.Helper()
	var stdout, stderr strings.Builder
	cmd := exec.Command(program(f.T), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = f.dir, &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		f.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// build builds the published copy, as of some time ago.
func (f *liveFolder) build(ago time.Duration) {
	f.Helper()
	at := time.Now().Add(-ago).UTC().Format("2006-01-02 15:04:05 UTC")
	if _, said, code := f.runs("build", "--out", "live", "--at", at); code != 0 {
		f.Fatalf("build: exit %d\n%s", code, said)
	}
}

func past(d time.Duration) string { return time.Now().Add(-d).UTC().Format("2006-01-02 15:04:05 UTC") }

func expectLive(t *testing.T, story, out string, code, want int, says ...string) {
	t.Helper()
	for _, text := range says {
		if !strings.Contains(out, text) {
			t.Errorf("%s: %q is not in\n%s", story, text, out)
		}
	}
	if code != want {
		t.Errorf("%s: exit %d, not %d\n%s", story, code, want, out)
	}
}

func TestTheLiveStatusIsWhatVisitorsSee(t *testing.T) {
	f := newLiveFolder(t)
	_, said, code := f.runs("status", "--live")
	expectLive(t, "before anything is published", said, code, 1, "nothing of allclear is published at "+f.url, "hint: publish the site")

	f.build(10 * time.Minute)
	out, _, code := f.runs("status", "--live")
	expectLive(t, "published", out, code, 0, f.url+", at ", ", 10 min ago)\nAll Systems Operational\n", "Website: operational",
		"these files say the same")

	f.put("content/incidents/down.md", "---\ntitle: Down\ncomponents: [web]\nstatus: major_outage\n---\n## Investigating — "+
		past(5*time.Minute)+"\n\nWe look.\n")
	out, _, code = f.runs("status", "--live")
	expectLive(t, "an incident is written and not published", out, code, 0, "All Systems Operational",
		"these files say something else (2 differences): allclear diff, then publish")
	f.build(0)
	out, _, code = f.runs("status", "--live")
	expectLive(t, "it is published", out, code, 3, "just now)\nMajor System Outage\n", "\nopen\n  Down (investigating, since ",
		"Website: major outage", "these files say the same")
	if out, _, _ := f.runs("status"); !strings.HasPrefix(out, "these files, at ") {
		t.Errorf("without --live: %s", out)
	}

	f.put("content/incidents/down.md", "---\ntitle: Down\ncomponents: [wob]\n---\n")
	out, said, code = f.runs("status", "--live")
	expectLive(t, "a mistake in the files hides nothing", out, code, 3, "Major System Outage",
		"so they cannot be published: allclear check")
	if strings.Contains(said, "wob") {
		t.Errorf("the mistake is in the way: %s", said)
	}
}

// Pages follow the clock: a window that began after the build is under way for visitors,
// and feeds wait for a build.
func TestTheLiveStatusFollowsTheClock(t *testing.T) {
	f := newLiveFolder(t)
	f.put("content/maintenance/move.md", "---\ntitle: Move\ncomponents: [web]\nstatus: under_maintenance\nstart: "+past(20*time.Minute)+
		"\nduration: 2h\n---\n## Scheduled — "+past(48*time.Hour)+"\n\nWe move.\n")
	f.build(time.Hour)
	out, _, code := f.runs("status", "--live")
	expectLive(t, "the window has begun", out, code, 3, "Service Under Maintenance", "\nmaintenance\n  Move (in progress, from ",
		"Website: under maintenance", "these files say the same", "was not: feeds and the API are out of date")

	out, _, code = f.runs("status", "--live", "--format", "json")
	var record liveRecord
	f.must(json.Unmarshal([]byte(out), &record))
	if code != 3 || record.Indicator != "maintenance" || !record.Overdue || record.Files != filesSame || record.Age < 3590 ||
		record.URL != f.url || record.Build == "" || record.Components[0].Status != "under_maintenance" {
		t.Errorf("exit %d, %+v", code, record)
	}
	if _, said, code := f.runs("status", "--live", "--at", "12:00"); code != 2 || !strings.Contains(said, "not at another time") {
		t.Errorf("--at: exit %d, %s", code, said)
	}
}

// Copies on other hosts are named, with what they serve: one may have stayed behind.
func TestTheLiveStatusNamesCopiesThatStayedBehind(t *testing.T) {
	f, other := newLiveFolder(t), newLiveFolder(t)
	gone := newLiveFolder(t)
	f.put("content/site.yml", fmt.Sprintf("title: Example\nurl: %s\nmirrors: [%s]\npublish:\n  - {name: a, to: \"dir:a\", url: \"%s\"}\n"+
		"  - {name: b, to: \"dir:b\", url: \"%s\"}\n", f.url, other.url, other.url, gone.url))
	f.build(time.Hour)
	f.must(os.CopyFS(filepath.Join(other.dir, "live"), os.DirFS(filepath.Join(f.dir, "live"))))
	out, _, code := f.runs("status", "--live")
	expectLive(t, "two copies, one of them empty", out, code, 0, "\ncopies\n  "+other.url+": the same build\n  "+gone.url+
		": cannot be read: nothing is published there\n")
	f.build(0)
	out, _, code = f.runs("status", "--live")
	expectLive(t, "the mirror stayed behind", out, code, 0, "  "+other.url+": another build, of ")
}

// A schedule that starts a host's builds asks whether the site is due: after a change that
// has not come, at each turn for two hours, then every six hours.
func TestAHostsScheduleSpendsABuildOnlyWhenTheSiteIsDue(t *testing.T) {
	f := newLiveFolder(t)
	f.put("content/maintenance/move.md", "---\ntitle: Move\ncomponents: [web]\nstart: 2026-11-20 13:00\nduration: 12h\n---\n"+
		"## Scheduled — 2026-11-19 13:00\n\nWe move.\n")
	ask := func(story, at string, want ...string) {
		t.Helper()
		out, said, code := f.runs("publish", "--if-due", "--dry-run", "--at", at)
		expectLive(t, story, out+said, code, 0, want...)
	}
	ask("nothing is published", "2026-11-20 12:05",
		"not due (the site cannot be read)", "warning: nothing of allclear is published at "+f.url)
	if _, said, code := f.runs("build", "--out", "live", "--at", "2026-11-20 12:00"); code != 0 {
		t.Fatal(said)
	}
	ask("the change is ahead", "2026-11-20 12:59", "not due (the next change is at 2026-11-20 13:00 UTC)")
	ask("its time has come", "2026-11-20 13:00", "due: the site was to change at 2026-11-20 13:00 UTC")
	ask("two hours later", "2026-11-20 15:00", "due: the site was to change at 2026-11-20 13:00 UTC")
	ask("builds fail", "2026-11-20 15:07", "not due (the site was to change at 2026-11-20 13:00 UTC, and builds have failed since then")
	ask("every six hours", "2026-11-20 18:07", "due: the site was to change at")
	ask("and not twice", "2026-11-20 18:27", "not due (")

	f.put("content/incidents/down.md", incident("Down"))
	ask("a push publishes by itself", "2026-11-20 12:30", "not due (these files say something else than the site")
	f.put("content/incidents/down.md", "---\ntitle: Down\ncomponents: [wob]\n---\n")
	ask("a build would fail", "2026-11-20 13:00", "not due (a build would fail: 3 errors", "unknown component")
	f.must(os.Remove(filepath.Join(f.dir, "content/incidents/down.md")))
	out, _, code := f.runs("publish", "--if-due", "--dry-run", "--at", "2026-11-20 13:00", "--format", "json")
	expectLive(t, "JSON", out, code, 0, `"due": "the site was to change at`)
	_, said, code := f.runs("publish", "--if-due")
	expectLive(t, "nowhere to publish to", said, code, 1, "content/site.yml has no publish:")
	f.status.Store(http.StatusServiceUnavailable)
	ask("the host is down", "2026-11-20 13:00", "not due (the site cannot be read)", "answers with status 503")
}

// A site that cannot be read is exit code 1, and the message says what to do. Only what
// may pass is tried again.
func TestALiveSiteThatCannotBeReadSaysWhatToDo(t *testing.T) {
	f := newLiveFolder(t)
	f.build(0)
	for status, want := range map[int]struct {
		says  []string
		tries int64
	}{
		http.StatusServiceUnavailable: {[]string{f.url + "/state.json answers with status 503", "hint: the host fails at the moment"}, 3},
		http.StatusUnauthorized:       {[]string{"answers with status 401: it may not be read from here"}, 1},
		http.StatusNotFound:           {[]string{"nothing of allclear is published at " + f.url}, 1},
	} {
		f.status.Store(int64(status))
		before := f.asked.Load()
		_, said, code := f.runs("status", "--live")
		expectLive(t, fmt.Sprint(status), said, code, 1, want.says...)
		if tries := f.asked.Load() - before; tries != want.tries {
			t.Errorf("%d: asked %d times, not %d", status, tries, want.tries)
		}
	}
	f.status.Store(0)
	f.put("live/state.json", "<!doctype html><p>Log in")
	_, said, code := f.runs("status", "--live")
	expectLive(t, "a page for a login", said, code, 1,
		"answers with a page (a login, or another site)", "hint: see whether url in content/site.yml")
	f.put("live/state.json", `{"status": "ok"}`)
	_, said, code = f.runs("diff")
	expectLive(t, "another program's state.json", said, code, 1, "state.json cannot be read: it is not a state.json of allclear")
	f.put("content/site.yml", "title: Example\nurl: http://127.0.0.1:1\n")
	_, said, code = f.runs("status", "--live")
	expectLive(t, "nothing listens", said, code, 1,
		"cannot read http://127.0.0.1:1/state.json",
		"hint: nothing listens there: if the server is up, see whether url in content/site.yml")
	f.put("content/site.yml", "title: Example\n")
	_, said, code = f.runs("status", "--live")
	expectLive(t, "no url", said, code, 1, "the site has no url")
}

// diff asks the site under url, and a site that is not published yet is new as a whole.
func TestDiffAsksThePublishedSite(t *testing.T) {
	f := newLiveFolder(t)
	f.put("content/incidents/down.md", "---\ntitle: Down\ncomponents: [web]\nstatus: major_outage\n---\n## Investigating — "+
		past(5*time.Minute)+"\n\nWe look.\n")
	out, said, code := f.runs("diff")
	expectLive(t, "nothing is published", out, code, 0,
		f.url+", where nothing is published yet", "new incident: Down", "new: Website, major outage")
	expectLive(t, "nothing is published", said, code, 0, "warning: nothing is published at "+f.url+" yet: everything is new")
	f.build(0)
	out, _, code = f.runs("diff")
	expectLive(t, "all is published", out, code, 0, "no differences")
	out, _, code = f.runs("diff", "--against", f.url+"/state.json")
	expectLive(t, "the address of state.json", out, code, 0, "no differences")
	_, said, code = f.runs("diff", "--against", f.url+"/nowhere")
	expectLive(t, "a wrong address", said, code, 0, "hint: if there is a site, see whether --against is its address")
	_, said, code = f.runs("diff", "--against", "http://127.0.0.1:1")
	expectLive(t, "nothing listens", said, code, 1, "if the server is up, see whether --against is the address")
	f.must(exec.Command("rm", filepath.Join(f.dir, "content/incidents/down.md")).Run())
	out, _, code = f.runs("diff", "--format", "json")
	expectLive(t, "the file is gone", out, code, 1, `"vanished": [`, `"incidents/down/"`)
}
