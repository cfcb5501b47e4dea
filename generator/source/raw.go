package source

import (
	"slices"
	"sort"
	"strings"
)

// commentHint is the hint for a comment that Markdown would show.
const commentHint = "begin it on a line of its own and end it with -->; within a paragraph it must hold no blank line"

// strayComments reports the start of each comment that is not read as an HTML comment,
// unless it is code or has a backslash before it. Readers would see what the operator
// meant to hide. It looks at the whole text, however Markdown reads it.
func (m *markdown) strayComments() {
	text := m.checker.f.text
	for at := m.start; ; at += len("<!--") {
		i := strings.Index(text[at:], "<!--")
		if i < 0 {
			return
		}
		at += i
		if !within(m.comments, at) && !within(m.verbatim, at) && !escaped(text[m.start:at]) {
			m.strayComment(at)
		}
	}
}

// strayComment reports a comment that does not end where it should.
func (m *markdown) strayComment(at int) {
	m.checker.problems.Error(m.checker.f.at(at, at+4), "unclosed-comment", commentHint, "this comment does not end where it should")
}

// within reports whether an offset is in one of the stretches, which are sorted.
func within(stretches [][2]int, at int) bool {
	n := sort.Search(len(stretches), func(i int) bool { return stretches[i][1] > at })
	return n < len(stretches) && stretches[n][0] <= at
}

// escaped reports whether a backslash at the end of a text escapes the next character.
func escaped(text string) bool {
	return (len(text)-len(strings.TrimRight(text, `\`)))%2 == 1
}

// sortStretches sorts stretches by their start.
func sortStretches(stretches [][2]int) {
	slices.SortFunc(stretches, func(a, b [2]int) int { return a[0] - b[0] })
}

// raw reads pieces of HTML in Markdown. It drops comments and keeps everything else as
// text, so that nothing is lost and nothing is executed.
func (m *markdown) raw(out []node, r node, pieces [][2]int) []node {
	var seen strings.Builder
	first, opened := -1, -1 // where visible text and an open comment begin
	for _, piece := range pieces {
		at := piece[0]
		for at < piece[1] {
			text := m.checker.f.text[at:piece[1]]
			if opened >= 0 {
				if at == opened+len("<!--") && (strings.HasPrefix(text, ">") || strings.HasPrefix(text, "->")) {
					m.strayComment(opened) // for HTML it ends here already, for the operator it may not
				}
				n, closed := commentEnd(text)
				m.comments = append(m.comments, [2]int{at, at + n})
				at += n
				if closed {
					opened = -1
				}
				continue
			}
			n := strings.Index(text, "<!--")
			if n < 0 {
				n = len(text)
			}
			if visible := strings.TrimLeft(text[:n], " \t\n"); visible != "" && first < 0 {
				first = at + n - len(visible)
			}
			seen.WriteString(text[:n])
			if at += n; at < piece[1] {
				opened = at
				at = min(at+len("<!--"), piece[1])
				m.comments = append(m.comments, [2]int{opened, at})
			}
		}
	}
	if opened >= 0 {
		m.strayComment(opened)
	}
	r.text = strings.TrimSpace(seen.String())
	if r.text == "" {
		return out
	}
	if !strings.HasPrefix(r.text, "</") {
		stop := first + len(strings.SplitN(m.checker.f.text[first:], "\n", 2)[0])
		if end := strings.IndexByte(m.checker.f.text[first:stop], '>'); end >= 0 {
			stop = first + end + 1
		}
		m.checker.problems.Warn(m.checker.f.at(first, stop), "raw-html", "write Markdown instead, or put it in `code`",
			"HTML is not rendered; it appears as plain text")
	}
	return append(out, r)
}

// commentEnd returns how much of a text belongs to an open comment, and whether the
// comment ends in it.
func commentEnd(text string) (n int, closed bool) {
	if i := strings.Index(text, "-->"); i >= 0 {
		return i + 3, true
	}
	return len(text), false
}
