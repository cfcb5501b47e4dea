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

// wants is a key, a value, and what must come of it.
type wants struct{ key, value, want string }

// refs returns the ids of references, with a space between them.
func refs(list []site.Ref) string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}

func TestEveryKeyOfTheSite(t *testing.T) {
	for _, row := range []wants{
		{"title", "Example Status", "Example Status"},
		{"url", "https://status.example.org/a/", "https://status.example.org/a"},
		{"description", "How we do", "How we do"},
		{"timezone", "America/New_York", "America/New_York"},
		{"languages", "[de, en]", "[de en]"},
		{"homepage", "https://www.example.org", "https://www.example.org"},
		{"support", "mailto:help@example.org", "mailto:help@example.org"},
		{"hub", "https://hub.example.org/", "https://hub.example.org/"},
		{"mirrors", "[https://status2.example.org/, https://status3.example.org/a]",
			"https://status2.example.org https://status3.example.org/a"},
		{"theme", "mine", "mine"},
		{"brand", "{accent: '#2457d6', logo: logo.svg}", "#2457d6 logo.svg"},
		{"home", "{days: 7}", "7"},
		{"uptime", "{show: false, days: 30, weights: {degraded_performance: 0.1, partial_outage: 0.4, major_outage: 0.9}}",
			"false 30 [0 0 0.1 0.4 0.9]"},
		{"strings", "{home.days: Lately}", "Lately"},
		{"id", "kctbh9vrtdwd", "kctbh9vrtdwd"},
	} {
		text := "title: T\nurl: https://status.example.org\ntimezone: UTC\n"
		lines := slices.DeleteFunc(strings.Split(text, "\n"), func(l string) bool { return strings.HasPrefix(l, row.key+":") })
		s, wrong := reads(map[string]string{"site.yml": row.key + ": " + row.value + "\n" + strings.Join(lines, "\n")})
		weights := []float64{}
		for _, status := range site.Statuses {
			weights = append(weights, s.Uptime.Weights[status])
		}
		got := map[string]string{
			"title": s.Title.Default, "url": s.URL, "description": s.Description.Default, "timezone": fmt.Sprint(s.Zone),
			"languages": fmt.Sprint(s.Languages),
			"homepage":  s.Homepage, "support": s.Support, "hub": s.Hub, "theme": s.Theme, "brand": s.Brand.Accent + " " + s.Brand.Logo,
			"home": fmt.Sprint(s.HomeDays), "uptime": spaced(s.Uptime.Show, s.Uptime.Days, weights),
			"strings": s.Strings["home.days"].Default, "id": s.ID, "mirrors": refs(s.Mirrors),
		}[row.key]
		if got != row.want || wrong != "" {
			t.Errorf("%s: %s is read as %q, want %q; %s", row.key, row.value, got, row.want, wrong)
		}
	}
	// What holds where a key is not there.
	s, wrong := reads(map[string]string{"site.yml": "title: T\nurl: https://status.example.org\n"})
	if got := spaced(s.Zone, s.Languages, s.Theme, s.HomeDays, s.Uptime.Show, s.Uptime.Days, s.Uptime.Weights); got != spaced("UTC",
		[]string{"en"}, "default", 14, true, 90, site.DefaultWeights) || wrong != "" {
		t.Errorf("without its keys a site has %s; %s", got, wrong)
	}
	if got := spaced(site.DefaultWeights[site.DegradedPerformance], site.DefaultWeights[site.PartialOutage],
		site.DefaultWeights[site.MajorOutage]); got != "0 0.3 1" {
		t.Errorf("the weights are %s", got)
	}
}

func TestEveryKeyOfTheManifest(t *testing.T) {
	s, wrong := reads(map[string]string{"components.yml": `regions:
  - {id: us, name: United States}
  - {id: eu, name: Europe}
components:
  - id: website
    name: Website
  - group: Platform and data
    components:
      - id: public-api
        name: Public API
        description: REST API, version 3
        url: https://api.example.org
        regions: [eu, us]
        since: 2024-03-01
        target: 99.950
  - {group: Other, id: rest, components: [{id: mail}]}
`})
	if wrong != "" || len(s.Components) != 3 || len(s.Groups) != 2 || len(s.Regions) != 2 {
		t.Fatalf("%d components, %d groups, %d regions: %s", len(s.Components), len(s.Groups), len(s.Regions), wrong)
	}
	website, api, mail := s.Components[0], s.Components[1], s.Components[2]
	for _, row := range []struct{ got, want string }{
		{s.Regions[0].ID + " " + s.Regions[0].Name.Default, "us United States"},
		{s.Regions[1].ID + " " + s.Regions[1].Name.Default, "eu Europe"},
		{website.ID + " " + website.Name.Default + " " + website.Group, "website Website "},
		{spaced(len(website.Regions), website.Since.IsZero(), website.Target.Percent), "0 true 0"},
		{s.Groups[0].ID + " " + s.Groups[0].Name.Default, "platform-and-data Platform and data"},
		{api.ID + " " + api.Group, "public-api platform-and-data"},
		{api.Name.Default, "Public API"},
		{api.Description.Default, "REST API, version 3"},
		{api.URL, "https://api.example.org"},
		{api.Since.UTC().Format(time.RFC3339), "2024-02-29T23:00:00Z"}, // midnight in Berlin
		{spaced(api.Target.Percent, api.Target.Decimals), "99.95 3"},
		{s.Groups[1].ID, "rest"},
		{mail.Name.Default + " " + mail.Group, "mail rest"},
	} {
		if row.got != row.want {
			t.Errorf("the manifest is read as %q, want %q", row.got, row.want)
		}
	}
	if regions := []string{api.Regions[0].ID, api.Regions[1].ID}; !slices.Equal(slices.Sorted(slices.Values(regions)),
		[]string{"eu", "us"}) {
		t.Errorf("the API's regions are %v", regions)
	}
}

func TestEveryKeyOfAnIncident(t *testing.T) {
	e := incident(t, `severity: minor
start: 2025-07-25 06:00 UTC
end: 2025-07-25 09:00 UTC
posted: 2025-07-28
author: Reliability
tags: [network, eu]
draft: true
pinned: true
next_update: 2025-07-25 07:30 UTC
id: 0k3j5s8d7f1q
noindex: true
impacts:
  - {components: [api, web], regions: [eu], status: partial_outage, start: 2025-07-25 06:32 UTC, end: 2025-07-25 07:04 UTC, downtime: `+
		`20m, note: Some routes, label: Slow, eta: 2025-07-25 07:00 UTC}
  - {components: all, status: degraded}
`, "The report.\n")
	first, second := e.Impacts[0], e.Impacts[1]
	moment := func(m site.Moment) string { return m.UTC().Format("02 15:04") }
	for _, row := range []struct{ key, got, want string }{
		{"title", e.Title.Default, "X"}, {"severity", e.Severity.String(), "minor"}, {"start", moment(e.Start), "25 06:00"},
		{"end", moment(e.End), "25 09:00"},
		{"posted", moment(e.Posted), "27 22:00"}, {"author", e.Author, "Reliability"}, {"tags", fmt.Sprint(e.Tags), "[network eu]"},
		{"draft", fmt.Sprint(e.Draft), "true"},
		{"pinned", fmt.Sprint(e.Pinned), "true"}, {"next_update", moment(e.NextUpdate), "25 07:30"}, {"id", e.ID, "0k3j5s8d7f1q"},
		{"noindex", fmt.Sprint(e.NoIndex), "true"},
		{"components", spaced(first.Components[0].ID, first.Components[1].ID, first.All), "api web false"},
		{"all", spaced(len(second.Components), second.All), "0 true"},
		{"regions", spaced(len(first.Regions), first.Regions[0].ID, len(second.Regions)), "1 eu 0"},
		{"status", first.Status.String() + " " + second.Status.String(), "partial_outage degraded_performance"},
		{"impact start", moment(first.Start), "25 06:32"}, {"impact end", moment(first.End), "25 07:04"},
		{"downtime", spaced(first.Downtime.Set, first.Downtime.Length, second.Downtime.Set), "true 20m0s false"},
		{"note", first.Note.Default, "Some routes"}, {"label", first.Label.Default, "Slow"}, {"eta", moment(first.ETA), "25 07:00"},
		{"no start of its own", spaced(second.Start.IsZero(), second.End.IsZero(), second.ETA.IsZero()), "true true true"},
	} {
		if row.got != row.want {
			t.Errorf("%s is read as %q, want %q", row.key, row.got, row.want)
		}
	}
	// The short form means the same as one impact in the list.
	short := incident(t, "components: [api]\nregions: [us]\nstatus: down\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\ndowntime: 5m\n"+
		"note: N\nlabel: L\neta: 2025-07-25 06:30\n", "Text.\n")
	i := short.Impacts[0]
	if got := spaced(i.Components[0].ID, i.Regions[0].ID, i.Status, i.Downtime.Length, i.Note.Default, i.Label.Default,
		i.ETA.Hour()); got != spaced("api", "us", site.MajorOutage, 5*time.Minute, "N", "L", 4) {
		t.Errorf("the short form is read as %s", got)
	}
}

func TestEveryKeyOfAMaintenance(t *testing.T) {
	e := only(t, "maintenance/x.md", `start: 2025-08-01 02:00 UTC
end: 2025-08-01 03:30 UTC
posted: 2025-07-01 00:00 UTC
headline: Read-only mode
auto_complete: false
impacts:
  - {components: [web], label: Offline, eta: 2025-08-01 02:42 UTC}
  - {components: [api], status: operational, label: Queued}
`, "What it is for.\n\n## Plan\nIn four steps.\n- [x] **Checks** All systems are ready.\n- [X] Pause\n- [ ] **Schema** 3 of 7 done.\n"+
		"- [ ] Ramp up\n\n## Completed — 2025-08-01 03:40 UTC\nDone.\n")
	steps := ""
	for _, s := range e.Plan.Steps {
		steps += fmt.Sprint(s.Done, " ", s.Count, " ", s.Of, " ")
	}
	for _, row := range []struct{ key, got, want string }{
		{"headline", e.Headline.Default, "Read-only mode"}, {"auto_complete", fmt.Sprint(e.ManualEnd), "true"},
		{"summary", e.Summary.Text, "What it is for."},
		{"status", e.Impacts[0].Status.String(), "under_maintenance"}, {"said status", e.Impacts[1].Status.String(), "operational"},
		{"label", e.Impacts[1].Label.Default, "Queued"},
		{"plan", steps, "true 0 0 true 0 0 false 3 7 false 0 0 "}, {"intro", e.Plan.Intro.Text, "In four steps."},
		{"step", e.Plan.Steps[0].Body.Text, "Checks All systems are ready."},
	} {
		if row.got != row.want {
			t.Errorf("%s is read as %q, want %q", row.key, row.got, row.want)
		}
	}
	lasting := only(t, "maintenance/x.md", "posted: 2025-07-01 00:00\nstart: 2025-08-01 02:00\nduration: 90m\n", "")
	if lasting.ManualEnd || lasting.End.Sub(lasting.Start.Time) != 90*time.Minute {
		t.Errorf("without auto_complete it ends by itself after its duration: %+v", lasting)
	}
}

func TestEveryKeyOfAPageAndATranslation(t *testing.T) {
	s, wrong := reads(map[string]string{
		"site.yml":       "title: T\nurl: https://status.example.org\nlanguages: [en, de]\n",
		"pages/about.md": "---\ntitle: About us\ndraft: true\n---\nText.\n",
		"incidents/x.md": "---\ntitle: Slow\nseverity: none\n---\n## Update — 2025-07-25 06:00\nText.\n\n" +
			"## Resolved — 2025-07-25 07:00\nDone.\n",
		"incidents/x.de.md": "---\ntitle: Langsam\n---\n## Update — 2025-07-25 06:00\nWorte.\n\n## Gelöst — 2025-07-25 07:00\nFertig.\n",
	})
	if wrong != "" || len(s.Pages) != 1 || s.Pages[0].Title.Default != "About us" || !s.Pages[0].Draft || s.Pages[0].Name != "about" {
		t.Errorf("the page is read as %+v: %s", s.Pages, wrong)
	}
	e := s.Entries[0]
	if german, ok := e.Updates[0].Body.In("de"); e.Title.In("de") != "Langsam" || !ok || german.Text != "Worte." ||
		e.Title.In("en") != "Slow" {
		t.Errorf("the translation is read as %+v", e)
	}
}

// The three forms of front matter say the same.
func TestEveryFormOfFrontMatter(t *testing.T) {
	for name, text := range map[string]string{
		"YAML": "---\ntitle: X\npinned: true\ncomponents: [web]\nstatus: down\nstart: 2025-07-25 06:00\n" +
			"end: 2025-07-25 07:00\n---\nText.\n",
		"TOML": "+++\ntitle = \"X\"\npinned = true\ncomponents = [\"web\"]\nstatus = \"down\"\nstart = \"2025-07-25 06:00\"\n" +
			"end = 2025-07-25 07:00:00\n+++\nText.\n",
		"JSON": "{\n\"title\": \"X\", \"pinned\": true, \"components\": [\"web\"], \"status\": \"down\", \"start\": \"2025-07-25 " +
			"06:00\", \"end\": \"2025-07-25 07:00\"\n}\n\nText.\n",
	} {
		for ending, written := range map[string]string{"LF": text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
			"a byte-order mark": "\ufeff" + text} {
			s, wrong := reads(map[string]string{"incidents/x.md": written})
			if len(s.Entries) != 1 || wrong != "" {
				t.Fatalf("%s, %s: %s", name, ending, wrong)
			}
			e := s.Entries[0]
			if got := spaced(e.Title.Default, e.Pinned, e.Impacts[0].Status, e.End.Sub(e.Start.Time),
				e.Report.Body.Text); got != spaced("X", true, site.MajorOutage, time.Hour, "Text.") {
				t.Errorf("%s, %s is read as %s", name, ending, got)
			}
		}
	}
}

// What editors leave beside a file is no entry, and nothing is said of it.
func TestWhatEditorsLeaveBehindIsNotRead(t *testing.T) {
	const text = "---\ntitle: X\nseverity: none\nstart: 2025-07-25 06:00\nend: 2025-07-25 07:00\n---\nText.\n"
	for _, name := range []string{"x.md.bak", "x.bak", ".x.md.swp", "x.md.swp", "x.md.swo", "x.md.tmp", "x.md~", "#x.md#", ".#x.md",
		".x.md", ".hidden/x.md", "old.bak/x.md"} {
		if s, wrong := reads(map[string]string{"incidents/" + name: text}); len(s.Entries) != 0 || wrong != "" {
			t.Errorf("%s: %d entries; %s", name, len(s.Entries), wrong)
		}
	}
	for name, hint := range map[string]string{"x.markdown": "ignored", "x.txt": "ignored", "x.MD": "ignored", "x.yml": "ignored",
		"x": "ignored", "x.md.orig": "ignored"} {
		if s, wrong := reads(map[string]string{"incidents/" + name: text}); len(s.Entries) != 0 || !strings.Contains(wrong, hint) {
			t.Errorf("%s: %d entries; %s", name, len(s.Entries), wrong)
		}
	}
}

// A file with line ends of both kinds goes on as its first line ends.
func TestAnUpdateEndsItsLinesAsTheFirstLineDoes(t *testing.T) {
	crlf := "---\r\ntitle: X\r\nseverity: none\r\n---\r\n\r\n## Update — 2025-07-25 06:00\nText.\n"
	lf := strings.ReplaceAll(crlf, "\r\n", "\n")
	mixed := strings.Replace(lf, "Text.\n", "Text.\r\n", 1)
	for name, test := range map[string]struct{ file, end string }{"first CRLF, then LF": {crlf, "\r\n"}, "LF": {lf, "\n"},
		"first LF, then CRLF": {mixed, "\n"}} {
		s, wrong := reads(map[string]string{"incidents/x.md": test.file})
		if wrong != "" {
			t.Fatal(wrong)
		}
		got, err := source.Append([]byte(test.file), &s, &s.Entries[0], source.Update{Time: time.Date(2025, 7, 25, 5, 0, 0, 0, time.UTC),
			Status: site.Resolved, Text: "Done."})
		if err != nil {
			t.Fatal(err)
		}
		if want := test.file + test.end + "## Resolved — 2025-07-25 07:00" + test.end + "Done." + test.end; string(got) != want {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, want)
		}
	}
}
