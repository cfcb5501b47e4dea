package source

import (
	"fmt"
	"strings"
)

// These limits keep hostile Markdown from taking far more time and memory than its length
// justifies. No text written by a person comes near them.

// deepest is how deep Markdown may be nested.
const deepest = 120

// maxEffort is the maximum effort of all paragraphs of one file.
const maxEffort = 200_000_000

// effort estimates the cost of parsing the inlines of a paragraph: for each sign that
// may open something, the parser may look at everything after it.
func effort[T string | []byte](paragraph T) int {
	brackets, others := 0, 0
	for i := range len(paragraph) {
		switch paragraph[i] {
		case '[':
			brackets++
		case '*', '_', '~', '<', '`':
			others++
		}
	}
	return len(paragraph) * (brackets + others/3)
}

// tooMuch finds a line with far too many quote and list signs, or a heading that is far
// too long. It returns its offset and a message, or "".
func tooMuch(body string) (at int, message string) {
	for start := 0; start < len(body); {
		line, _, _ := strings.Cut(body[start:], "\n")
		if len(line) <= deepest { // too short for any of this
			start += len(line) + 1
			continue
		}
		signs, indent, rest := containers(line)
		switch {
		case signs > deepest || signs > 0 && indent > 4*deepest:
			return start, "quotes and lists are nested too deeply here"
		case strings.HasPrefix(rest, "#") && effort(rest) > maxEffort/100:
			return start, "this heading has too many brackets and stars"
		}
		start += len(line) + 1
	}
	if at, found := tooManyHeadings(body); found {
		return at, fmt.Sprintf("the file has more than %d headings", maxHeadings)
	}
	if at, found := tooManyCells(body); found {
		return at, "the tables of this file have too many cells"
	}
	return 0, ""
}

// containers counts the quote and list signs at the start of a line, and the spaces
// before the first of them. rest is the text after them.
func containers(line string) (signs, indent int, rest string) {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ' || c == '\t':
			if signs == 0 {
				indent++
			}
		case c == '>':
			signs++
		case (c == '-' || c == '*' || c == '+') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			signs++
		case '0' <= c && c <= '9':
			end := i + len(line[i:]) - len(strings.TrimLeft(line[i:], "0123456789"))
			if end >= len(line) || line[end] != '.' && line[end] != ')' {
				return signs, indent, line[i:]
			}
			signs, i = signs+1, end
		default:
			return signs, indent, line[i:]
		}
	}
	return signs, indent, ""
}
