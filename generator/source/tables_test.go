package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// Every row of the tables of docs/format.md: what stands in the first column is
// written into a file, and what the others say must come out of it.

// reads is a site of some files, given by their paths below content/, read in
// Berlin's time, and what is wrong with it.
func reads(files map[string]string) (site.Site, string) {
	folder := fstest.MapFS{
		"content/site.yml": {Data: []byte("title: Example\ntimezone: Europe/Berlin\nurl: https://status.example.org\n")},
		"content/components.yml": {Data: []byte("regions: [{id: us}, {id: eu}]\ncomponents:\n  - {id: api, name: API, regions: [us, " +
			"eu]}\n  - {id: web, name: Website}\n")},
		"content/static/logo.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
	}
	for name, text := range files {
		folder["content/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, problems := source.Read(folder, source.Options{Drafts: true})
	problems = append(problems, s.Check(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))...)
	var wrong []string
	for _, p := range problems {
		if p.Severity == diag.Error || p.Rule == "ignored-file" { // other warnings are of what is odd, not of the format
			wrong = append(wrong, p.Pos.String()+": "+p.Message)
		}
	}
	return s, strings.Join(wrong, "\n")
}

// spaced are some values with spaces between them.
func spaced(values ...any) string { return strings.TrimSuffix(fmt.Sprintln(values...), "\n") }

// incident is the only entry of a site that has one incident.
func incident(t *testing.T, front, body string) site.Entry {
	t.Helper()
	return only(t, "incidents/x.md", front, body)
}

func only(t *testing.T, name, front, body string) site.Entry {
	t.Helper()
	s, wrong := reads(map[string]string{name: "---\ntitle: X\n" + front + "---\n" + body})
	if len(s.Entries) != 1 {
		t.Fatalf("%s%s\nit has %d entries: %s", front, body, len(s.Entries), wrong)
	}
	if wrong != "" {
		t.Errorf("%s%s\nit has mistakes: %s", front, body, wrong)
	}
	return s.Entries[0]
}

// spellings are ways to write a word that mean the same.
func spellings(word string) []string {
	return []string{word, strings.ToUpper(word), strings.ToUpper(word[:1]) + word[1:], strings.ReplaceAll(word, "_", "-"),
		strings.ReplaceAll(word, "_", " "), strings.ReplaceAll(word, "_", ""), `" ` + word + ` "`}
}

func TestEveryStatusAndAlias(t *testing.T) {
	var offered []string
	for _, row := range []struct {
		canonical, aliases string
		status             site.Status
		severity           string
	}{
		{"operational", "ok up", site.Operational, "none"},
		{"under_maintenance", "maintenance", site.UnderMaintenance, "maintenance"},
		{"degraded_performance", "degraded", site.DegradedPerformance, "minor"},
		{"partial_outage", "partial", site.PartialOutage, "major"},
		{"major_outage", "major outage down offline", site.MajorOutage, "critical"},
	} {
		for _, word := range append([]string{row.canonical}, strings.Fields(row.aliases)...) {
			offered = append(offered, word)
			for _, spelled := range spellings(word) {
				e := incident(t, "components: [web]\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\nstatus: "+spelled+"\n", "")
				if len(e.Impacts) != 1 || e.Impacts[0].Status != row.status {
					t.Errorf("%s is read as %v, want %s", spelled, e.Impacts, row.status)
				}
			}
		}
		if row.status.String() != row.canonical || row.status.Severity().String() != row.severity {
			t.Errorf("%s is called %s and makes an incident %s", row.canonical, row.status, row.status.Severity())
		}
	}
	slices.Sort(offered)
	if known := slices.Sorted(slices.Values(site.StatusWords())); !slices.Equal(known, offered) {
		t.Errorf("hints offer %q, the table has %q", known, offered)
	}
	for _, word := range []string{"broken", "ups", "critical", "minor", "none", "unknown"} {
		if _, wrong := reads(map[string]string{"incidents/x.md": "---\ntitle: X\ncomponents: [web]\nstatus: " + word +
			"\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\n"}); !strings.Contains(wrong, "unknown status") {
			t.Errorf("%s is no status, but: %s", word, wrong)
		}
	}
}

func TestEverySeverity(t *testing.T) {
	at := time.Date(2025, 7, 25, 4, 30, 0, 0, time.UTC)
	for word, want := range map[string]site.Severity{"none": site.None, "minor": site.Minor, "major": site.Major,
		"critical": site.Critical} {
		for _, spelled := range spellings(word) {
			e := incident(t, "severity: "+spelled+"\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n", "Text.\n")
			var s site.Site
			if e.Severity != want || s.SeverityAt(&e, at).String() != word || e.Notice() != (word == "none") {
				t.Errorf("%s is read as %s", spelled, e.Severity)
			}
		}
	}
	for _, word := range []string{"maintenance", "partial_outage", "high"} {
		if _, wrong := reads(map[string]string{"incidents/x.md": "---\ntitle: X\nseverity: " + word + "\nstart: 2025-07-25 06:00\n" +
			"end: 2025-07-25 07:00\n---\n"}); !strings.Contains(wrong, "unknown severity") {
			t.Errorf("%s is no severity, but: %s", word, wrong)
		}
	}
}

func TestEveryFormOfATime(t *testing.T) {
	for written, want := range map[string]string{
		"2025-07-25 06:40":               "2025-07-25T04:40:00Z",
		"2025-07-25 06:40:30":            "2025-07-25T04:40:30Z",
		"2025-07-25 06:40 UTC":           "2025-07-25T06:40:00Z",
		"2025-07-25 06:40 utc":           "2025-07-25T06:40:00Z",
		"2025-07-25 06:40 Z":             "2025-07-25T06:40:00Z",
		"2025-07-25 06:40Z":              "2025-07-25T06:40:00Z",
		"2025-07-25 06:40:30 UTC":        "2025-07-25T06:40:30Z",
		"2025-07-25 06:40 +02:00":        "2025-07-25T04:40:00Z",
		"2025-07-25 06:40 +0200":         "2025-07-25T04:40:00Z",
		"2025-07-25 06:40 +02":           "2025-07-25T04:40:00Z",
		"2025-07-25 06:40 -0400":         "2025-07-25T10:40:00Z",
		"2025-07-25 06:40-04:00":         "2025-07-25T10:40:00Z",
		"2025-07-25 06:40 +00:00":        "2025-07-25T06:40:00Z",
		"2025-07-25 06:40 +05:45":        "2025-07-25T00:55:00Z",
		"2025-07-25 06:40 +14:00":        "2025-07-24T16:40:00Z", // Kiritimati
		"2025-07-25 06:40 +15:00":        "2025-07-24T15:40:00Z", // daylight saving time there, should it ever come
		"2025-07-25 06:40 +16":           "2025-07-24T14:40:00Z",
		"2025-07-25 06:40 +1700":         "2025-07-24T13:40:00Z",
		"2025-07-25 06:40 +18:00":        "2025-07-24T12:40:00Z",
		"2025-07-25 06:40 -18:00":        "2025-07-26T00:40:00Z",
		"2025-07-25 06:40 +00:59":        "2025-07-25T05:41:00Z",
		"2025-07-25T06:40:00+02:00":      "2025-07-25T04:40:00Z",
		"2025-07-25T06:40:00Z":           "2025-07-25T06:40:00Z",
		"2025-07-25T06:40:00.5Z":         "2025-07-25T06:40:00Z",
		"2025-10-26 02:30 +02:00":        "2025-10-26T00:30:00Z", // the hour that comes twice
		"2025-10-26 02:30 +01:00":        "2025-10-26T01:30:00Z",
		"2000-01-01 00:00":               "1999-12-31T23:00:00Z",
		"2024-02-29 23:59:59":            "2024-02-29T22:59:59Z",
		"\"2025-07-25 06:40\"":           "2025-07-25T04:40:00Z",
		"2025-07-25 06:40 # as we think": "2025-07-25T04:40:00Z",
	} {
		s, wrong := reads(map[string]string{"incidents/x.md": "---\ntitle: X\nseverity: none\nstart: " + written +
			"\nend: 2025-12-31 00:00\n---\nText.\n"})
		if len(s.Entries) != 1 || s.Entries[0].Start.UTC().Format(time.RFC3339) != want || wrong != "" {
			t.Errorf("%s is read as %v, want %s: %s", written, s.Entries, want, wrong)
		}
	}
	for _, written := range []string{
		"2025-07-25 06:40 CST", "2025-07-25 06:40 CET", "2025-07-25 06:40 EST", "2025-07-25 06:40 GMT", "2025-07-25 06:40 Europe/Berlin",
		"2025-07-25 06:40 +19:00", "2025-07-25 06:40 +02:60", "2025-07-25 06:40 +2", "2025-07-25 06:40 +020",
		"2025-03-30 02:30", "2025-10-26 02:30", "2025-02-29 06:40", "2025-13-01 06:40", "2025-07-25 24:00", "2025-07-25 06:60",
		"2025-07-25 06:40:60",
		"2025-07-25", "06:40", "25.07.2025 06:40", "1969-12-31 00:00", "2201-01-01 00:00", "2025-07-25 6:40",
	} {
		if _, wrong := reads(map[string]string{"incidents/x.md": "---\ntitle: X\nseverity: none\nstart: \"" + written +
			"\"\nend: 2025-12-31 00:00\n---\nText.\n"}); wrong == "" {
			t.Errorf("%s is read as a time", written)
		}
	}
}

func TestEveryFormOfALength(t *testing.T) {
	for written, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "1h30m": 90 * time.Minute, "2d": 48 * time.Hour, "1d12h": 36 * time.Hour, "45s": 45 * time.Second,
		"1h": time.Hour, "1.5h": 90 * time.Minute, "1d1h1m1s": 25*time.Hour + time.Minute + time.Second, "3660d": 3660 * 24 * time.Hour,
	} {
		e := only(t, "maintenance/x.md", "posted: 2025-01-01 00:00\nstart: 2025-07-25 06:00 UTC\nduration: "+written+"\n", "")
		if got := e.End.Sub(e.Start.Time); got != want {
			t.Errorf("%s is read as %s, want %s", written, got, want)
		}
	}
	for _, written := range []string{"90", "0m", "-1h", "1w", "1h-30m", "2 days", "1d-1h", "+1d", "0.5s", "3661d", "1dd", "d", `""`} {
		if _, wrong := reads(map[string]string{"maintenance/x.md": "---\ntitle: X\nposted: 2025-01-01 00:00\n" +
			"start: 2025-07-25 06:00 UTC\nduration: " + written + "\n---\n"}); wrong == "" {
			t.Errorf("%s is read as a length", written)
		}
	}
}

func TestEveryUpdateWordAndSeparator(t *testing.T) {
	for name, words := range map[string]map[string]site.UpdateStatus{
		"incidents/x.md": {"Investigating": site.Investigating, "Identified": site.Identified, "Monitoring": site.Monitoring,
			"Update": site.Note, "Resolved": site.Resolved},
		"maintenance/x.md": {"Scheduled": site.Scheduled, "In progress": site.InProgress, "Verifying": site.Verifying, "Update": site.Note,
			"Completed": site.Completed, "Canceled": site.Canceled},
	} {
		front := map[string]string{
			"incidents/x.md":   "components: [web]\nstatus: down\nstart: 2025-07-25 06:00\n",
			"maintenance/x.md": "components: [web]\nposted: 2025-07-01 00:00\nstart: 2025-07-25 06:00\nend: 2025-07-25 08:00\n",
		}[name]
		for word, want := range words {
			for _, spelled := range []string{word, strings.ToLower(word), strings.ToUpper(word), strings.ReplaceAll(word, " ", "-"),
				strings.ReplaceAll(word, " ", "_")} {
				for _, between := range []string{" — ", " – ", " - ", " · ", " | ", " @ ", " : ", ": ", "  —  "} {
					heading := "## " + spelled + between + "2025-07-25 06:30"
					s, _ := reads(map[string]string{name: "---\ntitle: X\n" + front + "---\nSummary.\n\n" + heading + "\nText.\n"})
					if len(s.Entries) != 1 || len(s.Entries[0].Updates) != 1 {
						t.Fatalf("%s: %q is no update", name, heading)
					}
					if u := s.Entries[0].Updates[0]; u.Status != want || !u.Time.Equal(time.Date(2025, 7, 25, 4, 30, 0, 0, time.UTC)) ||
						u.Body.Text != "Text." {
						t.Errorf("%s: %q is read as %s at %s: %q", name, heading, u.Status, u.Time, u.Body.Text)
					}
				}
			}
			other := map[string]string{"incidents/x.md": "maintenance/x.md", "maintenance/x.md": "incidents/x.md"}[name]
			if want != site.Note {
				if _, wrong := reads(map[string]string{other: "---\ntitle: X\nstart: 2025-07-25 06:00\nend: 2025-07-25 08:00\n---\n## " +
					word + " — 2025-07-25 06:30\nText.\n"}); !strings.Contains(wrong, "is not an update word for") {
					t.Errorf("%s is an update of %s: %s", word, other, wrong)
				}
			}
		}
	}
}

func TestEveryHeadingOfAReport(t *testing.T) {
	const updates = "## Investigating — 2025-07-25 06:10\na\n\n## Resolved — 2025-07-25 07:00\nb\n\n"
	front := "components: [web]\nstatus: down\nstart: 2025-07-25 06:00\n"
	for _, word := range []string{"Postmortem", "Write-up", "Incident report", "Root cause analysis", "RCA", "Retrospective",
		"Post-incident review", "postmortem", "INCIDENT REPORT"} {
		e := incident(t, front, updates+"## "+word+"\nIt was a change.\n\n## Timeline\nc\n")
		if e.Report == nil || !e.Report.Time.IsZero() || e.Report.Whole || !strings.HasPrefix(e.Report.Body.Text, "It was a change.") ||
			len(e.Report.Body.Headings) != 1 {
			t.Errorf("## %s after the updates opens no report: %+v", word, e.Report)
		}
		e = incident(t, front, updates+"## "+word+" — 2025-07-28 10:00\nIt was a change.\n")
		if e.Report == nil || !e.Report.Time.Equal(time.Date(2025, 7, 28, 8, 0, 0, 0, time.UTC)) {
			t.Errorf("## %s — TIME opens no report of that time: %+v", word, e.Report)
		}
	}
	for _, section := range []string{"Root cause analysis", "RCA", "Retrospective", "Post-incident review"} {
		e := incident(t, front+"end: 2025-07-25 07:00\n", "It was a change.\n\n## "+section+"\nMore.\n")
		if e.Report == nil || !e.Report.Whole || len(e.Report.Body.Headings) != 1 {
			t.Errorf("## %s in a body without updates is no section of the report: %+v", section, e.Report)
		}
	}
	whole := incident(t, front+"end: 2025-07-25 07:00\n", "The whole body.\n")
	if whole.Report == nil || !whole.Report.Whole || !whole.Summary.Empty() {
		t.Errorf("a body without an update heading is no report: %+v", whole)
	}
	ordinary := incident(t, front, "## Monitoring improvements\nText.\n\n"+updates)
	if len(ordinary.Updates) != 2 || !strings.Contains(ordinary.Summary.Text, "Text.") {
		t.Errorf("an ordinary heading is not one of the summary: %+v", ordinary)
	}
}

// Newest first or oldest first: a file may be written either way.
func TestUpdatesAreReadInEitherOrder(t *testing.T) {
	front := "components: [web]\nstatus: down\nstart: 2025-07-25 06:00\n"
	parts := []string{"## Investigating — 2025-07-25 06:10\na\n\n", "## Identified — 2025-07-25 06:20\nb\n\n",
		"## Monitoring — 2025-07-25 06:20\nc\n\n", "## Resolved — 2025-07-25 07:00\nd\n\n"}
	oldest := strings.Join(parts, "")
	slices.Reverse(parts)
	for name, body := range map[string]string{"oldest first": oldest, "newest first": strings.Join(parts, "")} {
		said := ""
		for _, u := range incident(t, front, body).Updates {
			said += u.Body.Text
		}
		if said != "abcd" {
			t.Errorf("%s: the updates are read as %s", name, said)
		}
	}
}
