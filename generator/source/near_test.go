package source

import (
	"strings"
	"testing"

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
