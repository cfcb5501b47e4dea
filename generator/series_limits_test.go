package generator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// What is remembered of an occurrence that is over is used again, until its series changes.
func TestThePageOfAPastOccurrenceIsRememberedUntilTheSeriesChanges(t *testing.T) {
	key := func(folder fstest.MapFS, at string) (page render.Key) {
		result := generator.Build(folder, themes.In(nil),
			generator.Options{Now: instant(t, at), Program: site.Hash{1}, Cache: &source.Cache{}})
		f, found := result.File("maintenance/weekly-2026-12-06/index.html")
		if !found || f.Key == nil {
			t.Fatal(words(result.Problems))
		}
		return f.Key()
	}
	first := key(weekly("", ""), "2026-12-13T12:00:00Z")
	if first == (render.Key{}) || first != key(weekly("", ""), "2026-12-13T13:00:00Z") {
		t.Error("it is not remembered")
	}
	if first == key(weekly("headline: Slow\n", ""), "2026-12-13T12:00:00Z") {
		t.Error("a change of the series does not change it")
	}
	if key(weekly("", ""), "2026-12-06T02:30:00Z") != (render.Key{}) {
		t.Error("it is remembered while it goes on")
	}
}

// A site without series is the one that was read: nothing is copied or sorted.
func TestASiteWithoutSeriesIsLeftAsItIs(t *testing.T) {
	s := site.Site{Entries: make([]site.Entry, 3), Zone: time.UTC}
	if got := testing.AllocsPerRun(10, func() { s = s.WithOccurrences(time.Unix(0, 0)) }); got != 0 {
		t.Errorf("%v allocations", got)
	}
	if !slices.EqualFunc(s.Entries, make([]site.Entry, 3), func(a, b site.Entry) bool { return a.Slug == b.Slug }) {
		t.Error("the entries differ")
	}
}

// A thousand small files cannot make a site of a million pages.
func TestAllSeriesTogetherHaveALimit(t *testing.T) {
	folder := content("")
	for i := range 22 {
		folder[fmt.Sprintf("content/maintenance/s%02d.md", i)] = textOf("---\ntitle: Work\nposted: 2024-01-01\n" +
			"start: 2024-05-01 02:00\nduration: 1h\nrepeat: {every: day, until: 2027-01-20}\ncomponents: [api]\n---\nText.\n")
	}
	s, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, "2026-11-28T12:00:00Z")})
	if len(s.Entries) > 20_000 {
		t.Errorf("%d entries", len(s.Entries))
	}
	if got := words(problems); !strings.Contains(got, "s20.md:6:1: error: with this series, all series of the site have more "+
		"than 20000 occurrences") {
		t.Error(got)
	}
}

// A link leads to an occurrence as to any window, by the name that its file would have.
// Until it is announced, the link is only its words.
func TestALinkToAnOccurrence(t *testing.T) {
	folder := weekly("announce: 3d\n", "-- pages/about.md --\n---\ntitle: About\n---\n"+
		"[Soon](../maintenance/weekly-2026-12-06.md), [later](../maintenance/weekly-2026-12-13.md), "+
		"[never](../maintenance/weekly-2026-12-14.md).\n")
	files, told, _ := attempt(t, folder, instant(t, "2026-12-04T12:00:00Z"))
	page := string(files["pages/about/index.html"])
	if want := `<a href="../../maintenance/weekly-2026-12-06/index.html">Soon</a>, later, <a href="`; !strings.Contains(page, want) {
		t.Error(page)
	}
	want := "the site has no page or file at /maintenance/weekly-2026-12-14/"
	if strings.Count(told, "no page") != 1 || !strings.Contains(told, want) {
		t.Error(told)
	}
}
