package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"allclear/generator/language"
)

// columns is how wide a terminal is taken to be.
const columns = 80

// textWriter takes lines of plain text and keeps them within the columns. It prints
// no control character, so that no report can command a reader's terminal.
type textWriter struct {
	text strings.Builder
	lang *language.Language
}

func (p *textWriter) bytes() []byte { return []byte(p.text.String()) }

func (p *textWriter) blankLine() {
	if !strings.HasSuffix(p.text.String(), "\n\n") {
		p.text.WriteByte('\n')
	}
}

func (p *textWriter) heading(text string) {
	p.blankLine()
	p.line(0, p.lang.Upper(text))
}

// prose writes paragraphs, which a blank line parts.
func (p *textWriter) prose(indent int, text string) {
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			p.blankLine()
		}
		for _, line := range strings.Split(paragraph, "\n") {
			p.line(indent, line)
		}
	}
}

// line writes a line at an indent of two columns each, wrapped between words. A
// URL wider than the paper stands on a line of its own: broken it would be of no
// use.
func (p *textWriter) line(indent int, text string) {
	margin := strings.Repeat("  ", indent)
	room, used := columns-len(margin), 0
	for i, word := range wrapWords(stripControls(text), room) {
		switch {
		case i == 0:
			p.text.WriteString(margin)
		case used+1+displayWidth(word) > room:
			p.text.WriteString("\n" + margin)
			used = 0
		default:
			p.text.WriteByte(' ')
			used++
		}
		p.text.WriteString(word)
		used += displayWidth(word)
	}
	p.text.WriteByte('\n')
}

// pieces are the words of a text. One that is wider than the room, as in
// languages that put no space between words, is cut to fit; a URL is not.
func wrapWords(text string, room int) []string {
	var list []string
	for _, word := range strings.Fields(text) {
		url := strings.Contains(word, "://")
		for end := fittingBytes(word, room); end < len(word) && !url; end = fittingBytes(word, room) {
			list, word = append(list, word[:end]), word[end:]
		}
		list = append(list, word)
	}
	return list
}

// fitting is how many bytes of a word fit into the room.
func fittingBytes(word string, room int) int {
	taken := 0
	for i, r := range word {
		if taken += displayWidth(string(r)); taken > room && i > 0 {
			return i
		}
	}
	return len(word)
}

// valueColumn is where the second column of a row begins.
const valueColumn = 44

// row writes a name and its value in two columns, the value on a line of its
// own where both do not fit.
func (p *textWriter) row(indent int, name, value string) {
	name, value = strings.Join(strings.Fields(stripControls(name)), " "), strings.Join(strings.Fields(stripControls(value)), " ")
	gap := valueColumn - 2*indent - displayWidth(name)
	if gap < 2 {
		gap = 2
	}
	if 2*indent+displayWidth(name)+gap+displayWidth(value) > columns {
		p.line(indent, name)
		p.line(indent+1, value)
		return
	}
	p.text.WriteString(strings.Repeat("  ", indent) + name + strings.Repeat(" ", gap) + value + "\n")
}

// The joiners are the invisible characters that spelling needs.
const zwj, zwnj = '\u200d', '\u200c'

// plain replaces control characters by spaces and drops invisible ones, such as
// those that turn the direction of what follows.
func stripControls(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r != zwj && r != zwnj && unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}

// wide is how many columns a text takes: two for East Asian wide characters,
// none for combining marks.
func displayWidth(text string) int {
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
