package post

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/generator/news"
	"allclear/generator/site"
)

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
