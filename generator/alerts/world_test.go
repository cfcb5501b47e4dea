package alerts_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/alerts"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// world is a site in memory to which alerts are sent.
type world struct {
	folder fstest.MapFS
	cache  source.Cache
}

// words are those of an English site.
var words = alerts.Words{
	Opened:    "Our monitoring has noticed a problem. We are looking into it.",
	Changed:   "Our monitoring reports a change in what is affected.",
	Again:     "Our monitoring reports the problem again. We are looking into it.",
	Recovered: "Our monitoring reports recovery.",
}

const components = `regions: [{id: eu, name: Europe}, {id: us, name: America}]
components:
  - {id: public-api, name: Public API, regions: [eu, us]}
  - {id: website, name: Website}
  - {id: email, name: E-mail}
`

func newWorld(rules string) *world {
	return &world{folder: fstest.MapFS{
		"content/site.yml":       {Data: []byte("title: Example\nurl: https://status.example.org\ntimezone: Europe/Berlin\n")},
		"content/components.yml": {Data: []byte(components)},
		"content/alerts.yml":     {Data: []byte(rules)},
	}}
}

// read reads the site with drafts, as of an instant.
func (w *world) read(now time.Time) (site.Site, diag.List) {
	return generator.Check(w.folder, nil, generator.Options{Now: now, Drafts: true, Cache: &w.cache})
}

// send lets a payload arrive, and returns what is said about it. The site must have no
// errors before and after.
func (w *world) send(t testing.TB, now time.Time, payload []byte, kind string) string {
	t.Helper()
	events, err := alerts.Read(payload, kind)
	if err != nil {
		return said(err)
	}
	var all []string
	for _, e := range events {
		s, problems := w.read(now)
		mustHaveNoErrors(t, problems, w)
		d := alerts.Decide(e, &s, now, words)
		for _, err := range d.Refused {
			all = append(all, said(err))
		}
		all = append(all, d.Notes...)
		w.apply(t, now, &s, d)
		s, problems = w.read(now)
		mustHaveNoErrors(t, problems, w)
	}
	return strings.Join(all, "\n")
}

// said returns an error as the program prints it.
func said(err error) string {
	var wrong *alerts.Error
	if !errors.As(err, &wrong) {
		return "not an *alerts.Error: " + err.Error()
	}
	return "refused: " + wrong.Message + "\n  hint: " + wrong.Hint
}

func mustHaveNoErrors(t testing.TB, problems diag.List, w *world) {
	t.Helper()
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Fatalf("%s:%d: %s\n%s", p.File, p.Line, p.Message, w.files())
		}
	}
}

// apply writes what was decided.
func (w *world) apply(t testing.TB, now time.Time, s *site.Site, d alerts.Decision) {
	t.Helper()
	name := ""
	if d.New != nil {
		name = fmt.Sprintf("content/incidents/%s-%d.md", d.New.Time.In(s.Zone).Format(time.DateOnly), len(w.folder)-2)
		w.folder[name] = &fstest.MapFile{Data: d.New.Write(s.Zone, "en")}
	} else if d.Entry != nil {
		name = d.Entry.Pos.File
	}
	for _, u := range d.Updates {
		s, _ := w.read(now)
		i := slices.IndexFunc(s.Entries, func(e site.Entry) bool { return e.Pos.File == name })
		if i < 0 {
			t.Fatalf("%s cannot be read\n%s", name, w.files())
		}
		data, err := source.Append(w.folder[name].Data, &s, &s.Entries[i], u)
		if err != nil {
			t.Fatalf("%s: %v: %+v\n%s", name, err, u, w.files())
		}
		w.folder[name] = &fstest.MapFile{Data: data}
	}
}

// files returns all incidents, as they are written.
func (w *world) files() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(w.folder)) {
		if strings.HasPrefix(name, "content/incidents/") {
			fmt.Fprintf(&b, "-- %s --\n%s", strings.TrimPrefix(name, "content/incidents/"), w.folder[name].Data)
		}
	}
	return b.String()
}

// at returns a time on the day of the stories, in UTC.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", "2026-11-20 "+clock+":00"[:max(0, 8-len(clock))])
	if err != nil {
		panic(err)
	}
	return t
}

// mustRead reads a payload that can be read.
func mustRead(payload []byte) []alerts.Event {
	events, err := alerts.Read(payload, "")
	if err != nil {
		panic(err)
	}
	return events
}
