package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// There are no charts of nothing.
func TestInsightsWithoutIncidents(t *testing.T) {
	calm := content{"content/site.yml": told["content/site.yml"], "content/components.yml": told["content/components.yml"],
		"content/maintenance/2025-07-05-m.md":    told["content/maintenance/2025-07-05-m.md"],
		"content/incidents/2025-07-09-notice.md": told["content/incidents/2025-07-09-notice.md"]}
	page := insightsOf(t, calm, toldAt)
	if !strings.Contains(text(page), "No incidents began in these months.") {
		t.Errorf("the page says nothing:\n%s", text(page))
	}
	if n := len(within(page, "table", "")) + len(within(page, "figure", "")); n > 0 {
		t.Errorf("the page has %d charts and tables of nothing", n)
	}
	one := calm.with("content/incidents/2025-07-20-x.md",
		"---\ntitle: X\nstart: 2025-07-20 10:00\nend: 2025-07-20 11:00\n---\nRecorded afterwards, without the time.\n")
	page = insightsOf(t, one, toldAt)
	words := text(page)
	if !strings.Contains(words, "Incidents 1 Minor 1") {
		t.Errorf("one incident:\n%s", words)
	}
	for _, unknown := range []string{"Time to the first update", "Promised updates", "Incidents by cause", "Incidents by service"} {
		if strings.Contains(words, unknown) {
			t.Errorf("one incident of which little is known: %q in\n%s", unknown, words)
		}
	}
}

// A young site does not seem to have been quiet for two years.
func TestInsightsBeginWithTheSite(t *testing.T) {
	young := told.with("content/components.yml", strings.Replace(told["content/components.yml"], ", since: 2024-08-01", "", 1))
	for at, want := range map[string]string{
		"2025-07-25T12:00:00Z": "February 2025 – July 2025", "2025-12-25T12:00:00Z": "May 2025 – December 2025",
		"2027-04-30T21:59:00Z": "May 2025 – April 2027", "2027-05-31T22:01:00Z": "July 2025 – June 2027",
	} {
		if words := text(insightsOf(t, young, at)); !strings.Contains(words, want) {
			t.Errorf("at %s the page has not the months %s:\n%.300s", at, want, words)
		}
	}
}

// The page shows two years, and no more.
func TestInsightsOfALongHistory(t *testing.T) {
	c := told
	for year := 2015; year <= 2024; year++ {
		c = c.with(fmt.Sprintf("content/incidents/%d-03-01-old.md", year), fmt.Sprintf("---\ntitle: Old\ncomponents: [mail]\n"+
			"status: degraded\nstart: %d-03-01 10:00\nend: %d-03-01 11:00\n---\nText.\n", year, year))
	}
	page := insightsOf(t, c, toldAt)
	if words := text(page); !strings.Contains(words, "August 2023 – July 2025") || !strings.Contains(words, "Incidents 4 Minor 2") {
		t.Errorf("two years:\n%s", words)
	}
	if rows := tableOf(t, page, "Incidents by month"); len(rows) != 24 || rows["March 2024"][3] != "1" {
		t.Errorf("the table: %v", rows)
	}
	named := within(within(chartOf(t, page, "Incidents by month"), "g", "names")[0], "text", "")
	narrow, years := 0, 0
	for _, name := range named {
		switch class, _ := attribute(name, "class"); class {
		case "":
			narrow++
		case "of":
			years++
		}
	}
	if narrow != 4 || years != 2 {
		t.Errorf("%d names on a narrow page, %d years", narrow, years)
	}
}

func TestOnlyASiteThatWantsInsightsHasThem(t *testing.T) {
	quiet := told.with("content/site.yml", strings.Replace(told["content/site.yml"], "insights: true\n", "", 1))
	for name, data := range publish(t, quiet, toldAt) {
		if strings.HasPrefix(name, "insights/") || strings.HasSuffix(name, ".html") && bytes.Contains(data, []byte("insights/")) ||
			strings.HasSuffix(name, ".css") && bytes.Contains(data, []byte(".chart")) {
			t.Errorf("%s is or has a part of the page", name)
		}
	}
	pages := publish(t, told, toldAt)
	for _, name := range []string{"uptime/index.html", "history/index.html"} {
		if !bytes.Contains(pages[name], []byte(`href="../insights/index.html"`)) {
			t.Errorf("%s does not lead to the page", name)
		}
	}
	if !bytes.Contains(pages["insights/index.html"], []byte(`d, <a href="../incidents/2025-07-01-c/index.html">C</a>`)) {
		t.Error("the longest time does not lead to its incident")
	}
	if !bytes.Contains(pages["insights/index.html"], []byte(`href="../history/2025-05/index.html"`)) {
		t.Error("the months do not lead to the history")
	}
	if bytes.Contains(pages["index.html"], []byte("insights")) || bytes.Contains(pages["index.html"], []byte(".chart")) {
		t.Error("the home page carries something of it")
	}
}

// The page says that it may be out of date once the clock brings something.
func TestInsightsAreOutOfDateWhenTheClockEndsAnIncident(t *testing.T) {
	c := told.with("content/incidents/2025-07-25-d.md",
		"---\ntitle: D\ncomponents: [mail]\nstatus: degraded\nstart: 2025-07-25 13:00\nend: 2025-07-25 16:00\n---\n"+
			"## Investigating — 2025-07-25 13:05\nX.\n")
	if got := until(t, publish(t, c, toldAt), "insights/index.html"); got != "2025-07-25T14:00:00Z" {
		t.Errorf("the page is valid until %q", got)
	}
}

// One service that was affected is enough for the table of services.
func TestInsightsOfOneService(t *testing.T) {
	c := content{"content/site.yml": told["content/site.yml"], "content/components.yml": "components: [{id: mail, name: Mail}]\n",
		"content/incidents/2025-07-01-c.md": told["content/incidents/2025-07-01-c.md"]}
	page := text(insightsOf(t, c, toldAt))
	if !strings.Contains(page, "Incidents by service") || !strings.Contains(page, "Mail 1 2 h") {
		t.Errorf("the page does not name the one service:\n%s", page)
	}
	if strings.Contains(page, "Incidents by cause") {
		t.Errorf("no incident has a tag, and there are causes:\n%s", page)
	}
}
