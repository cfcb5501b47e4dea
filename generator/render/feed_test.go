package render_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
)

// feedNames are the three feeds in a folder.
var feedNames = []string{"history.rss", "history.atom", "feed.json"}

func read(t *testing.T, out output, path string) *gofeed.Feed {
	t.Helper()
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(out[path]))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return feed
}

func titles(feed *gofeed.Feed) []string {
	var titles []string
	for _, item := range feed.Items {
		titles = append(titles, item.Title)
	}
	return titles
}

func TestAFeedHasOneEntryForEachUpdateNewestFirst(t *testing.T) {
	out := publish(t, little, resolved)
	want := []string{
		"Completed: Upgrade of the platform",
		"In progress: Upgrade of the platform",
		"Canceled: New cables",
		"Report: Errors & slow answers <on the API>",
		"Resolved: Errors & slow answers <on the API>",
		"Monitoring: Errors & slow answers <on the API>",
		"Identified: Errors & slow answers <on the API>",
		"Update: Errors & slow answers <on the API>",
		"Investigating: Errors & slow answers <on the API>",
		"Scheduled: Upgrade of the platform",
		"Scheduled: New cables",
		"Resolved: Beware of forged mail", // at the time of its end, since it has no such update
		"Update: Beware of forged mail",
	}
	for _, name := range feedNames {
		feed := read(t, out, name)
		if got := titles(feed); !slices.Equal(got, want) {
			t.Errorf("%s has the entries\n%s", name, strings.Join(got, "\n"))
		}
		resolvedAt := time.Date(2025, 7, 25, 8, 20, 0, 0, time.UTC)
		item := feed.Items[4]
		if link := address + "/incidents/errors/#u-20250725T082000Z"; item.GUID != link || item.Link != link {
			t.Errorf("%s: the entry is %s at %s", name, item.GUID, item.Link)
		}
		if !item.PublishedParsed.Equal(resolvedAt) {
			t.Errorf("%s: it was published %v", name, item.PublishedParsed)
		}
		if item.Authors[0].Name != "Reliability team" {
			t.Errorf("%s: it is by %v", name, item.Authors[0])
		}
		if !slices.Equal(item.Categories, []string{"critical", "Public API"}) {
			t.Errorf("%s: its categories are %q", name, item.Categories)
		}
	}
}

func TestAFeedEntryHoldsTheWholeReportWithAbsoluteLinks(t *testing.T) {
	out := publish(t, little, resolved)
	for _, name := range feedNames {
		items := read(t, out, name).Items
		report := items[3].Content + items[3].Description
		for _, want := range []string{"<table>", "75 %", "nested", `href="` + address + `/incidents/errors/#what-happened"`} {
			if !strings.Contains(report, want) {
				t.Errorf("%s: the report lacks %s:\n%s", name, want, report)
			}
		}
		if first := items[8].Content + items[8].Description; !strings.Contains(first, `href="`+address+`/pages/guide/"`) {
			t.Errorf("%s: the link is not absolute in %s", name, first)
		}
	}
}

func TestAComponentAndAGroupHaveFeedsOfTheirOwn(t *testing.T) {
	out := publish(t, little, resolved)
	for folder, want := range map[string]int{"components/email": 2, "components/api": 9, "components/web": 3, "components/platform": 9} {
		for _, name := range feedNames {
			if got := len(read(t, out, path.Join(folder, name)).Items); got != want {
				t.Errorf("%s/%s has %d entries, not %d", folder, name, got, want)
			}
		}
	}
}

func TestAnEditedUpdateKeepsItsNameAndDate(t *testing.T) {
	before := read(t, publish(t, little, resolved), "history.atom")
	edited := little.with("content/incidents/errors.md", strings.ReplaceAll(little["content/incidents/errors.md"], "All is well again",
		"All is well once more"))
	after := read(t, publish(t, edited, resolved), "history.atom")
	for i := range before.Items {
		if before.Items[i].GUID != after.Items[i].GUID || before.Items[i].Published != after.Items[i].Published {
			t.Errorf("entry %d became %s of %s", i, after.Items[i].GUID, after.Items[i].Published)
		}
	}
	if before.Items[4].Content == after.Items[4].Content {
		t.Error("the edited text is not there")
	}
}

func TestAFeedStopsAtFifty(t *testing.T) {
	many := little
	for i := range 60 {
		many = many.with(fmt.Sprintf("content/incidents/many-%d.md", i),
			fmt.Sprintf("---\ntitle: Number %d\ncomponents: [email]\nstatus: degraded\n---\n## Investigating — 2025-06-01 10:%02d\nx\n\n"+
				"## Resolved — 2025-06-01 11:%02d\ny\n", i, i, i))
	}
	out := publish(t, many, resolved)
	for _, name := range feedNames {
		if got := len(read(t, out, name).Items); got != 50 {
			t.Errorf("%s has %d entries", name, got)
		}
	}
}

func TestTheDateOfAFeedIsThatOfItsNewestEntry(t *testing.T) {
	one, other := publish(t, little, "2025-08-11T00:00:00Z"), publish(t, little, "2025-08-12T00:00:00Z")
	for _, name := range feedNames {
		if !bytes.Equal(one[name], other[name]) {
			t.Errorf("%s differs by the clock alone", name)
		}
	}
}

func TestAFeedNamesItsHub(t *testing.T) {
	out := publish(t, little.with("content/site.yml", little["content/site.yml"]+"hub: https://hub.example.net/\n"), resolved)
	for name, want := range map[string]string{
		"history.rss":  `<atom:link href="https://hub.example.net/" rel="hub">`,
		"history.atom": `<link rel="hub" href="https://hub.example.net/">`,
		"feed.json":    `"hubs":[{"type":"WebSub","url":"https://hub.example.net/"}]`,
	} {
		if !bytes.Contains(out[name], []byte(want)) {
			t.Errorf("%s lacks %s", name, want)
		}
	}
}

func TestEveryXMLFileIsWellFormed(t *testing.T) {
	for _, at := range instants {
		for name, data := range publish(t, little, at) {
			if !slices.Contains([]string{".rss", ".atom", ".xml", ".svg"}, path.Ext(name)) {
				continue
			}
			decoder := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%s: %v", name, err)
					break
				}
			}
		}
	}
}

func TestTheFeedAsItIs(t *testing.T) {
	out := publish(t, little, resolved)
	for _, name := range feedNames {
		golden(t, "feeds/"+name, out["components/email/"+name])
	}
}

// Statuspage's feeds begin with the status, and bots of a site that moved look for it
// there, however the text begins.
func TestAFeedBodyBeginsWithTheWord(t *testing.T) {
	site := little.with("content/site.yml", little["content/site.yml"]+"languages: [en, de]\n").
		with("content/incidents/words.md", "---\ntitle: Lost <mail>\ncomponents: [email]\nstatus: major_outage\nstart: 2025-07-28 10:00\n"+
			"end: 2025-07-28 11:00\n---\n"+
			"## Update — 2025-07-28 10:50\n```\nls\n```\n## Update — 2025-07-28 10:40\n### Why\nSo.\n"+
			"## Identified — 2025-07-28 10:30\n- a\n- b\n"+
			"## Update — 2025-07-28 10:20\n## Investigating — 2025-07-28 10:10\nWe *look*.\n\nMore.\n")
	out := publish(t, site, resolved)
	for folder, want := range map[string][]string{
		"": {
			"<p><strong>Resolved</strong> - This incident has been resolved.</p>",
			"<p><strong>Update</strong> - </p><pre",
			"<p><strong>Update</strong> - </p><h4",
			"<p><strong>Identified</strong> - </p><ul>",
			"<p><strong>Update</strong> - There is an update.</p>",
			"<p><strong>Investigating</strong> - We <em>look</em>.</p><p>More.</p>",
		},
		"de/": {
			"<p><strong>Behoben</strong> - Dieser Vorfall ist behoben.</p>",
			`<p><strong>Update</strong> - </p><div lang="en" dir="ltr"><pre`,
			`<p><strong>Update</strong> - </p><div lang="en" dir="ltr"><h4`,
			`<p><strong>Ursache gefunden</strong> - </p><div lang="en" dir="ltr"><ul>`,
			"<p><strong>Update</strong> - Es gibt ein Update.</p>",
			`<p><strong>Wird untersucht</strong> - <span lang="en" dir="ltr">We <em>look</em>.</span></p><div lang="en" ` +
				`dir="ltr"><p>More.</p></div>`,
		},
	} {
		for _, name := range feedNames {
			items := slices.DeleteFunc(read(t, out, folder+name).Items,
				func(i *gofeed.Item) bool { return !strings.Contains(i.Link, "/words/") })
			for i, begin := range want {
				if got := items[i].Content + items[i].Description; !strings.HasPrefix(strings.ReplaceAll(got, "\n", ""), begin) {
					t.Errorf("%s: entry %d is %q, not %q", folder+name, i, got, begin)
				}
			}
		}
	}
}
