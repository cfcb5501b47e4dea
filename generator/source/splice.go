package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

// splicer changes single places of a text and leaves every other byte as it is.
// Places are lines and columns as the reader counts them.
type splicer struct {
	raw     string
	starts  []int // where each line starts in raw
	newline string
	edits   []edit
}

// edit puts a text in place of raw[from:to].
type edit struct {
	from, to int
	text     string
}

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

// line is a line without its end; "" behind the last one.
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

func (p *splicer) blank(n int) bool { return strings.TrimSpace(p.line(n)) == "" }

// offset is where a column of a line stands in raw.
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

// replace puts a text in place of a stretch of a line.
func (p *splicer) replace(at diag.Pos, text string) {
	p.edits = append(p.edits, edit{p.offset(at.Line, at.Column), p.offset(at.Line, at.EndColumn), text})
}

// insert puts a text at a place.
func (p *splicer) insert(line, column int, text string) {
	p.insertAt(p.offset(line, column), text)
}

// insertAt puts a text at an offset of raw.
func (p *splicer) insertAt(at int, text string) {
	p.edits = append(p.edits, edit{at, at, text})
}

// insertLines puts lines before a line, or at the end of the text.
func (p *splicer) insertLines(before int, lines ...string) {
	at, text := p.offset(before, 1), strings.Join(lines, p.newline)+p.newline
	if at > 0 && p.raw[at-1] != '\n' {
		text = p.newline + strings.TrimSuffix(text, p.newline)
	}
	p.edits = append(p.edits, edit{at, at, text})
}

// cut removes whole lines, and returns them without their ends.
func (p *splicer) cut(from, to int) []string {
	p.edits = append(p.edits, edit{p.offset(from, 1), p.offset(to+1, 1), ""})
	var lines []string
	for n := from; n <= to; n++ {
		lines = append(lines, p.line(n))
	}
	return lines
}

// bytes is the text with all edits done.
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
