package post

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"allclear/cmd/allclear/internal/ledger"
	"allclear/generator/site"
)

// story is a site with targets, whose runs share a ledger.
type story struct {
	t       *testing.T
	folder  string
	notify  string
	env     func(string) string
	updates []time.Time
	mu      sync.Mutex
	waits   []time.Duration
}

// run runs notify at an instant and returns the results by target.
func (s *story) run(at time.Time, change ...func(*Options)) map[string]Result {
	s.t.Helper()
	about, speaker := testSite(s.t, s.notify, s.updates...)
	opt := options(s.t, about, speaker, s.folder, at, ledger.Options{})
	defer opt.Ledger.Close()
	opt.Env = s.env
	opt.Wait = func(_ context.Context, d time.Duration) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.waits = append(s.waits, d)
	}
	for _, f := range change {
		f(&opt)
	}
	list, err := Run(context.Background(), opt)
	if err != nil {
		s.t.Fatal(err)
	}
	results := map[string]Result{}
	for _, r := range list {
		results[r.Target.Name] = r
	}
	return results
}

// begin returns a story whose first run is over, and an update that is new.
func begin(t *testing.T, notify string, env func(string) string) *story {
	s := &story{t: t, folder: t.TempDir(), notify: notify, env: env, updates: []time.Time{noon}}
	s.run(noon.Add(-time.Minute))
	return s
}

func TestEachServiceTakesItsMessages(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	s.updates = append(s.updates, noon.Add(time.Minute))
	results := s.run(noon.Add(2 * time.Minute))
	for _, kind := range kinds() {
		r := results[kind]
		if r.Err != nil {
			t.Errorf("%s: %v", kind, r.Err)
			continue
		}
		for _, m := range r.Messages {
			if text, _ := m.Reason(); !m.Sent {
				t.Errorf("%s: not sent: %s", kind, text)
			}
		}
		want := 2
		if kind == "websub" {
			want = 6 // the feeds of the site and of the component, in three formats, each once
		}
		if len(web.taken[kind]) != want {
			t.Errorf("%s took %d messages, not %d", kind, len(web.taken[kind]), want)
		}
	}
	for name, r := range s.run(noon.Add(3 * time.Minute)) {
		for _, m := range r.Messages {
			if m.Verdict != ledger.Done {
				t.Errorf("%s: the next run has the verdict %v", name, m.Verdict)
			}
		}
	}
}

func TestMessagesArriveInOrder(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	for i := range 5 {
		s.updates = append(s.updates, noon.Add(time.Duration(i+1)*time.Minute))
	}
	s.run(noon.Add(time.Hour))
	for i, body := range web.taken["slack"] {
		if !strings.Contains(body, fmt.Sprintf("Text %d.", i)) {
			t.Errorf("message %d is %s", i, body)
		}
	}
	if len(s.waits) == 0 || s.waits[0] < time.Second {
		t.Errorf("a service that takes one message a second gets them faster: %v", s.waits)
	}
}

// A server that sends back all that it got must not bring secrets to the terminal, in
// whichever form.
func TestNoSecretIsInWhatTheUserSees(t *testing.T) {
	web := startServices(t)
	all := allTargets + "    - {name: mail, to: email, server: $MAIL_URL, from: a@acme.test, address: b@acme.test}\n"
	env := func(name string) string {
		if name == "MAIL_URL" {
			return "smtp://PLANTEDuser:PLANTEDpassword@127.0.0.1:1"
		}
		return web.env(name)
	}
	for _, status := range []int{200, 301, 400, 401, 404, 410, 418, 429, 500, 502, 503} {
		for form, write := range map[string]string{"plain": "%s", "JSON": `{"ok":false,"message":%q,"description":%[1]q}`} {
			s := begin(t, all, env)
			web.fault = func(w http.ResponseWriter, r *http.Request) {
				body := make([]byte, 2000)
				n, _ := r.Body.Read(body)
				echo := r.URL.String() + " " + r.URL.Path[1:] + " " + r.Header.Get("Authorization") + " " +
					url.QueryEscape(r.URL.String()) + " " +
					base64.StdEncoding.EncodeToString([]byte(r.Header.Get("Authorization"))) + " " + string(body[:n])
				w.Header().Set("Location", "https://elsewhere.test/PLANTED")
				w.WriteHeader(status)
				fmt.Fprintf(w, write, echo)
			}
			for name, r := range s.run(noon) {
				if r.Err != nil {
					t.Errorf("%s: %v", name, r.Err)
				}
				for _, m := range r.Messages {
					text, hint := m.Reason()
					if said := text + hint; strings.Contains(said, "PLANTED") || strings.Contains(said, "UExBTlRFR") {
						t.Errorf("%s, %d, %s: %s", name, status, form, said)
					}
				}
			}
			web.fault = nil
		}
	}
}

func TestAMissingVariableConcernsItsTargetAlone(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, func(name string) string {
		if name == "DISCORD_URL" {
			return ""
		}
		return web.env(name)
	})
	results := s.run(noon)
	if err := results["discord"].Err; err == nil || !strings.Contains(err.Error(), "DISCORD_URL is not set") {
		t.Errorf("%v", err)
	}
	if len(web.taken["slack"]) != 1 {
		t.Error("the others got nothing")
	}
	s.env = web.env
	s.run(noon.Add(time.Minute)) // for this target, it is the first run
	s.updates = append(s.updates, noon.Add(2*time.Minute))
	s.run(noon.Add(3 * time.Minute))
	if len(web.taken["discord"]) != 1 {
		t.Errorf("it got %d messages once it was set", len(web.taken["discord"]))
	}
}

func TestATargetsOwnVariableComesFirst(t *testing.T) {
	web := startServices(t)
	const notify = "  ledger: file:notified.json\n  targets:\n    - {name: ops-chat, to: slack, url: $SLACK_URL}\n"
	s := begin(t, notify, func(name string) string {
		switch name {
		case "OPS_CHAT_SLACK_URL":
			return web.env("SLACK_URL")
		case "SLACK_URL":
			return web.URL + "/nobody"
		}
		return ""
	})
	s.run(noon)
	if len(web.taken["slack"]) != 1 {
		t.Error("it was not sent there")
	}
}

// --since narrows one run. What the first run leaves out is recorded all the same.
func TestAFirstRunWithSinceRecordsWhatIsOlder(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	if err := os.Remove(filepath.Join(s.folder, "notified.json")); err != nil {
		t.Fatal(err)
	}
	s.run(noon.Add(time.Minute), func(o *Options) { o.Since = noon.Add(time.Second) })
	s.run(noon.Add(2 * time.Minute))
	if len(web.taken) > 0 {
		t.Errorf("%d requests: what was published before the first run was sent", len(web.taken))
	}
}

func TestADryRunSendsNothingAndNeedsNoSecrets(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	s.env = func(string) string { return "" }
	dry := func(o *Options) { o.DryRun = true }
	for name, r := range s.run(noon, dry) {
		if r.Err != nil || len(r.Messages) != 1 || r.Messages[0].Verdict != ledger.Send || r.Messages[0].Said.Preview == "" {
			t.Errorf("%s: %v %+v", name, r.Err, r.Messages)
		}
	}
	old := func(o *Options) { o.DryRun, o.Since = true, noon.Add(-time.Hour) }
	if m := s.run(noon.Add(5*time.Hour), old)["slack"].Messages; len(m) != 1 || !m[0].TooOld {
		t.Errorf("what is too old is not shown: %+v", m)
	}
	if len(web.taken) > 0 {
		t.Error("something was sent")
	}
}

func TestATestSaysThatItIsOne(t *testing.T) {
	web := startServices(t)
	about, speaker := testSite(t, allTargets, noon)
	for _, kind := range kinds() {
		opt := options(t, about, speaker, t.TempDir(), noon, ledger.Options{})
		opt.Env = web.env
		m, err := Test(context.Background(), opt, kind)
		if err != nil || !m.Sent {
			text, _ := m.Reason()
			t.Errorf("%s: %v %s", kind, err, text)
		}
		if kind != "websub" && !strings.Contains(strings.ToLower(web.taken[kind][0]), "test") {
			t.Errorf("%s: %s", kind, web.taken[kind])
		}
	}
}

// Every kind of site.yml has a way to be sent.
func TestEveryKindIsSent(t *testing.T) {
	have := append(kinds(), "email")
	for _, kind := range site.NotifyKinds {
		if !slices.Contains(have, kind.Name) {
			t.Errorf("no test sends %s", kind.Name)
		}
	}
}

func TestWhatAServerSaysIsShownWhereItIsNoSecret(t *testing.T) {
	c := &channel{}
	c.keep("https://hooks.acme.test/services/T024BE7LD/a1b2c3")
	for body, want := range map[string]string{
		"channel_is_archived":                                      "channel_is_archived",
		`{"message": "Unknown Webhook", "code": 10015}`:            "Unknown Webhook",
		`{"ok":false,"description":"Bad Request: chat not found"}`: "Bad Request: chat not found",
		`{"error": {"code": 400, "message": "Invalid JSON"}}`:      "Invalid JSON",
		`{"error": "Validation failed: Text can't be blank"}`:      "Validation failed: Text can't be blank",
		"550 5.7.1 Relaying denied":                                "550 5.7.1 Relaying denied",
		"no team T024BE7LD here":                                   "no team … here",
		"no team t024be7ld here":                                   "no team … here",
		"bad key sk_live_8s7d6f5g4h3j":                             "bad key …",
		"<html><body>Not found":                                    "",
		"https://hooks.acme.test/services/T024BE7LD/a1b2c3":        "",
	} {
		if got := c.said([]byte(body)); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}
