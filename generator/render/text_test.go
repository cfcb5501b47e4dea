package render_test

import (
	"strings"
	"testing"
)

func TestStatusTextAtFourInstants(t *testing.T) {
	for name, at := range instants {
		text := publish(t, little, at)["status.txt"]
		golden(t, "text/"+name+".txt", text)
		for _, line := range strings.Split(string(text), "\n") {
			if len([]rune(line)) > 80 && !strings.Contains(line, "://") {
				t.Errorf("%s: a line has %d columns: %s", name, len([]rune(line)), line)
			}
		}
	}
}

func TestStatusTextCommandsNoTerminal(t *testing.T) {
	hostile := little.with("content/incidents/errors.md", "---\ntitle: Red and \u202Ebackwards\ncomponents: [api]\nstatus: degraded\n"+
		"---\n## Investigating — 2025-07-25 06:41\n"+
		strings.Repeat("漢字", 100)+"\n")
	text := string(publish(t, hostile, incident)["status.txt"])
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f }); i >= 0 {
		t.Errorf("it holds the control character %q", text[i])
	}
	for _, line := range strings.Split(text, "\n") {
		if wide := strings.Count(line, "漢") + strings.Count(line, "字"); 2*wide > 80 {
			t.Errorf("%d wide characters stand on one line", wide)
		}
	}
}

func TestAnEntryHasATwinInMarkdown(t *testing.T) {
	golden(t, "twin/incident.md", publish(t, little, resolved)["incidents/errors/index.md"])
	golden(t, "twin/maintenance.md", publish(t, little, maintenance)["maintenance/upgrade/index.md"])
}

// A form or a phone often writes a summary and no update.
func TestTheSummaryStandsForAFirstUpdateWithoutText(t *testing.T) {
	site := little.with("content/incidents/errors.md", "---\ntitle: Errors\nstart: 2025-07-25 06:41\ncomponents: [api]\nstatus: degraded\n"+
		"---\nOne call in four fails.\n").
		with("content/maintenance/disks.md", "---\ntitle: Disks\nstart: 2025-07-26 02:00\nend: 2025-07-26 03:00\ncomponents: [api]\n"+
			"---\nWe replace two disks.\n")
	out := publish(t, site, incident)
	if !strings.Contains(string(out["status.txt"]), "One call in four fails.") {
		t.Errorf("status.txt does not say what the incident is:\n%s", out["status.txt"])
	}
	if page := string(out["maintenance/disks/index.html"]); !strings.Contains(page, `We replace two disks."`) {
		t.Errorf("a preview in a chat does not show what the maintenance is:\n%s", page)
	}
}

// A text without spaces fills the lines of status.txt to their last column.
func TestALongWordIsCutAtTheEndOfTheLine(t *testing.T) {
	c := little.with("content/incidents/errors.md", "---\ntitle: Errors\ncomponents: [api]\nstatus: major_outage\n---\n"+
		"## Investigating — 2025-07-25 06:50\n"+strings.Repeat("漢", 90)+"\n")
	longest := 0
	for line := range strings.Lines(string(publish(t, c, incident)["status.txt"])) {
		if strings.Contains(line, "漢") {
			longest = max(longest, strings.Count(line, " ")+2*strings.Count(line, "漢"))
		}
	}
	if longest != 80 {
		t.Errorf("the longest line has %d columns, not 80", longest)
	}
}
