package source

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	reader "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parsers parse CommonMark with tables, strikethrough, bare links, task lists and
// footnotes. One looks for bare links at every word, the other only behind an opening
// bracket, which is enough for most texts and a third less work.
var (
	fullParser    = newParser(extension.NewLinkifyParser())
	bracketParser = newParser(behindBrackets{extension.NewLinkifyParser()})
)

func newParser(links parser.InlineParser) parser.Parser {
	markdown := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithBlockParsers(util.Prioritized(countedNotes{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101), util.Prioritized(links, 999)),
		parser.WithParagraphTransformers(util.Prioritized(guard{}, 1)),
		parser.WithParagraphTransformers(util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100)),
		parser.WithASTTransformers(util.Prioritized(noteFinder{}, 1), util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
	extensions := goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList)
	return goldmark.New(goldmark.WithParser(markdown), extensions).Parser()
}

// definitions takes the definitions of links out of a paragraph, which must begin with
// one. It does not ask the library about a paragraph that begins with anything else, as
// nearly all do.
type definitions struct{ parser.ParagraphTransformer }

func (d definitions) Transform(p *ast.Paragraph, r reader.Reader, pc parser.Context) {
	if lines := p.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		if text := util.TrimLeftSpace(first.Value(r.Source())); len(text) > 0 && text[0] != '[' {
			return
		}
	}
	d.ParagraphTransformer.Transform(p, r, pc)
}

// behindBrackets looks for bare links only behind an opening bracket.
type behindBrackets struct{ parser.InlineParser }

// Trigger returns the characters before which the library calls Parse.
func (behindBrackets) Trigger() []byte { return []byte{'('} }

// parserFor returns a parser that finds every bare link of a text: an address with a
// scheme or www., or of a mailbox. Nearly all of them are targets of links, in brackets.
func parserFor(text string) parser.Parser {
	if strings.IndexByte(text, '@') >= 0 || anyBefore(text, ':', isScheme) ||
		anyBefore(text, '.', func(before string) bool { return strings.HasSuffix(before, "www") }) ||
		anyBefore(text, '\n', func(before string) bool { return strings.HasSuffix(before, "   ") }) {
		return fullParser // it treats three spaces at the end of a line in its own way
	}
	return bracketParser
}

// anyBefore reports whether is returns true for the text before any of the signs in a text.
func anyBefore(text string, sign byte, is func(before string) bool) bool {
	for from := 0; ; {
		at := strings.IndexByte(text[from:], sign)
		if at < 0 {
			return false
		}
		if from += at; is(text[:from]) {
			return true
		}
		from++
	}
}

// isScheme reports whether a text ends with the scheme of an address that is not in
// brackets.
func isScheme(text string) bool {
	for _, scheme := range []string{"http", "https", "ftp"} {
		if before, ok := strings.CutSuffix(text, scheme); ok && !strings.HasSuffix(before, "(") {
			return true
		}
	}
	return false
}

// noteFinder stores the footnotes of a text before the library drops the unused ones.
type noteFinder struct{}

var notesKey = parser.NewContextKey()

func (noteFinder) Transform(root *ast.Document, _ reader.Reader, pc parser.Context) {
	if pc.Get(countKey) == nil {
		return // no footnotes
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		list, ok := n.(*extast.FootnoteList)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		var notes []definition
		for c := list.FirstChild(); c != nil; c = c.NextSibling() {
			if note, ok := c.(*extast.Footnote); ok {
				notes = append(notes, definition{label: "^" + string(note.Ref), from: note.Pos(), to: lastStop(note)})
			}
		}
		pc.Set(notesKey, notes)
		return ast.WalkStop, nil
	})
}

// lastStop returns the offset in the source at which the last line of a block ends.
func lastStop(n ast.Node) int {
	stop := n.Pos()
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		stop = lines.At(lines.Len() - 1).Stop
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock {
			stop = max(stop, lastStop(c))
		}
	}
	return stop
}

// nodeCount returns how many of our nodes the children of a node become, at most. A line
// break is a separate node.
func nodeCount(n ast.Node) int {
	count := n.ChildCount()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			count++
		}
	}
	return count
}

// lines returns the text of a code block. Most are one piece of the source.
func (m *markdown) lines(n ast.Node) string {
	var text strings.Builder
	var piece reader.Segment
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if line.Start == piece.Stop && line.Padding == 0 && m.endsLine(piece) {
			piece.Stop, piece.ForceNewline = line.Stop, line.ForceNewline
			continue
		}
		if i > 0 {
			text.WriteString(m.verbatimly(piece))
		}
		piece = line
	}
	if text.Len() == 0 {
		return m.verbatimly(piece)
	}
	text.WriteString(m.verbatimly(piece))
	return text.String()
}

// code returns the text of a code span.
func (m *markdown) code(n ast.Node) string {
	if t, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 {
		return strings.ReplaceAll(m.verbatimly(t.Segment), "\n", " ")
	}
	var text strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text.WriteString(strings.ReplaceAll(m.verbatimly(t.Segment), "\n", " "))
		}
	}
	return text.String()
}

// endsLine reports whether a segment of the source ends with the end of a line.
func (m *markdown) endsLine(s reader.Segment) bool {
	return s.Stop > s.Start && m.source[s.Stop-1] == '\n'
}

// labelOf returns the label of the definition that a link or image uses, or "" if it
// contains its own address.
func labelOf(reference *ast.ReferenceLink) string {
	if reference == nil {
		return ""
	}
	return util.ToLinkReference(reference.Value)
}

// guard empties paragraphs that would take too long before their inlines are parsed. It
// runs before everything else that looks at paragraphs.
type guard struct{}

var spentKey = parser.NewContextKey()

func (guard) Transform(p *ast.Paragraph, r reader.Reader, pc parser.Context) {
	if n := len(r.Source()); n*n <= maxEffort {
		return // all paragraphs of so short a text take less
	}
	spent, _ := pc.Get(spentKey).(int)
	lines := p.Lines()
	if lines.Len() == 0 {
		return
	}
	written := r.Source()[lines.At(0).Start:lines.At(lines.Len()-1).Stop]
	spent += effort(written)
	pc.Set(spentKey, spent)
	if spent > maxEffort {
		first := lines.At(0)
		lines.SetSliced(0, 1)
		lines.Set(0, first.WithStop(first.Start+1))
	}
}

// countedNotes limits the number of footnotes: for each reference the library searches
// all of them, and it sorts them by insertion.
type countedNotes struct{ parser.BlockParser }

var countKey = parser.NewContextKey()

// Close adds a footnote, or drops it if there are too many.
func (c countedNotes) Close(n ast.Node, r reader.Reader, pc parser.Context) {
	notes, _ := pc.Get(countKey).([]int)
	pc.Set(countKey, append(notes, n.Pos()))
	if len(notes) < maxNotes {
		c.BlockParser.Close(n, r, pc)
		return
	}
	n.Parent().RemoveChild(n.Parent(), n)
}
