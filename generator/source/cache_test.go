package source_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/corpus"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// editedSite is a site that somebody changes at random.
type editedSite struct {
	fstest.MapFS
	*rand.Rand
	touched []string // since a test last looked
}

func newEditedSite(n int, seed uint64) *editedSite {
	e := &editedSite{MapFS: fstest.MapFS{}, Rand: rand.New(rand.NewPCG(seed, 1))}
	corpus.Write(n, seed, func(path string, text []byte) error {
		e.save(path, strings.Replace(string(text), "languages: [en]", "languages: [en, de]", 1))
		return nil
	})
	return e
}

func (e *editedSite) save(name, text string) {
	e.touched = append(e.touched, name)
	e.MapFS[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
}

func (e *editedSite) remove(name string) {
	e.touched = append(e.touched, name)
	delete(e.MapFS, name)
}

// move gives a folder another name, of which a watcher hears only the two names.
func (e *editedSite) move(from, to string) {
	for name, file := range e.MapFS {
		if rest, ok := strings.CutPrefix(name, from+"/"); ok {
			delete(e.MapFS, name)
			e.MapFS[to+"/"+rest] = file
		}
	}
	e.touched = append(e.touched, from, to)
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
	switch e.IntN(14) {
	case 0, 1, 2:
		e.save(name, text+fmt.Sprintf("\nMore, %d.\n", e.IntN(1000)))
	case 3:
		e.save(name, text+"\nSee ["+path.Base(name)+"](/"+strings.TrimPrefix(e.any("content/"), "content/")+
			") and [a file](/static/a.txt).\n")
	case 4:
		e.remove(name)
	case 5:
		e.save(fmt.Sprintf("content/incidents/new-%d.md", e.IntN(5)), text)
	case 6:
		e.save(strings.TrimSuffix(strings.TrimSuffix(name, ".md"), ".de")+".de.md", "---\ntitle: Auf Deutsch\n---\n"+
			text[strings.LastIndex(text, "---\n")+4:])
	case 7:
		e.save(name, strings.Replace(text, "title:", "tile:", 1))
	case 8:
		e.save(name, strings.Replace(text, "---\n", "---\ndraft: true\n", 1))
	case 9:
		e.save("content/static/a.txt", "a")
	case 10:
		e.remove("content/static/a.txt")
	case 11:
		config := string(e.MapFS["content/site.yml"].Data)
		for _, change := range [][2]string{{"Europe/Berlin", "Asia/Tokyo"}, {"Asia/Tokyo", "Europe/Berlin"}} {
			if strings.Contains(config, change[0]) {
				e.save("content/site.yml", strings.Replace(config, change[0], change[1], 1))
				break
			}
		}
	case 12:
		e.move("content/incidents/2023", "content/incidents/once")
		e.move("content/incidents/2024", "content/incidents/2023")
	case 13:
		e.move("content/incidents/once", "content/incidents/2024")
	}
}

// plain is a site without what cannot be compared: functions, and the sums of what
// is remembered.
func plain(s site.Site, problems diag.List) (site.Site, diag.List) {
	s.Static = slices.Clone(s.Static)
	for i := range s.Static {
		s.Static[i].Open = nil
	}
	for i := range s.Entries {
		s.Entries[i].Hash = site.Hash{}
	}
	for i := range s.Series {
		s.Series[i].Entry.Hash = site.Hash{}
	}
	for i := range s.Announcements {
		s.Announcements[i].Hash = site.Hash{}
	}
	return s, problems
}

// restored is what another run of the program remembers.
func restored(t testing.TB, c *source.Cache, packs map[int]string) *source.Cache {
	t.Helper()
	if err := c.Dirty(func(n int, data []byte) error { packs[n] = string(data); return nil }); err != nil {
		t.Fatal(err)
	}
	var again source.Cache
	for _, data := range packs {
		again.Load(data)
	}
	return &again
}

func TestWhatACacheRemembersChangesNothing(t *testing.T) {
	for seed := range uint64(4) {
		e := newEditedSite(40, seed)
		cache, packs := &source.Cache{}, map[int]string{}
		sums := map[site.Hash]site.Entry{}
		for turn := range 40 {
			for range e.IntN(3) {
				e.edit()
			}
			switch e.IntN(3) {
			case 0:
				cache = restored(t, cache, packs)
			case 1:
				cache.Changed(append([]string{}, e.touched...))
			case 2:
				if e.IntN(3) == 0 {
					cache.Changed(nil)
					cache.Changed([]string{})
				}
			}
			e.touched = nil
			opt := source.Options{Drafts: seed == 3}
			s, problems := plain(source.Read(e, opt))
			opt.Cache = cache
			known, knownProblems := source.Read(e, opt)
			for i := range known.Entries {
				sum := known.Entries[i].Hash
				if first, twice := sums[sum]; sum == (site.Hash{}) || twice && !reflect.DeepEqual(first, known.Entries[i]) {
					t.Fatalf("seed %d, turn %d: the sum of %s does not tell it apart from %s", seed, turn, known.Entries[i].Slug,
						first.Slug)
				}
				sums[sum] = known.Entries[i]
			}
			known, knownProblems = plain(known, knownProblems)
			if !reflect.DeepEqual(problems, knownProblems) {
				t.Fatalf("seed %d, turn %d: the problems differ:\n%v\n%v", seed, turn, problems, knownProblems)
			}
			if !reflect.DeepEqual(s, known) {
				t.Fatalf("seed %d, turn %d: the sites differ", seed, turn)
			}
		}
	}
}

// The sample has every kind of content, with series, reports and measurements.
func TestTheSampleIsTheSameWithACache(t *testing.T) {
	sample := os.DirFS("../testdata/sample")
	want, _ := plain(source.Read(sample, source.Options{}))
	cache := &source.Cache{}
	source.Read(sample, source.Options{Cache: cache})
	for _, known := range []*source.Cache{cache, restored(t, cache, map[int]string{})} {
		if got, _ := plain(source.Read(sample, source.Options{Cache: known})); !reflect.DeepEqual(got, want) {
			t.Error("the site is another one with a cache")
		}
	}
}

func TestWhatIsRememberedIsUsed(t *testing.T) {
	e := newEditedSite(10, 1)
	cache, packs := &source.Cache{}, map[int]string{}
	source.Read(e, source.Options{Cache: cache})
	cache = restored(t, cache, packs)
	source.Read(e, source.Options{Cache: cache})
	stale := 0
	count := func(int, []byte) error { stale++; return nil }
	cache.Dirty(count)
	if stale != 0 {
		t.Errorf("%d parts are written again although nothing has changed", stale)
	}
	name, text := corpus.Entry(3, 10, 1)
	e.save(name, string(corpus.Edited(text, 1)))
	source.Read(e, source.Options{Cache: cache})
	if cache.Dirty(count); stale != 1 {
		t.Errorf("%d parts are written again after one edit", stale)
	}
}

func TestAWatchedSiteIsReadAgainWhereItChanged(t *testing.T) {
	e := newEditedSite(10, 1)
	cache := &source.Cache{}
	source.Read(e, source.Options{Cache: cache})
	name, text := corpus.Entry(3, 10, 1)
	e.save(name, string(corpus.Edited(text, 1)))
	cache.Changed([]string{})
	before, _ := source.Read(e, source.Options{Cache: cache})
	cache.Changed([]string{name})
	after, _ := source.Read(e, source.Options{Cache: cache})
	if reflect.DeepEqual(before.Entries, after.Entries) {
		t.Error("all files are read, or none")
	}
}

func TestAFileThatCouldNotBeReadIsReadAgain(t *testing.T) {
	e := newEditedSite(10, 1)
	cache := &source.Cache{}
	name, text := corpus.Entry(3, 10, 1)
	e.save(name, strings.Repeat("too large\n", 1<<19))
	for _, unreadable := range []bool{true, true, false} {
		if !unreadable {
			e.save(name, string(text)) // a watcher need not hear of new permissions
		}
		_, problems := source.Read(e, source.Options{Cache: cache})
		if problems.HasErrors() != unreadable {
			t.Errorf("unreadable is %v: %v", unreadable, problems)
		}
		cache.Changed([]string{})
	}
}

func TestADamagedMemoryIsNoMemory(t *testing.T) {
	e := newEditedSite(10, 1)
	cache, packs := &source.Cache{}, map[int]string{}
	s, _ := plain(source.Read(e, source.Options{Cache: cache}))
	restored(t, cache, packs)
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		again := &source.Cache{}
		for _, data := range packs {
			again.Load(data[:r.IntN(len(data)+1)])
		}
		if known, _ := plain(source.Read(e, source.Options{Cache: again})); !reflect.DeepEqual(s, known) {
			t.Fatalf("seed %d: what is left of a memory changes the site", seed)
		}
	}
}

// FuzzRestore holds that no bytes at all bring a reading down.
func FuzzRestore(f *testing.F) {
	e := newEditedSite(6, 1)
	cache, packs := &source.Cache{}, map[int]string{}
	source.Read(e, source.Options{Cache: cache})
	restored(f, cache, packs)
	for _, data := range packs {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		again := &source.Cache{}
		again.Load(data)
		source.Read(e, source.Options{Cache: again})
	})
}

// BenchmarkReadAgain is reading a thousand reports of which one has changed.
func BenchmarkReadAgain(b *testing.B) {
	e := newEditedSite(1000, 1)
	var cache source.Cache
	source.Read(e, source.Options{Cache: &cache})
	name, text := corpus.Entry(500, 1000, 1)
	b.ReportAllocs()
	for turn := 0; b.Loop(); turn++ {
		e.save(name, string(corpus.Edited(text, turn)))
		cache.Changed([]string{name})
		if s, problems := source.Read(e, source.Options{Cache: &cache}); len(problems) > 0 || len(s.Entries) != 1000 {
			b.Fatal(problems)
		}
	}
}
