package render

import (
	"strings"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/language"
)

// columns is the assumed width of a terminal.
const columns = 80

// textWriter wraps plain text at the width of a terminal. It removes control characters,
// so that no text can send commands to a reader's terminal.
type textWriter struct {
	text strings.Builder
	lang *language.Language
}

// bytes returns what has been written.
func (p *textWriter) bytes() []byte { return []byte(p.text.String()) }

// blankLine ends the current block with a blank line, unless there is one.
func (p *textWriter) blankLine() {
	if !strings.HasSuffix(p.text.String(), "\n\n") {
		p.text.WriteByte('\n')
	}
}

// heading writes a heading in capitals.
func (p *textWriter) heading(text string) {
	p.blankLine()
	p.line(0, p.lang.Upper(text))
}

// prose writes paragraphs that are separated by blank lines.
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

// line writes a line, indented by two columns for each level and wrapped between words. A
// URL that is too long gets a line of its own, since it would not work in two pieces.
func (p *textWriter) line(indent int, text string) {
	margin := strings.Repeat("  ", indent)
	room, used := columns-len(margin), 0
	for i, word := range wrapWords(stripControls(text), room) {
		switch {
		case i == 0:
			p.text.WriteString(margin)
		case used+1+diag.Width(word) > room:
			p.text.WriteString("\n" + margin)
			used = 0
		default:
			p.text.WriteByte(' ')
			used++
		}
		p.text.WriteString(word)
		used += diag.Width(word)
	}
	p.text.WriteByte('\n')
}

// wrapWords splits a text into words. A word wider than room columns, as in languages
// without spaces between words, is cut to fit; a URL is not.
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

// fittingBytes returns how many bytes of a word fit into room columns; at least one
// character.
func fittingBytes(word string, room int) int {
	taken := 0
	for i, r := range word {
		if taken += diag.Width(string(r)); taken > room && i > 0 {
			return i
		}
	}
	return len(word)
}

// valueColumn is where the second column of a row begins.
const valueColumn = 44

// row writes a name and its value in two columns, or on two lines if they are too wide.
func (p *textWriter) row(indent int, name, value string) {
	name, value = strings.Join(strings.Fields(stripControls(name)), " "), strings.Join(strings.Fields(stripControls(value)), " ")
	gap := valueColumn - 2*indent - diag.Width(name)
	if gap < 2 {
		gap = 2
	}
	if 2*indent+diag.Width(name)+gap+diag.Width(value) > columns {
		p.line(indent, name)
		p.line(indent+1, value)
		return
	}
	p.text.WriteString(strings.Repeat("  ", indent) + name + strings.Repeat(" ", gap) + value + "\n")
}

// zwj and zwnj are the zero-width joiner and non-joiner, which some scripts need.
const zwj, zwnj = '\u200d', '\u200c'

// stripControls replaces control characters with spaces and removes invisible ones, such
// as those that change the direction of the text after them.
func stripControls(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case ' ' <= r && r <= '~': // nearly all of them
			return r
		case unicode.IsControl(r):
			return ' '
		case r != zwj && r != zwnj && unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}
