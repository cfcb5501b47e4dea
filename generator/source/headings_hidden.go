package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// led finds a line that begins with a status word and a time of day, followed by text:
// "Update 19:40: all is well". A line that repeats the word of its own update is text,
// unless that word is Update.
func (h *headingReader) led(text string, s *section) nearUpdate {
	const longest = 80 // maximum length of a word and a time, in bytes
	digit := strings.IndexAny(text[:min(len(text), longest+1)], "0123456789")
	if s.opens == report || digit < 0 {
		return nearUpdate{}
	}
	for i, r := range text {
		if i > longest {
			break
		}
		if i < digit {
			continue
		}
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		wide := r == '：'
		if !wide && !(strings.ContainsRune(":—–-", r) && unicode.IsSpace(after)) {
			continue
		}
		n := h.vocab.near(h.kind, text[:i])
		lower := strings.IndexFunc(text, unicode.IsLower) == 0
		if n.nearness != exactly || n.report || !n.when.clock || lower || !h.vocab.leading(h.kind, text[:i], &nearUpdate{}) {
			continue
		}
		if n.means == s.word && s.opens == update && n.means != site.Note {
			return nearUpdate{}
		}
		n.nearness, n.more = led, strings.TrimSpace(text[i+utf8.RuneLen(r):])
		return n
	}
	return nearUpdate{}
}

// indented finds update headings with four spaces or more before them. In Markdown they
// are code, or part of the footnote above.
func (r bodyReader) indented(h *headingReader, sections []section, start int) {
	fence := ""
	for line := r.f.at(start, start).Line - 1; line < len(r.f.lines); line++ {
		from, to := r.f.lines[line], r.f.lineEnd(line)
		text := strings.TrimSpace(r.f.text[from:to])
		switch shut := fenceOf(text); {
		case fence == "":
			fence = shut
		case shut != "" && shut[0] == fence[0] && len(shut) >= len(fence) && text == shut:
			fence = ""
		}
		heading, isHeading := strings.CutPrefix(text, "## ")
		margin := r.f.text[from:to][:strings.Index(r.f.text[from:to], text)]
		if fence != "" || !isHeading || len(margin) < 4 && !strings.Contains(margin, "\t") || !h.complete(heading) {
			continue
		}
		at := r.f.at(from+len(margin), from+len(margin)+len(text))
		known := slices.ContainsFunc(*r.problems, func(p diag.Problem) bool { return p.File == at.File && p.Line == at.Line })
		comment := slices.ContainsFunc(r.doc.comments, func(c [2]int) bool { return c[0] <= from && from < c[1] })
		reported := slices.ContainsFunc(sections, func(s section) bool { return s.opens == report && s.from <= from && from < s.to })
		if known || comment || reported {
			continue
		}
		const message = "this heading is indented like code, so it does not start an update"
		hint := "remove the spaces before it: " + text
		if h.updates {
			r.problems.Warn(at, "near-update", hint, "%s", message)
		} else {
			h.own = append(h.own, nearLine{at, message, hint})
		}
	}
}

// complete reports whether a heading is an update's, with a status word and a valid
// time.
func (h *headingReader) complete(heading string) bool {
	left, right, _, parted := part(heading)
	_, isWord := h.vocab.words[h.kind].of(left)
	if !parted || !isWord {
		return false
	}
	_, problem := parseTime(right, h.zone)
	return problem == nil
}

// hasCode reports whether a line contains a code span.
func hasCode(line []node) bool {
	for i := range line {
		if line[i].element == codeSpan || hasCode(line[i].kids) {
			return true
		}
	}
	return false
}

// lineOf returns the position of the line that contains some nodes, without the white
// space around it.
func (f file) lineOf(nodes []node) diag.Pos {
	at := nodes[0].pos
	for m := &nodes[0]; len(m.kids) > 0; m = &m.kids[0] {
		at = m.kids[0].pos
	}
	line := f.at(at, at).Line - 1
	from, to := f.lines[line], f.lineEnd(line)
	text := f.text[from:to]
	return f.at(from+len(text)-len(strings.TrimLeft(text, " \t")), from+len(strings.TrimRight(text, " \t")))
}
