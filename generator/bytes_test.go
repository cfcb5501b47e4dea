package generator_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/corpus"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/themes"

	"github.com/rogpeppe/go-internal/txtar"
)

var updateSums = flag.Bool("update-sums", false, "write the sums of what is built now")

// siteAt is a site, and an instant at which it is built.
type siteAt struct {
	name   string
	folder fs.FS
	at     time.Time
}

// manySites returns the sample site, one in four languages, invented ones, random ones and
// those with mistakes, at instants at which much or little happens.
func manySites(t *testing.T) (list []siteAt) {
	add := func(name string, folder fs.FS, instants ...string) {
		for _, at := range instants {
			list = append(list, siteAt{name, folder, instant(t, at)})
		}
	}
	add("sample", os.DirFS("testdata/sample"), "2025-06-01T00:00:00Z", "2025-07-25T06:50:00Z", "2025-07-25T07:10:00Z",
		"2025-07-31T12:00:00Z", "2025-08-01T02:20:00Z", "2026-01-15T12:00:00Z")
	add("four languages", os.DirFS("testdata/languages"), "2025-07-25T07:30:00Z", "2025-09-01T00:00:00Z")
	add("30 services", corpusSite(t, 120), corpus.Now.Format(time.RFC3339), corpus.Now.AddDate(0, -1, -3).Format(time.RFC3339))
	add("old addresses", movedSite(), "2026-02-01T00:00:00Z", "2026-11-20T12:00:00Z")
	outage, err := txtar.ParseFile("testdata/outage.txtar")
	if err != nil {
		t.Fatal(err)
	}
	large := fstest.MapFS{}
	for _, f := range outage.Files {
		large[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	add("a large outage", large, "2026-03-02T09:00:00Z", "2026-03-02T14:00:00Z", "2026-03-20T00:00:00Z")
	r := rand.New(rand.NewPCG(15, 1))
	for accepted, refused := 0, 0; accepted < 60; {
		folder := thrownFolder(thrownBytes(r))
		at := everyday.Add(time.Duration(r.IntN(400)-200) * 11 * time.Minute)
		if _, problems := generator.Check(folder, themes.In(folder), generator.Options{Now: at}); !problems.HasErrors() {
			accepted++
		} else if refused++; refused > 60 {
			continue
		}
		list = append(list, siteAt{fmt.Sprintf("random %d", len(list)), folder, at})
	}
	for _, at := range []string{"2026-08-01T00:00:00Z", "2026-10-12T00:30:00Z", "2026-11-25T11:20:00Z", "2027-01-05T12:00:00Z"} {
		add("figures", figuresSite(t, at), at)
	}
	names, corners := cornerSites(t)
	for _, name := range names {
		add(name, corners[name], "2026-02-01T12:00:00Z")
	}
	add("brand", corners["brand"], "2026-02-01T11:30:00Z", "2026-02-20T00:00:00Z")
	add("links", corners["links"], "2026-09-02T00:00:00Z")
	return list
}

// Whatever a change of the program changes in the files of these sites, or in what check
// says about them, is meant. Pages of the golden site can be read (render/testdata/golden);
// here are many more, so only a sum of each is kept. If a sum differs, build the sample
// site with both versions and compare the folders; then run this test with -update-sums.
func TestTheBytesOfManySites(t *testing.T) {
	list := manySites(t)
	lines := make([]string, len(list))
	var wait sync.WaitGroup
	next := make(chan int)
	for range 2 {
		wait.Go(func() {
			for i := range next {
				lines[i] = list[i].sum(t)
			}
		})
	}
	for i := range list {
		next <- i
	}
	close(next)
	wait.Wait()
	text, file := strings.Join(lines, ""), "testdata/sums.txt"
	if *updateSums {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.SplitAfter(string(before), "\n")
	for i, line := range lines {
		if i >= len(want) || line != want[i] {
			t.Errorf("built now: %s", line)
		}
	}
}

// Texts that other tests hold, or that change with everything else: style sheets, scripts,
// names of assets, and ids of builds.
var notInSums = []*regexp.Regexp{
	regexp.MustCompile(`(?s)<style[^>]*>.*?</style>`),
	regexp.MustCompile(`(?s)<script(?: async| defer| type="module"| blocking="render")*>.*?</script>`),
	regexp.MustCompile(`sha256-[A-Za-z0-9+/&#;]+=`),
	regexp.MustCompile(`\.[0-9a-f]{10}\.(?:css|js|svg|png)`),
	regexp.MustCompile(`\b[0-9a-f]{12,64}\b`),
}

// sum builds a site and returns a line about it.
func (s siteAt) sum(t *testing.T) string {
	options := generator.Options{Now: s.at, Version: "test", Program: site.Hash{1}}
	result := generator.Build(s.folder, themes.In(s.folder), options)
	all := sha256.New()
	if !result.Problems.HasErrors() {
		answer, err := generator.Answer(&result.Site, themes.In(s.folder), options)
		fmt.Fprintln(all, answer, err)
	}
	for _, p := range result.Problems {
		fmt.Fprintf(all, "%s-%d %s %s: %s; %s\n", p, p.EndColumn, p.Severity, p.Rule, p.Message, p.Hint)
	}
	slices.SortFunc(result.Files, func(a, b render.File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range result.Files {
		data, err := f.Bytes()
		if err != nil {
			t.Errorf("%s: %s: %v", s.name, f.Path, err)
		}
		text := string(data)
		switch path.Ext(f.Path) {
		case ".css", ".js":
			text = ""
		}
		for _, unsteady := range notInSums {
			text = unsteady.ReplaceAllString(text, "…")
		}
		fmt.Fprintf(all, "%s %d %t\n%s", notInSums[3].ReplaceAllString(f.Path, "…"), len(text), f.Key != nil, text)
	}
	at, problems, files := s.at.Format("2006-01-02 15:04"), len(result.Problems), len(result.Files)
	return fmt.Sprintf("%s at %s: %d problems, %d files, %x\n", s.name, at, problems, files, all.Sum(nil)[:8])
}
