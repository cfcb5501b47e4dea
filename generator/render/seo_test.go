package render_test

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// tagsOf returns the attributes of all elements of a name in a page.
func tagsOf(t *testing.T, page []byte, name string) []map[string]string {
	t.Helper()
	var found []map[string]string
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data != name {
				continue
			}
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
			}
			found = append(found, attributes)
		}
	}
}

func TestEveryPageNamesItsFeeds(t *testing.T) {
	out := publish(t, little, incident)
	for path, want := range map[string]string{
		"index.html": "history.atom", "incidents/errors/index.html": "../../history.atom",
		"components/api/index.html": "../../components/api/history.atom",
		"history/index.html":        "../history.atom", "pages/guide/index.html": "../../history.atom",
	} {
		if !slices.ContainsFunc(tagsOf(t, out[path], "link"), func(l map[string]string) bool {
			return l["rel"] == "alternate" && l["type"] == "application/atom+xml" && l["href"] == want
		}) {
			t.Errorf("%s does not name %s", path, want)
		}
	}
}

func TestAnEntryHasAPreviewAndStructuredData(t *testing.T) {
	out := publish(t, little, incident)
	page := out["incidents/errors/index.html"]
	meta := map[string]string{}
	for _, m := range tagsOf(t, page, "meta") {
		meta[m["property"]+m["name"]] = m["content"]
	}
	for name, want := range map[string]string{
		"og:locale": "en_US",
		"og:title":  "Errors & slow answers <on the API>", "og:type": "article", "og:url": address + "/incidents/errors/",
		"og:image": address + "/cards/incidents/errors.png", "twitter:card": "summary_large_image", "og:description": "Still looking.",
	} {
		if meta[name] != want {
			t.Errorf("%s is %q", name, meta[name])
		}
	}
	_, data, _ := bytes.Cut(page, []byte(`<script type="application/ld+json">`))
	data, _, _ = bytes.Cut(data, []byte("</script>"))
	article := decode(t, data)
	if article["@type"] != "Article" || article["headline"] != "Errors & slow answers <on the API>" ||
		article["dateModified"] != "2025-07-25T06:50:00Z" {
		t.Errorf("the structured data are %v", article)
	}
}

// Search engines show an event as canceled, and not as one to come, once an update says so.
func TestACanceledWindowIsACanceledEventForSearchEngines(t *testing.T) {
	canceled := little.with("content/maintenance/upgrade.md",
		little["content/maintenance/upgrade.md"]+"\n## Canceled — 2025-07-30 09:00\nNot now.\n")
	for at, want := range map[string]string{"2025-07-29T09:00:00Z": "EventScheduled", "2025-07-30T09:00:00Z": "EventCancelled"} {
		_, data, _ := bytes.Cut(publish(t, canceled, at)["maintenance/upgrade/index.html"], []byte(`<script type="application/ld+json">`))
		data, _, _ = bytes.Cut(data, []byte("</script>"))
		if got := decode(t, data)["eventStatus"]; got != "https://schema.org/"+want {
			t.Errorf("at %s the event is %v, want %s", at, got, want)
		}
	}
}

func TestTheSitemapListsPagesButNoRehearsal(t *testing.T) {
	var sitemap struct {
		URLs []struct {
			Location string `xml:"loc"`
		} `xml:"url"`
	}
	out := publish(t, little, incident)
	if err := xml.Unmarshal(out["sitemap.xml"], &sitemap); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, u := range sitemap.URLs {
		listed = append(listed, strings.TrimPrefix(u.Location, address))
	}
	for _, want := range []string{"/", "/incidents/errors/", "/maintenance/upgrade/", "/components/api/", "/history/", "/history/2025-07/",
		"/pages/guide/"} {
		if !slices.Contains(listed, want) {
			t.Errorf("the site map lacks %s", want)
		}
	}
	for _, not := range []string{"/incidents/rehearsal/", "/404.html", "/503.html"} {
		if slices.Contains(listed, not) {
			t.Errorf("the site map lists %s", not)
		}
	}
	if !bytes.Contains(out["robots.txt"], []byte("Sitemap: "+address+"/sitemap.xml")) {
		t.Errorf("robots.txt is %s", out["robots.txt"])
	}
}
