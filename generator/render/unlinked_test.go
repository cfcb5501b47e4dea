package render_test

import (
	"regexp"
	"strings"
	"testing"
)

// A link to an announcement that is not posted yet leads nowhere, however it is written: by
// its file or address, in any language, by an old address, or by redirects. Until it is
// posted, texts show its words, and the header, the footer and the ways to subscribe do not
// show it.
func TestNoLinkLeadsToWhatIsNotPublicYet(t *testing.T) {
	links := "[w](../announcements/news.md) [w](../announcements/news.de.md) [w](/announcements/news/) [w](/de/announcements/news/) " +
		"[w](/announcements/) [w](/de/announcements/) [w](/old/) [w](/de/old/) [w](/first/) [w](/second)"
	c := content{
		"content/site.yml": `title: X
url: https://status.example.com
languages: [en, de]
redirects: {/first: /second, /second: /third, /third: /announcements/news/}
links:
  - {name: Menu1, url: /first/}
  - {name: Menu2, url: /de/announcements/news/}
  - {name: Menu3, url: /announcements/}
  - {name: H, url: /history/}
footer: [{name: Menu4, url: /old/}]
subscribe: [{name: Menu5, url: /announcements/news/}]
`,
		"content/components.yml":            "components: [{id: a}]\n",
		"content/announcements/news.md":     "---\ntitle: News\nposted: 2026-12-01 09:00\naliases: [/old/, /de/old/]\n---\nText.\n",
		"content/announcements/news.de.md":  "---\ntitle: Neues\n---\nText.\n",
		"content/pages/announcements.md":    "---\ntitle: Another page of this name\n---\nText.\n",
		"content/pages/announcements.de.md": "---\ntitle: Noch eine\n---\nText.\n",
		"content/pages/about.md":            "---\ntitle: About\n---\n" + links + " [page](announcements.md)\n",
		"content/pages/about.de.md":         "---\ntitle: Ueber\n---\n" + links + " [page](announcements.md)\n",
		"content/static/unrelated/x.html":   "x",
		"content/incidents/2026-10-01-event.md": "---\ntitle: E\nstart: 2026-10-01 09:00\nend: 2026-10-01 10:00\n---\n" + links +
			" [page](../pages/announcements.md) [work](../maintenance/news.md)\n",
		"content/maintenance/news.md": "---\ntitle: Work of this name\nstart: 2026-11-01 09:00\nend: 2026-11-01 10:00\n---\nText.\n",
	}
	before, after := publish(t, c, "2026-12-01T08:59:59Z"), publish(t, c, "2026-12-01T09:00:00Z")
	leads := regexp.MustCompile(`>w</a>|\[w\]|Menu\d`)
	for file, data := range before {
		if found := leads.FindAllString(string(data), -1); len(found) > 0 {
			t.Errorf("before it is posted, %s has %q", file, found)
		}
	}
	for _, file := range []string{"pages/about/index.html", "de/pages/about/index.html", "incidents/2026-10-01-event/index.html"} {
		if found := leads.FindAllString(string(after[file]), -1); len(found) < 14 {
			t.Errorf("once it is posted, %s has only %q", file, found)
		}
	}
	for _, out := range []output{before, after} {
		if text := string(out["incidents/2026-10-01-event/index.md"]); !strings.Contains(text, "[page](") {
			t.Errorf("the link to another page of that name is gone:\n%s", text)
		} else if !strings.Contains(text, "[work](") {
			t.Errorf("the link to maintenance of that name is gone:\n%s", text)
		}
	}
}

// A link to an address that only one language has leads there from pages in all languages.
func TestWhatOnlyOneLanguageHasIsFoundFromAll(t *testing.T) {
	c := content{
		"content/site.yml": `title: X
url: https://status.example.com
languages: [en, de]
redirects: {/old/: /history/}
links:
  - {name: M, url: /docs/}
  - {name: M, url: /de/history/}
  - {name: M, url: /en-old/}
  - {name: M, url: /old/}
  - {name: M, url: /de/}
footer: [{name: M, url: /history/}]
`,
		"content/components.yml":         "components: [{id: a, aliases: [/en-old/]}]\n",
		"content/static/docs/index.html": "x",
		"content/pages/about.md":         "---\ntitle: A\n---\n[M](/docs/) [M](/de/history/) [M](about.de.md) [M](/history/)\n",
		"content/pages/about.de.md":      "---\ntitle: A\n---\n[M](/docs/) [M](/de/history/) [M](about.de.md) [M](/history/)\n",
	}
	out := publish(t, c, "2026-12-01T09:00:00Z")
	address := regexp.MustCompile(`href="((?:\.\./)*)([^"]*)"[^>]*>M</a>`)
	for _, file := range []string{"pages/about/index.html", "de/pages/about/index.html"} {
		found := address.FindAllStringSubmatch(string(out[file]), -1)
		for _, link := range found {
			if out[link[2]] == nil {
				t.Errorf("%s links to %s, which is not there", file, link[2])
			}
		}
		if len(found) != 15 { // links: stand in the header, and for phones in the footer
			t.Errorf("%s has %d of the links", file, len(found))
		}
	}
}
