package source

import (
	"strings"
	"testing"

	"allclear/generator/site"
)

// A definition may stand anywhere. It belongs to the texts that use it, and is
// nowhere else: what only an update to come needs, nobody reads before.
func TestADefinitionBelongsToTheTextsThatUseIt(t *testing.T) {
	const body = `Summary with a [link][a].

[a]: https://a.example "A"
[future]: https://future.example
[nobody]: https://nobody.example

## Investigating — 2026-11-27 04:00
First.[^1] Also [a] and ![picture][p].

[^1]: Note one, see [^3].

    Second paragraph of note one.
[^2]: Note two is for later.
[^4]: Note four is for nobody.

[p]: https://p.example/p.png

## Resolved — 2026-11-27 05:00
Second.[^2] [words][future]
- [^2]

Text between.

[^3]: Note three <!-- secret -->
with a lazy line.

## Postmortem
[1]: not a definition of its own

` + "```\n[a]: code\n```\n"
	e := read(t, incident(body)).Entries[0]
	piece := func(name string, p site.Prose, markdown string, definitions ...string) {
		t.Helper()
		if p.Markdown != markdown || strings.Join(p.Definitions, "\n--\n") != strings.Join(definitions, "\n--\n") {
			t.Errorf("%s: %q\nwith %q", name, p.Markdown, p.Definitions)
		}
	}
	const a = `[a]: https://a.example "A"`
	piece("summary", e.Summary, "Summary with a [link][a].", a)
	piece("first", e.Updates[0].Body, "First.[^1] Also [a] and ![picture][p].", a,
		"[^1]: Note one, see [^3].\n\n    Second paragraph of note one.", "[p]: https://p.example/p.png",
		"[^3]: Note three \nwith a lazy line.")
	piece("second", e.Updates[1].Body, "Second.[^2] [words][future]\n- [^2]\n\nText between.", "[future]: https://future.example",
		"[^2]: Note two is for later.")
	if m := e.Report.Body.Markdown; !strings.Contains(m, "[a]: code") || len(e.Report.Body.Definitions) != 0 {
		t.Errorf("report: %q with %q", m, e.Report.Body.Definitions)
	}
}

// The library loses footnotes that stand within each other: nobody would read them.
func TestAFootnoteWithinAnotherIsAnError(t *testing.T) {
	for body, want := range map[string]string{
		"a[^1]\n\n[^1]: [^2]: x\n":          "pages/about.md:6:1: error: a footnote inside another one: neither would be shown\n",
		"a[^1]\n\n[^1]: x\n\n    [^2]: y\n": "pages/about.md:6:1: error: a footnote inside another one: neither would be shown\n",
		"a[^1]\n\n[^1]: x\n\n[^2]: y\n":     "",
		"a[^1]\n\n> [^1]: x\n":              "",
		"`[^1]: x` and\n\n    [^1]: x\n":    "",
		"```\n[^1]: [^2]: x\n```\n":         "",
		"<!--\n[^1]: [^2]: x\n-->\n":        "",
	} {
		if _, problems := page(t, body); problems != want {
			t.Errorf("%q: %s", body, problems)
		}
	}
}
