package render

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

func TestStepsOfAScaleAreRound(t *testing.T) {
	for n, want := range map[float64]float64{0: 1, -3: 1, 0.3: 0.5, 1: 1, 1.1: 2, 2.5: 5, 5: 5, 7: 10, 12: 20, 240: 500, 1e9: 1e9} {
		if got := niceStep(n); math.Abs(got-want) > 1e-9*want {
			t.Errorf("the step for %v is %v, want %v", n, got, want)
		}
	}
}

func TestAScaleOfNumbersHasFewLinesAndRoomForTheLargest(t *testing.T) {
	l := languageFor(t, "en")
	for _, largest := range []float64{0, 1, 2, 3, 4, 5, 7, 9, 10, 23, 99, 100, 1234, 99999} {
		s := newCountScale(largest, 4)
		if lines := s.lines(l); len(lines) > 4 || len(lines) == 0 {
			t.Errorf("%d lines for %v", len(lines), largest)
		}
		if y := s.y(largest); y < chartTop-1e-9 || largest > 0 && y > chartGroundAt-40 {
			t.Errorf("%v is at %v", largest, y)
		}
	}
}

// Whatever the lengths, they are inside the chart, the longer ones higher, and lines are
// far enough apart to be read.
func TestAScaleOfLengths(t *testing.T) {
	l, r := languageFor(t, "en"), rand.New(rand.NewPCG(22, 3))
	for range 2000 {
		shortest := time.Duration(math.Exp(r.Float64()*20)) * time.Millisecond
		longest := shortest + time.Duration(math.Exp(r.Float64()*30))*time.Microsecond
		s := newLengthScale(shortest, longest)
		low, high := s.y(shortest), s.y(longest)
		if low > chartGroundAt || high < chartTop-1e-6 || high > low+1e-6 {
			t.Fatalf("from %v to %v: at %v and %v", shortest, longest, low, high)
		}
		lines := s.lines(l)
		if len(lines) < 3 || len(lines) > 6 {
			t.Fatalf("from %v to %v: %d lines", shortest, longest, len(lines))
		}
	}
	if y := newLengthScale(0, 0).y(0); y != chartGroundAt {
		t.Errorf("no time at all is at %v", y)
	}
}

// Parts that stand side by side differ to people who see fewer colors; to those who see
// none, and on paper, by hatching.
func TestPartsOfChartsDifferWithoutColor(t *testing.T) {
	var stacked []string
	for _, s := range drawnSeverities {
		stacked = append(stacked, severityClass(s))
	}
	for what, classes := range map[string][]string{"severities": stacked, "promises": {"ok", "late", "major"}} {
		for i, a := range classes {
			for _, b := range classes[i+1:] {
				for mode, scheme := range []string{"light", "dark"} {
					for with := range blindness {
						far := colorDifference(seen(t, chartFill(a, mode), with), seen(t, chartFill(b, mode), with))
						if far < 10 && hatched(a) == hatched(b) {
							t.Errorf("%s, %s, with %s: %s and %s are only %.1f apart", what, scheme, with, a, b, far)
						}
					}
				}
			}
		}
	}
}

// chartFill returns the fill of a class in a chart.
func chartFill(class string, mode int) string {
	if class == "late" {
		class = "degraded" // style.css gives both the same
	}
	return looks[class].Fill[mode]
}
