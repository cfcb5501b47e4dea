package render_test

import (
	"bytes"
	"compress/gzip"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// A page about uptime does not carry the day as it will be; from the next change on it
// says that it may be out of date.
func TestAYearIsOutOfDateWhenAServiceChanges(t *testing.T) {
	c := yearly.with("content/maintenance/work.md", "---\ntitle: Work\ncomponents: [api]\nposted: 2025-07-20 00:00\n"+
		"start: 2025-07-28 02:00\nend: 2025-07-28 03:00\n---\nText.\n")
	out := publish(t, c, "2025-07-25T12:00:00Z")
	for _, page := range []string{"uptime/index.html", "uptime/2025/index.html"} {
		if got := until(t, out, page); got != "2025-07-28T02:00:00Z" {
			t.Errorf("%s is valid until %q", page, got)
		}
	}
	if got := until(t, out, "uptime/2024/index.html"); got != "" {
		t.Errorf("a year that is over is valid until %q", got)
	}
}

// yearKeys returns the keys of the pages about uptime.
func yearKeys(t *testing.T, c content, at string) map[string]render.Key {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range c {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Program: site.Hash{1}, Cache: &source.Cache{}})
	if result.Problems.HasErrors() {
		t.Fatal(result.Problems)
	}
	keys := map[string]render.Key{}
	for _, f := range result.Files {
		if year, found := strings.CutPrefix(f.Path, "uptime/20"); found {
			keys["20"+year[:2]] = render.Key{}
			if f.Key != nil {
				keys["20"+year[:2]] = f.Key()
			}
		}
	}
	return keys
}

// A year that is over is made again only when one of its entries changes: not because of
// the clock, a new year, or what happens in other years.
func TestAYearThatIsOverIsMadeAgainOnlyWhenOneOfItsEntriesChanges(t *testing.T) {
	before := yearKeys(t, yearly, "2025-07-25T12:00:00Z")
	for _, page := range []string{"uptime/2023/index.html", "uptime/2024/index.html"} {
		first, later := publishOne(t, yearly, "2025-07-25T12:00:00Z", page), publishOne(t, yearly, "2027-02-01T12:00:00Z", page)
		if !bytes.Equal(first, later) || len(first) == 0 {
			t.Errorf("%s has other bytes two years later", page)
		}
	}
	changed := func(c content, at string) string {
		var years []string
		for year, key := range yearKeys(t, c, at) {
			if key == (render.Key{}) || key != before[year] {
				years = append(years, year)
			}
		}
		slices.Sort(years)
		return strings.Join(years, " ")
	}
	edited := func(name string) content {
		return yearly.with("content/incidents/"+name, strings.Replace(yearly["content/incidents/"+name], "Text.", "Other text.", 1))
	}
	open := "---\ntitle: Never ended\ncomponents: [new]\nstatus: degraded\n---\n## Investigating — 2024-12-31 10:00\nText.\n"
	for _, test := range []struct {
		what string
		c    content
		at   string
		want string
	}{
		{"nothing", yearly, "2025-07-25T12:00:00Z", "2025"},
		{"five months", yearly, "2025-12-25T12:00:00Z", "2025"},
		{"a new year", yearly, "2026-02-01T12:00:00Z", "2025 2026"},
		{"an entry of this year", edited("slow.md"), "2025-07-25T12:00:00Z", "2025"},
		{"an entry of two years", edited("old.md"), "2025-07-25T12:00:00Z", "2023 2024 2025"},
		{"a new entry", yearly.with("content/incidents/late.md", yearlyIncident("Found late", "api", "degraded", "2024-05-05 08:00",
			"2024-05-05 08:30")), "2025-07-25T12:00:00Z", "2024 2025"},
		{"an entry that is still open", yearly.with("content/incidents/open.md", open), "2025-07-25T12:00:00Z", "2024 2025"},
		{"an entry of an earlier year than the first", yearly.with("content/incidents/first.md", yearlyIncident("First", "api", "degraded",
			"2022-05-05 08:00", "2022-05-05 08:30")), "2025-07-25T12:00:00Z", "2022 2023 2025"}, // 2023 has a link to 2022 now
	} {
		if got := changed(test.c, test.at); got != test.want {
			t.Errorf("%s changes %s, not %s", test.what, got, test.want)
		}
	}
}

// 40 services over five years, with five incidents a day: far more than any site has.
func TestTheYearOfALargeSiteIsLight(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it builds the pages of ten thousand incidents")
	}
	const limit = 100 << 10
	for _, n := range []int{1000, 10000} {
		folder := fstest.MapFS{}
		corpus.Write(n, 1, func(name string, text []byte) error {
			folder[name] = &fstest.MapFile{Data: text}
			return nil
		})
		result := generator.Build(folder, themes.In(folder), generator.Options{Now: corpus.Now})
		if result.Problems.HasErrors() {
			t.Fatal(result.Problems)
		}
		heaviest, pages := 0, 0
		for _, f := range result.Files {
			if !strings.HasPrefix(f.Path, "uptime/") && !strings.HasPrefix(f.Path, "components/analytics") || path.Ext(f.Path) != ".html" {
				continue
			}
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			var packed bytes.Buffer
			w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
			w.Write(data)
			w.Close()
			if packed.Len() > limit {
				t.Errorf("with %d entries %s has %d bytes compressed", n, f.Path, packed.Len())
			}
			heaviest, pages = max(heaviest, packed.Len()), pages+1
		}
		if pages < 12 {
			t.Errorf("with %d entries there are %d pages", n, pages)
		}
		t.Logf("%d entries: at most %d bytes compressed", n, heaviest)
	}
}
