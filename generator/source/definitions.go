package source

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"allclear/generator/memo"
)

// definition is the definition of a link's address or of a footnote. It belongs to the
// pieces of text that use it, wherever in the file it is.
type definition struct {
	label    string // folded; the label of a footnote begins with ^
	from, to int    // offsets in the file: whole lines, except in a list or quotation
}

// define stores a definition whose from and to are offsets in the source of the body.
// All indented lines below a footnote are part of it.
func (m *markdown) define(d definition) {
	text := m.checker.f.text
	d.from, d.to = m.start+max(d.from, 0), m.start+max(d.from, d.to)
	line := strings.LastIndexByte(text[:d.from], '\n') + 1
	inside := strings.TrimSpace(text[line:d.from]) != "" // in a list or a quotation, whose sign stays
	if !inside {
		d.from = line
	}
	if d.to <= d.from || text[d.to-1] != '\n' {
		d.to = endOfLine(text, d.to)
	}
	if strings.HasPrefix(d.label, "^") {
		for end := d.to; end < len(text); {
			next := endOfLine(text, end)
			line := text[end:next]
			if blank := strings.TrimSpace(line) == ""; !blank && !strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "\t") {
				break
			} else if !blank {
				d.to = next
			}
			end = next
		}
	}
	if inside && text[d.to-1] == '\n' {
		d.to--
	}
	m.definitions = append(m.definitions, d)
}

var noteStart = memo.Regexp(`(?m)^[ \t>*+-]*\[\^[^\]\s]+\]:`)

// lostNotes reports footnotes in a text in which the library found none. The library
// drops all footnotes if the first that ends is inside another.
func (m *markdown) lostNotes() {
	text := m.checker.f.text
	if !strings.Contains(text[m.start:], "[^") {
		return
	}
	for _, found := range noteStart().FindAllStringIndex(text[m.start:], -1) {
		from, to := m.start+found[0], m.start+found[1]
		if !within(m.comments, to-1) && !within(m.verbatim, to-1) {
			m.checker.problems.Error(m.checker.f.at(from, to), "nested-footnote",
				"write each footnote on its own line, without indentation",
				"a footnote inside another one: neither would be shown")
			return
		}
	}
}

// endOfLine returns the offset of the line after the one at an offset.
func endOfLine(text string, offset int) int {
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(text)
}

// sortDefinitions sorts the definitions, and the comments and definitions to cut out of
// the text, in the order of the file.
func (m *markdown) sortDefinitions() {
	slices.SortStableFunc(m.definitions, func(a, b definition) int { return cmp.Compare(a.from, b.from) })
	m.cuts = slices.Clone(m.comments)
	if len(m.definitions) > 0 {
		m.labels = make(map[string]int, len(m.definitions))
	}
	for i, d := range m.definitions {
		m.cuts = append(m.cuts, [2]int{d.from, d.to})
		if _, again := m.labels[d.label]; !again {
			m.labels[d.label] = i
		}
	}
	sortStretches(m.cuts)
	apart := m.cuts[:0]
	for _, c := range m.cuts {
		if n := len(apart); n > 0 && c[0] < apart[n-1][1] { // they overlap, as a comment in a definition does
			apart[n-1][1] = max(apart[n-1][1], c[1])
		} else {
			apart = append(apart, c)
		}
	}
	m.cuts = apart
}

// defined returns the source of the definitions that blocks use, directly or through
// other definitions. Of two definitions with one label, the first counts, as in
// CommonMark.
func (r bodyReader) defined(blocks []node) []string {
	if len(r.doc.definitions) == 0 {
		return nil
	}
	used := map[string]bool{}
	r.uses(blocks, used)
	var places []int
	for label := range used {
		if i, ok := r.doc.labels[label]; ok {
			places = append(places, i)
		}
	}
	slices.Sort(places)
	var list []string
	for _, i := range places {
		d := r.doc.definitions[i]
		list = append(list, r.without(r.doc.comments, d.from, d.to))
	}
	return list
}

// uses adds the labels that nodes use to used.
func (r bodyReader) uses(nodes []node, used map[string]bool) {
	for i := range nodes {
		m := &nodes[i]
		switch {
		case (m.element == link || m.element == image) && m.align != "":
			used[m.align] = true
		case m.element == footnoteRef:
			if label := r.doc.noteLabels[m.level]; !used[label] {
				used[label] = true
				r.uses(r.doc.footnotes[m.level], used)
			}
		}
		r.uses(m.kids, used)
	}
}

// markdown returns a part of the file as it is written, without comments and
// definitions.
func (r bodyReader) markdown(from, to int) string { return r.without(r.doc.cuts, from, to) }

// without returns a part of the file without the cuts, which are sorted and do not
// overlap.
func (r bodyReader) without(cuts [][2]int, from, to int) string {
	if len(cuts) == 0 {
		return strings.Trim(r.f.text[from:max(from, to)], " \t\n")
	}
	var b strings.Builder
	for i := sort.Search(len(cuts), func(i int) bool { return cuts[i][1] > from }); i < len(cuts) && cuts[i][0] < to; i++ {
		b.WriteString(r.f.text[from:max(from, cuts[i][0])])
		from = min(max(from, cuts[i][1]), to)
	}
	b.WriteString(r.f.text[from:max(from, to)])
	return strings.Trim(b.String(), " \t\n")
}
