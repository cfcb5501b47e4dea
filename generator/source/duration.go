package source

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// digits parses a string of decimal digits.
func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// maxDuration is the longest valid duration: ten years.
const maxDuration = 10 * 366 * 24 * time.Hour

// ParseDuration parses a length of time in the notation of time.ParseDuration,
// with d for days of 24 hours: 90m, 1h30m, 2d, 1d12h. It must be positive, at
// most ten years and a whole number of seconds.
func ParseDuration(text string) (time.Duration, error) {
	d, problem := parseDuration(text)
	if problem != nil {
		return 0, *problem
	}
	return d, nil
}

// parseDuration is ParseDuration with the message and the hint of the error.
func parseDuration(written string) (time.Duration, *unreadable) {
	text := strings.TrimSpace(written)
	bad := &unreadable{fmt.Sprintf("%s is not a length of time", quoted(text)), "write it as 90m, 1h30m or 2d"}
	if _, plain := digits(text); plain {
		hint := fmt.Sprintf("write %sm for minutes, %[1]sh for hours, %[1]sd for days", text)
		return 0, &unreadable{fmt.Sprintf("%s has no unit", quoted(text)), hint}
	}
	rest, days := text, 0
	if before, after, found := strings.Cut(text, "d"); found {
		n, err := strconv.Atoi(before)
		switch _, plain := digits(before); {
		case plain && (err != nil || n > 3660):
			return 0, tooLong(text)
		case !plain || err != nil:
			return 0, bad
		}
		rest, days = after, n
	}
	var d time.Duration
	if rest != "" {
		var err error
		if d, err = time.ParseDuration(rest); err != nil || days > 0 && (rest[0] < '0' || rest[0] > '9') {
			return 0, bad
		}
	} else if text == "" {
		return 0, bad
	}
	if d > maxDuration {
		return 0, tooLong(text)
	}
	d += time.Duration(days) * 24 * time.Hour
	switch {
	case d <= 0:
		return 0, &unreadable{fmt.Sprintf("%s must be longer than zero", quoted(text)), "write a positive length such as 90m"}
	case d > maxDuration:
		return 0, tooLong(text)
	case d%time.Second != 0:
		return 0, &unreadable{fmt.Sprintf("%s is not a whole number of seconds", quoted(text)), "write whole seconds"}
	}
	return d, nil
}

// tooLong says that a length of time is more than ten years.
func tooLong(text string) *unreadable {
	return &unreadable{fmt.Sprintf("%s is more than ten years", quoted(text)), "write ten years at most, such as 365d"}
}
