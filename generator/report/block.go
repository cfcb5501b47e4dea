package report

import (
	"slices"
	"strings"

	"allclear/generator/diag"
)

// block is a part of a report for people: a heading, a line or a table.
type block struct {
	level  int        // of a heading; 0: none
	text   string     // of a heading or a line
	header []string   // of a table
	rows   [][]string // of a table
	item   bool       // a line is an item of a list
}

// slim returns a table without the columns that say nothing in any of its rows.
func slim(t block) block {
	for i := len(t.header) - 1; i > 0; i-- {
		empty := true
		for _, row := range t.rows {
			empty = empty && (row[i] == "" || row[i] == "0 s")
		}
		if !empty {
			continue
		}
		t.header = slices.Delete(t.header, i, i+1)
		for j := range t.rows {
			t.rows[j] = slices.Delete(t.rows[j], i, i+1)
		}
	}
	return t
}

// Text returns the report as plain text.
func (d *Document) Text() string {
	var b strings.Builder
	before := block{level: 1}
	for i, one := range d.blocks() {
		isTable := one.header != nil
		if i > 0 && (one.level > 0 || isTable || before.header != nil || before.level == 1) {
			b.WriteByte('\n')
		}
		switch {
		case isTable:
			writeColumns(&b, one)
		case one.item:
			b.WriteString("- " + one.text + "\n")
		default:
			b.WriteString(one.text + "\n")
		}
		if one.level == 1 {
			b.WriteString(strings.Repeat("=", diag.Width(one.text)) + "\n")
		} else if one.level == 2 {
			b.WriteString(strings.Repeat("-", diag.Width(one.text)) + "\n")
		}
		before = one
	}
	return b.String()
}

// writeColumns writes a table with its cells in columns.
func writeColumns(b *strings.Builder, t block) {
	all := append([][]string{t.header}, t.rows...)
	widths := make([]int, len(t.header))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], diag.Width(cell))
		}
	}
	for _, row := range all {
		line := ""
		for i, cell := range row {
			line += cell + strings.Repeat(" ", widths[i]-diag.Width(cell)+2)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// Markdown returns the report as Markdown.
func (d *Document) Markdown() string {
	var b strings.Builder
	inList := false
	for i, one := range d.blocks() {
		if i > 0 && !(inList && one.item) {
			b.WriteByte('\n')
		}
		switch {
		case one.header != nil:
			b.WriteString("| " + strings.Join(escaped(one.header), " | ") + " |\n|" + strings.Repeat("---|", len(one.header)) + "\n")
			for _, row := range one.rows {
				b.WriteString("| " + strings.Join(escaped(row), " | ") + " |\n")
			}
		case one.level > 0:
			b.WriteString(strings.Repeat("#", one.level) + " " + escape(one.text) + "\n")
		case one.item:
			b.WriteString("- " + escape(one.text) + "\n")
		default:
			b.WriteString(escape(one.text) + "\n")
		}
		inList = one.item
	}
	return b.String()
}

// escaped returns texts that Markdown shows as they are.
func escaped(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = escape(text)
	}
	return list
}

// markup replaces what Markdown takes for markup, and what GitHub takes for a user or a formula.
var markup = strings.NewReplacer("@", "@<!-- -->", "$", "<span>$</span>",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`,
	"|", `\|`, "~", `\~`, "&", `\&`, "\n", " ", "\r", " ")

// escape returns a text that Markdown shows as it is.
func escape(text string) string { return markup.Replace(text) }
