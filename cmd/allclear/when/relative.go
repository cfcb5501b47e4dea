package when

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"allclear/generator/source"
)

// parseRelative parses a time relative to now: "now", "-20m", "20m ago", "+30m", "in 2
// hours". found is false if the text has another form.
func parseRelative(text string) (away time.Duration, found bool, err error) {
	if text == "now" {
		return 0, true, nil
	}
	sign, amount := time.Duration(-1), text
	switch {
	case strings.HasPrefix(text, "-"):
		amount = text[1:]
	case strings.HasSuffix(text, " ago"):
		amount = strings.TrimSuffix(text, " ago")
	case strings.HasPrefix(text, "+"):
		sign, amount = 1, text[1:]
	case strings.HasPrefix(text, "in "):
		sign, amount = 1, text[3:]
	case strings.HasSuffix(text, " from now"):
		sign, amount = 1, strings.TrimSuffix(text, " from now")
	default:
		return 0, false, nil
	}
	d, ok := parseLength(amount)
	if !ok {
		return 0, true, errors.New(`this is not a duration; write -20m, "2 hours ago" or +1h30m`)
	}
	return sign * d, true, nil
}

// unitRegexp matches a number with a unit: seconds, minutes, hours, days or weeks.
var unitRegexp = regexp.MustCompile(`(\d+(?:\.\d+)?) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)(?:,| and)? ?`)

var spelledOut = strings.NewReplacer("half an hour", "30m", "an hour", "1h", "a minute", "1m", "a day", "1d", "a week", "7d")

// parseLength parses a duration in the content's form, or in words.
func parseLength(text string) (time.Duration, bool) {
	text = unitRegexp.ReplaceAllStringFunc(spelledOut.Replace(strings.TrimSpace(text)), func(part string) string {
		found := unitRegexp.FindStringSubmatch(part)
		if n, err := strconv.Atoi(found[1]); err == nil && found[2][0] == 'w' {
			return strconv.Itoa(7*n) + "d"
		}
		return found[1] + found[2][:1]
	})
	d, err := source.ParseDuration(text)
	return d, err == nil
}
