package render_test

import (
	"strings"
	"testing"
)

// linesOf returns the lines of the list of days: the day, then each entry with the class
// of its rail.
func linesOf(t *testing.T, c content, at string) string {
	t.Helper()
	var lines []string
	for _, e := range elements(byID(t, pagesOf(t, publish(t, c, at))["index.html"], "_days")) {
		class, _ := attribute(e, "class")
		switch {
		case e.Data == "h3":
			lines = append(lines, text(e))
		case e.Data == "p":
			lines = append(lines, "  "+text(e))
		case strings.HasPrefix(class, "line"):
			lines = append(lines, strings.TrimSuffix("  "+text(e)+" ["+strings.TrimSpace(strings.TrimPrefix(class, "line"))+"]", " []"))
		}
	}
	return strings.Join(lines, "\n")
}

// An entry stands under each of its days: in full under the first one, and then with which
// day it is and how that ended. A rail joins them.
func TestAnEntryStandsUnderEachOfItsDays(t *testing.T) {
	days := func(title, start, end string) string {
		return "---\ntitle: " + title + "\ncomponents: [website]\nstatus: major_outage\nstart: 2026-11-" + start + end + "\n---\n" +
			"## Investigating — 2026-11-" + start + "\na\n"
	}
	site := website.with("content/site.yml", "title: Example\nurl: https://status.example.com\nhome: {days: 9}\n")
	for _, story := range []struct {
		name  string
		files map[string]string
		says  string
	}{
		{
			"within one day", map[string]string{"incidents/a.md": days("Errors", "26 10:00", "\nend: 2026-11-26 12:00")},
			`
Friday 27 November
  No incidents
Thursday 26 November
  Errors Major outage · resolved after 2 h · Website
19–25 November
  No incidents`,
		},
		{
			"over three days", map[string]string{"incidents/a.md": days("Errors", "24 10:00", "\nend: 2026-11-26 12:00")},
			`
Friday 27 November
  No incidents
Thursday 26 November
  Errors Third day · resolved 12:00 UTC [on major]
Wednesday 25 November
  Errors Second day · continued [on major]
Tuesday 24 November
  Errors Major outage · 24 November, 10:00 – 26 November 2026, 12:00 UTC · resolved after 2 d 2 h · Website
19–23 November
  No incidents`,
		},
		{
			"until midnight, which is not on the next day",
			map[string]string{"maintenance/a.md": "---\ntitle: Move\ncomponents: [website]\nstart: 2026-11-25 22:00\n" +
				"end: 2026-11-27 00:00\n---\nx\n"},
			`
Friday 27 November
  No incidents
Thursday 26 November
  Move Second day · completed 27 November, 00:00 UTC [on maint]
Wednesday 25 November
  Move Maintenance · 25 November, 22:00 – 27 November 2026, 00:00 UTC · completed after 1 d 2 h · Website
19–24 November
  No incidents`,
		},
		{
			"still open, since before the list begins: the days on which it just goes on are joined",
			map[string]string{"incidents/a.md": days("Errors", "10 10:00", "")},
			`
Friday 27 November
  Errors Day 18 · Investigating [on major]
20–26 November
  Errors Days 11–17 · continued [on major]
Thursday 19 November
  Errors Major outage · since 10 November 2026, 10:00 UTC · Investigating · Website`,
		},
		{
			"two at once: days are joined only while both go on",
			map[string]string{"incidents/a.md": days("First", "20 10:00", "\nend: 2026-11-26 12:00"),
				"incidents/b.md": days("Second", "24 10:00", "\nend: 2026-11-24 12:00")},
			`
Friday 27 November
  No incidents
Thursday 26 November
  First Day 7 · resolved 12:00 UTC [on major]
Wednesday 25 November
  First Day 6 · continued [on major]
Tuesday 24 November
  Second Major outage · resolved after 2 h · Website
  First Day 5 · continued
21–23 November
  First Days 2–4 · continued [on major]
Friday 20 November
  First Major outage · 20 November, 10:00 – 26 November 2026, 12:00 UTC · resolved after 6 d 2 h · Website
Thursday 19 November
  No incidents`,
		},
		{
			"two that both go on: without numbers, and without rails",
			map[string]string{"incidents/a.md": days("First", "25 10:00", "\nend: 2026-11-27 12:00"),
				"incidents/b.md": days("Second", "25 11:00", "\nend: 2026-11-27 13:00")},
			`
Friday 27 November
  Second Third day · resolved 13:00 UTC
  First Third day · resolved 12:00 UTC
Thursday 26 November
  Second continued
  First continued
Wednesday 25 November
  Second Major outage · 25 November, 11:00 – 27 November 2026, 13:00 UTC · resolved after 2 d 2 h · Website
  First Major outage · 25 November, 10:00 – 27 November 2026, 12:00 UTC · resolved after 2 d 2 h · Website
19–24 November
  No incidents`,
		},
	} {
		c := site
		for name, text := range story.files {
			c = c.with("content/"+name, text)
		}
		if got := linesOf(t, c, "2026-11-27T20:00:00Z"); got != strings.TrimPrefix(story.says, "\n") {
			t.Errorf("%s: the days are\n%s\nnot%s", story.name, got, story.says)
		}
	}
}
