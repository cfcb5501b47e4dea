package source

import (
	"strings"

	"allclear/generator/diag"

	"github.com/adrg/frontmatter"
)

// fence is one way to mark front matter, with the language between the marks.
type fence struct {
	open, close string
	read        func(file, int, int, *diag.List) (value, bool)
	editor      func(*appender) impactEditor
	object      bool // the marks are the braces of the data itself
}

var fences = []fence{
	{"---", "---", readYAML, inYAML, false},
	{"---yaml", "---", readYAML, inYAML, false},
	{"+++", "+++", readTOML, inTOML, false},
	{"---toml", "---", readTOML, inTOML, false},
	{";;;", ";;;", readJSON, inJSON, false},
	{"---json", "---", readJSON, inJSON, false},
	{"{", "}", readJSON, inJSON, true},
}

// readFrontMatter splits a content file into its front matter and its body,
// f.text[body:]. ok is false if there is no valid front matter.
func readFrontMatter(f file, problems *diag.List) (v value, body int, ok bool) {
	opening, mark := opening(f.text)
	if mark == nil {
		problems.Error(f.at(0, f.lineEnd(0)), "no-front-matter",
			"begin the file with a line ---, then title: …, then another line ---", "the file has no front matter")
		return value{}, 0, false
	}
	body, closed := mark.bodyOf(f.text, opening)
	if !closed {
		hint := "end the front matter with a line " + mark.close
		if mark.object {
			hint = "end the front matter with a line } and an empty line after it"
		}
		problems.Error(f.at(opening, opening+len(mark.open)), "unclosed-front-matter", hint, "the front matter that begins here never ends")
		return value{}, len(f.text), false
	}
	start, end := mark.block(f.text, opening, body)
	if !f.boundedData(start, end, problems) {
		return value{}, body, false
	}
	v, ok = mark.read(f, start, end, problems)
	if ok && v.shape != table {
		problems.Error(v.pos, "wrong-type", "write keys and values, such as title: …",
			"the front matter is %s, not keys and values", v.shape)
		return value{}, body, false
	}
	return v.bounded(problems), body, ok
}

// opening finds the opening fence, which must be on the first line that is not blank.
func opening(text string) (at int, mark *fence) {
	for at < len(text) {
		line, _, _ := strings.Cut(text[at:], "\n")
		if word := strings.TrimSpace(line); word != "" {
			for i := range fences {
				if fences[i].open == word {
					return at + strings.Index(line, word), &fences[i]
				}
			}
			return at, nil
		}
		at += len(line) + 1
	}
	return 0, nil
}

// bodyOf returns the offset of the body. Usual fences are on lines of their own and
// found directly; the library finds all others.
func (m *fence) bodyOf(text string, opening int) (body int, closed bool) {
	for at := opening + len(m.open); !m.object && at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		next := min(at+len(line)+1, len(text))
		if strings.HasPrefix(line, m.close) && strings.TrimRight(line, " ") == m.close {
			return next, true
		}
		if strings.TrimLeft(line, " \t") == line && strings.TrimSpace(line) == m.close {
			break
		}
		at = next
	}
	rest, err := frontmatter.Parse(strings.NewReader(masked(text, opening, m)), &closed, m.format())
	return len(text) - len(rest), err == nil && closed
}

// format returns the fence as the front-matter library needs it. The library trims lines
// and returns no positions, so it only finds the end; we read the data.
func (m *fence) format() *frontmatter.Format {
	return &frontmatter.Format{
		Start: m.open, End: m.close, UnmarshalDelims: m.object, RequiresNewLine: m.object,
		Unmarshal: func(_ []byte, closed any) error {
			*closed.(*bool) = true
			return nil
		},
	}
}

// block returns the offsets of the data between the fences, or with its own braces.
func (m *fence) block(text string, opening, body int) (start, end int) {
	if m.object {
		return opening, opening + len(strings.TrimRight(text[opening:body], " \t\n"))
	}
	start = opening + strings.IndexByte(text[opening:], '\n') + 1
	end = start + strings.LastIndexByte(strings.TrimRight(text[start:body], " \t\n"), '\n') + 1
	return start, end
}

// masked hides indented lines that look like the closing fence: they belong to a block
// of text, but the library ignores indentation. All offsets stay the same.
func masked(text string, opening int, mark *fence) string {
	indented := " " + mark.close
	if !strings.Contains(text, indented) && !strings.Contains(text, "\t"+mark.close) {
		return text
	}
	out := []byte(text)
	for at := opening; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		word := strings.TrimSpace(line)
		if word == mark.close && (line[0] == ' ' || line[0] == '\t') {
			out[at+strings.Index(line, word)] = '?'
		}
		at += len(line) + 1
	}
	return string(out)
}
