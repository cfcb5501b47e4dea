package render_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// coming returns the future states in a page: instant, element and plain text.
func coming(t *testing.T, page []byte) map[string]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, e := range elements(doc) {
		at, ok := attribute(e, "data-at")
		if !ok {
			continue
		}
		id, _ := attribute(e, "data-for")
		states[at+" "+id] = ""
		if e.FirstChild == nil {
			continue
		}
		inner, err := html.Parse(strings.NewReader(e.FirstChild.Data))
		if err != nil {
			t.Fatal(err)
		}
		states[at+" "+id] = text(inner)
	}
	return states
}

func TestAPageCarriesTheStatesThatTheClockWillBring(t *testing.T) {
	states := coming(t, publish(t, little, "2025-08-01T01:00:00Z")["index.html"])
	for key, want := range map[string]string{
		"2025-08-01T02:00:00Z _answer":    "Maintenance until 03:30 UTC: Public API and Web",
		"2025-08-01T02:00:00Z s-api":      "Under maintenance",
		"2025-08-01T02:00:00Z g-platform": "Under maintenance",
		"2025-08-01T03:30:00Z _answer":    "All services are operational No incidents in the last 6 days.",
		"2025-08-01T03:30:00Z s-web":      "Operational",
	} {
		if !strings.HasPrefix(states[key], want) {
			t.Errorf("the page carries %q for %s, want %q", states[key], key, want)
		}
	}
	if _, carried := states["2025-08-01T02:00:00Z s-email"]; carried {
		t.Error("the page carries a state of a component that does not change")
	}
}

// A window of which the home page has a line gets its card a week before it begins, without a
// build.
func TestALaterWindowBecomesACardAWeekBefore(t *testing.T) {
	c := little.with("content/maintenance/upgrade.md", "---\ntitle: Upgrade\nstart: 2025-08-20 02:00\nend: 2025-08-20 03:30\n"+
		"components: [api]\n---\nWe upgrade.\n\n## Scheduled — 2025-08-01 10:00\nSoon.\n")
	out := publish(t, c, "2025-08-05T10:00:00Z")
	states := coming(t, out["index.html"])
	const near = "2025-08-13T02:00:00Z"
	if line, carried := states[near+" _later"]; !carried || line != "" {
		t.Errorf("the line is not gone: %q, %t", line, carried)
	}
	if card := states[near+" _coming"]; !strings.HasPrefix(card, "August 20 Wednesday Maintenance Scheduled") ||
		!strings.Contains(card, "Upgrade") {
		t.Errorf("the card is %q", card)
	}
	for key := range coming(t, out["maintenance/upgrade/index.html"]) {
		if strings.HasPrefix(key, near) {
			t.Errorf("the page of the window carries %s, when nothing about it changes", key)
		}
	}
	if strings.Contains(string(out["state.json"]), near) {
		t.Error("state.json foresees a change of the page")
	}
}

// The history lists the window that is under way as completed, once it has ended.
func TestTheHistoryHasItsFutureStates(t *testing.T) {
	for _, page := range []string{"history/index.html", "history/2025-08/index.html"} {
		states := coming(t, publish(t, little, "2025-08-01T02:30:00Z")[page])
		found := false
		for key, words := range states {
			found = found || strings.HasPrefix(key, "2025-08-01T03:30:00Z ") && strings.Contains(words, "completed after 1 h 30 min")
		}
		if !found {
			t.Errorf("%s does not carry that the window is completed at 03:30: %q", page, states)
		}
	}
}

func TestAPageDoesNotForeseeWhatAPersonWillSay(t *testing.T) {
	later := little.with("content/maintenance/upgrade.md", little["content/maintenance/upgrade.md"]+`
## In progress — 2025-08-01 02:00
Secret of two o'clock.

## Completed — 2025-08-01 02:50
Secret of ten to three.
`)
	for file, data := range publish(t, later, "2025-08-01T01:00:00Z") {
		if bytes.Contains(data, []byte("Secret")) {
			t.Errorf("%s holds a word that is set for later", file)
		}
	}
}
