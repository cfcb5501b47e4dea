package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// count writes a number with its noun: 1 file, 2 files.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// humanize is a canonical word as a person reads it: partial_outage becomes
// "partial outage".
func humanize(word fmt.Stringer) string { return strings.ReplaceAll(word.String(), "_", " ") }

// quotedForShell writes a word as shells read it: plain where it can be, in double
// quotes where nothing in it means anything there, else in single ones.
func quotedForShell(word string) string {
	plain := strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@,+=") == ""
	switch {
	case plain && word != "":
		return word
	case !strings.ContainsAny(word, "\"$`\\!\n"):
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// longClock writes an instant with its date and zone, so that nobody takes it for
// another day.
func (v snapshot) longClock(t time.Time) string {
	t = t.In(v.site.Zone)
	layout := "2 January 2006, 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout + " MST")
}

func capitalize(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// shortClock writes an instant with its zone, and with its date where that is not
// today's.
func (v snapshot) shortClock(t time.Time) string {
	t = t.In(v.site.Zone)
	if t.Format(time.DateOnly) != v.clockNow.In(v.site.Zone).Format(time.DateOnly) {
		return v.longClock(t)
	}
	return t.Format("15:04 MST")
}

// clock writes an instant in the site's zone, with the zone's abbreviation.
func (v snapshot) clock(t time.Time) string { return clockIn(t, v.site.Zone) }

func clockIn(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout + " MST")
}
