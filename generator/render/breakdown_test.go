package render_test

import (
	"regexp"
	"strings"
	"testing"
)

// cells returns the texts of a table's cells with a class, from the HTML of a page.
func cells(page []byte, class string) []string {
	var texts []string
	for _, found := range regexp.MustCompile(`<td class="`+class+`">(?:<time[^>]*>)?([^<]*)`).FindAllSubmatch(page, -1) {
		texts = append(texts, string(found[1]))
	}
	return texts
}

func TestTheTimesOfATableHaveOneForm(t *testing.T) {
	for name, c := range map[string]struct{ start, end, from, to string }{
		"one day":     {"2026-11-10 07:07", "end: 2026-11-10 08:43\n", "07:07 UTC", "08:43 UTC"},
		"several":     {"2026-11-10 07:07", "end: 2026-11-16 08:43\n", "10 Nov, 07:07 UTC", "16 Nov, 08:43 UTC"},
		"two years":   {"2025-12-31 07:07", "end: 2026-01-02 08:43\n", "31 December 2025, 07:07 UTC", "2 January 2026, 08:43 UTC"},
		"still going": {"2026-11-27 07:07", "", "27 Nov, 07:07 UTC", "ongoing"},
	} {
		out := publish(t, website.with("content/incidents/x.md",
			"---\ntitle: X\ncomponents: [website]\nstatus: down\nstart: "+c.start+"\n"+c.end+"---\nText.\n"), "2026-11-27T20:00:00Z")
		page := []byte(strings.ReplaceAll(string(out["incidents/x/index.html"]), "\u00a0", " "))
		if from, to := cells(page, "from"), cells(page, "to"); len(from) != 1 || from[0] != c.from || len(to) != 1 || to[0] != c.to {
			t.Errorf("%s: from %q to %q, not %q and %q", name, from, to, c.from, c.to)
		}
	}
}

func TestALongOutageIsShownInDaysAndHours(t *testing.T) {
	for end, want := range map[string]string{
		"2026-08-01 11:17": "77 minutes down",
		"2026-08-02 09:59": "1439 minutes down",
		"2026-08-02 10:00": "1 d down",
		"2026-11-07 12:30": "98 d 2 h 30 min down",
	} {
		out := publish(t, website.with("content/incidents/x.md",
			"---\ntitle: X\ncomponents: [website]\nstatus: down\nstart: 2026-08-01 10:00\nend: "+end+"\n---\nText.\n"),
			"2026-11-27T20:00:00Z")
		said := strings.NewReplacer("\u00a0", " ", ",", "").Replace(section(t, pagesOf(t, out)["incidents/x/index.html"], "totals"))
		if !strings.HasSuffix(said, want) {
			t.Errorf("until %s: %q, not %q", end, said, want)
		}
	}
}

// A form without a submit button is of no use to people who cannot see that it is empty.
// Without JavaScript the history has no form (WCAG 2.2, technique H32).
func TestTheSearchIsAFormOnlyWhereAScriptRuns(t *testing.T) {
	out := publish(t, website, "2026-11-27T20:00:00Z")
	if page := out["history/index.html"]; strings.Contains(string(page), "<form") {
		t.Error("without a script the page of the history has an empty form")
	}
}
