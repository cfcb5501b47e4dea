package source

import (
	"bytes"
	"strconv"
	"strings"

	"allclear/generator/site"
)

// htmlWriter writes marks as HTML that is safe by construction: only the tags
// below, and every text escaped.
type htmlWriter struct {
	b         *bytes.Buffer
	levels    []int // the levels of the headings that enclose this place
	base      int   // the level that the topmost headings get
	ids       map[string]int
	headings  []site.Heading
	footnotes map[int][]node
	order     []int       // the footnotes that this piece refers to, in its order
	numbers   map[int]int // of each of them
	sizes     map[int]int // of the footnotes that the file's pieces have written so far, in bytes
	judge     *linkChecker
}

// htmlWriter begins a piece of prose; r writes one at a time.
func (r bodyReader) htmlWriter(level int) htmlWriter {
	r.desk.html.Reset()
	return htmlWriter{b: &r.desk.html, base: level, footnotes: r.doc.footnotes, sizes: r.noteSizes, judge: r.judge}
}

// written is the piece as it is kept: without what the buffer has to spare.
func (w *htmlWriter) written() string { return string(bytes.TrimSpace(w.b.Bytes())) }

// put writes strings one after the other.
func (w *htmlWriter) put(parts ...string) {
	for _, part := range parts {
		w.b.WriteString(part)
	}
}

func (w *htmlWriter) all(marks []node) {
	for i := range marks {
		w.one(&marks[i])
	}
}

// wrap writes marks between two tags.
func (w *htmlWriter) wrap(open string, marks []node, shut string) {
	w.b.WriteString(open)
	w.all(marks)
	w.b.WriteString(shut)
}

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
		w.put("<p>", escape(m.text), "</p>\n")
	case bulletList, orderedList:
		w.list(m)
	case listItem:
		w.item(m)
	case rule:
		w.b.WriteString("<hr>\n")
	case tableBlock:
		w.table(m)
	case textNode, rawInline:
		w.b.WriteString(escape(m.text))
	case softBreak:
		w.b.WriteByte('\n')
	case hardBreak:
		w.b.WriteString("<br>\n")
	case codeSpan:
		w.put("<code>", escape(m.text), "</code>")
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

// box is a task's box as a character: it reads the same in a feed, in a mail
// and without a style sheet, and needs no form control.
func box(ticked bool) string {
	if ticked {
		return "☑ "
	}
	return "☐ "
}

// heading writes a heading so that levels start at base and none is skipped.
func (w *htmlWriter) heading(m *node) {
	for len(w.levels) > 0 && w.levels[len(w.levels)-1] >= m.level {
		w.levels = w.levels[:len(w.levels)-1]
	}
	level := min(w.base+len(w.levels), 6)
	w.levels = append(w.levels, m.level)
	words := plainInline(m.kids)
	id := w.unique(headingID(words))
	w.headings = append(w.headings, site.Heading{Level: level, ID: id, Text: words})
	tag := "h" + strconv.Itoa(level)
	w.put("<", tag, ` id="`, site.IDMark, escape(id), `">`)
	w.wrap("", m.kids, "</"+tag+">\n")
}

// headingID is the id of a heading, which is never one of a footnote.
func headingID(words string) string {
	id := anchorID(words)
	if strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-") {
		return "about-" + id
	}
	return id
}

// unique makes an id that nothing else in this piece has.
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

// codeBlock can be reached by keyboard, because it scrolls where it is wide.
func (w *htmlWriter) codeBlock(m *node) {
	w.b.WriteString(`<pre tabindex="0"><code`)
	if m.dest != "" {
		w.b.WriteString(` class="language-` + escape(m.dest) + `"`)
	}
	w.put(">", escape(m.text), "</code></pre>\n")
}

func (w *htmlWriter) list(m *node) {
	tag := "ul"
	if m.element == orderedList {
		tag = "ol"
	}
	w.b.WriteString("<" + tag)
	if m.element == orderedList && m.level != 1 {
		w.b.WriteString(` start="` + strconv.Itoa(m.level) + `"`)
	}
	if hasTasks(m) {
		w.b.WriteString(` class="tasks"`)
	}
	w.wrap(">\n", m.kids, "</"+tag+">\n")
}

// hasTasks reports whether any item of a list has a box.
func hasTasks(m *node) bool {
	for i := range m.kids {
		if _, ok := taskOf(&m.kids[i]); ok {
			return true
		}
	}
	return false
}

// taskOf returns the box with which a list item begins.
func taskOf(item *node) (node, bool) {
	if len(item.kids) > 0 && len(item.kids[0].kids) > 0 && item.kids[0].kids[0].element == taskBox {
		return item.kids[0].kids[0], true
	}
	return node{}, false
}

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

// table stands in a box of its own that scrolls where the table is wide, and
// that the keyboard can reach.
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

func (w *htmlWriter) row(row *node, cell string) {
	w.b.WriteString("<tr>")
	for _, c := range row.kids {
		open := "<" + cell
		if c.align == "right" || c.align == "center" {
			open += ` class="align-` + c.align + `"`
		}
		w.wrap(open+">", c.kids, "</"+cell+">")
	}
	w.b.WriteString("</tr>\n")
}

func (w *htmlWriter) link(m *node) {
	w.put(`<a href="`, escape(m.dest), `"`)
	if m.title != "" {
		w.b.WriteString(` title="` + escape(m.title) + `"`)
	}
	if m.on {
		w.b.WriteString(` rel="noopener"`)
	}
	w.wrap(">", m.kids, "</a>")
}

func (w *htmlWriter) image(m *node) {
	w.b.WriteString(`<img src="` + escape(m.dest) + `" alt="` + escape(m.text) + `"`)
	if m.title != "" {
		w.b.WriteString(` title="` + escape(m.title) + `"`)
	}
	w.b.WriteString(` loading="lazy" decoding="async">`)
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

func escape(s string) string {
	if !strings.ContainsAny(s, `&<>"'`) {
		return s
	}
	return htmlEscaper.Replace(s)
}
