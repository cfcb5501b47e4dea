package main

import (
	"fmt"
	"strings"
)

// shape is a kind of site that grows with n. Four times n is still within the limits of
// the format, unless a limit is what bounds the work for this shape.
type shape struct {
	name string
	n    int
	site func(n int) map[string]string // files under content/
	most int64                         // the most work at the limit of the format, instead of checking growth; 0: check growth
}

const workHead = "---\ntitle: X\nstart: 2026-03-01 00:00\n---\n"

// anIncident returns a site with one incident.
func anIncident(body string) map[string]string {
	return map[string]string{"incidents/x.md": workHead + body}
}

// lines returns an incident whose body repeats a piece n times.
func lines(piece string) func(n int) map[string]string {
	return func(n int) map[string]string { return anIncident(strings.Repeat(piece, n)) }
}

// counting returns an incident whose body consists of numbered pieces.
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

// counted repeats a piece n times with increasing numbers in it.
func counted(n int, format string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(format, "#i", fmt.Sprint(i)), "#t", fmt.Sprintf("%02d:%02d:%02d", i/3600%24,
			i/60%60, i%60)))
	}
	return b.String()
}

// updatesAndImpacts returns an incident with as many updates as impacts. Each update is
// at an instant at which an impact begins.
func updatesAndImpacts(n int) map[string]string {
	return map[string]string{"incidents/x.md": "---\ntitle: X\nimpacts:\n" +
		counted(n, " - {components: [c0], status: degraded, start: 2026-03-01 #t, end: 2026-03-01 23:00}\n") + "---\n" +
		counted(n, "## Update — 2026-03-01 #t\n\na\n\n")}
}

// shapes are those that once took too much work, and similar ones.
var shapes = []shape{
	{name: "pictures that are not there", n: 2000, site: lines("- ![](/a)\n")},
	{name: "links that may not be followed", n: 2000, site: lines("- [a](x:)\n")},
	{name: "the same by reference", n: 2000, site: func(n int) map[string]string {
		return anIncident(strings.Repeat("- [a][b]\n", n) +
			"\n[b]: x:\n")
	}},
	{name: "links on one line", n: 1000, site: lines("[a](x:) ")},
	{name: "short paragraphs of links", n: 2000, site: lines("[a](/b)\n\n")},
	{name: "an address that references repeat", n: 1000, site: func(n int) map[string]string {
		return anIncident("[a]: https://x.example/" + strings.Repeat("A", 4*n) + "\n\n" + strings.Repeat("[a]\n\n", n))
	}},
	{name: "footnotes", n: 400, site: counting("a[^#i]\n\n", "[^#i]: b\n\n")},
	{name: "few footnotes", n: 25, site: counting("a[^#i]\n\n", "[^#i]: b\n\n")},
	{name: "one footnote, many references", n: 2000,
		site: func(n int) map[string]string { return anIncident(strings.Repeat("a[^1]\n\n", n) + "[^1]: b\n") }},
	{name: "footnotes in footnotes", n: 400, site: func(n int) map[string]string {
		return anIncident("a[^0]\n\n" + strings.Repeat("[^0]: b[^1]\n\n", 1) + counted(n, "[^#i]: b [^1#i]\n\n"))
	}},
	{name: "one footnote of many updates", n: 120, site: func(n int) map[string]string {
		return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na[^1]\n\n") + "[^1]: " + strings.Repeat("b", 20*n) + "\n")
	}},
	{name: "pages that are not there, among many", n: 200, site: func(n int) map[string]string {
		files := anIncident(counted(4*n, "[a](page-nmber-#i.md)\n\n"))
		for i := range n {
			files[fmt.Sprintf("pages/page-number-%d.md", i)] = "---\ntitle: X\n---\n"
		}
		return files
	}},
	{name: "updates and impacts", n: 200, site: updatesAndImpacts},
	{name: "few updates and impacts", n: 25, most: 8_000_000, site: updatesAndImpacts},
	{name: "impacts", n: 125, site: func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nimpacts:\n" +
			counted(n, " - {components: [c0], status: degraded, start: 2026-03-01 #t, end: 2026-03-01 23:00}\n") + "---\n"}
	}},
	{name: "updates", n: 125, site: func(n int) map[string]string { return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na\n\n")) }},
	{name: "updates and their translations", n: 125, site: func(n int) map[string]string {
		body := counted(n, "## Update — 2026-03-01 #t\n\na\n\n")
		files := anIncident(body)
		files["incidents/x.de.md"] = "---\ntitle: Y\n---\n" + body
		return files
	}},
	{name: "updates with comments", n: 125, site: func(n int) map[string]string {
		return anIncident(counted(n, "## Update — 2026-03-01 #t\n\na <!-- b --> c\n\n<!-- d -->\n\n"))
	}},
	{name: "comments", n: 2000, site: lines("a <!-- b --> c\n\n")},
	{name: "comments that do not end", n: 2000, site: lines("a <!--b\n\n")},
	{name: "headings of one name", n: 200, site: lines("### A\n\na\n\n")},
	{name: "code", n: 2000, site: lines("`a` b\n\n    c\n\n")},
	{name: "a line of code", n: 10_000, site: func(n int) map[string]string { return anIncident("`" + strings.Repeat("a ", n) + "`\n") }},
	{name: "quotations", n: 2000, site: lines("> a\n\n")},
	{name: "one long list", n: 3000, site: lines("- a\n")},
	{name: "one long paragraph", n: 3000, site: lines("a b c\n")},
	{name: "stars", n: 600, site: lines("*a **b ")},
	{name: "brackets", n: 1000, site: lines("[")},
	{name: "ticks", n: 600, site: lines("`a``b")},
	{name: "angles", n: 1000, site: lines("<a ")},
	{name: "tables", n: 1500, site: func(n int) map[string]string { return anIncident("|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", n)) }},
	{name: "rows that lack cells", n: 300, site: func(n int) map[string]string {
		return anIncident(strings.Repeat("|a", n) + "|\n" + strings.Repeat("|-", n) + "|\n" + strings.Repeat("|\n", n))
	}},
	{name: "addresses in text", n: 1500, site: lines("http://a.example ")},
	{name: "HTML", n: 2000, site: lines("a <b>c</b>\n\n<div>\n\n")},
	{name: "unknown components", n: 200, site: func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nstart: 2026-03-01 00:00\nstatus: degraded\ncomponents:\n" +
			counted(n, " - cc#i\n") + "---\n"}
	}},
	{name: "components", n: 50, site: func(n int) map[string]string {
		return map[string]string{"components.yml": "components:\n" + counted(n, " - {id: c#i, name: C#i}\n")}
	}},
	{name: "regions of one component", n: 50, site: func(n int) map[string]string {
		return map[string]string{"components.yml": "regions:\n" + counted(n, " - {id: r#i}\n") + "components:\n - id: c0\n   regions:\n" +
			counted(n, "    - r#i\n")}
	}},
	{name: "incidents", n: 50, site: func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("incidents/x%d.md", i)] = "---\ntitle: X\ncomponents: [c0]\nstatus: degraded\nstart: 2026-02-01 00:00\n" +
				"end: 2026-02-01 01:00\n---\nText.\n"
		}
		return files
	}},
	{name: "open incidents", n: 25, site: func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("incidents/x%d.md", i)] = "---\ntitle: X\ncomponents: [c0]\nstatus: degraded\n" +
				"start: 2026-02-01 00:00\n---\nText.\n"
		}
		return files
	}},
	{name: "windows to come", n: 25, site: func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("maintenance/x%d.md", i)] = fmt.Sprintf("---\ntitle: X\ncomponents: [c0]\nstart: 2026-04-01 %02d:%02d\n"+
				"duration: 10m\n---\nText.\n", i/60, i%60)
		}
		return files
	}},
	{name: "static files", n: 300, site: func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("static/f%d.txt", i)] = "x"
		}
		return files
	}},
	{name: "tags", n: 200, site: func(n int) map[string]string {
		return map[string]string{"incidents/x.md": "---\ntitle: X\nstart: 2026-03-01 00:00\ntags:\n" + counted(n, " - t#i\n") + "---\n"}
	}},
	{name: "strings that nobody asked for", n: 200, site: func(n int) map[string]string {
		return map[string]string{"site.yml": "title: X\nstrings:\n" + counted(n, "  no.such.key#i: x\n")}
	}},
}
