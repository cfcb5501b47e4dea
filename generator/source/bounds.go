package source

import (
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

// These limits keep a small piece of content from becoming a site that takes hours to
// build. No real site comes near them.
const (
	maxData     = 512 << 10 // bytes of one front matter, of site.yml and of the manifest
	maxLine     = 20_000    // bytes of one line of these
	maxItems    = 1000      // items of one list, and keys of one table
	maxText     = 5000      // characters of one value in front matter, site.yml or the manifest
	maxName     = 200       // bytes of a key
	maxLanguage = 50        // languages of a site
	maxHeadings = 1000      // headings of one file, updates included
	maxUpdates  = 500       // of one file
	maxNotes    = 100       // footnotes of one file
	maxCells    = 20_000    // cells of one file that are added to short table rows
	maxRepeated = 256 << 10 // bytes that references repeat: a link's address and title, a footnote
	maxSought   = 20        // wrong links of one file for which a similar name is suggested
	maxDecimals = 6         // of a target
)

// boundedData reports data that is too long, or that has a line that is too long.
// Finding the positions of its values would take very long.
func (f file) boundedData(start, end int, problems *diag.List) bool {
	if end-start > maxData {
		problems.Error(f.at(start, start), "too-long", "shorten it; long text belongs below the front matter",
			"the data that begins here is longer than %d KB", maxData>>10)
		return false
	}
	for at := start; at < end; {
		line, _, _ := strings.Cut(f.text[at:end], "\n")
		if len(line) > maxLine {
			problems.Error(f.at(at, at), "too-long", "break it into several lines",
				"this line is longer than %d characters", maxLine)
			return false
		}
		at += len(line) + 1
	}
	return true
}

// bounded reports parts of a value that are too many, too long or not text. It returns
// the value without the excess.
func (v value) bounded(problems *diag.List) value {
	switch v.shape {
	case text, number:
		v.text = boundedText(v, problems)
	case list:
		if len(v.items) > maxItems {
			problems.Error(v.items[maxItems].pos, "too-many", "split it, or remove some items",
				"this list has more than %d items", maxItems)
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

// boundedText reports control characters, which YAML, TOML and JSON can write as escapes
// ("\x1b"), and text that is too long. It returns the text without them.
func boundedText(v value, problems *diag.List) string {
	if utf8.RuneCountInString(v.text) > maxText {
		problems.Error(v.pos, "too-long", "shorten it; long text belongs below the front matter",
			"this text has more than %d characters", maxText)
		return string([]rune(v.text)[:maxText])
	}
	if strings.Contains(v.text, "<!--") {
		problems.Error(v.pos, "unclosed-comment", "write the comment on its own line that begins with #",
			"visitors would see this HTML comment")
		return strings.ReplaceAll(v.text, "<!--", "")
	}
	if i := firstInvalid(v.text); i >= 0 {
		r, _ := utf8.DecodeRuneInString(v.text[i:])
		problems.Error(v.pos, "control-character", "remove it", "a control character (U+%04X) does not belong in text", r)
		return tidy(v.text)
	}
	return v.text
}

// tooManyCells returns the offset of the table row with which a body has too many cells.
// Rows shorter than the head of their table are filled up, so a few bytes for each row
// and column could make a table of any size.
func tooManyCells(body string) (at int, found bool) {
	if strings.Count(body, "\n") < maxCells/(strings.Count(body, "|")+1) {
		return 0, false // even this many rows with this many columns would be allowed
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

// cellsIn returns how many cells a line of a table has.
func cellsIn(line string) int {
	line = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(line), "|"), "|")
	return strings.Count(line, "|") + 1
}

// tooManyHeadings returns the offset of the first heading above the limit. It runs
// before the text is parsed and counts only headings written with #.
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

// boundedHeadings reports the first heading of a file above the limit.
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
