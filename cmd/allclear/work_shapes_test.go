package main

import (
	"fmt"
	"strings"
)

// A shape is a site that grows with n in one way. Its n is chosen so that four
// times as much is still within the bounds of the format, or beyond them, where a
// bound is what keeps the shape from costing more.
type shape struct {
	name string
	n    int
	site func(n int) map[string]string // files under content/
}

const workHead = "---\ntitle: X\nstart: 2026-03-01 00:00\n---\n"

// anIncident is an incident of a body.
func anIncident(body string) map[string]string {
	return map[string]string{"incidents/x.md": workHead + body}
}

// lines is an incident whose body repeats a piece.
func lines(piece string) func(n int) map[string]string {
	return func(n int) map[string]string { return anIncident(strings.Repeat(piece, n)) }
}

// counting is an incident whose body is made of pieces with a number in them.
func counting(formats ...string) func(n int) map[string]string {
	return func(n int) map[string]string {
		var b strings.Builder
		for _, format := range formats {
			for i := range n {
				b.WriteString(strings.ReplaceAll(format, "#i", fmt.Sprint(i)))
			}
		}
		return anIncident(b.String())
	}
}

// counted repeats a piece with numbers in it.
func counted(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(format, "#i", fmt.Sprint(i)), "#t", fmt.Sprintf("%02d:%02d:%02d", i/3600%24, i/60%60, i%60)))
	}
	return b.String()
}

// shapes are those that once took more than their share, and their neighbours.
var shapes = []shape{
	{"pictures that are not there", 2000, lines("- ![](/a)\n")},
	{"links that may not be followed", 2000, lines("- [a](x:)\n")},
	{"the same by reference", 2000, func(n int) map[string]string { return anIncident(strings.Repeat("- [a][b]\n", n) + "\n[b]: x:\n") }},
	{"links on one line", 1000, lines("[a](x:) ")},
	{"short paragraphs of links", 2000, lines("[a](/b)\n\n")},
	{"an address that references repeat", 1000, func(n int) map[string]string {
		return anIncident("[a]: https://x.example/" + strings.Repeat("A", 4*n) + "\n\n" + strings.Repeat("[a]\n\n", n))
	}},
	{"footnotes", 400, counting("a[^#i]\n\n", "[^#i]: b\n\n")},
	{"few footnotes", 25, counting("a[^#i]\n\n", "[^#i]: b\n\n")},
	{"one footnote, many references", 2000, func(n int) map[string]string { return anIncident(strings.Repeat("a[^1]\n\n", n) + "[^1]: b\n") }},
	{"footnotes in footnotes", 400, func(n int) map[string]string {
		return anIncident("a[^0]\n\n" + strings.Repeat("[^0]: b[^1]\n\n", 1) + counted(n, "[^#i]: b [^1#i]\n\n"))
	}},
	{"one footnote of many updates", 120, func(n int) map[string]string {
		return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na[^1]\n\n") + "[^1]: " + strings.Repeat("b", 20*n) + "\n")
	}},
	{"pages that are not there, among many", 200, func(n int) map[string]string {
		files := anIncident(counted(4*n, "[a](page-nmber-#i.md)\n\n"))
		for i := range n {
			files[fmt.Sprintf("pages/page-number-%d.md", i)] = "---\ntitle: X\n---\n"
		}
		return files
	}},
	{"updates and impacts", 200, func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nimpacts:\n" + counted(n, " - {components: [c0], status: degraded, start: 2026-03-01 #t, end: 2026-03-01 23:00}\n") + "---\n" +
			counted(n, "## Update — 2026-03-01 #t\n\na\n\n")}
	}},
	{"impacts", 125, func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nimpacts:\n" + counted(n, " - {components: [c0], status: degraded, start: 2026-03-01 #t, end: 2026-03-01 23:00}\n") + "---\n"}
	}},
	{"updates", 125, func(n int) map[string]string { return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na\n\n")) }},
	{"updates and their translations", 125, func(n int) map[string]string {
		body := counted(n, "## Update — 2026-03-01 #t\n\na\n\n")
		files := anIncident(body)
		files["incidents/x.de.md"] = "---\ntitle: Y\n---\n" + body
		return files
	}},
	{"updates with comments", 125, func(n int) map[string]string {
		return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na <!-- b --> c\n\n<!-- d -->\n\n"))
	}},
	{"comments", 2000, lines("a <!-- b --> c\n\n")},
	{"comments that do not end", 2000, lines("a <!--b\n\n")},
	{"headings of one name", 200, lines("### A\n\na\n\n")},
	{"code", 2000, lines("`a` b\n\n    c\n\n")},
	{"a line of code", 10_000, func(n int) map[string]string { return anIncident("`" + strings.Repeat("a ", n) + "`\n") }},
	{"quotations", 2000, lines("> a\n\n")},
	{"one long list", 3000, lines("- a\n")},
	{"one long paragraph", 3000, lines("a b c\n")},
	{"stars", 600, lines("*a **b ")},
	{"brackets", 1000, lines("[")},
	{"ticks", 600, lines("`a``b")},
	{"angles", 1000, lines("<a ")},
	{"tables", 1500, func(n int) map[string]string { return anIncident("|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", n)) }},
	{"rows that lack cells", 300, func(n int) map[string]string {
		return anIncident(strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("|\n", n))
	}},
	{"addresses in text", 1500, lines("http://a.example ")},
	{"HTML", 2000, lines("a <b>c</b>\n\n<div>\n\n")},
	{"unknown components", 200, func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nstart: 2026-03-01 00:00\nstatus: degraded\ncomponents:\n" + counted(n, " - cc#i\n") + "---\n"}
	}},
	{"components", 50, func(n int) map[string]string {
		return map[string]string{"components.yml": "components:\n" + counted(n, " - {id: c#i, name: C#i}\n")}
	}},
	{"regions of one component", 50, func(n int) map[string]string {
		return map[string]string{"components.yml": "regions:\n" + counted(n, " - {id: r#i}\n") + "components:\n - id: c0\n   regions:\n" + counted(n, "    - r#i\n")}
	}},
	{"incidents", 50, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("incidents/x%d.md", i)] = "---\ntitle: X\ncomponents: [c0]\nstatus: degraded\nstart: 2026-02-01 00:00\nend: 2026-02-01 01:00\n---\nText.\n"
		}
		return files
	}},
	{"open incidents", 25, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("incidents/x%d.md", i)] = "---\ntitle: X\ncomponents: [c0]\nstatus: degraded\nstart: 2026-02-01 00:00\n---\nText.\n"
		}
		return files
	}},
	{"windows to come", 25, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("maintenance/x%d.md", i)] = fmt.Sprintf("---\ntitle: X\ncomponents: [c0]\nstart: 2026-04-01 %02d:%02d\nduration: 10m\n---\nText.\n", i/60, i%60)
		}
		return files
	}},
	{"static files", 300, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("static/f%d.txt", i)] = "x"
		}
		return files
	}},
	{"tags", 200, func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nstart: 2026-03-01 00:00\ntags:\n" + counted(n, " - t#i\n") + "---\n"}
	}},
	{"strings that nobody asked for", 200, func(n int) map[string]string {
		return map[string]string{"site.yml": "title: X\nstrings:\n" + counted(n, "  no.such.key#i: x\n")}
	}},
}
