package render_test

import (
	"strings"
	"testing"
)

// The history lists a notice in the month in which it began, and an incident in each month
// in which it went on.
func TestInWhichMonthsTheHistoryListsAnEntry(t *testing.T) {
	c := website.
		with("content/incidents/notice.md", "---\ntitle: A long notice\nseverity: none\n"+
			"start: 2026-08-10 10:00\nend: 2026-10-05 10:00\n---\nX.\n").
		with("content/incidents/over.md", "---\ntitle: A long incident\ncomponents: [website]\nstatus: degraded\n"+
			"start: 2026-08-20 10:00\nend: 2026-10-05 10:00\n---\nX.\n").
		with("content/incidents/open.md", "---\ntitle: Not over yet\ncomponents: [website]\nstatus: degraded\n"+
			"start: 2026-10-20 10:00\n---\nX.\n")
	pages := pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))
	for month, want := range map[string]string{
		"2026-08": "A long notice, A long incident", "2026-09": "A long incident", "2026-10": "A long incident, Not over yet",
		"2026-11": "Not over yet",
	} {
		var got []string
		page := text(within(pages["history/"+month+"/index.html"], "main", "")[0])
		for _, title := range []string{"A long notice", "A long incident", "Not over yet"} {
			if strings.Contains(page, title) {
				got = append(got, title)
			}
		}
		if list := strings.Join(got, ", "); list != want {
			t.Errorf("%s lists %s, want %s", month, list, want)
		}
	}
}

// A plan of one step has its count, too.
func TestAPlanOfOneStepIsCounted(t *testing.T) {
	c := website.with("content/maintenance/disk.md", "---\ntitle: Disk\ncomponents: [website]\nposted: 2026-11-20\n"+
		"start: 2026-11-27 19:00\nend: 2026-11-27 23:00\n---\nX.\n\n## Plan\n- [ ] **Replace it**\n")
	page := text(pagesOf(t, publish(t, c, "2026-11-27T20:00:00Z"))["maintenance/disk/index.html"])
	if !strings.Contains(page, "0 of 1") {
		t.Errorf("the page does not count its one step:\n%s", page)
	}
}
