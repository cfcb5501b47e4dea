package generator_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/site"
	"allclear/themes"
)

// A page carries the states that it will have. What it shows when one of them
// has come must be what a build at that instant writes, as far as the words go
// that were known when the page was built.

// plot is the content of a random site: what is told when.
type plot struct {
	*rand.Rand
	now  time.Time
	text map[string]string // of the site with all its updates
	then map[string]string // of the site without those that come after now
}

// clock is a time some minutes from now, as content writes it.
func (p *plot) clock(minutes int) string {
	return p.now.Add(time.Duration(minutes) * time.Minute).Format("2006-01-02 15:04")
}

// around is a number of minutes before or after now.
func (p *plot) around() int { return p.IntN(360) - 180 }

func plotted(seed uint64) *plot {
	p := &plot{Rand: rand.New(rand.NewPCG(seed, 6)), text: map[string]string{}, then: map[string]string{}}
	p.now = time.Date(2026, 3, 1, 12, p.IntN(60), 0, 0, time.UTC)
	p.both("site.yml", "title: Example Status\nurl: https://status.example.com\nlanguages: [en]\n")
	p.both("components.yml",
		"regions: [{id: us, name: United States}, {id: eu, name: Europe}]\ncomponents:\n  - {id: web, name: Website}\n"+
			"  - group: Platform\n    components:\n      - {id: api, name: API, regions: [us, eu]}\n      - {id: mail, name: E-mail}\n")
	for i := range 1 + p.IntN(4) {
		if p.IntN(2) == 0 {
			p.incident(fmt.Sprintf("incidents/i%d.md", i))
		} else {
			p.window(fmt.Sprintf("maintenance/m%d.md", i))
		}
	}
	return p
}

func (p *plot) both(name, text string) { p.text[name], p.then[name] = text, text }

// later is the label of an incident's impact that begins after now: it is not
// public before.
const later = ", label: Later"

// impacts are one to three, which all begin between two minutes.
func (p *plot) impacts(kind site.Kind, from, before int, statuses ...string) string {
	text := "impacts:\n"
	for range 1 + p.IntN(3) {
		text += "  - {components: [" + []string{"web", "api", "mail", "web, mail"}[p.IntN(4)] + "], status: " +
			statuses[p.IntN(len(statuses))]
		begin := from
		if start := p.around(); p.IntN(2) == 0 && from <= start && start < before {
			begin = start
			text += ", start: " + p.clock(start)
			if p.IntN(2) == 0 {
				text += ", end: " + p.clock(start+1+p.IntN(180))
			}
		}
		if p.IntN(3) == 0 {
			text += map[bool]string{true: later, false: ", label: Slow"}[kind == site.Incident && begin > 0]
		}
		text += "}\n"
	}
	return text
}

func (p *plot) incident(name string) {
	start := p.around()
	head := "---\ntitle: Trouble\nstart: " + p.clock(start) + "\n" + p.impacts(site.Incident, start, start+400, "degraded", "partial",
		"major")
	if p.IntN(3) == 0 {
		head += "next_update: " + p.clock(start+p.IntN(200)) + "\n"
	}
	if p.IntN(4) == 0 {
		head += "end: " + p.clock(start+400) + "\n"
	}
	words := []string{"Investigating", "Identified", "Update", "Monitoring", "Resolved"}
	p.updates(name, head+"---\n", start, func(i int) string { return words[p.IntN(len(words))] }, start <= 0)
}

func (p *plot) window(name string) {
	start := p.around()
	length := 10 + p.IntN(180)
	head := "---\ntitle: Work\nstart: " + p.clock(start) + "\nend: " + p.clock(start+length) + "\n"
	if p.IntN(3) == 0 {
		head += "auto_complete: false\n"
	}
	head += p.impacts(site.Maintenance, start, start+length, "under_maintenance", "operational", "degraded") +
		"---\nSummary.\n\n## Plan\n- [x] One\n- [ ] Two\n"
	words := []string{"In progress", "Update", "Completed"}
	p.updates(name, head, start, func(i int) string { return words[min(i, 2)] }, true)
}

// updates writes an entry with some updates, and the one of then without those
// that come later. An entry that nothing tells by now is not there then.
func (p *plot) updates(name, head string, from int, word func(int) string, visible bool) {
	all, known := head, strings.ReplaceAll(head, later, "")
	at := from
	for i := range p.IntN(4) {
		at += 1 + p.IntN(90)
		update := "\n## " + word(i) + " — " + p.clock(at) + "\nWords.\n"
		all += update
		if at <= 0 {
			known += update
			visible = true
		}
	}
	p.text[name] = all
	if visible {
		p.then[name] = known
	}
}

func folderOf(texts map[string]string) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, text := range texts {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// compareForeseen compares every coming state of every page with a build at its
// instant, and says how many it compared.
func compareForeseen(t *testing.T, p *plot) int {
	t.Helper()
	now := pagesOf(t, p.text, p.now)
	compared := 0
	builds := map[time.Time]map[string]document{}
	for name, page := range now {
		for _, when := range instants(page) {
			if builds[when] == nil {
				builds[when] = pagesOf(t, p.then, when)
			}
			real, ok := builds[when][name]
			if !ok {
				t.Errorf("%s is not built at %s", name, when)
				continue
			}
			for _, id := range ids(page) {
				got, gotClass := page.at(t, id, when)
				want, wantClass, found := real.element(id)
				compared++
				if !found || got != want || strings.TrimSpace(gotClass) != strings.TrimSpace(wantClass) {
					t.Errorf("%s, built at %s, shows in #%s at %s\n class=%q %s\na build then says (found: %t)\n class=%q %s", name,
						p.now.Format("15:04"), id, when.Format("15:04"), gotClass, got, found, wantClass, want)
				}
			}
		}
	}
	return compared
}

func pagesOf(t *testing.T, texts map[string]string, at time.Time) map[string]document {
	t.Helper()
	result := generator.Build(folderOf(texts), themes.In(nil), generator.Options{Now: at, Version: "test"})
	if result.Problems.HasErrors() {
		t.Fatalf("this site is not sound:\n%s", words(result.Problems))
	}
	pages := map[string]document{}
	for _, f := range result.Files {
		if path.Ext(f.Path) != ".html" {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		pages[f.Path] = parsed(t, data)
	}
	return pages
}

func instants(d document) []time.Time {
	var list []time.Time
	for _, p := range d.parts {
		list = append(list, p.at)
	}
	return slices.CompactFunc(list, time.Time.Equal)
}

// ids are the elements of a page that the clock may change, whether or not the
// page has a coming state for them.
func ids(d document) []string {
	list := []string{""}
	for n := range d.root.Descendants() {
		id := attribute(n, "id")
		if slices.Contains([]string{"_answer", "_ongoing", "_coming", "_outage", "_live", "_work", "_days", "_now", "_jump", "_effects"},
			id) || slices.ContainsFunc([]string{"g-", "s-", "r-", "_m-"}, func(begin string) bool { return strings.HasPrefix(id, begin) }) {
			list = append(list, id)
		}
	}
	return list
}

func TestWhatAPageForeseesIsWhatABuildThenSays(t *testing.T) {
	sites := uint64(16)
	if n, err := strconv.ParseUint(os.Getenv("ALLCLEAR_FORESEEN"), 10, 32); err == nil {
		sites = n
	}
	compared := 0
	for seed := range sites {
		p := plotted(seed)
		if _, problems := generator.Check(folderOf(p.text), nil, generator.Options{Now: p.now}); problems.HasErrors() {
			continue // dice may contradict themselves, and check refuses that
		}
		compared += compareForeseen(t, p)
		if t.Failed() {
			for name, text := range p.text {
				t.Logf("%s\n%s", name, text)
			}
			t.Fatalf("seed %d", seed)
		}
	}
	if compared == 0 {
		t.Fatal("no page foresaw anything")
	}
	t.Logf("%d sites, %d coming states compared, 0 differ", sites, compared)
}
