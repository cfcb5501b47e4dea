package render_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// young is a site that knows of nothing before the first of October, in Berlin.
var young = content{
	"content/site.yml":       "title: Example\nurl: https://status.example.com\ntimezone: Europe/Berlin\nreports: true\n",
	"content/components.yml": "components:\n- {id: api, name: API, since: 2026-10-01}\n",
}

// reportsAt returns the names of the periods that have a report, as they stand in the paths.
func reportsAt(t *testing.T, c content, at string) []string {
	t.Helper()
	var names []string
	for _, f := range plannedFor(t, c.folder(), at) {
		if name, found := strings.CutPrefix(f.Path, "reports/"); found && strings.HasSuffix(name, "/report.csv") {
			names = append(names, strings.TrimSuffix(name, "/report.csv"))
		}
	}
	slices.Sort(names)
	return names
}

// The first report is that of the month in which the records begin. A month has a report as
// soon as one instant of it is over, and so has its quarter.
func TestWhichPeriodsHaveAReport(t *testing.T) {
	for at, want := range map[string]string{
		"2026-09-30T22:00:01Z": "2026-10 2026-Q4",
		"2026-10-31T23:00:00Z": "2026-10 2026-Q4", // the first instant of November, of which nothing is over
		"2026-10-31T23:00:01Z": "2026-10 2026-11 2026-Q4",
		"2026-12-31T23:00:00Z": "2026-10 2026-11 2026-12 2026-Q4",
		"2027-01-01T00:00:00Z": "2026-10 2026-11 2026-12 2026-Q4 2027-01 2027-Q1",
	} {
		if got := strings.Join(reportsAt(t, young, at), " "); got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
	before := young.with("content/components.yml", strings.Replace(young["content/components.yml"], "2026-10-01", "2026-09-30", 1))
	if got := strings.Join(reportsAt(t, before, "2026-10-31T23:00:00Z"), " "); got != "2026-09 2026-10 2026-Q3 2026-Q4" {
		t.Errorf("with a last day of September: %s", got)
	}
	old := young.with("content/components.yml", strings.Replace(young["content/components.yml"], "2026-10-01", "1980-01-01", 1))
	got := reportsAt(t, old, "2026-02-03T12:00:00Z")
	if len(got) != 29*16+2+1 || got[0] != "1997-01" {
		t.Errorf("of 46 years, there are %d reports from %s on; 30 years have one", len(got), got[0])
	}
}

// Each report leads to those of the periods before and after it that are as long.
func TestReportsLeadToTheirNeighbours(t *testing.T) {
	pages := pagesOf(t, publish(t, young, "2027-01-20T12:00:00Z"))
	for name, want := range map[string]string{
		"2026-10": "Later November 2026", "2026-11": "Earlier October 2026 Later December 2026",
		"2026-12": "Earlier November 2026 Later January 2027", "2027-01": "Earlier December 2026",
		"2026-Q4": "Later Q1 2027", "2027-Q1": "Earlier Q4 2026",
	} {
		if got := section(t, pages["reports/"+name+"/index.html"], "pager"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	list := text(within(pages["reports/index.html"], "main", "")[0])
	if !strings.HasSuffix(list, "Uptime reports 2027 Q1 2027 January 2026 Q4 2026 December November October") {
		t.Errorf("the list: %s", list)
	}
}

// A report is as of the end of its period, or of the last update that follows. While one of
// its incidents is open it is as of now.
func TestAsOfWhenAReportIs(t *testing.T) {
	incident := func(more string) content {
		return young.with("content/incidents/a.md", "---\ntitle: A\ncomponents: [api]\nstatus: down\nstart: 2026-10-31 22:00\n---\n"+
			"## Investigating — 2026-10-31 22:10\nX.\n"+more)
	}
	for name, c := range map[string]struct {
		of   content
		want string
	}{
		"quiet":    {young, "As of 1 November 2026, 00:00 CET"},
		"resolved": {incident("## Resolved — 2026-10-31 23:00\nX.\n"), "As of 1 November 2026, 00:00 CET"},
		"later":    {incident("## Resolved — 2026-11-02 09:30\nX.\n"), "As of 2 November 2026, 09:30 CET"},
		"a postscript": {incident("## Resolved — 2026-10-31 23:00\nX.\n## Postmortem — 2026-11-05 10:00\nX.\n"),
			"As of 5 November 2026, 10:00 CET"},
		"still open": {incident(""), "As of 20 November 2026, 13:00 CET"},
	} {
		page := text(pagesOf(t, publish(t, c.of, "2026-11-20T12:00:00Z"))["reports/2026-10/index.html"])
		if !strings.Contains(page, c.want) {
			t.Errorf("%s: the page lacks %q:\n%.400s", name, c.want, page)
		}
	}
}

// Only the report of a period that is over has a key, by which the next build takes it as it
// is; from the first instant after the period on.
func TestOnlyReportsOfWhatIsOverHaveKeys(t *testing.T) {
	for at, want := range map[string]string{
		"2026-10-31T22:59:59Z": "", "2026-10-31T23:00:00Z": "2026-10",
		"2026-11-20T12:00:00Z": "2026-10", "2026-12-31T23:00:00Z": "2026-10 2026-11 2026-12 2026-Q4",
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		folder := young.folder()
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Program: site.Hash{1}, Cache: &source.Cache{}})
		for _, file := range []string{"index.html", "report.csv", "report.json"} {
			var with []string
			for _, f := range result.Files {
				name, found := strings.CutPrefix(f.Path, "reports/")
				if period, last, _ := strings.Cut(name, "/"); found && last == file && f.Key != nil {
					with = append(with, period)
				}
			}
			slices.Sort(with)
			if got := strings.Join(with, " "); got != want {
				t.Errorf("at %s, %s of %q have keys, not of %q", at, file, got, want)
			}
		}
	}
}

// Targets that are all met are no bad news.
func TestTargetsThatAreMetAreNotMarkedAsMissed(t *testing.T) {
	c := young.with("content/components.yml", "components:\n- {id: api, name: API, since: 2026-10-01, target: 99.9}\n")
	missed := c.with("content/incidents/a.md", "---\ntitle: A\ncomponents: [api]\nstatus: down\n"+
		"start: 2026-10-02 10:00\nend: 2026-10-03 10:00\n---\nX.\n")
	for of, want := range map[string]bool{"1 of 1": false, "0 of 1": true} {
		site := c
		if want {
			site = missed
		}
		page := pagesOf(t, publish(t, site, "2026-11-20T12:00:00Z"))["reports/2026-10/index.html"]
		first := within(within(page, "dl", "figures")[0], "div", "")[0]
		class, _ := attribute(first, "class")
		if text(first) != "Targets met "+of || (class != "") != want {
			t.Errorf("%q has the class %q", text(first), class)
		}
	}
}

// When a window was announced stands in a report if the contract asks for it.
func TestAReportSaysWhenAWindowWasAnnouncedIfThatMatters(t *testing.T) {
	c := young.with("content/maintenance/work.md", "---\ntitle: Work\ncomponents: [api]\nposted: 2026-10-01 09:00\n"+
		"start: 2026-10-12 02:00\nend: 2026-10-12 03:00\n---\nX.\n")
	strict := c.with("content/site.yml", c["content/site.yml"]+"sla: {exclude: {announced: 5d}}\n")
	for matters, of := range map[bool]content{false: c, true: strict} {
		page := text(pagesOf(t, publish(t, of, "2026-11-20T12:00:00Z"))["reports/2026-10/index.html"])
		if !strings.Contains(page, "Work 12 October 2026") || strings.Contains(page, "Announced: 1 October 2026") != matters {
			t.Errorf("it matters: %v, and the page says\n%s", matters, page)
		}
	}
}
