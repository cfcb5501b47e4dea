package importer

import (
	"bytes"
	"strings"
)

// markdownFile is a foreign Markdown file: its front matter and its text.
type markdownFile struct {
	name  string
	front *node  // an object
	body  string // with line ends of one kind
	line  int    // of the body's first line
}

// parseMarkdown reads a Markdown file with front matter: YAML between ---, TOML between
// +++ or between ---toml and ---, or JSON between ---json and ---.
func parseMarkdown(name string, data []byte) (markdownFile, *Problem) {
	if p := checkBytes(name, data); p != nil {
		return markdownFile{}, p
	}
	text := strings.ReplaceAll(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	lead := len(text) - len(strings.TrimLeft(text, "\n "))
	before := 1 + strings.Count(text[:lead], "\n")
	opening, rest, _ := strings.Cut(text[lead:], "\n")
	opening = strings.TrimSpace(opening)
	closing, known := map[string]string{"---": "---", "---yaml": "---", "---json": "---", "---toml": "---", "+++": "+++"}[opening]
	if !known {
		hint := "it is no entry: move it out of the folder, or leave it out with --keep-going"
		if strings.Contains(rest, "\n---\n") && strings.Contains(opening, ":") {
			hint = "write --- into a line of its own above, as there is one below the keys"
		}
		return markdownFile{}, &Problem{Place: Place{File: name, Line: before}, Message: "the file does not begin with front matter",
			Hint: hint}
	}
	front, body, line := "", "", before+1
	for {
		var row string
		var more bool
		row, rest, more = strings.Cut(rest, "\n")
		line++
		if strings.TrimRight(row, " \t") == closing {
			body = rest
			break
		}
		if !more {
			return markdownFile{}, &Problem{Place: Place{File: name, Line: before}, Message: "the front matter does not end",
				Hint: "close it with " + closing}
		}
		front += row + "\n"
	}
	m := markdownFile{name: name, body: body, line: line}
	var problem *Problem
	switch {
	case opening == "---json":
		if m.front, problem = parseJSON(name, []byte(front)); problem != nil && problem.Line > 0 {
			problem.Line += before
		}
	case opening == "---toml" || opening == "+++":
		m.front, problem = parseTOML(name, []byte(front), before+1)
	default:
		var documents []*node
		if documents, problem = parseYAML(name, []byte(front), before+1); len(documents) > 0 {
			m.front = documents[0]
		}
	}
	if problem == nil && (m.front == nil || m.front.shape != object) {
		problem = &Problem{Place: Place{File: name, Line: before}, Message: "the front matter has no keys",
			Hint: "it is no entry: remove the file"}
	}
	return m, problem
}
