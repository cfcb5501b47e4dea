package post

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/news"
)

// fails answers the first requests with these, and then as the services do.
func (s *services) fails(answers ...http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	s.fault = func(w http.ResponseWriter, r *http.Request) {
		answer := answers[n]
		if n++; n == len(answers) {
			s.mu.Lock()
			s.fault = nil
			s.mu.Unlock()
		}
		answer(w, r)
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// hangUp ends the connection without an answer.
func hangUp(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }

func TestWhatIsTriedAgain(t *testing.T) {
	slack := "  ledger: file:notified.json\n  targets:\n    - {name: x, to: slack, url: $SLACK_URL}\n"
	hook := "  ledger: file:notified.json\n  targets:\n    - {name: x, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}\n"
	date := noon.Add(20 * time.Second).Format(http.TimeFormat)
	for _, c := range []struct {
		what    string
		notify  string
		answers []http.HandlerFunc
		sent    bool
		tries   int
		said    string
		least   time.Duration // of the first pause
	}{
		{"busy", slack, []http.HandlerFunc{status(429), status(503), status(500)}, true, 4, "", 0},
		{"busy for seconds", slack, []http.HandlerFunc{status(429, "Retry-After", "7")}, true, 2, "", 7 * time.Second},
		{"busy until a date", slack, []http.HandlerFunc{status(503, "Retry-After", date)}, true, 2, "", 20 * time.Second},
		{"busy for an hour", slack, []http.HandlerFunc{status(429, "Retry-After", "3600")}, false, 1,
			"no more messages at the moment; it asks to wait 1h0m0s", 0},
		{"busy for years", slack, []http.HandlerFunc{status(429, "Retry-After", "999999999")}, false, 1,
			"it asks to wait 277777h46m39s", 0},
		{"busy until yesterday", slack, []http.HandlerFunc{status(429, "Retry-After", "-1")}, true, 2, "", 0},
		{"failing on", slack, slices.Repeat([]http.HandlerFunc{status(500)}, 5), false, 4, "status 500", 0},
		{"refused", slack, []http.HandlerFunc{status(400)}, false, 1, "status 400", 0},
		{"not allowed", slack, []http.HandlerFunc{status(403)}, false, 1, "status 403", 0},
		{"moved", slack, []http.HandlerFunc{status(308, "Location", "/services/T0/B0/PLANTED")}, false, 1, "status 308", 0},
		{"gateway", slack, []http.HandlerFunc{status(502)}, false, 1, "status 502", 0},
		{"no answer", slack, []http.HandlerFunc{hangUp}, false, 1, "connection broke", 0},
		{"gateway, with a key", hook, []http.HandlerFunc{status(502), status(504)}, true, 3, "", 0},
		{"no answer, with a key", hook, []http.HandlerFunc{hangUp}, true, 2, "", 0},
	} {
		web := startServices(t)
		s := begin(t, c.notify, web.env)
		web.fails(c.answers...)
		m := s.run(noon)["x"].Messages[0]
		text, _ := m.Reason()
		if m.Sent != c.sent || m.Tries != c.tries || !strings.Contains(text, c.said) {
			t.Errorf("%s: sent %v after %d tries: %s", c.what, m.Sent, m.Tries, text)
		}
		if len(s.waits) > 0 && s.waits[0] < c.least {
			t.Errorf("%s: it waited only %v", c.what, s.waits[0])
		}
		for _, d := range s.waits {
			if d > time.Minute {
				t.Errorf("%s: it waited %v", c.what, d)
			}
		}
		if unsure := c.what == "gateway" || c.what == "no answer"; m.Unsure() != unsure {
			t.Errorf("%s: unsure is %v", c.what, m.Unsure())
		}
	}
}

// A redirect would lead messages, tokens and signatures to a place that nobody has named.
func TestNoMessageFollowsARedirect(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s arrived elsewhere, with %v", r.Method, r.URL, r.Header)
	}))
	defer other.Close()
	for _, code := range []int{301, 302, 303, 307, 308} {
		web := startServices(t)
		s := begin(t, allTargets, web.env)
		web.fault = status(code, "Location", other.URL+"/elsewhere")
		for name, r := range s.run(noon) {
			if r.Err != nil || len(r.Messages) != 1 || r.Messages[0].Sent {
				t.Errorf("%s, %d: %v %+v", name, code, r.Err, r.Messages)
			}
		}
	}
}

func TestDiscordAndTelegramSayInTheBodyHowLongToWait(t *testing.T) {
	for body, want := range map[string]time.Duration{
		`{"message": "slow", "retry_after": 1.5, "global": false}`:           1500 * time.Millisecond,
		`{"ok": false, "error_code": 429, "parameters": {"retry_after": 9}}`: 9 * time.Second,
		`{"retry_after": -1}`:    0,
		`nothing`:                0,
		`{"retry_after": 1e300}`: mostSeconds * time.Second,
	} {
		if got := waitIn([]byte(body)); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

// A target that is down keeps the order: later updates wait for the first one.
func TestOnceATargetIsDownTheOthersWait(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	s.updates = append(s.updates, noon.Add(time.Minute))
	web.mu.Lock()
	web.fault = status(401)
	web.mu.Unlock()
	messages := s.run(noon.Add(time.Minute))["slack"].Messages
	if messages[0].Held || !messages[1].Held {
		t.Error("the second one was tried, too")
	}
	web.mu.Lock()
	web.fault = nil
	web.mu.Unlock()
	s.run(noon.Add(2 * time.Minute))
	if len(web.taken["slack"]) != 2 {
		t.Errorf("the next run sent %d", len(web.taken["slack"]))
	}
}

// One message that a service refuses does not hold up those after it.
func TestARefusedMessageHoldsUpNoOther(t *testing.T) {
	web := startServices(t)
	s := begin(t, "  ledger: file:notified.json\n  targets:\n    - {name: x, to: slack, url: $SLACK_URL}\n", web.env)
	s.updates = append(s.updates, noon.Add(time.Minute))
	web.fails(status(400))
	messages := s.run(noon.Add(time.Minute))["x"].Messages
	if messages[0].Sent || !messages[1].Sent {
		t.Error("the second one was not sent")
	}
}

func TestVerifyHoldsBackWhatVisitorsCannotSee(t *testing.T) {
	web := startServices(t)
	s := begin(t, allTargets, web.env)
	asked := 0
	hidden := func(o *Options) {
		o.Verify = func(_ context.Context, e news.Event) error { asked++; return fmt.Errorf("not there") }
	}
	for name, r := range s.run(noon, hidden) {
		if len(r.Messages) != 1 || r.Messages[0].Unseen == nil {
			t.Errorf("%s: %+v", name, r.Messages)
		}
	}
	if asked != 1 || len(web.taken) > 0 {
		t.Errorf("asked %d times; sent %v", asked, web.taken)
	}
	seen := func(o *Options) { o.Verify = func(context.Context, news.Event) error { return nil } }
	s.run(noon.Add(time.Minute), seen)
	if len(web.taken["slack"]) != 1 {
		t.Error("it was not sent once it was there")
	}
}
