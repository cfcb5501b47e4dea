package source

import (
	"bytes"
	"sync"
)

// scratch is what reading one body needs and leaves behind. The next file is read on
// the same one, so that thousands of them are read in the memory of a few.
type scratch struct {
	source []byte       // the Markdown, for the library
	nodes  []node       // the marks of the file, of which rooms are handed out
	html   bytes.Buffer // a piece of prose while it is written
	plain  bytes.Buffer // the same in plain words
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// takeScratch hands out a clean desk. It goes back when nothing refers to its marks.
func takeScratch() *scratch {
	d := scratches.Get().(*scratch)
	d.nodes = d.nodes[:0]
	return d
}

// alloc is an empty list of marks with a capacity of n.
func (d *scratch) alloc(n int) []node {
	from := len(d.nodes)
	if cap(d.nodes)-from < n {
		from, d.nodes = 0, make([]node, 0, max(n, 2*cap(d.nodes), 64)) // rooms in the old list stay what they are
	}
	d.nodes = d.nodes[:from+n]
	return d.nodes[from : from : from+n]
}
