package render_test

import (
	"strings"
	"testing"
)

// A component that is not in service yet has a page, which says when it will be, and a
// badge that says the same. It is in no list.
func TestAComponentIsInNoListBeforeItIsInService(t *testing.T) {
	c := website.with("content/components.yml", "components:\n  - {id: website, name: Website}\n"+
		"  - {id: radar, name: Radar, since: 2026-12-01}\n").
		with("content/incidents/x.md", "---\ntitle: Trouble\ncomponents: all\nstatus: down\n---\n"+
			"## Investigating — 2026-11-27 10:00\nWe look.\n").
		with("content/incidents/y.md", "---\ntitle: Early trouble\ncomponents: [radar]\nstatus: down\n---\n"+
			"## Investigating — 2026-11-27 09:00\nWe look.\n")
	out := publish(t, c, "2026-11-27T20:00:00Z")
	for _, path := range []string{"api/v2/summary.json", "api/v2/components.json", "status.txt", "metrics", "badges/overall.json",
		"feed.json"} {
		if len(out[path]) == 0 || strings.Contains(strings.ToLower(string(out[path])), "radar") {
			t.Errorf("%s names it:\n%s", path, out[path])
		}
	}
	for _, path := range []string{"index.html", "history/index.html"} { // their future fragments may name it
		if strings.Contains(section(t, pagesOf(t, out)[path], "_main"), "Radar") {
			t.Errorf("%s names it", path)
		}
	}
	if state := string(out["state.json"]); strings.Contains(state, `"id":"radar"`) ||
		!strings.Contains(state, `"next_change_at":"2026-12-01T00:00:00Z"`) {
		t.Errorf("state.json: %s", state)
	}
	if page := string(out["components/radar/index.html"]); !strings.Contains(page, "In service from 1 December 2026") ||
		strings.Contains(page, "Operational") {
		t.Error("its page does not say from when on it is in service")
	}
	if badge := string(out["badges/radar.json"]); !strings.Contains(badge, "In service from 1 December 2026") {
		t.Errorf("its badge says %s", badge)
	}
	if status := string(out["api/v2/status.json"]); !strings.Contains(status, "Major System Outage") {
		t.Errorf("all that is in service is down, and the answer is %s", status)
	}
	after := publish(t, c, "2026-12-01T00:00:00Z")
	if page := string(after["components/radar/index.html"]); strings.Contains(page, "In service from") ||
		!strings.Contains(page, "Major outage") {
		t.Error("its page does not say how it does once it is in service")
	}
}

// The texts of an impact that has not begun are on no page.
func TestTheWordsOfAnImpactToComeAreNotPublic(t *testing.T) {
	c := website.with("content/incidents/x.md", `---
title: Trouble
start: 2026-11-27 10:00
impacts:
  - {components: [website], status: partial, start: 2026-11-27 10:00, end: 2026-11-27 20:30, label: Slowly}
  - {components: [website], status: down, start: 2026-11-27 20:30, label: PLANTlabel, note: PLANTnote, eta: 2026-11-28 04:44}
---
## Investigating — 2026-11-27 10:00
We look.
`)
	seen := false
	for path, data := range publish(t, c, "2026-11-27T20:00:00Z") {
		text := string(data)
		seen = seen || strings.Contains(text, "Slowly")
		if strings.Contains(text, "PLANT") || strings.Contains(text, "04:44") {
			t.Errorf("%s tells what begins at 20:30", path)
		}
		if path == "index.html" && (!strings.Contains(text, `data-until="2026-11-27T20:30:00Z"`) ||
			!strings.Contains(text, "Major outage")) {
			t.Error("the home page does not foresee the outage, or does not say that there is more to be told then")
		}
	}
	if !seen {
		t.Error("no page says the word of the impact that holds")
	}
}
