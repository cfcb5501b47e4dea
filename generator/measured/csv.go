package measured

import (
	"bytes"
	"encoding/csv"
	"io"
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

// csvColumn is a column with values while it is read.
type csvColumn struct {
	Series
	other bool // it has something that is no number: a name, a unit
}

// csvSeries reads lines of a time and a value, in any order. Times are RFC 3339, or Unix
// time in seconds or milliseconds. Each further column that has only numbers is a series of
// its own. All lines have as many columns as the first one: one more is a decimal comma.
func csvSeries(data []byte) ([]Series, error) {
	lines := csv.NewReader(bytes.NewReader(data))
	lines.FieldsPerRecord, lines.LazyQuotes, lines.TrimLeadingSpace, lines.ReuseRecord = -1, true, true, true
	var columns []csvColumn
	hours := false
	for first := true; ; first = false {
		cells, err := lines.Read()
		if err == io.EOF {
			return csvNumbers(columns), nil
		}
		if err != nil {
			return nil, errorf("each line is TIME,VALUE", "this is not CSV: %v", err)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		line, _ := lines.FieldPos(0)
		if len(cells) < 2 {
			return nil, errorf("each line is TIME,VALUE", "line %d has no comma: %.60q", line, cells[0])
		}
		if first {
			columns = make([]csvColumn, len(cells)-1)
			if strings.EqualFold(cells[0], "time") {
				for i, name := range cells[1:] {
					columns[i].Labels = map[string]string{"name": name}
				}
				hours = strings.EqualFold(strings.Join(cells, ","), "time,value,min,max")
				continue
			}
		}
		if err := csvLine(columns, cells, line, hours); err != nil {
			return nil, err
		}
	}
}

// csvLine adds the values of a line. hours says that the file is one of measurements whose
// hours have a mean, a least and a greatest value; other lines have a time and a value there.
func csvLine(columns []csvColumn, cells []string, line int, hours bool) error {
	switch {
	case hours && len(cells) == 2:
	case hours:
		return errorf("copy such lines into the file itself, and let allclear check read them",
			"line %d stands for an hour, and its least and greatest values would be lost", line)
	case len(cells) != len(columns)+1:
		return errorf("write decimals with a point, not a comma",
			"line %d has %d columns, and the first line %d", line, len(cells), len(columns)+1)
	}
	at, ok := csvTime(cells[0])
	if !ok {
		return errorf("write 2026-06-25T06:41:00Z, or Unix seconds; in Grafana, switch \"Formatted data\" off",
			"line %d has no time: %.60q", line, cells[0])
	}
	for i, text := range cells[1:] {
		value, err := strconv.ParseFloat(text, 64)
		switch {
		case text == "" || strings.EqualFold(text, "null"):
			value = math.NaN()
		case err != nil && !math.IsInf(value, 0) && i == 0:
			return errorf("write a number with a decimal point, and nothing else", "line %d has no number: %.60q", line, text)
		case err != nil && !math.IsInf(value, 0):
			columns[i].other = true
			continue
		}
		columns[i].add(at, value)
	}
	return nil
}

// csvNumbers returns the columns that have only numbers, and at least one of them.
func csvNumbers(columns []csvColumn) []Series {
	var list []Series
	for i, c := range columns {
		if i == 0 || !c.other && len(c.Points) > 0 {
			list = append(list, c.Series)
		}
	}
	return list
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
