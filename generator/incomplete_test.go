package generator_test

import (
	"fmt"
	"strings"
	"testing"

	"allclear/generator"
)

// What an entry lacks is one mistake. It is no reason for a warning about the time or the
// status that would have been there.
func TestWhatIsMissingIsReportedOnce(t *testing.T) {
	for _, story := range []struct{ files, want string }{
		{"-- maintenance/work.md --\n---\ntitle: Work\ncomponents: [api]\n---\nText.\n",
			"2:8 error missing-end\n2:8 error missing-start"},
		{"-- incidents/down.md --\n---\ntitle: Down\nstart: 2026-11-28 11:00\ncomponents: [api]\n---\n" +
			"## Investigating — 2026-11-28 11:30\nText.\n", "4:1 error missing-status"},
		{"-- incidents/down.md --\n---\ntitle: Down\nstart: 2026-11-28 11:00\ncomponents: [api]\nstatus: operational\n---\n" +
			"## Investigating — 2026-11-28 11:30\nText.\n", "5:9 warning no-impact"},
	} {
		folder := content(story.files)
		folder["content/site.yml"] = textOf("title: Example\nurl: https://status.acme.com\n")
		_, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, "2026-11-28T12:00:00Z")})
		var lines []string
		for _, p := range problems {
			lines = append(lines, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Severity, p.Rule))
		}
		if got := strings.Join(lines, "\n"); got != story.want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", story.files, got, story.want)
		}
	}
}
