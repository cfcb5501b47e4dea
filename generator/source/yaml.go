package source

import (
	"errors"
	"io"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/yaml"
)

// readYAML reads f.text[start:end], which is YAML. ok is false if it is not; an empty
// text is an empty table.
func readYAML(f file, start, end int, problems *diag.List) (v value, ok bool) {
	first := f.at(start, start).Line
	y := yamlReader{f: f, first: first, problems: problems}
	decoder := yaml.NewDecoder(strings.NewReader(f.text[start:end]))
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return value{shape: table, pos: f.at(start, start)}, true
	}
	if err != nil {
		y.syntax(err, end)
		return value{}, false
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		problems.Error(y.place(&second), "second-document", "remove the line --- before it",
			"a second YAML document begins here; only one is read")
	} else if !errors.Is(err, io.EOF) {
		y.syntax(err, end)
		return value{}, false
	}
	if len(document.Content) == 0 {
		return value{shape: table, pos: f.at(start, start)}, true
	}
	return y.read(document.Content[0], 0), true
}

// yamlReader converts YAML nodes to values.
type yamlReader struct {
	f        file
	first    int // the line of the file in which the YAML starts
	problems *diag.List
}

// read converts a node.
func (y yamlReader) read(n *yaml.Node, depth int) value {
	v := value{shape: refused, pos: y.place(n)}
	switch {
	case depth > maxDepth:
		y.problems.Error(v.pos, "too-deep", "use fewer levels", "this is nested more than %d levels deep", maxDepth)
		return v
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		y.problems.Error(v.pos, "yaml-alias", "write the value out in each place", "YAML anchors and aliases (& and *) are not supported")
		return v
	case n.Style&yaml.TaggedStyle != 0:
		y.problems.Error(v.pos, "yaml-tag", "remove the tag; quote the value where it should be text",
			"YAML tags (%s) are not supported", n.Tag)
		return v
	}
	switch n.Kind {
	case yaml.MappingNode:
		v.shape = table
		v.keys = make([]pair, 0, min(len(n.Content)/2, maxItems))
		for i := 0; i+1 < len(n.Content); i += 2 {
			y.key(&v, n.Content[i], n.Content[i+1], depth)
		}
	case yaml.SequenceNode:
		v.shape = list
		v.items = make([]value, 0, len(n.Content))
		for _, item := range n.Content {
			v.items = append(v.items, y.read(item, depth+1))
		}
	case yaml.ScalarNode:
		v.shape, v.text = scalarShape(n.Tag), n.Value
	}
	return v
}

// key adds a key and its value to a table.
func (y yamlReader) key(into *value, key, val *yaml.Node, depth int) {
	name := y.read(key, depth+1)
	switch {
	case key.Tag == "!!merge":
		y.problems.Error(name.pos, "yaml-alias", "write the keys out in each place", "YAML merge keys (<<) are not supported")
	case name.shape == list || name.shape == table:
		y.problems.Error(name.pos, "wrong-type", "quote the key where it holds brackets or braces",
			"a key must be text, not %s", name.shape)
	case key.Kind == yaml.AliasNode:
	default:
		into.put(pair{name: key.Value, pos: name.pos, value: y.read(val, depth+1)}, y.problems)
	}
}

// scalarShape returns the type of a scalar.
func scalarShape(tag string) shape {
	switch tag {
	case "!!null":
		return nothing
	case "!!bool":
		return boolean
	case "!!int", "!!float":
		return number
	}
	return text // also !!timestamp, which is kept as written
}

// place returns the position of a node's text: inside quotes, or below the sign of a
// block scalar.
func (y yamlReader) place(n *yaml.Node) diag.Pos {
	start := y.f.offset(y.first+n.Line-1, n.Column)
	line := y.f.at(start, start).Line - 1
	stop := y.f.lineEnd(line)
	if n.Kind != yaml.ScalarNode || start >= stop {
		return y.f.at(start, min(start+1, stop))
	}
	switch rest := y.f.text[start:stop]; {
	case n.Style&yaml.DoubleQuotedStyle != 0 && rest[0] == '"':
		return y.f.at(start+1, start+1+quoteEnd(rest[1:], '"'))
	case n.Style&yaml.SingleQuotedStyle != 0 && rest[0] == '\'':
		return y.f.at(start+1, start+1+quoteEnd(rest[1:], '\''))
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && line+1 < len(y.f.lines):
		begin, end := y.f.lines[line+1], y.f.lineEnd(line+1)
		indent := len(y.f.text[begin:end]) - len(strings.TrimLeft(y.f.text[begin:end], " "))
		return y.f.at(begin+indent, end)
	case strings.HasPrefix(rest, n.Value):
		return y.f.at(start, start+len(n.Value))
	default: // a plain scalar over several lines
		return y.f.at(start, start+len(strings.TrimRight(rest, " \t")))
	}
}

// quoteEnd returns the length of the text before its closing quote.
func quoteEnd(s string, quote byte) int {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"':
			i++
		case s[i] == quote && quote == '\'' && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return i
		}
	}
	return len(s)
}
