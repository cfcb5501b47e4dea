package diag

import (
	"encoding/json"
	"io"
)

// record is a problem as check --format json prints it.
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

// JSON writes the list as an array, which is empty and never null where there
// is nothing to say. Lines and columns count from 1; 0 means the whole file.
func (l List) JSON(w io.Writer) error {
	records := make([]record, 0, len(l))
	for _, p := range l {
		records = append(records, record{p.File, p.Line, p.Column, p.EndColumn, p.Severity.String(), p.Rule, p.Message, p.Hint})
	}
	return indented(w, records)
}

func indented(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
