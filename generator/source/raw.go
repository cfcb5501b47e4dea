package source

import "strings"

// commentHint is how to write a comment that vanishes in every reader.
const commentHint = "begin it on a line of its own and end it with -->; within a paragraph it must hold no blank line"

// straySigns reports the start of a comment that Markdown shows as plain words:
// what the operator meant to hide would be read.
func (m *markdown) straySigns(from, to int) {
	text := m.judge.f.text
	for {
		i := strings.Index(text[from:to], "<!--")
		if i < 0 {
			return
		}
		from += i
		if from == 0 || text[from-1] != '\\' {
			m.judge.problems.Error(m.judge.f.at(from, from+4), "unclosed-comment", commentHint, "this comment does not end where it should")
		}
		from += 4
	}
}

// raw reads pieces of HTML that stand in Markdown. Comments vanish; all else
// is shown as the text that it is, so that nothing is lost and nothing acts.
func (m *markdown) raw(out []mark, r mark, pieces [][2]int) []mark {
	var seen strings.Builder
	first, opened := -1, -1 // where visible text and an open comment begin
	for _, piece := range pieces {
		at := piece[0]
		for at < piece[1] {
			text := m.judge.f.text[at:piece[1]]
			if opened >= 0 {
				n, closed := commentEnd(text, at == opened+len("<!--"))
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
		m.judge.problems.Error(m.judge.f.at(opened, opened+4), "unclosed-comment", commentHint, "this comment does not end where it should")
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
		m.judge.problems.Warn(m.judge.f.at(first, stop), "raw-html", "write Markdown instead, or put it in `code`", "HTML is shown as text, not obeyed")
	}
	return append(out, r)
}

// commentEnd is how much of a text belongs to an open comment, and whether the
// comment ends in it. Right after the opening, > and -> end it too.
func commentEnd(text string, fresh bool) (n int, closed bool) {
	if fresh && strings.HasPrefix(text, ">") {
		return 1, true
	}
	if fresh && strings.HasPrefix(text, "->") {
		return 2, true
	}
	if i := strings.Index(text, "-->"); i >= 0 {
		return i + 3, true
	}
	return len(text), false
}
