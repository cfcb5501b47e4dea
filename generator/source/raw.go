package source

import (
	"slices"
	"sort"
	"strings"
)

// commentHint is how to write a comment that vanishes in every reader.
const commentHint = "begin it on a line of its own and end it with -->; within a paragraph it must hold no blank line"

// strayComments reports each start of a comment that is neither the comment of a
// piece of HTML, nor code, nor written with a backslash: what the operator meant
// to hide would be read. It looks at the whole text, whatever Markdown makes of it.
func (m *markdown) strayComments() {
	text := m.judge.f.text
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

func (m *markdown) strayComment(at int) {
	m.judge.problems.Error(m.judge.f.at(at, at+4), "unclosed-comment", commentHint, "this comment does not end where it should")
}

// within reports whether an offset lies in one of the stretches, which are sorted.
func within(stretches [][2]int, at int) bool {
	n := sort.Search(len(stretches), func(i int) bool { return stretches[i][1] > at })
	return n < len(stretches) && stretches[n][0] <= at
}

// escaped reports whether a backslash before the end of a text takes the meaning of
// what follows.
func escaped(text string) bool {
	return (len(text)-len(strings.TrimRight(text, `\`)))%2 == 1
}

func sortStretches(stretches [][2]int) {
	slices.SortFunc(stretches, func(a, b [2]int) int { return a[0] - b[0] })
}

// raw reads pieces of HTML that stand in Markdown. Comments vanish; all else
// is shown as the text that it is, so that nothing is lost and nothing acts.
func (m *markdown) raw(out []node, r node, pieces [][2]int) []node {
	var seen strings.Builder
	first, opened := -1, -1 // where visible text and an open comment begin
	for _, piece := range pieces {
		at := piece[0]
		for at < piece[1] {
			text := m.judge.f.text[at:piece[1]]
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
		stop := first + len(strings.SplitN(m.judge.f.text[first:], "\n", 2)[0])
		if end := strings.IndexByte(m.judge.f.text[first:stop], '>'); end >= 0 {
			stop = first + end + 1
		}
		m.judge.problems.Warn(m.judge.f.at(first, stop), "raw-html", "write Markdown instead, or put it in `code`",
			"HTML is not rendered; it appears as plain text")
	}
	return append(out, r)
}

// commentEnd is how much of a text belongs to an open comment, and whether the
// comment ends in it.
func commentEnd(text string) (n int, closed bool) {
	if i := strings.Index(text, "-->"); i >= 0 {
		return i + 3, true
	}
	return len(text), false
}
