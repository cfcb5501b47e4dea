package source

import (
	"bytes"
	"strconv"
	"strings"

	"allclear/generator/site"
)

// htmlWriter writes nodes as safe HTML: it writes only the tags below and escapes every
// text.
type htmlWriter struct {
	b         *bytes.Buffer
	scratch   *scratch
	levels    []int // the levels of the headings above this position
	base      int   // the level of the topmost headings
	ids       map[string]int
	headings  []site.Heading
	footnotes map[int][]node
	order     []int       // the footnotes that this piece refers to, in order
	numbers   map[int]int // their numbers
	sizes     map[int]int // sizes of the file's footnotes written so far, in bytes
	checker   *linkChecker
}

// htmlWriter returns a writer for a piece of prose. Only one may be in use at a time.
func (r bodyReader) htmlWriter(level int) htmlWriter {
	r.scratch.html.Reset()
	return htmlWriter{
		b: &r.scratch.html, scratch: r.scratch, base: level, footnotes: r.doc.footnotes, sizes: r.noteSizes, checker: r.checker,
	}
}

// written returns a copy of the HTML.
func (w *htmlWriter) written() string { return w.scratch.keep(w.b) }

// put writes strings one after the other.
func (w *htmlWriter) put(parts ...string) {
	for _, part := range parts {
		w.b.WriteString(part)
	}
}

// entities are the characters that are escaped in HTML.
var entities = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", '\'': "&#39;"}

// text writes a text, escaped, between two pieces of HTML.
func (w *htmlWriter) text(before, text, after string) {
	w.b.WriteString(before)
	from := 0
	for i := range len(text) {
		if entity := entities[text[i]]; entity != "" {
			w.put(text[from:i], entity)
			from = i + 1
		}
	}
	w.put(text[from:], after)
}

// all writes nodes one after the other.
func (w *htmlWriter) all(nodes []node) {
	for i := range nodes {
		w.one(&nodes[i])
	}
}

// wrap writes nodes between two tags.
func (w *htmlWriter) wrap(open string, nodes []node, shut string) {
	w.b.WriteString(open)
	w.all(nodes)
	w.b.WriteString(shut)
}

// one writes a node.
func (w *htmlWriter) one(m *node) {
	switch m.element {
	case paragraph:
		w.wrap("<p>", m.kids, "</p>\n")
	case tightText:
		w.wrap("", m.kids, "\n")
	case heading:
		w.heading(m)
	case quote:
		w.quote(m)
	case codeBlock:
		w.codeBlock(m)
	case rawBlock:
		w.text("<p>", m.text, "</p>\n")
	case bulletList, orderedList:
		w.list(m)
	case listItem:
		w.item(m)
	case rule:
		w.b.WriteString("<hr>\n")
	case tableBlock:
		w.table(m)
	case textNode, rawInline:
		w.text("", m.text, "")
	case softBreak:
		w.b.WriteByte('\n')
	case hardBreak:
		w.b.WriteString("<br>\n")
	case codeSpan:
		w.text("<code>", m.text, "</code>")
	case emphasis:
		w.wrap("<em>", m.kids, "</em>")
	case strong:
		w.wrap("<strong>", m.kids, "</strong>")
	case strikethrough:
		w.wrap("<del>", m.kids, "</del>")
	case link:
		w.link(m)
	case image:
		w.image(m)
	case taskBox:
		w.b.WriteString(box(m.on))
	case footnoteRef:
		w.footnoteRef(m)
	}
}

// box returns the checkbox of a task as a character: it looks the same in a feed, in a
// mail and without a style sheet, and needs no form control.
func box(ticked bool) string {
	if ticked {
		return "☑ "
	}
	return "☐ "
}

// heading writes a heading. Levels start at base, and none is skipped.
func (w *htmlWriter) heading(m *node) {
	for len(w.levels) > 0 && w.levels[len(w.levels)-1] >= m.level {
		w.levels = w.levels[:len(w.levels)-1]
	}
	level := min(w.base+len(w.levels), 6)
	w.levels = append(w.levels, m.level)
	words := plainInline(m.kids)
	id := w.unique(headingID(words))
	w.headings = append(w.headings, site.Heading{Level: level, ID: id, Text: words})
	digit := strconv.Itoa(level)
	w.put("<h", digit, ` id="`, site.IDMark)
	w.text("", id, `">`)
	w.all(m.kids)
	w.put("</h", digit, ">\n")
}

// headingID returns the id of a heading. It is never the id of a footnote.
func headingID(words string) string {
	id := anchorID(words)
	if strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-") {
		return "about-" + id
	}
	return id
}

// unique returns an id that nothing else in this piece has.
func (w *htmlWriter) unique(id string) string {
	if w.ids == nil {
		w.ids = map[string]int{}
	}
	wanted := id
	for w.ids[id] > 0 {
		w.ids[wanted]++
		id = wanted + "-" + strconv.Itoa(w.ids[wanted])
	}
	w.ids[id]++
	return id
}

// codeBlock writes a code block. It has a tabindex, so that a wide one can be scrolled
// by keyboard.
func (w *htmlWriter) codeBlock(m *node) {
	w.b.WriteString(`<pre tabindex="0"><code`)
	if m.dest != "" {
		w.text(` class="language-`, m.dest, `"`)
	}
	w.text(">", m.text, "</code></pre>\n")
}

// list writes a list.
func (w *htmlWriter) list(m *node) {
	tag := "ul"
	if m.element == orderedList {
		tag = "ol"
	}
	w.put("<", tag)
	if m.element == orderedList && m.level != 1 {
		w.put(` start="`, strconv.Itoa(m.level), `"`)
	}
	if hasTasks(m) {
		w.b.WriteString(` class="tasks"`)
	}
	w.wrap(">\n", m.kids, "</")
	w.put(tag, ">\n")
}

// hasTasks reports whether any item of a list has a checkbox.
func hasTasks(m *node) bool {
	for i := range m.kids {
		if _, ok := taskOf(&m.kids[i]); ok {
			return true
		}
	}
	return false
}

// taskOf returns the checkbox at the start of a list item.
func taskOf(item *node) (node, bool) {
	if len(item.kids) > 0 && len(item.kids[0].kids) > 0 && item.kids[0].kids[0].element == taskBox {
		return item.kids[0].kids[0], true
	}
	return node{}, false
}

// item writes a list item.
func (w *htmlWriter) item(m *node) {
	w.b.WriteString("<li>")
	for i := range m.kids {
		if kid := &m.kids[i]; kid.element == tightText {
			w.all(kid.kids)
			if i+1 < len(m.kids) {
				w.b.WriteByte('\n')
			}
		} else {
			w.one(kid)
		}
	}
	w.b.WriteString("</li>\n")
}

// table writes a table in a box that scrolls if the table is wide. The box has a
// tabindex, so that it can be scrolled by keyboard.
func (w *htmlWriter) table(m *node) {
	w.b.WriteString("<div class=\"table-scroll\" tabindex=\"0\"><table>\n")
	for i := range m.kids {
		row := &m.kids[i]
		cell := "td"
		switch {
		case row.element == tableHead:
			w.b.WriteString("<thead>\n")
			cell = "th"
		case i > 0 && m.kids[i-1].element == tableHead:
			w.b.WriteString("<tbody>\n")
		}
		w.row(row, cell)
		if row.element == tableHead {
			w.b.WriteString("</thead>\n")
		} else if i == len(m.kids)-1 {
			w.b.WriteString("</tbody>\n")
		}
	}
	w.b.WriteString("</table></div>\n")
}

// row writes a row of a table with cells of the given tag.
func (w *htmlWriter) row(row *node, cell string) {
	w.b.WriteString("<tr>")
	for _, c := range row.kids {
		w.put("<", cell)
		if c.align == "right" || c.align == "center" {
			w.put(` class="align-`, c.align, `"`)
		}
		w.wrap(">", c.kids, "</")
		w.put(cell, ">")
	}
	w.b.WriteString("</tr>\n")
}

// link writes a link.
func (w *htmlWriter) link(m *node) {
	w.text(`<a href="`, m.dest, `"`)
	if m.title != "" {
		w.text(` title="`, m.title, `"`)
	}
	if m.on {
		w.b.WriteString(` rel="noopener"`)
	}
	w.wrap(">", m.kids, "</a>")
}

// image writes an image.
func (w *htmlWriter) image(m *node) {
	w.text(`<img src="`, m.dest, `" alt="`)
	w.text("", m.text, `"`)
	if m.title != "" {
		w.text(` title="`, m.title, `"`)
	}
	w.b.WriteString(` loading="lazy" decoding="async">`)
}
