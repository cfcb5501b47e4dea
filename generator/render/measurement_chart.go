package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// measurementChart is a range of a measurement as a picture.
type measurementChart struct {
	chart
	Heading string // "Last 24 hours"
	Words   string // the median and the like in words; or that nothing was measured
	Empty   bool   // whether nothing was measured
	measuredPaths
	Peaks  []chartName // what is above the scale
	Shades []chartPart // incidents and maintenance of the component
	Keys   []chartKey  // what the shades are
	Table  chartTable  // the same numbers, in fewer and longer steps
}

// measuredFoot is the room for the names below a chart: less than in others, since no years
// stand there.
const measuredFoot = 24

// measuredPaths are the drawing of a range.
type measuredPaths struct {
	Width int    // the width in which the paths are drawn; the page stretches it
	Tall  int    // the height in which they are drawn
	Band  string // an SVG path around the least and the greatest values
	Mean  string // an SVG path along the means
	Dots  string // an SVG path of the means between two gaps
}

// The paths of a chart are drawn in a box of this size, which is stretched to the width of
// the page; lines keep their width.
const plotWidth, plotHeight = 1000, chartGroundAt - chartTop

// valueScale leads from a value to its place in a chart.
type valueScale struct{ low, high, step float64 }

// fewBuckets is the number of buckets with points below which a scale shows all values.
const fewBuckets = 20

// newValueScale returns the scale for buckets, some of which have points. It begins at 0,
// unless the values are close together. If the highest is more than four times what nine of
// ten averages are, the scale ends at twice that, or where half of the buckets end if that is
// more: the average would be a flat line.
func newValueScale(buckets []site.Bucket) valueScale {
	var bottoms, tops, means []float64
	for _, b := range buckets {
		if b.Count > 0 {
			bottoms, tops, means = append(bottoms, b.Min), append(tops, b.Max), append(means, b.Mean)
		}
	}
	slices.Sort(tops)
	slices.Sort(means)
	low, high := slices.Min(bottoms), tops[len(tops)-1]
	if usual := means[(len(means)-1)*9/10]; len(means) >= fewBuckets && low >= 0 && high > 4*usual && usual > 0 {
		high = max(2*usual, tops[len(tops)/2])
	}
	if low >= 0 && high-low > high/10 || low == high && low >= 0 {
		low = 0
	}
	if high <= low {
		high = low + 1
	}
	step := niceStep((high - low) / 3)
	return valueScale{math.Floor(low/step) * step, high, step}
}

// y returns the place of a value below the top of the plot. Values above the scale are at
// its top.
func (s valueScale) y(n float64) float64 {
	return plotHeight * (1 - min(max((n-s.low)/(s.high-s.low), 0), 1))
}

// lines returns the lines of the scale, with one for the ground.
func (s valueScale) lines(v pageView) []chartLine {
	var list []chartLine
	for i := 0; s.low+float64(i)*s.step <= s.high*(1+1e-9) && i < 20; i++ {
		n := s.low + float64(i)*s.step
		list = append(list, chartLine{inPixels(s.y(n) + chartTop), v.axisNumber(n)})
	}
	return list
}

// axisNumber writes a number of an axis: large ones with the prefixes of SI.
func (v pageView) axisNumber(n float64) string {
	for _, large := range []struct {
		unit   float64
		prefix string
	}{{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e5, "k"}} {
		if unit := math.Min(large.unit, math.Abs(n)); unit == large.unit {
			if large.prefix == "k" {
				unit = 1000
			}
			return v.plainNumber(n/unit) + large.prefix
		}
	}
	return v.plainNumber(n)
}

// plainNumber writes a number with four digits that count.
func (v pageView) plainNumber(n float64) string {
	size := math.Abs(n)
	if size >= 999.5 {
		return v.lang.Number(int(math.Round(n)))
	}
	decimals := 3
	if size > 0 {
		decimals = min(3-int(math.Floor(math.Log10(size))), 9)
	}
	text := strconv.FormatFloat(n, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return v.lang.Decimal(text)
}

// measurementChart returns a range of a measurement.
func (v view) measurementChart(m *site.Measurement, r site.Measured) measurementChart {
	c := measurementChart{Heading: v.measuredSpan(r.Range), Empty: r.Count == 0}
	c.ID = "_m-" + m.ID + "-" + r.Range.String()
	if c.Empty {
		c.Words = v.say("measured.none")
		return c
	}
	c.Title = v.say("measured.chart", "name", v.measuredName(m), "span", c.Heading)
	c.Words = v.say("measured.words", "median", v.measuredValue(m, r.Median), "most", v.measuredValue(m, r.Most),
		"max", v.measuredValue(m, r.Max))
	c.Desc, c.Height, c.Ground = c.Words, chartGroundAt+measuredFoot, chartGroundAt
	scale := newValueScale(r.Buckets)
	c.Lines = scale.lines(v.pageView)
	c.measuredPaths = scale.paths(r)
	c.Peaks = scale.peaks(r)
	c.Names = v.measuredNames(r)
	shaded := v.shaded(m, r.Interval)
	c.Shades, c.Keys = v.shades(shaded, r.Interval)
	c.Table = v.measuredTable(m, r, shaded)
	return c
}

// across returns the place of an instant in an interval, as a share of its length.
func across(i site.Interval, t time.Time) float64 {
	return min(max(float64(t.Sub(i.Start))/float64(i.End.Sub(i.Start)), 0), 1)
}

// paths returns the paths of a range. The band goes around the buckets as steps, and the
// mean from middle to middle; both end where nothing was measured. A bucket between two
// gaps is a dot.
func (s valueScale) paths(r site.Measured) measuredPaths {
	var around, along, alone strings.Builder
	x := func(t time.Time) string { return inPixels(plotWidth * across(r.Interval, t)) }
	for from := 0; from < len(r.Buckets); from++ {
		to := from
		for to < len(r.Buckets) && r.Buckets[to].Count > 0 {
			to++
		}
		if to == from {
			continue
		}
		run := r.Buckets[from:to]
		fmt.Fprintf(&around, "M%s %s", x(run[0].Start), inPixels(s.y(run[0].Max)))
		for i, b := range run {
			if i > 0 {
				fmt.Fprintf(&around, "V%s", inPixels(s.y(b.Max)))
			}
			fmt.Fprintf(&around, "H%s", x(b.End))
			at := x(b.Start.Add(b.End.Sub(b.Start)/2)) + " " + inPixels(s.y(b.Mean))
			if len(run) == 1 {
				fmt.Fprintf(&alone, "M%sh0", at)
				continue
			}
			fmt.Fprintf(&along, "%c%s", "ML"[min(i, 1)], at)
		}
		for _, b := range slices.Backward(run) {
			fmt.Fprintf(&around, "V%sH%s", inPixels(s.y(b.Min)), x(b.Start))
		}
		around.WriteByte('Z')
		from = to
	}
	return measuredPaths{plotWidth, plotHeight, around.String(), along.String(), alone.String()}
}

// peaks marks the buckets whose greatest value is above the scale.
func (s valueScale) peaks(r site.Measured) []chartName {
	var list []chartName
	for _, b := range r.Buckets {
		if b.Count > 0 && b.Max > s.high*(1+1e-9) {
			list = append(list, chartName{X: percentOf(100 * across(r.Interval, b.Start.Add(b.End.Sub(b.Start)/2))), Text: "▲"})
		}
	}
	return list
}

// shade is a time in which the component was not operational.
type shade struct {
	site.Interval
	status site.Status
}

// shaded returns what incidents and maintenance of a measurement's component were in an
// interval, the worst last.
func (v view) shaded(m *site.Measurement, whole site.Interval) []shade {
	var list []shade
	for _, e := range v.byComponent()[v.site.Component(m.Component.ID)] {
		for _, lane := range e.Lanes(v.factsOf(e).named(), v.now) {
			if lane.Component.ID != m.Component.ID {
				continue
			}
			for _, p := range lane.Parts {
				if p.Start.Before(whole.End) && p.End.After(whole.Start) {
					list = append(list, shade{p.Interval, p.Impact.Status})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b shade) int { return cmp.Compare(a.status, b.status) })
	return list
}

// leastShade is the least width of a shade, in percent, so that it can be seen.
const leastShade = .6

// shades returns the shades of a chart and what they are. They differ in color, and those
// of maintenance are hatched.
func (v pageView) shades(list []shade, whole site.Interval) (parts []chartPart, keys []chartKey) {
	for _, s := range list {
		from, to := 100*across(whole, s.Start), 100*across(whole, s.End)
		if to-from < leastShade {
			from = min(from, 100-leastShade)
			to = from + leastShade
		}
		class := statusClass(s.status)
		parts = append(parts, chartPart{
			Class: class, Hatched: hatchedShade(class), X: percentOf(from), Width: percentOf(to - from),
			Y: strconv.Itoa(chartTop), Height: strconv.Itoa(plotHeight),
		})
		key := chartKey{class, hatchedShade(class), v.say("status." + s.status.String())}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return parts, keys
}

// hatchedShade reports whether shades of a class are hatched.
func hatchedShade(class string) bool { return class == "maint" || hatched(class) }
