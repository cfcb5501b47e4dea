package news

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// A measure returns the length of a text as a service counts it.
type measure func(string) int

// bytesOf counts bytes in UTF-8.
func bytesOf(text string) int { return len(text) }

// runesOf counts code points.
func runesOf(text string) int { return utf8.RuneCountInString(text) }

// unitsOf counts units of UTF-16, as programs in JavaScript do.
func unitsOf(text string) int { return len(utf16.Encode([]rune(text))) }

// escaped measures a text after something has escaped it.
func escaped(escape func(string) string, m measure) measure {
	return func(text string) int { return m(escape(text)) }
}

// longWord is how many bytes of a word that does not fit may go in any case.
const longWord = 24

// cut returns a text that is at most limit long: the text itself, or as many of its words
// as fit, and "…". A word that alone is too long is cut between characters. It returns ""
// if not even "…" fits.
func cut(text string, limit int, m measure) string {
	if m(text) <= limit {
		return text
	}
	const more = "…"
	if m(more) > limit {
		return ""
	}
	starts := characters(text)
	low, high := 0, len(starts)-1 // how many characters fit: at least low, fewer than high
	for low+1 < high {
		middle := (low + high) / 2
		if m(trimmed(text[:starts[middle]])+more) <= limit {
			low = middle
		} else {
			high = middle
		}
	}
	kept := text[:starts[low]]
	at := strings.LastIndexFunc(kept, unicode.IsSpace)
	if whole := unicode.IsSpace(first(text[len(kept):])); !whole && at > 0 && (at > len(kept)/2 || len(kept)-at <= longWord) {
		kept = kept[:at]
	}
	return trimmed(kept) + more
}

// trimmed returns a text without spaces and commas at its end.
func trimmed(text string) string { return strings.TrimRight(text, " \n,;:–-") }

// first returns the first code point of a text.
func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// graphemesOf counts the characters that people see: letters with their marks, and emoji
// that are made of several.
func graphemesOf(text string) int { return uniseg.GraphemeClusterCount(text) }

// characters returns the offsets at which a text can be cut, the last one at its end.
func characters(text string) []int {
	var starts []int
	at, state := 0, -1
	for rest := text; rest != ""; {
		var cluster string
		starts = append(starts, at)
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(cluster)
	}
	return append(starts, at)
}
