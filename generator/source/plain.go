package source

import (
	"bytes"
	"strconv"
	"strings"

	"allclear/generator/site"
)

// plainText is marks as plain words: paragraphs parted by a blank line, list
// items with a hyphen or number, links with their address, tables as rows.
func (r bodyReader) plainText(blocks []node) string {
	b := &r.desk.plain
	b.Reset()
	plainBlocks(b, blocks, "")
	return string(bytes.TrimSpace(b.Bytes()))
}

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

func isList(m node) bool { return m.element == bulletList || m.element == orderedList }

func plainBlock(b *bytes.Buffer, m *node, indent string) {
	switch m.element {
	case codeBlock, rawBlock:
		text := strings.TrimRight(m.text, "\n")
		b.WriteString(strings.ReplaceAll(text, "\n", "\n"+indent))
	case bulletList, orderedList:
		plainList(b, m, indent)
	case quote:
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

// plainInline is the words of a heading or a description, without addresses.
func plainInline(marks []node) string {
	return strings.TrimSpace(strings.ReplaceAll(inlineText(marks, false), "\n", " "))
}

func inlineText(marks []node, addresses bool) string {
	var b bytes.Buffer
	writeInline(&b, marks, addresses)
	return b.String()
}

func writeInline(b *bytes.Buffer, marks []node, addresses bool) {
	for i := range marks {
		switch m := &marks[i]; m.element {
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
			if shown := plainAddress(m.dest); addresses && shown != "" && shown != string(words) && shown != "mailto:"+string(words) {
				b.WriteString(" (" + shown + ")")
			}
		default:
			writeInline(b, m.kids, addresses)
		}
	}
}

// plainAddress is an address as plain text can name it: one within the site
// begins with a slash, one within the page says nothing.
func plainAddress(dest string) string {
	if local, ok := strings.CutPrefix(dest, site.RootMark); ok {
		return "/" + strings.Replace(local, site.IndexMark, "", 1)
	}
	if strings.HasPrefix(dest, "#") {
		return ""
	}
	return dest
}
