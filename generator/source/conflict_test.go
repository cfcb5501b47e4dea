package source

import (
	"strconv"
	"strings"
	"testing"

	"allclear/generator/diag"
)

// Two people write an update at the same time, and git cannot merge them.
func TestAnUnfinishedMergeIsNeverPublished(t *testing.T) {
	const ours, theirs = "## Identified — 2026-11-27 04:10\nA disk is full.\n", "## Monitoring — 2026-11-27 04:12\nIt is better.\n"
	const body = "## Investigating — 2026-11-27 04:00\nWe look.\n\n"
	const front = "---\ntitle: X\n---\n"
	merge := func(a, b string) string { return "<<<<<<< HEAD\n" + a + "=======\n" + b + ">>>>>>> other\n" }
	for name, c := range map[string]struct {
		file, text string
		lines      string
	}{
		"in the body": {"incidents/x.md", front + body + merge(ours, theirs), "7 10 13"},
		"with the common ancestor": {"incidents/x.md", front + body + "<<<<<<< HEAD\n" + ours + "||||||| 1234567\n=======\n" + theirs +
			">>>>>>> other\n", "7 10 11 14"},
		"with Windows line ends": {"incidents/x.md", strings.ReplaceAll(front+body+merge(ours, theirs), "\n", "\r\n"), "7 10 13"},
		"one mark left behind":   {"incidents/x.md", front + body + ours + ">>>>>>> other\n", "9"},
		"in the front matter": {"incidents/x.md", "---\ntitle: X\n" + merge("status: down\n", "status: partial\n") +
			"components: [api]\n---\n" + body, "3 5 7"},
		"two new files":          {"incidents/x.md", merge(front+body, front+body), "1 8 15"},
		"in a translation":       {"maintenance/x.de.md", front + merge("a\n", "b\n"), "4 6 8"},
		"in a page":              {"pages/x.md", front + merge("a\n", "b\n"), "4 6 8"},
		"in a quotation's place": {"pages/x.md", front + "> a\n" + merge("> a\n", "> b\n"), "5 7 9"},
		"in site.yml":            {"site.yml", merge("title: A\n", "title: B\n"), "1 3 5"},
		"in components.yml":      {"components.yml", "components:\n" + merge("  - {id: api}\n", "  - {id: web}\n"), "2 4 6"},
		"in a code block":        {"pages/x.md", front + "```\n" + merge("a\n", "b\n") + "```\n", ""},
		"in a block of tildes":   {"pages/x.md", front + "~~~ text\n```\n" + merge("a\n", "b\n") + "```\n~~~\n", ""},
		"indented":               {"pages/x.md", front + "    " + strings.ReplaceAll(merge("a\n", "b\n"), "\n", "\n    "), ""},
		"a line under a heading": {"pages/x.md", front + "Heading\n=======\n", ""},
	} {
		fsys := folder("-- maintenance/x.md --\n---\ntitle: X\nstart: 2026-11-27 02:00\nduration: 2h\n---\n")
		if !strings.HasPrefix(c.file, "maintenance") {
			delete(fsys, "content/maintenance/x.md")
		} else {
			fsys["content/site.yml"] = textFile("title: X\nurl: https://x.example\nlanguages: [en, de]\n")
		}
		fsys["content/"+c.file] = textFile(c.text)
		_, problems := Read(fsys, Options{})
		var lines []string
		for _, p := range problems {
			if p.Rule != "conflict-marker" || p.Severity != diag.Error ||
				p.Hint != "keep the correct side, or parts of both, and delete the three marker lines" {
				t.Errorf("%s: %s: %s (%s)", name, p.Rule, p.Message, p.Hint)
			}
			lines = append(lines, strconv.Itoa(p.Line))
		}
		if got := strings.Join(lines, " "); got != c.lines {
			t.Errorf("%s: lines %q, want %q", name, got, c.lines)
		}
		inside(t, fsys, problems)
	}
}
