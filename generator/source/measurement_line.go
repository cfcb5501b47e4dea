package source

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// The first lines that a file of measurements may have. A line has the columns of the
// first form, or those of the second: the mean, the least and the greatest value of the
// hour that begins at its time.
const (
	valueHeader = "time,value"
	hourHeader  = "time,value,min,max"
)

// wrongLine says what is wrong with a line of measurements.
type wrongLine struct {
	part          linePart
	message, hint string
	from, to      int // the wrong part, in bytes
}

// linePart is what is wrong with a line.
type linePart int

const (
	badColumns linePart = iota
	badTime
	badOrder
	badHeader
)

// maxValue is the greatest value, positive or negative. Numbers beyond it are not exact.
const maxValue = 1e15

// Times outside these years are mistakes.
var (
	earliestTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	latestTime   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
)

// timeForms is the hint for a time that cannot be read.
const timeForms = "write 2026-06-25T06:41:00Z, or Unix seconds: 1782369660"

// parsePoint reads a line of measurements. hours says that the file has the columns min
// and max.
func parsePoint(line []byte, hours bool) (p site.Point, wrong *wrongLine) {
	comma := bytes.IndexByte(line, ',')
	if comma < 0 {
		return p, notAPoint(line, "", "write TIME,VALUE: 2026-06-25T06:41:00Z,123.4")
	}
	var ok bool
	if p.Time, ok = parseInstant(line[:comma]); !ok {
		return p, wrongInstant(line[:comma])
	}
	columns := [3]float64{}
	rest, at, n := line[comma+1:], comma+1, 0
	for more := true; more; n++ {
		if n == len(columns) {
			return p, notAPoint(line, "", "write TIME,VALUE on each line")
		}
		var one []byte
		one, rest, more = bytes.Cut(rest, []byte(","))
		if columns[n], ok = parseValue(one); !ok {
			return p, wrongValue(one, at)
		}
		at += len(one) + 1
	}
	switch {
	case n == 1:
		p.Value, p.Min, p.Max = columns[0], columns[0], columns[0]
		return p, nil
	case n == 2:
		return p, notAPoint(line, "this line has two values: ", "write decimals with a point, not a comma: TIME,1.5")
	case !hours:
		return p, notAPoint(line, "this line has more columns than the first one: ", "write "+hourHeader+" as the first line of the file")
	}
	p.Value, p.Min, p.Max, p.Hour = columns[0], columns[1], columns[2], true
	switch {
	case p.Min > p.Value || p.Value > p.Max:
		return p, notAPoint(line, "the mean of an hour is not between its least and its greatest value: ", "write TIME,MEAN,MIN,MAX")
	case p.Time%site.HourLength != 0:
		return p, &wrongLine{badColumns, "a line with min and max stands for an hour, and this is not the start of one",
			"write the start of the hour in UTC, such as 2026-06-25T06:00:00Z", 0, comma}
	}
	return p, nil
}

// notAPoint says that a line has the wrong columns. lead is what is known about it.
func notAPoint(line []byte, lead, hint string) *wrongLine {
	if lead == "" {
		lead = "this is not a time and a value: "
	}
	if bytes.ContainsRune(line, ';') || bytes.ContainsRune(line, '\t') {
		hint = "separate the columns by commas, and write decimals with a point"
	}
	return &wrongLine{badColumns, lead + quoted(string(line)), hint, 0, len(line)}
}

// wrongValue says why a value cannot be read. at is where it begins.
func wrongValue(text []byte, at int) *wrongLine {
	s := strings.TrimSpace(string(text))
	n, err := strconv.ParseFloat(s, 64)
	message, hint := quoted(s)+" is not a number", "write a plain number such as 123.4"
	switch {
	case s == "":
		message, hint = "the line has no value", "write a number, or remove the line: a gap stays a gap"
	case math.IsNaN(n) || math.IsInf(n, 0) || strings.HasPrefix(s, "+Inf"):
		hint = "remove the line: a gap in the chart says that nothing was measured"
	case err == nil && math.Abs(n) > maxValue:
		message, hint = quoted(s)+" is too large", "write the values in a larger unit"
	case strings.HasPrefix(s, `"`):
		hint = "remove the quotation marks"
	}
	return &wrongLine{badColumns, message, hint, at, at + len(text)}
}

// wrongInstant says why the time at the start of a line cannot be read.
func wrongInstant(text []byte) *wrongLine {
	s := strings.TrimSpace(string(text))
	hint := timeForms
	switch n, err := strconv.ParseInt(s, 10, 64); {
	case err == nil && n > latestTime:
		if seconds := n / 1000; seconds >= earliestTime && seconds < latestTime {
			hint = "write seconds, not milliseconds: " + strconv.FormatInt(seconds, 10)
		}
	case strings.HasPrefix(s, `"`):
		hint = "remove the quotation marks"
	case err != nil:
		for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02T15:04:05"} {
			if t, err := time.Parse(layout, s); err == nil {
				hint = "add the offset from UTC: " + t.Format("2006-01-02T15:04:05Z") + " if it is in UTC"
			}
		}
	}
	return &wrongLine{badTime, quoted(s) + " is not a time", hint, 0, len(text)}
}

// parseInstant reads an RFC 3339 time or Unix seconds, with or without a fraction, which
// is dropped. The result is in Unix seconds.
func parseInstant(s []byte) (int64, bool) {
	s = trimSpaces(s)
	if len(s) > 4 && s[4] == '-' {
		return parseRFC3339(s)
	}
	whole, fraction, found := bytes.Cut(s, []byte("."))
	n, ok := wholeNumber(whole)
	if !ok || found && !allDigits(fraction) || n < earliestTime || n >= latestTime {
		return 0, false
	}
	return n, true
}

// parseRFC3339 reads a time such as 2026-06-25T08:41:00+02:00 (RFC 3339, 5.6). It does by
// hand what time.Parse does, which takes five times as long.
func parseRFC3339(s []byte) (int64, bool) {
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != 't' && s[10] != ' ' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	var n [6]int64
	for i, part := range [6][2]int{{0, 4}, {5, 7}, {8, 10}, {11, 13}, {14, 16}, {17, 19}} {
		var ok bool
		if n[i], ok = wholeNumber(s[part[0]:part[1]]); !ok {
			return 0, false
		}
	}
	t := time.Date(int(n[0]), time.Month(n[1]), int(n[2]), int(n[3]), int(n[4]), int(n[5]), 0, time.UTC)
	if int64(t.Month()) != n[1] || int64(t.Day()) != n[2] || n[3] > 23 || n[4] > 59 || n[5] > 59 {
		return 0, false
	}
	rest := s[19:]
	if rest[0] == '.' {
		end := 1
		for end < len(rest) && '0' <= rest[end] && rest[end] <= '9' {
			end++
		}
		if end == 1 {
			return 0, false
		}
		rest = rest[end:]
	}
	offset, ok := parseOffset(rest)
	at := t.Unix() - offset
	return at, ok && at >= earliestTime && at < latestTime
}

// parseOffset reads Z or +02:00, and returns seconds.
func parseOffset(s []byte) (int64, bool) {
	if len(s) == 1 && (s[0] == 'Z' || s[0] == 'z') {
		return 0, true
	}
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return 0, false
	}
	h, ok := wholeNumber(s[1:3])
	m, fine := wholeNumber(s[4:6])
	if !ok || !fine || h > 23 || m > 59 {
		return 0, false
	}
	if s[0] == '-' {
		return -(h*3600 + m*60), true
	}
	return h*3600 + m*60, true
}

// wholeNumber reads a number of at most 15 digits.
func wholeNumber(s []byte) (int64, bool) {
	if len(s) == 0 || len(s) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// allDigits reports whether a text has nothing but digits, and at least one.
func allDigits(s []byte) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) > 0
}

// powersOfTen are exact as floating-point numbers.
var powersOfTen = [...]float64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// parseValue reads a number. Plain decimals of up to 15 digits are read by hand: the
// quotient of two exact numbers is what strconv returns, after a fifth of the time.
func parseValue(s []byte) (float64, bool) {
	s = trimSpaces(s)
	unsigned := s
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		unsigned = s[1:]
	}
	mantissa, decimals, count, point := int64(0), 0, 0, false
	for _, c := range unsigned {
		switch {
		case '0' <= c && c <= '9':
			mantissa = mantissa*10 + int64(c-'0')
			if count++; point {
				decimals++
			}
		case c == '.' && !point:
			point = true
		default:
			count = len(powersOfTen) // leave it to strconv
		}
		if count >= len(powersOfTen) {
			return parseOtherValue(string(s))
		}
	}
	if count == 0 || point && decimals == 0 {
		return 0, false
	}
	n := float64(mantissa) / powersOfTen[decimals]
	if negative && mantissa > 0 { // -0 is 0
		n = -n
	}
	return n, true
}

// parseOtherValue reads numbers that are long or have an exponent, but none of the other
// forms of strconv: hexadecimal numbers, infinity.
func parseOtherValue(s string) (float64, bool) {
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n + 0, err == nil && math.Abs(n) <= maxValue // -0 + 0 is 0
}

// trimSpaces removes spaces at both ends.
func trimSpaces(s []byte) []byte {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}
