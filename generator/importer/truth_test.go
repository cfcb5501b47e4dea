package importer_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/importer"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/generator/yaml"
)

// truth is what a tool's files say of one entry, read without the importer. A zero time is
// one that they do not say.
type truth struct {
	title      string
	begin, end time.Time
	open       bool
	severity   site.Severity // SeverityUnset if the tool has none
	texts      []string
}

// truths read the entries of each tool, as its documentation says what the keys mean.
var truths = map[string]func(t *testing.T, files fs.FS) []truth{
	"upptime": upptimeTruths, "stactus": stactusTruths, "statusfy": statusfyTruths, "incident-io": incidentIOTruths,
	"betterstack": betterStackTruths, "instatus": instatusTruths, "cachet": cachetTruths, "gatus": gatusTruths,
}

// TestOtherToolsKeepTheirSpansSeveritiesAndTexts compares each entry of the fixtures with
// what was made of it, and each of a corpus, if ALLCLEAR_CORPUS is set.
func TestOtherToolsKeepTheirSpansSeveritiesAndTexts(t *testing.T) {
	corpus := os.Getenv("ALLCLEAR_CORPUS")
	for tool, read := range truths {
		folders := map[string]fs.FS{"testdata/" + tool: os.DirFS("testdata/" + tool)}
		if corpus != "" {
			found, _ := filepath.Glob(filepath.Join(corpus, tool, "*"))
			for _, folder := range found {
				for name, files := range corpusSites(t, tool, folder) {
					folders[name] = files
				}
			}
		}
		compared := 0
		for name, files := range folders {
			src, err := importer.Read(tool, files, importer.Options{Now: importedAt})
			if err != nil {
				t.Fatal(err)
			}
			plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
			written := importer.NewOverlay(nil, plan.Files)
			s, _ := source.Read(written, source.Options{Drafts: true})
			for _, want := range read(t, files) {
				compareTruth(t, &s, written, name, want)
				compared++
			}
		}
		if compared < 2 {
			t.Errorf("%s: only %d entries were compared", tool, compared)
		}
		t.Logf("%s: %d entries compared", tool, compared)
	}
}

// compareTruth compares an entry with the one of the same title and start.
func compareTruth(t *testing.T, s *site.Site, written fs.FS, name string, want truth) {
	t.Helper()
	near := func(a, b time.Time) bool { return a.Sub(b).Abs() < time.Minute }
	at := slices.IndexFunc(s.Entries, func(e site.Entry) bool {
		return e.Title.In("") == want.title && near(e.Begin(), want.begin)
	})
	if at < 0 {
		t.Errorf("%s: no entry %q begins at %s", name, want.title, want.begin)
		return
	}
	e := &s.Entries[at]
	if got := e.Open(later); got != want.open {
		t.Errorf("%s: %q: open is %v, and was %v", name, want.title, got, want.open)
	}
	if got := e.Interval(later).End; !want.end.IsZero() && !near(got, want.end) {
		t.Errorf("%s: %q ends at %s, and ended at %s", name, want.title, got, want.end)
	}
	if got := s.SeverityAt(e, later); want.severity != site.SeverityUnset && got != want.severity && e.Severity != want.severity {
		t.Errorf("%s: %q is %s, and was %s", name, want.title, got, want.severity)
	}
	data, err := fs.ReadFile(written, e.Pos.File)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range want.texts {
		for _, word := range plainWord.FindAllString(text, -1) {
			if !strings.Contains(string(data), word) {
				t.Errorf("%s: %q has lost %q of %q", name, want.title, word, text)
				break
			}
		}
	}
}

// readJSON reads a file into a value.
func readJSON(t *testing.T, files fs.FS, name string, into any) {
	t.Helper()
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// readYAML decodes each document of a text.
func readYAML[V any](t *testing.T, data []byte) (all []V) {
	t.Helper()
	for dec := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var value V
		err := dec.Decode(&value)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, value)
	}
}

// instant reads a time without a zone as UTC, as all tools of this test do.
func instant(text string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateTime, "2006-01-02 15:04", "2006/01/02 15:04", "2006/01/02 15:04:05"} {
		if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return at
		}
	}
	return time.Time{}
}

func upptimeTruths(t *testing.T, files fs.FS) (all []truth) {
	type comment struct{ Body string }
	type issue struct {
		Title, Body string
		CreatedAt   time.Time  `json:"createdAt"`
		ClosedAt    *time.Time `json:"closedAt"`
		Created     time.Time  `json:"created_at"`
		Closed      *time.Time `json:"closed_at"`
		Labels      []any
		Comments    []comment
	}
	var issues []issue
	readJSON(t, files, "issues.json", &issues)
	var generated struct{ Incidents []issue }
	readJSON(t, files, "api/incidents.json", &generated)
	for _, i := range append(issues, generated.Incidents...) {
		labels, _ := json.Marshal(i.Labels)
		if !strings.Contains(string(labels), `"status"`) {
			continue
		}
		if i.CreatedAt.IsZero() {
			i.CreatedAt, i.ClosedAt = i.Created, i.Closed
		}
		w := truth{title: strings.TrimLeft(i.Title, "🛑⚠️ "), begin: i.CreatedAt, open: i.ClosedAt == nil, severity: site.Minor}
		if strings.Contains(i.Title, "is down") {
			w.severity = site.Critical
		}
		if i.ClosedAt != nil {
			w.end = *i.ClosedAt
		}
		for _, c := range i.Comments {
			w.texts = append(w.texts, strings.TrimPrefix(strings.Split(c.Body, " in [`")[0], "**Resolved:**"))
		}
		all = append(all, w)
	}
	return all
}

func stactusTruths(t *testing.T, files fs.FS) (all []truth) {
	type incident struct {
		Version, Name, Impact string
		Timeline              []struct {
			TS, Description string
			Resolved        bool
		}
	}
	names, _ := fs.Glob(files, "incidents/*.yaml")
	for _, name := range names {
		data, _ := fs.ReadFile(files, name)
		for _, i := range readYAML[incident](t, data) {
			if len(i.Timeline) == 0 || !strings.HasPrefix(i.Version, "incident/") {
				continue
			}
			w := truth{title: strings.Join(strings.Fields(i.Name), " "), open: true, severity: map[string]site.Severity{"none": site.None,
				"minor": site.Minor, "major": site.Major, "critical": site.Critical}[i.Impact]}
			var absolute []time.Time
			for _, u := range i.Timeline {
				at := instant(u.TS)
				if !at.IsZero() {
					absolute = append(absolute, at)
				}
				if w.texts = append(w.texts, u.Description); u.TS == "sometime" {
					w.texts = w.texts[:len(w.texts)-1]
				}
				if u.Resolved {
					w.open, w.end = false, at
				}
			}
			slices.SortFunc(absolute, time.Time.Compare)
			if len(absolute) == 0 || w.end.Equal(absolute[0]) {
				continue // resolved at once, so its start is a guess
			}
			w.begin = absolute[0]
			all = append(all, w)
		}
	}
	return all
}

func statusfyTruths(t *testing.T, files fs.FS) (all []truth) {
	names, _ := fs.Glob(files, "content/*.md")
	for _, name := range names {
		data, _ := fs.ReadFile(files, name)
		opening, rest, _ := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		front, body, found := strings.Cut(rest, "\n---")
		if !found || opening == "---toml" {
			continue
		}
		for _, keys := range readYAML[struct { // JSON is YAML, too
			Title, Severity string
			Date            string
			Resolved        bool
		}](t, []byte(front)) {
			severity := map[string]site.Severity{"major-outage": site.Critical, "partial-outage": site.Major,
				"degraded-performance": site.Minor}[keys.Severity]
			if severity == site.SeverityUnset || path.Base(name) == "README.md" {
				continue
			}
			w := truth{title: strings.Join(strings.Fields(keys.Title), " "), begin: instant(keys.Date), open: !keys.Resolved,
				severity: severity}
			for line := range strings.Lines(body) {
				if _, ends, ok := strings.Cut(line, "::: update Resolved |"); ok {
					w.end = instant(ends)
				}
				if !strings.Contains(line, "<!--") && !strings.HasPrefix(line, ":::") && !strings.Contains(line, "http") {
					w.texts = append(w.texts, line)
				}
			}
			w.open = w.open && w.end.IsZero()
			all = append(all, w)
		}
	}
	return all
}
