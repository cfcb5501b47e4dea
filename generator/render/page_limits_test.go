package render_test

import (
	"bytes"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/themes"
)

// An open incident that began before the first day on the home page is listed on all of
// its days.
func TestAnOutageOlderThanTheDaysOfTheHomePageStandsInThem(t *testing.T) {
	for name, text := range map[string]string{
		"an incident that began that day":  "components: [website]\nstatus: major_outage\nstart: 2026-11-14 00:00\n---\n",
		"an incident of a month before":    "components: [website]\nstatus: major_outage\n---\n## Investigating — 2026-10-13 10:00\na\n",
		"an incident of a second before":   "components: [website]\nstatus: major_outage\nstart: 2026-11-13 23:59:59\n---\n",
		"an incident that touches nothing": "---\n## Investigating — 2026-10-13 10:00\na\n",
	} {
		page := pagesOf(t, publish(t, website.with("content/incidents/down.md", "---\ntitle: It is down\n"+text),
			"2026-11-27T20:00:00Z"))["index.html"]
		want := "Friday 27 November: It is down | 15–26 November: It is down | Saturday 14 November: It is down"
		if days := strings.Join(dayList(page), " | "); days != want {
			t.Errorf("%s: the days are %s", name, days)
		}
	}
}

// until returns the instant until which a page knows what comes, or "".
func until(t *testing.T, out output, page string) string {
	t.Helper()
	root := elements(pagesOf(t, out)[page])[0]
	value, _ := attribute(root, "data-until")
	return value
}

// A page carries eight future changes. It must not show the eighth as if it were the
// last.
func TestAPageKnowsThatANinthChangeComes(t *testing.T) {
	c := website
	for n := 1; n <= 4; n++ {
		c = c.with(fmt.Sprintf("content/maintenance/w%d.md", n),
			fmt.Sprintf("---\ntitle: Work\nposted: 2025-01-01 00:00\nstart: 2025-08-0%d 02:00\nduration: 1h\n"+
				"components: [website]\n---\nText.\n", n))
	}
	out := publish(t, c, "2025-07-01T00:00:00Z")
	if got := until(t, out, "index.html"); got != "" {
		t.Errorf("of eight changes the page carries all, but knows nothing from %s on", got)
	}
	if _, carried := coming(t, out["index.html"])["2025-08-04T03:00:00Z _answer"]; !carried {
		t.Error("the page does not carry the eighth change")
	}
	out = publish(t, c.with("content/maintenance/w5.md", "---\ntitle: Work\nposted: 2025-01-01 00:00\nstart: 2025-08-05 02:00\n"+
		"duration: 1h\ncomponents: [website]\n---\nText.\n"), "2025-07-01T00:00:00Z")
	for _, page := range []string{"index.html", "components/website/index.html"} {
		if got := until(t, out, page); got != "2025-08-05T02:00:00Z" {
			t.Errorf("%s knows what comes until %q, want the ninth change", page, got)
		}
	}
}

// Scripts of other sites may read everything but pages, in every language.
func TestOtherSitesMayReadFeedsAndBadgesOfEveryLanguage(t *testing.T) {
	out := publish(t, little.with("content/site.yml", "languages: [en, de]\n"+little["content/site.yml"]), incident)
	rules, seen := headersOnce(t, out), map[string]int{}
	for file := range out {
		ending := file[strings.LastIndexByte(file, '.')+1:]
		if !slices.Contains([]string{"rss", "atom", "json", "ics", "txt", "md", "svg", "png"}, ending) ||
			strings.HasPrefix(file, "assets/") || file == "robots.txt" {
			continue
		}
		if !slices.Contains(sent(rules, "/"+file), "Access-Control-Allow-Origin: *") {
			t.Errorf("other sites may not read %s", file)
		}
		if strings.HasPrefix(file, "de/") {
			seen[ending]++
		}
	}
	for _, ending := range []string{"rss", "atom", "json", "ics", "svg"} {
		if seen[ending] == 0 {
			t.Errorf("there is no German .%s", ending)
		}
	}
}

// Links in an operator's own theme are escaped as html/template escapes them.
func TestATemplatesLinkRunsNoScript(t *testing.T) {
	const own = `<a id="whole" href="{{.}}">a</a><a id="part" href="x/{{.}}">b</a><a id="hash" href="#{{.}}">c</a>`
	page := "{{template \"head\" .}}<main id=\"_main\">{{with .Heading}}" + own + "{{end}}</main>{{template \"foot\" .}}"
	library := template.Must(template.New("").Parse(own))
	for _, name := range []string{
		"javascript:x", "JavaScript:x", "data:x", "vbscript:x", "a:b", ":x", "https:x", "https://example.com/a#b", "http://example.com",
		"mailto:a@example.com",
		"a/b", "/a", "#a", "a b", "a?b=c&d", "a'b", "a%20b", "https://javascript:x", "https://",
	} {
		folder := fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: Example\n")},
			"content/components.yml": {Data: []byte(fmt.Sprintf("components:\n  - {id: c, name: %q}\n", name))},
		}
		s, problems := source.Read(folder, source.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		files, err := render.Files(&s, themes.Open(fstest.MapFS{"component.html": {Data: []byte(page + `{{define ` +
			`"fresh"}}{{end}}`)}}), render.Options{Now: time.Unix(0, 0).UTC()})
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := library.Execute(&want, name); err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Path != "components/c/index.html" {
				continue
			}
			if got, err := f.Bytes(); err != nil || !bytes.Contains(got, want.Bytes()) {
				_, links, _ := strings.Cut(string(got), `<main id="_main">`)
				links, _, _ = strings.Cut(links, "</main>")
				t.Errorf("%s: %v\n%s\nhtml/template:\n%s", name, err, links, &want)
			}
		}
	}
}

// monitoring_at is when the incident last entered monitoring, as resolved_at is when it
// last ended.
func TestMonitoringAtIsTheNewest(t *testing.T) {
	c := website.with("content/incidents/down.md", "---\ntitle: Down\ncomponents: [website]\nstatus: major_outage\n---\n"+
		"## Investigating — 2025-07-25 06:00\na\n\n## Monitoring — 2025-07-25 06:10\nb\n\n## Identified — 2025-07-25 06:20\nc\n\n"+
		"## Monitoring — 2025-07-25 06:30\nd\n\n## Update — 2025-07-25 06:40\ne\n")
	for at, want := range map[string]any{
		"2025-07-25T06:05:00Z": nil,
		"2025-07-25T06:15:00Z": "2025-07-25T06:10:00.000Z",
		"2025-07-25T06:25:00Z": "2025-07-25T06:10:00.000Z",
		"2025-07-25T06:45:00Z": "2025-07-25T06:30:00.000Z",
	} {
		e := objects(t, decode(t, publish(t, c, at)["api/v2/incidents.json"])["incidents"])[0]
		if got := e["monitoring_at"]; got != want {
			t.Errorf("at %s: monitoring_at %v, want %v", at, got, want)
		}
	}
}

// The time between the end of an incident and its report is given in the unit that a
// person would choose.
func TestALengthIsSaidInOneUnit(t *testing.T) {
	end := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct{ late, want string }{
		{"1s", "1 minute"}, {"1m29s", "1 minute"}, {"1m30s", "2 minutes"}, {"89m29s", "89 minutes"}, {"89m59s", "90 minutes"},
		{"90m", "2 hours"}, {"149m59s", "2 hours"}, {"150m", "3 hours"}, {"35h29m59s", "35 hours"}, {"35h59m59s", "36 hours"},
		{"36h", "2 days"}, {"59h59m59s", "2 days"}, {"60h", "3 days"}, {"336h", "14 days"},
	} {
		late, err := time.ParseDuration(test.late)
		if err != nil {
			t.Fatal(err)
		}
		c := website.with("content/incidents/down.md", fmt.Sprintf("---\ntitle: Down\ncomponents: [website]\nstatus: major_outage\n"+
			"start: 2025-07-01 11:00\nend: 2025-07-01 12:00\nposted: %s\n---\nText.\n",
			end.Add(late).Format("2006-01-02 15:04:05")))
		page := pagesOf(t, output{"a.html": publishOne(t, c, "2025-08-01T00:00:00Z", "incidents/down/index.html")})["a.html"]
		if said := text(page); !strings.Contains(said, "osted "+test.want+" after") {
			t.Errorf("%s after the end: the page does not say %s: %s", test.late, test.want, said)
		}
	}
}

func TestAComponentListsFiftyEntriesAndLeadsToMore(t *testing.T) {
	for _, n := range []int{49, 50, 51} {
		c := website
		for i := range n {
			day := time.Date(2025, 1, 1+i, 6, 0, 0, 0, time.UTC).Format("2006-01-02")
			c = c.with(fmt.Sprintf("content/incidents/i%02d.md", i),
				fmt.Sprintf("---\ntitle: Incident %02d\ncomponents: [website]\nstatus: major_outage\nstart: %s 06:00\n"+
					"end: %s 07:00\n---\nText.\n", i, day, day))
		}
		page := publishOne(t, c, "2025-07-01T00:00:00Z", "components/website/index.html")
		listed := 0
		for i := range n {
			if bytes.Contains(page, []byte(fmt.Sprintf(`<div><a href="../../incidents/i%02d/`, i))) {
				listed++
			}
		}
		doc := pagesOf(t, output{"a.html": page})["a.html"]
		more := false
		for _, e := range elements(doc) {
			href, _ := attribute(e, "href")
			more = more || e.Data == "a" && text(e) == "Full history" && strings.HasSuffix(href, "history/index.html")
		}
		if listed != min(n, 50) || more != (n > 50) {
			t.Errorf("of %d entries %d are listed, and more are promised: %v", n, listed, more)
		}
	}
}
