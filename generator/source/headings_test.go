package source

import (
	"strconv"
	"strings"
	"testing"

	"allclear/generator/site"
)

func incident(body string) string {
	return "-- incidents/x.md --\n---\ntitle: X\nstart: 2025-07-25 06:00\n---\n" + body
}

func TestAnUpdateOpensWithEverySeparatorAndSpelling(t *testing.T) {
	for heading, want := range map[string]site.UpdateStatus{
		"## Investigating — 2025-07-25 06:41":      site.Investigating,
		"## identified – 2025-07-25 06:41":         site.Identified,
		"## MONITORING - 2025-07-25 06:41":         site.Monitoring,
		"## Update · 2025-07-25 06:41:00 UTC":      site.Note,
		"## Resolved | 2025-07-25T06:41:00Z":       site.Resolved,
		"## Resolved @ 2025-07-25 08:41+02:00":     site.Resolved,
		"## Resolved : 2025-07-25 06:41":           site.Resolved,
		"## Resolved: 2025-07-25 06:41":            site.Resolved,
		"## **Resolved** — 2025-07-25 06:41 ##":    site.Resolved,
		"Resolved — 2025-07-25 06:41\n---":         site.Resolved,
		"  ##   Resolved   —   2025-07-25 06:41  ": site.Resolved,
	} {
		e := read(t, incident(heading+"\nText.\n")).Entries[0]
		if len(e.Updates) != 1 || e.Updates[0].Status != want || e.Updates[0].Anchor != "u-20250725T064100Z" ||
			e.Updates[0].Body.Markdown != "Text." {
			t.Errorf("%q: %+v", heading, e.Updates)
		}
	}
}

func TestHeadingsThatOnlyResembleUpdates(t *testing.T) {
	for heading, want := range map[string]string{
		"## Monitoring improvements":          "",
		"## What we do about resolved issues": "",
		"## Timeline — all in UTC":            "",
		"## Update: what we know":             "",
		"### Details — 2025-07-25 06:41":      "",
		"```\n## Resolved — yesterday\n```":   "",
		"> ## Resolved — yesterday":           "",
		"<!--\n## Resolved\n-->":              "",
		"    ## Resolved":                     "",
		"## Resolved":                         `5:4: error: the update "Resolved" has no time`,
		"## in-progress":                      `5:4: error: "in-progress" is not an update word for an incident`,
		"## Resolved — soon":                  `5:15: error: "soon" is not a time`,
		"## Resolved —":                       `5:14: error: "" is not a time`,
		"## Postmortem — soon":                `5:17: error: "soon" is not a time`,
		"## Resolved 2025-07-25 06:41":        `5:4: error: this looks like an update, but it is not one`,
		"## Resolved (2025-07-25 06:41)":      `5:4: error: this looks like an update, but it is not one`,
		"## Investigatng — 2025-07-25 06:41":  `5:4: error: unknown update word "Investigatng"`,
		"## Fixed — 2025-07-25 06:41":         `5:4: error: unknown update word "Fixed"`,
		"## Completed — 2025-07-25 06:41":     `5:4: error: "Completed" is not an update word for an incident`,
		"### Resolved — 2025-07-25 06:41":     `5:5: warning: this looks like an update, but it is not one`,
		"## Behoben — 2025-07-25 06:41":       `5:4: error: unknown update word "Behoben"`,
		"## Resolved — 2025-07-25 06:41 CST\nText": `5:15: error: "2025-07-25 06:41 CST": the zone name "CST" is not supported: ` +
			`such names mean ` +
			`different offsets in different places (CST is three zones)`,
	} {
		if want != "" {
			want = "incidents/x.md:" + want + "\n"
		}
		expect(t, incident(heading+"\n"), want)
	}
}

func TestAHeadingMayUseTheSitesLanguages(t *testing.T) {
	s := read(t, "-- site.yml --\ntitle: X\nurl: https://x.example\nlanguages: [de, pt-BR, zh-Hant, ja, tr]\n"+
		incident("## Behoben — 2025-07-25 06:46\n## Monitorando — 2025-07-25 06:45\n## 已確認 — 2025-07-25 06:44\n"+
			"## 調査中 — 2025-07-25 06:43\n## İnceleniyor — 2025-07-25 06:42\n## Update — 2025-07-25 06:41\n"+
			"## Nachbericht — 2025-07-26 06:41\nText.\n"))
	var got []string
	for _, u := range s.Entries[0].Updates {
		got = append(got, u.Status.String())
	}
	if want := "update investigating investigating identified monitoring resolved"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if s.Entries[0].Report == nil {
		t.Error("no report")
	}
}

func TestEveryLanguageHasAWordOfItsOwnForEachStatus(t *testing.T) {
	for lang := range headingLanguages {
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, word := range site.UpdateStatuses(kind) {
				name := HeadingWord(word, lang)
				if got, ok := ParseUpdateStatus(kind, name, []string{lang}); !ok || got != word {
					t.Errorf("%s: %q is %v, want %v", lang, name, got, word)
				}
				if lang != "en" && len(headingLanguages[lang].words[word]) == 0 {
					t.Errorf("%s has no word for %v", lang, word)
				}
			}
		}
	}
}

func TestUpdatesAreOldestFirstWhicheverWayTheFileLists(t *testing.T) {
	order := func(body string) string {
		var got []string
		for _, u := range read(t, incident(body)).Entries[0].Updates {
			got = append(got, u.Body.Text+" "+u.Anchor)
		}
		return strings.Join(got, ", ")
	}
	const want = "a u-20250725T060000Z, b u-20250725T070000Z, c u-20250725T070000Z-2, d u-20250725T080000Z"
	oldest := "## Update — 2025-07-25 06:00\na\n## Update — 2025-07-25 07:00\nb\n## Update — 2025-07-25 07:00\nc\n" +
		"## Resolved — 2025-07-25 08:00\nd\n"
	newest := "## Resolved — 2025-07-25 08:00\nd\n## Update — 2025-07-25 07:00\nc\n## Update — 2025-07-25 07:00\nb\n" +
		"## Update — 2025-07-25 06:00\na\n"
	if got := order(oldest); got != want {
		t.Errorf("oldest first: %s", got)
	}
	if got := order(newest); got != want {
		t.Errorf("newest first: %s", got)
	}
}

func TestABodyWithoutUpdatesIsAReportAsAWhole(t *testing.T) {
	e := read(t, incident("# What happened\n\nText.\n\n### Deeper\n\n## Second\n")).Entries[0]
	if e.Report == nil || !e.Report.Whole || !e.Summary.Empty() {
		t.Fatalf("report %+v, summary %+v", e.Report, e.Summary)
	}
	var levels []string
	for _, h := range e.Report.Body.Headings {
		levels = append(levels, strconv.Itoa(h.Level)+" "+h.ID)
	}
	if got := strings.Join(levels, ", "); got != "3 what-happened, 4 deeper, 4 second" {
		t.Errorf("headings: %s", got)
	}
	if e := read(t, incident("")).Entries[0]; e.Report != nil || !e.Summary.Empty() {
		t.Errorf("an empty body: %+v", e)
	}
}

func TestAReportRunsToTheNextUpdateAndKeepsItsOwnSections(t *testing.T) {
	e := read(t, incident("Summary.\n\n## Write-up\nText.\n\n## Cause\nMore.\n\n## Resolved — 2025-07-25 08:00\nDone.\n")).Entries[0]
	if e.Summary.Text != "Summary." || e.Report.Body.Text != "Text.\n\nCause\n\nMore." || e.Report.Whole || !e.Report.Time.IsZero() {
		t.Errorf("summary %q, report %+v", e.Summary.Text, e.Report)
	}
	if len(e.Updates) != 1 || e.Updates[0].Body.Text != "Done." {
		t.Errorf("updates %+v", e.Updates)
	}
}

func TestAPlanIsCutOutOfTheSummary(t *testing.T) {
	s := read(t, "-- maintenance/x.md --\n---\ntitle: X\nstart: 2025-07-25 06:00\nduration: 1d12h\n---\nBefore.\n\n## Plan\nIntro.\n\n"+
		"1. [x] one\n2. [ ] 3 of 7 two\n\n   More.\n\n## What it is for\nAfter.\n")
	e := s.Entries[0]
	if e.Summary.Markdown != "Before.\n\n## What it is for\nAfter." || e.Summary.Text != "Before.\n\nWhat it is for\n\nAfter." {
		t.Errorf("summary %+v", e.Summary)
	}
	if e.Plan.Intro.Text != "Intro." || len(e.Plan.Steps) != 2 || e.Plan.Steps[1].Of != 7 ||
		e.Plan.Steps[1].Body.Text != "3 of 7 two\n\nMore." {
		t.Errorf("plan %+v", e.Plan)
	}
	if e.End.Sub(e.Start.Time).String() != "36h0m0s" {
		t.Errorf("from %v to %v", e.Start, e.End)
	}
	incident := read(t, incident("## Plan\n- [ ] later\n")).Entries[0]
	if incident.Plan != nil || incident.Report == nil {
		t.Errorf("an incident has no plan: %+v", incident)
	}
}
