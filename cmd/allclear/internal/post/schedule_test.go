package post

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/generator"
	"allclear/generator/news"
	"allclear/generator/site"
	"allclear/themes"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// secrets are what the environment holds in these tests.
var secrets = map[string]string{
	"CHAT_URL": "http://chat.test/services/PLANTEDT0/PLANTEDX1", "HOOK_URL": "http://hook.test/PLANTEDpath9",
	"HOOK_SECRET": "whsec_UExBTlRFRC1QTEFOVEVELVBMQU5URUQtUExBTlRFRA==",
}

// testSite returns a site with these targets and updates of one incident.
func testSite(t testing.TB, notify string, updates ...time.Time) (*site.Site, *news.Speaker) {
	t.Helper()
	var text strings.Builder
	text.WriteString("---\ntitle: Slow\ncomponents: [web]\nstatus: degraded_performance\n---\n")
	for i, at := range updates {
		fmt.Fprintf(&text, "## %s — %s\n\nText %d.\n\n", []string{"Investigating", "Update"}[min(i, 1)], at.Format("2006-01-02 15:04"), i)
	}
	files := fstest.MapFS{
		"content/site.yml":          {Data: []byte("title: Example\nurl: https://status.acme.test\nnotify:\n" + notify)},
		"content/components.yml":    {Data: []byte("components: [{id: web, name: Website}]\n")},
		"content/incidents/slow.md": {Data: []byte(text.String())},
	}
	s, problems := generator.Check(files, themes.In(files), generator.Options{Now: noon, Version: "test"})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	speaker, err := news.NewSpeaker(&s, themes.In(files)(s.Theme))
	if err != nil {
		t.Fatal(err)
	}
	return &s, speaker
}

// options returns options as of an instant, with a ledger in a file of a folder.
func options(t testing.TB, s *site.Site, speaker *news.Speaker, folder string, at time.Time, opt ledger.Options) Options {
	t.Helper()
	clock := func() time.Time { return at }
	opt.Env, opt.Clock = func(name string) string { return secrets[name] }, clock
	opt.Resolve = func(path string) (string, error) { return filepath.Join(folder, path), nil }
	l, err := ledger.Open(context.Background(), s.Notify.Ledger, opt)
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Site: s, Speaker: speaker, At: at, Ledger: l, Env: opt.Env, Clock: clock, Version: "test",
		Wait: func(context.Context, time.Duration) {},
	}
}

// world is what the targets of a schedule got, and the faults that they have.
type world struct {
	t  *testing.T
	mu sync.Mutex
	r  *rand.Rand

	faults   bool
	posts    map[string]int             // by host and text of an update: how often a message was accepted
	seen     map[string]map[string]bool // by host: the ids of webhooks that were accepted
	reported map[string]int             // by host and text
	sites    []*site.Site               // before and after the time of an update is corrected
}

var updateText = regexp.MustCompile(`Text [0-9]`)

// accept is a service that takes a message.
func (w *world) accept(r *http.Request) *http.Response {
	body, _ := io.ReadAll(r.Body)
	id := updateText.FindString(string(body))
	if id == "" {
		w.t.Errorf("a message without an update: %s", body)
	}
	key := r.Header.Get("webhook-id")
	if strings.HasPrefix(r.URL.Host, "hook") && w.seen[r.URL.Host][key] {
		return answer(r, 200, "ok") // the receiver has it already
	}
	if w.seen[r.URL.Host] == nil {
		w.seen[r.URL.Host] = map[string]bool{}
	}
	w.seen[r.URL.Host][key] = true
	w.posts[r.URL.Host+" "+id]++
	return answer(r, 200, "ok")
}

func answer(r *http.Request, status int, body string) *http.Response {
	w := httptest.NewRecorder()
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(status)
	io.WriteString(w, body)
	resp := w.Result()
	resp.Request = r
	return resp
}

// run is one run of notify in a schedule, which may be killed.
type run struct {
	*world
	mu    sync.Mutex
	steps int
	dies  int // at which step; 0: never
	dead  bool
}

// step is called at each point where the run can be killed. Once it is dead, nothing of it
// goes on: that its goroutines end here is as good as the end of its process.
func (r *run) step() {
	r.mu.Lock()
	r.steps++
	dead := r.dies > 0 && r.steps >= r.dies
	r.dead = dead
	r.mu.Unlock()
	if dead {
		runtime.Goexit()
	}
}

// RoundTrip is the network between the run and the services, with its faults.
func (r *run) RoundTrip(req *http.Request) (*http.Response, error) {
	r.step()
	fault := 0
	r.world.mu.Lock()
	if r.faults {
		fault = r.r.IntN(12)
	}
	r.world.mu.Unlock()
	wrote := func() {
		if trace := httptrace.ContextClientTrace(req.Context()); trace != nil && trace.WroteHeaders != nil {
			trace.WroteHeaders()
		}
	}
	switch fault {
	case 1:
		return nil, errors.New("connection refused")
	case 2:
		wrote()
		return nil, errors.New("connection reset") // it did not arrive, and nobody knows
	case 4:
		return answer(req, 500, "PLANTED"), nil
	case 5:
		return answer(req, 503, "busy"), nil
	case 6:
		return answer(req, 429, "slow down"), nil
	case 7:
		return answer(req, 502, "gateway"), nil
	case 8:
		return answer(req, 400, "invalid_payload"), nil
	}
	wrote()
	r.world.mu.Lock()
	resp := r.accept(req)
	r.world.mu.Unlock()
	r.step()
	switch fault {
	case 3:
		return nil, errors.New("connection reset") // it arrived, and nobody knows
	case 9:
		return answer(req, 504, "gateway"), nil // likewise
	}
	return resp, nil
}

// textOf returns the text of an update, which may have another ID after a correction.
func textOf(sites []*site.Site, id string) string {
	for _, s := range sites {
		for i := range s.Entries[0].Updates {
			if u := &s.Entries[0].Updates[i]; strings.HasSuffix(id, u.Anchor) || i == 0 && strings.HasSuffix(id, site.FirstID) {
				return strings.TrimSuffix(u.Body.Text, ".")
			}
		}
	}
	return id
}

// transports has the network of each run that is under way, by the goroutine's context.
type byRun struct{}

type runKey struct{}

func (byRun) RoundTrip(r *http.Request) (*http.Response, error) {
	return r.Context().Value(runKey{}).(*run).RoundTrip(r)
}

// goes runs notify at an instant. It is killed at a step if dies is above zero.
func (w *world) goes(s *site.Site, speaker *news.Speaker, folder string, at time.Time, dies int, alone bool) {
	r := &run{world: w, dies: dies}
	done := make(chan struct{})
	go func() {
		defer close(done)
		opt := options(w.t, s, speaker, folder, at, ledger.Options{
			Step:  func(string) { r.step() },
			Alive: func(string) bool { return !alone },
		})
		defer opt.Ledger.Close()
		report := func(target, id string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.reported[target+".test "+textOf(w.sites, id)]++
		}
		opt.OnMessage = func(result *Result, m *Message) {
			if m.Unsure() && result.channel.ledger.Repeat == 0 || m.Verdict == ledger.Unfinished {
				report(result.Target.Name, m.ID)
			}
		}
		opt.OnOld = func(result *Result, o ledger.Old) { report(result.Target.Name, o.ID) }
		if _, err := Run(context.WithValue(context.Background(), runKey{}, r), opt); err != nil {
			w.t.Error(err)
		}
	}()
	<-done
}

// memory returns a folder in memory if there is one, since a thousand schedules write the
// ledger a hundred thousand times, each time to the disk.
func memory(t *testing.T) string {
	if folder, err := os.MkdirTemp("/dev/shm", "allclear-test-"); err == nil {
		t.Cleanup(func() { os.RemoveAll(folder) })
		return folder
	}
	return t.TempDir()
}

const scheduleTargets = `  ledger: file:notified.json
  max_age: 2h
  targets:
    - {name: chat, to: slack, url: $CHAT_URL}
    - {name: hook, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}
`

// TestAThousandSchedules runs notify again and again, at random instants, alone and side
// by side, with services that fail and runs that are killed at every step. Somewhere on the
// way, the time of one update is corrected. No update is shown twice, and none is lost
// without a report. Where nothing fails, each is sent once.
func TestAThousandSchedules(t *testing.T) {
	schedules := 1000
	if testing.Short() {
		schedules = 100
	}
	transport = byRun{}
	defer func() { transport = nil }()
	var updates []time.Time
	for i := range 7 {
		updates = append(updates, noon.Add(time.Duration(i*23)*time.Minute))
	}
	s, speaker := testSite(t, scheduleTargets, updates...)
	corrected := make([]*site.Site, len(updates)) // each with another update four minutes earlier
	for i := range corrected {
		other := slices.Clone(updates)
		other[i] = other[i].Add(-4 * time.Minute)
		corrected[i], _ = testSite(t, scheduleTargets, other...)
	}
	folder := memory(t)
	kills, twins, sent, reports, late := 0, 0, 0, 0, 0
	for n := range schedules {
		w := &world{
			t: t, r: rand.New(rand.NewPCG(uint64(n), 19)), posts: map[string]int{}, seen: map[string]map[string]bool{},
			reported: map[string]int{},
		}
		which := w.r.IntN(len(updates))
		correctedAt := updates[which].Add(time.Duration(w.r.IntN(60)) * time.Minute)
		w.sites = []*site.Site{s, corrected[which]}
		siteAt := func(at time.Time) *site.Site {
			if at.Before(correctedAt) {
				return s
			}
			return corrected[which]
		}
		faults, deadly := w.r.IntN(3) > 0, w.r.IntN(3) > 0
		w.faults = faults
		killed, pairs := kills, twins
		here := filepath.Join(folder, fmt.Sprint(n))
		last := updates[len(updates)-1]
		w.goes(s, speaker, here, noon.Add(-time.Minute), 0, true)
		for at := noon; at.Before(last.Add(3 * time.Hour)); at = at.Add(time.Duration(1+w.r.IntN(25)) * time.Minute) {
			if at.After(last.Add(30 * time.Minute)) {
				w.faults = false
			}
			dies := func() int {
				if !deadly || at.After(last.Add(30*time.Minute)) || w.r.IntN(3) > 0 {
					return 0
				}
				kills++
				return 1 + w.r.IntN(16)
			}
			if w.r.IntN(4) > 0 {
				w.goes(siteAt(at), speaker, here, at, dies(), true)
				continue
			}
			twins++
			first, second := dies(), dies()
			var wait sync.WaitGroup
			wait.Go(func() { w.goes(siteAt(at), speaker, here, at, first, false) })
			wait.Go(func() { w.goes(siteAt(at), speaker, here, at, second, false) })
			wait.Wait()
		}
		for i := range updates {
			for _, host := range []string{"chat.test", "hook.test"} {
				key := fmt.Sprintf("%s Text %d", host, i)
				sent += w.posts[key]
				reports += min(w.reported[key], 1)
				if again := kills - killed + twins - pairs; w.reported[key] > 1+again {
					t.Errorf("schedule %d: %s was reported %d times", n, key, w.reported[key])
				}
				if !faults && !deadly && (w.posts[key] != 1 || w.reported[key] > 0) {
					t.Errorf("schedule %d: nothing failed, and %s was sent %d times and reported %d times", n, key, w.posts[key],
						w.reported[key])
				}
				if w.posts[key] > 1 {
					t.Errorf("schedule %d: %s was shown %d times", n, key, w.posts[key])
				}
				if w.posts[key] == 0 && w.reported[key] == 0 {
					t.Errorf("schedule %d: %s is lost, and nobody knows", n, key)
				}
				if w.posts[key] == 0 && host == "hook.test" && i != which { // after the correction it has another key
					late++
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d schedules, %d kills, %d times two runs at once: %d messages sent, %d reported", schedules, kills, twins, sent, reports)
	if late > schedules/100 {
		t.Errorf("%d updates were never sent where a second message does no harm: that is for hours of failures only", late)
	}
}
