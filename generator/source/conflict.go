package source

import (
	"strings"

	"allclear/generator/diag"
)

// conflicts reports the conflict markers that git leaves when it cannot merge two
// branches, and returns whether there are any. Such a file is not checked further.
// Markers in a code block are text to show.
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
			"keep the correct side, or parts of both, and delete the three marker lines", "an unresolved merge conflict")
	}
	return found
}

// unclosedCode reports a code block that does not end and contains headings: updates
// below it would be code and would not be published.
func (f file) unclosedCode(problems *diag.List) {
	if !strings.Contains(f.text, "```") && !strings.Contains(f.text, "~~~") {
		return
	}
	fence, opened, swallows := "", 0, false
	for i, from := range f.lines {
		line := strings.TrimRight(f.text[from:f.lineEnd(i)], "\r")
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
		problems.Warn(f.at(opened, opened+len(fence)), "unclosed-code", "end it with a line "+fence+" above the next heading",
			"the code that begins here does not end, so the updates below it are code")
	}
}

// conflictMark reports whether a line is a conflict marker of git: seven signs and
// perhaps a text after a space.
func conflictMark(line string, sign byte) bool {
	return strings.HasPrefix(line, strings.Repeat(string(sign), 7)) && (len(line) == 7 || line[7] == ' ')
}

// fenceOf returns the fence with which a line opens or closes a code block, or "".
func fenceOf(line string) string {
	rest := strings.TrimLeft(line, " ")
	if len(line)-len(rest) > 3 || rest == "" || rest[0] != '`' && rest[0] != '~' {
		return ""
	}
	sign := rest[:1]
	if n := len(rest) - len(strings.TrimLeft(rest, sign)); n >= 3 && (sign == "~" || !strings.Contains(rest[n:], sign)) {
		return rest[:n]
	}
	return ""
}
