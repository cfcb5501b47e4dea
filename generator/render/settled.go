package render

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"

	"allclear/generator/site"
)

// Key is the sum of all that a file's bytes depend on: two files of one key have
// the same bytes. A zero one says nothing.
type Key = site.Sum

// keyed reports whether files have keys.
func (s *settings) keyed() bool { return s.program != site.Sum{} }

// keyOf is the key of a file that is made of what entries' own builds show, one
// after the other. what says which of their files it is.
func (x *index) keyOf(what string, entries ...*site.Entry) func() Key {
	if !x.settings.keyed() {
		return nil
	}
	return func() Key { return x.key(what, entries) }
}

func (x *index) key(what string, entries []*site.Entry) Key {
	shared := x.settings.sum()
	if shared == (site.Sum{}) {
		return Key{}
	}
	h := sha256.New()
	h.Write(shared[:])
	io.WriteString(h, what)
	for _, e := range entries {
		at := x.settledAt(e)
		if at.IsZero() {
			return Key{}
		}
		older, newer := x.neighbours(e)
		fmt.Fprintf(h, "\n%d %t %t %t", at.Unix(), older != nil, newer != nil, slices.Contains(x.withCard, e))
		for _, other := range []*site.Entry{older, newer, e} {
			if other == nil {
				continue
			}
			if other.Sum == (site.Sum{}) {
				return Key{}
			}
			h.Write(other.Sum[:])
		}
	}
	var k Key
	h.Sum(k[:0])
	return k
}
