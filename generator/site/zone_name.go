package site

import (
	"fmt"
	"strings"
	"time"
)

// sharedZones are the abbreviations of time zones that mean different offsets in different
// places: IST in India, Israel and Ireland, CST in Chicago, Shanghai and Havana, PST in Los
// Angeles and Manila. CDT and PDT are the same zones in summer.
var sharedZones = map[string]bool{"IST": true, "CST": true, "CDT": true, "PST": true, "PDT": true}

// ZoneName returns the name of a time's zone as a page writes it: its abbreviation (CEST), or
// its offset (UTC+3) if it has none, as in Istanbul, or one that other places use for
// another offset.
func ZoneName(t time.Time) string {
	name, seconds := t.Zone()
	if !strings.HasPrefix(name, "+") && !strings.HasPrefix(name, "-") && !sharedZones[name] {
		return name
	}
	sign, minutes := "+", seconds/60
	if minutes < 0 {
		sign, minutes = "−", -minutes
	}
	text := fmt.Sprintf("UTC%s%d", sign, minutes/60)
	if minutes%60 != 0 {
		text += fmt.Sprintf(":%02d", minutes%60)
	}
	return strings.TrimSuffix(text, "+0")
}
