package source

import (
	"bytes"
	"strconv"
	"strings"

	"allclear/generator/site"
)

// plainText returns blocks as plain text: paragraphs separated by a blank line, list
// items with a hyphen or number, links with their address, tables as rows. written is
// their Markdown: if it is the same, as it is without markup, it is not kept twice.
func (r bodyReader) plainText(blocks []node, written string) string {
	b := &r.scratch.plain
	b.Reset()
	plainBlocks(b, blocks, "")
	if string(bytes.TrimSpace(b.Bytes())) == written {
		return written
	}
	return r.scratch.keep(b)
}

// plainBlocks writes blocks, with indent at the start of every line but the first.
func plainBlocks(b *bytes.Buffer, blocks []node, indent string) {
	for i := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if blocks[i].element != tightText && !(isList(blocks[i]) && blocks[i-1].element == tightText) {
				b.WriteString("\n")
			}
			b.WriteString(indent)
		}
		plainBlock(b, &blocks[i], indent)
	}
}

// isList reports whether a node is a list.
func isList(m node) bool { return m.element == bulletList || m.element == orderedList }

// plainBlock writes one block.
func plainBlock(b *bytes.Buffer, m *node, indent string) {
	switch m.element {
	case codeBlock, rawBlock:
		text := strings.TrimRight(m.text, "\n")
		b.WriteString(strings.ReplaceAll(text, "\n", "\n"+indent))
	case bulletList, orderedList:
		plainList(b, m, indent)
	case quote:
		if kind, rest := alertOf(m); kind != "" {
			b.WriteString(site.AlertMark + kind + site.AlertMark)
			plainBlocks(b, rest, indent)
			return
		}
		b.WriteString("> ")
		plainBlocks(b, m.kids, indent+"> ")
	case rule:
		b.WriteString("---")
	case tableBlock:
		plainTable(b, m, indent)
	default:
		from := b.Len()
		writeInline(b, m.kids, true)
		if lines := b.Bytes()[from:]; indent != "" && bytes.IndexByte(lines, '\n') >= 0 {
			text := strings.ReplaceAll(string(lines), "\n", "\n"+indent)
			b.Truncate(from)
			b.WriteString(text)
		}
	}
}

// plainList writes a list.
func plainList(b *bytes.Buffer, m *node, indent string) {
	for i := range m.kids {
		if i > 0 {
			b.WriteString("\n" + indent)
		}
		sign := "- "
		if m.element == orderedList {
			sign = strconv.Itoa(m.level+i) + ". "
		}
		b.WriteString(sign)
		plainBlocks(b, m.kids[i].kids, indent+strings.Repeat(" ", len(sign)))
	}
}

// plainTable writes a table with | between its cells.
func plainTable(b *bytes.Buffer, m *node, indent string) {
	for i, row := range m.kids {
		if i > 0 {
			b.WriteString("\n" + indent)
		}
		for k, cell := range row.kids {
			if k > 0 {
				b.WriteString(" | ")
			}
			writeInline(b, cell.kids, true)
		}
	}
}

// plainInline returns the text of a heading or a description on one line, without
// addresses.
func plainInline(nodes []node) string {
	return strings.TrimSpace(strings.ReplaceAll(inlineText(nodes, false), "\n", " "))
}

// inlineText returns the text of inline nodes, with or without the addresses of links.
func inlineText(nodes []node, addresses bool) string {
	var b bytes.Buffer
	writeInline(&b, nodes, addresses)
	return b.String()
}

// writeInline writes the text of inline nodes.
func writeInline(b *bytes.Buffer, nodes []node, addresses bool) {
	for i := range nodes {
		switch m := &nodes[i]; m.element {
		case textNode, codeSpan, image, rawInline:
			b.WriteString(m.text)
		case softBreak:
			b.WriteByte(' ')
		case hardBreak:
			b.WriteByte('\n')
		case taskBox:
			b.WriteString(box(m.on))
		case footnoteRef:
		case link:
			from := b.Len()
			writeInline(b, m.kids, addresses)
			words := b.Bytes()[from:]
			shown := plainAddress(m.dest)
			if addresses && shown != "" && shown != string(words) && strings.TrimPrefix(shown, "mailto:") != string(words) {
				b.WriteString(" (")
				b.WriteString(shown)
				b.WriteByte(')')
			}
		default:
			writeInline(b, m.kids, addresses)
		}
	}
}

// plainAddress returns an address for plain text: within the site it begins with a
// slash, and within the page it is "".
func plainAddress(dest string) string {
	if local, ok := strings.CutPrefix(dest, site.RootMark); ok {
		return "/" + strings.Replace(local, site.IndexMark, "", 1)
	}
	if strings.HasPrefix(dest, "#") {
		return ""
	}
	return dest
}
