package news

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func component(id, status string) Component { return Component{ID: id, Name: id, Status: status} }

// Visitors see what pages foresaw, though nobody has built the site since.
func TestVisitorsSeeWhatPagesForesaw(t *testing.T) {
	s := State{
		At: at("2026-11-20T12:00:00Z"), Indicator: "none", Description: "All Systems Operational",
		Components: []Component{component("web", "operational"), component("api", "operational")},
		Foreseen: []Foreseen{
			{at("2026-11-20T13:00:00Z"), "maintenance", "Service Under Maintenance", map[string]string{"web": "under_maintenance"}},
			{at("2026-11-20T15:00:00Z"), "none", "All Systems Operational", map[string]string{"web": "operational"}},
		},
	}
	for when, want := range map[string]string{
		"2026-11-20T12:59:59Z": "none operational", "2026-11-20T13:00:00Z": "maintenance under_maintenance",
		"2026-11-20T16:00:00Z": "none operational",
	} {
		seen := s.Seen(at(when))
		if got := seen.Indicator + " " + seen.Components[0].Status; got != want || seen.Components[1].Status != "operational" {
			t.Errorf("at %s: %s, not %s", when, got, want)
		}
	}
	if s.Components[0].Status != "operational" {
		t.Error("asking changed the state")
	}
}

func TestAnAddressVanishesUnlessAFileIsThere(t *testing.T) {
	before := State{Published: Published{
		Languages: []string{"en", "de", "fr"}, Addresses: []string{"", "history.rss", "incidents/x/"},
		Single: []string{"old.html", "issues/7/"},
	}}
	kept := []string{"index.html", "history.rss", "incidents/x/index.html", "old.html", "issues/7/index.html",
		"de/index.html", "de/history.rss", "de/incidents/x/index.html", "fr/index.html", "fr/history.rss", "fr/incidents/x/index.html"}
	for gone, want := range map[string]string{
		"": "", "history.rss": "history.rss", "de/incidents/x/index.html": "de/incidents/x/", "old.html": "old.html",
		"issues/7/index.html": "issues/7/", "fr/index.html": "fr/", "index.html": "",
	} {
		list := Vanished(before, func(file string) bool { return file != gone && slices.Contains(kept, file) })
		if got := strings.Join(list, " "); got != want || gone == "index.html" && len(list) != 1 {
			t.Errorf("without %q: %q", gone, list)
		}
	}
	if list := Vanished(State{}, func(string) bool { return false }); len(list) != 0 {
		t.Errorf("nothing was published, and yet there vanishes %q", list)
	}
}

// A feed has fifty items, so an update that is dated back behind them reaches nobody.
func TestAnUpdateBehindTheNewestItemsIsNotNewToReaders(t *testing.T) {
	first := at("2026-01-01T00:00:00Z")
	record := func(n int, from time.Time) (r Record) {
		r = Record{Kind: "incident", Title: "x", Path: "incidents/x/"}
		for i := range n {
			u := from.Add(time.Duration(i) * time.Hour)
			r.Updates = append(r.Updates, Update{ID: "u-" + u.Format(time.RFC3339), At: u, Status: "update", Digest: "0"})
		}
		return r
	}
	before := State{Build: "1", Published: Published{Entries: []Record{record(50, first)}}}
	now := before
	old, recent := record(50, first), record(51, first)
	old.Updates = append(old.Updates, record(1, first.Add(-time.Hour)).Updates...)
	now.Published.Entries = []Record{old}
	if c := Compare(before, now, now); len(c.Updates) != 1 || c.Feeds.New != 0 {
		t.Errorf("dated back: %d updates, %+v", len(c.Updates), c.Feeds)
	}
	now.Published.Entries = []Record{recent}
	if c := Compare(before, now, now); len(c.Updates) != 1 || c.Feeds.New != 1 {
		t.Errorf("newest: %d updates, %+v", len(c.Updates), c.Feeds)
	}
}

func TestAWindowThatMovesSilentlyIsNamed(t *testing.T) {
	window := func(start, status, digest string, updates ...string) Record {
		r := Record{Kind: "maintenance", Title: "Upgrade", Path: "maintenance/upgrade/", Status: status, Start: at(start), Digest: digest}
		for _, id := range updates {
			r.Updates = append(r.Updates, Update{ID: id, At: at("2026-11-01T00:00:00Z"), Status: status, Digest: "0"})
		}
		return r
	}
	state := func(r ...Record) State { return State{Build: "1", Published: Published{Entries: r}} }
	before := state(window("2026-12-01T02:00:00Z", "scheduled", "a", "u-first"))
	for name, test := range map[string]struct {
		now    State
		change string
		silent bool
	}{
		"moved":               {state(window("2026-12-02T02:00:00Z", "scheduled", "b", "u-first")), "moved", true},
		"moved with a word":   {state(window("2026-12-02T02:00:00Z", "scheduled", "b", "u-first", "u-2")), "moved", false},
		"corrected, as it is": {state(window("2026-12-01T02:10:00Z", "in_progress", "b", "u-first")), "moved", false},
		"reworded":            {state(window("2026-12-01T02:00:00Z", "scheduled", "b", "u-first")), "edited", false},
		"canceled":            {state(window("2026-12-01T02:00:00Z", "canceled", "a", "u-first", "u-2")), "canceled", false},
		"gone":                {state(), "vanished", false},
	} {
		c := Compare(before, test.now, test.now).Calendar
		if len(c) != 1 || c[0].Change != test.change || c[0].Silent != test.silent {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestWhatIsNoStateIsRefused(t *testing.T) {
	for _, text := range []string{"", "<html>", "{}", "[]", `{"at": "2026-11-20T12:00:00Z"}`} {
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("%q is a state", text)
		}
	}
}
