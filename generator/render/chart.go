package render

import (
	"math"
	"slices"
	"strconv"
	"time"

	"allclear/generator/language"
)

// chart is what every chart has around its marks: its text for screen readers, lines with
// numbers, and names below. Across, a chart is measured in percent of its width; down, in
// CSS pixels from its top. So its words have the same size at every width, and nothing is
// stretched. On pages that run from right to left, the style sheet mirrors it.
type chart struct {
	ID     string      // the beginning of its ids, which no other chart of the page has
	Title  string      // what it shows
	Desc   string      // what can be seen in it, in words
	Height int         // its height
	Ground int         // from the top to the line on which it stands
	Lines  []chartLine // the lines across, with their numbers, lowest first
	Names  []chartName // what stands below the ground
}

// chartLine is a line across a chart.
type chartLine struct {
	Y    string // from the top to the line
	Text string // what it stands for: "15 min"
}

// chartName is a name below the ground of a chart.
type chartName struct {
	X    string // percent from the start to its middle
	Text string // "Jul"; "" if only the year is shown
	Wide bool   // whether only a wide chart has room for the name
	Year string // the year, below its January; else ""
}

const (
	// chartTop is the room above the highest mark, and chartGroundAt the line on which
	// charts stand; names have the room below it.
	chartTop, chartGroundAt, chartHeight = 16, 168, 208

	// chartLineRoom is the least distance between two lines of a chart.
	chartLineRoom = 26
)

// countScale leads from a number to its place in a chart whose ground is 0.
type countScale struct {
	top  float64 // the number at the top
	step float64 // the distance of two lines, as a number
}

// newCountScale returns the scale for numbers from 0 up to largest, with at most the given
// number of lines. Its steps are whole numbers: 1, 2 or 5, or ten times as much, and so on.
func newCountScale(largest float64, lines int) countScale {
	step := max(1, niceStep(largest/float64(lines)))
	return countScale{max(largest, step), step}
}

// niceStep returns the smallest of 1, 2, 5, 10, 20, 50, … and their tenths, hundredths and
// so on that is at least n. It is 1 if n is not above 0.
func niceStep(n float64) float64 {
	if n <= 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(n)))
	for _, times := range []float64{1, 2, 5} {
		if times*unit >= n*(1-1e-9) {
			return times * unit
		}
	}
	return 10 * unit
}

// y returns the place of a number, from the top.
func (s countScale) y(n float64) float64 {
	return chartGroundAt - (chartGroundAt-chartTop)*n/s.top
}

// lines returns the lines of the scale above the ground.
func (s countScale) lines(l *language.Language) []chartLine {
	var list []chartLine
	for n := s.step; n <= s.top*(1+1e-9); n += s.step {
		list = append(list, chartLine{inPixels(s.y(n)), l.Number(int(math.Round(n)))})
	}
	return list
}

// lengthScale leads from a length of time to its place in a chart. It is logarithmic, since
// such lengths range from a minute to days: each line is some times the one below.
type lengthScale struct{ low, high time.Duration }

// lengthLines are the lengths at which a chart may have a line.
var lengthLines = []time.Duration{
	time.Second, 5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour,
	12 * time.Hour, oneDay, 3 * oneDay, 7 * oneDay, 30 * oneDay, 90 * oneDay, 365 * oneDay, 1000 * oneDay, 10000 * oneDay,
}

// newLengthScale returns the scale for lengths from shortest to longest: from a line below
// the shortest, which is at most a minute, to one that is not below the longest.
func newLengthScale(shortest, longest time.Duration) lengthScale {
	s := lengthScale{lengthLines[0], lengthLines[len(lengthLines)-1]}
	for _, line := range lengthLines {
		if line < shortest && line <= time.Minute {
			s.low = line
		}
	}
	for _, line := range slices.Backward(lengthLines) {
		if line >= max(longest, 15*time.Minute) {
			s.high = line
		}
	}
	return s
}

// y returns the place of a length, from the top. Lengths below the scale are on the ground.
func (s lengthScale) y(d time.Duration) float64 {
	part := math.Log(float64(max(d, s.low))/float64(s.low)) / math.Log(float64(s.high)/float64(s.low))
	return chartGroundAt - (chartGroundAt-chartTop)*part
}

// lines returns the ground and the lines above it, with enough room between them.
func (s lengthScale) lines(l *language.Language) []chartLine {
	list := []chartLine{{inPixels(chartGroundAt), l.Isolate(l.Duration(s.low))}}
	last := float64(chartGroundAt)
	for _, line := range lengthLines {
		y := s.y(line)
		top := line == s.high
		if last-y < chartLineRoom || !top && y-chartTop < chartLineRoom {
			continue
		}
		list = append(list, chartLine{inPixels(y), l.Isolate(l.Duration(line))})
		last = y
	}
	return list
}

// monthNames returns the names below n months, the last of which is the newest. A wide
// chart names about twelve of them, a narrow one about four; each January has its year.
func (v pageView) monthNames(starts []time.Time) []chartName {
	n := len(starts)
	step := (n + 11) / 12
	narrow := step * ((n/step + 3) / 4)
	var names []chartName
	for i, start := range starts {
		name := chartName{X: percentOf(columnMiddle(i, n))}
		if back := n - 1 - i; back%step == 0 {
			name.Text, name.Wide = v.lang.Date("month_short", v.local(start)), back%narrow != 0
		}
		if local := v.local(start); local.Month() == time.January {
			name.Year = strconv.Itoa(local.Year())
		}
		if name.Text != "" || name.Year != "" {
			names = append(names, name)
		}
	}
	return names
}

// columnMiddle returns where the middle of a column is, in percent, of n columns of the
// same width.
func columnMiddle(i, n int) float64 { return (float64(i) + .5) * 100 / float64(n) }

// inPixels writes a length in CSS pixels with at most one decimal.
func inPixels(n float64) string {
	return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64)
}
