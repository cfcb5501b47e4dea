package render

import (
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// bucketsOf returns buckets of an hour each, with these points in them. One without points is
// a gap.
func bucketsOf(start time.Time, values ...[]float64) []site.Bucket {
	var list []site.Bucket
	for i, points := range values {
		at := start.Add(time.Duration(i) * time.Hour)
		b := site.Bucket{Interval: site.Interval{Start: at, End: at.Add(time.Hour)}, Count: len(points)}
		if len(points) > 0 {
			b.Min, b.Max = slices.Min(points), slices.Max(points)
			for _, n := range points {
				b.Mean += n / float64(len(points))
			}
		}
		list = append(list, b)
	}
	return list
}

// each returns a point for each bucket: those of others, then n times a value.
func each(n int, value float64, others ...float64) (list [][]float64) {
	for _, one := range others {
		list = append(list, []float64{one})
	}
	for range n {
		list = append(list, []float64{value})
	}
	return list
}

// A scale begins at 0, unless all values lie within a tenth of the highest, or one is below
// 0. From 20 buckets on it ends at twice what nine of ten averages are, if the highest value
// is more than four times that.
func TestTheScaleOfAMeasurement(t *testing.T) {
	for name, c := range map[string]struct {
		values          [][]float64
		low, high, step float64
	}{
		"the same value":               {each(5, 100), 0, 100, 50},
		"zeros":                        {each(5, 0), 0, 1, .5},
		"far apart":                    {each(0, 0, 50, 100), 0, 100, 50},
		"a little more than a tenth":   {each(0, 0, 89, 100), 0, 100, 50},
		"a tenth":                      {each(0, 0, 90, 100), 90, 100, 5},
		"close together":               {each(0, 0, 95, 100), 94, 100, 2}, // 5 / 3 is 2, and 94 is the line below 95
		"below and above 0":            {each(0, 0, -5, 5), -5, 5, 5},
		"from below 0":                 {each(0, 0, -4, 5), -5, 5, 5},
		"always below 0":               {each(5, -5), -5, -4, .5},
		"gaps do not count":            {append(each(0, 0, 95, 100), nil, nil), 94, 100, 2},
		"19 buckets":                   {each(18, 1, 50), 0, 50, 20},
		"20 buckets":                   {each(19, 1, 50), 0, 2, 1},
		"20 buckets and a gap":         {append(each(19, 1, 50), nil), 0, 2, 1},
		"19 buckets and a gap":         {append(each(18, 1, 50), nil), 0, 50, 20},
		"four times the usual":         {each(19, 1, 4), 0, 4, 2},
		"more than four times":         {each(19, 1, 4.5), 0, 2, 1},
		"two of twenty are high":       {each(18, 1, 50, 50), 0, 2, 1},
		"three of twenty are high":     {each(17, 1, 50, 50, 50), 0, 50, 20},
		"between 0 and 1":              {each(0, 0, .5, 1), 0, 1, .5},
		"the same below 1":             {each(5, .5), 0, .5, .2},
		"a spike and a 0":              {each(18, 1, 0, 50), 0, 2, 1},
		"mostly 0":                     {each(19, 0, 50), 0, 50, 20},
		"a spike and a value below 0":  {each(18, 1, 50, -10), -20, 50, 20},
		"half of the buckets end at 9": {append(slices.Repeat([][]float64{{0, 0, 0, 9}}, 11), each(9, 1)...), 0, 9, 5},
	} {
		s := newValueScale(bucketsOf(time.Time{}, c.values...))
		if s != (valueScale{c.low, c.high, c.step}) {
			t.Errorf("%s: %v, want from %v to %v, with a line every %v", name, s, c.low, c.high, c.step)
		}
	}
}

// A plot has 152 pixels; lines stand 16 pixels lower, below the room for marks.
func TestPlacesOnAScale(t *testing.T) {
	v := pageView{lang: languageFor(t, "en")}
	s := valueScale{10, 30, 10}
	for n, want := range map[float64]float64{10: 152, 20: 76, 30: 0, 15: 114, 0: 152, 99: 0} {
		if got := s.y(n); got != want {
			t.Errorf("%v is at %v, not at %v", n, got, want)
		}
	}
	if got, want := s.lines(v), []chartLine{{"168", "10"}, {"92", "20"}, {"16", "30"}}; !slices.Equal(got, want) {
		t.Errorf("the lines are %v, not %v", got, want)
	}
	got, want := (valueScale{0, 25, 10}).lines(v), []chartLine{{"168", "0"}, {"107.2", "10"}, {"46.4", "20"}}
	if !slices.Equal(got, want) {
		t.Errorf("the lines are %v, not %v", got, want)
	}
	if got := len((valueScale{0, 100, 1}).lines(v)); got != 20 {
		t.Errorf("a scale has %d lines at most, not 20", got)
	}
}

// The band goes along the highest values and back along the lowest, as steps; the line from
// middle to middle. A gap ends both, and a bucket between two gaps is a dot.
func TestTheDrawingOfAFewBuckets(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := site.Measured{
		Interval: site.Interval{Start: start, End: start.Add(8 * time.Hour)},
		Buckets:  bucketsOf(start, []float64{0, 20}, []float64{10}, nil, []float64{20}, nil, nil, []float64{0}, []float64{5, 15}),
	}
	got := valueScale{0, 20, 10}.paths(r)
	want := measuredPaths{
		Width: 1000, Tall: 152,
		Band: "M0 0H125V76H250V76H125V152H0Z" + "M375 0H500V0H375Z" + "M750 152H875V38H1000V114H875V152H750Z",
		Mean: "M62.5 76L187.5 76" + "M812.5 152L937.5 76",
		Dots: "M437.5 0h0",
	}
	if got != want {
		t.Errorf("drawn: %+v\nwant:  %+v", got, want)
	}
}

// A mark stands above the middle of each bucket whose highest value is above the scale, also
// of one with a single point, and of none whose highest value is where the scale ends.
func TestAMarkStandsAboveWhatIsAboveTheScale(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	r := site.Measured{
		Interval: site.Interval{Start: start, End: start.Add(8 * time.Hour)},
		Buckets:  bucketsOf(start, []float64{9000}, []float64{20}, nil, []float64{1, 21}, []float64{1}, []float64{20.1}),
	}
	got := valueScale{0, 20, 10}.peaks(r)
	if want := []chartName{{X: "6.25%", Text: "▲"}, {X: "43.75%", Text: "▲"}, {X: "68.75%", Text: "▲"}}; !slices.Equal(got, want) {
		t.Errorf("marks: %v, want %v", got, want)
	}
	if got := (valueScale{-2, -1, 1}).peaks(site.Measured{Buckets: bucketsOf(start, nil, []float64{-2})}); got != nil {
		t.Errorf("a gap has a mark: %v", got)
	}
}

// Numbers have four digits that count, and no more than nine decimals.
func TestNumbersOfMeasurementsAreShort(t *testing.T) {
	v := pageView{lang: languageFor(t, "en")}
	for n, want := range map[float64]string{
		0: "0", 1: "1", 1.5: "1.5", 1.23456: "1.235", -1.23456: "-1.235", 9.9996: "10", 12.3456: "12.35", 123.456: "123.5", 999.44: "999.4",
		999.5: "1,000", 1234.5: "1,235", 123456.7: "123,457", 0.1: "0.1", 0.123456: "0.1235", 0.00012345: "0.0001234", 100: "100", 10: "10",
		1e-9: "0.000000001", 1e-12: "0", -1e-12: "0", -0.5: "-0.5",
	} {
		if got := strings.ReplaceAll(v.plainNumber(n), "−", "-"); got != want {
			t.Errorf("%v is %q, not %q", n, got, want)
		}
	}
}

// A shade is as wide as the time it stands for, but at least 0.6% of the chart, and inside
// it. What the shades are is said once for each status; those of maintenance are hatched.
func TestShadesAreWideEnoughToBeSeen(t *testing.T) {
	v := pageView{lang: languageFor(t, "en")}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	whole := site.Interval{Start: start, End: start.Add(1000 * time.Minute)}
	at := func(from, to int, s site.Status) shade {
		return shade{site.Interval{Start: start.Add(time.Duration(from) * time.Minute), End: start.Add(time.Duration(to) * time.Minute)}, s}
	}
	parts, keys := v.shades([]shade{
		at(-50, 100, site.UnderMaintenance), at(200, 205, site.UnderMaintenance), at(200, 206, site.DegradedPerformance),
		at(999, 1500, site.PartialOutage), at(300, 307, site.MajorOutage),
	}, whole)
	var got []string
	for _, p := range parts {
		mark := ""
		if p.Hatched {
			mark = " hatched"
		}
		got = append(got, p.Class+" "+p.X+" "+p.Width+" "+p.Y+" "+p.Height+mark)
	}
	want := []string{"maint 0% 10% 16 152 hatched", "maint 20% 0.6% 16 152 hatched", "degraded 20% 0.6% 16 152",
		"partial 99.4% 0.6% 16 152 hatched", "major 30% 0.7% 16 152"}
	if !slices.Equal(got, want) {
		t.Errorf("shades: %q, want %q", got, want)
	}
	if want := []chartKey{{"maint", true, "Under maintenance"}, {"degraded", false, "Degraded"}, {"partial", true, "Partial outage"},
		{"major", false, "Major outage"}}; !slices.Equal(keys, want) {
		t.Errorf("keys: %v, want %v", keys, want)
	}
}
