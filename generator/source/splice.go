package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

// splicer changes parts of a text and leaves every other byte unchanged. Positions are
// lines and columns, as file counts them.
type splicer struct {
	raw     string
	starts  []int // where each line starts in raw
	newline string
	edits   []edit
}

// edit replaces raw[from:to] by a text.
type edit struct {
	from, to int
	text     string
}

// newSplicer returns a splicer for a file's bytes.
func newSplicer(data []byte) *splicer {
	p := &splicer{raw: string(data), newline: "\n"}
	first := 0
	if strings.HasPrefix(p.raw, "\ufeff") {
		first = len("\ufeff")
	}
	p.starts = []int{first}
	for i := first; i < len(p.raw); i++ {
		if p.raw[i] == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	if i := strings.IndexByte(p.raw, '\n'); i > 0 && p.raw[i-1] == '\r' {
		p.newline = "\r\n"
	}
	return p
}

// line returns a line without its end, or "" after the last one.
func (p *splicer) line(n int) string {
	if n < 1 || n > len(p.starts) {
		return ""
	}
	end := len(p.raw)
	if n < len(p.starts) {
		end = p.starts[n] - 1
	}
	return strings.TrimSuffix(p.raw[p.starts[n-1]:end], "\r")
}

// blank reports whether a line has only white space.
func (p *splicer) blank(n int) bool { return strings.TrimSpace(p.line(n)) == "" }

// offset returns the offset in raw of a line and column.
func (p *splicer) offset(line, column int) int {
	if line > len(p.starts) {
		return len(p.raw)
	}
	i := p.starts[line-1]
	for ; column > 1 && i < len(p.raw); column-- {
		_, size := utf8.DecodeRuneInString(p.raw[i:])
		i += size
	}
	return i
}

// replace replaces a part of a line by a text.
func (p *splicer) replace(at diag.Pos, text string) {
	p.edits = append(p.edits, edit{p.offset(at.Line, at.Column), p.offset(at.Line, at.EndColumn), text})
}

// insert inserts a text at a line and column.
func (p *splicer) insert(line, column int, text string) {
	p.insertAt(p.offset(line, column), text)
}

// insertAt inserts a text at an offset of raw.
func (p *splicer) insertAt(at int, text string) {
	p.edits = append(p.edits, edit{at, at, text})
}

// insertLines inserts lines before a line, or at the end of the text.
func (p *splicer) insertLines(before int, lines ...string) {
	at, text := p.offset(before, 1), strings.Join(lines, p.newline)+p.newline
	if at > 0 && p.raw[at-1] != '\n' {
		text = p.newline + strings.TrimSuffix(text, p.newline)
	}
	p.edits = append(p.edits, edit{at, at, text})
}

// cut removes whole lines and returns them without their ends.
func (p *splicer) cut(from, to int) []string {
	p.edits = append(p.edits, edit{p.offset(from, 1), p.offset(to+1, 1), ""})
	var lines []string
	for n := from; n <= to; n++ {
		lines = append(lines, p.line(n))
	}
	return lines
}

// bytes returns the text with all edits applied.
func (p *splicer) bytes() []byte {
	slices.SortStableFunc(p.edits, func(a, b edit) int { return a.from - b.from })
	var out strings.Builder
	done := 0
	for _, e := range p.edits {
		out.WriteString(p.raw[done:max(done, e.from)])
		out.WriteString(e.text)
		done = max(done, e.to)
	}
	out.WriteString(p.raw[done:])
	return []byte(out.String())
}
