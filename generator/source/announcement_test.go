package source

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAnAnnouncementIsReadInEachFrontMatter(t *testing.T) {
	for name, front := range map[string]string{
		"YAML": "---\ntitle: News\nposted: 2026-11-01\nupdated: 2026-11-03 10:00\nuntil: 2026-12-01\npinned: true\n" +
			"components: [api, web]\nauthor: Team\ntags: [a, b]\nnoindex: true\n---\n",
		"TOML": "+++\ntitle = \"News\"\nposted = 2026-11-01\nupdated = \"2026-11-03 10:00\"\nuntil = \"2026-12-01\"\npinned = true\n" +
			"components = [\"api\", \"web\"]\nauthor = \"Team\"\ntags = [\"a\", \"b\"]\nnoindex = true\n+++\n",
		"JSON": "{\n" + `"title": "News", "posted": "2026-11-01", "updated": "2026-11-03 10:00", "until": "2026-12-01", "pinned": true,` +
			`"components": ["api", "web"], "author": "Team", "tags": ["a", "b"], "noindex": true` + "\n}\n\n",
	} {
		s := read(t, "-- announcements/2026/2026-10-01-news.md --\n"+front+"Some *text*.\n")
		if len(s.Announcements) != 1 || len(s.Entries) != 0 {
			t.Fatalf("%s: %d announcements, %d entries", name, len(s.Announcements), len(s.Entries))
		}
		a := s.Announcements[0]
		at := func(t time.Time) string { return t.Format(time.RFC3339) }
		got := fmt.Sprint(a.Slug, " ", a.Title.Default, " ", at(a.Posted.Time), " ", at(a.Updated.Time), " ", at(a.Until.Time), " ",
			a.Pinned, a.NoIndex, a.All, " ", a.Components[0].ID, a.Components[1].ID, " ", a.Author, a.Tags, a.Body.Text)
		const want = "2026-10-01-news News 2026-11-01T00:00:00Z 2026-11-03T10:00:00Z 2026-12-01T00:00:00Z " +
			"true true false apiweb Team[a b]Some text."
		if got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Without posted, the date at the start of the file's name says when: midnight in the
// site's zone, also where a clock change takes that hour.
func TestTheFilesNameDatesAnAnnouncement(t *testing.T) {
	for _, c := range []struct{ zone, slug, posted string }{
		{"UTC", "2026-11-01", "2026-11-01T00:00:00Z"},
		{"UTC", "2026-11-01_news", "2026-11-01T00:00:00Z"},
		{"Europe/Berlin", "2026-11-01-news", "2026-10-31T23:00:00Z"},
		{"America/Santiago", "2026-09-06-news", "2026-09-06T04:00:00Z"}, // the day begins at one
		{"UTC", "2026-11-01news", ""},
		{"UTC", "2026-13-01-news", ""},
		{"UTC", "news-2026-11-01", ""},
		{"UTC", "2026-1", ""},
	} {
		s, problems := Read(folder("-- site.yml --\ntitle: T\nurl: https://x.test\ntimezone: "+c.zone+
			"\n-- announcements/"+c.slug+".md --\n---\ntitle: News\n---\nText.\n"), Options{})
		if c.posted == "" {
			const want = ".md:2:8: error: nothing says when the announcement was posted\n"
			if listed(problems) != "announcements/"+c.slug+want {
				t.Errorf("%s: %s", c.slug, listed(problems))
			}
			continue
		}
		if got := s.Announcements[0].Posted.Format(time.RFC3339); got != c.posted || len(problems) > 0 {
			t.Errorf("%s in %s is posted at %s\n%s", c.slug, c.zone, got, listed(problems))
		}
	}
}

// What looks like an update in an announcement is text, and is said once.
func TestAHeadingOfAnUpdateInAnAnnouncement(t *testing.T) {
	file := func(body string) string {
		return "-- announcements/2026-11-01-x.md --\n---\ntitle: X\n---\nText.\n\n" + body + "\n\nMore.\n"
	}
	const said = "announcements/2026-11-01-x.md:6:%d: warning: announcements have no updates: this heading is ordinary text, and nothing " +
		"follows from it\n"
	for heading, column := range map[string]int{
		"## Resolved — 2026-11-01 08:00":     4,
		"## Update - 2026-11-02":             4,
		"## Update":                          4,
		"## Completed — 2026-11-01 08:00":    4,
		"## Resolved 08:20":                  4,
		"### Resolved — 2026-11-01 08:00":    5,
		"## Monitoring improvements":         0,
		"## Update of our database":          0,
		"## What to do":                      0,
		"## Report":                          0,
		"## 2026-12-01: TLS 1.0 is off":      0,
		"```\n## Resolved — 2026-11-01\n```": 0,
	} {
		want := ""
		if column > 0 {
			want = fmt.Sprintf(said, column)
		}
		expect(t, file(heading), want)
	}
}

func TestMistakesOfAnAnnouncement(t *testing.T) {
	expect(t, strings.ReplaceAll(`-- site.yml --
title: T
url: https://x.test
languages: [en, de]
-- announcements/2026-11-01-a.md --
---
posted: yesterday
components: [all, api]
until: 2026-12-01 10:00
---
-- announcements/2026-11-02-b.md --
---
title: B
posted: 2026-11-02 10:00
until: 2026-11-02 10:00
updated: 2026-11-02 09:59
---
NOTHING
-- announcements/2026-11-03-c.md --
---
title: C
draft: true
---
A draft with [a dead end](nowhere.md).
-- announcements/2026-11-04-d.md --
---
title: D
---
See [C](2026-11-03-c.md) and [B](2026-11-02-b.md).
-- announcements/2026-11-04-d.de.md --
---
title: D auf Deutsch
pinned: true
---
Siehe [B](2026-11-02-b.md).
-- announcements/2026-11-05-e.de.md --
---
title: E
---
Allein.
-- announcements/old/2026-11-02-b.md --
---
title: B again
---
Text.
`, "NOTHING", "<!-- later -->"), `
announcements/2026-11-01-a.md:1:1: error: the announcement has no title
announcements/2026-11-01-a.md:2:9: error: "yesterday" is not a time
announcements/2026-11-01-a.md:3:14: error: "all" cannot be used together with other components
announcements/2026-11-02-b.md:2:8: warning: the announcement has no text
announcements/2026-11-02-b.md:4:8: error: the announcement leaves the home page before it is posted, 2026-11-02 10:00
announcements/2026-11-02-b.md:5:10: error: the announcement was updated before it was posted, 2026-11-02 10:00
announcements/2026-11-04-d.de.md:3:1: error: a translation holds only title and text, not "pinned"
announcements/2026-11-04-d.md:4:9: error: the link leads to a draft, which is not built
announcements/2026-11-05-e.de.md: error: there is no 2026-11-05-e.md for this file to translate
announcements/old/2026-11-02-b.md: error: 2026-11-02-b.md has the same name as content/announcements/2026-11-02-b.md
`)
}

func TestWhatIsWrittenOfANewAnnouncementIsRead(t *testing.T) {
	zone, _ := time.LoadLocation("Europe/Berlin")
	posted := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	data := NewAnnouncement{
		Title: "A: \"quoted\" # title", Posted: posted, Until: time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC), Pinned: true,
		Components: []string{"api"}, Text: "\nText.\r\n\r\nMore.\n\n", Hidden: true,
	}.Write(zone)
	const want = "---\ntitle: \"A: \\\"quoted\\\" # title\"\nposted: 2026-11-01 09:00\nuntil: 2026-12-01\npinned: true\n" +
		"components: [api]\ndraft: true\n---\n\nText.\n\nMore.\n"
	if string(data) != want {
		t.Errorf("%s", data)
	}
	const berlin = "-- site.yml --\ntitle: T\nurl: https://x.test\ntimezone: Europe/Berlin\n-- announcements/a.md --\n"
	s, problems := Read(folder(berlin+string(data)), Options{Drafts: true})
	if len(problems) > 0 || !s.Announcements[0].Posted.Equal(posted) || s.Announcements[0].Title.Default != "A: \"quoted\" # title" {
		t.Errorf("%s%+v", listed(problems), s.Announcements)
	}
}

func TestTheTextOfAnAnnouncementIsChecked(t *testing.T) {
	for text, want := range map[string]string{
		"Text.":                          "",
		"## Resolved — 2026-11-01 08:00": "",
		"- a\n- b":                       "",
		"":                               "the text is empty: it shows nothing",
		" \u00a0\n":                      "the text is empty: it shows nothing",
		"<!-- x -->":                     "the text is empty: it shows nothing",
		"Text.\n\n~~~\ncode":             "line 3 of the text begins a block with ~~~ and does not end it",
		"```\ncode\n```":                 "",
	} {
		got := ""
		if p := CheckAnnouncement(text, []string{"en"}); p != nil {
			got = p.Message
		}
		if got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
