package source

import (
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

// maxFile is the maximum size of a content file, in bytes. No report is that long, and a
// mistake or an attack must not fill the memory.
const maxFile = 4 << 20

// file is a text file of the site, with what is needed to find positions in it.
type file struct {
	path  string    // from the site's folder: content/incidents/x.md
	text  string    // without byte-order mark, lines ending in \n, valid UTF-8
	lines []int     // where each line starts in text
	wide  wideLines // columns of long lines
}

// wideLines holds, for each long line, how many characters come before each stretch of
// it. Many positions on such a line are then found without counting from its start each
// time.
type wideLines map[int][]int

// stretch is the length of a stretch in wideLines, in bytes.
const stretch = 1 << 10

// width returns how many characters are between the start of a line and an offset.
func (f file) width(line, offset int) int {
	begin := f.lines[line]
	if offset-begin <= 2*stretch {
		return utf8.RuneCountInString(f.text[begin:offset])
	}
	counts, known := f.wide[line]
	if !known {
		n := 0
		for at := begin; at < f.lineEnd(line); at += stretch {
			counts = append(counts, n)
			n += starts(f.text[at:min(at+stretch, f.lineEnd(line))])
		}
		f.wide[line] = counts
	}
	k := min((offset-begin)/stretch, len(counts)-1)
	return counts[k] + starts(f.text[begin+k*stretch:offset])
}

// starts returns how many characters begin in a text. The text may begin or end in the
// middle of a character.
func starts(text string) int {
	n := 0
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}

// open reads a text file. It reports invalid bytes, but returns what it could read; ok
// is false if nothing could be read. ordinary says that the file is known to be a
// regular file.
func open(site fs.FS, name string, ordinary bool, list *diag.List) (f file, ok bool) {
	data, err := readWithin(nil, maxFile, site, name, ordinary)
	if err != nil {
		reportUnread(name, err, list)
		return file{}, false
	}
	f = newFile(name, string(data))
	f.checkBytes(data, list)
	return f, true
}

// newFile returns a file with the given text, tidied.
func newFile(name, text string) file {
	f := file{path: name, text: tidy(text), wide: wideLines{}}
	f.lines = append(make([]int, 0, strings.Count(f.text, "\n")+1), 0)
	for start := 0; ; {
		length := strings.IndexByte(f.text[start:], '\n')
		if length < 0 {
			break
		}
		start += length + 1
		f.lines = append(f.lines, start)
	}
	return f
}

// tidy removes the byte-order mark and carriage returns before line ends, and replaces
// invalid bytes and control characters by U+FFFD, and line separators by spaces.
func tidy(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.Contains(text, "\r\n") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	if firstInvalid(text) < 0 && !containsOneOf(text, lineSeparators) {
		return text
	}
	var b strings.Builder
	for _, r := range text { // range returns U+FFFD for an invalid byte
		switch {
		case strings.ContainsRune(lineSeparators, r):
			r = ' '
		case control(r):
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lineSeparators are Unicode's line and paragraph separators, which come along when text
// is pasted from other programs. Markdown does not know them, so they are read as
// spaces.
const lineSeparators = "\u2028\u2029"

// bidiOverrides are the characters that reverse the direction of the text after them.
const bidiOverrides = "\u202d\u202e"

// containsOneOf reports whether text contains one of a few characters beyond ASCII.
// It searches for one after the other: strings.ContainsAny looks at each character
// of the text, which takes a hundred times as long.
func containsOneOf(text, chars string) bool {
	for _, r := range chars {
		if strings.ContainsRune(text, r) {
			return true
		}
	}
	return false
}

// control reports whether a character may not be in a text file.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

// isASCIIText tells for each byte whether it is an ASCII character and not a control
// character.
var isASCIIText = func() (is [256]bool) {
	for c := range rune(utf8.RuneSelf) {
		is[c] = !control(c)
	}
	return is
}()

// firstInvalid returns the offset of the first invalid byte or control character, or -1.
func firstInvalid(text string) int {
	for i := 0; i < len(text); {
		if isASCIIText[text[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 || control(r) && !strings.ContainsRune(lineSeparators, r) {
			return i
		}
		i += size
	}
	return -1
}

// checkBytes reports bytes that are not text, at most one on each line.
func (f file) checkBytes(data []byte, list *diag.List) {
	if string(data) == f.text && !containsOneOf(f.text, bidiOverrides) {
		return // nothing had to be tidied
	}
	raw := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	if firstInvalid(raw) < 0 && !containsOneOf(raw, bidiOverrides+lineSeparators) {
		return
	}
	for n, line := range strings.Split(raw, "\n") {
		if i := strings.IndexAny(line, bidiOverrides); i >= 0 {
			column := utf8.RuneCountInString(line[:i]) + 1
			at := diag.Pos{File: f.path, Line: n + 1, Column: column, EndColumn: column + 1}
			list.Warn(at, "bidi-override", "remove it: the text after it is shown in the wrong order",
				"a character here reverses the direction of the text")
		}
		if i := strings.IndexAny(line, lineSeparators); i >= 0 {
			column := utf8.RuneCountInString(line[:i]) + 1
			at := diag.Pos{File: f.path, Line: n + 1, Column: column, EndColumn: column + 1}
			list.Warn(at, "line-separator", "replace it by an ordinary line break or a space",
				"an invisible line separator is read as a space and does not end the line")
		}
		i := firstInvalid(line)
		if i < 0 {
			continue
		}
		column := utf8.RuneCountInString(line[:i]) + 1
		at := diag.Pos{File: f.path, Line: n + 1, Column: column, EndColumn: column + 1}
		r, size := utf8.DecodeRuneInString(line[i:])
		if r == utf8.RuneError && size == 1 {
			list.Error(at, "invalid-utf8", "save the file as UTF-8", "this is not UTF-8 text: byte 0x%02x", line[i])
		} else {
			list.Error(at, "control-character", "remove it, or retype the line", "a control character (U+%04X) does not belong in text", r)
		}
	}
}

// at returns the position of text[start:end], which is cut at the end of its first line.
func (f file) at(start, end int) diag.Pos {
	start = min(max(start, 0), len(f.text))
	line := sort.SearchInts(f.lines, start+1) - 1
	begin, stop := f.lines[line], f.lineEnd(line)
	end = min(max(end, start), stop)
	for start > begin && start < stop && !utf8.RuneStart(f.text[start]) { // the position may be inside a character
		start--
	}
	for end < stop && !utf8.RuneStart(f.text[end]) {
		end++
	}
	column := f.width(line, min(start, stop)) + 1
	width := 0
	if start < end {
		width = utf8.RuneCountInString(f.text[start:end])
	}
	return diag.Pos{File: f.path, Line: line + 1, Column: column, EndColumn: column + width}
}

// offset returns the offset in text of a line and column, both counted from 1.
func (f file) offset(line, column int) int {
	line = min(max(line, 1), len(f.lines)) - 1
	i, stop := f.lines[line], f.lineEnd(line)
	if utf8.RuneCountInString(f.text[i:stop]) == stop-i {
		return min(i+max(column-1, 0), stop) // one byte for each character
	}
	for ; column > 1 && i < stop; column-- {
		_, size := utf8.DecodeRuneInString(f.text[i:])
		i += size
	}
	return i
}

// lineEnd returns the offset of the end of a line, counted from 0, without its line
// feed.
func (f file) lineEnd(line int) int {
	if line+1 < len(f.lines) {
		return f.lines[line+1] - 1
	}
	return len(f.text)
}

// whole returns the position of the file as a whole.
func (f file) whole() diag.Pos { return diag.Pos{File: f.path} }

// folder returns the folder of the file under content/.
func (f file) folder() string { return path.Dir(strings.TrimPrefix(f.path, "content/")) }
