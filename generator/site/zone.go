package site

import (
	"strconv"
	"strings"
	"time"
)

// ZoneRules returns a text that differs for two zones whose clocks differ in any year
// that content may name. Use it where a cached result depends on a zone, whose rules may
// change with the next release of its data.
func ZoneRules(zone *time.Location) string {
	var b strings.Builder
	b.WriteString(zone.String())
	for t := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() <= 2200; {
		name, offset := t.In(zone).Zone()
		b.WriteString("\n" + t.UTC().Format(time.RFC3339) + name + strconv.Itoa(offset))
		_, end := t.In(zone).ZoneBounds()
		if end.IsZero() {
			break
		}
		if !end.After(t) { // as Go 1.26 answers on the last day of a year that only a rule covers
			end = t.Add(24 * time.Hour)
		}
		t = end
	}
	return b.String()
}
