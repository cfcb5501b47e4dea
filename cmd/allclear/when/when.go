// Package when reads the times that people type on a command line: "now",
// "-20m", "yesterday 23:50", "2pm" and the forms of the content format.
package when

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"allclear/generator/source"
)

// Rule says which day is meant by a time of day without a day.
type Rule int

const (
	Today  Rule = iota // the one of today
	Past               // the latest one in the past, for something that has begun
	Coming             // the next one, for something that will begin
)

// Reader reads times relative to an instant and in a zone.
type Reader struct {
	Now  time.Time      // "now", "-20m" and "today" are relative to it
	Zone *time.Location // for times without a zone
}

// Forms lists the accepted forms, for help and messages.
const Forms = `06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`

// Read parses a time and returns it in UTC. The error says why the text cannot be read
// and what to write instead.
func (r Reader) Read(text string, rule Rule) (time.Time, error) {
	return r.read(text, picker{rule, r.Now})
}

// After is like Read for the end of something: a time of day alone is the first one after
// start.
func (r Reader) After(text string, start time.Time) (time.Time, error) {
	return r.read(text, picker{after, start})
}

// startsWithDate matches texts that begin like times of the content.
var startsWithDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)

// Relative reports whether a text is a time relative to now, such as "now", "-20m" or "in
// 2 hours".
func Relative(text string) bool {
	_, found, err := parseRelative(normalize(text))
	return found && err == nil
}

func (r Reader) read(written string, pick picker) (time.Time, error) {
	text := normalize(written)
	if text == "" {
		return time.Time{}, fmt.Errorf("the time is empty; write it as %s", Forms)
	}
	if away, found, err := parseRelative(text); err != nil {
		return time.Time{}, fmt.Errorf("%q: %w", written, err)
	} else if found {
		return r.Now.Add(away).UTC().Truncate(time.Second), nil
	}
	t, problem := source.ParseTime(written, r.Zone)
	if problem == nil {
		return t, nil
	}
	d, rest := cutDay(text)
	c, err := parseClock(rest)
	switch {
	case startsWithDate.MatchString(text) && (c == nil || err != nil):
		return time.Time{}, problem // it almost has the content's form
	case err != nil:
		return time.Time{}, fmt.Errorf("%q: %w", written, err)
	case c == nil && d.isSet && rest == "":
		return time.Time{}, fmt.Errorf(`%q is a day without a time; add one: "%s 06:40"`, written, text)
	case c == nil:
		return time.Time{}, formError(written, text)
	}
	if t, err = r.resolve(d, *c, pick); err != nil {
		return t, err
	}
	return r.checkYear(t, written)
}

// checkYear returns an error for years that the content format does not allow.
func (r Reader) checkYear(t time.Time, written string) (time.Time, error) {
	if year := t.In(r.Zone).Year(); year < 1970 || year > 2200 {
		return time.Time{}, fmt.Errorf("the year of %q is out of range; write a year from 1970 to 2200", written)
	}
	return t, nil
}

// formError returns the error for a text in none of the forms, with the most similar form
// if there is one.
func formError(written, text string) error {
	if len(text) == 4 && strings.Trim(text, "0123456789") == "" {
		return fmt.Errorf("%q is not a time; write %s:%s", written, text[:2], text[2:])
	}
	if _, ok := parseLength(text); ok {
		return fmt.Errorf("%q is a duration; write -%s for a time in the past, +%[2]s for one in the future",
			written, strings.ReplaceAll(text, " ", ""))
	}
	return fmt.Errorf("%q is not a time; write it as %s", written, Forms)
}

// normalize returns text in lower case, with single spaces and without the word "at".
func normalize(text string) string {
	words := strings.Fields(strings.ToLower(text))
	kept := words[:0]
	for _, w := range words {
		if w != "at" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
