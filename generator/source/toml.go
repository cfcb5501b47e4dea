package source

import (
	"errors"
	"strings"

	"allclear/generator/diag"

	toml "github.com/pelletier/go-toml/v2/unstable"
)

// readTOML reads f.text[start:end], which is TOML. Dates and times are kept as text.
func readTOML(f file, start, end int, problems *diag.List) (v value, ok bool) {
	t := tomlReader{f: f, start: start, problems: problems}
	t.parser.Reset([]byte(f.text[start:end]))
	root := value{shape: table, pos: f.at(start, start)}
	current := &root
	for t.parser.NextExpression() {
		switch e := t.parser.Expression(); e.Kind {
		case toml.KeyValue:
			t.keyValue(current, e, 0)
		case toml.Table:
			current = t.header(&root, e, false)
		case toml.ArrayTable:
			current = t.header(&root, e, true)
		}
	}
	if err := t.parser.Error(); err != nil {
		t.syntax(err)
		return value{}, false
	}
	return root, true
}

// tomlReader converts the parser's expressions to values.
type tomlReader struct {
	f        file
	start    int
	parser   toml.Parser
	problems *diag.List
}

// place returns the position of a node, without its quotes.
func (t *tomlReader) place(n *toml.Node) diag.Pos {
	from := t.start + int(n.Raw.Offset)
	to := from + int(n.Raw.Length)
	if n.Kind != toml.String && n.Kind != toml.Key {
		return t.f.at(from, to)
	}
	raw := t.f.text[from:to]
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if len(raw) >= 2*len(quote) && strings.HasPrefix(raw, quote) {
			from, to = from+len(quote), to-len(quote)
			break
		}
	}
	if len(raw) > 6 && from-t.start-int(n.Raw.Offset) == 3 && t.f.text[from] == '\n' {
		from++ // the line end after """ does not belong to the text
	}
	return t.f.at(from, to)
}

// end returns the offset after a node.
func (t *tomlReader) end(n *toml.Node) int {
	return t.start + int(n.Raw.Offset+n.Raw.Length)
}

// closing returns the offset after the brace that closes an inline table whose last pair
// ends at an offset.
func (t *tomlReader) closing(at int) int {
	at += tomlGap(t.f.text[at:])
	if strings.HasPrefix(t.f.text[at:], ",") {
		at++
		at += tomlGap(t.f.text[at:])
	}
	return at + 1
}

// keyValue adds a.b.c = value to a table.
func (t *tomlReader) keyValue(into *value, e *toml.Node, depth int) {
	if depth > maxDepth {
		return
	}
	for keys := e.Key(); keys.Next(); {
		name, at := string(keys.Node().Data), t.place(keys.Node())
		if keys.IsLast() {
			v := t.read(e.Value(), depth+1)
			v.end = t.end(e)
			into.put(pair{name: name, pos: at, value: v}, t.problems)
			return
		}
		into = t.child(into, name, at)
		depth++
		if into == nil || depth > maxDepth {
			return
		}
	}
}

// header returns the table that [a.b] or [[a.b]] opens.
func (t *tomlReader) header(into *value, e *toml.Node, array bool) *value {
	lost := &value{shape: table}
	depth := 0
	for keys := e.Key(); keys.Next(); depth++ {
		name, at := string(keys.Node().Data), t.place(keys.Node())
		if depth > maxDepth {
			t.problems.Error(at, "too-deep", "use fewer levels", "this is nested more than %d levels deep", maxDepth)
			return lost
		}
		if array && keys.IsLast() {
			return t.appendTable(into, name, at)
		}
		if _, exists := into.get(name); exists && keys.IsLast() && !array {
			t.problems.Error(at, "duplicate-key", "keep one of the two", "duplicate table %q", name)
		}
		if into = t.child(into, name, at); into == nil {
			return lost
		}
	}
	return into
}

// child returns the table under a name, and adds it if it does not exist. If the name is
// a list of tables, it returns the last of them.
func (t *tomlReader) child(into *value, name string, at diag.Pos) *value {
	for i := range into.keys {
		p := &into.keys[i]
		if p.name != name {
			continue
		}
		if p.shape == list && len(p.items) > 0 && p.items[len(p.items)-1].shape == table {
			return &p.items[len(p.items)-1]
		}
		if p.shape != table {
			t.problems.Error(at, "duplicate-key", "keep one of the two",
				"duplicate key %q; the first is on line %d", name, p.pos.Line)
			return nil
		}
		return &p.value
	}
	into.keys = append(into.keys, pair{name: name, pos: at, value: value{shape: table, pos: at}})
	return &into.keys[len(into.keys)-1].value
}

// appendTable adds a table to the list of tables under a name, and returns it.
func (t *tomlReader) appendTable(into *value, name string, at diag.Pos) *value {
	for i := range into.keys {
		p := &into.keys[i]
		if p.name == name && p.shape == list {
			p.items = append(p.items, value{shape: table, pos: at})
			return &p.items[len(p.items)-1]
		}
	}
	fresh := value{shape: list, pos: at, items: []value{{shape: table, pos: at}}}
	before := len(into.keys)
	into.put(pair{name: name, pos: at, value: fresh}, t.problems)
	if len(into.keys) == before {
		return &value{shape: table}
	}
	return &into.keys[before].items[0]
}

// read converts a node to a value.
func (t *tomlReader) read(n *toml.Node, depth int) value {
	v := value{pos: t.place(n), text: string(n.Data)}
	if depth > maxDepth {
		t.problems.Error(v.pos, "too-deep", "use fewer levels", "this is nested more than %d levels deep", maxDepth)
		v.shape = refused
		return v
	}
	switch n.Kind {
	case toml.Array:
		v.shape, v.text = list, ""
		for items := n.Children(); items.Next(); {
			if items.Node().Kind != toml.Comment {
				v.items = append(v.items, t.read(items.Node(), depth+1))
			}
		}
	case toml.InlineTable:
		v.shape, v.text = table, ""
		for items := n.Children(); items.Next(); {
			if items.Node().Kind == toml.KeyValue {
				t.keyValue(&v, items.Node(), depth+1)
				v.end = t.closing(t.end(items.Node()))
			}
		}
	case toml.Bool:
		v.shape = boolean
	case toml.Integer, toml.Float:
		v.shape = number
	default:
		v.shape = text
	}
	return v
}

// syntax reports a syntax error of the parser.
func (t *tomlReader) syntax(err error) {
	at := t.f.at(t.start, t.start)
	message := err.Error()
	var place *toml.ParserError
	if errors.As(err, &place) {
		message = place.Message
		if len(place.Highlight) > 0 {
			r := t.parser.Range(place.Highlight)
			at = t.f.at(t.start+int(r.Offset), t.start+int(r.Offset+r.Length))
		}
	}
	t.problems.Error(at, "toml-syntax", "fix the quote, the bracket or the value here", "invalid TOML: %s",
		strings.TrimPrefix(message, "toml: "))
}
