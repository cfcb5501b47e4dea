package source

import (
	"strconv"
	"strings"
	"testing"

	"allclear/generator/diag"
)

// warned is what is said of a file of a site in Berlin, without its name.
func warned(zone, kind, body string) string {
	front := map[string]string{"incidents": "---\ntitle: X\n---\n",
		"maintenance": "---\ntitle: X\nstart: 2026-11-27 02:00\nduration: 4h\n---\n"}[kind]
	fsys := folder("-- site.yml --\ntitle: X\nurl: https://x.example\ntimezone: " + zone + "\n")
	fsys["content/"+kind+"/x.md"] = textFile(front + body)
	_, problems := Read(fsys, Options{})
	var all []string
	for _, p := range problems {
		if p.Severity != diag.Warning {
			all = append(all, "error:")
		}
		all = append(all, strconv.Itoa(p.Line)+": "+p.Rule+": "+p.Message+" / "+p.Hint)
	}
	return strings.Join(all, "\n")
}

// A person who reads a clock in UTC writes into a site whose zone is Berlin.
func TestTimesThatRunAgainstTheOrderOfTheFileAreWarnedOf(t *testing.T) {
	const down = "check both times; the file lists its updates from the oldest to the newest"
	const up = "check both times; the file lists its updates from the newest to the oldest"
	for _, c := range []struct{ name, zone, kind, body, want string }{
		{"the last of two", "Europe/Berlin", "incidents", "## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-27 03:20\n",
			"5: update-order: Resolved is 40 min before the Investigating above it; did you mean 03:20 UTC? / write ## " +
				"Resolved — 2026-11-27 03:20 UTC"},
		{"the last of three", "Europe/Berlin", "incidents", "## Investigating — 2026-11-27 04:00\n## Identified — 2026-11-27 04:10\n" +
			"## Resolved — 2026-11-27 03:20\n",
			"6: update-order: Resolved is 50 min before the Identified above it; did you mean 03:20 UTC? / write ## " +
				"Resolved — 2026-11-27 03:20 UTC"},
		{"one in the middle", "Europe/Berlin", "incidents", "## Investigating — 2026-11-27 04:00\n## Identified — 2026-11-27 03:20\n" +
			"## Resolved — 2026-11-27 05:20\n",
			"5: update-order: Identified is 40 min before the Investigating above it; did you mean 03:20 UTC? / write ## " +
				"Identified — 2026-11-27 03:20 UTC"},
		{"UTC would be too late", "Europe/Berlin", "incidents",
			"## Investigating — 2026-11-27 04:00\n## Identified — 2026-11-27 03:20\n## Resolved — 2026-11-27 04:10\n",
			"5: update-order: Identified is 40 min before the Investigating above it / " + down},
		{"UTC would be too early", "America/New_York", "incidents", "## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-26 03:20\n",
			"5: update-order: Resolved is 24 h 40 min before the Investigating above it / " + down},
		{"the zone was written", "Europe/Berlin", "incidents",
			"## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-27 03:20+01:00\n",
			"5: update-order: Resolved is 40 min before the Investigating above it / " + down},
		{"a site in UTC", "UTC", "incidents", "## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-27 03:20\n",
			"5: update-order: Resolved is 40 min before the Investigating above it / " + down},
		{"newest first", "Europe/Berlin", "incidents", "## Resolved — 2026-11-27 03:20\n## Monitoring — 2026-11-27 04:10\n" +
			"## Identified — 2026-11-27 04:05\n## Investigating — 2026-11-27 04:00\n",
			"4: update-order: Resolved is 50 min before the Monitoring below it; did you mean 03:20 UTC? / write ## " +
				"Resolved — 2026-11-27 03:20 UTC"},
		{"newest first, the first of all", "Europe/Berlin", "incidents",
			"## Resolved — 2026-11-27 04:30\n## Identified — 2026-11-27 04:05\n## Investigating — 2026-11-27 04:10\n",
			"5: update-order: Identified is 5 min before the Investigating below it / " + up},
		{"a window", "Europe/Berlin", "maintenance", "## In progress — 2026-11-27 02:03\n## Completed — 2026-11-27 01:20\n",
			"7: update-order: Completed is 43 min before the In progress above it; did you mean 01:20 UTC? / write ## " +
				"Completed — 2026-11-27 01:20 UTC"},

		{"newest first is an order", "Europe/Berlin", "incidents", "## Resolved — 2026-11-27 05:00\n## Investigating — 2026-11-27 04:00\n",
			""},
		{"reopened, newest first", "Europe/Berlin", "incidents",
			"## Investigating — 2026-11-27 06:00\n## Resolved — 2026-11-27 05:00\n## Investigating — 2026-11-27 04:00\n", ""},
		{"reopened", "Europe/Berlin", "incidents", "## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-27 05:00\n" +
			"## Investigating — 2026-11-27 06:00\n## Resolved — 2026-11-27 07:00\n", ""},
		{"in one minute", "Europe/Berlin", "incidents", "## Investigating — 2026-11-27 04:00\n## Resolved — 2026-11-27 04:00\n", ""},
		{"notes alone, newest first", "Europe/Berlin", "incidents", "## Update — 2026-11-27 05:00\n## Update — 2026-11-27 04:00\n", ""},
	} {
		if got := warned(c.zone, c.kind, c.body); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestWhatLooksLikeAShortcodeIsWarnedOf(t *testing.T) {
	const said = ": shortcode: this looks like a shortcode: visitors would see it exactly as written / write the result " +
		"instead, or put it in `code`"
	for body, want := range map[string]string{
		"*Resolved* - It is back. {{< track \"2026-11-27 04:20\" >}}\n": "6" + said,
		"{{< track>}} and {% include x %}\n":                            "6" + said + "\n6" + said,
		"{{% notice %}}\ntext\n{{% /notice %}}\n":                       "6" + said + "\n8" + said,
		"`{{< track >}}` and \\{{< track >}}\n":                         "",
		"```\n{% raw %}\n```\n":                                         "",
		"<!-- {{< track >}} -->\n":                                      "",
		"A set {{ a, b }}, 100 % {of it}, {{name}} and {{<}.\n":         "",
		"    {{< track >}}\n":                                           "",
	} {
		if got := warned("UTC", "maintenance", body); got != want {
			t.Errorf("%q:\n got %s\nwant %s", body, got, want)
		}
	}
}

// Who comes from another generator is told what its keys are called here.
func TestAKeyOfAnotherGeneratorGetsAHint(t *testing.T) {
	for key, want := range map[string]string{
		"date: 2026-11-27": `"start"`, "affected: [api]": `"components"`, "affectedsystems: [api]": `"components"`,
		"resolved: true":           "## Resolved — TIME",
		"resolvedWhen: 2026-11-27": `"end"`, "informational: true": "severity: none", "pin: true": `"pinned"`,
		"section: issue": "incidents/", "scheduled: true": "content/maintenance/",
	} {
		_, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 04:00\n"+key+"\n---\n"), Options{})
		if len(problems) != 1 || problems[0].Rule != "unknown-key" || !strings.Contains(problems[0].Hint, want) {
			t.Errorf("%s: %v, want a hint with %s", key, problems, want)
		}
	}
	_, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2026-11-27 04:00\nseverity: disrupted\n---\n"), Options{})
	if len(problems) != 1 || problems[0].Hint != "write status: partial_outage; the severity follows from it" {
		t.Errorf("a severity of another generator: %v", problems)
	}
	_, problems = Read(folder("-- pages/x.md --\n---\ntitle: X\ndate: 2026-11-27\n---\n"), Options{})
	if len(problems) != 1 || strings.Contains(problems[0].Hint, "start") {
		t.Errorf("a page has no start: %v", problems)
	}
}

func TestATimeThatIsNotReadIsShownWrittenRight(t *testing.T) {
	for written, want := range map[string]string{
		"6:32": "write 2026-11-27 06:32", "06:32": "write 2026-11-27 06:32", "2026-11-27T9:25": "write 2026-11-27 09:25",
		"2026-11-27 9:25":   "write 2026-11-27 09:25",
		"12 Nov 2026 04:20": "write 2026-11-12 04:20", "12 Nov 4:20pm": "write 2026-11-12 16:20",
		"2026-11-27 0400 UTC": "write 2026-11-27 04:00 UTC", "2026/11/27 04:00": "write 2026-11-27 04:00",
		"2026-11-27 04:00 EST":    "write UTC or an offset: 2026-11-27 04:00+02:00",
		"2026-11-27 04:00 GMT":    "write 2026-11-27 04:00 UTC, which is the same",
		"2026-11-27 04:00 CET":    "write 2026-11-27 04:00: without a zone it is read in Europe/Berlin",
		"2026-11-27 04:00 -04000": "write hours and minutes: 2026-11-27 04:00+02:00",
		"2026-11-27":              "add the time: 2026-11-27 06:40", "soon": timeHint,
		"2026-11-27 04:00 -0400": "", "2026-11-27 04:00+0530": "", "2026-11-27T04:00:00-04": "",
	} {
		_, problems := Read(folder("-- site.yml --\ntitle: X\nurl: https://x.example\ntimezone: Europe/Berlin\n"+
			"-- incidents/2026-11-27-x.md --\n---\ntitle: X\nstart: '"+written+"'\n---\n"), Options{})
		got := ""
		if len(problems) == 1 {
			got = problems[0].Hint
		}
		if got != want || len(problems) > 1 {
			t.Errorf("%q: %v, want %q", written, problems, want)
		}
	}
	if got, err := ParseTime("2026-11-27 04:00 -0430", nil); err != nil || got.Format("15:04") != "08:30" {
		t.Errorf("an offset without a colon: %v, %v", got, err)
	}
}

func TestAFileWithASecondExtensionGetsAHint(t *testing.T) {
	_, problems := Read(folder("-- incidents/mail.md.txt --\nx\n-- incidents/web.txt --\nx\n"), Options{})
	if len(problems) != 2 || problems[0].Hint != "rename it to mail.md" || problems[1].Hint != "rename it to web.md" {
		t.Errorf("%v", problems)
	}
}
