package source

import (
	"fmt"
	"strconv"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// footnoteRef writes a reference to a footnote. Footnotes are numbered from 1 in each
// piece of prose, since each piece is on a page of its own.
func (w *htmlWriter) footnoteRef(m *node) {
	n := w.noteNumber(m.level)
	id := w.unique("fnref-" + strconv.Itoa(n))
	fmt.Fprintf(w.b, `<sup id="%s%s"><a href="#%sfn-%d" class="footnote-ref">%d</a></sup>`, site.IDMark, id, site.IDMark, n, n)
}

// noteNumber returns the number of a footnote in this piece.
func (w *htmlWriter) noteNumber(index int) int {
	n, known := w.numbers[index]
	if !known {
		if w.order = append(w.order, index); w.numbers == nil {
			w.numbers = map[int]int{}
		}
		n = len(w.order)
		w.numbers[index] = n
	}
	return n
}

// notes writes the footnotes that the piece refers to, and those that these refer to. at
// is the position of the piece.
func (w *htmlWriter) notes(at diag.Pos) {
	if len(w.order) == 0 {
		return
	}
	w.b.WriteString("<ol class=\"footnotes\">\n")
	for i := 0; i < len(w.order); i++ {
		size, again := w.sizes[w.order[i]]
		if again && !w.checker.affordsNote(size, at) {
			break
		}
		from := w.b.Len()
		fmt.Fprintf(w.b, "<li id=\"%sfn-%d\">\n", site.IDMark, i+1)
		w.all(w.footnotes[w.order[i]])
		fmt.Fprintf(w.b, "<p><a href=\"#%sfnref-%d\" class=\"footnote-backref\">↩\ufe0e</a></p></li>\n", site.IDMark, i+1)
		w.sizes[w.order[i]] = w.b.Len() - from
	}
	w.b.WriteString("</ol>\n")
}
