package generator_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/site"
	"allclear/themes"
)

// A site with a series is, at every instant, what it would be if each occurrence were
// written as a file of its own: this random series, and the same written out.

// nightly is a random series and what its site holds besides.
type nightly struct {
	*rand.Rand
	zone              *time.Location
	start             time.Time
	length, announce  time.Duration
	public            time.Time // zero: the series says nothing
	heading           bool      // public is the time of a Scheduled update, not of posted
	front, text, plan string
	own               map[string]string // files that replace occurrences, and the bodies behind their times
	folder            fstest.MapFS
}

var nightlyZones = []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}

func randomSeries(t *testing.T, seed uint64) *nightly {
	n := &nightly{Rand: rand.New(rand.NewPCG(seed, 23)), own: map[string]string{}}
	name := nightlyZones[n.IntN(len(nightlyZones))]
	var err error
	if n.zone, err = time.LoadLocation(name); err != nil {
		t.Fatal(err)
	}
	n.start = time.Date(2026, time.Month(2+n.IntN(9)), 1+n.IntN(28), n.IntN(4), 15*n.IntN(4), 0, 0, time.UTC)
	n.length = time.Duration(20+n.IntN(300)) * time.Minute
	n.announce = []time.Duration{time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour, 20 * 24 * time.Hour}[n.IntN(5)]
	repeat := []string{"every: day", "every: 3 days", "every: week", "every: week, on: [sunday, tuesday]", "every: 2 weeks", "every: month",
		"every: month, on: last sunday", "every: month, on: 31"}[n.IntN(8)]
	if n.IntN(2) == 0 {
		repeat += ", until: " + n.start.AddDate(0, 0, 3+n.IntN(60)).Format(time.DateOnly)
	}
	if n.IntN(2) == 0 {
		repeat += ", except: [" + n.start.AddDate(0, 0, 7).Format(time.DateOnly) + "]"
	}
	n.front = "title: Weekly work\ncomponents: [web]\n" + []string{"", "label: Slow\n", "headline: Read only\n", "pinned: true\n",
		"status: operational\n"}[n.IntN(5)]
	n.text = "We work on it.\n"
	if n.IntN(3) == 0 {
		n.plan = "\n## Plan\n- [x] One\n- [ ] Two\n"
	}
	if n.IntN(2) == 0 {
		n.public, n.heading = n.start.Add(time.Duration(n.IntN(20*24)-10*24)*time.Hour), n.IntN(2) == 0
	}
	n.folder = fstest.MapFS{
		"content/site.yml": textOf("title: Example\nurl: https://status.example.com\ntimezone: " + name + "\n"),
		"content/components.yml": textOf("components:\n  - {id: api, name: API}\n  - group: Pages\n    components:\n" +
			"      - {id: web, name: Website}\n"),
		"content/incidents/x.md": textOf("---\ntitle: Trouble\ncomponents: [api]\nstatus: partial\n---\n## Investigating — " +
			n.start.Add(50*time.Hour).Format("2006-01-02 15:04Z") + "\nText.\n"),
	}
	series := "---\n" + n.front + "start: " + n.start.Format("2006-01-02 15:04") + "\nduration: " + site.FormatDuration(n.length) +
		"\nannounce: " + site.FormatDuration(n.announce) + "\nrepeat: {" + repeat + "}\n"
	n.folder["content/maintenance/weekly.md"] = textOf(series + n.publicly(n.public) + n.plan)
	return n
}

func textOf(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// publicly is the end of the front matter and the text, announced at a time.
func (n *nightly) publicly(at time.Time) string {
	stamp := at.UTC().Format("2006-01-02 15:04:05Z")
	switch {
	case at.IsZero():
		return "---\n" + n.text
	case n.heading:
		return "---\n" + n.text + "\n## Scheduled — " + stamp + "\nIt is announced.\n"
	}
	return "posted: " + stamp + "\n---\n" + n.text
}

// replace writes files for some of the occurrences: moved ones, canceled ones, one with
// updates.
func (n *nightly) replace(list []site.Occurrence) {
	for _, o := range list[:min(len(list), 12)] {
		if n.IntN(5) > 0 {
			continue
		}
		start := o.Start.Add(time.Duration(n.IntN(10)-5) * time.Hour)
		file := "---\n" + n.front + "start: " + start.UTC().Format(time.RFC3339) + "\nduration: 40m\n"
		if n.IntN(2) == 0 {
			file += "posted: " + start.Add(-30*time.Hour).UTC().Format(time.RFC3339) + "\n"
		}
		file += "---\nThis night is different.\n"
		switch n.IntN(3) {
		case 0:
			file += "\n## Canceled — " + start.Add(-time.Hour).UTC().Format("2006-01-02 15:04:05Z") + "\nNot tonight.\n"
		case 1:
			file += "\n## In progress — " + start.Add(5*time.Minute).UTC().Format("2006-01-02 15:04:05Z") + "\nA little late.\n"
		}
		n.own["content/maintenance/2026/"+o.Name("weekly")+".md"] = file
	}
	for name, text := range n.own {
		n.folder[name] = textOf(text)
	}
}

// writtenOut is the site in which each occurrence up to an instant is a file.
func (n *nightly) writtenOut(list []site.Occurrence, until time.Time) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, file := range n.folder {
		if name != "content/maintenance/weekly.md" {
			folder[name] = file
		}
	}
	for _, o := range list {
		name := o.Name("weekly") + ".md"
		if n.own["content/maintenance/2026/"+name] != "" || o.Start.After(until) || !o.Start.Add(n.length).After(n.public) {
			continue
		}
		posted := o.Start.Add(-n.announce)
		if n.public.After(posted) {
			posted = n.public
		}
		folder["content/maintenance/"+name] = textOf("---\n" + n.front + "start: " + o.Start.UTC().Format(time.RFC3339) + "\nduration: " +
			site.FormatDuration(n.length) + "\n" + n.publicly(posted) + n.plan)
	}
	return folder
}

// made returns all files of a site but the pictures.
func (n *nightly) made(t *testing.T, folder fstest.MapFS, at time.Time) map[string]string {
	t.Helper()
	result := generator.Build(folder, themes.In(nil), generator.Options{Now: at, Version: "test"})
	if result.Problems.HasErrors() {
		t.Fatal(words(result.Problems), string(folder["content/maintenance/weekly.md"].Data))
	}
	files := map[string]string{}
	for _, f := range result.Files {
		if path.Ext(f.Path) == ".png" {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		files[f.Path] = string(data)
	}
	return files
}

var (
	nextDates = regexp.MustCompile(`(?s)\n?<div id="_dates">.*?</ul></div>|\n?<script [^>]*data-for="_dates".*?</script>|` +
		`\n- Next dates: [^\n]*|<ol id="_new" class="updates"></ol>`)
	buildNames = regexp.MustCompile(`"build": "[^"]*"|data-build="[^"]*"`)
)

// comparable is what must be the same in both sites of a file.
func (n *nightly) comparable(t *testing.T, name, text string) string {
	switch {
	case name == "history.rss", name == "history.atom", strings.HasSuffix(name, "/history.rss"), strings.HasSuffix(name, "/history.atom"):
		return "" // as the JSON feed
	case path.Base(name) == "feed.json":
		return n.withoutTheClock(t, text)
	case path.Base(name) == "maintenance.ics":
		var events []string
		for _, event := range strings.Split(text, "BEGIN:VEVENT")[1:] {
			if strings.Contains(event, "DESCRIPTION") {
				events = append(events, strings.TrimSuffix(event, "END:VCALENDAR\r\n"))
			}
		}
		return strings.Join(events, "")
	case name == "state.json":
		text = clockedUpdates.ReplaceAllString(text, "") // as in feeds
	}
	return buildNames.ReplaceAllString(nextDates.ReplaceAllString(text, ""), "")
}

// clockedUpdates are the updates in state.json with which the clock begins or completes a
// window.
var clockedUpdates = regexp.MustCompile(`\{"id":"[^"]*","at":"[^"]*","status":"(in_progress|completed)","auto":true,"digest":"[^"]*"\},?`)

// withoutTheClock returns the items of a feed without those in which the clock begins or
// completes an occurrence.
func (n *nightly) withoutTheClock(t *testing.T, feed string) string {
	var read struct{ Items []map[string]any }
	if err := json.Unmarshal([]byte(feed), &read); err != nil {
		t.Fatal(err)
	}
	var items []string
	for _, item := range read.Items {
		slug := path.Base(strings.Split(fmt.Sprint(item["url"]), "/#")[0])
		title := fmt.Sprint(item["title"])
		clocked := strings.HasPrefix(title, "In progress:") || strings.HasPrefix(title, "Completed:")
		if n.own["content/maintenance/2026/"+slug+".md"] == "" && clocked {
			continue
		}
		items = append(items, fmt.Sprint(item))
	}
	return strings.Join(items, "\n")
}

func TestASeriesIsWhatItsOccurrencesWrittenOutAre(t *testing.T) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 8
	}
	for seed := range seeds {
		n := randomSeries(t, seed)
		s, problems := generator.Check(n.folder, nil, generator.Options{Now: n.start})
		if problems.HasErrors() {
			t.Fatalf("seed %d: %s", seed, words(problems))
		}
		list := s.Series[0].Times.UpTo(n.start.AddDate(1, 6, 0))
		n.replace(list)
		for range 3 {
			at := n.start.Add(time.Duration(n.IntN(40*24*60)-15*24*60) * time.Minute)
			if n.IntN(3) == 0 && len(list) > 0 { // an instant at which something changes
				at = list[n.IntN(min(len(list), 9))].Start.UTC()
				at = []time.Time{at, at.Add(n.length), at.Add(-n.announce)}[n.IntN(3)]
			}
			n.compare(t, seed, list, at)
		}
	}
}

func (n *nightly) compare(t *testing.T, seed uint64, list []site.Occurrence, at time.Time) {
	t.Helper()
	one, all := n.made(t, n.folder, at), n.made(t, n.writtenOut(list, at.In(n.zone).AddDate(1, 0, 0)), at)
	var names []string
	for name := range one {
		names = append(names, name)
	}
	for name := range all {
		if _, both := one[name]; !both {
			t.Errorf("seed %d at %v: %s is only where each occurrence is a file", seed, at, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		text, both := all[name]
		if !both {
			t.Errorf("seed %d at %v: %s is only in the site with the series", seed, at, name)
			continue
		}
		a, b := n.comparable(t, name, one[name]), n.comparable(t, name, text)
		if path.Base(name) == "feed.json" && strings.Count(text, `"date_published"`) >= 50 {
			a = a[:min(len(a), len(b))] // the feed that has the clock's words has no room for the oldest
		}
		if a != b {
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			from := max(0, i-200)
			t.Fatalf("seed %d at %v: %s differs.\n%s\nseries:\n%s\nfiles:\n%s", seed, at, name,
				n.folder["content/maintenance/weekly.md"].Data, a[from:min(len(a), i+300)], b[from:min(len(b), i+300)])
		}
	}
}
