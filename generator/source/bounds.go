package source

import (
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

// The bounds of this file keep a small piece of content from becoming a site
// that takes hours to build. No real site comes near them.
const (
	maxData     = 512 << 10 // bytes of one front matter, of site.yml and of the manifest
	maxLine     = 20_000    // bytes of one of its lines
	maxItems    = 1000      // in one list, and keys in one table
	maxText     = 5000      // characters of one value in front matter, site.yml or the manifest
	maxName     = 200       // bytes of a key
	maxLanguage = 50        // languages of a site
	maxHeadings = 1000      // headings of one file, updates included
	maxUpdates  = 500       // of one file
	maxNotes    = 100       // footnotes of one file
	maxCells    = 20_000    // cells of one file that rows lack and get, to have as many as the table's head
	maxRepeated = 256 << 10 // bytes that references write again: a link's address and title, a footnote
	maxSought   = 20        // wrong links of one file for which the nearest name is looked for
	maxDecimals = 6         // of a target
)

// boundedData reports data that is too long to be read, or has too long a line:
// finding the places of its values would take for ever.
func (f file) boundedData(start, end int, problems *diag.List) bool {
	if end-start > maxData {
		problems.Error(f.at(start, start), "too-long", "shorten it; what is long belongs below the front matter",
			"the data that begins here is longer than %d KB", maxData>>10)
		return false
	}
	for at := start; at < end; {
		line, _, _ := strings.Cut(f.text[at:end], "\n")
		if len(line) > maxLine {
			problems.Error(f.at(at, at), "too-long", "write each thing on a line of its own",
				"this line is longer than %d characters", maxLine)
			return false
		}
		at += len(line) + 1
	}
	return true
}

// bounded reports what a value holds that is too much, or is no text, and cuts
// it to what will do, in its place.
func (v value) bounded(problems *diag.List) value {
	switch v.shape {
	case text, number:
		v.text = boundedText(v, problems)
	case list:
		if len(v.items) > maxItems {
			problems.Error(v.items[maxItems].pos, "too-many", "split it, or remove some", "this list has more than %d items", maxItems)
			v.items = v.items[:maxItems]
		}
		for i := range v.items {
			v.items[i] = v.items[i].bounded(problems)
		}
	case table:
		for i := range v.keys {
			v.keys[i].value = v.keys[i].value.bounded(problems)
		}
	}
	return v
}

// boundedText refuses control characters, which YAML, TOML and JSON can write
// with letters and digits ("\x1b"), and text that is too long.
func boundedText(v value, problems *diag.List) string {
	if utf8.RuneCountInString(v.text) > maxText {
		problems.Error(v.pos, "too-long", "shorten it; what is long belongs below the front matter",
			"this text has more than %d characters", maxText)
		return string([]rune(v.text)[:maxText])
	}
	if strings.Contains(v.text, "<!--") {
		problems.Error(v.pos, "unclosed-comment", "write the comment on a line of its own that begins with #",
			"visitors would see this HTML comment")
		return strings.ReplaceAll(v.text, "<!--", "")
	}
	if i := firstFault(v.text); i >= 0 {
		r, _ := utf8.DecodeRuneInString(v.text[i:])
		problems.Error(v.pos, "control-character", "remove it", "a control character (U+%04X) does not belong in text", r)
		return tidy(v.text)
	}
	return v.text
}

// tooManyCells finds the row with which a body passes the bound: a few bytes for
// each row and each column of its head would make a table of any size.
func tooManyCells(body string) (at int, found bool) {
	if strings.Count(body, "\n") < maxCells/(strings.Count(body, "|")+1) {
		return 0, false // as many rows of as many columns would still do
	}
	lacking, columns := 0, 0
	for start := 0; start < len(body); {
		line, _, _ := strings.Cut(body[start:], "\n")
		_, _, rest := containers(line)
		switch {
		case strings.TrimSpace(rest) == "":
			columns = 0
		case strings.Contains(rest, "-") && strings.Trim(rest, "|:- \t") == "":
			columns = max(columns, cellsIn(rest))
		}
		if lacking += max(0, columns-cellsIn(rest)); lacking > maxCells {
			return start, true
		}
		start += len(line) + 1
	}
	return 0, false
}

// cellsIn is how many cells a line of a table has.
func cellsIn(line string) int {
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
	return strings.Count(line, "|") + 1
}

// tooManyHeadings finds the heading that is one too many before the text is
// read at all, as far as they are written with #.
func tooManyHeadings(body string) (at int, found bool) {
	if strings.Count(body, "#") <= maxHeadings {
		return 0, false
	}
	n, fenced := 0, false
	for start := 0; start < len(body); {
		line, _, _ := strings.Cut(body[start:], "\n")
		switch _, _, rest := containers(line); {
		case strings.HasPrefix(rest, "```"), strings.HasPrefix(rest, "~~~"):
			fenced = !fenced
		case !fenced && strings.HasPrefix(rest, "#"):
			n++
		}
		if n > maxHeadings {
			return start, true
		}
		start += len(line) + 1
	}
	return 0, false
}

// boundedHeadings reports the first heading of a file that is one too many.
func boundedHeadings(blocks []node, f file, problems *diag.List) {
	n := 0
	for _, b := range blocks {
		if b.element != heading {
			continue
		}
		if n++; n > maxHeadings {
			problems.Error(f.at(b.pos, b.end), "too-many", "split the file", "the file has more than %d headings", maxHeadings)
			return
		}
	}
}
