// Package measured reads what monitoring tools have measured, as series of points.
//
// Each source has a file that knows its format. [Read] recognizes the source by the content.
package measured

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// MaxInput is the maximum size of what Read reads, in bytes.
const MaxInput = 64 << 20

// Series is one series of a source.
type Series struct {
	Labels  map[string]string // what tells it from others: job="api"; the label name is the series' own name
	Points  []site.Point      // in the order of the source
	Skipped int               // values that are none: NaN, infinity, failed checks
}

// String returns the labels as Prometheus writes them: {job="api", name="up"}.
func (s Series) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
		parts = append(parts, fmt.Sprintf("%s=%q", name, s.Labels[name]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// add adds a value, or counts it as skipped if it is not a number.
func (s *Series) add(seconds int64, value float64) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		s.Skipped++
		return
	}
	s.Points = append(s.Points, site.Point{Time: seconds, Value: value, Min: value, Max: value})
}

// Error says why an input cannot be read.
type Error struct{ Message, Hint string }

func (e *Error) Error() string { return e.Message }

// errorf returns an Error.
func errorf(hint, format string, args ...any) error {
	return &Error{fmt.Sprintf(format, args...), hint}
}

// readers read the sources.
var readers = map[string]func([]byte) ([]Series, error){
	"prometheus": prometheus, "openmetrics": openMetrics, "gatus": gatus, "upptime": upptime, "csv": csvSeries,
}

// Kinds returns the names of the sources.
func Kinds() []string { return slices.Sorted(maps.Keys(readers)) }

// Read reads an input of a source, or recognizes the source if kind is "". The error is an
// *Error.
func Read(data []byte, kind string) ([]Series, error) {
	if len(data) > MaxInput {
		return nil, errorf("send fewer days at once", "the input is larger than %d MB", MaxInput>>20)
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	if len(data) == 0 {
		return nil, errorf("look at what the command before prints", "the input is empty")
	}
	if kind == "" {
		if kind = recognize(data); kind == "" {
			return nil, errorf("name it: --from "+strings.Join(Kinds(), ", --from "), "the input is of no source that Allclear knows")
		}
	}
	read := readers[kind]
	if read == nil {
		return nil, errorf(diag.DidYouMean(kind, Kinds()), "there is no source %q", kind)
	}
	list, err := read(data)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(s Series) bool { return len(s.Points) == 0 && s.Skipped == 0 })
	if len(list) == 0 {
		return nil, errorf("look at the query, and the time that it asks for", "the input of %s has no values", kind)
	}
	return list, nil
}

// recognize returns the source of an input, or "".
func recognize(data []byte) string {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	switch {
	case data[0] == '{' && (bytes.Contains(data, []byte(`"resultType"`)) || bytes.Contains(data, []byte(`"errorType"`))):
		return "prometheus"
	case data[0] == '{' || data[0] == '[':
		return "gatus"
	case csvHeader(string(first)):
		return "csv"
	case commit.Match(first):
		return "upptime"
	case first[0] == '#' || isSample(first):
		return "openmetrics"
	}
	return ""
}
