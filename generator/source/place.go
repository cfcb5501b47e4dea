package source

import (
	"sort"
	"strings"

	"allclear/generator/diag"
)

// place returns the position of a written address: inside the parentheses of an inline
// link, else the link's first character.
func (j *linkChecker) place(l node, written string) diag.Pos {
	if written != "" {
		rest := j.f.text[l.pos:j.paragraphEnd(l.pos)]
		rest = rest[:min(len(rest), maxWords+len(written))]
		if i := strings.Index(rest, "]("); i >= 0 {
			if n := strings.Index(rest[i:], written); n >= 0 {
				return j.f.at(l.pos+i+n, l.pos+i+n+len(written))
			}
		}
		if n := strings.Index(rest, written); n >= 0 {
			return j.f.at(l.pos+n, l.pos+n+len(written))
		}
	}
	return j.f.at(l.pos, l.pos+1)
}

// maxWords is how far from its first character the address of a link is searched for, in
// bytes.
const maxWords = 4000

// paragraphEnd returns the offset of the first empty line after pos, or of the end of
// the text.
func (j *linkChecker) paragraphEnd(pos int) int {
	if j.empty == nil {
		for at := 0; ; at++ {
			n := strings.Index(j.f.text[at:], "\n\n")
			if n < 0 {
				break
			}
			at += n
			j.empty = append(j.empty, at)
		}
		j.empty = append(j.empty, len(j.f.text))
	}
	return j.empty[min(sort.SearchInts(j.empty, pos), len(j.empty)-1)]
}
