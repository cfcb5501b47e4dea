package source

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	reader "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// parseMarkdown parses f.text[start:] as Markdown.
func parseMarkdown(f file, start int, j *linkChecker, d *scratch) document {
	if at, message := tooMuch(f.text[start:]); message != "" {
		j.problems.Error(f.at(start+at, f.lineEnd(f.at(start+at, 0).Line-1)), "too-deep", "simplify it", "%s", message)
		return document{}
	}
	d.source = append(d.source[:0], f.text[start:]...)
	m := markdown{scratch: d, start: start, checker: j}
	pc := parser.NewContext()
	root := parserFor(f.text[start:]).Parse(reader.NewReader(d.source), parser.WithContext(pc))
	if spent, _ := pc.Get(spentKey).(int); spent > maxEffort {
		j.problems.Error(f.at(start, start), "too-deep", "split long paragraphs, and put text that is not Markdown into a code block",
			"the text has too many brackets and stars in one paragraph")
	}
	if notes, _ := pc.Get(countKey).([]int); len(notes) > maxNotes {
		slices.Sort(notes) // one in another ends first
		at := start + notes[maxNotes]
		j.problems.Error(f.at(at, at+2), "too-many", "move some footnotes into the text, or split the file",
			"the file has more than %d footnotes", maxNotes)
	}
	m.blocks = m.children(root, 0)
	sortStretches(m.comments) // comments in footnotes come last
	sortStretches(m.verbatim)
	notes, found := pc.Get(notesKey).([]definition)
	for _, note := range notes {
		m.define(note)
	}
	if !found {
		m.lostNotes()
	}
	m.sortDefinitions()
	m.strayComments()
	m.shortcodes()
	boundedHeadings(m.blocks, f, j.problems)
	return m.document
}

// markdown converts the library's tree into ours.
type markdown struct {
	document
	*scratch
	start    int      // offset of the source in the file's text
	verbatim [][2]int // the parts of the file's text that are code
	checker  *linkChecker
}

// children converts the children of a node.
func (m *markdown) children(n ast.Node, depth int) []node {
	if depth > deepest {
		at := m.start + max(n.Pos(), 0)
		m.checker.problems.Error(m.checker.f.at(at, at+1), "too-deep", "use fewer levels", "the text is nested too deeply here")
		return nil
	}
	out := m.alloc(nodeCount(n))
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			out = m.inline(out, c, depth)
		} else {
			out = m.block(out, c, depth)
		}
	}
	return out
}

// block converts a block and appends it to out.
func (m *markdown) block(out []node, n ast.Node, depth int) []node {
	b := node{pos: m.start + max(n.Pos(), 0)}
	switch n := n.(type) {
	case *ast.Paragraph:
		b.element = paragraph
	case *ast.TextBlock:
		b.element = tightText
	case *ast.Heading:
		b.element, b.level = heading, n.Level
		b.pos, b.end, b.text = m.headingSource(n, b.pos)
	case *ast.Blockquote:
		b.element = quote
	case *ast.CodeBlock:
		b.element, b.text = codeBlock, m.lines(n)
		return append(out, b)
	case *ast.FencedCodeBlock:
		b.element, b.text, b.dest = codeBlock, m.lines(n), string(n.Language(m.source))
		return append(out, b)
	case *ast.HTMLBlock:
		return m.htmlBlock(out, n, b)
	case *ast.List:
		b.element, b.level, b.on = bulletList, n.Start, n.IsTight
		if n.IsOrdered() {
			b.element = orderedList
		}
	case *ast.ListItem:
		b.element = listItem
	case *ast.ThematicBreak:
		b.element = rule
	case *extast.Table:
		b.element = tableBlock
	case *extast.TableHeader:
		b.element = tableHead
	case *extast.TableRow:
		b.element = tableRow
	case *extast.TableCell:
		b.element = tableCell
		if n.Alignment != extast.AlignNone {
			b.align = n.Alignment.String()
		}
	case *extast.FootnoteList:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if note, ok := c.(*extast.Footnote); ok && note.Index > 0 {
				m.note(note.Index, string(note.Ref), m.children(note, depth+1))
			}
		}
		return out
	case *ast.LinkReferenceDefinition:
		m.define(definition{label: util.ToLinkReference(n.Label), from: n.Pos(), to: lastStop(n)})
		return out
	}
	b.kids = m.children(n, depth+1)
	return append(out, b)
}

// note stores the content of a footnote.
func (m *markdown) note(index int, label string, nodes []node) {
	if m.footnotes == nil {
		m.footnotes, m.noteLabels = map[int][]node{}, map[int]string{}
	}
	m.footnotes[index], m.noteLabels[index] = nodes, "^"+label
}

// written returns a segment of the source as it is in the file.
func (m *markdown) written(s reader.Segment) string {
	if s.Padding > 0 || s.ForceNewline && !m.endsLine(s) {
		return string(s.Value(m.source))
	}
	return m.checker.f.text[m.start+s.Start : m.start+s.Stop]
}

// headingSource returns the offsets of a heading's text in the file, and that text on
// one line.
func (m *markdown) headingSource(n *ast.Heading, pos int) (from, to int, raw string) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return pos, pos, ""
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	from, to = m.start+first.Start, m.start+last.Stop
	return from, to, strings.ReplaceAll(strings.TrimSpace(m.checker.f.text[from:to]), "\n", " ")
}

// inline converts an inline node and appends it to out.
func (m *markdown) inline(out []node, n ast.Node, depth int) []node {
	i := node{pos: m.start + max(n.Pos(), 0)}
	switch n := n.(type) {
	case *ast.Text:
		return m.words(out, n)
	case *ast.String:
		return append(out, node{element: textNode, text: string(n.Value), pos: i.pos})
	case *ast.CodeSpan:
		i.element, i.text = codeSpan, m.code(n)
		return append(out, i)
	case *ast.Emphasis:
		i.element = emphasis
		if n.Level == 2 {
			i.element = strong
		}
	case *extast.Strikethrough:
		i.element = strikethrough
	case *ast.Link:
		i.kids = m.children(n, depth+1)
		if !m.checker.affords(len(n.Title)+len(n.Destination), i.pos) {
			return append(out, i.kids...)
		}
		i.element, i.title, i.align = link, unescape(string(n.Title)), labelOf(n.Reference)
		return m.checker.link(out, i, string(n.Destination))
	case *ast.AutoLink:
		return m.autoLink(out, n, i)
	case *ast.Image:
		i.text = plainInline(m.children(n, depth+1))
		if !m.checker.affords(len(n.Title)+len(n.Destination), i.pos) {
			return append(out, node{element: textNode, text: i.text, pos: i.pos})
		}
		i.element, i.title, i.align = image, unescape(string(n.Title)), labelOf(n.Reference)
		return m.checker.image(out, i, string(n.Destination))
	case *ast.RawHTML:
		return m.rawInline(out, n, i)
	case *extast.TaskCheckBox:
		i.element, i.on = taskBox, n.IsChecked
	case *extast.FootnoteLink:
		i.element, i.level = footnoteRef, n.Index
	case *extast.FootnoteBacklink:
		return out
	}
	i.kids = m.children(n, depth+1)
	return append(out, i)
}

// words converts a text node and the line break after it.
func (m *markdown) words(out []node, n *ast.Text) []node {
	written := m.written(n.Segment)
	if !n.IsRaw() {
		written = unescape(written)
	}
	out = append(out, node{element: textNode, text: written, pos: m.start + n.Segment.Start})
	switch {
	case n.HardLineBreak():
		out = append(out, node{element: hardBreak})
	case n.SoftLineBreak():
		out = append(out, node{element: softBreak})
	}
	return out
}

// verbatimly returns a segment of code as it is written.
func (m *markdown) verbatimly(s reader.Segment) string {
	m.verbatim = append(m.verbatim, [2]int{m.start + s.Start, m.start + s.Stop})
	return m.written(s)
}

// autoLink converts an address that is a link without brackets.
func (m *markdown) autoLink(out []node, n *ast.AutoLink, i node) []node {
	label, address := string(n.Label(m.source)), string(n.URL(m.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	i.element, i.kids = link, []node{{element: textNode, text: label, pos: i.pos}}
	return m.checker.link(out, i, address)
}

// htmlBlock converts a block of HTML.
func (m *markdown) htmlBlock(out []node, n *ast.HTMLBlock, b node) []node {
	var pieces [][2]int
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		pieces = append(pieces, [2]int{m.start + line.Start, m.start + line.Stop})
	}
	if n.HasClosure() {
		pieces = append(pieces, [2]int{m.start + n.ClosureLine.Start, m.start + n.ClosureLine.Stop})
	}
	b.element = rawBlock
	return m.raw(out, b, pieces)
}

// rawInline converts HTML inside a paragraph.
func (m *markdown) rawInline(out []node, n *ast.RawHTML, i node) []node {
	var pieces [][2]int
	for k := range n.Segments.Len() {
		piece := n.Segments.At(k)
		pieces = append(pieces, [2]int{m.start + piece.Start, m.start + piece.Stop})
	}
	i.element = rawInline
	return m.raw(out, i, pieces)
}
