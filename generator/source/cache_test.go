package source_test

import (
	"fmt"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// editedSite is a site that somebody changes at random.
type editedSite struct {
	fstest.MapFS
	*rand.Rand
	clock time.Time
}

func (e *editedSite) save(name, text string) {
	e.clock = e.clock.Add(time.Duration(1+e.IntN(50)) * time.Millisecond)
	e.MapFS[name] = &fstest.MapFile{Data: []byte(text), ModTime: e.clock, Mode: 0o644}
}

func (e *editedSite) any(folder string) string {
	var names []string
	for name := range e.MapFS {
		if strings.HasPrefix(name, folder) && strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[e.IntN(len(names))]
}

// edit does one of the things that operators do, mistakes included.
func (e *editedSite) edit() {
	name := e.any("content/incidents/")
	text := string(e.MapFS[name].Data)
	switch e.IntN(12) {
	case 0, 1, 2:
		e.save(name, text+fmt.Sprintf("\nMore, %d.\n", e.IntN(1000)))
	case 3:
		e.save(name, text+"\nSee ["+path.Base(name)+"](/"+strings.TrimPrefix(e.any("content/"), "content/")+") and [a file](/static/a.txt).\n")
	case 4:
		delete(e.MapFS, name)
	case 5:
		e.save(fmt.Sprintf("content/incidents/new-%d.md", e.IntN(5)), text)
	case 6:
		e.save(strings.TrimSuffix(strings.TrimSuffix(name, ".md"), ".de")+".de.md", "---\ntitle: Auf Deutsch\n---\n"+text[strings.LastIndex(text, "---\n")+4:])
	case 7:
		e.save(name, strings.Replace(text, "title:", "tile:", 1))
	case 8:
		e.save(name, strings.Replace(text, "---\n", "---\ndraft: true\n", 1))
	case 9:
		e.save("content/static/a.txt", "a")
	case 10:
		delete(e.MapFS, "content/static/a.txt")
	case 11:
		config := string(e.MapFS["content/site.yml"].Data)
		for _, change := range [][2]string{{"Europe/Berlin", "Asia/Tokyo"}, {"Asia/Tokyo", "Europe/Berlin"}} {
			if strings.Contains(config, change[0]) {
				e.save("content/site.yml", strings.Replace(config, change[0], change[1], 1))
				break
			}
		}
	}
}

// plain is a site without what cannot be compared: functions.
func plain(s site.Site, problems diag.List) (site.Site, diag.List) {
	s.Static = slices.Clone(s.Static)
	for i := range s.Static {
		s.Static[i].Read = nil
	}
	return s, problems
}

func TestWhatACacheRemembersChangesNothing(t *testing.T) {
	for seed := range uint64(4) {
		e := &editedSite{fstest.MapFS{}, rand.New(rand.NewPCG(seed, 1)), corpus.Now}
		corpus.Write(40, seed, func(path string, text []byte) error {
			e.save(path, strings.Replace(string(text), "languages: [en]", "languages: [en, de]", 1))
			return nil
		})
		var cache source.Cache
		for turn := range 40 {
			for range e.IntN(3) {
				e.edit()
			}
			opt := source.Options{Drafts: seed == 3}
			s, problems := plain(source.Read(e, opt))
			opt.Cache = &cache
			cached, cachedProblems := plain(source.Read(e, opt))
			if !reflect.DeepEqual(problems, cachedProblems) {
				t.Fatalf("seed %d, turn %d: the problems differ:\n%v\n%v", seed, turn, problems, cachedProblems)
			}
			if !reflect.DeepEqual(s, cached) {
				t.Fatalf("seed %d, turn %d: the sites differ", seed, turn)
			}
		}
	}
}

func TestAFileThatKeepsItsSizeAndTimeIsReadAgainWhenForgotten(t *testing.T) {
	e := &editedSite{fstest.MapFS{}, rand.New(rand.NewPCG(1, 1)), corpus.Now}
	corpus.Write(10, 1, func(path string, text []byte) error {
		e.save(path, string(text))
		e.clock = e.clock.Add(time.Second)
		return nil
	})
	var cache source.Cache
	source.Read(e, source.Options{Cache: &cache})
	name, text := corpus.Entry(3, 10, 1)
	e.MapFS[name].Data = []byte(strings.Replace(string(text), "title: ", "title: X", 1)[:len(text)])
	stale, _ := source.Read(e, source.Options{Cache: &cache})
	cache.Forget(name)
	fresh, _ := source.Read(e, source.Options{Cache: &cache})
	if reflect.DeepEqual(stale.Entries, fresh.Entries) {
		t.Error("the cache remembers nothing, or forgets nothing")
	}
}

// BenchmarkReadAgain is reading a thousand reports of which one has changed.
func BenchmarkReadAgain(b *testing.B) {
	e := &editedSite{fstest.MapFS{}, rand.New(rand.NewPCG(1, 1)), corpus.Now}
	corpus.Write(1000, 1, func(path string, text []byte) error {
		e.save(path, string(text))
		return nil
	})
	var cache source.Cache
	name, text := corpus.Entry(500, 1000, 1)
	b.ReportAllocs()
	for turn := 0; b.Loop(); turn++ {
		e.save(name, string(corpus.Edited(text, turn)))
		if s, problems := source.Read(e, source.Options{Cache: &cache}); len(problems) > 0 || len(s.Entries) != 1000 {
			b.Fatal(problems)
		}
	}
}
