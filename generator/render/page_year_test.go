package render_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
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

// A page about uptime does not carry the day as it will be; from the next change on it
// says that it may be out of date.
func TestAYearIsOutOfDateWhenAServiceChanges(t *testing.T) {
	c := yearly.with("content/maintenance/work.md", "---\ntitle: Work\ncomponents: [api]\nposted: 2025-07-20 00:00\n"+
		"start: 2025-07-28 02:00\nend: 2025-07-28 03:00\n---\nText.\n")
	out := publish(t, c, "2025-07-25T12:00:00Z")
	for _, page := range []string{"uptime/index.html", "uptime/2025/index.html"} {
		if got := until(t, out, page); got != "2025-07-28T02:00:00Z" {
			t.Errorf("%s is valid until %q", page, got)
		}
	}
	if got := until(t, out, "uptime/2024/index.html"); got != "" {
		t.Errorf("a year that is over is valid until %q", got)
	}
}

// yearKeys returns the keys of the pages about uptime.
func yearKeys(t *testing.T, c content, at string) map[string]render.Key {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range c {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Program: site.Hash{1}, Cache: &source.Cache{}})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	keys := map[string]render.Key{}
	for _, f := range result.Files {
		if year, found := strings.CutPrefix(f.Path, "uptime/20"); found {
			keys["20"+year[:2]] = render.Key{}
			if f.Key != nil {
				keys["20"+year[:2]] = f.Key()
			}
		}
	}
	return keys
}

// A year that is over is made again only when one of its entries changes: not because of
// the clock, a new year, or what happens in other years.
func TestAYearThatIsOverIsMadeAgainOnlyWhenOneOfItsEntriesChanges(t *testing.T) {
	before := yearKeys(t, yearly, "2025-07-25T12:00:00Z")
	for _, page := range []string{"uptime/2023/index.html", "uptime/2024/index.html"} {
		first, later := publishOne(t, yearly, "2025-07-25T12:00:00Z", page), publishOne(t, yearly, "2027-02-01T12:00:00Z", page)
		if !bytes.Equal(first, later) || len(first) == 0 {
			t.Errorf("%s has other bytes two years later", page)
		}
	}
	changed := func(c content, at string) string {
		var years []string
		for year, key := range yearKeys(t, c, at) {
			if key == (render.Key{}) || key != before[year] {
				years = append(years, year)
			}
		}
		slices.Sort(years)
		return strings.Join(years, " ")
	}
	edited := func(name string) content {
		return yearly.with("content/incidents/"+name, strings.Replace(yearly["content/incidents/"+name], "Text.", "Other text.", 1))
	}
	open := "---\ntitle: Never ended\ncomponents: [new]\nstatus: degraded\n---\n## Investigating — 2024-12-31 10:00\nText.\n"
	for _, test := range []struct {
		what string
		c    content
		at   string
		want string
	}{
		{"nothing", yearly, "2025-07-25T12:00:00Z", "2025"},
		{"five months", yearly, "2025-12-25T12:00:00Z", "2025"},
		{"a new year", yearly, "2026-02-01T12:00:00Z", "2025 2026"},
		{"an entry of this year", edited("slow.md"), "2025-07-25T12:00:00Z", "2025"},
		{"an entry of two years", edited("old.md"), "2025-07-25T12:00:00Z", "2023 2024 2025"},
		{"a new entry", yearly.with("content/incidents/late.md", yearlyIncident("Found late", "api", "degraded", "2024-05-05 08:00",
			"2024-05-05 08:30")), "2025-07-25T12:00:00Z", "2024 2025"},
		{"an entry that is still open", yearly.with("content/incidents/open.md", open), "2025-07-25T12:00:00Z", "2024 2025"},
		{"an entry of an earlier year than the first", yearly.with("content/incidents/first.md", yearlyIncident("First", "api", "degraded",
			"2022-05-05 08:00", "2022-05-05 08:30")), "2025-07-25T12:00:00Z", "2022 2023 2025"}, // 2023 has a link to 2022 now
	} {
		if got := changed(test.c, test.at); got != test.want {
			t.Errorf("%s changes %s, not %s", test.what, got, test.want)
		}
	}
}

// 40 services over five years, with five incidents a day: far more than any site has.
func TestTheYearOfALargeSiteIsLight(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it builds the pages of ten thousand incidents")
	}
	const limit = 100 << 10
	for _, n := range []int{1000, 10000} {
		folder := fstest.MapFS{}
		corpus.Write(n, 1, func(name string, text []byte) error {
			folder[name] = &fstest.MapFile{Data: text}
			return nil
		})
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: corpus.Now})
		if result.Problems.HasErrors() {
			t.Fatal(result.Problems)
		}
		heaviest, pages := 0, 0
		for _, f := range result.Files {
			if !strings.HasPrefix(f.Path, "uptime/") && !strings.HasPrefix(f.Path, "components/analytics") || path.Ext(f.Path) != ".html" {
				continue
			}
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			var packed bytes.Buffer
			w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
			w.Write(data)
			w.Close()
			if packed.Len() > limit {
				t.Errorf("with %d entries %s has %d bytes compressed", n, f.Path, packed.Len())
			}
			heaviest, pages = max(heaviest, packed.Len()), pages+1
		}
		if pages < 12 {
			t.Errorf("with %d entries there are %d pages", n, pages)
		}
		t.Logf("%d entries: at most %d bytes compressed", n, heaviest)
	}
}
