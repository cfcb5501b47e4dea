package render_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// The strip of months runs from January to December, with a number that cannot be read as
// a day of the month; a month without entries is there, and no link.
func TestTheMonthsOfTheHistoryRunFromJanuary(t *testing.T) {
	c := website
	for _, day := range []string{"2025-11-30", "2026-02-11", "2026-02-12", "2026-09-01"} {
		c = c.with("content/incidents/"+day+".md", "---\ntitle: Trouble\ncomponents: [website]\nstatus: degraded\nstart: "+day+
			" 10:00\nend: "+day+" 11:00\n---\nText.\n")
	}
	pages := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))
	strip := elementOf(pages["history/2026-02/index.html"], "nav", "months")
	want := "2026 Jan Feb (2) 2 entries Mar Apr May Jun Jul Aug Sep (1) 1 entry Oct Nov 2025 Nov (1) 1 entry Dec"
	if got := text(strip); got != want {
		t.Errorf("the months are %q, not %q", got, want)
	}
	links := 0
	for _, e := range elements(strip) {
		if current, _ := attribute(e, "aria-current"); current == "page" && !strings.HasPrefix(text(e), "Feb") {
			t.Errorf("the current month is %q", text(e))
		}
		if e.Data == "a" {
			links++
		}
	}
	if links != 3 {
		t.Errorf("%d months are links, not those three with entries", links)
	}
}

// A hit of the search says what the list says.
func TestTheSearchKnowsWhatListsSay(t *testing.T) {
	c := website.with("content/incidents/a.md", "---\ntitle: Errors\ncomponents: [website]\nstatus: major_outage\n"+
		"start: 2026-11-20 10:00\nend: 2026-11-20 11:30\n---\nText.\n").
		with("content/incidents/b.md", "---\ntitle: Phishing\nseverity: none\n---\n## Update — 2026-11-22 10:00\na\n").
		with("content/maintenance/m.md", "---\ntitle: Move\ncomponents: [api]\nstart: 2026-12-02 10:00\nend: 2026-12-02 12:00\n---\nx\n")
	var index struct {
		Entries []struct{ Title, Class, About string }
	}
	if err := json.Unmarshal(publish(t, c, "2026-11-27T20:00:00Z")["search.json"], &index); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range index.Entries {
		got = append(got, e.Title+" ["+e.Class+"] "+strings.ReplaceAll(e.About, "\u00a0", " "))
	}
	want := []string{
		"Move [maint] Maintenance · 2 December 2026 · Scheduled · API",
		"Phishing [note] Notice · 22 November 2026",
		"Errors [major] Major outage · 20 November 2026 · resolved after 1 h 30 min · Website",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the index says\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A component's page shows each of its regions, with the status now and the uptime.
func TestTheRegionsOfAComponentAreAMatrix(t *testing.T) {
	c := large(1).with("content/incidents/a.md", "---\ntitle: Errors\nimpacts:\n  - {components: [c0-0], regions: [eu], "+
		"status: major_outage, start: 2026-11-20 10:00, end: 2026-11-20 16:00}\n---\nx\n").hit("c0-0", "us", "partial_outage")
	page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["components/c0-0/index.html"]
	want := "Region Status Last 90 days Last 12 months United States Partial outage 99.98% 99.99% Europe Operational 99.72% 99.93%"
	if got := text(elementOf(page, "table", "matrix")); got != want {
		t.Errorf("the matrix is %q, not %q", got, want)
	}
	single := pagesOf(t, publish(t, website, "2026-11-27T20:00:00Z"))["components/website/index.html"]
	if strings.Contains(text(single), "Region") {
		t.Error("a component without regions has a matrix")
	}
}
