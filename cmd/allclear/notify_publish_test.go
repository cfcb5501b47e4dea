package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// publish --notify sends nothing before visitors get the page that the message links to.
func TestPublishNotifiesOnceTheSiteIsLive(t *testing.T) {
	f, s := newFolder(t), newSubscribers(t)
	public := filepath.Join(t.TempDir(), "public")
	stale := ""
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dir := public
		if stale != "" {
			dir = stale
		}
		http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
	}))
	defer web.Close()
	about := strings.Replace(fmt.Sprintf(notifySite, "file:notified.json"), "https://status.acme.test", web.URL, 1)
	f.put("content/site.yml", about+fmt.Sprintf("publish:\n  - {name: main, to: \"dir:%s\", url: %q}\n", public, web.URL))
	seen := func() bool {
		resp, err := http.Get(web.URL + "/incidents/slow/")
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		page, _ := io.ReadAll(resp.Body)
		return strings.Contains(string(page), "u-first")
	}
	s.on = func(kind string, _ http.ResponseWriter) bool {
		if !seen() {
			t.Errorf("%s gets a link to a page that is not there", kind)
		}
		return false
	}
	publishes := func(at string, args ...string) (string, string, error) {
		return f.publishes(s.env()[len(os.Environ()):], append([]string{"--notify", "--at", "2026-11-20 " + at}, args...)...)
	}
	if out, said, err := publishes("11:55"); err != nil || !strings.Contains(out, "chat: it is new") {
		t.Fatalf("%v\n%s%s", err, out, said)
	}
	f.put("content/incidents/slow.md", slowPages(0))

	stale = t.TempDir() // a cache that shows something else
	f.must(os.WriteFile(filepath.Join(stale, "build.json"), []byte(`{"build":"old","built_at":"2026-11-20T11:00:00Z"}`), 0o644))
	out, said, err := publishes("12:05", "--wait", "1s")
	if exitCode(err) != 1 || !strings.Contains(said, "nothing was sent to subscribers: main is not live") {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "a site that is not live", map[string]int{})

	stale = ""
	out, said, err = publishes("12:06", "--format", "json")
	var record publishRecord
	if err != nil || json.Unmarshal([]byte(out), &record) != nil || record.Notify == nil || len(record.Notify.Targets) != 2 {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "a site that is live", map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	if out, said, err = publishes("12:07", "--if-due"); err != nil || !strings.Contains(out, "chat: nothing new") {
		t.Errorf("%v\n%s%s", err, out, said)
	}
}

// notify --verify waits until visitors can see what the message links to, and sends nothing
// if they cannot.
func TestVerifyWaitsForThePage(t *testing.T) {
	f, s := newFolder(t), newSubscribers(t)
	public := t.TempDir()
	var mu sync.Mutex
	live := false
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if !live {
			http.NotFound(w, r)
			return
		}
		http.FileServer(http.Dir(public)).ServeHTTP(w, r)
	}))
	defer web.Close()
	f.put("content/site.yml", strings.Replace(fmt.Sprintf(notifySite, "file:notified.json"), "https://status.acme.test", web.URL, 1))
	if out, said, err := f.notifies(s.env(), "11:55", "--verify"); err != nil {
		t.Fatalf("%v\n%s%s", err, out, said)
	}
	f.put("content/incidents/slow.md", slowPages(0))
	build := func(at string) {
		out, err := exec.Command(program(t), "build", "--source", f.dir, "--out", public, "--at", "2026-11-20 "+at).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	build("12:05")
	_, said, err := f.notifies(s.env(), "12:05", "--verify", "--wait", "500ms")
	if exitCode(err) != 1 || !strings.Contains(said, "/incidents/slow/ is not published yet; the next run tries again") {
		t.Errorf("%v\n%s", err, said)
	}
	s.got(t, "before it is live", map[string]int{})
	go func() {
		time.Sleep(500 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		live = true
	}()
	if out, said, err := f.notifies(s.env(), "12:06", "--verify", "--wait", "20s"); err != nil {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "once it is live", map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	// The page is there, but not with the new update.
	f.put("content/incidents/slow.md", slowPages(0, 10))
	_, said, err = f.notifies(s.env(), "12:12", "--verify", "--wait", "500ms")
	if exitCode(err) != 1 || !strings.Contains(said, "/incidents/slow/ does not show it yet") {
		t.Errorf("%v\n%s", err, said)
	}
	build("12:12")
	if out, said, err := f.notifies(s.env(), "12:13", "--verify"); err != nil {
		t.Errorf("%v\n%s%s", err, out, said)
	}
}

// The schedule of GitHub starts the workflow when notify has something left to send.
func TestTheClockOfGitHubSendsWhatIsLeft(t *testing.T) {
	live := newLiveSite(t)
	h := newHosted(t, "github", live.URL)
	h.put("allclear.sh", "#!/bin/sh\nexec '"+program(t)+"' \"$@\"\n")
	steps := h.steps("clock.yml", "clock")
	left := steps[len(steps)-1]
	asks := func(what string, starts bool) {
		t.Helper()
		h.must(os.RemoveAll(filepath.Join(h.dir, "calls")))
		if out, code := h.run(left, "BRANCH=main"); code != 0 {
			t.Errorf("%s: exit %d\n%s", what, code, out)
		}
		if got := strings.Contains(h.calls(), "gh workflow run status.yml --ref main"); got != starts {
			t.Errorf("%s: it starts the workflow: %v", what, got)
		}
	}
	asks("without notify", false)
	_, notify, _ := strings.Cut(fmt.Sprintf(notifySite, "file:notified.json"), "notify:")
	h.put("content/site.yml", read(t, h.dir, "content/site.yml")+"notify:"+notify)
	s := newSubscribers(t)
	cmd := exec.Command(program(t), "notify", "--source", h.dir)
	cmd.Env = s.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	asks("nothing is new", false)
	at := time.Now().UTC().Add(-time.Minute).Format("2006-01-02 15:04")
	h.put("content/incidents/new.md", "---\ntitle: New\nseverity: none\n---\n\n## Investigating — "+at+"\n\nText.\n")
	asks("an update is left", true)
	cmd = exec.Command(program(t), "notify", "--source", h.dir)
	cmd.Env = s.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	asks("it is sent", false)
}

// A program that is asked to end finishes the message that is on its way, and leaves the
// others to the next run.
func TestASignalCutsOffNoMessage(t *testing.T) {
	f, s := toNotify(t, "file:notified.json")
	f.put("content/incidents/slow.md", slowPages(0, 10))
	arrived := make(chan bool, 4)
	s.after = func(string) {
		arrived <- true
		time.Sleep(500 * time.Millisecond)
	}
	cmd := exec.Command(program(t), "notify", "--source", f.dir, "--at", "2026-11-20 12:15")
	cmd.Env = s.env()
	f.must(cmd.Start())
	for range 2 {
		<-arrived
	}
	f.must(cmd.Process.Signal(os.Interrupt))
	if err := cmd.Wait(); exitCode(err) != 130 {
		t.Errorf("it ends with %v", err)
	}
	s.got(t, "when it was asked to end", map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	s.after = nil
	if out, said, err := f.notifies(s.env(), "12:16"); err != nil || strings.Count(out, "sent: ") != 2 {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "the next run", map[string]int{
		"chat " + firstUpdate: 1, "hook " + firstUpdate: 1, "chat " + secondUpdate: 1, "hook " + secondUpdate: 1})
}
