package source

import (
	"bytes"
	"sync"
)

// desk is what reading one body needs and leaves behind. The next file is read on
// the same one, so that thousands of them are read in the memory of a few.
type desk struct {
	source []byte       // the Markdown, for the library
	marks  []mark       // the marks of the file, of which rooms are handed out
	html   bytes.Buffer // a piece of prose while it is written
	plain  bytes.Buffer // the same in plain words
}

var desks = sync.Pool{New: func() any { return &desk{} }}

// takeDesk hands out a clean desk. It goes back when nothing refers to its marks.
func takeDesk() *desk {
	d := desks.Get().(*desk)
	d.marks = d.marks[:0]
	return d
}

// room is an empty list of marks with a capacity of n.
func (d *desk) room(n int) []mark {
	from := len(d.marks)
	if cap(d.marks)-from < n {
		from, d.marks = 0, make([]mark, 0, max(n, 2*cap(d.marks), 64)) // rooms in the old list stay what they are
	}
	d.marks = d.marks[:from+n]
	return d.marks[from : from : from+n]
}
