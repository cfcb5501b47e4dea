package source

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// nearUpdates are the near-update mistakes of an incident whose body begins with a
// good update, as "line: hint".
func nearUpdates(t *testing.T, kind, languages, body string) (got string, s site.Site) {
	t.Helper()
	front := "---\ntitle: X\n---\n"
	if kind == "maintenance" {
		front = "---\ntitle: X\nstart: 2026-11-27 02:00\nduration: 2h\n---\n"
	}
	fsys := folder("-- site.yml --\ntitle: X\nurl: https://x.example\nlanguages: [" + languages + "]\n")
	fsys["content/"+kind+"/x.md"] = textFile(front + body)
	s, problems := Read(fsys, Options{})
	var all []string
	for _, p := range problems {
		text := p.Hint
		if p.Rule != "near-update" || p.Severity == diag.Warning {
			text = p.Rule + " " + p.Severity.String() + ": " + p.Hint
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n"), s
}

const begun = "## Investigating — 2026-11-27 04:00\nWe look into it.\n\n"

// Every shape in which an update was meant and missed is an error, and its hint is
// the line as it should be.
func TestALineThatWasMeantAsAnUpdateIsNeverText(t *testing.T) {
	const right = "write ## Resolved — 2026-11-27 04:20"
	for _, c := range []struct{ line, want string }{
		{"## Resolved 04:20", right},
		{"## Resolved at 04:20", right},
		{"## Resolved, 04:20", right},
		{"## Resolved (04:20)", right},
		{"## Resolved 4:20", right},
		{"## Resolved 4:20 am", right},
		{"## Resolved 4.20pm", "write ## Resolved — 2026-11-27 16:20"},
		{"## Resolved 04:20 UTC", right + " UTC"},
		{"## Resolved 04:20 GMT", right + " UTC"},
		{"## Resolved 04:20 +0200", right + "+02:00"},
		{"## Resolved 04:20 CET", right + " (CET cannot be read: add UTC or an offset such as +02:00, unless the " +
			"time is in the site's zone)"},
		{"## Resolved 03:20", "write ## Resolved — 2026-11-28 03:20"}, // behind 04:00 is the next night
		{"## Resolved-2026-11-27 04:20", right},
		{"## Resolved -2026-11-27 04:20", right},
		{"## Resolved—2026-11-27 04:20", right},
		{"## Resolved–2026-11-27 04:20", right},
		{"## Resolved 2026-11-27 04:20", right},
		{"## Resolved 2026-11-27T04:20Z", right + " UTC"},
		{"## Resolved 2026-11-27 04:20:30", right + ":30"},
		{"## Resolved at 2026-11-27 04:20", right},
		{"## Resolved on 2026-11-27 at 04:20", right},
		{"## Resolved / 2026-11-27 04:20", right},
		{"## Resolved ~ 2026-11-27 04:20", right},
		{"## Resolved → 2026-11-27 04:20", right},
		{"## Resolved • 2026-11-27 04:20", right},
		{"## Resolved; 2026-11-27 04:20", right},
		{"## Resolved (2026-11-27 04:20)", right},
		{"## Resolved 27.11.2026 04:20", right},
		{"## Resolved 27 Nov 2026 04:20", right},
		{"## Resolved Nov 27th, 2026, 4:20am", right},
		{"## Resolved 27 Nov 04:20", right},
		{"## Resolved 11/27/2026 04:20", right},
		{"## Resolved 11/12/2026 04:20", "write ## Resolved — YYYY-MM-DD 04:20"},
		{"## Resolved 2026-11-27", "write ## Resolved — 2026-11-27 HH:MM"},
		{"## Resolved on 27 November", "write ## Resolved — YYYY-MM-DD HH:MM"},
		{"## [Resolved] 2026-11-27 04:20", right},
		{"## [Resolved] — 2026-11-27 04:20", right},
		{"## [Resolved — 2026-11-27 04:20]", right},
		{"## **Resolved** 2026-11-27 04:20", right},
		{"## ✅ Resolved 2026-11-27 04:20", right},
		{"## ✅ Resolved — 2026-11-27 04:20", right},
		{"## 2026-11-27 04:20 — Resolved", right},
		{"## 2026-11-27 04:20 Resolved", right},
		{"## 2026-11-27 04:20: Resolved", right},
		{"## 2026-11-27 04:20 [Resolved]", right},
		{"## 04:20 — Resolved", right},
		{"## 04:20 UTC - resolved", "write ## resolved — 2026-11-27 04:20 UTC"},
		{"## 2026-11-27 04:20", "write ## Update — 2026-11-27 04:20"},
		{"## Resolved.", "write ## Resolved — 2026-11-27 HH:MM"},
		{"## resolved!", "write ## resolved — 2026-11-27 HH:MM"},
		{"## [Resolved]", "write ## Resolved — 2026-11-27 HH:MM"},
		{"## ✅ Resolved", "write ## Resolved — 2026-11-27 HH:MM"},
		{"## Resolved:", "write ## Resolved — 2026-11-27 HH:MM"},
		{"## Update 2", "write ## Update — 2026-11-27 HH:MM"},
		{"## Resolved: all is well", "write ## Resolved — 2026-11-27 HH:MM, with the text below it"},
		{"## Resolved. All is well.", "write ## Resolved — 2026-11-27 HH:MM, with the text below it"},
		{"## Resolved—all is well", "write ## Resolved — 2026-11-27 HH:MM, with the text below it"},
		{"## [Resolved] all is well", "write ## Resolved — 2026-11-27 HH:MM, with the text below it"},
		{"## Update: what we know", "write ## Update — 2026-11-27 HH:MM, with the text below it"},
		{"## Resolved by a restart at 04:20", right},
		{"## 04:20 Resolved by a restart", right},
		{"##Resolved — 2026-11-27 04:20", right},
		{"##Resolved", "write ## Resolved — 2026-11-27 HH:MM"},
		{"###Resolved 04:20", right},
		{"# Resolved — 2026-11-27 04:20", right},
		{"### Resolved — 2026-11-27 04:20", right},
		{"###### Resolved 04:20", right},
		{"### Resolved", "write ## Resolved — 2026-11-27 HH:MM"},
		{"**Resolved** — 2026-11-27 04:20", right},
		{"**Resolved — 2026-11-27 04:20**", right},
		{"*Resolved* (04:20)", right},
		{"__Resolved__ 2026-11-27 04:20\nIt works again.", right},
		{"**2026-11-27 04:20** Resolved", right},
		{"**Resolved** — 2026-11-27 04:20: it works again.", right},
		{"**Resolved**", "write ## Resolved — 2026-11-27 HH:MM"},
		{"*Resolved:*", "write ## Resolved — 2026-11-27 HH:MM"},
		{"[Resolved]", "write ## Resolved — 2026-11-27 HH:MM"},
		{"Resolved", "write ## Resolved — 2026-11-27 HH:MM"},
		{"Resolved — 2026-11-27 04:20", right},
		{"Resolved - 04:20\nIt works again.", right},
		{"Resolved at 04:20", right},
		{"2026-11-27 04:20 — Resolved", right},
		{"- Resolved — 2026-11-27 04:20", right},
		{"- **Resolved** 04:20", right},
		{"1. Resolved — 2026-11-27 04:20", right},
		{"- ## Resolved — 2026-11-27 04:20", right},
		{"Resolved 04:20\n---", right},
		{"## Postmortem 2026-11-28 10:00", "write ## Postmortem — 2026-11-28 10:00"},
		{"##Postmortem", "write ## Postmortem"},
		{"## Postmortem.", "write ## Postmortem"},
		{"## Postmortem: what we learnt", "write ## Postmortem, with the text below it"},
		// What says plainly that it is an update has mistakes of its own.
		{"## Resolved", "missing-time error: add when: ## Resolved — 2026-11-27 HH:MM"},
		{"## Resolved — 04:20", "unreadable-time error: write 2026-11-27 04:20"},
		{"## Resolved — 27 Nov 04:20", "unreadable-time error: write 2026-11-27 04:20"},
		{"## Resolved — 4:20 pm", "unreadable-time error: write 2026-11-27 16:20"},
		{"## Resolved — 2026-11-27 4:20", "unreadable-time error: write 2026-11-27 04:20"},
		{"## Resolved — 2026-11-27T9:25", "unreadable-time error: write 2026-11-27 09:25"},
		{"## Resolved — soon", "unreadable-time error: " + timeHint},
	} {
		if got, _ := nearUpdates(t, "incidents", "en", begun+c.line+"\n"); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.line, got, c.want)
		}
	}
}

// What only sounds like an update stays text: a false alarm at three in the
// morning is worse than none.
func TestOrdinaryHeadingsAndLinesStayText(t *testing.T) {
	for _, line := range []string{
		"## Monitoring improvements", "## Update of our database", "## Resolved issues in 2025", "## Monitoring 24/7",
		"## Update to version 2.4.1",
		"## Updates", "## What we do about resolved issues", "## Monitoring-Server", "## Monitoring, alerts and logs",
		"## Monitoring improvements since 2026-11-01",
		"## Timeline — all in UTC", "## Update on our move", "## 3 regions", "## From 02:00 to 04:00", "### Monitoring improvements",
		"### Update: what we know",
		"**Update**: we see fewer errors.", "**Monitoring** is back.", "We resolved it at 04:20.", "Resolved all of it.",
		"The update of 2026-11-27 04:20 helped.",
		"- Monitoring\n- E-mail", "- Monitoring of disks", "Monitoring.", "Investigating — 2026-11-27 04:00 is when we began to look.",
		"Identified: 02:00–04:00", "`Resolved — 2026-11-27 04:20`", "```\n## Resolved 04:20\n```", "    ## Resolved 04:20",
		"> ## Resolved — 2026-11-27 04:20", "> Resolved — 2026-11-27 04:20",
		"| Resolved | 04:20 |\n|---|---|\n| Resolved | 04:20 |", "<!-- ## Resolved 04:20 -->", "Investigating at 04:00.", "Investigating.",
		"#Resolved", "We were\nresolved at 04:20\nand went on.",
		"## Root cause", "## Scheduled jobs at risk",
	} {
		got, s := nearUpdates(t, "incidents", "en", begun+line+"\n")
		if got != "" || len(s.Entries[0].Updates) != 1 {
			t.Errorf("%q: %s", line, got)
		}
	}
}

func TestInAReportOnlyHeadingsThatSayNothingElseAreUpdates(t *testing.T) {
	report := begun + "## Resolved — 2026-11-27 05:00\nDone.\n\n## Postmortem\nText.\n\n"
	const right = "write ## Resolved — 2026-11-27 05:20"
	for line, want := range map[string]string{
		"## Resolved 05:20": right, "## 05:20 — Resolved": right, "##Resolved 05:20": right, "## Resolved-2026-11-27 05:20": right,
		"## Resolved.":                    "write ## Resolved — 2026-11-27 HH:MM",
		"## Resolved: by restart":         "write ## Resolved — 2026-11-27 HH:MM, with the text below it",
		"### Resolved — 2026-11-27 05:20": "", "**Resolved** — 2026-11-27 05:20": "", "- 05:20 — Resolved": "",
		"- Resolved — 2026-11-27 05:20": "",
		"## 05:20 Monitoring alarms":    "", "## Monitoring: what we change": "", "## Update 2": "", "## 2026-11-27 05:20": "",
		"**Resolved**": "", "## Root cause analysis": "", "## RCA": "",
		"## Retrospective": "", "## Post-incident review": "", "## Resolved by a restart at 05:20": "",
	} {
		if got, _ := nearUpdates(t, "incidents", "en", report+line+"\n"); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

// What other teams call a report opens it behind updates.
func TestAReportHasTheNamesThatTeamsGiveIt(t *testing.T) {
	for _, name := range []string{"Root cause analysis", "RCA", "Retrospective", "Post-incident review", "rca", "Postmortem"} {
		for _, heading := range []string{"## " + name, "## " + name + " — 2026-11-28 10:00"} {
			updates := begun + "## Resolved — 2026-11-27 05:00\nDone.\n\n"
			e := read(t, incident2026(updates+heading+"\nA disk was full.\n\n## What we change\nMore disks.\n")).Entries[0]
			if e.Report == nil || e.Report.Whole || e.Report.Time.IsZero() == strings.Contains(heading, "—") ||
				e.Report.Body.Text != "A disk was full.\n\nWhat we change\n\nMore disks." {
				t.Errorf("%s: %+v", heading, e.Report)
			}
			if len(e.Updates) != 2 || e.Updates[1].Body.Text != "Done." {
				t.Errorf("%s: %+v", heading, e.Updates)
			}
		}
	}
	e := read(t, incident2026("## RCA\nA disk was full.\n\n## Retrospective — 2026-11-28 10:00\nMore disks.\n")).Entries[0]
	if e.Report == nil || !e.Report.Whole || !strings.Contains(e.Report.Body.Text, "Retrospective") {
		t.Errorf("a body without updates: %+v", e.Report)
	}
}

func incident2026(body string) string {
	return "-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 04:00\n---\n" + body
}

func TestABodyWithoutUpdatesIsItsAuthorsOwn(t *testing.T) {
	body := func(front, body string) string {
		_, problems := Read(folder("-- incidents/2026-11-27-x.md --\n---\ntitle: X\n"+front+"---\n"+body), Options{})
		return listed(problems)
	}
	closed := "start: 2026-11-27 04:00\nend: 2026-11-27 05:00\n"
	for _, text := range []string{"### Resolved — 2026-11-27 04:20\n", "**Resolved** — 2026-11-27 04:20\n", "- 04:20 — Resolved\n",
		"## RCA\n", "## Incident report: mail\n", "## Monitoring: what we change\n", "## 04:20 UTC\n"} {
		if got := body(closed, text); got != "" {
			t.Errorf("%q: %s", text, got)
		}
	}
	if got := body(closed, "##Resolved — 2026-11-27 04:20\n"); got != "incidents/2026-11-27-x.md:6:1: error: this looks like an "+
		"update, but it is not one\n" {
		t.Errorf("a heading without its space: %s", got)
	}
	if got := body(closed, "## Resolved 04:20\n"); !strings.Contains(got, "6:4: error: this looks like an update") {
		t.Errorf("a heading of level 2: %s", got)
	}
	// As a report it would leave the incident open.
	if got := body("start: 2026-11-27 04:00\n", "**Resolved** — 2026-11-27 04:20\n"); got != "incidents/2026-11-27-x.md:5:1: warning: "+
		"this looks like an update, but it is not one\n" {
		t.Errorf("an open incident: %s", got)
	}
	if got := body("", "### Investigating — 2026-11-27 04:20\n"); got != "incidents/2026-11-27-x.md:4:5: error: this looks like an "+
		"update, but it is not one\n" {
		t.Errorf("an incident without a time: %s", got)
	}
}

func TestNearUpdatesOfAWindowAndInOtherLanguages(t *testing.T) {
	for _, c := range []struct{ kind, languages, body, want string }{
		{"maintenance", "en", "## In progress — 2026-11-27 02:03\nx\n\n## Completed 03:20\n", "write ## Completed — 2026-11-27 03:20"},
		{"maintenance", "en", "## In progress — 2026-11-27 02:03\nx\n\n**In progress** — 02:20\n",
			"write ## In progress — 2026-11-27 02:20"},
		{"maintenance", "en", "## Plan\n- [x] Verifying 02:30\n- [ ] Completed\n\n## In progress — 2026-11-27 02:03\n", ""},
		{"maintenance", "en", "## Postponed — 2026-11-27 02:03\n",
			"unknown-word error: to move a window, change its start and end, and announce it in an update: ## Update — 2026-11-27 02:03"},
		{"maintenance", "en", "## Rescheduled — 2026-11-27 02:03\n",
			"unknown-word error: to move a window, change its start and end, and announce it in an update: ## Update — 2026-11-27 02:03"},
		{"maintenance", "en", "## Scheduled — 2026-11-26 02:03\nx\n\n## Postponed\nx\n",
			"unknown-word error: to move a window, change its start and end, and announce it in an update: ## Update — TIME"},
		{"maintenance", "de", "## Verschoben — 2026-11-27 02:03\n",
			"unknown-word error: to move a window, change its start and end, and announce it in an update: ## Update — 2026-11-27 02:03"},
		{"maintenance", "fr", "## Reporte - 2026-11-27 02:03\n",
			"unknown-word error: to move a window, change its start and end, and announce it in an update: ## Update — 2026-11-27 02:03"},
		{"maintenance", "en", "## Moved\nx\n", ""},
		{"incidents", "en", "## Investigating — 2026-11-26 02:03\nx\n\n## Postponed\nx\n", ""},
		{"maintenance", "en", "## Resolved 02:03\n", ""},
		{"incidents", "de", "## Untersuchung — 2026-11-27 04:00\nx\n\n## Behoben um 04:20 Uhr\n", "write ## Behoben — 2026-11-27 04:20"},
		{"incidents", "de", "## Untersuchung — 2026-11-27 04:00\nx\n\n## Behoben: 27. November 2026, 04:20 Uhr\n",
			"unreadable-time error: write 2026-11-27 04:20"},
		{"incidents", "de", begun + "## Resolved 04:20\n", "write ## Resolved — 2026-11-27 04:20"},
		{"incidents", "en, fr", begun + "## Résolu à 04h20\n", "write ## Résolu — 2026-11-27 04:20"},
		{"incidents", "en, es", begun + "## Resuelto el 27 de noviembre de 2026 a las 04:20\n", "write ## Resuelto — 2026-11-27 04:20"},
		{"incidents", "ja", begun + "## 解決 2026年11月27日 4時20分\n", "write ## 解決 — 2026-11-27 04:20"},
		{"incidents", "ja", begun + "## 解決：すべて正常\n", "unreadable-time error: " + timeHint},
		{"incidents", "hi", begun + "## हल हुआ 04:20\n", "write ## हल हुआ — 2026-11-27 04:20"},
		{"incidents", "ar", begun + "## تم الحل 04:20\n", "write ## تم الحل — 2026-11-27 04:20"},
		{"incidents", "en", begun + "## Behoben 04:20\n", ""}, // no language of this site
	} {
		if got, _ := nearUpdates(t, c.kind, c.languages, c.body); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.body, got, c.want)
		}
	}
}

// The date of a bare time of day is that of the update above it, whichever way
// the file goes, across midnight.
func TestTheHintFindsTheDayOfATimeOfDay(t *testing.T) {
	for body, want := range map[string]string{
		"## Investigating — 2026-11-27 23:50\n\n## Resolved 00:20\n":                                             "2026-11-28 00:20",
		"## Investigating — 2026-11-27 23:50\n\n## Resolved 23:55\n":                                             "2026-11-27 23:55",
		"## Resolved — 2026-11-28 00:20\n\n## Investigating 23:50\n":                                             "2026-11-27 23:50",
		"## Resolved — 2026-11-28 02:00\n\n## Monitoring — 2026-11-28 01:00\n\n## Investigating 23:50\n":         "2026-11-27 23:50",
		"## Investigating — 2026-11-27 23:50 UTC\n\n## Identified — 2026-11-28 00:10\n\n## Resolved 00:30 UTC\n": "2026-11-28 00:30 UTC",
		"## Resolved 00:30\n": "2026-11-27 00:30",
	} {
		_, problems := Read(folder("-- incidents/2026-11-27-x.md --\n---\ntitle: X\n---\n"+body), Options{})
		if len(problems) != 1 || !strings.HasSuffix(problems[0].Hint, " — "+want) {
			t.Errorf("%q: %v, want %s", body, problems, want)
		}
	}
}

// Whatever stands between a status word and its time, however the time is written
// and in whichever order: the line is an update or a mistake, never text.
func TestEveryWordSeparatorAndTimeIsAnUpdateOrAMistake(t *testing.T) {
	separators := []string{"", " ", " — ", "—", " – ", "–", " - ", "-", "- ", " -", ": ", ":", " : ", " · ", "·", " | ", "|", " @ ", "@",
		", ", "; ", " / ", "/", " ~ ", " → ", " • ", " at ", " on ", " (", " [", ". ", "! ", " = ", " + ", " * ", "…", " >> ", "\u00a0",
		"\u3000"}
	times := []string{
		"2026-11-27 04:20", "2026-11-27 04:20:30", "2026-11-27T04:20Z", "2026-11-27T04:20:00+01:00", "2026-11-27 04:20 UTC",
		"2026-11-27 04:20 -0400", "2026-11-27 4:20", "2026/11/27 04:20", "27.11.2026 04:20",
		"27 November 2026 04:20", "Nov 27, 2026 4:20 am", "27 Nov", "2026-11-27", "04:20", "4:20", "4:20 PM", "4pm", "04:20 CET",
		"04:20, 27 Nov 2026", "11/27/2026 04:20",
	}
	everyWord(func(language string, kind site.Kind, name string, synonym bool) {
		var lines []string
		times := times
		if synonym || language != "en" && language != "de" {
			times = []string{times[0], times[9], times[13]}
		}
		for _, separator := range separators {
			for _, when := range times {
				if separator != "" || digit(when[0]) {
					lines = append(lines, "## "+name+separator+when)
				}
				if separator != "" || digit(when[len(when)-1]) {
					lines = append(lines, "## "+when+separator+name)
				}
			}
		}
		vocab := newVocabulary([]string{language})
		opening := "## " + HeadingWord(site.UpdateStatuses(kind)[0], "en") + " — 2026-11-27 04:00\n\n"
		for part := range slices.Chunk(lines, 500) {
			var problems diag.List
			f := newFile("x.md", opening+strings.Join(part, "\n\n"))
			b := readBody(f, 0, kind, decoder{zone: time.UTC, languages: []string{language}, vocab: &vocab, problems: &problems},
				linkTable{})
			heard := map[int]bool{}
			for _, p := range problems {
				heard[p.Line] = true
			}
			for _, u := range b.updates {
				heard[u.Pos.Line] = true
			}
			for i, line := range part {
				if !heard[3+2*i] {
					t.Errorf("%s, %s: %q is text", language, kind, line)
				}
			}
		}
	})
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// everyWord calls try with each status word of each language.
func everyWord(try func(language string, kind site.Kind, name string, synonym bool)) {
	for language, heading := range headingLanguages {
		for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
			for _, word := range site.UpdateStatuses(kind) {
				for i, name := range heading.words[word] {
					try(language, kind, name, i > 0)
				}
			}
		}
	}
}

// The hint of a near miss, written into the file, is an update of that word.
func FuzzNearUpdate(f *testing.F) {
	f.Add("## Resolved-2026-11-27 04:20")
	f.Add("**2026-11-27 04:20** Resolved")
	f.Add("## [Update] 4pm, 27 Nov")
	f.Fuzz(func(t *testing.T, line string) {
		fsys := folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 03:00\n---\n" + begun + line + "\n")
		_, problems := Read(fsys, Options{})
		inside(t, fsys, problems)
		if len(problems) != 1 || problems[0].Rule != "near-update" {
			return
		}
		right, ok := strings.CutPrefix(problems[0].Hint, "write ## ")
		if !ok || strings.ContainsAny(right, "(YH") || strings.Contains(right, ", and") || !strings.Contains(right, " — ") {
			return // it names what only the author knows
		}
		s, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 03:00\n---\n"+begun+"## "+right+"\n"), Options{})
		if problems.HasErrors() || len(s.Entries[0].Updates) != 2 && s.Entries[0].Report == nil {
			t.Errorf("%q: the hint %q is no update: %s", line, right, listed(problems))
		}
	})
}

// Nearly all lines are put aside before they are compared with the forms of headings.
// None of them has one of these forms.
func TestNoLineThatIsPutAsideLooksLikeAnUpdate(t *testing.T) {
	pieces := strings.Split("Resolved|resolved|Reso|lved|Update|Behoben|Gelöst|In progress|In|progress|Postmortem|Report|word|a|é|٣|"+
		"12:30|2025-07-25|7|UTC|at|am|um|—|-|:|: |.|[|]|(|)|*|…| |  |\t|'|’|#|##|**", "|")
	vocab := newVocabulary([]string{"en", "de"})
	random := rand.New(rand.NewPCG(3, 4))
	aside := 0
	for range 40_000 {
		var text string
		for range 1 + random.IntN(7) {
			text += pieces[random.IntN(len(pieces))]
		}
		text = strings.TrimSpace(text)
		kind := site.Kind(random.IntN(2))
		if text == "" || vocab.mayOpen(kind, []byte(text)) {
			continue
		}
		aside++
		h := headingReader{kind: kind, vocab: &vocab, updates: true}
		s := &section{title: title{opens: update}}
		for _, element := range []element{textNode, strong} {
			line := []node{{element: element, text: text, kids: []node{{element: textNode, text: text}}}}
			if n, _ := h.nearLine(line, text, s, true, true); n.nearness != far {
				t.Fatalf("%q is put aside, and looks like an update: %v", text, n.nearness)
			}
		}
		if n := h.led(text, s); n.nearness != far {
			t.Fatalf("%q is put aside, and begins like an update", text)
		}
	}
	if aside < 5_000 {
		t.Errorf("only %d lines were put aside", aside)
	}
}

func TestFoldedWords(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Resolved": "resolved", " In-Progress ": "inprogress", "it's *over*_": "itsover", "a\tb": "a\tb",
		"\tInvestigating\r\n": "investigating", "UPDATE 2": "update2", "[Resolved] 10:20": "[resolved]10:20",
		"Actualización": "actualizacion", "e\u0301te\u0301": "ete", "l’été\u00a0ʼ": "lete", "\u3000已改期\u3000": "已改期",
		"İPTAL ısı": "iptalisi", "\u212a": "k", "a\xffb": "a\ufffdb", "Вирішено, Й": "вирішено,и",
	} {
		if got := fold(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if got := string(appendFolded(nil, []byte(strings.TrimSpace(text)))); got != want {
			t.Errorf("bytes of %q: got %q, want %q", text, got, want)
		}
	}
}
