package source

import (
	"fmt"
	"strings"
	"testing"

	"allclear/generator/site"
)

// grown is an incident of a body: what its mistakes are, and how many bytes all its
// texts have in the forms that outputs need.
func grown(body string) (told string, written int) {
	s, problems := Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2025-01-01 00:00\n---\n"+body), Options{})
	var list strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&list, "%d %s\n", p.Line, p.Rule)
	}
	for _, e := range s.Entries {
		texts := []site.Prose{e.Summary}
		for _, u := range e.Updates {
			texts = append(texts, u.Body)
		}
		if e.Report != nil {
			texts = append(texts, e.Report.Body)
		}
		for _, p := range texts {
			written += len(p.Markup) + len(p.Text) + len(p.Markdown)
		}
	}
	return list.String(), written
}

func updates(n int, body string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "## Update — 2025-01-01 %02d:%02d:00\n\n%s\n\n", i/60%24, i%60, body)
	}
	return b.String()
}

// What a file refers to many times is written as often. It has a limit of its own, and
// the message names the line that exceeds it.
func TestRepeatedReferencesAreLimited(t *testing.T) {
	long := strings.Repeat("A", 20_000)
	var notes strings.Builder
	for i := range 100 {
		fmt.Fprintf(&notes, "[^n%d]: %s [^n%d]\n\n", i, long[:1000], i+1)
	}
	for name, c := range map[string]struct {
		body string
		line int // of the error
	}{
		"an address that many links repeat":  {"[a]: https://x.example/" + long + "\n\n" + strings.Repeat("[a]\n\n", 8000), 39},
		"a title that many links repeat":     {"[a]: https://x.example/ \"" + long + "\"\n\n" + strings.Repeat("[a]\n\n", 8000), 39},
		"an address that many images repeat": {"[a]: https://x.example/" + long + "\n\n" + strings.Repeat("![b][a]\n\n", 8000), 41},
		"entities that become longer": {"[a]: https://x.example/" + strings.Repeat("&#x10ffff;", 2000) + "\n\n" +
			strings.Repeat("[a]\n\n", 8000), 39},
		"links within a footnote": {"[a]: https://x.example/" + long + "\n\nx[^1]\n\n[^1]: " +
			strings.Repeat("[a]\n\n    ", 8000), 43},
		"a footnote of many updates": {updates(500, "Text.[^1]") + "[^1]: " + long + "\n", 63},
		"footnotes of footnotes":     {updates(100, "Text.[^n0]") + notes.String(), 19},
		"a footnote whose links are long": {updates(300, "Text.[^1]") + "[a]: https://x.example/" + long + "\n\n[^1]: " +
			strings.Repeat("[a]\n    ", 5), 19},
		"a footnote of updates and a report": {"x[^1]\n\n" + updates(300, "Text.[^1]") + "## Postmortem\n\nx[^1]\n\n[^1]: " + long + "\n",
			65},
		"a table of many columns and rows": {strings.Repeat("|a", 1000) + "|\n" + strings.Repeat("|-", 1000) + "|\n" +
			strings.Repeat("|\n", 1000), 27},
	} {
		told, written := grown(c.body)
		if want := fmt.Sprintf("%d ", c.line); !strings.HasPrefix(told, want) || strings.Count(told, "\n") != 1 {
			t.Errorf("%s: told %q, want one mistake in line %d", name, told, c.line)
		}
		if bound := 8*len(c.body) + 4*maxRepeated; written > bound {
			t.Errorf("%s: %d bytes became %d, want at most %d", name, len(c.body), written, bound)
		}
	}
}

// What a person writes is far from the limits.
func TestAnOrdinaryReportIsNotRefused(t *testing.T) {
	body := "[status]: https://www.example.com/a/rather/long/path?with=a&query=string \"Our status\"\n\n" +
		strings.Repeat("See [status] and [this][status].\n\n", 300) +
		updates(200, "Text.[^1] More.[^2]") +
		"[^1]: A footnote that says [where][status] the figures come from.\n\n[^2]: Another, of two lines\n    and a `piece of code`.\n\n" +
		"| Time | What |\n|---|---|\n" + strings.Repeat("| 01:02 | a \\| b |\n", 5000)
	if told, _ := grown(body); told != "" {
		t.Errorf("told %s", told)
	}
}

func TestAFileHasBoundedFootnotes(t *testing.T) {
	var b strings.Builder
	for i := range maxNotes + 1 {
		fmt.Fprintf(&b, "a[^%d]\n\n[^%d]: b\n\n", i, i)
	}
	told, _ := grown(b.String())
	if want := fmt.Sprintf("%d too-many\n", 5+4*maxNotes+2); told != want {
		t.Errorf("told %q, want %q", told, want)
	}
}
