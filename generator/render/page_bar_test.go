package render_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// daysOf returns the bad days of a component's bar on the home page, as
// "x height class text → address".
func daysOf(t *testing.T, page *html.Node, component string) []string {
	t.Helper()
	var days []string
	for _, row := range elements(page) {
		if id, _ := attribute(row, "data-c"); row.Data != "li" || id != component {
			continue
		}
		for _, a := range elements(row) {
			rect := a.FirstChild
			if a.Data != "a" || rect == nil || rect.Data != "rect" {
				continue
			}
			var parts []string
			for _, key := range []string{"x", "height", "class"} {
				value, _ := attribute(rect, key)
				parts = append(parts, value)
			}
			href, _ := attribute(a, "href")
			days = append(days, strings.Join(append(parts, text(a), "→", href), " "))
		}
		return days
	}
	t.Fatalf("there is no row of %s", component)
	return nil
}

// What a day says is what the operator wrote, and leads to it. A bar of 5 days has the
// width 19, and its last day begins at 16.
func TestADayOfABarSaysWhatHappenedAndLeadsToIt(t *testing.T) {
	incident := func(title, status, start, end, more string) string {
		return "---\ntitle: " + title + "\nimpacts:\n  - {components: [website], status: " + status + ", start: " + start + end + more +
			"}\n---\n## Investigating — 2026-11-20 10:00\na\n"
	}
	site := website.with("content/site.yml", "title: Example\nurl: https://status.example.com\nuptime: {days: 5}\n")
	for _, story := range []struct {
		name  string
		files map[string]string
		days  []string
	}{
		{"nothing happened", nil, nil},
		{
			"a partial outage is not called down, and a degradation beside it counts on its own",
			map[string]string{"incidents/a.md": incident("Errors", "partial_outage", "2026-11-25 08:00", ", end: 2026-11-25 08:22", ""),
				"incidents/b.md": incident("Slow", "degraded", "2026-11-24 10:00", ", end: 2026-11-24 10:05", "")},
			[]string{
				"4 17 degraded Tue 24 November: Degraded 5 min · Slow → incidents/b/index.html",
				"8 22 partial Wed 25 November: Partial outage 22 min · Errors → incidents/a/index.html",
			},
		},
		{
			"two incidents on one day lead to the month",
			map[string]string{"incidents/a.md": incident("Errors", "major_outage", "2026-11-25 08:00", ", end: 2026-11-25 08:22", ""),
				"incidents/b.md": incident("Slow", "degraded", "2026-11-25 10:00", ", end: 2026-11-25 10:05", "")},
			[]string{"8 28 major Wed 25 November: Major outage 22 min, Degraded 5 min · 2 entries → history/2026-11/index.html"},
		},
		{
			"what came and went is said once for all of its days, as the operator wrote it",
			map[string]string{"incidents/a.md": incident("Intermittent errors", "partial_outage", "2026-11-24 07:07",
				", end: 2026-11-26 08:43", ", downtime: 3h12m")},
			[]string{
				"4 22 partial 24–26 November: Partial outage, 3 h 12 min in all · Intermittent errors → incidents/a/index.html",
				"8 22 partial 24–26 November: Partial outage, 3 h 12 min in all · Intermittent errors → incidents/a/index.html",
				"12 22 partial 24–26 November: Partial outage, 3 h 12 min in all · Intermittent errors → incidents/a/index.html",
			},
		},
		{
			"on a single day it has the name of that day",
			map[string]string{"incidents/a.md": incident("Intermittent errors", "partial_outage", "2026-11-24 07:07",
				", end: 2026-11-24 09:43", ", downtime: 12m")},
			[]string{"4 22 partial Tue 24 November: Partial outage, 12 min in all · Intermittent errors → incidents/a/index.html"},
		},
		{
			"what goes on has no length yet, not even on its earlier days if it comes and goes",
			map[string]string{"incidents/a.md": incident("Intermittent errors", "partial_outage", "2026-11-26 07:07", "",
				", downtime: 12m")},
			[]string{
				"12 22 partial Thu 26 November: Partial outage · Intermittent errors → incidents/a/index.html",
				"16 22 partial Fri 27 November: Partial outage · Intermittent errors → incidents/a/index.html",
			},
		},
		{
			"maintenance is as tall as a healthy day",
			map[string]string{"maintenance/m.md": "---\ntitle: New disks\ncomponents: [website]\nstart: 2026-11-25 02:00\n" +
				"end: 2026-11-25 02:40\n---\nText.\n"},
			[]string{"8 12 maint Wed 25 November: Under maintenance 40 min · New disks → maintenance/m/index.html"},
		},
	} {
		c := site
		for name, text := range story.files {
			c = c.with("content/"+name, text)
		}
		page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["index.html"]
		if got := daysOf(t, page, "website"); strings.Join(got, "\n") != strings.Join(story.days, "\n") {
			t.Errorf("%s: the days are\n%s\nnot\n%s", story.name, strings.Join(got, "\n"), strings.Join(story.days, "\n"))
		}
	}
}

// A year says the same: no minutes that nobody measured.
func TestNoPageInventsMinutesOfADay(t *testing.T) {
	c := website.with("content/incidents/a.md", "---\ntitle: Errors\nimpacts:\n  - {components: [website], status: partial_outage, "+
		"start: 2026-11-10 07:07, end: 2026-11-16 08:43, downtime: 3h12m}\n---\nText.\n")
	pages := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))
	want := "10–16 November: Partial outage, 3 h 12 min in all"
	for _, path := range []string{"uptime/index.html", "components/website/index.html"} {
		words := text(pages[path])
		if n := strings.Count(words, want); n < 7 {
			t.Errorf("%s says %q %d times, not for each of 7 days", path, want, n)
		}
		for _, wrong := range []string{"31 min", "39 s", "down"} {
			if strings.Contains(words, wrong) {
				t.Errorf("%s says %q: %s", path, wrong, words)
			}
		}
	}
	if n := strings.Count(text(pages["components/website/index.html"]), want); n != 8 {
		t.Errorf("the table of the component's months says it %d times more than the squares, not once", n-7)
	}
}

// The legend explains only what occurs, and there is none where there is no bar.
func TestTheLegendExplainsWhatThereIsToExplain(t *testing.T) {
	legend := func(c content) string {
		page := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["index.html"]
		return section(t, page, "legend")
	}
	said := "One bar per day, today at the end: the worse the day, the taller its bar. Uptime over the same days. " +
		"The whole year No incidents"
	if got := legend(website); got != said {
		t.Errorf("with healthy days only: %q", got)
	}
	slow := "---\ntitle: Slow\ncomponents: [api]\nstatus: degraded\nstart: 2026-11-20 10:00\nend: 2026-11-20 11:00\n---\nText.\n"
	if got := legend(website.with("content/incidents/slow.md", slow)); got != said+" Degraded" {
		t.Errorf("with a degraded day: %q", got)
	}
	for name, c := range map[string]content{
		"no component": website.with("content/components.yml", "components: []\n"),
		"no uptime":    website.with("content/site.yml", website["content/site.yml"]+"uptime: {show: false}\n"),
	} {
		if got := legend(c); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
