package importer

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// parseTOML reads a TOML file whose first line has a number. Its nodes have no lines.
func parseTOML(name string, data []byte, line int) (*node, *Problem) {
	if p := checkBytes(name, data); p != nil {
		return nil, p
	}
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		at := line
		var syntax *toml.DecodeError
		if errors.As(err, &syntax) {
			row, _ := syntax.Position()
			at += row - 1
		}
		return nil, &Problem{Place: Place{File: name, Line: at}, Message: "this is not TOML that can be read: " + err.Error(),
			Hint: "fix the quotes or brackets at that place"}
	}
	return tomlNode(&foreignFile{name: name}, values), nil
}

// tomlNode converts a value of the library.
func tomlNode(file *foreignFile, value any) *node {
	n := &node{file: file, shape: scalar}
	switch value := value.(type) {
	case map[string]any:
		n.shape = object
		for _, key := range slices.Sorted(maps.Keys(value)) {
			item := tomlNode(file, value[key])
			item.key = key
			n.add(item)
		}
	case []any:
		n.shape = list
		for _, item := range value {
			n.add(tomlNode(file, item))
		}
	case time.Time:
		n.text = value.Format(time.RFC3339)
	case nil:
		n.shape = nothing
	default:
		n.text = fmt.Sprint(value)
	}
	return n
}
