package importer_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"allclear/generator/importer"
	"allclear/generator/site"
	"allclear/generator/source"
)

var (
	frontKey  = regexp.MustCompile(`(?m)^([A-Za-z]+):[ \t]*"?([^"#\n]*?)"?[ \t]*(?:#.*)?$`)
	fullTime  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?$`)
	plainWord = regexp.MustCompile(`\p{L}{5,}`)
)

// TestIssuesOfCStateKeepTheirSpansSeveritiesAndWords compares the issues of cState with the
// entries made of them: when they began and ended, how bad they were, and the words of
// their texts. It also does so for a corpus, if ALLCLEAR_CORPUS is set.
func TestIssuesOfCStateKeepTheirSpansSeveritiesAndWords(t *testing.T) {
	folders := []string{"testdata/cstate"}
	if corpus := os.Getenv("ALLCLEAR_CORPUS"); corpus != "" {
		more, _ := filepath.Glob(filepath.Join(corpus, "cstate", "*"))
		folders = append(folders, more...)
	}
	compared := 0
	for _, folder := range folders {
		src, err := importer.Read("cstate", os.DirFS(folder), importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
		written := importer.NewOverlay(nil, plan.Files)
		s, _ := source.Read(written, source.Options{Drafts: true})
		for _, r := range plan.Results {
			for i := range s.Entries {
				if e := &s.Entries[i]; e.Pos.File == r.Path && e.Kind == site.Incident {
					compared += compareIssue(t, &s, e, written, filepath.Join(folder, r.Source.File))
				}
			}
		}
	}
	if compared < 5 {
		t.Errorf("only %d issues were compared", compared)
	}
	t.Logf("%d issues compared", compared)
}

// later is when all issues of the fixtures and of a corpus have begun.
var later = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

// compareIssue compares an entry with the issue it was made of. It skips what the issue
// says in a form that this test does not read.
func compareIssue(t *testing.T, s *site.Site, e *site.Entry, written fs.FS, file string) int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), "---\n")
	front, body, found := strings.Cut(rest, "\n---")
	if !found {
		return 0 // TOML
	}
	keys := map[string]string{}
	for _, m := range frontKey.FindAllStringSubmatch(front, -1) {
		keys[strings.ToLower(m[1])] = strings.TrimSpace(m[2])
	}
	began, ok := instantOf(keys["date"], s.Zone)
	first := began
	if len(e.Updates) > 0 && e.Updates[0].Time.Before(first) {
		first = e.Updates[0].Time
	}
	if ok && e.Begin().Sub(first).Abs() >= time.Minute {
		t.Errorf("%s began at %s, and %s has %s", file, began, e.Pos.File, e.Begin())
	}
	isOpen := keys["resolved"] == "false"
	if got := e.Open(later); got != isOpen {
		t.Errorf("%s: open is %v, and was %v", file, got, isOpen)
	}
	if end, ended := instantOf(keys["resolvedwhen"], s.Zone); ended && ok && !isOpen && end.After(began) {
		if got := e.Interval(later).End; got.Sub(end).Abs() >= time.Minute {
			t.Errorf("%s ended at %s, and %s at %s", file, end, e.Pos.File, got)
		}
	}
	want := map[string]site.Severity{"down": site.Critical, "disrupted": site.Major}[strings.ToLower(keys["severity"])]
	if want == site.SeverityUnset {
		want = site.None
	}
	if got := s.SeverityAt(e, later); !isOpen && got != want && e.Severity != want {
		t.Errorf("%s is %s, and was %s", file, got, keys["severity"])
	}
	compareWords(t, written, e, file, body)
	return 1
}

// instantOf reads a time in full.
func instantOf(text string, zone *time.Location) (time.Time, bool) {
	if !fullTime.MatchString(text) {
		return time.Time{}, false
	}
	text = strings.Replace(text, " ", "T", 1)
	if len(text) == len("2006-01-02T15:04:05") {
		at, err := time.ParseInLocation("2006-01-02T15:04:05", text, zone)
		return at, err == nil
	}
	at, err := time.Parse(time.RFC3339, text)
	return at, err == nil
}

// compareWords wants every longer word of an issue's text in the file, but for comments,
// shortcodes, addresses of pictures and links, and HTML.
func compareWords(t *testing.T, written fs.FS, e *site.Entry, file, body string) {
	t.Helper()
	data, err := fs.ReadFile(written, e.Pos.File)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{`(?s)<!--.*?-->`, `\{\{.*?\}\}`, `\]\([^)]*\)`, `</?[a-zA-Z][^>]*>`} {
		body = regexp.MustCompile(out).ReplaceAllString(body, " ")
	}
	text := string(data)
	for _, word := range plainWord.FindAllString(body, -1) {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			t.Errorf("%s: %q of %s is not there", e.Pos.File, word, path.Base(file))
			return
		}
	}
}
