package render_test

import (
	"regexp"
	"strings"
	"testing"
)

// cells returns the texts of a table's cells with a class, from the HTML of a page.
func cells(page []byte, class string) []string {
	var texts []string
	for _, found := range regexp.MustCompile(`(?s)<td class="`+class+`">(.*?)</td>`).FindAllSubmatch(page, -1) {
		texts = append(texts, string(regexp.MustCompile("<[^>]*>").ReplaceAll(found[1], nil)))
	}
	return texts
}

// The zone stands once, in the head of the column, unless the clocks changed in between.
func TestTheTimesOfATableHaveOneForm(t *testing.T) {
	for name, c := range map[string]struct{ start, end, zone, at, head string }{
		"one day": {"2026-11-10 07:07", "end: 2026-11-10 08:43\n", "UTC", "07:07–08:43", "Time UTC"},
		"several": {"2026-11-10 07:07", "end: 2026-11-16 08:43\n", "UTC", "10 Nov, 07:07 – 16 Nov, 08:43", "Time UTC"},
		"two years": {"2025-12-31 07:07", "end: 2026-01-02 08:43\n", "UTC",
			"31 December 2025, 07:07 – 2 January 2026, 08:43", "Time UTC"},
		"still going": {"2026-11-27 07:07", "", "UTC", "since 07:07", "Time UTC"},
		"yesterday":   {"2026-11-26 07:07", "", "UTC", "since 26 Nov, 07:07", "Time UTC"},
		"the clocks change": {"2026-10-24 12:00", "end: 2026-10-25 12:00\n", "Europe/Berlin",
			"24 Oct, 12:00 CEST – 25 Oct, 12:00 CET", "Time"},
	} {
		site := website.with("content/site.yml", website["content/site.yml"]+"timezone: "+c.zone+"\n")
		out := publish(t, site.with("content/incidents/x.md",
			"---\ntitle: X\ncomponents: [website]\nstatus: down\nstart: "+c.start+"\n"+c.end+"---\nText.\n"), "2026-11-27T20:00:00Z")
		page := []byte(strings.ReplaceAll(string(out["incidents/x/index.html"]), "\u00a0", " "))
		if at := cells(page, "at"); len(at) != 1 || at[0] != c.at {
			t.Errorf("%s: %q, not %q", name, at, c.at)
		}
		if head := regexp.MustCompile(`<th scope="col">(Time.*?)</th>`).FindSubmatch(page); head == nil ||
			strings.NewReplacer("<small>", "", "</small>", "").Replace(string(head[1])) != c.head {
			t.Errorf("%s: the head is %q, not %q", name, head, c.head)
		}
	}
}

func TestALongOutageIsShownInDaysAndHours(t *testing.T) {
	for end, want := range map[string]string{
		"2026-08-01 11:17": "77 minutes down",
		"2026-08-01 13:12": "3 h 12 min (192 minutes) down",
		"2026-08-02 09:59": "23 h 59 min (1439 minutes) down",
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

func TestOnlyAMajorOutageIsDown(t *testing.T) {
	out := publish(t, website.with("content/incidents/x.md", `---
title: X
impacts:
  - {components: [website], status: major_outage, start: 2026-08-01 10:00, end: 2026-08-01 10:20}
  - {components: [website], status: partial_outage, start: 2026-08-01 10:10, end: 2026-08-01 11:00}
  - {components: [website], status: degraded_performance, start: 2026-08-01 11:00, end: 2026-08-01 13:30}
---
Text.
`), "2026-11-27T20:00:00Z")
	said := strings.ReplaceAll(section(t, pagesOf(t, out)["incidents/x/index.html"], "totals"), "\u00a0", " ")
	if want := "20 minutes down, 40 minutes partial outage, 2 h 30 min (150 minutes) degraded"; !strings.HasSuffix(said, want) {
		t.Errorf("%q, not %q", said, want)
	}
}

// A form without a submit button is of no use to people who cannot see that it is empty.
// Without JavaScript the history has no form (WCAG 2.2, technique H32).
func TestTheSearchIsAFormOnlyWhereAScriptRuns(t *testing.T) {
	out := publish(t, website, "2026-11-27T20:00:00Z")
	for _, n := range elements(pagesOf(t, out)["history/index.html"]) {
		if n.Data == "form" {
			t.Error("without a script the page of the history has an empty form")
		}
	}
}
