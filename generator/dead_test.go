package generator_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/themes"
)

// A link to a page of the site that is not there leads customers to an error page, in
// the middle of an outage. Each is named, with what was probably meant.
func TestALinkToNoPageIsAWarning(t *testing.T) {
	const redirects = "# moved\n/old/*  /history/  301\n/one /history/\n/by/:year /history/\n"
	check := func(file, text string) string {
		folder := fstest.MapFS{
			"content/site.yml":       {Data: []byte("title: X\nurl: https://status.example.org/sub\nlanguages: [en, de]\n")},
			"content/components.yml": {Data: []byte("components: [{id: api}]\n")},
			"content/incidents/2026-01-smtp.md": {Data: []byte("---\ntitle: X\ncomponents: [api]\nstatus: down\n" +
				"start: 2026-01-05 10:00\nend: 2026-01-05 11:00\n---\n")},
			"content/incidents/2026-01-smtp.de.md": {Data: []byte("---\ntitle: X\n---\n")},
			"content/incidents/sketch.md":          {Data: []byte("---\ntitle: X\ndraft: true\nstart: 2026-01-05 10:00\n---\n")},
			"content/maintenance/later.md": {Data: []byte("---\ntitle: X\ncomponents: [api]\nstart: 2026-09-05 10:00\n" +
				"duration: 1h\nposted: 2026-09-01\n---\n")},
			"content/static/terms/index.html": {Data: []byte("x")},
			"content/static/_redirects":       {Data: []byte(redirects)},
			file: {Data: []byte("---\ntitle: X\nstart: 2026-01-05 10:00\nend: 2026-01-05 11:00\n---\n" +
				text)},
		}
		if strings.Contains(file, "/pages/") {
			folder[file].Data = []byte("---\ntitle: X\n---\n" + text)
		}
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
		var found []string
		for _, p := range result.Problems {
			if p.Rule == "dead-link" || p.Severity.String() == "error" {
				found = append(found, strings.TrimPrefix(p.Message, "the site has no page or file at ")+": "+p.Hint)
			}
		}
		return strings.Join(found, "\n")
	}
	for _, address := range []string{
		"/", "/history/", "/history", "../../incidents/2026-01-smtp/", "/incidents/2026-01-smtp/index.html",
		"/de/incidents/2026-01-smtp/#u-first",
		"/maintenance/later/", "/history/2026-09/", "/history/2026-01/", "/components/api/", "/api/v2/summary.json", "/terms/", "/terms",
		"/history.rss?x=1", "/uptime/", "/uptime/2026/", "/uptime/2031/",
		"/old/page", "/one/", "/by/2019", "https://example.com/nosuch/", "#below",
	} {
		for _, file := range []string{"content/pages/about.md", "content/incidents/other.md"} {
			if got := check(file, "[x]("+address+")\n"); got != "" {
				t.Errorf("%s in %s: %s", address, file, got)
			}
		}
	}
	const path = "write the path of its file from this one, such as ../incidents/2025-07-25-smtp.md, or an address such as /history/"
	for address, want := range map[string]string{
		"../../incidents/2026-01-smpt/":        "/incidents/2026-01-smpt/: did you mean /incidents/2026-01-smtp/?",
		"/pages/nosuch/":                       "/pages/nosuch/: " + path,
		"nosuch.html":                          "/nosuch.html: " + path,
		"../2026-01-smtp/":                     "/2026-01-smtp/: " + path,
		"/incidents/sketch/":                   "/incidents/sketch/: " + path,
		"/history/2025-11/":                    "/history/2025-11/: " + path,
		"/uptime/2019/":                        "/uptime/2019/: " + path,
		"/sub/history/":                        "/sub/history/: " + path,
		"/fr/history/":                         "/fr/history/: " + path,
		"/badges/nosuch.svg":                   "/badges/nosuch.svg: " + path,
		"/components/apy/?from=mail#yesterday": "/components/apy/: " + path,
	} {
		for _, file := range []string{"content/pages/about.md", "content/incidents/other.md"} {
			if got := check(file, "[x]("+address+")\n"); got != want {
				t.Errorf("%s in %s: %q, want %q", address, file, got, want)
			}
		}
	}
}

// A link of site.yml to no page is found as well, with its place.
func TestALinkOfTheHeaderOrFooterToNoPageIsAWarning(t *testing.T) {
	folder := fstest.MapFS{
		"content/site.yml": {Data: []byte("title: X\nurl: https://status.example.org\nlinks: [{name: History, url: /history/}]\n" +
			"footer: [{name: Imprint, url: /pages/imprnt/}]\nsubscribe: [{name: Feed, url: /history.rss}]\n")},
		"content/components.yml":   {Data: []byte("components: [{id: api}]\n")},
		"content/pages/imprint.md": {Data: []byte("---\ntitle: Imprint\n---\nText.\n")},
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
	if len(result.Problems) != 1 {
		t.Fatal(result.Problems)
	}
	p := result.Problems[0]
	if got := p.Pos.String() + " " + p.Rule + ": " + p.Hint; got != "content/site.yml:4:31 dead-link: did you mean /pages/imprint/?" {
		t.Error(got)
	}
}
