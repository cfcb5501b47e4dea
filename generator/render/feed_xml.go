package render

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"sync"
)

// appendXML appends an XML document, indented by one space, to into.
func appendXML(into []byte, document any) ([]byte, error) {
	out := bytes.NewBuffer(into)
	out.WriteString(xml.Header)
	buffer := xmlBuffers.Get().(*bufio.Writer)
	defer xmlBuffers.Put(buffer)
	buffer.Reset(out)
	encoder := xml.NewEncoder(buffer)
	encoder.Indent("", " ")
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// xmlBuffers are buffers of XML encoders, which otherwise make one of 4 KB for each document.
var xmlBuffers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}

// xmlWriter writes elements for insertion into what appendXML writes: each on a line of its
// own, indented by its depth.
type xmlWriter struct {
	bytes.Buffer
	escaped bytes.Buffer // what escape returned last
	text    []byte       // memory for escape
}

// xmlWriters are writers that can be used again, each for one goroutine at a time.
var xmlWriters = sync.Pool{New: func() any { return &xmlWriter{} }}

// begin writes the start of an element with attributes: a name and a value each.
func (w *xmlWriter) begin(depth int, name string, attributes ...string) {
	w.line(depth)
	w.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		w.WriteString(" " + attributes[i] + `="`)
		w.Write(w.escape(attributes[i+1]))
		w.WriteByte('"')
	}
	w.WriteByte('>')
}

// end writes the end of an element that contains others.
func (w *xmlWriter) end(depth int, name string) {
	w.line(depth)
	w.WriteString("</" + name + ">")
}

// element writes an element with a text.
func (w *xmlWriter) element(depth int, name, text string, attributes ...string) {
	w.begin(depth, name, attributes...)
	w.Write(w.escape(text))
	w.WriteString("</" + name + ">")
}

// line begins a line, indented by a depth.
func (w *xmlWriter) line(depth int) {
	w.WriteByte('\n')
	for range depth {
		w.WriteByte(' ')
	}
}

// escape returns a text as XML. The result is valid until the next call.
func (w *xmlWriter) escape(text string) []byte {
	w.text = append(w.text[:0], text...)
	w.escaped.Reset()
	xml.EscapeText(&w.escaped, w.text) // fails only if the buffer does, which never does
	return w.escaped.Bytes()
}
