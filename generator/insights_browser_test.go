package generator_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
)

// eventful is a site with two years of incidents, in two directions.
func eventful() fstest.MapFS {
	folder := content("")
	folder["content/site.yml"] = &fstest.MapFile{Data: []byte("title: Example\nurl: https://status.example.com\n" +
		"languages: [en, ar]\ninsights: true\n")}
	for i := range 25 {
		year, month := 2024+(6+i)/12, 1+(6+i)%12
		for n := range 1 + i%12 {
			folder[fmt.Sprintf("content/incidents/%d-%02d-%02d-x.md", year, month, 1+n)] = &fstest.MapFile{Data: fmt.Appendf(nil,
				"---\ntitle: Trouble\ncomponents: [%s]\nstatus: %s\ntags: [deploy]\nstart: %d-%02d-%02d 10:00\n---\n"+
					"## Investigating — %[3]d-%02[4]d-%02[5]d 10:%02[6]d\nText.\n## Resolved — %[3]d-%02[4]d-%02[5]d 1%[7]d:45\nText.\n",
				[]string{"api", "web"}[n%2], []string{"degraded", "partial", "major"}[n%3], year, month, 1+n, 3+i, 1+n%9)}
		}
	}
	return folder
}

// What is written in charts has its size on the narrowest phone, does not leave the screen,
// and no word covers another.
func TestWordsInChartsAreLegibleOnAPhone(t *testing.T) {
	h := hosted(t, siteOf(t, eventful(), "2026-07-25T12:00:00Z"))
	for _, page := range []string{"insights/index.html", "ar/insights/index.html"} {
		for _, width := range []int64{320, 390, 1280} {
			v := visits(t, h, page, "2026-07-25T12:00:00Z")
			v.do(chromedp.EmulateViewport(width, 800))
			if n := v.reads(`document.querySelectorAll("figure.chart").length`); n != "4" {
				t.Fatalf("%s has %s charts", page, n)
			}
			if over := v.reads(`document.documentElement.scrollWidth - innerWidth`); over != "0" {
				t.Errorf("%s is %s pixels too wide for %d", page, over, width)
			}
			small := v.reads(`[...document.querySelectorAll("figure.chart text")].filter(e => e.checkVisibility()).map(e => {
				const box = e.getBoundingClientRect()
				return parseFloat(getComputedStyle(e).fontSize) < 11 || box.height < 11 || box.left < 0 || box.right > innerWidth ?
					e.textContent + " " + JSON.stringify(box) : ""}).filter(Boolean).join("\n")`)
			if small != "" {
				t.Errorf("%s, %d pixels wide: too small, or outside:\n%s", page, width, small)
			}
			covered := v.reads(`[...document.querySelectorAll("figure.chart > svg")].flatMap(svg => {
				const words = [...svg.querySelectorAll(".names text, .rule text")].filter(e => e.checkVisibility())
				return words.flatMap((a, i) => words.slice(i + 1).filter(b => {
					const p = a.getBoundingClientRect(), q = b.getBoundingClientRect()
					return p.left < q.right && q.left < p.right && p.top < q.bottom - 1 && q.top < p.bottom - 1
				}).map(b => a.textContent + " and " + b.textContent))}).join("; ")`)
			if covered != "" {
				t.Errorf("%s, %d pixels wide: words cover each other: %s", page, width, covered)
			}
			v.calm(page)
		}
	}
}

// On a wide page, a column leads to the history of its month; on paper, all tables are
// there without a click.
func TestColumnsOfAChartLeadToTheirMonth(t *testing.T) {
	h := hosted(t, siteOf(t, eventful(), "2026-07-25T12:00:00Z"))
	v := visits(t, h, "insights/index.html", "2026-07-25T12:00:00Z")
	v.do(chromedp.EmulateViewport(1280, 800))
	links := v.reads(`[...document.querySelectorAll("figure.chart .links")][0].querySelectorAll("a").length`)
	if links != "24" {
		t.Errorf("%s columns are links", links)
	}
	v.do(chromedp.Click(`figure.chart .links a[aria-label="May 2026: 11 incidents"]`))
	v.until("the month", `location.pathname.endsWith("/history/2026-05/index.html")`)
}
