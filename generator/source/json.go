package source

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"allclear/generator/diag"
)

// readJSON reads f.text[start:end] as one JSON value, token by token, so that every
// value has its position.
func readJSON(f file, start, end int, problems *diag.List) (v value, ok bool) {
	j := jsonReader{f: f, start: start, text: f.text[start:end], problems: problems}
	j.tokens = json.NewDecoder(strings.NewReader(j.text))
	j.tokens.UseNumber()
	v, err := j.read(0)
	if err == nil {
		_, err = j.tokens.Token()
		if errors.Is(err, io.EOF) {
			return v, true
		}
		if err == nil {
			err = errors.New("there is more after its end")
		}
	}
	if !errors.Is(err, errReported) {
		from, to := j.where()
		problems.Error(f.at(from, max(to, from+1)), "json-syntax", "fix the comma, the quote or the bracket here",
			"invalid JSON: %s", jsonReason(err))
	}
	return value{}, false
}

// jsonReader reads JSON tokens.
type jsonReader struct {
	f        file
	start    int
	text     string
	tokens   *json.Decoder
	problems *diag.List
}

// errReported says that the mistake was reported already.
var errReported = errors.New("reported")

// jsonReason returns the decoder's message in plain words.
func jsonReason(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

// next returns the next token and its position.
func (j jsonReader) next() (json.Token, diag.Pos, error) {
	from, _ := j.where()
	token, err := j.tokens.Token()
	to := j.start + int(j.tokens.InputOffset())
	if _, ok := token.(string); ok {
		return token, j.f.at(from+1, to-1), err
	}
	return token, j.f.at(from, to), err
}

// offset returns the offset after the last token.
func (j jsonReader) offset() int { return j.start + int(j.tokens.InputOffset()) }

// where returns the offsets of the next token.
func (j jsonReader) where() (from, to int) {
	i := int(j.tokens.InputOffset())
	for i < len(j.text) && strings.IndexByte(" \t\r\n,:", j.text[i]) >= 0 {
		i++
	}
	return j.start + i, j.start + min(i+1, len(j.text))
}

// read reads the next value.
func (j jsonReader) read(depth int) (value, error) {
	token, pos, err := j.next()
	if err != nil {
		return value{}, err
	}
	if depth > maxDepth {
		j.problems.Error(pos, "too-deep", "use fewer levels", "this is nested more than %d levels deep", maxDepth)
		return value{}, errReported
	}
	v := value{pos: pos, end: j.offset()}
	switch token := token.(type) {
	case nil:
	case string:
		v.shape, v.text = text, token
	case json.Number:
		v.shape, v.text = number, token.String()
	case bool:
		v.shape, v.text = boolean, "false"
		if token {
			v.text = "true"
		}
	case json.Delim:
		if token == '[' {
			v.shape = list
			return j.list(v, depth)
		}
		v.shape = table
		return j.table(v, depth)
	}
	return v, nil
}

// list reads the items of a list.
func (j jsonReader) list(v value, depth int) (value, error) {
	for j.tokens.More() {
		item, err := j.read(depth + 1)
		if err != nil {
			return v, err
		}
		v.items = append(v.items, item)
	}
	_, err := j.tokens.Token()
	v.end = j.offset()
	return v, err
}

// table reads the keys of a table.
func (j jsonReader) table(v value, depth int) (value, error) {
	for j.tokens.More() {
		key, pos, err := j.next()
		if err != nil {
			return v, err
		}
		item, err := j.read(depth + 1)
		if err != nil {
			return v, err
		}
		name, _ := key.(string)
		v.put(pair{name: name, pos: pos, value: item}, j.problems)
	}
	_, err := j.tokens.Token()
	v.end = j.offset()
	return v, err
}
