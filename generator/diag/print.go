package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Style colors a piece of a message; the zero value writes plain text.
type Style struct {
	Error, Warning, Bold, Hint func(string) string
}

// Print writes each problem for a person to read: position, message, the line with carets
// under the mistake, and the hint.
func (l List) Print(w io.Writer, style Style) {
	for _, p := range l {
		p.print(w, style)
	}
}

func (p Problem) print(w io.Writer, style Style) {
	word := paint(style.Error, "error")
	if p.Severity == Warning {
		word = paint(style.Warning, "warning")
	}
	fmt.Fprintf(w, "%s: %s: %s\n", paint(style.Bold, p.Pos.String()), word, Printable(p.Message))
	if p.Excerpt != "" && p.Column > 0 {
		line, before, marked := window(p.Excerpt, p.Column-p.Skipped, p.EndColumn-p.Skipped)
		fmt.Fprintf(w, "%5d | %s\n", p.Line, line)
		fmt.Fprintf(w, "      | %s%s\n", strings.Repeat(" ", before), paint(style.Hint, strings.Repeat("^", marked)))
	}
	if p.Hint != "" {
		fmt.Fprintf(w, "  hint: %s\n", Printable(p.Hint))
	}
}

// String returns file:line:column, which editors and terminals turn into a link.
func (p Pos) String() string {
	file := Printable(p.File)
	if p.Line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Column)
}

func paint(style func(string) string, text string) string {
	if style == nil {
		return text
	}
	return style(text)
}

// widest is how many characters of a line Print shows.
const widest = 120

// window returns the part of a line around the characters [start, end), counted from 1, and
// how many columns of a terminal come before them and how many they take, at least one.
func window(line string, start, end int) (shown string, before, marked int) {
	text := []rune(line)
	start = min(max(start-1, 0), len(text))
	end = min(max(end-1, start+1), max(len(text), start+1))
	from := 0
	if start > widest*2/3 {
		from = start - widest/3
	}
	to := min(len(text), from+widest)
	shown = Printable(string(text[from:to]))
	before = Width(Printable(string(text[from:start])))
	marked = max(1, Width(Printable(string(text[start:max(start, min(end, to))]))))
	if from > 0 {
		shown, before = "…"+shown, before+1
	}
	if to < len(text) {
		shown += "…"
	}
	return shown, before, marked
}

// Printable replaces characters that a terminal would act on instead of showing them:
// control characters, invisible marks and changes of writing direction. Each is replaced
// by one character, so that columns stay correct. GitHub's runner executes ##[command]
// anywhere on a line, so that is written as ##(command].
func Printable(text string) string {
	return printable(text, isControl)
}

// printable is Printable for the characters that replace reports.
func printable(text string, replace func(rune) bool) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case replace(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
	return strings.ReplaceAll(text, "##[", "##(")
}

// isControl reports whether a terminal may act on a character instead of showing it.
func isControl(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// PrintableText is Printable for each line of a text that a command prints. GitHub's runner
// also executes a line that begins with ::, with or without spaces before it
// (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands), so
// PrintableText adds a space between the two colons. It keeps the zero-width joiners that
// Persian, Hindi and emoji need.
func PrintableText(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = printable(line, func(r rune) bool { return isControl(r) && r != '\u200c' && r != '\u200d' })
		lines[i] = line
		if rest := strings.TrimSpace(line); strings.HasPrefix(rest, "::") {
			lines[i] = strings.Replace(line, "::", ": :", 1)
		}
	}
	return strings.Join(lines, "\n")
}

// printableLines is Printable for each line of a text.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = Printable(line)
	}
	return strings.Join(lines, "\n")
}
