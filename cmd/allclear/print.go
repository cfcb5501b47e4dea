package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// count returns a number with its noun: "1 file", "2 files".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "s") {
		noun += "e"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// humanize returns a word of the format as text for people: partial_outage becomes
// "partial outage".
func humanize(word fmt.Stringer) string { return strings.ReplaceAll(word.String(), "_", " ") }

// quotedForShell quotes a word for a POSIX shell, if it needs quotes: with double quotes
// if possible, else with single ones.
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

// printJSON writes v as indented JSON.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// longClock returns a time with its date, in the site's zone: "2 January 2026, 15:04
// CET".
func (v snapshot) longClock(t time.Time) string {
	t = t.In(v.site.Zone)
	layout := "2 January 2006, 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout + " MST")
}

// capitalize returns word with its first letter, which must be ASCII, in upper case.
func capitalize(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// shortClock returns a time in the site's zone, without the date if that is today.
func (v snapshot) shortClock(t time.Time) string {
	t = t.In(v.site.Zone)
	if t.Format(time.DateOnly) != v.clockNow.In(v.site.Zone).Format(time.DateOnly) {
		return v.longClock(t)
	}
	return t.Format("15:04 MST")
}

// clock returns a time in the site's zone: "2026-01-02 15:04 CET".
func (v snapshot) clock(t time.Time) string { return clockIn(t, v.site.Zone) }

// clockIn returns a time in a zone: "2026-01-02 15:04 CET".
func clockIn(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout + " MST")
}
