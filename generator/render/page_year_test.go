package render_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// yearly has a service with a target and two regions, one that is new, and what happened
// to them since 2023.
var yearly = content{
	"content/site.yml": "title: Example\nurl: https://status.example.com\n",
	"content/components.yml": `regions: [{id: eu, name: Europe}, {id: us, name: United States}]
components:
  - {id: api, name: Public API, target: 99.95, regions: [eu, us]}
  - {id: new, name: New thing, since: 2025-06-11}
`,
	"content/incidents/old.md":  yearlyIncident("Old outage", "api", "major_outage", "2023-12-31 23:00", "2024-01-01 01:00"),
	"content/incidents/slow.md": yearlyIncident("Slow answers", "api", "degraded", "2025-03-05 08:00", "2025-03-05 08:30"),
	"content/incidents/eu.md": yearlyIncident("Errors in Europe", "api]\nregions: [eu", "major_outage", "2025-07-02 08:00",
		"2025-07-02 08:24"),
	"content/incidents/two.md":   yearlyIncident("A second one", "api", "degraded", "2025-07-02 10:00", "2025-07-02 10:10"),
	"content/incidents/worse.md": yearlyIncident("New thing is down", "new", "partial_outage", "2025-07-09 08:00", "2025-07-10 09:00"),
}

func yearlyIncident(title, component, status, start, end string) string {
	return fmt.Sprintf("---\ntitle: %s\ncomponents: [%s]\nstatus: %s\nstart: %s\nend: %s\n---\nText.\n",
		title, component, status, start, end)
}

// squares returns the days of a month below a node on which something was wrong, as
// "X,Y class text → address".
func squares(month *html.Node) []string {
	var list []string
	for _, e := range elements(month) {
		if e.Data != "a" || e.Namespace != "svg" {
			continue
		}
		href, _ := attribute(e, "href")
		var at, class string
		for _, use := range elements(e) {
			if use.Data == "use" {
				x, _ := attribute(use, "x")
				y, _ := attribute(use, "y")
				class, _ = attribute(use, "href")
				at = x + "," + y
			}
		}
		list = append(list, fmt.Sprintf("%s %s %s → %s", at, strings.TrimPrefix(class, "#_d"), text(e), href))
	}
	return list
}

// months returns the months of the first calendar below a node, each with its text.
func months(within *html.Node) map[string]*html.Node {
	found := map[string]*html.Node{}
	for _, list := range elements(within) {
		if class, _ := attribute(list, "class"); class != "cal" {
			continue
		}
		for _, e := range elements(list) {
			if e.Data == "li" {
				found[strings.Fields(text(e))[0]] = e
			}
		}
		return found
	}
	return found
}

// byID returns the element with an id.
func byID(t *testing.T, doc *html.Node, id string) *html.Node {
	t.Helper()
	for _, e := range elements(doc) {
		if value, _ := attribute(e, "id"); value == id {
			return e
		}
	}
	t.Fatalf("no element has the id %s", id)
	return nil
}

func TestAYearAtAGlance(t *testing.T) {
	out := publish(t, yearly, "2025-07-25T12:00:00Z")
	page := pagesOf(t, out)["uptime/index.html"]
	if page == nil {
		t.Fatal("there is no page about uptime")
	}
	api := months(byID(t, page, "_c-api"))
	// 2 July 2025 is a Wednesday, in the first week: the third row of the first column.
	got := squares(api["Jul"])
	want := []string{"0,26 major Wed 2 July: Major outage 24 min, Degraded 10 min → ../history/2025-07/index.html"}
	if !slices.Equal(got, want) {
		t.Errorf("a day with two entries: %q", got)
	}
	want = []string{"13,26 degraded Wed 5 March: Degraded 30 min → ../incidents/slow/index.html"}
	if got := squares(api["Mar"]); !slices.Equal(got, want) {
		t.Errorf("a day with one entry: %q", got)
	}
	all := months(page)
	if got := squares(all["Jul"]); len(got) != 3 || !strings.Contains(got[0], "Wed 2 July: Major outage (Public API)") ||
		!strings.Contains(got[1], "Wed 9 July: Partial outage (New thing)") {
		t.Errorf("all services together: %q", got)
	}
	if note := text(all["Jul"]); !strings.HasSuffix(note, "3 incidents") {
		t.Errorf("July: %q", note)
	}
	if note := text(all["Feb"]); !strings.HasSuffix(note, "No incidents") {
		t.Errorf("February: %q", note)
	}
	section := text(byID(t, page, "_c-api"))
	for _, want := range []string{
		"Error budget, July 2025 12 min of 22 min 10 min left", // 24 minutes in one of two regions
		"months on target (99.95%): 12 of 12",
		"Days without an incident 357 of 359 longest stretch: 216 days", "By region Europe 99.99% United States 100.00%",
	} {
		if !strings.Contains(section, want) {
			t.Errorf("Public API does not say %q: %s", want, section)
		}
	}
	// Days before the service existed, and those to come, have no square.
	newer := months(byID(t, page, "_c-new"))
	if _, shown := newer["May"]; shown || len(newer) != 2 {
		t.Errorf("a service since June has %d months", len(newer))
	}
	for month, want := range map[string]int{"Jun": 20, "Jul": 25 - 2} { // from the 11th; up to the 25th without two bad ones
		if quiet := quietDays(newer[month]); quiet != want {
			t.Errorf("%s has %d quiet days, not %d", month, quiet, want)
		}
	}
	if years := text(elementOf(page, "nav", "years")); years != "Last 12 months 2025 2024 2023" {
		t.Errorf("the years are %q", years)
	}
	old := pagesOf(t, out)["uptime/2024/index.html"]
	want = []string{"0,0 major Mon 1 January: Major outage 1 h → ../../incidents/old/index.html"}
	if got := squares(months(byID(t, old, "_c-api"))["Jan"]); !slices.Equal(got, want) {
		t.Errorf("a day into which an incident lasted: %q", got)
	}
	if pager := text(elementOf(old, "nav", "pager")); pager != "Earlier year 2023 Later year 2025" {
		t.Errorf("around 2024: %q", pager)
	}
	for _, page := range []string{"uptime/", "uptime/2023/", "uptime/2024/", "uptime/2025/"} {
		if !bytes.Contains(out["sitemap.xml"], []byte("<loc>https://status.example.com/"+page+"</loc>")) {
			t.Errorf("%s is not in the sitemap", page)
		}
	}
}

// elementOf returns the first element with a name and a class.
func elementOf(doc *html.Node, name, class string) *html.Node {
	for _, e := range elements(doc) {
		if value, _ := attribute(e, "class"); value == class && e.Data == name {
			return e
		}
	}
	return doc
}

// quietDays returns how many days a month draws on which nothing was wrong.
func quietDays(month *html.Node) int {
	for _, e := range elements(month) {
		if d, _ := attribute(e, "d"); e.Data == "path" {
			return strings.Count(d, "M")
		}
	}
	return 0
}

func TestAComponentsPageShowsItsYear(t *testing.T) {
	page := pagesOf(t, publish(t, yearly, "2025-07-25T12:00:00Z"))["components/api/index.html"]
	if got := squares(months(page)["Jul"]); len(got) != 1 || !strings.HasPrefix(got[0], "0,26 major Wed 2 July: Major outage 24 min") {
		t.Errorf("its July: %q", got)
	}
	words := text(page)
	for _, want := range []string{
		"Error budget used by month, in minutes. The dashed line is the whole budget: 22 min",
		"Month Uptime Budget used Days July 2025 99.96% 12 min of 22 min Wed 2 July: Major outage 24 min, Degraded 10 min",
		"By region Europe 99.99% United States 100.00%",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("the page does not say %q: %s", want, words)
		}
	}
}

// Nobody knows whether there were incidents before the first service was there.
func TestAYearBeginsWithTheFirstService(t *testing.T) {
	c := content{
		"content/site.yml":       "title: Example\nurl: https://status.example.com\n",
		"content/components.yml": "components: [{id: api, name: API, since: 2025-06-11}]\n",
	}
	for at, want := range map[string]int{"2025-06-20T12:00:00Z": 1, "2025-08-20T12:00:00Z": 3} {
		page := string(publish(t, c, at)["uptime/index.html"])
		whole, _, _ := strings.Cut(page[strings.Index(page, `<ol class="cal">`):], "</ol>")
		if got := strings.Count(whole, "No incidents"); got != want {
			t.Errorf("at %s, %d months are without incidents, not %d", at, got, want)
		}
	}
}

func TestWithoutUptimeThereIsNoYear(t *testing.T) {
	out := publish(t, yearly.with("content/site.yml", yearly["content/site.yml"]+"uptime: {show: false}\n"), "2025-07-25T12:00:00Z")
	for name, data := range out {
		if strings.HasPrefix(name, "uptime/") || path.Ext(name) == ".html" && bytes.Contains(data, []byte("uptime/")) {
			t.Errorf("%s is or names a page about uptime", name)
		}
	}
	home := text(pagesOf(t, publish(t, yearly, "2025-07-25T12:00:00Z"))["index.html"])
	if !strings.Contains(home, "History Uptime My services Subscribe") || !strings.Contains(home, "The whole year") {
		t.Error("the home page of a site with uptime does not lead to the year")
	}
}
