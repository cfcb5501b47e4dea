package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
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

// A feed item begins with its word, and its links hold anywhere.
func TestAnAnnouncementInFeeds(t *testing.T) {
	var feed struct {
		Items []struct {
			ID    string   `json:"id"`
			Title string   `json:"title"`
			HTML  string   `json:"content_html"`
			Tags  []string `json:"tags"`
		} `json:"items"`
	}
	if err := json.Unmarshal(siteOf(t, content(announced), "2026-11-10T12:00:00Z").bytes("components/api/feed.json"), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 1 {
		t.Fatalf("%+v", feed.Items)
	}
	i := feed.Items[0]
	if i.ID != "https://status.example.com/announcements/2026-11-01-tls/" || i.Title != "Announcement: TLS 1.0 will be switched off" ||
		!strings.HasPrefix(i.HTML, "<p><strong>Announcement</strong> - On 15 January") ||
		!strings.Contains(i.HTML, `href="https://status.example.com/incidents/errors/"`) ||
		!slices.Equal(i.Tags, []string{"announcement", "API"}) {
		t.Errorf("%+v", i)
	}
}

// One that is a rehearsal has a page and is nowhere else; a draft is nowhere.
func TestAnAnnouncementThatIsARehearsalOrADraft(t *testing.T) {
	now := instant(t, "2026-11-20T12:00:00Z")
	const drill = "---\ntitle: Only a drill\ncomponents: all\nKEY: true\n---\nText.\n"
	for key, page := range map[string]bool{"noindex": true, "draft": false} {
		text := strings.Replace(drill, "KEY", key, 1)
		files := built(t, content("-- announcements/2026-11-20-drill.md --\n"+text), now)
		for file, data := range files {
			own := strings.HasPrefix(file, "announcements/2026-11-20-drill/")
			if bytes.Contains(data, []byte("drill")) != (own && page) {
				t.Errorf("%s: %s", key, file)
			}
		}
		if (files["announcements/2026-11-20-drill/index.html"] != nil) != page || files["announcements/index.html"] != nil {
			t.Errorf("%s: the files are %q", key, slices.Sorted(maps.Keys(files)))
		}
		s, _ := generator.Check(content("-- announcements/2026-11-21-drill.md --\n"+text), nil, generator.Options{Now: now})
		if next := s.NextChange(now); !next.IsZero() {
			t.Errorf("%s: the site changes at %s", key, next)
		}
	}
}

// Whatever is announced, the state of the site, its API and its uptime are the same.
func TestAnnouncementsChangeNoState(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 1))
	for round := range 12 {
		throws := thrownBytes(r)
		folder := thrownFolder(throws)
		maps.DeleteFunc(folder, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "content/announcements/") })
		at := everyday.Add(time.Duration(r.IntN(60*24)-30*24) * time.Hour)
		without, _, refused := attempt(t, folder, at)
		if refused {
			continue
		}
		for i := range 5 {
			posted := at.Add(time.Duration(r.IntN(40*24)-30*24) * time.Hour)
			text := fmt.Sprintf("---\ntitle: News %d\nposted: %s\npinned: %t\ncomponents: all\n---\nText.\n", i,
				posted.UTC().Format("2006-01-02 15:04Z"), i == 0)
			folder[fmt.Sprintf("content/announcements/news-%d.md", i)] = &fstest.MapFile{Data: []byte(text)}
		}
		with, told, refused := attempt(t, folder, at)
		if refused {
			t.Fatalf("round %d: refused: %s", round, told)
		}
		for file, data := range without {
			state := strings.HasPrefix(file, "api/") || strings.HasPrefix(file, "badges/") || strings.HasSuffix(file, ".ics") ||
				strings.HasSuffix(file, "status.txt") || strings.HasPrefix(file, "incidents/") && strings.HasSuffix(file, ".json")
			if state && !bytes.Equal(data, with[file]) {
				t.Errorf("round %d: announcements change %s", round, file)
			}
		}
		if was, is := stateAlone(t, without["state.json"]), stateAlone(t, with["state.json"]); was != is {
			t.Errorf("round %d: announcements make of the state\n%s\nthis\n%s", round, was, is)
		}
	}
}

// stateAlone is state.json without announcements and the instants at which they come and
// go.
func stateAlone(t *testing.T, data []byte) string {
	t.Helper()
	var state map[string]any
	if err := json.Unmarshal(data, &state); err != nil {
		t.Fatal(err)
	}
	delete(state, "announcements")
	delete(state, "next_change_at")
	delete(state, "foreseen")
	delete(state, "build")
	published := state["published"].(map[string]any)
	delete(published, "announcements")
	delete(published, "addresses") // the history has a page for each month
	text, _ := json.MarshalIndent(state, "", " ")
	return string(text)
}

// A build that remembers what files said, and one that does not, know the same of
// announcements; and files of one key have the same bytes, whatever was edited.
func TestWhatIsRememberedOfAnnouncements(t *testing.T) {
	known := map[site.Hash][]byte{}
	var cache source.Cache
	for _, edit := range [][2]string{
		{"", ""}, {"Prüfen Sie", "Prüft"}, {"pinned: true", "pinned: false"}, {"A region in Finland", "A new region"},
	} {
		folder := content(strings.Replace(announced, edit[0], edit[1], 1))
		for _, at := range []string{"2026-11-04T12:00:00Z", "2026-11-10T12:00:00Z", "2026-12-05T12:00:00Z", "2027-02-01T00:00:00Z"} {
			now := instant(t, at)
			opt := generator.Options{Now: now, Version: "test", Program: site.Hash{1}, Cache: &cache}
			remembered := generator.Build(folder, themes.In(folder), opt)
			plain := built(t, folder, now)
			keyed := 0
			for _, f := range remembered.Files {
				data, err := f.Bytes()
				if err != nil {
					t.Fatal(err)
				}
				if want := plain[f.Path]; !bytes.Equal(data, want) {
					t.Fatalf("%q at %s: %s is another file with a cache", edit, at, f.Path)
				}
				if f.Key == nil || f.Key() == (site.Hash{}) {
					continue
				}
				if strings.Contains(f.Path, "announcements/2") {
					keyed++
				}
				key := f.Key()
				if before, seen := known[key]; seen && !bytes.Equal(before, data) {
					t.Errorf("%q at %s: %s has the key of other bytes", edit, at, f.Path)
				}
				known[key] = data
			}
			if keyed == 0 {
				t.Errorf("%q at %s: no file of an announcement has a key", edit, at)
			}
		}
	}
}
