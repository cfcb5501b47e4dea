package render_test

import (
	"bytes"
	"testing"
)

// announcing is a site with announcements in two languages.
var announcing = content{
	"content/site.yml": "title: Example Status\nurl: https://status.example.com\ntimezone: Europe/Berlin\nlanguages: [en, de]\n" +
		"uptime: {show: false}\nhome: {days: 1}\n",
	"content/components.yml": "components:\n  - {id: web, name: Website}\n  - {id: api, name: {en: Public API, de: Öffentliche API}}\n",
	"content/announcements/2026/2026-11-01-tls.md": `---
title: TLS 1.0 will be switched off
posted: 2026-11-01 09:00
updated: 2026-11-03 10:00
until: 2026-12-01
pinned: true
components: [api]
author: Platform team
tags: [security]
---
On 15 January we switch off TLS 1.0, e.g. for old phones. [Check your clients][guide], or see
[the errors of today](../../incidents/2026-11-05-errors.md).

## What to do

> [!WARNING]
> Do it before Christmas.

[guide]: https://www.example.com/tls
`,
	"content/announcements/2026/2026-11-01-tls.de.md": "---\ntitle: TLS 1.0 wird abgeschaltet\n---\n" +
		"Am 15. Januar schalten wir TLS 1.0 ab. Prüfen Sie Ihre Programme.\n",
	"content/announcements/2026-11-05-office.md": "---\ntitle: Our office & phones\n---\nClosed on Friday.\n",
	"content/incidents/2026-11-05-errors.md": `---
title: Errors
components: [web]
status: degraded
---
## Investigating — 2026-11-05 10:00
See [the announcement](../announcements/2026-11-05-office.md).

## Resolved — 2026-11-05 10:30
Done.
`,
}

// What a site with announcements shows of them, in two languages, each read before it was
// committed.
func TestWhatIsShownOfAnnouncements(t *testing.T) {
	out := publish(t, announcing, "2026-11-05T12:00:00Z")
	for name, path := range map[string]string{
		"page.html": "announcements/2026-11-01-tls/index.html", "page.de.html": "de/announcements/2026-11-01-tls/index.html",
		"all.html": "announcements/index.html", "all.de.html": "de/announcements/index.html",
		"home.html": "index.html", "home.de.html": "de/index.html", "component.html": "components/api/index.html",
		"month.html": "history/2026-11/index.html",
	} {
		_, page, found := bytes.Cut(out[path], []byte(`<main id="_main"`))
		page, _, closed := bytes.Cut(page, []byte("</main>"))
		if !found || !closed {
			t.Fatalf("%s has no main part", path)
		}
		golden(t, "announcements/"+name, append([]byte(`<main id="_main"`), append(page, "</main>\n"...)...))
	}
	for name, path := range map[string]string{
		"page.md": "announcements/2026-11-01-tls/index.md", "page.de.md": "de/announcements/2026-11-01-tls/index.md",
		"history.atom": "history.atom", "history.rss": "history.rss", "feed.json": "feed.json",
		"feed.de.json": "de/components/api/feed.json",
		"search.json":  "search.json", "sitemap.xml": "sitemap.xml",
	} {
		golden(t, "announcements/"+name, out[path])
	}
}
