// Package diag represents mistakes in content and prints them for people, editors and CI.
// Each has a position in a file, a message and a hint.
package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Severity says whether a problem stops a build.
type Severity int

const (
	Error   Severity = iota // nothing is written
	Warning                 // reported, and fatal only under check --strict
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Pos is a range of columns on one line of a file. Lines and columns count from 1, and
// columns count characters, not bytes. EndColumn is the first column after the range. A
// zero Line means the file as a whole.
type Pos struct {
	File      string // slash-separated, relative to the site's folder: content/incidents/x.md
	Line      int
	Column    int
	EndColumn int
}

// Problem is one mistake at one position.
type Problem struct {
	Pos
	Severity Severity
	Rule     string // the name of the rule in kebab case, which stays the same between releases: unknown-component
	Message  string // lower case, no full stop: unknown component "pubic-api"
	Hint     string // what to do, or empty
	Excerpt  string // the line with the problem, or the part of a long line around it; set by List.Excerpt
	Skipped  int    // how many characters of that line come before the excerpt
}

// List is a list of problems.
type List []Problem

// Error adds a problem that stops a build.
func (l *List) Error(at Pos, rule, hint, format string, args ...any) {
	*l = append(*l, Problem{Pos: at, Severity: Error, Rule: rule, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// Warn adds a problem that does not stop a build.
func (l *List) Warn(at Pos, rule, hint, format string, args ...any) {
	*l = append(*l, Problem{Pos: at, Severity: Warning, Rule: rule, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// Count returns how many errors and how many warnings the list holds.
func (l List) Count() (errors, warnings int) {
	for _, p := range l {
		if p.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// Tally returns the number of problems in words: "2 errors and 1 warning".
func (l List) Tally() string {
	errors, warnings := l.Count()
	switch {
	case warnings == 0:
		return counted(errors, "error")
	case errors == 0:
		return counted(warnings, "warning")
	}
	return counted(errors, "error") + " and " + counted(warnings, "warning")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// HasErrors reports whether anything in the list stops a build.
func (l List) HasErrors() bool {
	errors, _ := l.Count()
	return errors > 0
}

// Sort sorts the list by file, line and column, errors before warnings, and removes exact
// duplicates.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Problem) int {
		return cmp.Or(
			strings.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity),
			strings.Compare(a.Message, b.Message),
		)
	})
	*l = slices.Compact(*l)
}

// maxInFile is how many problems of one file are reported.
const maxInFile = 100

// Capped returns a sorted list with at most 100 problems for each file. If there are more,
// an error of the rule too-many says how many.
func (l List) Capped() List {
	var kept List
	for from := 0; from < len(l); {
		to := from
		for to < len(l) && l[to].File == l[from].File {
			to++
		}
		kept = append(kept, l[from:min(to, from+maxInFile)]...)
		if hidden := to - from - maxInFile; hidden > 0 {
			kept.Error(Pos{File: l[from].File}, "too-many", "fix the first ones and run check again",
				"%d more mistakes in this file are not shown", hidden)
		}
		from = to
	}
	return kept
}

// longest is the maximum length of an excerpt in bytes. Of a longer line, only the part
// around the problem is kept, since a list may have thousands of problems.
const longest = 1000

// Excerpt sets the excerpt of every problem from the files that read returns. Problems in
// a file that cannot be read get none. A problem of a file as a whole moves to its first
// character. Only one file is in memory at a time, so the list must be sorted.
func (l List) Excerpt(read func(name string) ([]byte, error)) {
	var name string
	var file lines
	for i := range l {
		p := &l[i]
		if p.Line < 1 {
			p.Line, p.Column, p.EndColumn = 1, 1, 2
		}
		if p.Excerpt != "" {
			continue
		}
		if i == 0 || p.File != name {
			name, file = p.File, lines{}
			if data, err := read(name); err == nil {
				file = lines{text: bytes.TrimPrefix(data, []byte("\ufeff"))}
				file.rest, file.next = file.text, 1
			}
		}
		if line, ok := file.line(p.Line); ok {
			p.Excerpt, p.Skipped = excerptAt(string(bytes.TrimSuffix(line, []byte("\r"))), p.Column)
		}
	}
}

// lines finds lines of a text, each from where it found the last one.
type lines struct {
	text []byte
	rest []byte // begins with line next
	next int    // zero: there is no text
}

// line returns line n, counted from 1, without its line feed. ok is false if there is none.
func (l *lines) line(n int) (line []byte, ok bool) {
	if n < l.next {
		l.rest, l.next = l.text, 1
	}
	for l.next < n {
		_, after, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return nil, false
		}
		l.rest, l.next = after, l.next+1
	}
	line, _, _ = bytes.Cut(l.rest, []byte("\n"))
	return line, true
}

// excerptAt returns a line, or the part of a long line around a column, and how many
// characters come before that part, which is a copy, so that the rest can be freed.
func excerptAt(line string, column int) (part string, skipped int) {
	if len(line) <= longest {
		return line, 0
	}
	from := 0
	for skipped < column-widest && from < len(line) {
		_, size := utf8.DecodeRuneInString(line[from:])
		from, skipped = from+size, skipped+1
	}
	to := min(len(line), from+longest)
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to--
	}
	return strings.Clone(line[from:to]), skipped
}
