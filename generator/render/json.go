package render

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// encodeJSON writes a document as JSON on one line. It leaves '<' and '&' as they are,
// since the file is not part of an HTML page.
func encodeJSON(document any) ([]byte, error) { return appendJSON(nil, document) }

// appendJSON appends what encodeJSON writes to into.
func appendJSON(into []byte, document any) ([]byte, error) {
	out := bytes.NewBuffer(into)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// appendWithList appends a document to into as appendJSON does, and the items of a list in
// it as items appends them. So the items of a long list need not be in memory all at once.
// The document must have the list, by its name, as an empty one.
func appendWithList(into []byte, document any, list string, items func([]byte) ([]byte, error)) ([]byte, error) {
	start := len(into)
	into, err := appendJSON(into, document)
	if err != nil {
		return nil, err
	}
	_, after, found := bytes.Cut(into[start:], []byte(`"`+list+`":[]`)) // within a text, the quotes would be escaped
	if !found {
		return nil, fmt.Errorf("no empty list %q", list)
	}
	rest := append([]byte("]"), after...)
	if into, err = items(into[:len(into)-len(rest)]); err != nil {
		return nil, err
	}
	return append(into, rest...), nil
}

// appendItem appends the n-th item of a list, counted from 0, to into.
func appendItem(into []byte, n int, item any) ([]byte, error) {
	if n > 0 {
		into = append(into, ',')
	}
	into, err := appendJSON(into, item)
	return bytes.TrimSuffix(into, []byte("\n")), err
}
