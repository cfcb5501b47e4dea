package source

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
)

// appended is an incident's file after one more update at 07:30.
func appended(t *testing.T, file string, word site.Word, text string, statuses ...StatusChange) (string, error) {
	t.Helper()
	fsys := folder("")
	fsys["content/incidents/x.md"] = textFile(file)
	s, problems := Read(fsys, Options{})
	if problems.HasErrors() {
		t.Fatalf("unexpected problems:\n%s", told(problems))
	}
	a := Addition{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Word: word, Text: text, Statuses: statuses}
	out, err := Append([]byte(file), &s, &s.Entries[0], a)
	return string(out), err
}

func mustAppend(t *testing.T, file, want string, word site.Word, text string, statuses ...StatusChange) {
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
		t.Errorf("what was written has mistakes:\n%s", told(problems))
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
	mustAppend(t, long, want+"\n## Monitoring — 2025-07-25 07:30\nBetter.\n", site.Monitoring, "Better.", StatusChange{"api", site.DegradedPerformance})
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
`, site.Note, "Better.", StatusChange{"api", site.DegradedPerformance})
}

func TestAComponentThatIsHitLaterJoins(t *testing.T) {
	const file = "---\ntitle: X\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "---\n##", "impacts:\n  - components: [web]\n    status: major_outage\n    start: 2025-07-25 07:30\n---\n##", 1)+
		"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{"web", site.MajorOutage})
}

func TestAllComponentsAreSpeltOutWhereOneOfThemRecovers(t *testing.T) {
	const file = "---\ntitle: X\nimpacts:\n- components: all\n  status: down\n---\n## Investigating — 2025-07-25 06:41\nA\n"
	mustAppend(t, file, strings.Replace(file, "status: down\n", `status: down
  end: 2025-07-25 07:30
- components: [web]
  status: major_outage
  start: 2025-07-25 07:30
`, 1)+"\n## Update — 2025-07-25 07:30\nB\n", site.Note, "B", StatusChange{"api", site.Operational})
}

func TestWhatCannotBeEditedIsSaid(t *testing.T) {
	change := StatusChange{"api", site.MajorOutage}
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"TOML":       {"+++\ntitle = \"X\"\n[[impacts]]\ncomponents = [\"api\"]\nstatus = \"partial\"\n+++\n## Investigating — 2025-07-25 06:41\nA\n", errNotYAML},
		"one line":   {"---\ntitle: X\nimpacts: [{components: [api], status: partial}]\n---\n## Investigating — 2025-07-25 06:41\nA\n", errOneLine},
		"same time":  {"---\ntitle: X\ncomponents: [api]\nstatus: partial\n---\n## Investigating — 2025-07-25 07:30\nA\n", errSameMoment},
		"mistakes":   {"---\ntitle: X\ntitle: Y\n---\nA\n", nil},
		"no mistake": {short, nil},
	} {
		fsys := folder("")
		fsys["content/incidents/x.md"] = textFile(c.file)
		s, _ := Read(fsys, Options{})
		_, err := Append([]byte(c.file), &s, &s.Entries[0], Addition{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Word: site.Note, Statuses: []StatusChange{change}})
		if c.want != nil && err != c.want || name == "mistakes" && err == nil || name == "no mistake" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsWrittenIsReadBackAsItWas(t *testing.T) {
	zone, _ := time.LoadLocation("Europe/Berlin")
	for _, title := range []string{"Plain words", "With: a colon", "# no comment", "yes", "", "  spaces ", `"quotes" and \ and 'more'`, "Zeit – für Ümläute", "1e3", "[x]", "a, b", "{{x}}", "null", "- dash", "tab\there"} {
		d := Draft{Title: title, Components: []string{"api", "web"}, Status: "partial", Word: site.Investigating, Time: time.Date(2025, 10, 26, 1, 30, 0, 0, time.UTC), Text: "We *look*."}
		fsys := folder("")
		fsys["content/incidents/x.md"] = &fstest.MapFile{Data: d.Write(zone, "en")}
		s, problems := Read(fsys, Options{})
		if strings.TrimSpace(title) == "" {
			continue
		}
		if problems.HasErrors() || len(s.Entries) != 1 || s.Entries[0].Title.Default != strings.TrimSpace(title) && s.Entries[0].Title.Default != title {
			t.Errorf("%q: %v\n%s", title, told(problems), fsys["content/incidents/x.md"].Data)
			continue
		}
		if u := s.Entries[0].Updates; len(u) != 1 || !u[0].Time.Equal(d.Time) || u[0].Body.Markdown != d.Text {
			t.Errorf("%q: %+v", title, u)
		}
	}
}

// FuzzAppend holds what Append promises of any file that reads without an error:
// one update more, and every line of before still there in its order, as far as
// it did not have to change.
func FuzzAppend(f *testing.F) {
	for _, file := range []string{short, long, "\ufeff" + strings.ReplaceAll(long, "\n", "\r\n"), "---\ntitle: X\nstart: 2025-07-25 06:00\n---\nA", "+++\ntitle = \"x\"\nstart = 2025-07-25 06:00\n+++\nA\n## Plan\n"} {
		f.Add(file, "Some text.", 2, 1)
	}
	f.Fuzz(func(t *testing.T, file, text string, word, status int) {
		fsys := folder("")
		fsys["content/incidents/x.md"] = textFile(file)
		s, problems := Read(fsys, Options{})
		if problems.HasErrors() || len(s.Entries) != 1 || status < 0 || word < 0 {
			t.Skip()
		}
		before := s.Entries[0]
		a := Addition{Time: time.Date(2025, 7, 25, 7, 30, 0, 0, time.UTC), Word: site.WordsOf(site.Incident)[word%5], Text: text}
		if status%7 > 1 {
			a.Statuses = []StatusChange{{"api", site.Statuses[status%5]}}
		}
		out, err := Append([]byte(file), &s, &before, a)
		if err != nil {
			t.Skip()
		}
		if len(a.Statuses) == 0 && !kept(strings.Split(file, "\n"), strings.Split(string(out), "\n")) && before.End.IsZero() && len(before.Impacts) == 0 {
			t.Errorf("bytes were lost:\n%q\n%q", file, out)
		}
		fsys["content/incidents/x.md"] = textFile(string(out))
		again, problems := Read(fsys, Options{})
		if problems.HasErrors() || len(again.Entries) != 1 {
			return // the command reads what it wrote, and refuses it
		}
		if text == "" && len(again.Entries[0].Updates) < len(before.Updates) {
			t.Errorf("updates were lost:\n%q\n%q", file, out)
		}
	})
}

// kept reports whether all lines are there in their order.
func kept(lines, in []string) bool {
	for _, line := range lines {
		i := slices.IndexFunc(in, func(other string) bool { return strings.TrimSuffix(other, "\r") == strings.TrimSuffix(line, "\r") })
		if i < 0 {
			return line == "" // the end of the text
		}
		in = in[i+1:]
	}
	return true
}
