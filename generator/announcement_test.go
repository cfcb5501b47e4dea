package generator_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
)

const announced = `-- site.yml --
title: Example Status
url: https://status.example.com
timezone: Europe/Berlin
languages: [en, de]
-- announcements/2026/2026-11-01-tls.md --
---
title: TLS 1.0 will be switched off
posted: 2026-11-01 09:00
updated: 2026-11-03 10:00
until: 2026-12-01
pinned: true
components: [api]
author: Platform team
tags: [security]
---
On 15 January we switch off TLS 1.0, e.g. for old phones. [Read on](https://www.example.com/tls), or see
[the outage](../../incidents/errors.md).

## What to do
Check your clients.
-- announcements/2026/2026-11-01-tls.de.md --
---
title: TLS 1.0 wird abgeschaltet
---
Am 15. Januar schalten wir TLS 1.0 ab. Prüfen Sie Ihre Programme.
-- announcements/2026-11-20-office.md --
---
title: Christmas holidays
---
Our office is closed from 24 December. Support is not.
-- announcements/2026-12-05-region.md --
---
title: A region in Finland
components: [web]
---
It is open.
-- incidents/errors.md --
---
title: Errors
components: [web]
status: down
---
## Investigating — 2026-10-20 10:00
Soon there will be [a region](../announcements/2026-12-05-region.md), and [TLS](../announcements/2026/2026-11-01-tls.md) goes.

## Resolved — 2026-10-20 11:00
Done.
`

// An announcement appears when it is posted, to the second, and not before in any file.
func TestAnAnnouncementAppearsWhenItIsPosted(t *testing.T) {
	posted := instant(t, "2026-12-04T23:00:00Z") // midnight in Berlin of the day in the file's name
	before, after := built(t, content(announced), posted.Add(-time.Second)), built(t, content(announced), posted)
	for file, data := range before {
		if bytes.Contains(data, []byte("Finland")) || bytes.Contains(data, []byte("2026-12-05-region")) {
			t.Errorf("%s knows of an announcement that is not posted yet", file)
		}
	}
	for _, file := range []string{
		"index.html", "de/index.html", "announcements/2026-12-05-region/index.html", "announcements/2026-12-05-region/index.md",
		"announcements/index.html", "components/web/index.html", "history.rss", "history.atom", "feed.json", "de/history.atom",
		"components/web/history.atom", "history/index.html", "history/2026-12/index.html", "search.json", "state.json", "sitemap.xml",
		"incidents/errors/index.html",
	} {
		if !bytes.Contains(after[file], []byte("2026-12-05-region")) {
			t.Errorf("%s knows nothing of it once it is posted", file)
		}
	}
	for _, file := range []string{"components/api/index.html", "components/api/history.atom", "503.html", "404.html", "status.txt",
		"api/v2/summary.json", "maintenance.ics", "metrics", "badges/overall.json"} {
		if bytes.Contains(after[file], []byte("Finland")) {
			t.Errorf("%s has an announcement that has no place there", file)
		}
	}
	if pages := string(before["index.html"]); !strings.Contains(pages, `data-until="2026-12-04T23:00:00Z"`) {
		t.Error("the home page does not know until when it holds")
	}
}

// A page that carries the start of a window does not know an announcement that is posted at
// that instant.
func TestAnAnnouncementBesideAnotherChange(t *testing.T) {
	const window = "-- maintenance/w.md --\n---\ntitle: Work\ncomponents: [web]\nstart: 2026-12-04 23:00 UTC\nduration: 1h\n---\n" +
		"## Scheduled — 2026-11-30 10:00 UTC\nSoon.\n"
	o := siteOf(t, content(announced+window), "2026-12-04T22:00:00Z")
	if page := o.bytes("index.html"); !bytes.Contains(page, []byte(`data-until="2026-12-04T23:00:00Z"`)) {
		t.Error("the home page does not know until when it holds")
	}
}

// It leaves the home page at until, and a page that was built before knows that.
func TestAnAnnouncementLeavesTheHomePage(t *testing.T) {
	leaves := instant(t, "2026-11-26T23:00:00Z") // seven days after it was posted
	before, after := siteOf(t, content(announced), "2026-11-26T22:59:59Z"), siteOf(t, content(announced), "2026-11-26T23:00:00Z")
	before.shows("index.html", "All services are operational",
		"TLS 1.0 will be switched off On 15 January we switch off TLS 1.0, e.g. for old phones.",
		"Christmas holidays Our office is closed from 24 December.")
	before.hides("index.html", "Support is not", "Read on")
	after.shows("index.html", "TLS 1.0 will be switched off")
	after.hides("index.html", "Christmas")
	after.shows("announcements/index.html", "Christmas holidays Announcement · 20 November 2026", "TLS 1.0 will be switched off")
	carried := regexp.MustCompile(`data-at="2026-11-26T23:00:00Z" data-for="_announcements"[^>]*><i data-k="0"></i></script>`)
	if page := before.bytes("index.html"); !carried.Match(page) {
		t.Error("the home page does not carry that it goes")
	}
	s, _ := generator.Check(content(announced), nil, generator.Options{Now: leaves})
	got := []string{}
	for _, c := range s.Changes(leaves.Add(-time.Second), 9) {
		got = append(got, fmt.Sprint(c.At.UTC().Format(time.RFC3339), " ", c.Kind, " ", c.Announcement.Slug))
	}
	want := []string{
		"2026-11-26T23:00:00Z announcement_end 2026-11-20-office",
		"2026-11-30T23:00:00Z announcement_end 2026-11-01-tls",
		"2026-12-04T23:00:00Z announcement_start 2026-12-05-region",
		"2026-12-11T23:00:00Z announcement_end 2026-12-05-region",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the changes are\n%s", strings.Join(got, "\n"))
	}
}

// A home page that somebody looks at loses the line at its time, and the next one comes up.
func TestAnAnnouncementLeavesAPageWhileSomebodyLooks(t *testing.T) {
	folder := content("")
	for day := 1; day <= 4; day++ {
		text := fmt.Sprintf("---\ntitle: Day %d\nuntil: 2026-11-0%d 12:00\n---\nText.\n", day, 10-day)
		folder[fmt.Sprintf("content/announcements/2026-11-0%d-news.md", day)] = &fstest.MapFile{Data: []byte(text)}
	}
	v := visits(t, hosted(t, siteOf(t, folder, "2026-11-05T12:00:00Z")), "index.html", "2026-11-06T11:59:30Z")
	v.until("the newest", says("#_announcements", "Day 4 Text. Day 3 Text. Day 2 Text. 1 more announcement"))
	v.reads(`leap(60)`)
	v.until("its end", says("#_announcements", "Day 3 Text. Day 2 Text. Day 1 Text."))
	for _, gone := range []string{"Day 4", "more announcement"} {
		if v.reads(says("body", gone)) != "false" {
			t.Errorf("the page still says %q", gone)
		}
	}
	v.reads(`leap(4 * 86400)`)
	v.until("the end of all", `document.querySelector("#_announcements").children.length == 0`)
}

// The home page has three at most: pinned ones, then the newest.
func TestTheHomePageHasThreeAnnouncements(t *testing.T) {
	folder := content("")
	for day := 1; day <= 5; day++ {
		text := fmt.Sprintf("---\ntitle: Day %d\npinned: %t\n---\nText %d. More.\n", day, day == 2, day)
		folder[fmt.Sprintf("content/announcements/2026-11-0%d-news.md", day)] = &fstest.MapFile{Data: []byte(text)}
	}
	o := siteOf(t, folder, "2026-11-05T12:00:00Z")
	o.shows("index.html", "Day 2 Text 2. Day 5 Text 5. Day 4 Text 4. 2 more announcements")
	o.hides("index.html", "Day 3", "Day 1")
	if !bytes.Contains(o.bytes("index.html"), []byte(`<a href="announcements/index.html">2 more announcements</a>`)) {
		t.Error("there is no way to the others")
	}
	// Where something is open, that comes first.
	folder["content/incidents/down.md"] = &fstest.MapFile{Data: []byte("---\ntitle: It is down\ncomponents: [web]\nstatus: down\n---\n" +
		"## Investigating — 2026-11-05 11:00\nWe look.\n")}
	words := siteOf(t, folder, "2026-11-05T12:00:00Z").words("index.html")
	open, news, services := strings.Index(words, "It is down"), strings.Index(words, "Day 2"), strings.LastIndex(words, "Services")
	if open < 0 || open > news || news > services {
		t.Errorf("the order is %d, %d, %d in %s", open, news, services, words)
	}
}

// An edit changes no date in feeds; `updated` does, from its time on.
func TestOnlyUpdatedChangesAnAnnouncementsDate(t *testing.T) {
	at := "2026-11-10T12:00:00Z"
	text := strings.Replace(announced, "updated: 2026-11-03 10:00\n", "", 1)
	plain, edited := content(text), content(strings.Replace(text, "e.g. for old phones", "also for new ones", 1))
	dates := regexp.MustCompile(`<(?:published|updated)>[^<]*|"date_(?:published|modified)":"[^"]*|<pubDate>[^<]*`)
	for _, file := range []string{"history.atom", "feed.json", "history.rss", "components/api/history.atom", "de/history.atom"} {
		was, is := siteOf(t, plain, at).bytes(file), siteOf(t, edited, at).bytes(file)
		if strings.HasPrefix(file, "de/") != bytes.Equal(was, is) {
			t.Errorf("%s: the edit is not there, or a translation has it", file)
		}
		if got, want := dates.FindAllString(string(is), -1), dates.FindAllString(string(was), -1); !slices.Equal(got, want) {
			t.Errorf("%s: an edit makes dates %q of %q", file, got, want)
		}
	}
	o := siteOf(t, content(announced), at)
	if n := bytes.Count(o.bytes("history.atom"), []byte("<updated>2026-11-03T09:00:00Z</updated>")); n != 2 {
		t.Errorf("the feed and its item say %d times that they were updated", n)
	}
	if bytes.Equal(siteOf(t, plain, at).bytes("build.json"), siteOf(t, edited, at).bytes("build.json")) {
		t.Error("two builds with other words have one id")
	}
	for file, want := range map[string]string{
		"history.atom": "<published>2026-11-01T08:00:00Z</published>\n  <updated>2026-11-03T09:00:00Z</updated>",
		"feed.json":    `"date_published":"2026-11-01T08:00:00Z","date_modified":"2026-11-03T09:00:00Z"`,
		"history.rss":  "<pubDate>Sun, 01 Nov 2026 08:00:00 +0000</pubDate>",
		"sitemap.xml":  "<lastmod>2026-11-03T09:00:00Z</lastmod>",
	} {
		if !bytes.Contains(o.bytes(file), []byte(want)) {
			t.Errorf("%s does not say %s", file, want)
		}
	}
	const tls = "announcements/2026-11-01-tls/index.html"
	o.shows(tls, "Announcement · Posted 1 November 2026, 09:00 CET · changed on 3 November · Author: Platform team security",
		"Services: API")
	o.shows("de/"+tls, "Ankündigung", "geändert am 3. November", "Am 15. Januar schalten wir TLS 1.0 ab.")
	o.shows("de/index.html", "TLS 1.0 wird abgeschaltet Am 15. Januar schalten wir TLS 1.0 ab.")
	earlier := siteOf(t, content(announced), "2026-11-03T08:59:59Z")
	earlier.hides(tls, "changed")
	if page := earlier.bytes(tls); !bytes.Contains(page, []byte(`data-until="2026-11-03T09:00:00Z"`)) {
		t.Error("the page does not know until when it holds")
	}
	if bytes.Contains(earlier.bytes("history.atom"), []byte("2026-11-03")) {
		t.Error("a feed knows of a change to come")
	}
}
