package generator_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// busyMonth is a site with a bad October: a service in ten regions with fifty incidents and
// nine windows, one of a long name with a single incident, and thirty that were fine.
func busyMonth() fstest.MapFS {
	folder := fstest.MapFS{}
	put := func(name, text string) { folder["content/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("site.yml", "title: Example\nurl: https://status.example.com\nreports: true\n"+
		"sla: {tiers: [{below: 99.9, credit: 10}], exclude: {announced: 5d, hours: 3}}\n")
	var regions, ids, calm strings.Builder
	for i := range 10 {
		fmt.Fprintf(&regions, "  - {id: r%d, name: Region number %[1]d}\n", i)
		fmt.Fprintf(&ids, "r%d, ", i)
	}
	for i := range 30 {
		fmt.Fprintf(&calm, "  - {id: calm%d, name: Quiet service %[1]d, target: 99.9}\n", i)
	}
	put("components.yml", "regions:\n"+regions.String()+"components:\n  - {id: busy, name: Busy service, target: 99.95, regions: ["+
		ids.String()+"]}\n  - {id: other, name: \"Other service, whose name fills more than half of a line, "+
		"so that it has to continue on the next\", target: 99.9}\n"+calm.String())
	for i := range 50 {
		put(fmt.Sprintf("incidents/2026-10-%02d-%d.md", i%28+1, i), fmt.Sprintf("---\ntitle: Incident number %d, in which "+
			"requests of many customers failed for a while until they were sent elsewhere\ncomponents: [busy]\n"+
			"regions: [r%d]\nstatus: partial_outage\n"+
			"start: 2026-10-%02d %02d:00\n---\n## Investigating — 2026-10-%02[3]d %02[4]d:05\nX.\n"+
			"## Resolved — 2026-10-%02[3]d %02[4]d:25\nX.\n",
			i, i%10, i%28+1, i%20+2))
	}
	for i := range 9 {
		put(fmt.Sprintf("maintenance/2026-10-%02d-m.md", 3*i+1), fmt.Sprintf("---\ntitle: Window %d\nstart: 2026-10-%02d 00:00\n"+
			"duration: 1h\ncomponents: [busy]\nposted: 2026-09-01\n---\nX.\n", i, 3*i+1))
	}
	put("incidents/other.md", "---\ntitle: The only one\ncomponents: [other]\nstatus: major_outage\nstart: 2026-10-05 10:00\n"+
		"end: 2026-10-05 11:00\n---\nText.\n")
	return folder
}

// Printed on A4, a report has its summary on the first page, then a page for each service
// of which there is something to say, and never more than one.
func TestAReportIsPrintedOnAPageForEachService(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		const sentence = "pdftotext is not installed: install the package poppler-utils to run this test"
		if os.Getenv("CI") == "true" {
			t.Fatal(sentence)
		}
		t.Skip(sentence)
	}
	h := hosted(t, siteOf(t, busyMonth(), "2026-11-20T09:00:00Z"))
	v := visits(t, h, "reports/2026-10/index.html", "2026-11-20T09:00:00Z")
	var printed []byte
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		answer, err := chromedp.Call(ctx, devtools.PrintToPDF, devtools.PrintToPDFParams{PreferCSSPageSize: new(true)})
		if err != nil {
			return err
		}
		printed = answer.Data
		return nil
	}))
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, printed, 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(reader, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	sheets := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if size := regexp.MustCompile(`/MediaBox \[0 0 59[456][.0-9]* 84[12]`).Find(printed); size == nil {
		t.Error("the pages are not A4")
	}
	want := [][]string{
		{"Uptime report, October 2026", "Targets met", "30 of 32", "Quiet service 29", "As of ", "16 min over budget"},
		{"Busy service", "Region number 9", "Window 3", " more", "Time to resolution"},
		{"Other service", "The only one", "How this is counted", "Credit for an uptime below 99.9%: 10%."},
	}
	if len(sheets) != len(want) {
		t.Errorf("%d pages, want %d", len(sheets), len(want))
	}
	if credits := regexp.MustCompile(`(?m) 10%$`).FindAllString(sheets[0], -1); len(credits) != 2 {
		t.Errorf("%d credits in the summary, want those of two services: a long name pushes none off the page\n%s", len(credits), sheets[0])
	}
	if uptimes := strings.Count(sheets[1], "99.10%"); uptimes != 12 {
		t.Errorf("%d times the uptime of a region, of all and of the service, want 12: no column is off the page\n%s", uptimes, sheets[1])
	}
	for i, sheet := range sheets[:min(len(sheets), len(want))] {
		for _, words := range want[i] {
			if !strings.Contains(sheet, words) {
				t.Errorf("page %d lacks %q:\n%s", i+1, words, sheet)
			}
		}
	}
}
