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

// Rule says which day is meant where only a time of day is given.
type Rule int

const (
	Today  Rule = iota // today's
	Past               // the latest that is past: when something has begun
	Coming             // the next to come: when something will begin
)

// Reader reads times as they are meant at an instant and in a zone.
type Reader struct {
	Now  time.Time      // what "now", "-20m" and "today" count from
	Zone *time.Location // of times that name no other
}

// Forms names the forms, for help and for messages.
const Forms = `06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`

// Read reads a time. The error says why it cannot be read and what to write.
func (r Reader) Read(text string, rule Rule) (time.Time, error) {
	return r.read(text, picker{rule, r.Now})
}

// After reads a time that ends something: a time of day alone is the first one
// after start.
func (r Reader) After(text string, start time.Time) (time.Time, error) {
	return r.read(text, picker{after, start})
}

// startsWithDate is how times of the content begin.
var startsWithDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)

// Relative reports whether a text counts from now: "now", "-20m", "in 2 hours".
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
	t, fault := source.ParseTime(written, r.Zone)
	if fault == nil {
		return t, nil
	}
	d, rest := cutDay(text)
	c, err := parseClock(rest)
	switch {
	case startsWithDate.MatchString(text) && (c == nil || err != nil):
		return time.Time{}, fault // it is nearly the form of the content
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

// checkYear refuses years that the content may not hold either: what is written for
// one of them could not be read again.
func (r Reader) checkYear(t time.Time, written string) (time.Time, error) {
	if year := t.In(r.Zone).Year(); year < 1970 || year > 2200 {
		return time.Time{}, fmt.Errorf("the year of %q is out of range; write a year from 1970 to 2200", written)
	}
	return t, nil
}

// formError words what a text is that is none of the forms, with the form that is
// nearest where there is one.
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

// normalize is a text in lower case, with single spaces and without "at".
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
