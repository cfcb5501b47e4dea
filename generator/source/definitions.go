package source

import (
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// definition is a line, or several, that says what a label means: the address of
// a link, the text of a footnote. It belongs to the pieces of the text that use
// it, wherever it stands.
type definition struct {
	label    string // folded; that of a footnote begins with ^
	from, to int    // in the file: whole lines, but for those in a list or quotation
}

// define notes a definition, whose place is given in the source of the body. All
// lines that are indented below a footnote are part of it.
func (m *markdown) define(d definition) {
	text := m.judge.f.text
	d.from, d.to = m.start+max(d.from, 0), m.start+max(d.from, d.to)
	line := strings.LastIndexByte(text[:d.from], '\n') + 1
	inside := strings.TrimSpace(text[line:d.from]) != "" // a list or a quotation, whose sign stays
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

var noteStart = regexp.MustCompile(`(?m)^[ \t>*+-]*\[\^[^\]\s]+\]:`)

// lostNotes reports footnotes in a text in which the library found none: it loses
// them all where the first to end stands within another.
func (m *markdown) lostNotes() {
	text := m.judge.f.text
	if !strings.Contains(text[m.start:], "[^") {
		return
	}
	for _, found := range noteStart.FindAllStringIndex(text[m.start:], -1) {
		from, to := m.start+found[0], m.start+found[1]
		if !within(m.comments, to-1) && !within(m.verbatim, to-1) {
			m.judge.problems.Error(m.judge.f.at(from, to), "nested-footnote",
				"write each footnote on a line of its own, without indentation",
				"a footnote inside another one: neither would be shown")
			return
		}
	}
}

// endOfLine is where the line after an offset begins.
func endOfLine(text string, offset int) int {
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(text)
}

// sortDefinitions puts definitions, and all that no piece of the text shows in its
// place, in the file's order.
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
		if n := len(apart); n > 0 && c[0] < apart[n-1][1] { // a comment in a definition
			apart[n-1][1] = max(apart[n-1][1], c[1])
		} else {
			apart = append(apart, c)
		}
	}
	m.cuts = apart
}

// defined are the definitions that blocks use, and those that these use, as they
// are written. Of two with one label the first counts, as everywhere.
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

// uses gathers the labels that marks name.
func (r bodyReader) uses(marks []node, used map[string]bool) {
	for i := range marks {
		m := &marks[i]
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

// markdown is a stretch of the file as it is written, without comments and
// definitions.
func (r bodyReader) markdown(from, to int) string { return r.without(r.doc.cuts, from, to) }

// without is a stretch of the file without some others, which are in its order and
// do not overlap.
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
