package render_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"allclear/generator/news"
)

// listsOf returns what state.json lists of a site.
func listsOf(t *testing.T, c content, at string) news.Published {
	t.Helper()
	state, err := news.Parse(publish(t, c, at)["state.json"])
	if err != nil {
		t.Fatal(err)
	}
	return state.Published
}

func TestTheStateListsWhatPeopleMayHaveKept(t *testing.T) {
	c := content{
		"content/site.yml": "title: Example\nurl: https://status.example.com\nlanguages: [en, de]\n" +
			"redirects: {/index.xml: /history.rss, /archive/: /history/}\n",
		"content/components.yml": "components:\n  - {id: web, name: Website, aliases: [/web.html]}\n" +
			"  - {id: old, name: Old, unlisted: true}\n",
		"content/pages/about.md":        "---\ntitle: About\n---\nUs.\n",
		"content/announcements/a.md":    "---\ntitle: A\nposted: 2026-11-01\n---\nText.\n",
		"content/announcements/b.md":    "---\ntitle: B\nposted: 2026-11-01\nnoindex: true\n---\nText.\n",
		"content/announcements/c.md":    "---\ntitle: C\nposted: 2026-12-01\n---\nText.\n",
		"content/static/own/index.html": "<p>own",
		"content/static/logo.svg":       "<svg/>",
		"content/incidents/hidden.md": "---\ntitle: Hidden\nnoindex: true\naliases: [/hidden-before/]\n" +
			"components: [web]\nstatus: down\n---\n" +
			"## Investigating — 2026-11-20 11:00\n\nText.\n",
		"content/incidents/slow.md": "---\ntitle: Slow\naliases: [/issues/7/, /incidents/abc123def456/]\n" +
			"components: [web]\nstatus: down\n---\n" +
			"## Investigating — 2026-11-20 11:00\n\nText.\n\n## Monitoring — 2026-11-20 15:00\n\nLater.\n",
	}
	p := listsOf(t, c, "2026-11-20T12:00:00Z")
	for _, want := range []string{"", "history.rss", "history.atom", "feed.json", "maintenance.ics", "history/", "history/2026-11/",
		"uptime/", "components/web/", "components/web/feed.json", "incidents/slow/", "announcements/", "announcements/a/", "pages/about/"} {
		if !slices.Contains(p.Addresses, want) {
			t.Errorf("addresses lack %q", want)
		}
	}
	if got := strings.Join(p.Single, " "); got != "archive/ incidents/abc123def456/ index.xml issues/7/ own/ web.html" {
		t.Errorf("single addresses are %s", got)
	}
	all, _ := json.Marshal(p)
	for _, never := range []string{"hidden", "announcements/b", "announcements/c", "components/old", "assets/", "badges/", "de/", "404"} {
		if strings.Contains(string(all), never) {
			t.Errorf("%q is listed: %s", never, all)
		}
	}
	if len(p.Entries) != 1 || len(p.Entries[0].Updates) != 1 || p.Entries[0].Updates[0].ID != "u-first" {
		t.Errorf("the update of 15:00 is listed at noon: %+v", p.Entries)
	}
}

// A digest changes with what it is of, and with nothing else.
func TestADigestChangesWithItsText(t *testing.T) {
	text := "---\ntitle: Slow\ncomponents: [web]\nstatus: down\n---\nSummary.\n\n## Investigating — 2026-11-20 11:00\n\nText.\n\n" +
		"## Identified — 2026-11-20 11:30\n\nFound.\n\n## Monitoring — 2026-11-20 15:00\n\nLater.\n"
	of := func(text string) news.Record {
		return listsOf(t, content{
			"content/site.yml": "title: Example\n", "content/components.yml": "components: [{id: web, name: Website}]\n",
			"content/incidents/slow.md": text,
		}, "2026-11-20T12:00:00Z").Entries[0]
	}
	base := of(text)
	for edit, want := range map[string]string{
		"Text.>Reworded.": "u-first", "Found.>Found it.": "u-20261120T113000Z", "title: Slow>title: Slower": "entry",
		"Summary.>Short.":              "entry",
		"status: down>status: partial": "entry", "Later.>Soon.": "", "Identified>Monitoring": "u-20261120T113000Z",
		"title: Slow>tags: [a]\ntitle: Slow": "entry",
	} {
		from, to, _ := strings.Cut(edit, ">")
		now := of(strings.Replace(text, from, to, 1))
		var changed []string
		if now.Digest != base.Digest {
			changed = append(changed, "entry")
		}
		for i, u := range now.Updates {
			if u != base.Updates[i] {
				changed = append(changed, u.ID)
			}
		}
		if got := strings.Join(changed, " "); got != want {
			t.Errorf("%s: changed: %q, not %q", edit, got, want)
		}
	}
}
