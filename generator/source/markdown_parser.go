package source

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	reader "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownParser parses CommonMark with tables, strikethrough, bare links, task lists
// and footnotes.
var markdownParser = goldmark.New(goldmark.WithExtensions(
	extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList,
), goldmark.WithParserOptions(
	parser.WithParagraphTransformers(util.Prioritized(guard{}, 1)),
	parser.WithBlockParsers(util.Prioritized(countedNotes{extension.NewFootnoteBlockParser()}, 999)),
	parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
	parser.WithASTTransformers(util.Prioritized(noteFinder{}, 1), util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
)).Parser()

// noteFinder stores the footnotes of a text before the library drops the unused ones.
type noteFinder struct{}

var notesKey = parser.NewContextKey()

func (noteFinder) Transform(root *ast.Document, _ reader.Reader, pc parser.Context) {
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
