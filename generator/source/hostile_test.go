package source

import (
	"strings"
	"testing"
	"time"
)

func TestHostileBodiesTakeBoundedTime(t *testing.T) {
	const size = 150_000
	for name, piece := range map[string]string{
		"brackets": "[", "images": "![", "emphasis": "*a ", "open emphasis": "*a", "mixed emphasis": "*_", "strong": "**a*b_c",
		"strike":    "~~a~",
		"backticks": "`a``b", "angle": "<", "tag": "<a ", "comment": "<!--", "comments": "<!---->\n\n", "entity": "&#x41;",
		"quotes on lines": ">", "quotes": "> ",
		"lists": "- ", "numbers": "1. ", "footnotes": "[^1]", "footnote defs": "[^1]: a\n", "many footnotes": "[^a]: b\n\n",
		"links": "[a](b) ", "nested links": "[a](b[c](d", "references": "[a]: b\n",
		"headings": "## Heading\n", "updates": "## Update — 2025-01-01 00:00\n", "table": "|a", "table rows": "|a|b|\n|-|-|\n",
		"pipes": "|\n|-\n", "rules": "---\n", "setext": "a\n=\n",
		"indented": "    a\n", "fences": "```\n", "autolinks": "http://a.b ", "www": "www.a.b", "mail": "a@b.c ", "at": "a@", "spaces": " ",
		"newlines": "\n", "tasks": "- [ ] a\n",
		"deeper lists": "\x00", "declaration": "<!A ", "cdata": "<![CDATA[", "instruction": "<?", "parens": "(", "link open": "[a](",
		"link angle": "[a](<", "title": "[a](b \"", "backslash": "\\", "div": "<div>\n",
	} {
		t.Run(name, func(t *testing.T) {
			body := strings.Repeat(piece, size/len(piece))
			if piece == "\x00" {
				body = staircase(size)
			}
			start := time.Now()
			Read(folder("-- incidents/x.md --\n---\ntitle: X\nstart: 2025-01-01 00:00\n---\n"+body+"\n"), Options{})
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// staircase is a list in a list in a list, each indented by two more.
func staircase(size int) string {
	var b strings.Builder
	for indent := 0; b.Len() < size; indent += 2 {
		b.WriteString(strings.Repeat(" ", indent) + "- a\n")
	}
	return b.String()
}
