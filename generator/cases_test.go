package generator_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/themes"
)

// The five reports of the sample site, each with what a reader must find on the
// page at an instant. These tests read the output as a customer does: the words
// of a page, without its markup.

// output is a site, built at one instant.
type output struct {
	*testing.T
	files map[string]func() ([]byte, error)
	warn  []string
}

func sample(t *testing.T, at string) output {
	t.Helper()
	return siteOf(t, os.DirFS("testdata/sample"), at)
}

func siteOf(t *testing.T, folder fs.FS, at string) output {
	t.Helper()
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Clock: now.AddDate(5, 0, 0), Version: "test"})
	o := output{t, map[string]func() ([]byte, error){}, nil}
	for _, p := range result.Problems {
		o.warn = append(o.warn, p.Pos.String()+": "+p.Severity.String()+": "+p.Message)
	}
	for _, f := range result.Files {
		o.files[f.Path] = f.Bytes
	}
	if len(o.files) == 0 {
		t.Fatalf("nothing was built: %s", strings.Join(o.warn, "\n"))
	}
	return o
}

func (o output) bytes(path string) []byte {
	o.Helper()
	read := o.files[path]
	if read == nil {
		o.Fatalf("%s was not built", path)
	}
	data, err := read()
	if err != nil {
		o.Fatal(err)
	}
	return data
}

// words are what a page says, without markup, script, style and the inert
// templates of its coming states, in single spaces.
func (o output) words(path string) string {
	o.Helper()
	root, err := html.Parse(bytes.NewReader(o.bytes(path)))
	if err != nil {
		o.Fatal(err)
	}
	var text strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "template" || n.Data == "head") {
			return
		}
		if n.Type == html.TextNode {
			text.WriteString(n.Data + " ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	joined := strings.Join(strings.Fields(text.String()), " ")
	return strings.NewReplacer(" ,", ",", " .", ".", " :", ":").Replace(joined)
}

// shows asserts that a page says each of some phrases.
func (o output) shows(path string, phrases ...string) {
	o.Helper()
	words := o.words(path)
	for _, phrase := range phrases {
		if !strings.Contains(words, phrase) {
			o.Errorf("%s does not say %q; it says\n%s", path, phrase, words)
		}
	}
}

// hides asserts that a page says none of some phrases.
func (o output) hides(path string, phrases ...string) {
	o.Helper()
	words := o.words(path)
	for _, phrase := range phrases {
		if strings.Contains(words, phrase) {
			o.Errorf("%s says %q", path, phrase)
		}
	}
}

const (
	case1 = "incidents/2025-07-10-api-503/index.html"
	case2 = "incidents/2024-04-11-us-disruptions/index.html"
	case3 = "incidents/2025-07-25-api-and-front-end/index.html"
	case4 = "incidents/2025-01-22-all-services/index.html"
	case5 = "maintenance/2025-08-01-platform-upgrade/index.html"
)

func TestCase1AReportPostedTwoWeeksLater(t *testing.T) {
	o := sample(t, "2025-08-15T00:00:00Z")
	o.shows(case1,
		"Resolved", "Posted 14 days after it ended",
		"6 d 1 h 36 min", "counts as 3 h 12 min",
		"United States and Europe: 3 h 12 min (192 minutes) partial outage", "Asia Pacific: not affected",
		"Alert on the health of pods")
	if !strings.Contains(string(o.bytes(case1)), "<li>Alert on restarts") {
		t.Error("the follow-ups are no list")
	}
	if len(o.warn) != 1 || !strings.Contains(o.warn[0], `"Investigating" does not reopen it`) {
		t.Errorf("check says %q, want the contradiction alone", o.warn)
	}
	if api := o.json("api/v2/incidents.json"); !strings.Contains(api,
		`"name":"Intermittent 503 answers from the public API","status":"postmortem"`) {
		t.Error("the API does not say that the incident is over")
	}
	// Before it was told, nobody had written a word of it.
	early := sample(t, "2025-07-30T07:51:59Z")
	early.hides(case1, "hotfix", "Posted")
}

func TestCase2TwoDatesAndTwoKindsOfImpact(t *testing.T) {
	o := sample(t, "2024-05-01T00:00:00Z")
	o.shows(case2,
		"United States: 59 minutes down, 62 minutes degraded", "Europe and Asia Pacific: not affected",
		"Author: Head of Infrastructure", "What we have done already", "What we will do", "its feed tells you")
	o.shows("components/public-api/index.html", "Thu 11 April: Major outage 20 min, Degraded 1 h 2 min",
		"Tue 16 April: Major outage 20 min; Tue 16 April: Major outage, 19 min in all")
}

func TestCase3OverlappingParts(t *testing.T) {
	o := sample(t, "2025-08-15T00:00:00Z")
	o.shows(case3,
		"06:32 – 08:20 UTC, 1 h 48 min", "Web application, total 1 h 17 min 77 minutes",
		"on one route. 06:32 – 07:04 32 min",   // the API
		"replayed later. 06:32 – 07:04 32 min", // email
		"Web application: Major outage → Degraded",
		"75 %", "24.4 %", "0.6 %")
	if page := string(o.bytes(case3)); !strings.Contains(page, "<table") || strings.Count(page, "<ul>") < 3 {
		t.Error("the table or the nested lists are lost")
	}
	sample(t, "2025-07-25T07:03:30Z").shows("status.txt", "Web application Major outage", "Public API Partial outage",
		"Email pipeline Partial outage")
	later := sample(t, "2025-07-25T07:10:00Z")
	later.shows("status.txt", "Web application Major outage", "Public API Operational", "Email pipeline Operational")
	sample(t, "2025-07-25T07:50:00Z").shows("status.txt", "Web application Degraded", "Public API Operational")
}

func TestCase4AllServicesDown(t *testing.T) {
	o := sample(t, "2025-01-22T10:50:00Z")
	if status := o.json("api/v2/status.json"); !strings.Contains(status, `"indicator":"critical","description":"Major System Outage"`) {
		t.Errorf("at that instant the API says %s", status)
	}
	after := sample(t, "2025-02-01T00:00:00Z")
	words := after.words(case4)
	if n := strings.Count(words, "Major outage No service could be reached, in any region. 10:26 – 11:26 1 h"); n != 12 {
		t.Errorf("%d components with an hour of major outage, want the 12 that were in service", n)
	}
	after.shows(case4, "Total: 60 minutes down", "Effects", "Who was affected", "What happened", "Detection and fix", "Aftermath", "Plans",
		"Final thoughts")
}

func TestCase5AMaintenanceHalfWay(t *testing.T) {
	o := sample(t, "2025-08-01T02:20:00Z")
	for _, page := range []string{case5, "503.html"} {
		o.shows(page,
			"20 min of 1 h 30 min", "on schedule", "8 of 12 services healthy", "3 of 7 steps done",
			"Expected back UTC",
			"Web application Offline Visitors see the maintenance page. United States and Europe 02:32",
			"Public API Offline The API gateway answers 503 with Retry-After. United States and Europe 02:38",
			"Authentication Restarting SSO and OAuth; sessions that exist stay valid. Global 02:24",
			"Static delivery Operational", "Search index Operational",
			"Email pipeline Queued Accepts messages and sends them afterwards. Global 02:26",
			"Outbound webhooks Offline Outbound v3; events are kept and delivered in order. Europe 02:42",
			"Object storage Operational", "Internal admin Operational",
			"Analytics Queued Figures are collected and counted later. Europe 02:30",
			"Background jobs Queued Imports and scheduled sends wait their turn. Global 02:34", "Notifications Operational",
			"Schema changes 3 of 7 done. In progress", "Final checks Error rates, p99 below 800 ms, no zombie connections. Pending")
		if page := string(o.bytes(page)); strings.Count(page, "Pending") < 3 || strings.Count(page, `<time datetime="2025-08-01T02:`) < 7 {
			t.Error("steps or countdowns are missing")
		}
	}
	o.shows("503.html", "Read-only mode, most data reachable.")
	page := string(o.bytes("503.html"))
	for _, outside := range []string{"<link rel=\"stylesheet\"", "<script src", "<img src=\"http"} {
		if strings.Contains(page, outside) {
			t.Errorf("503.html needs another file: %s", outside)
		}
	}
	if next := sample(t, "2026-11-22T00:00:00Z"); !strings.Contains(next.words("index.html"), "2027") {
		t.Error("no maintenance is announced on the home page")
	}
}

// json is a file without the white space between its parts.
func (o output) json(path string) string {
	o.Helper()
	var flat bytes.Buffer
	if err := json.Compact(&flat, o.bytes(path)); err != nil {
		o.Fatalf("%s: %v", path, err)
	}
	return flat.String()
}

// One second before the maintenance and at its start, only what speaks of the
// state differs.
func TestABuildOneSecondLaterDiffersJustWhereItShould(t *testing.T) {
	before, after := sample(t, "2027-02-13T00:59:59Z"), sample(t, "2027-02-13T01:00:00Z")
	before.hides("index.html", "In progress")
	for _, path := range []string{case1, case2, case3, case4, case5} {
		if a, b := before.words(path), after.words(path); a != b && undated(a) != undated(b) {
			t.Errorf("%s differs:\n%s\n%s", path, a, b)
		}
	}
	for _, path := range []string{"index.html", "503.html", "status.txt", "state.json", "build.json", "api/v2/summary.json",
		"history.rss"} {
		if bytes.Equal(before.bytes(path), after.bytes(path)) {
			t.Errorf("%s is the same before and after a maintenance starts", path)
		}
	}
	for _, path := range []string{"robots.txt", "embed.js", "components/storage/history.rss"} {
		if !bytes.Equal(before.bytes(path), after.bytes(path)) {
			t.Errorf("%s differs", path)
		}
	}
}

// undated drops the instant of the build, which every page names.
func undated(text string) string {
	return strings.NewReplacer("00:59:59", "", "01:00:00", "", "00:59", "", "01:00", "").Replace(text)
}

func TestTheSameInstantGivesTheSameBytes(t *testing.T) {
	first, second := sample(t, "2026-11-22T00:00:00Z"), sample(t, "2026-11-22T00:00:00Z")
	if len(first.files) != len(second.files) {
		t.Fatalf("%d files and %d files", len(first.files), len(second.files))
	}
	for path := range first.files {
		if !bytes.Equal(first.bytes(path), second.bytes(path)) {
			t.Errorf("%s differs between two builds of one instant", path)
		}
		if !bytes.Equal(first.bytes(path), first.bytes(path)) {
			t.Errorf("%s differs when it is asked for twice", path)
		}
	}
}
