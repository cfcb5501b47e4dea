package source

import (
	"bytes"
	"strings"
	"sync"
)

// scratch holds the buffers for reading one body. They are used again for the next file,
// so that thousands of files need the memory of a few. Nothing that outlives the reading
// of one file may refer to nodes.
type scratch struct {
	source []byte       // the Markdown, for the library
	nodes  []node       // the nodes of the file, from which alloc returns parts
	html   bytes.Buffer // the HTML of a piece of prose
	plain  bytes.Buffer // the plain text of a piece of prose
	kept   shelf        // pieces of prose that stay

	sections []section // of the file
}

// keep returns a copy of a piece of prose without the white space around it.
func (d *scratch) keep(b *bytes.Buffer) string { return d.kept.add(bytes.TrimSpace(b.Bytes())) }

// shelf holds texts that stay, one after the other. Thousands of texts of a few hundred
// bytes each take longer to allocate and to collect, and more memory.
type shelf struct{ strings.Builder }

// shelfSize is the size of a shelf, in bytes.
const shelfSize = 128 << 10

// add returns a copy of a text. It begins another shelf if this one is full.
func (s *shelf) add(text []byte) string {
	if s.Cap()-s.Len() < len(text) {
		s.Builder = strings.Builder{}
		s.Grow(max(len(text), shelfSize))
	}
	from := s.Len()
	s.Write(text)
	return s.String()[from:]
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// takeScratch returns an empty scratch. Return it to scratches when nothing refers to
// its nodes anymore.
func takeScratch() *scratch {
	d := scratches.Get().(*scratch)
	d.nodes = d.nodes[:0]
	return d
}

// alloc returns an empty list of nodes with a capacity of n.
func (d *scratch) alloc(n int) []node {
	from := len(d.nodes)
	if cap(d.nodes)-from < n {
		from, d.nodes = 0, make([]node, 0, max(n, 2*cap(d.nodes), 64)) // lists from the old slice stay valid
	}
	d.nodes = d.nodes[:from+n]
	return d.nodes[from : from : from+n]
}
