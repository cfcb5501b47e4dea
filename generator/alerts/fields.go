package alerts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// text is a JSON string, number or boolean, as text; null is "". Sources that fill in
// templates send numbers as strings, and others send strings as numbers.
type text string

// UnmarshalJSON reads the value.
func (t *text) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0 || string(data) == "null":
		*t = ""
	case data[0] == '"':
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*t = text(strings.TrimSpace(s))
	case data[0] == '{':
		return &json.UnmarshalTypeError{Value: "object", Type: reflect.TypeFor[string]()}
	case data[0] == '[':
		return &json.UnmarshalTypeError{Value: "array", Type: reflect.TypeFor[string]()}
	default:
		*t = text(data)
	}
	return nil
}

// labels is a JSON object whose values are texts. Objects and lists in it are
// ignored: rules cannot use them.
type labels map[string]string

// UnmarshalJSON reads the object.
func (l *labels) UnmarshalJSON(data []byte) error {
	if string(bytes.TrimSpace(data)) == "null" {
		return nil
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	*l = labels{}
	for name, raw := range all {
		var t text
		if t.UnmarshalJSON(raw) == nil {
			(*l)[name] = string(t)
		}
	}
	return nil
}

// decode decodes JSON into a struct. The error names the field that has the wrong type.
func decode(kind string, data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		field := wrong.Field
		if field == "" {
			field = "the whole payload"
		} else {
			field = fmt.Sprintf("the field %q", field)
		}
		return errorf("send the payload as "+kind+" writes it, or see docs/monitoring.md for a body of your own",
			"the payload of %s cannot be read: %s must not be %s", kind, field, article(wrong.Value))
	}
	return errorf("", "the payload of %s cannot be read: %v", kind, err)
}

// article returns the name of a JSON type with its article.
func article(value string) string {
	word, _, _ := strings.Cut(value, " ")
	switch word {
	case "object", "array":
		return "an " + word
	case "bool":
		return "true or false"
	}
	return "a " + word
}

// missing returns the error for a payload without a field that it must have.
func missing(kind, field string) error {
	return errorf("send the payload as "+kind+" writes it, or see docs/monitoring.md for a body of your own",
		"the payload of %s has no field %q", kind, field)
}

// unknownValue returns the error for a field whose value has no known meaning.
func unknownValue(kind, field, value string, known ...string) error {
	return errorf("known: "+strings.Join(known, ", "), "the payload of %s cannot be read: the field %q is %s", kind, field, quoted(value))
}

// quoted returns a text from a payload in quotes for a message, shortened if it is long.
func quoted(s string) string { return strconv.Quote(shorten(oneLine(s), 60)) }

// shorten returns the first characters of a text, with … if that is not all of it.
func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}

// hash returns a short checksum of texts, for keys.
func hash(parts ...string) string {
	data, _ := json.Marshal(parts) // a list of texts can always be encoded
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// hashLabels returns a short checksum of labels, in any order.
func hashLabels(l map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(l)) {
		parts = append(parts, name, l[name])
	}
	return hash(parts...)
}

// key returns an id as it can be written in front matter: the id itself if it is short
// and plain, else a checksum. Several parts are one id.
func key(parts ...string) string {
	id := strings.Join(parts, "_")
	plain := strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
	if plain && id != "" && len(id) <= 64 {
		return id
	}
	return hash(parts...)
}

// first returns the first text that is not empty.
func first(texts ...text) string {
	for _, t := range texts {
		if t != "" {
			return string(t)
		}
	}
	return ""
}

// timeLayouts are the ways in which sources write times. Those without a zone are UTC.
var timeLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05.999999999-0700", "2006-01-02 15:04:05.999999999-07:00", "2006-01-02T15:04:05.999999999",
	"2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05.999999999 MST",
}

// parseTime reads a time: RFC 3339 or one of the other layouts, or the seconds,
// milliseconds, microseconds or nanoseconds since 1970. It returns zero for an empty text,
// and for the year 1, which Go programs write for no time.
func parseTime(written text) (t time.Time, ok bool) {
	if written == "" {
		return time.Time{}, true
	}
	if n, err := strconv.ParseInt(string(written), 10, 64); err == nil {
		return unixTime(n), n > 0
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, string(written)); err == nil {
			if t.Year() <= 1 {
				return time.Time{}, true
			}
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// unixTime returns the time that a number of seconds since 1970 means, or of
// milliseconds, microseconds or nanoseconds if it is so large.
func unixTime(n int64) time.Time {
	switch {
	case n > 1e17:
		return time.Unix(0, n).UTC()
	case n > 1e14:
		return time.UnixMicro(n).UTC()
	case n > 1e11:
		return time.UnixMilli(n).UTC()
	}
	return time.Unix(n, 0).UTC()
}

// time reads a time of the alert from a field. One that cannot be read counts as missing,
// which a note says.
func (a *Alert) time(field string, written text) time.Time {
	t, ok := parseTime(written)
	if !ok {
		a.unreadable = append(a.unreadable, fmt.Sprintf("%s is %s, which is no time", field, quoted(string(written))))
		return time.Time{}
	}
	return t
}

// addTags adds tags to the alert. One of the form name:value or name=value is a label,
// too, unless the alert has that label already.
func (a *Alert) addTags(tags ...string) {
	for _, tag := range tags {
		if tag = strings.TrimSpace(tag); tag == "" {
			continue
		}
		a.Tags = append(a.Tags, tag)
		if i := strings.IndexAny(tag, ":="); i > 0 {
			a.label(strings.TrimSpace(tag[:i]), strings.TrimSpace(tag[i+1:]))
		}
	}
}

// label adds a label unless it is empty or the alert has it already.
func (a *Alert) label(name, value string) {
	if a.Labels == nil {
		a.Labels = map[string]string{}
	}
	if _, has := a.Labels[name]; !has && value != "" {
		a.Labels[name] = value
	}
}

// addLabels adds labels that the alert does not have.
func (a *Alert) addLabels(l labels) {
	for name, value := range l {
		a.label(name, value)
	}
}

// single returns the event of a source that sends one alert at a time.
func single(kind, key string, a Alert) []Event {
	return []Event{{Kind: kind, Key: key, Alerts: []Alert{a}, Over: !a.Firing}}
}

// note returns the event for a payload that is no alert.
func note(kind, format string, args ...any) []Event {
	return []Event{{Kind: kind, Note: fmt.Sprintf(format, args...)}}
}
