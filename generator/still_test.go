package generator_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
)

// What programs read stays the same from day to day while nothing happens: no
// feed, no calendar and no answer of the API holds a date that is the build's.

// tellsNow are the files that differ each day, and why.
var tellsNow = map[string]string{
	"build.json": "it says when the build was",
	"state.json": "it says at which instant the state is asked for, and the uptime of the month as far as it has come",
	"status.txt": "it says as of when it is",
	"metrics":    "it says when the build was",
	"home.png":   "the card of the home page says of which day it is",
}

// mayDiffer reports whether a file may differ though nothing happened.
func mayDiffer(file string, page []byte) bool {
	if tellsNow[path.Base(file)] != "" {
		return true
	}
	// Pages show days, uptime and how long ago things were. What is over for good does not.
	return strings.HasSuffix(file, ".html") && bytes.Contains(page, []byte("data-built"))
}

func TestNothingMovesWhileNothingHappens(t *testing.T) {
	announced := "---\ntitle: Move\nstart: 2027-02-01 02:00\nduration: 2h\ncomponents: [web]\n---\nWe move.\n"
	open := "---\ntitle: Slow\nseverity: none\nstart: 2026-05-01 10:00\n---\n"
	old := fstest.MapFS{}
	corpus.Write(60, 3, func(path string, text []byte) error {
		old[path] = &fstest.MapFile{Data: text}
		return nil
	})
	for name, folder := range map[string]fs.FS{
		"the sample site":                        os.DirFS("testdata/sample"),
		"a site in four languages":               os.DirFS("testdata/languages"),
		"five years of an invented one":          old,
		"a site without a word":                  content(""),
		"a window that nobody has dated":         content("-- maintenance/move.md --\n" + announced),
		"one that its file's name dates":         content("-- maintenance/2026-04-01-move.md --\n" + announced),
		"one whose file's name dates it later":   content("-- maintenance/2026-12-24-move.md --\n" + announced),
		"a notice that nobody has written about": content("-- incidents/slow.md --\n" + open),
		"one beside the other":                   content("-- incidents/slow.md --\n" + open + "-- maintenance/move.md --\n" + announced),
	} {
		first := instant(t, "2026-06-02T09:00:00Z")
		before := built(t, folder, first)
		// within June: what is open is listed in each month that it touches
		for _, later := range []time.Duration{time.Second, 15 * time.Hour, 24 * time.Hour, 27 * 24 * time.Hour} {
			after := built(t, folder, first.Add(later))
			for _, file := range slices.Sorted(maps.Keys(after)) {
				if was, found := before[file]; !found || !bytes.Equal(was, after[file]) && !mayDiffer(file, after[file]) {
					t.Errorf("%s: %s later %s differs", name, later, file)
				}
			}
			if len(after) != len(before) {
				t.Errorf("%s: %s later there are %d files, not %d", name, later, len(after), len(before))
			}
		}
	}
}

// Such a window is in the API at once, with the date that is to come; feeds have
// it when that comes.
func TestAWindowThatNobodyHasDatedEntersFeedsOnItsDay(t *testing.T) {
	folder := content("-- maintenance/move.md --\n---\ntitle: Move\nstart: 2027-02-01 02:00\nduration: 2h\n" +
		"components: [web]\n---\nWe move.\n")
	day := instant(t, "2027-01-25T02:00:00Z")
	before, after := built(t, folder, day.Add(-time.Second)), built(t, folder, day)
	for _, file := range []string{"history.rss", "history.atom", "feed.json", "components/web/history.atom"} {
		if bytes.Contains(before[file], []byte("u-first")) || !bytes.Contains(after[file], []byte("u-first")) {
			t.Errorf("%s does not wait for the day", file)
		}
	}
	for _, file := range []string{"api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/upcoming.json", "maintenance.ics"} {
		if !bytes.Contains(before[file], []byte("Move")) {
			t.Errorf("%s does not know the window yet", file)
		}
		if !bytes.Equal(before[file], after[file]) && strings.HasSuffix(file, ".ics") {
			t.Errorf("%s changes on that day", file)
		}
	}
	if date := []byte(`"created_at":"2027-01-25T02:00:00.000Z"`); !bytes.Contains(before["api/v2/scheduled-maintenances.json"], date) {
		t.Error("the API has another date")
	}
	page := "maintenance/move/index.html"
	word := []byte(`<ol class="updates" reversed><li id="u-first"`)
	shown := regexp.MustCompile(`(?s)<script type="text/html".*?</script>`).ReplaceAll(before[page], nil)
	if bytes.Contains(shown, word) || !bytes.Contains(after[page], word) {
		t.Error("the page does not wait for the day")
	}
	if !bytes.Contains(before[page], []byte(`data-at="2027-01-25T02:00:00Z"`)) {
		t.Error("the page that was built before does not show the word when its day has come")
	}
	if !bytes.Contains(before["build.json"], []byte(`"next_change_at":"2027-01-25T02:00:00Z"`)) {
		t.Error("nobody builds the site on that day")
	}
}
