package measured

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// csvHeader reports whether a line is the first one of a CSV file with times and values.
func csvHeader(line string) bool {
	columns := strings.Split(strings.ToLower(strings.TrimSpace(line)), ",")
	return len(columns) >= 2 && strings.Trim(columns[0], `" `) == "time"
}

// csv reads lines of a time and a value, in any order. Times are RFC 3339, or Unix time in
// seconds or milliseconds. Further columns are ignored.
func csv(data []byte) ([]Series, error) {
	s := Series{Labels: map[string]string{}}
	for n, line := range bytes.Split(data, []byte("\n")) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || n == 0 && csvHeader(string(line)) {
			continue
		}
		columns := strings.Split(string(line), ",")
		if len(columns) < 2 {
			return nil, errorf("each line is TIME,VALUE", "line %d has no comma: %.60q", n+1, line)
		}
		at, ok := csvTime(strings.Trim(columns[0], `" `))
		if !ok {
			return nil, errorf("write 2026-06-25T06:41:00Z, or Unix seconds", "line %d has no time: %.60q", n+1, columns[0])
		}
		text := strings.Trim(columns[1], `" `)
		value, err := strconv.ParseFloat(text, 64)
		switch {
		case text == "" || strings.EqualFold(text, "null"):
			value = math.NaN()
		case err != nil && !math.IsInf(value, 0):
			return nil, errorf("write a number with a decimal point", "line %d has no number: %.60q", n+1, text)
		}
		s.add(at, value)
	}
	return []Series{s}, nil
}

// csvTime reads a time, as Unix seconds.
func csvTime(text string) (int64, bool) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.Unix(), true
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.Abs(n) > 1e15 {
		return 0, false
	}
	if math.Abs(n) >= milliseconds {
		n /= 1000
	}
	return int64(math.Floor(n)), true
}
