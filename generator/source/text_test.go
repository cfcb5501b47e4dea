package source

import (
	"strings"
	"testing"

	"allclear/generator/site"
)

// A text is refused before it is written if it shows nothing, leaves a block open, or has
// a heading that would begin another update.
func TestATextThatWouldChangeTheRestOfTheFileIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"We are looking.":                    "",
		"![a chart](/chart.png)":             "",
		"- [ ]":                              "",
		"`x`":                                "",
		"**":                                 "",
		"```\nlog\n```":                      "",
		"- a\n  ```\n  log":                  "", // the list ends, and its code with it
		"> ```\n> log":                       "",
		"<details>":                          "", // a blank line ends it
		"    ## Resolved":                    "",
		"a\n\n## Impact\n\nb":                "",
		"a\n\n## Root cause\nb":              "",
		"":                                   "empty",
		" \n\t\n":                            "empty",
		"\u200b\u2060\ufeff":                 "empty",
		"&nbsp;&#8203;&#x3164;":              "empty",
		"\u2800":                             "empty",
		"[^1]: a note":                       "empty",
		"[a]: https://a.example":             "empty",
		"<!-- a -->":                         "empty",
		"---":                                "empty",
		"#":                                  "empty",
		"- \n- ":                             "empty",
		"[](https://a.example)":              "empty",
		"```":                                "line 1 of the text begins a block with ```",
		"a\r\n\r\n~~~~\r\nb":                 "line 3 of the text begins a block with ~~~~",
		"a\n\n<!-- b":                        "line 3 of the text begins a block with <!--",
		"<PRE>":                              "line 1 of the text begins a block with <PRE",
		"<?php":                              "line 1 of the text begins a block with <?",
		"<![CDATA[":                          "line 1 of the text begins a block with <![CDATA[",
		"## Resolved":                        "## Resolved",
		"a\n\nResolved\n---":                 "Resolved",
		"a\n## Update — 2025-07-25 06:40\nb": "## Update — 2025-07-25 06:40",
		"a\n\n## Postmortem\nb":              "## Postmortem",
		"a\n\n## Gelöst — 2025-07-25 06:40":  "## Gelöst — 2025-07-25 06:40",
	} {
		problem := CheckText(text, site.Incident, false, []string{"de"})
		switch {
		case want == "" && problem != nil:
			t.Errorf("%q: %s", text, problem.Message)
		case want == "":
		case problem == nil || !strings.Contains(problem.Message, want):
			t.Errorf("%q: %v, want %s", text, problem, want)
		case problem.Empty != (want == "empty"):
			t.Errorf("%q: empty is %v", text, problem.Empty)
		}
	}
}
