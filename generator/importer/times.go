package importer

import (
	"strconv"
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/source"
)

// writtenTime is a date with or without a time of day and a zone, as tools and people
// write them: RFC 3339, a space in place of the T, one-digit hours, offsets without a
// colon.
var writtenTime = memo.Regexp(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` +
	`(?:(?:[Tt]|\s+|,\s*)0{0,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*([Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$`)

// stamp is a time that was read, and what had to be guessed about it.
type stamp struct {
	time.Time
	noZone  bool
	dayOnly bool
}

// parseStamp reads a time. One without a zone is in zone; a day alone is noon.
func parseStamp(text string, zone *time.Location) (stamp, bool) {
	m := writtenTime().FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return stamp{}, false
	}
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	s := stamp{noZone: m[7] == "", dayOnly: m[4] == ""}
	switch {
	case strings.HasPrefix(m[7], "+") || strings.HasPrefix(m[7], "-"):
		digits := strings.ReplaceAll(m[7][1:], ":", "") + "00"
		hours, _ := strconv.Atoi(digits[:2])
		minutes, _ := strconv.Atoi(digits[2:4])
		if hours > 14 || minutes > 59 {
			return stamp{}, false
		}
		offset := hours*3600 + minutes*60
		if m[7][0] == '-' {
			offset = -offset
		}
		zone = time.FixedZone("", offset)
	case m[7] != "":
		zone = time.UTC
	}
	year, month, day, hour := number(1), number(2), number(3), number(4)
	if s.dayOnly {
		hour = 12
	}
	if year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || number(5) > 59 || number(6) > 60 {
		return stamp{}, false
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day || hour == 24 && (number(5) > 0 || number(6) > 0) {
		return stamp{}, false // 30 February
	}
	s.Time = time.Date(year, time.Month(month), day, hour, number(5), min(number(6), 59), 0, zone).UTC()
	return s, true
}

// time reads a time of an entry, and reports what it had to guess. It returns zero for a
// value that is missing or cannot be read; the latter is reported as dropped.
func (r *reader) time(e *Entry, n *node, mark string) time.Time {
	if n.empty() {
		return time.Time{}
	}
	s, ok := parseStamp(n.str(), r.zone)
	if !ok {
		r.lose(e, "field", n, mark)
		return time.Time{}
	}
	switch {
	case s.dayOnly:
		r.lose(e, "day", n, mark)
	case s.noZone && !r.zoneKnown:
		r.lose(e, "zone", n, mark)
	}
	return s.Time
}

// day returns a date as content has it, or "".
func day(n *node) string {
	if s, ok := parseStamp(n.str(), time.UTC); ok {
		return s.Format(time.DateOnly)
	}
	return ""
}

// useZone sets the zone for times without one. A name that is no IANA zone is reported.
func (r *reader) useZone(n *node) {
	name := strings.TrimSpace(n.str())
	if name == "" {
		return
	}
	if name == "Etc/UTC" || strings.EqualFold(name, "utc") {
		name = "UTC"
	}
	zone := source.ZoneNamed(name)
	if zone == nil {
		r.lose(nil, "field", n, "timezone")
		return
	}
	r.zone, r.zoneKnown, r.out.Site.Zone = zone, true, name
}
