package source

// element is a kind of Markdown block or inline.
type element int

const (
	paragraph element = iota
	tightText         // a paragraph in a tight list
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

// node is one piece of Markdown, in a tree of our own. Only two files need to know the
// Markdown library, and links in the tree are already checked.
type node struct {
	element element
	text    string // of text, code and raw HTML: the characters themselves
	dest    string // of links and images: the address; of code blocks: the language
	title   string
	level   int    // of headings; the first number of lists; the number of footnotes
	on      bool   // a ticked box; a tight list; an external link
	align   string // of cells; of links and images: the label of their definition
	pos     int    // its offset in the file's text; end is set only for headings
	end     int
	kids    []node
}

// document is the body of a file.
type document struct {
	blocks    []node
	footnotes map[int][]node
	comments  [][2]int // the parts of the file's text that are HTML comments

	definitions []definition   // in the file's order
	labels      map[string]int // the index in definitions of the first one with a label
	noteLabels  map[int]string // of footnotes, by their number
	cuts        [][2]int       // comments and definitions, in the file's order
}
