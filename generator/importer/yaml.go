package importer

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"allclear/generator/memo"
	"allclear/generator/yaml"
)

// parseYAML reads the documents of a YAML file whose first line has a number.
func parseYAML(name string, data []byte, line int) ([]*node, *Problem) {
	if p := checkBytes(name, data); p != nil {
		return nil, p
	}
	file := &foreignFile{name: name}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var documents []*node
	for {
		var doc yaml.Node
		err := dec.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return documents, nil
		}
		if err != nil {
			return nil, yamlProblem(name, line, err)
		}
		r := yamlReader{file: file, line: line - 1}
		if len(doc.Content) == 0 {
			continue
		}
		n := r.value(doc.Content[0], 0)
		if r.tooMuch {
			return nil, &Problem{Place: Place{File: name, Line: line},
				Message: "the YAML is nested too deeply, or its aliases repeat too much",
				Hint:    "write it without anchors and aliases"}
		}
		if n.shape != nothing {
			documents = append(documents, n)
		}
	}
}

var yamlLine = memo.Regexp(`^yaml: line (\d+): `)

// yamlProblem turns an error of the YAML library into one with its place.
func yamlProblem(name string, line int, err error) *Problem {
	message, at := err.Error(), line
	if m := yamlLine().FindStringSubmatch(message); m != nil {
		n, _ := strconv.Atoi(m[1])
		message, at = message[len(m[0]):], line-1+n
	}
	return &Problem{Place: Place{File: name, Line: at}, Message: "this is not YAML that can be read: " + message,
		Hint: "fix the indentation, quotes or brackets at that place"}
}

// yamlReader makes nodes of the library's.
type yamlReader struct {
	file    *foreignFile
	line    int // to add to the library's
	nodes   int
	tooMuch bool
}

// value converts a node. Aliases are followed.
func (r *yamlReader) value(y *yaml.Node, depth int) *node {
	r.nodes++
	n := &node{file: r.file, line: int32(r.line + y.Line)}
	if depth > maxDepth || r.nodes > 1_000_000 {
		r.tooMuch = true
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		return r.value(y.Alias, depth+1)
	case yaml.ScalarNode:
		n.text, n.isText = y.Value, y.Tag == "!!str"
		if y.Tag != "!!null" {
			n.shape = scalar
		}
	case yaml.SequenceNode:
		n.shape = list
		for _, item := range y.Content {
			n.add(r.value(item, depth+1))
		}
	case yaml.MappingNode:
		n.shape = object
		for i := 0; i+1 < len(y.Content); i += 2 {
			item := r.value(y.Content[i+1], depth+1)
			item.key = y.Content[i].Value
			n.add(item)
		}
	}
	return n
}
