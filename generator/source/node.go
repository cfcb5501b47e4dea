package source

// element is a kind of Markdown block or inline.
type element int

const (
	paragraph element = iota
	tightText         // a paragraph of a tight list
	heading
	quote
	codeBlock
	rawBlock
	bulletList
	orderedList
	listItem
	rule
	tableBlock
	tableHead
	tableRow
	tableCell
	textNode
	softBreak
	hardBreak
	codeSpan
	emphasis
	strong
	strikethrough
	link
	image
	rawInline
	taskBox
	footnoteRef
)

// node is one piece of Markdown: our own tree, so that the library is known to
// this file alone, and links are already judged when it is written out.
type node struct {
	element element
	text    string // of words, code and raw HTML: the characters themselves
	dest    string // of links and images: the address; of code blocks: the language
	title   string
	level   int    // of headings; the first number of lists; the number of footnotes
	on      bool   // a ticked box; a tight list; an external link
	align   string // of cells; of links and images: the label of their definition
	pos     int    // where it begins in the file's text; end is only set where it is used
	end     int
	kids    []node
}

// document is the body of a file.
type document struct {
	blocks    []node
	footnotes map[int][]node
	comments  [][2]int // stretches of the file's text that are HTML comments

	definitions []definition   // in the file's order
	labels      map[string]int // where in definitions a label is first defined
	noteLabels  map[int]string // of footnotes, by their number
	cuts        [][2]int       // comments and definitions, in the file's order
}
