package render_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A page that has its styles in itself has all that the style sheet says about its parts.
// 503.html shows an incident as its own page does, so it needs more than the home page.
func TestAPageInOneFileHasTheStylesOfItsParts(t *testing.T) {
	inline, attribute := regexp.MustCompile(`(?s)<style[^>]*>(.*?)</style>`), regexp.MustCompile(`class="([^"]+)"`)
	name, selector := regexp.MustCompile(`[^\s"]+`), regexp.MustCompile(`\.([a-z][a-z0-9-]*)`)
	names := func(style []byte) map[string]bool {
		known := map[string]bool{}
		for _, m := range selector.FindAllSubmatch(style, -1) {
			known[string(m[1])] = true
		}
		return known
	}
	every := map[string]bool{} // classes that have styles in any sheet of the theme
	for _, file := range []string{"style.css", "many.css", "languages.css"} {
		text, err := os.ReadFile("../../themes/default/" + file)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(every, names(text))
	}
	many := content{"content/site.yml": "title: Example\n", "content/components.yml": "components:\n"}
	for i := range 60 {
		many["content/components.yml"] += fmt.Sprintf("  - {id: s%d}\n", i)
	}
	checked := 0
	for site, out := range map[string]output{
		"an incident":    publishFolder(t, os.DirFS("../testdata/sample"), "2025-07-25T07:10:00Z"),
		"maintenance":    publishFolder(t, os.DirFS("../testdata/sample"), "2025-08-01T02:20:00Z"),
		"four languages": publishFolder(t, os.DirFS("../testdata/languages"), "2025-07-25T07:30:00Z"),
		"sixty services": publishFolder(t, many.folder(), "2025-07-25T07:30:00Z"),
	} {
		sheet := map[string]bool{}
		for path, data := range out {
			if strings.HasPrefix(path, "assets/style.") {
				sheet = names(data)
			}
		}
		if len(sheet) < 50 {
			t.Errorf("%s: only %d classes have styles", site, len(sheet))
		}
		for _, path := range []string{"index.html", "404.html", "503.html"} {
			style := inline.FindSubmatch(out[path])
			if style == nil {
				t.Fatalf("%s: %s has no styles", site, path)
			}
			own := names(style[1])
			for _, m := range attribute.FindAllSubmatch(out[path], -1) {
				for _, class := range name.FindAllString(string(m[1]), -1) {
					if checked++; (sheet[class] || every[class]) && !own[class] {
						t.Errorf("%s: %s has no styles for class %s", site, path, class)
					}
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d classes were looked at", checked)
	}
}

// With more than 3,000 bad days in a year the overview of all services would be heavy on a
// phone: days then link only on the page of each service.
func TestAYearOfMostlyBadDaysIsShownInBrief(t *testing.T) {
	year := func(services, days int) content {
		manifest := "components:\n"
		for i := range services {
			manifest += fmt.Sprintf("  - {id: s%d}\n", i)
		}
		end := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, days-1).Format("2006-01-02 15:04")
		return content{
			"content/site.yml":       "title: Example\n",
			"content/components.yml": manifest,
			"content/incidents/a.md": "---\ntitle: Slow\ncomponents: all\nstatus: degraded_performance\n" +
				"start: 2026-01-01 11:00\nend: " + end + "\n---\n## Resolved — " + end + "\nFast.\n",
		}
	}
	links := func(services, days int, page string) int {
		return bytes.Count(publishOne(t, year(services, days), "2026-06-01T00:00:00Z", page), []byte(`href="../incidents/a/`))
	}
	if few, many := links(30, 100, "uptime/index.html"), links(31, 100, "uptime/index.html"); few < 3000 || many >= few/10 {
		t.Errorf("%d links to days if 3,000 are bad, and %d if 3,100 are", few, many)
	}
}
