package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// record is the JSON of a problem, as check --format json prints it.
type record struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndColumn int    `json:"end_column"`
	Severity  string `json:"severity"`
	Rule      string `json:"rule"`
	Message   string `json:"message"`
	Hint      string `json:"hint"`
}

// JSON writes the list as an array, which is empty and never null if there are no
// problems. Lines and columns count from 1; 0 means the whole file.
func (l List) JSON(w io.Writer) error {
	records := make([]record, 0, len(l))
	for _, p := range l {
		records = append(records, record{p.File, p.Line, p.Column, p.EndColumn, p.Severity.String(), p.Rule, p.Message, p.Hint})
	}
	return indented(w, records)
}

// indented writes v as indented JSON. It escapes characters and commands that a terminal or
// the log of a CI system would act on.
func indented(w io.Writer, v any) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	var b strings.Builder
	for _, r := range text.String() {
		if r == '\n' || !isControl(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, "\\u%04x", unit)
		}
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), "##[", `##\u005b`))
	return err
}
