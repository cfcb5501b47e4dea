package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// subscribers is a server that stands in for a chat and a receiver of webhooks.
type subscribers struct {
	*httptest.Server
	mu    sync.Mutex
	posts map[string]int // by kind and update
	keys  map[string]bool
	on    func(kind string, w http.ResponseWriter) (answered bool) // before a message counts; nil: nothing
	after func(kind string)                                        // once it counts
}

var notifiedID = regexp.MustCompile(`incidents/[a-z0-9-]+/#u-[a-zA-Z0-9]+`)

func newSubscribers(t *testing.T) *subscribers {
	s := &subscribers{posts: map[string]int{}, keys: map[string]bool{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *subscribers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	kind, key := "chat", r.Header.Get("webhook-id")
	if key != "" {
		kind = "hook"
	}
	if s.on != nil && s.on(kind, w) {
		return
	}
	s.mu.Lock()
	if key == "" || !s.keys[key] {
		s.posts[kind+" "+notifiedID.FindString(string(body))]++
	}
	s.keys[key] = true
	s.mu.Unlock()
	if s.after != nil {
		s.after(kind)
	}
	io.WriteString(w, "ok")
}

// env is the environment that leads to the subscribers.
func (s *subscribers) env() []string {
	return append(os.Environ(), "SLACK_URL="+s.URL+"/services/PLANTEDT0/PLANTEDB0/PLANTEDX0", "HOOK_URL="+s.URL+"/PLANTEDhook",
		"HOOK_SECRET=whsec_UExBTlRFRC1QTEFOVEVELVBMQU5URUQtUExBTlRFRA==")
}

const notifySite = `title: Example
url: https://status.acme.test
notify:
  ledger: %s
  targets:
    - {name: chat, to: slack, url: $SLACK_URL}
    - {name: hook, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}
`

// slowPages is an incident with updates at these minutes after noon.
func slowPages(minutes ...int) string {
	text := "---\ntitle: Slow pages\ncomponents: [web]\nstatus: degraded_performance\n---\n"
	for i, m := range minutes {
		word := []string{"Investigating", "Update"}[min(i, 1)]
		text += fmt.Sprintf("\n## %s — 2026-11-20 12:%02d\n\nText %d.\n", word, m, i)
	}
	return text
}

// notifies runs allclear notify as of an instant of that day, and returns what it prints.
func (f folder) notifies(env []string, at string, args ...string) (out, said string, err error) {
	f.Helper()
	cmd := exec.Command(program(f.T), append([]string{"notify", "--source", f.dir, "--at", "2026-11-20 " + at}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = env, &stdout, &stderr
	err = cmd.Run()
	if text := stdout.String() + stderr.String(); strings.Contains(text, "PLANTED") || strings.Contains(text, "UExBTlRFR") {
		f.Errorf("a secret is printed:\n%s", text)
	}
	return stdout.String(), stderr.String(), err
}

// toNotify returns a site with two targets, whose first run is over.
func toNotify(t *testing.T, ledger string) (folder, *subscribers) {
	f, s := newFolder(t), newSubscribers(t)
	f.put("content/site.yml", fmt.Sprintf(notifySite, ledger))
	out, said, err := f.notifies(s.env(), "11:55")
	if err != nil || !strings.Contains(out, "chat: it is new") || len(s.posts) > 0 {
		t.Fatalf("first run: %v\n%s%s", err, out, said)
	}
	return f, s
}

func (s *subscribers) got(t *testing.T, what string, want map[string]int) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if fmt.Sprint(s.posts) != fmt.Sprint(want) {
		t.Errorf("%s: the subscribers got %v, not %v", what, s.posts, want)
	}
}

const firstUpdate, secondUpdate = "incidents/slow/#u-first", "incidents/slow/#u-20261120T121000Z"

func TestSubscribersGetEachUpdateOnce(t *testing.T) {
	f, s := toNotify(t, "file:notified.json")
	f.put("content/incidents/slow.md", slowPages(0))
	for range 3 {
		if out, said, err := f.notifies(s.env(), "12:05"); err != nil {
			t.Fatalf("%v\n%s%s", err, out, said)
		}
	}
	s.got(t, "one update", map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	f.put("content/incidents/slow.md", strings.Replace(slowPages(0, 10), "Text 0", "Edited", 1))
	out, said, err := f.notifies(s.env(), "12:15")
	want := "chat: sent: Update: Slow pages (" + secondUpdate + ")"
	if err != nil || !strings.Contains(out, want) || strings.Contains(out, "u-first") {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "a second update, and an edit", map[string]int{
		"chat " + firstUpdate: 1, "hook " + firstUpdate: 1, "chat " + secondUpdate: 1, "hook " + secondUpdate: 1})
}

// The second update said 12:10, and it was 12:07.
func TestACorrectedTimeIsNotSentAgain(t *testing.T) {
	f, s := toNotify(t, "file:notified.json")
	f.put("content/incidents/slow.md", slowPages(0, 10))
	f.notifies(s.env(), "12:12")
	want := map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1, "chat " + secondUpdate: 1, "hook " + secondUpdate: 1}
	s.got(t, "two updates", want)
	f.put("content/incidents/slow.md", slowPages(0, 7))
	if out, said, err := f.notifies(s.env(), "12:15"); err != nil || strings.Contains(out, "sent:") {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "after the correction", want)
	f.put("content/incidents/slow.md", strings.Replace(slowPages(0, 7, 20), "Text 2", "Text 1", 1))
	f.notifies(s.env(), "12:21")
	want["chat incidents/slow/#u-20261120T122000Z"], want["hook incidents/slow/#u-20261120T122000Z"] = 1, 1
	s.got(t, "the same words once more", want)
}

func TestATargetThatFailsIsNamedAndGetsItLater(t *testing.T) {
	f, s := toNotify(t, "file:notified.json")
	f.put("content/incidents/slow.md", slowPages(0))
	s.on = func(kind string, w http.ResponseWriter) bool {
		if kind == "chat" {
			http.Error(w, "invalid_token for PLANTEDX0", http.StatusForbidden)
		}
		return kind == "chat"
	}
	out, said, err := f.notifies(s.env(), "12:05")
	wanted := "chat: not sent: Investigating: Slow pages (" + firstUpdate + "): the server answers with status 403: invalid_token for …; " +
		"the next run tries again, until 2026-11-20 14:00 UTC"
	if exitCode(err) != 1 || !strings.Contains(said, wanted) || !strings.Contains(out, "hook: sent") ||
		!strings.Contains(said, "1 message was not sent") {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	out, _, err = f.notifies(s.env(), "12:06", "--format", "json")
	var record notifyRecord
	if json.Unmarshal([]byte(out), &record) != nil || exitCode(err) != 1 || len(record.Targets) != 2 ||
		record.Targets[0].Messages[0].Result != "failed" || len(record.Targets[1].Messages) != 0 {
		t.Errorf("%v\n%s", err, out)
	}
	s.on = nil
	if out, said, err = f.notifies(s.env(), "12:07"); err != nil {
		t.Errorf("%v\n%s%s", err, out, said)
	}
	s.got(t, "once it works", map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
}

func exitCode(err error) int {
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.ExitCode()
	}
	return 0
}

// Five hundred incidents that are imported are old, whoever sent them before.
func TestAnImportOfOldIncidentsSendsNothing(t *testing.T) {
	f, s := toNotify(t, "file:notified.json")
	type update struct {
		ID      string    `json:"id"`
		Status  string    `json:"status"`
		Body    string    `json:"body"`
		At      time.Time `json:"created_at"`
		Display time.Time `json:"display_at"`
	}
	type entry struct {
		ID      string    `json:"id"`
		Name    string    `json:"name"`
		Status  string    `json:"status"`
		Impact  string    `json:"impact"`
		At      time.Time `json:"created_at"`
		Updates []update  `json:"incident_updates"`
	}
	var entries []entry
	for n := range 500 {
		began := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC).AddDate(0, 0, -n)
		over := began.Add(30 * time.Minute)
		entries = append(entries, entry{fmt.Sprintf("inc%09d", n), fmt.Sprintf("Outage %d", n), "resolved", "major", began, []update{
			{fmt.Sprintf("upb%09d", n), "resolved", "It is over.", over, over},
			{fmt.Sprintf("upa%09d", n), "investigating", "We look into it.", began, began},
		}})
	}
	data, err := json.Marshal(map[string]any{"page": map[string]string{"id": "pg0000000001", "name": "Example"}, "incidents": entries})
	f.must(err)
	export := filepath.Join(t.TempDir(), "incidents.json")
	f.must(os.WriteFile(export, data, 0o644))
	out, err := exec.Command(program(t), "import", "statuspage", export, "--into", f.dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "500 entries: all exact") {
		t.Fatalf("%s", out)
	}
	printed, said, err := f.notifies(s.env(), "12:00")
	if err != nil || printed != "chat: nothing new\nhook: nothing new\n" {
		t.Errorf("%v\n%s%s", err, printed, said)
	}
	s.got(t, "an import", map[string]int{})
}
