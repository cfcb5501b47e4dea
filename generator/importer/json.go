package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// These limits refuse files that no tool exports. The largest export we know has 4 MB.
const (
	maxFile  = 256 << 20 // bytes
	maxDepth = 64
	maxNodes = 8_000_000
)

// parseJSON reads a JSON file. Several values, one after the other, as in JSON Lines,
// become a list.
func parseJSON(name string, data []byte) (*node, *Problem) {
	if p := checkBytes(name, data); p != nil {
		return nil, p
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	r := jsonReader{Decoder: dec, file: &foreignFile{name: name}}
	var values []*node
	for {
		n, err := r.value(0)
		if errors.Is(err, io.EOF) && len(values) > 0 {
			break
		}
		if err != nil {
			at := lineAt(data, int(dec.InputOffset()))
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				at = lineAt(data, int(syntax.Offset)-1)
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = errors.New("it ends too soon")
			}
			return nil, &Problem{Place: Place{File: name, Line: at}, Message: "this is not JSON that can be read: " + err.Error(),
				Hint: "export or download the file again"}
		}
		values = append(values, n)
	}
	if len(values) == 1 {
		return values[0], nil
	}
	all := &node{file: r.file, shape: list}
	for _, n := range values {
		all.add(n)
	}
	return all, nil
}

// checkBytes refuses a file that is too large, empty, or no text.
func checkBytes(name string, data []byte) *Problem {
	switch {
	case len(data) > maxFile:
		return &Problem{Place: Place{File: name}, Message: fmt.Sprintf("the file has %d MB, more than %d", len(data)>>20, maxFile>>20),
			Hint: "export less at once"}
	case len(bytes.TrimSpace(data)) == 0:
		return &Problem{Place: Place{File: name}, Message: "the file is empty", Hint: "export or download it again"}
	case utf8.Valid(data):
		return nil
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return &Problem{Place: Place{File: name, Line: lineAt(data, i)}, Message: "the file is not UTF-8 text",
				Hint: "save it as UTF-8"}
		}
		i += size
	}
	return nil
}

// lineAt returns the line of an offset, counted from 1.
func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:max(0, min(offset, len(data)))], []byte("\n"))
}

// jsonReader makes nodes of JSON's tokens.
type jsonReader struct {
	*json.Decoder
	file  *foreignFile
	nodes int
	known map[string]string // keys, each once
}

var (
	errTooDeep = fmt.Errorf("lists and objects are nested more than %d deep", maxDepth)
	errTooMany = fmt.Errorf("it has more than %d values", maxNodes)
)

// once returns a key, which takes memory only once however often it occurs.
func (r *jsonReader) once(key string) string {
	if known, ok := r.known[key]; ok {
		return known
	}
	if r.known == nil {
		r.known = map[string]string{}
	}
	if len(r.known) < 10_000 {
		r.known[key] = key
	}
	return key
}

// value reads one value.
func (r *jsonReader) value(depth int) (*node, error) {
	token, err := r.Token()
	if err != nil {
		return nil, err
	}
	if r.nodes++; r.nodes > maxNodes {
		return nil, errTooMany
	}
	n := &node{file: r.file, shape: scalar}
	switch token := token.(type) {
	case nil:
		n.shape = nothing
	case string:
		n.text = token
	case json.Number:
		n.text = token.String()
	case bool:
		n.text = fmt.Sprint(token)
	case json.Delim:
		return n, r.container(n, token, depth+1)
	}
	return n, nil
}

// container reads a list or an object up to its end.
func (r *jsonReader) container(n *node, open json.Delim, depth int) error {
	if n.shape = list; open == '{' {
		n.shape = object
	}
	if depth > maxDepth {
		return errTooDeep
	}
	for r.More() {
		key := ""
		if n.shape == object {
			token, err := r.Token()
			if err != nil {
				return err
			}
			key = r.once(token.(string))
		}
		item, err := r.value(depth)
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		item.key = key
		n.add(item)
	}
	_, err := r.Token()
	return err
}
