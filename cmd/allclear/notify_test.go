package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
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

// A program that is killed while a message is on its way: the chat may have it, so that is
// reported once; the receiver of webhooks gets it again, and knows that it is the same.
func TestAProgramThatIsKilledWhileItSends(t *testing.T) {
	for _, ledger := range []string{"file:notified.json", "git:allclear-notified"} {
		f, s := newFolder(t), newSubscribers(t)
		f.put("content/site.yml", fmt.Sprintf(notifySite, ledger))
		if strings.HasPrefix(ledger, "git:") {
			f.inRepository()
		}
		if out, said, err := f.notifies(s.env(), "11:55"); err != nil {
			t.Fatalf("%v\n%s%s", err, out, said)
		}
		f.put("content/incidents/slow.md", slowPages(0))
		cmd := exec.Command(program(t), "notify", "--source", f.dir, "--at", "2026-11-20 12:05")
		cmd.Env = s.env()
		both := make(chan bool, 2)
		s.after = func(string) { // they have it, and do not answer
			both <- true
			time.Sleep(time.Second)
		}
		f.must(cmd.Start())
		for range 2 {
			select {
			case <-both:
			case <-time.After(20 * time.Second):
				t.Fatal("nothing was sent")
			}
		}
		f.must(cmd.Process.Kill())
		cmd.Wait()
		s.after = nil
		out, said, err := f.notifies(s.env(), "12:06")
		wanted := "chat: nobody knows whether it arrived: Investigating: Slow pages (" + firstUpdate + ")"
		if exitCode(err) != 1 || !strings.Contains(said, wanted) || !strings.Contains(out, "hook: sent") {
			t.Errorf("%s: the next run: %v\n%s%s", ledger, err, out, said)
		}
		if out, said, err = f.notifies(s.env(), "12:07"); err != nil || said != "" {
			t.Errorf("%s: the run after it: %v\n%s%s", ledger, err, out, said)
		}
		s.got(t, ledger, map[string]int{"chat " + firstUpdate: 1, "hook " + firstUpdate: 1})
	}
}

// inRepository makes the site's folder a clone of a bare repository.
func (f folder) inRepository() (bare string) {
	f.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		needed(f.T, "git")
	}
	bare = filepath.Join(f.TempDir(), "status.git")
	for _, args := range [][]string{
		{"init", "--quiet", "--bare", bare}, {"-C", f.dir, "init", "--quiet"}, {"-C", f.dir, "remote", "add", "origin", bare},
	} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			f.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return bare
}

// Programs that are killed at any moment, two at a time: the chat never gets an update
// twice, and what it did not get is reported.
func TestProgramsThatAreKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it starts the program a hundred times")
	}
	f, s := toNotify(t, "file:notified.json")
	random := rand.New(rand.NewPCG(19, 19))
	binary := program(t)
	var reports bytes.Buffer
	var mu sync.Mutex
	start := func(at string) *exec.Cmd {
		cmd := exec.Command(binary, "notify", "--source", f.dir, "--at", "2026-11-20 "+at)
		cmd.Env = s.env()
		pipe, err := cmd.StderrPipe()
		f.must(err)
		f.must(cmd.Start())
		go func() {
			said, _ := io.ReadAll(pipe)
			mu.Lock()
			defer mu.Unlock()
			reports.Write(said)
		}()
		return cmd
	}
	var minutes []int
	for m := range 20 {
		minutes = append(minutes, 2*m)
		f.put("content/incidents/slow.md", slowPages(minutes...))
		at := fmt.Sprintf("12:%02d", 2*m+1)
		var wait sync.WaitGroup
		for range 2 {
			cmd := start(at)
			wait.Go(func() {
				mu.Lock()
				pause := time.Duration(random.IntN(150)) * time.Millisecond
				mu.Unlock()
				time.Sleep(pause)
				cmd.Process.Kill()
				cmd.Wait()
			})
		}
		wait.Wait()
	}
	for range 3 { // what is left, and reports of it
		_, said, _ := f.notifies(s.env(), "12:45")
		reports.WriteString(said)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, m := range minutes {
		id := fmt.Sprintf("incidents/slow/#u-20261120T12%02d00Z", m)
		if m == 0 {
			id = firstUpdate
		}
		chat, hook := s.posts["chat "+id], s.posts["hook "+id]
		reported := strings.Contains(reports.String(), "chat: nobody knows whether it arrived: ") && strings.Contains(reports.String(), id)
		if chat > 1 || chat == 0 && !reported || hook != 1 {
			t.Errorf("%s: the chat got it %d times (reported: %v), the hook %d times", id, chat, reported, hook)
		}
	}
	t.Logf("%d updates, %d reports", len(minutes), strings.Count(reports.String(), "chat: nobody knows"))
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
