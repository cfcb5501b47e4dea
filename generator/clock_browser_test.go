package generator_test

import (
	"testing"
	"testing/fstest"
	"time"
)

// clockSite is a site with one component and what a test adds.
func clockSite(entry, text string) fstest.MapFS {
	folder := fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\nurl: https://status.example.com\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Web}]\n")},
	}
	if entry != "" {
		folder["content/"+entry] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// says is the question whether an element's words hold some, whatever spaces are
// between them.
func says(selector, words string) string {
	return `document.querySelector("` + selector + `").innerText.replace(/\s+/g, " ").includes("` + words + `")`
}

const overrunning = `---
title: Database upgrade
components: [web]
start: 2026-03-01 11:03
end: 2026-03-01 12:00
auto_complete: false
---
`

func TestAnOverrunIsCountedWhileSomebodyLooks(t *testing.T) {
	h := hosted(t, siteOf(t, clockSite("maintenance/db.md", overrunning), "2026-03-01T11:55:00Z"))
	v := visits(t, h, "index.html", "2026-03-01T11:58:00Z")
	v.sees("article .head b", "Under maintenance")
	v.until("the way it is on schedule", says("article", "on schedule"))
	v.reads(`leap(121)`)
	v.until("the end", says("article", "was due to end at 12:00 UTC ("))
	v.sees("h1", "Maintenance is running late: Web")
	v.sees(".answer p", "It was due to end at 12:00 UTC.")
	for _, gone := range []string{"by 1 minute", " of 57 min", "on schedule", "ends 12:00"} {
		if v.reads(says("body", gone)) != "false" {
			t.Errorf("an overrun still says %q", gone)
		}
	}
	v.reads(`leap(26 * 60)`)
	v.until("the count", says("article", "was due to end at 12:00 UTC (26 min ago)"))

	v = visits(t, h, "maintenance/db/index.html", "2026-03-01T13:10:05Z")
	v.until("the count", says("#_live", "was due to end at 12:00 UTC (1 h 10 min ago)"))
}

func TestTimesBesideTheSitesOwnAreWrittenAsThePageWritesThem(t *testing.T) {
	h := hosted(t, siteOf(t, clockSite("incidents/long.md", `---
title: Long
components: [web]
status: partial
start: 2023-07-10 07:07
end: 2023-07-16 08:43
---
`), "2026-03-01T02:20:00Z"))
	v := visits(t, h, "index.html", "2026-03-01T02:21:30Z")
	v.in("America/New_York")
	v.open("index.html") // it is still yesterday there, and so that is today
	v.sees(".asof", "Last updated 1 min ago · 02:20 UTC (21:20 your time)")
	v.open("incidents/long/index.html")
	v.until("both ends written alike, with months by name",
		says("#_live", "10 July, 07:07 – 16 July 2023, 08:43 UTC (10 July, 03:07 – 16 July, 04:43 your time), 6 d 1 h 36 min"))
	v.in("Asia/Tokyo")
	v.open("index.html")
	v.sees(".asof", "Last updated 1 min ago · 02:20 UTC (11:20 your time)")
	v.reads(`leap(20 * 3600)`)
	v.until("a time of yesterday, with the site's date", says(".asof", "20 h 1 min ago · 1 March 2026, 02:20 UTC (11:20 your time)"))
	v.in("Pacific/Auckland")
	v.open("index.html")
	v.sees(".asof", "Last updated 1 min ago · 02:20 UTC (15:20 your time)")
	v.reads(`leap(31 * 86400)`)
	v.until("nothing said of how long ago after thirty days", says(".asof", "Last updated 1 March 2026, 02:20 UTC (15:20 your time)"))
}

// What is written without a date because it is near the build's day gets one for a visitor
// who is on another day.
func TestATimeOfAnotherDayThanTheVisitorsHasADate(t *testing.T) {
	h := hosted(t, siteOf(t, clockSite("maintenance/db.md", `---
title: Work
components: [web]
start: 2026-03-01 14:00
end: 2026-03-01 15:00
---
`), "2026-03-01T02:20:00Z"))
	v := visits(t, h, "index.html", "2026-03-01T02:21:00Z")
	v.until("today's window, without a date", says("#_coming .head .meta", " min · 14:00–15:00 UTC"))
	v.in("America/Los_Angeles") // it is 28 February there
	v.open("index.html")
	v.until("a date", says("#_coming .head .meta", " min · 1 March, 14:00–15:00 UTC (06:00–07:00 your time)"))

	h = hosted(t, siteOf(t, clockSite("incidents/long.md", `---
title: Long
components: [web]
status: partial
start: 2026-03-01 02:00
---
`), "2026-03-01T02:20:00Z"))
	v = visits(t, h, "index.html", "2026-03-02T08:00:00Z")
	v.until("the date of yesterday", says("#_ongoing .head", "for 1 d 6 h · since 1 March, 02:00 UTC"))
}

// A clock that is three hours slow, and one that is three hours fast.
func TestAVisitorsWrongClockIsPutRightByThePageAndItsHost(t *testing.T) {
	const ending = `---
title: Trouble
components: [web]
status: major
start: 2026-03-01 11:00
end: 2026-03-01 14:00
---
`
	h := hosted(t, siteOf(t, clockSite("incidents/trouble.md", ending), "2026-03-01T12:00:00Z"))
	v := visits(t, h, "index.html", "2026-03-01T09:01:00Z")
	v.sees(".asof", "Last updated now · 12:00 UTC")
	v.sees("#_ongoing .head", "Major outage Investigating for 1 h · since 11:00 UTC")

	h.clock = func() time.Time { return instant(t, "2026-03-01T12:10:00Z") }
	v = visits(t, h, "index.html", "2026-03-01T09:10:00Z")
	v.until("the host's time", says(".asof", "10 min ago · 12:00 UTC"))

	v = visits(t, h, "index.html", "2026-03-01T15:10:00Z")
	v.until("the host's time", says(".asof", "10 min ago · 12:00 UTC"))
	v.sees("h1", "Major outage")
	v.sees("#_ongoing .head", "Major outage Investigating for 1 h 10 min · since 11:00 UTC")
	if said := v.reads(`document.querySelector("#_stale").innerText`); said != "" {
		t.Errorf("a page ten minutes old says %q", said)
	}
	v.calm("index.html")
}
