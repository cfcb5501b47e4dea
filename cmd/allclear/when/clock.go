package when

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"allclear/generator/source"
)

// day is a day in a text. The zero day means that the text contains none.
type day struct {
	isSet   bool
	away    int // days from today
	weekday time.Weekday
	isWeek  bool // weekday is set
	date    time.Time
	isDate  bool // date is set
}

var weekdays = map[string]time.Weekday{}

func init() {
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		weekdays[name], weekdays[name[:3]] = d, d
	}
}

// cutDay removes the day from the beginning or the end of a text, and returns the day and
// the rest.
func cutDay(text string) (day, string) {
	if first, rest, _ := strings.Cut(text, " "); true {
		if d, ok := parseDay(first); ok {
			return d, rest
		}
	}
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		if d, ok := parseDay(text[i+1:]); ok {
			return d, text[:i]
		}
	}
	return day{}, text
}

// parseDay parses a word that means a day: yesterday, today, tomorrow, a weekday or a
// date.
func parseDay(word string) (day, bool) {
	word = strings.TrimSuffix(word, ",")
	switch word {
	case "yesterday":
		return day{isSet: true, away: -1}, true
	case "today":
		return day{isSet: true}, true
	case "tomorrow":
		return day{isSet: true, away: 1}, true
	}
	if w, ok := weekdays[word]; ok {
		return day{isSet: true, weekday: w, isWeek: true}, true
	}
	if date, err := time.Parse(time.DateOnly, word); err == nil {
		return day{isSet: true, date: date, isDate: true}, true
	}
	return day{}, false
}

// clock is a time of day.
type clock struct {
	hour, minute, second int
	zone                 *time.Location // nil: the reader's zone
}

var clockRegexp = regexp.MustCompile(`^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))? ?(am|pm|a\.m\.|p\.m\.)? ?(.*)$`)

// parseClock parses a time of day: 6:32, 06:32 UTC, 14:00Z, 2pm. It returns nil if the
// text is not a time of day.
func parseClock(text string) (*clock, error) {
	found := clockRegexp.FindStringSubmatch(text)
	if found == nil || found[2] == "" && found[4] == "" {
		return nil, nil
	}
	var c clock
	c.hour, _ = strconv.Atoi(found[1])
	c.minute, _ = strconv.Atoi(found[2])
	c.second, _ = strconv.Atoi(found[3])
	switch half := found[4]; {
	case half != "" && (c.hour < 1 || c.hour > 12):
		return nil, errors.New("no such time of day; write 14:00 or 2pm")
	case half != "":
		c.hour %= 12
		if half[0] == 'p' {
			c.hour += 12
		}
	}
	if c.hour == 24 && c.minute == 0 && c.second == 0 {
		return nil, errors.New("24:00 is not supported; write 00:00 of the next day")
	}
	if c.hour > 23 || c.minute > 59 || c.second > 59 {
		return nil, errors.New("no such time of day; hours go to 23, minutes and seconds to 59")
	}
	if found[5] == "" {
		return &c, nil
	}
	var err error
	c.zone, err = parseZone(c, found[5])
	return &c, err
}

// parseZone parses the zones that the content format allows after a time: UTC, Z or an
// offset. The time c is for the error message.
func parseZone(c clock, text string) (*time.Location, error) {
	if text == "utc" || text == "z" {
		return time.UTC, nil
	}
	const noon = "2000-01-01 12:00"
	if t, err := source.ParseTime(noon+text, time.UTC); err == nil && strings.ContainsAny(text[:1], "+-") {
		written, _ := source.ParseTime(noon, time.UTC)
		return time.FixedZone("", int(written.Sub(t).Seconds())), nil
	}
	at := fmt.Sprintf("%02d:%02d", c.hour, c.minute)
	return nil, fmt.Errorf("%q is not a supported time zone; write %s for the site's zone, %[2]s UTC, or an offset: %[2]s+02:00",
		strings.ToUpper(text), at)
}
