package post

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
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
