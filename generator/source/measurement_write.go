package source

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// rollUpAfter is the time after which the points of an hour become one line.
const rollUpAfter = 90 * 24 * time.Hour

// Merge says what MergeMeasurements did.
type Merge struct {
	Added    int // new points
	Known    int // points whose time, or hour, is in the file already
	Differed int // those of Known that have another value in the file, which is kept
	Between  int // those of Added that lie between points of the file
	RolledUp int // hours that became one line
}

// MergeError says why points were not added.
type MergeError struct{ Message, Hint string }

func (e *MergeError) Error() string { return e.Message }

// wrongFile returns the error for a line of the file.
func wrongFile(format string, args ...any) error {
	return &MergeError{fmt.Sprintf(format, args...), "correct it; allclear check names every wrong line of a file"}
}

// inWords writes Unix seconds as an RFC 3339 time.
func inWords(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) }

// measuredLine is a line of a file of measurements.
type measuredLine struct {
	site.Point
	text string // as it stands in the file; "" for a new one
}

// MergeMeasurements returns a file of measurements with more points in it, in order of
// time. What is in the file stays; a point whose time it has already is not added again. The
// points of an hour that was over 90 days before now become one line with their mean, least
// and greatest value. New lines are written with six digits that count. An empty file gets
// its first line, and times as Unix seconds, which are short; others keep the form of their
// last line. The error is a *MergeError that names a
// line that cannot be read, or a point of the future.
func MergeMeasurements(data []byte, points []site.Point, now time.Time) ([]byte, Merge, error) {
	var done Merge
	lines, written, err := measuredLines(data)
	if err != nil {
		return nil, done, err
	}
	known := make(map[int64]site.Point, len(lines))
	first, last := int64(math.MaxInt64), int64(0)
	for _, l := range lines {
		known[l.Time] = l.Point
		first, last = min(first, l.Time), max(last, l.Time)
	}
	for _, p := range points {
		switch {
		case p.Time < earliestTime:
			return nil, done, &MergeError{fmt.Sprintf("a point is dated %s", inWords(p.Time)),
				"times are Unix seconds, or RFC 3339, from 2000 on"}
		case p.Time > now.Add(5*time.Minute).Unix():
			return nil, done, &MergeError{fmt.Sprintf("a point is dated %s, and now it is %s", inWords(p.Time), inWords(now.Unix())),
				"correct the time, or the clock of the machine that measured it"}
		case math.Abs(p.Value) > maxValue || math.IsNaN(p.Value):
			return nil, done, &MergeError{fmt.Sprintf("a value is too large: %g, at %s", p.Value, inWords(p.Time)),
				"write the values in a larger unit: --scale 0.001"}
		}
		old, exact := known[p.Time]
		hour, within := known[p.Time-p.Time%site.HourLength]
		switch {
		case exact && (old.Hour || shortNumber(old.Value) == shortNumber(p.Value)), within && hour.Hour:
			done.Known++
		case exact:
			done.Known, done.Differed = done.Known+1, done.Differed+1
		default:
			known[p.Time] = p
			if first < p.Time && p.Time < last {
				done.Between++
			}
			lines = append(lines, measuredLine{Point: p})
			done.Added++
		}
	}
	slices.SortStableFunc(lines, func(a, b measuredLine) int { return cmp.Compare(a.Time, b.Time) })
	lines, done.RolledUp = rollUp(lines, now.Add(-rollUpAfter).Unix())
	return writeMeasured(lines, written), done, nil
}

// measuredLines reads the lines of a file, which may be out of order and repeat. written
// reports whether its last line has a time in words.
func measuredLines(data []byte) (lines []measuredLine, written bool, err error) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	first, rest, _ := strings.Cut(text, "\n")
	header := strings.ToLower(strings.ReplaceAll(strings.TrimSpace(first), " ", ""))
	if header != "" && header != valueHeader && header != hourHeader || header == "" && strings.TrimSpace(rest) != "" {
		return nil, false, wrongFile("line 1: the first line must be %s", valueHeader)
	}
	seen := map[int64]site.Point{}
	n := 1
	for line := range strings.Lines(rest) {
		n++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if len(line) > maxPoint {
			return nil, false, wrongFile("line %d: it is longer than %d characters", n, maxPoint)
		}
		p, wrong := parsePoint([]byte(line), header == hourHeader)
		if wrong != nil {
			return nil, false, wrongFile("line %d: %s", n, wrong.message)
		}
		if before, repeated := seen[p.Time]; repeated {
			if before != p {
				return nil, false, wrongFile("line %d: another line has the same time and another value: keep one of the two", n)
			}
			continue
		}
		seen[p.Time] = p
		lines = append(lines, measuredLine{p, line})
		written = line[4] == '-' // parsePoint reads it as RFC 3339
	}
	return lines, written, nil
}

// rollUp joins the points of each hour that was over at an instant, in Unix seconds. Hours
// that stand in one line stay as they are, and points within them vanish.
func rollUp(lines []measuredLine, over int64) (joined []measuredLine, hours int) {
	for from := 0; from < len(lines); {
		start := lines[from].Time - lines[from].Time%site.HourLength
		to := from
		for to < len(lines) && lines[to].Time < start+site.HourLength {
			to++
		}
		part := lines[from:to]
		from = to
		switch {
		case part[0].Hour:
			joined = append(joined, part[0])
		case start+site.HourLength > over:
			joined = append(joined, part...)
		default:
			joined = append(joined, measuredLine{Point: hourOf(start, part)})
			hours++
		}
	}
	return joined, hours
}

// hourOf returns the points of an hour as one.
func hourOf(start int64, part []measuredLine) site.Point {
	p := site.Point{Time: start, Min: part[0].Min, Max: part[0].Max, Hour: true}
	for _, l := range part {
		p.Min, p.Max = min(p.Min, l.Min), max(p.Max, l.Max)
		p.Value += l.Value / float64(len(part))
	}
	p.Value = min(max(p.Value, p.Min), p.Max)
	return p
}

// writeMeasured writes a file. written says whether times of new lines are in words.
func writeMeasured(lines []measuredLine, written bool) []byte {
	header := valueHeader
	if slices.ContainsFunc(lines, func(l measuredLine) bool { return l.Hour }) {
		header = hourHeader
	}
	var b bytes.Buffer
	b.WriteString(header + "\n")
	for _, l := range lines {
		switch {
		case l.text != "":
			b.WriteString(l.text)
		case written:
			b.WriteString(inWords(l.Time))
		default:
			b.WriteString(strconv.FormatInt(l.Time, 10))
		}
		if l.text == "" {
			b.WriteString("," + shortNumber(l.Value))
			if l.Hour {
				b.WriteString("," + shortNumber(l.Min) + "," + shortNumber(l.Max))
			}
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// shortNumber writes a number with at most six digits that count, as the shortest decimal.
func shortNumber(n float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 6, 64), 64)
	if rounded == 0 {
		return "0"
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
