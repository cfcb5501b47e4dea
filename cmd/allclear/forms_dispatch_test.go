package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// putRules pushes the rules for alerts.
func (s *formSite) putRules() {
	s.put("content/alerts.yml", "rules:\n  - match: {alertname: APIDown}\n    component: api\n    status: major_outage\n"+
		"    title: The API is down\n")
	s.in(s.dir, "git add -A && git -c user.name=A -c user.email=a@example.com commit -qm rules && git push -q '"+s.bare+"' main")
}

// alertmanager returns what Alertmanager sends.
func alertmanager(state, name string) map[string]any {
	labels := map[string]any{"alertname": name}
	alert := map[string]any{"status": state, "labels": labels, "annotations": map[string]any{},
		"startsAt": past(5 * time.Minute), "endsAt": past(time.Minute), "fingerprint": "1"}
	return map[string]any{"version": "4", "status": state, "groupKey": "{}:{alertname=\"" + name + "\"}", "groupLabels": labels,
		"commonLabels": labels, "alerts": []any{alert}}
}

// A monitor's alert opens and ends an incident; what no rule matches changes nothing.
func TestAMonitorsDispatchIsAnIncident(t *testing.T) {
	s := newFormSite(t, "github")
	s.putRules()
	alert := func(state, name string) trigger {
		return trigger{name: "repository_dispatch", payload: map[string]any{"action": "alert",
			"client_payload": map[string]any{"alertmanager": alertmanager(state, name)}}}
	}
	s.github(alert("firing", "APIDown")).succeeded(t)
	if _, text := s.pushed("the-api-is-down"); !strings.Contains(text, "components: [api]") {
		t.Errorf("it is\n%s", text)
	}
	before := s.commits()
	for _, e := range []trigger{alert("firing", "APIDown"), alert("firing", "Other")} {
		run := s.github(e)
		run.succeeded(t)
		if s.commits() != before || !strings.Contains(run.log, "There is nothing to change.") {
			t.Errorf("%d commits\n%s", s.commits(), run.log)
		}
	}
	s.github(alert("resolved", "APIDown")).succeeded(t)
	if _, text := s.pushed("the-api-is-down"); !strings.Contains(text, "## Resolved — ") {
		t.Errorf("it is\n%s", text)
	}
}

// What a form says reaches subscribers in the same run, once the site is published: at GitHub
// Pages, and at the targets of publish.
func TestAFormNotifiesInTheSameRun(t *testing.T) {
	for _, publish := range []string{"", "publish:\n  - {name: here, to: \"dir:%s\", url: %q}\n"} {
		s := newFormSite(t, "github")
		public := filepath.Join(t.TempDir(), "public")
		web := httptest.NewServer(http.FileServer(http.Dir(public)))
		t.Cleanup(web.Close)
		if publish != "" {
			publish = fmt.Sprintf(publish, public, web.URL)
		} else {
			s.pages = public
		}
		var mu sync.Mutex
		var got []string
		hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			mu.Lock()
			defer mu.Unlock()
			got = append(got, string(body))
		}))
		t.Cleanup(hook.Close)
		s.secrets = map[string]any{"HOOK_URL": hook.URL, "HOOK_SECRET": "whsec_UExBTlRFRC1QTEFOVEVELVBMQU5URUQtUExBTlRFRA=="}
		s.put("content/site.yml", "title: Example\nurl: "+web.URL+"\n"+publish+
			"notify:\n  targets:\n    - {name: hook, to: webhook, url: $HOOK_URL, secret: $HOOK_SECRET}\n")
		if out, _, code := s.folder.runs("init", "--host", "github", "--refresh"); code != 0 || !strings.Contains(out, "incident.yml") {
			t.Fatalf("exit %d: %s", code, out)
		}
		s.in(s.dir, "git add -A && git -c user.name=A -c user.email=a@example.com commit -qm notify && git push -q '"+s.bare+"' main")

		s.github(press("new incident", "title", "Web is down", "component", "web",
			"status", "major_outage", "message", "We look.")).succeeded(t)
		if len(got) != 0 {
			t.Errorf("the first run only records, and sent %q", got)
		}
		run := s.github(press("identified", "message", "A disk is full."))
		run.succeeded(t)
		if len(got) != 1 || !strings.Contains(got[0], "A disk is full.") {
			t.Errorf("publish %q: sent %q\n%s", publish, got, run.log)
		}
		again := press("update", "message", "Soon.")
		again.deploys, again.run = "failure", 77
		s.github(again).succeeded(t)
		if publish == "" && len(got) != 1 {
			t.Errorf("it sent what is not published: %q", got)
		}
		if strings.Contains(run.log, "whsec_") || strings.Contains(run.log, hook.URL) {
			t.Errorf("a secret is in the log:\n%s", run.log)
		}
	}
}
