package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
)

// measuredSite is a site in two directions, with long names, units and numbers of measurements.
func measuredSite() fstest.MapFS {
	folder := fstest.MapFS{}
	put := func(name, text string) { folder["content/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("site.yml", "title: Example\nurl: https://status.example.com\nlanguages: [en, ar]\n")
	put("components.yml", "components:\n  - {id: api, name: API}\nmeasurements:\n"+
		"  - {id: rate, component: api, home: true, name: {en: Requests, ar: الطلبات}, unit: requests per second and instance}\n"+
		"  - {id: queue, component: api, home: true, name: Warteschlangenverarbeitungsgeschwindigkeit, unit: ms}\n"+
		"  - {id: one, component: api, home: true}\n  - {id: none, component: api, home: true}\n")
	var rate, queue strings.Builder
	for i := range 2000 {
		at := 1782388500 - 300*(1999-i)
		fmt.Fprintf(&rate, "%d,%d\n", at, i%100)
		fmt.Fprintf(&queue, "%d,%d\n", at, 999_999_999_999_999*(1-2*(i%2)))
	}
	put("measurements/rate.csv", "time,value\n"+rate.String())
	put("measurements/queue.csv", "time,value\n"+queue.String())
	put("measurements/one.csv", "time,value\n1782388500,5\n")
	put("measurements/none.csv", "time,value\n")
	return folder
}

// However long names, units and numbers are, measurements do not leave the narrowest phone.
func TestMeasurementsFitOnAPhone(t *testing.T) {
	h := hosted(t, siteOf(t, measuredSite(), "2026-06-25T12:00:00Z"))
	for _, page := range []string{"index.html", "ar/index.html", "components/api/index.html", "ar/components/api/index.html"} {
		v := visits(t, h, page, "2026-06-25T12:00:00Z")
		v.do(chromedp.EmulateViewport(320, 800))
		if n := v.reads(`document.querySelectorAll(".spark, section.measured").length`); n != "3" && n != "4" {
			t.Fatalf("%s has %s measurements", page, n)
		}
		outside := v.reads(`[...document.querySelectorAll(".spark *, section.measured :is(h2, h3, p, svg)")].filter(e => {
			const box = e.getBoundingClientRect()
			return e.checkVisibility() && !e.closest("svg svg") && (box.left < 0 || box.right > innerWidth)
		}).map(e => e.tagName + " " + e.textContent).join("\n")`)
		if over := v.reads(`document.documentElement.scrollWidth - innerWidth`); over != "0" || outside != "" {
			t.Errorf("%s is %s pixels too wide; outside:\n%s", page, over, outside)
		}
		v.calm(page)
	}
}
