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

// markdownParser reads CommonMark with tables, strikethrough, bare links, task lists and
// footnotes.
var markdownParser = goldmark.New(goldmark.WithExtensions(
	extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList,
), goldmark.WithParserOptions(
	parser.WithParagraphTransformers(util.Prioritized(guard{}, 1)),
	parser.WithBlockParsers(util.Prioritized(countedNotes{extension.NewFootnoteBlockParser()}, 999)),
	parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
	parser.WithASTTransformers(util.Prioritized(noteFinder{}, 1), util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
)).Parser()

// noteFinder keeps the footnotes of a text, before the library drops those that
// nothing refers to.
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

// lastStop is where the last line of a block ends in the source.
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

// guard empties paragraphs that would take too long, before their inlines are
// read. It runs before all else that looks at paragraphs.
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

// countedNotes keeps footnotes to a number: for each reference the library looks
// through all of them, and it sorts them by insertion.
type countedNotes struct{ parser.BlockParser }

var countKey = parser.NewContextKey()

// Close adds a footnote to those that references find, or drops it.
func (c countedNotes) Close(n ast.Node, r reader.Reader, pc parser.Context) {
	notes, _ := pc.Get(countKey).([]int)
	pc.Set(countKey, append(notes, n.Pos()))
	if len(notes) < maxNotes {
		c.BlockParser.Close(n, r, pc)
		return
	}
	n.Parent().RemoveChild(n.Parent(), n)
}
