package generator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
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
