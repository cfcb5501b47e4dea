package render

import (
	"time"

	"allclear/generator/site"
)

// columnChart is a chart of numbers by month: a column for each, in parts.
type columnChart struct {
	chart
	Columns []chartColumn // the months, oldest first
	Links   []chartLink   // what its columns lead to
	Keys    []chartKey    // what its parts are
	Table   chartTable    // the same numbers
}

// chartColumn is a column of a chart. It has no parts if its number is 0.
type chartColumn struct {
	Parts []chartPart // from the ground up
	Sum   *chartSum   // the number above it; none if that is 0
}

// chartPart is a rectangle of a chart. Its class is that of a status.
type chartPart struct {
	Class   string // "degraded"
	Hatched bool   // whether it is hatched, to differ from its neighbors without color
	X       string // percent from the start
	Y       string // pixels from the top
	Width   string // percent
	Height  string // pixels
}

// chartSum is the number above a column.
type chartSum struct {
	X    string // percent from the start to its middle
	Y    string // pixels from the top to its foot
	Text string // "3"
}

// chartLink is the part of a chart that leads to a page.
type chartLink struct {
	Href  string // address of the page
	Text  string // "July 2025: 3 incidents"
	X     string // percent from the start
	Width string // percent
}

// chartKey says what parts of a class are.
type chartKey struct {
	Class   string // "degraded"
	Hatched bool   // whether they are hatched
	Name    string // "Minor"
}

// lengthChart is a chart of lengths of time by month: the median and the longest of each.
type lengthChart struct {
	chart
	About   string       // what is measured
	Columns []lengthMark // the months for which a length is known, oldest first
	Links   []chartLink  // what its columns lead to
	Longest lengthOf     // the longest of all
	Table   chartTable   // the same numbers
}

// lengthOf is a length of time of an incident.
type lengthOf struct {
	Length string    // "2 h 30 min"
	Title  string    // the incident's title
	In     *langAttr // the language of the title, if it is not the page's
	Href   string    // address of the incident's page
}

// lengthMark is the median and the longest of some lengths of time.
type lengthMark struct {
	X      string // percent from the start
	Median string // pixels from the top
	Worst  string // pixels from the top
	Apart  bool   // whether the two are far enough from each other to be drawn apart
}

// chartTable is the numbers of a chart as a table.
type chartTable struct {
	Caption string     // what it shows
	Head    []string   // the heads of its columns
	Rows    []chartRow // its rows
}

// chartRow is a row of the table of a chart.
type chartRow struct {
	Name  string   // "July 2025"
	Href  string   // address of what the row is about; "" if that has no page
	Cells []string // what stands in the other columns
}

// drawnSeverities are the severities of incidents in charts, from the ground up.
var drawnSeverities = []site.Severity{site.Minor, site.Major, site.Critical}

// hatched reports whether the parts of a class are hatched: every second one, in the order
// in which they stand side by side.
func hatched(class string) bool { return class == "partial" || class == "late" }

// severityKeys says which part stands for which severity.
func (v pageView) severityKeys() []chartKey {
	var keys []chartKey
	for _, s := range drawnSeverities {
		class := severityClass(s)
		keys = append(keys, chartKey{class, hatched(class), v.say("severity." + s.String())})
	}
	return keys
}

// column returns the column of a month, of n.
func (s countScale) column(v pageView, i, n int, f site.CommunicationFigures) chartColumn {
	var c chartColumn
	below, width := 0, 72/float64(n)
	if n < 12 {
		width = 50 / float64(n)
	}
	for _, severity := range drawnSeverities {
		count := f.Severities[severity]
		if count == 0 {
			continue
		}
		class := severityClass(severity)
		foot, head := s.y(float64(below)), s.y(float64(below+count))
		c.Parts = append(c.Parts, chartPart{
			Class: class, Hatched: hatched(class), X: percentOf(columnMiddle(i, n) - width/2), Width: percentOf(width),
			Y: inPixels(head), Height: inPixels(foot - head),
		})
		below += count
	}
	if below > 0 {
		c.Sum = &chartSum{percentOf(columnMiddle(i, n)), inPixels(s.y(float64(below)) - 4), v.lang.Number(below)}
	}
	return c
}

// mark returns the marks of a month, of n.
func (s lengthScale) mark(i, n int, stats site.LengthStats) lengthMark {
	median, worst := s.y(stats.Median), s.y(stats.Worst)
	return lengthMark{percentOf(columnMiddle(i, n)), inPixels(median), inPixels(worst), median-worst > 3}
}

// columnLink returns the link over the column of a month, of n.
func (v pageView) columnLink(i, n int, href, text string) chartLink {
	step := 100 / float64(n)
	return chartLink{Href: href, Text: text, X: percentOf(float64(i) * step), Width: percentOf(step)}
}

// shortestAndLongest returns the shortest median and the longest of some lengths that are
// known; false if none is.
func shortestAndLongest(list []site.LengthStats) (shortest, longest time.Duration, ok bool) {
	for _, s := range list {
		if s.Count == 0 {
			continue
		}
		if !ok || s.Median < shortest {
			shortest = s.Median
		}
		longest, ok = max(longest, s.Worst), true
	}
	return shortest, longest, ok
}
