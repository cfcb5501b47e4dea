// Package diag is how Allclear speaks of mistakes in content: a place in a
// file, what is wrong there in the operator's own words, and what to do.
package diag

import (
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

// Pos is a stretch of one line of a file. Lines and columns count from 1;
// columns count characters, not bytes; EndColumn is the first column after the
// stretch. A zero Line means the file as a whole.
type Pos struct {
	File      string // slash-separated, relative to the site's folder: content/incidents/x.md
	Line      int
	Column    int
	EndColumn int
}

// Problem is one mistake at one place.
type Problem struct {
	Pos
	Severity Severity
	Rule     string // a stable kebab-case name: unknown-component
	Message  string // lower case, no full stop: unknown component "pubic-api"
	Hint     string // what to do, or empty
	Excerpt  string // the line the problem stands in, or of a long one what is around it, as List.Excerpt found it
	Skipped  int    // characters of that line before the excerpt
}

// List is every problem of a run.
type List []Problem

// Error adds a problem that stops a build.
func (l *List) Error(at Pos, rule, hint, format string, args ...any) {
	*l = append(*l, Problem{Pos: at, Severity: Error, Rule: rule, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// Warn adds a problem that a build survives.
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

// Tally counts the problems in words: "2 errors and 1 warning".
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

// Sort orders the list by file, line and column, errors before warnings, and
// drops exact repetitions.
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

// told is how many problems of one file are reported.
const told = 100

// Capped keeps the first problems of each file of a sorted list, and says how many
// more there are.
func (l List) Capped() List {
	var kept List
	for from := 0; from < len(l); {
		to := from
		for to < len(l) && l[to].File == l[from].File {
			to++
		}
		kept = append(kept, l[from:min(to, from+told)]...)
		if hidden := to - from - told; hidden > 0 {
			kept.Error(Pos{File: l[from].File}, "too-many", "fix the first ones and look again",
				"%d more mistakes of this file are not shown", hidden)
		}
		from = to
	}
	return kept
}

// longest is the length, in bytes, above which a line is cut to what is around the
// problem: a list may hold thousands of problems.
const longest = 1000

// Excerpt gives every problem the text of its line, from files as read returns
// them, and nothing where it returns an error. What is wrong with a file as a whole
// is shown at its first character. One file is held at a time, so the list must
// be sorted.
func (l List) Excerpt(read func(name string) ([]byte, error)) {
	var name string
	var lines []string
	for i := range l {
		p := &l[i]
		if p.Line < 1 {
			p.Line, p.Column, p.EndColumn = 1, 1, 2
		}
		if p.Excerpt != "" {
			continue
		}
		if i == 0 || p.File != name {
			name, lines = p.File, nil
			if data, err := read(name); err == nil {
				lines = strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
			}
		}
		if p.Line <= len(lines) {
			p.Excerpt, p.Skipped = around(strings.TrimSuffix(lines[p.Line-1], "\r"), p.Column)
		}
	}
}

// around is a line, or of a long line the part around a column, and how many
// characters come before that part. It is a copy: the file's text can go.
func around(line string, column int) (part string, skipped int) {
	if len(line) <= longest {
		return strings.Clone(line), 0
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
