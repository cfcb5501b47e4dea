package source

import (
	"strings"

	"allclear/generator/diag"
)

// quickYAML reads the plain YAML that nearly all reports are written in, several
// times as fast as a whole YAML library: keys and values, lists of them, lists in
// brackets, and words without quotes. It stops at everything else, which the
// library then reads from the beginning; what it does read, it reads as the
// library does, as a test shows over many texts.
func quickYAML(f file, start, end int) (v value, ok bool) {
	q := quick{f: f, at: start, end: end}
	v = q.table(0)
	return v, !q.stopped && q.at == end && len(v.keys) > 0
}

// quick reads a text from at on. Once it is stopped, nothing that it says counts.
type quick struct {
	f       file
	at, end int
	stopped bool
}

func (q *quick) stop() value {
	q.stopped, q.at = true, q.end
	return value{}
}

// line is what is left of the line, up to its end.
func (q *quick) line() string {
	rest := q.f.text[q.at:q.end]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		return rest[:i]
	}
	return rest
}

func (q *quick) indent() int {
	line := q.line()
	return len(line) - len(strings.TrimLeft(line, " "))
}

// table reads the lines of an indent, from the first key on.
func (q *quick) table(indent int) value {
	if q.at >= q.end {
		return q.stop()
	}
	v := value{shape: table, pos: q.f.at(q.at, q.at+1)}
	for !q.stopped && q.at < q.end {
		n := q.keyLength()
		if n == 0 {
			return q.stop()
		}
		p := pair{name: q.f.text[q.at : q.at+n], pos: q.f.at(q.at, q.at+n)}
		q.at += n + 1
		if q.line() == "" {
			q.next()
			p.value = q.list(indent)
		} else {
			p.value = q.said()
			q.next()
		}
		var faults diag.List
		if v.put(p, &faults); len(faults) > 0 {
			return q.stop()
		}
		if q.at < q.end && q.indent() < indent {
			break
		}
		if q.at < q.end && q.indent() > indent {
			return q.stop()
		}
		q.at = min(q.at+indent, q.end)
	}
	return v
}

// keyLength is the length of the key at this place, which a colon follows, or 0.
func (q *quick) keyLength() int {
	line := q.line()
	n := 0
	for n < len(line) && ('a' <= line[n] && line[n] <= 'z' || line[n] == '_') {
		n++
	}
	if n == 0 || n >= len(line) || line[n] != ':' || n+1 < len(line) && line[n+1] != ' ' || special(line[:n]) {
		return 0
	}
	return n
}

// next goes to the next line, which may not be blank.
func (q *quick) next() {
	if q.at < q.end && q.line() != "" {
		q.stop()
	}
	q.at = min(q.at+1, q.end)
}

// list reads lines that begin with a hyphen, each a table.
func (q *quick) list(outer int) value {
	indent := q.indent()
	if q.at >= q.end || indent < outer {
		return q.stop()
	}
	v := value{shape: list, pos: q.f.at(q.at+indent, q.at+indent+1)}
	for !q.stopped && q.at < q.end && q.indent() == indent && strings.HasPrefix(q.line()[indent:], "- ") {
		q.at += indent + 2
		if strings.HasPrefix(q.line(), "{") {
			v.items = append(v.items, q.braces())
			q.next()
			continue
		}
		v.items = append(v.items, q.table(indent+2))
	}
	if len(v.items) == 0 || q.at < q.end && q.indent() >= max(indent, outer+1) {
		return q.stop()
	}
	return v
}

// said reads the value behind a key, up to the end of the line.
func (q *quick) said() value {
	q.at += len(q.line()) - len(strings.TrimLeft(q.line(), " "))
	if strings.HasPrefix(q.line(), "[") {
		return q.brackets()
	}
	text := q.line()
	if strings.HasSuffix(text, " ") || strings.HasSuffix(text, ":") {
		return q.stop()
	}
	return q.words(text)
}

// brackets reads [a, b].
func (q *quick) brackets() value {
	v := value{shape: list, pos: q.f.at(q.at, q.at+1)}
	q.at++
	for !q.stopped {
		v.items = append(v.items, q.words(q.piece()))
		if q.after(']') {
			break
		}
	}
	return v
}

// braces reads {a: b, c: [d]}.
func (q *quick) braces() value {
	v := value{shape: table, pos: q.f.at(q.at, q.at+1)}
	q.at++
	for !q.stopped {
		n := q.keyLength()
		if n == 0 || !strings.HasPrefix(q.line()[n:], ": ") {
			return q.stop()
		}
		p := pair{name: q.f.text[q.at : q.at+n], pos: q.f.at(q.at, q.at+n)}
		q.at += n + 2
		if strings.HasPrefix(q.line(), "[") {
			p.value = q.brackets()
		} else {
			p.value = q.words(q.piece())
		}
		var faults diag.List
		if v.put(p, &faults); len(faults) > 0 {
			return q.stop()
		}
		if q.after('}') {
			break
		}
	}
	return v
}

// piece is a text up to the next comma or closing bracket.
func (q *quick) piece() string {
	line := q.line()
	if i := strings.IndexAny(line, ",]}"); i >= 0 {
		return line[:i]
	}
	return ""
}

// after goes past a comma and its space, or past the closing bracket, and reports
// which it was.
func (q *quick) after(shut byte) bool {
	line := q.line()
	switch {
	case line != "" && line[0] == shut:
		q.at++
		return true
	case strings.HasPrefix(line, ", "):
		q.at += 2
	default:
		q.stop()
	}
	return false
}

// words reads a text without quotes, which must be plain enough that nothing in
// it means anything to YAML.
func (q *quick) words(text string) value {
	v := value{shape: kindOf(text), text: text, pos: q.f.at(q.at, q.at+len(text))}
	if v.shape == refused {
		return q.stop()
	}
	q.at += len(text)
	return v
}

// kindOf is what YAML takes a text without quotes for; refused where that is not
// plain to see.
func kindOf(text string) shape {
	if text == "" || len(text) > 1000 || text[len(text)-1] == ' ' {
		return refused
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		plain := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
		inside := i > 0 && (c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == ',' || c == ';' || c == '\'' ||
			c == ':' && i+1 < len(text) && text[i+1] != ' ' || c == '+')
		if !plain && !inside {
			return refused
		}
	}
	switch c := text[0]; {
	case c == '_':
		return refused
	case c > '9':
		if text == "true" || text == "false" {
			return boolean
		}
		if special(text) {
			return refused
		}
		return shapeText
	case len(text) > 10 && text[4] == '-' && text[7] == '-' && strings.Contains(text, ":"):
		return shapeText // a time
	case strings.HasSuffix(text, "m") || strings.HasSuffix(text, "h") || strings.HasSuffix(text, "d"):
		if strings.Trim(text, "0123456789mhd") == "" {
			return shapeText // a length of time
		}
	}
	return refused
}

const shapeText = text

// special reports a word that YAML may take for something else than text.
func special(word string) bool {
	if len(word) > 5 {
		return false
	}
	switch strings.ToLower(word) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf":
		return true
	}
	return false
}
