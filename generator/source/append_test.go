package source

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
)

// appended is an incident's file after one more update at 07:30.
func appended(t *testing.T, file string, word site.UpdateStatus, text string, statuses ...StatusChange) (string, error) {
	t.Helper()
	return appendedAs(t, file, Update{Status: word, Text: text, Statuses: statuses})
}

// appendedAs is an incident's file after an addition at 07:30.
func appendedAs(t *testing.T, file string, a Update) (string, error) {
	t.Helper()
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(file)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() {
		t.Fatalf("unexpected problems:\n%s", listed(problems))
	}
	a.Time = time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC)
	out, err := Append([]byte(file), &s, &s.Entries[0], a)
	return string(out), err
}

func mustAppend(t *testing.T, file, want string, word site.UpdateStatus, text string, statuses ...StatusChange) {
	t.Helper()
	got, err := appended(t, file, word, text, statuses...)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(got)
	if _, problems := Read(fsys, Options{}); problems.HasErrors() {
		t.Errorf("what was written has mistakes:\n%s", listed(problems))
	}
}

const short = `---
# What a customer sees.
title: "Errors: some"   # quoted
components: [api]
status: partial   # for now
---
A summary.

## Investigating — 2025-07-25 06:41
We look.
`

func TestAnUpdateGoesToTheEnd(t *testing.T) {
	mustAppend(t, short, short+`
## Identified — 2025-07-25 07:30
We know.
It was a disk.
`, site.Identified, "We know.\nIt was a disk.\n")
}

func TestAFileWithoutALastLineEndGetsOne(t *testing.T) {
	mustAppend(t, strings.TrimSuffix(short, "\n"), short+"\n## Resolved — 2025-07-25 07:30", site.Resolved, "")
}

func TestAFileOfWindowsKeepsItsLineEndsAndMark(t *testing.T) {
	file := "\ufeff" + strings.ReplaceAll(short, "\n", "\r\n")
	mustAppend(t, file, file+"\r\n## Monitoring — 2025-07-25 07:30\r\nGood.\r\n", site.Monitoring, "Good.")
}

func TestNewestFirstStaysNewestFirst(t *testing.T) {
	const head = "---\ntitle: X\ncomponents: [api]\nstatus: down\n---\n"
	const updates = "## Identified — 2025-07-25 07:00\n\nB\n\n## Investigating — 2025-07-25 06:41\n\nA\n"
	mustAppend(t, head+updates, head+"## Update — 2025-07-25 07:30\n\nC\n\n"+updates, site.Note, "C")
}

func TestAnUpdateComesBeforeTheReportAndBeforeLaterOnes(t *testing.T) {
	const head = "---\ntitle: X\ncomponents: [api]\nstatus: down\n---\n## Investigating — 2025-07-25 06:41\nA\n\n"
	const later = "## Resolved — 2025-07-25 09:00\nC\n\n## Postmortem\nWhy.\n\n### More\n"
	mustAppend(t, head+later, head+"## Identified — 2025-07-25 07:30\nB\n\n"+later, site.Identified, "B")
	const report = "## Postmortem\nWhy.\n"
	mustAppend(t, head+report, head+"## Resolved — 2025-07-25 07:30\nB\n\n"+report, site.Resolved, "B")
}

func TestASummaryAloneGetsItsFirstUpdate(t *testing.T) {
	const file = "---\ntitle: X\ncomponents: [api]\nstatus: down\nstart: 2025-07-25 06:00\n---\nWhat happened.\n"
	mustAppend(t, file, file+"\n## Identified — 2025-07-25 07:30\nB\n", site.Identified, "B")
}

const long = `---
title: X
impacts:
  - components: [api]
    status: partial   # of many
    start: 2025-07-25 06:30
    end: 2025-07-25 06:50
  - status: down
    start: 2025-07-25 06:45   # began here
    components:
      - api
      - web
  - {components: [web], status: "degraded"}   # since the beginning

  # a last word
tags: [a]
---
## Investigating — 2025-07-25 06:41
A
`

func TestResolvedEndsTheOpenImpacts(t *testing.T) {
	want := strings.NewReplacer(
		"began here\n", "began here\n    end: 2025-07-25 07:30\n",
		`"degraded"}`, `"degraded", end: 2025-07-25 07:30}`,
	).Replace(long)
	mustAppend(t, long, want+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}

func TestResolvedNeedsNoEndInTheShortForm(t *testing.T) {
	mustAppend(t, short, short+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}

func TestResolvedBringsALaterEndForward(t *testing.T) {
	file := strings.Replace(short, "title:", "end: 2025-07-25 09:00 # guessed\ntitle:", 1)
	want := strings.Replace(file, "09:00", "07:30", 1)
	mustAppend(t, file, want+"\n## Resolved — 2025-07-25 07:30\nDone.\n", site.Resolved, "Done.")
}

func TestANewStatusEndsTheOpenImpactAndBeginsTheNext(t *testing.T) {
	want := strings.NewReplacer(
		"began here\n", "began here\n    end: 2025-07-25 07:30\n",
		"since the beginning\n", `since the beginning
  - components: [web]
    status: major_outage
    start: 2025-07-25 07:30
  - components: [api]
    status: degraded_performance
    start: 2025-07-25 07:30
`).Replace(long)
	mustAppend(t, long, want+"\n## Monitoring — 2025-07-25 07:30\nBetter.\n", site.Monitoring, "Better.",
		StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestANewStatusTurnsTheShortFormIntoAList(t *testing.T) {
	mustAppend(t, short, `---
# What a customer sees.
title: "Errors: some"   # quoted
impacts:
  - components: [api]
    status: partial   # for now
    end: 2025-07-25 07:30
  - components: [api]
    status: degraded_performance
    start: 2025-07-25 07:30
---
A summary.

## Investigating — 2025-07-25 06:41
We look.

## Update — 2025-07-25 07:30
Better.
`, site.Note, "Better.", StatusChange{Component: "api", Status: site.DegradedPerformance})
}

func TestAComponentThatIsAffectedLaterIsAdded(t *testing.T) {
	const file = "---\ntitle: X\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "---\n##", "impacts:\n  - components: [web]\n    status: major_outage\n"+
		"    start: 2025-07-25 07:30\n---\n##", 1)+
		"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "web", Status: site.MajorOutage})
}

func TestAllComponentsAreSpeltOutWhereOneOfThemRecovers(t *testing.T) {
	const file = "---\ntitle: X\nimpacts:\n- components: all\n  status: down\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "status: down\n", `status: down
  end: 2025-07-25 07:30
- components: [web]
  status: major_outage
  start: 2025-07-25 07:30
`, 1)+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{Component: "api", Status: site.Operational})
}

func TestWhatCannotBeEditedIsSaid(t *testing.T) {
	change := StatusChange{Component: "api", Status: site.MajorOutage}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"one line": {"---\ntitle: X\nimpacts: [{components: [api], status: partial}]\n---\n## Investigating — 2025-07-25 06:41\nA\n",
			errOneLine},
		"empty list": {"---\ntitle: X\nimpacts: []\n---\n## Investigating — 2025-07-25 06:41\nA\n", errEmptyList},
		"own table": {"+++\ntitle = \"X\"\ncomponents = [\"api\"]\nstatus = \"partial\"\n[note]\nen = \"N\"\n+++\n" +
			"## Investigating — 2025-07-25 06:41\nA\n", errOwnTable},
		"same time":  {"---\ntitle: X\ncomponents: [api]\nstatus: partial\n---\n## Investigating — 2025-07-25 07:30\nA\n", errSameMoment},
		"mistakes":   {"---\ntitle: X\ntitle: Y\n---\nA\n", nil},
		"no mistake": {short, nil},
	} {
		fsys := folder("")
		fsys["content/incidents/x.md"] = textFile(c.file)
		s, _ := Read(fsys, Options{})
		_, err := Append([]byte(c.file), &s, &s.Entries[0], Update{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Status: site.Note,
			Statuses: []StatusChange{change}})
		if c.want != nil && err != c.want || name == "mistakes" && err == nil || name == "no mistake" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsWrittenIsReadBackAsItWas(t *testing.T) {
	zone, _ := time.LoadLocation("Europe/Berlin")
	for _, title := range []string{"Plain words", "With: a colon", "# no comment", "yes", "", "  spaces ", `"quotes" and \ and 'more'`,
		"Zeit – für Ümläute", "1e3", "[x]", "a, b", "{{x}}", "null", "- dash", "tab\there"} {
		d := NewEntry{Title: title, Impacts: []NewImpact{{Components: []string{"api", "web"}, Status: "partial"}},
			Status: site.Investigating,
			Time:   time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC), Text: "We *look*."}
		fsys := folder("")
		fsys["content/incidents/x.md"] = &fstest.MapFile{Data: d.Write(zone, "en")}
		s, problems := Read(fsys, Options{})
		if strings.TrimSpace(title) == "" {
			continue
		}
		if problems.HasErrors() || len(s.Entries) != 1 || s.Entries[0].Title.Default != strings.TrimSpace(title) &&
			s.Entries[0].Title.Default != title {
			t.Errorf("%q: %v\n%s", title, listed(problems), fsys["content/incidents/x.md"].Data)
			continue
		}
		if u := s.Entries[0].Updates; len(u) != 1 || !u[0].Time.Equal(d.Time) || u[0].Body.Markdown != d.Text {
			t.Errorf("%q: %+v", title, u)
		}
	}
}

func TestAnIncidentThatIsOpenAgainKeepsTheTimeBetween(t *testing.T) {
	const updates = "---\n## Investigating — 2025-07-25 06:41\nA\n\n## Resolved — 2025-07-25 06:50\nB\n"
	const again = "\n## Identified — 2025-07-25 07:10\nC\n"
	const head = "---\ntitle: X\nimpacts:\n  - components: [api]\n    status: down\n"
	const later = "  - components: [api]\n    status: major_outage\n    start: 2025-07-25 07:10\n    end: 2025-07-25 07:30\n"
	const partial = "  - components: [api]\n    status: partial_outage\n    start: 2025-07-25 07:30\n"
	better := StatusChange{Component: "api", Status: site.PartialOutage}
	mustAppend(t, head+updates+again, head+updates+again+"\n## Resolved — 2025-07-25 07:30\nD\n", site.Resolved, "D")
	mustAppend(t, head+updates+again, head+"    end: 2025-07-25 06:50\n"+later+partial+updates+again+
		"\n## Monitoring — 2025-07-25 07:30\nD\n", site.Monitoring, "D", better)
	mustAppend(t, head+updates, head+"    end: 2025-07-25 06:50\n"+partial+updates+"\n## Monitoring — 2025-07-25 07:30\nD\n",
		site.Monitoring, "D", better)
	mustAppend(t, head+updates, head+updates+"\n## Monitoring — 2025-07-25 07:30\nD\n", site.Monitoring, "D")
}

func TestTheRestOfAnImpactKeepsItsWordsInEveryLanguage(t *testing.T) {
	const file = "---\ntitle: X\nimpacts:\n  - components: [api, web]\n    status: down\n    label: {de: Weg, en: Gone}\n" +
		"    start: 2025-07-25 06:30\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	fsys := folder("")
	fsys["content/site.yml"] = textFile("title: X\nurl: https://status.example.com\nlanguages: [en, de]\n")
	fsys["content/incidents/x.md"] = textFile(file)
	s, _ := Read(fsys, Options{})
	out, err := Append([]byte(file), &s, &s.Entries[0], Update{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Status: site.Note,
		Statuses: []StatusChange{{Component: "web", Status: site.Operational}}})
	if err != nil || !strings.Contains(string(out), "components: [api]\n    status: major_outage\n    label: {en: Gone, de: Weg}\n"+
		"    start: 2025-07-25 07:30\n") {
		t.Errorf("%v\n%s", err, out)
	}
}
