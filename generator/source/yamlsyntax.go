package source

import (
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
)

// parserErrors are the messages for which the YAML library counts lines from 0. For all
// others it counts from 1.
var parserErrors = []string{"expected <document", "expected node content", "expected '-' indicator", "expected key", "expected ',' or"}

// syntax reports an error of the YAML library, at its line and, for the most common
// mistakes, in plain words.
func (y yamlReader) syntax(err error, end int) {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		digits, after, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(digits); err == nil {
			line, message = n, after
		}
		if slices.ContainsFunc(parserErrors, func(s string) bool { return strings.Contains(message, s) }) {
			line++
		}
	}
	at := y.lineAt(line)
	content := y.f.text[y.f.offset(at.Line, 1):y.f.lineEnd(at.Line-1)]
	open, isOpen := y.unbalanced(end)
	switch {
	case strings.Contains(message, "mapping values are not allowed"):
		y.problems.Error(y.secondColon(at, content), "yaml-syntax", "put the value in quotes, or fix the indentation",
			"a second \": \" on this line: YAML reads it as another key")
	case strings.Contains(message, "cannot start any token") && strings.Contains(content, "\t"):
		from := y.f.offset(at.Line, 1) + strings.IndexByte(content, '\t')
		y.problems.Error(y.f.at(from, from+1), "yaml-syntax", "indent with spaces", "YAML does not allow a tab for indentation")
	case isOpen:
		y.problems.Error(y.f.at(open, open+1), "yaml-syntax", "close it on this line", "this %c is never closed", y.f.text[open])
	default:
		y.problems.Error(at, "yaml-syntax", "fix the indentation, the quotes or the brackets near here", "invalid YAML: %s", message)
	}
}

// unbalanced finds the first quote or bracket that begins a value and is not closed.
func (y yamlReader) unbalanced(end int) (offset int, found bool) {
	text := y.f.text[:end]
	var open []int
	begins := true // whether a value can begin here
	for i := y.f.lines[y.first-1]; i < len(text); i++ {
		switch c := text[i]; {
		case (c == '"' || c == '\'') && begins:
			n := quoteEnd(text[i+1:], c)
			if i+1+n >= len(text) {
				return i, true
			}
			i += n + 1
			begins = false
		case c == '#' && begins:
			i += max(0, strings.IndexByte(text[i:]+"\n", '\n')-1)
		case (c == '[' || c == '{') && begins:
			open = append(open, i)
		case (c == ']' || c == '}') && len(open) > 0:
			open = open[:len(open)-1]
			begins = false
		case c == '\n':
			begins = true
		case c == ' ' || c == '\t':
		case c == ',' && len(open) > 0:
			begins = true
		case (c == ':' || c == '-') && (i+1 >= len(text) || text[i+1] == ' ' || text[i+1] == '\n'):
			begins = true
		default:
			begins = false
		}
	}
	if len(open) > 0 {
		return open[0], true
	}
	return 0, false
}

// lineAt returns the position of a whole line of the YAML, without indentation.
func (y yamlReader) lineAt(line int) diag.Pos {
	n := min(max(y.first+line-1, 1), len(y.f.lines))
	begin, end := y.f.lines[n-1], y.f.lineEnd(n-1)
	content := y.f.text[begin:end]
	trimmed := strings.TrimLeft(content, " \t")
	return y.f.at(begin+len(content)-len(trimmed), end)
}

// secondColon returns the position of the second ": " on a line.
func (y yamlReader) secondColon(at diag.Pos, content string) diag.Pos {
	first := strings.Index(content, ": ")
	if first < 0 {
		return at
	}
	second := strings.Index(content[first+2:], ": ")
	if second < 0 {
		return at
	}
	from := y.f.offset(at.Line, 1) + first + 2 + second
	return y.f.at(from, from+1)
}
