package diag

import (
	"unicode"

	"golang.org/x/text/width"
)

// Width returns how many columns a text takes in a terminal: two for East Asian wide
// characters, none for combining marks.
func Width(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
