package source

import (
	"strings"

	"allclear/generator/diag"
)

// conflicts reports the marks that git leaves where it could not merge two
// branches, and whether there are any. In such a file nothing else is worth
// saying. In a code block they are what somebody wants to show.
func (f file) conflicts(problems *diag.List) bool {
	if !strings.Contains(f.text, "<<<<<<<") && !strings.Contains(f.text, ">>>>>>>") {
		return false
	}
	found, inside, fence := false, false, ""
	for _, from := range f.lines {
		line, _, _ := strings.Cut(f.text[from:], "\n")
		if shut := fenceOf(line); shut != "" && !inside {
			switch {
			case fence == "":
				fence = shut
			case shut[0] == fence[0] && len(shut) >= len(fence) && strings.Trim(line, " "+fence[:1]) == "":
				fence = ""
			}
			continue
		}
		begins, ends := conflictMark(line, '<'), conflictMark(line, '>')
		if fence != "" || !begins && !ends && !(inside && (conflictMark(line, '=') || conflictMark(line, '|'))) {
			continue
		}
		inside = (inside || begins) && !ends
		found = true
		problems.Error(f.at(from, from+len(line)), "conflict-marker",
			"keep what is right of both sides, and delete these three lines", "an unfinished merge")
	}
	return found
}

// unclosedCode reports a block of code that does not end and has headings in it: an
// update below it would be code, and not published as one.
func (f file) unclosedCode(problems *diag.List) {
	if !strings.Contains(f.text, "```") && !strings.Contains(f.text, "~~~") {
		return
	}
	fence, opened, swallows := "", 0, false
	for _, from := range f.lines {
		line, _, _ := strings.Cut(f.text[from:], "\n")
		line = strings.TrimRight(line, "\r")
		switch shut := fenceOf(line); {
		case fence == "" && shut != "":
			fence, opened, swallows = shut, from, false
		case shut != "" && shut[0] == fence[0] && len(shut) >= len(fence) && strings.Trim(line, " \t"+fence[:1]) == "":
			fence = ""
		case fence != "" && strings.HasPrefix(line, "## "):
			swallows = true
		}
	}
	if fence != "" && swallows {
		problems.Warn(f.at(opened, opened+len(fence)), "unclosed-code", "close it with a line "+fence+" above the next heading",
			"the code that begins here does not end, so the updates below it are code")
	}
}

// conflictMark reports a line of seven signs, with what git writes behind them.
func conflictMark(line string, sign byte) bool {
	return strings.HasPrefix(line, strings.Repeat(string(sign), 7)) && (len(line) == 7 || line[7] == ' ')
}

// fenceOf is the sign with which a line opens or closes a block of code, "" where
// it does neither.
func fenceOf(line string) string {
	rest := strings.TrimLeft(line, " ")
	if len(line)-len(rest) > 3 {
		return ""
	}
	for _, sign := range "`~" {
		if n := len(rest) - len(strings.TrimLeft(rest, string(sign))); n >= 3 && (sign == '~' || !strings.Contains(rest[n:], "`")) {
			return rest[:n]
		}
	}
	return ""
}
