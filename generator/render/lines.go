package render

import (
	"strings"
	"unicode/utf8"
)

// oneLine reports whether a text is one line of ASCII with single spaces between words.
// Most texts are, and then need no further work.
func oneLine(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c|last == ' ' { // c|last is ' ' only if both are spaces
			return false
		}
		last = c
	}
	return last != ' '
}

// appendOneLine appends a text on one line to out, with single spaces between words, and
// after what is in out.
func appendOneLine(out []byte, text string) []byte {
	for line := range strings.SplitSeq(text, "\n") {
		if oneLine(line) {
			out = appendWord(out, line)
			continue
		}
		for word := range strings.FieldsSeq(line) {
			out = appendWord(out, word)
		}
	}
	return out
}

// appendWord appends a word, after a space if out is not empty.
func appendWord(out []byte, word string) []byte {
	if len(out) > 0 {
		out = append(out, ' ')
	}
	return append(out, word...)
}

// oneLineExcerpt returns the start of a text on one line, at most length characters. It
// reads no more of the text than it needs.
func oneLineExcerpt(text string, length int) string {
	if start := text[:min(len(text), length+1)]; oneLine(start) {
		if len(start) <= length {
			return text
		}
		return start[:length-1] + "…"
	}
	var memory [2 * excerptLength]byte
	line := memory[:0]
	room := length + 1 // each word takes one more for a space
	for word := range strings.FieldsSeq(text) {
		line = appendWord(line, word)
		if room -= utf8.RuneCountInString(word) + 1; room < 0 {
			return firstRunes(string(line), length-1) + "…"
		}
	}
	return string(line)
}

// firstRunes returns the first characters of a text that has more than length of them.
func firstRunes(text string, length int) string {
	for at := range text {
		if length == 0 {
			return text[:at]
		}
		length--
	}
	return text
}
