package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// figuresSite returns a site with everything that has figures: testdata/figures.txtar, 40
// incidents and 24 windows of one service in October, and measurements up to an instant.
func figuresSite(t *testing.T, now string) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/figures.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, f := range archive.Files {
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	add := func(name, format string, args ...any) {
		folder["content/"+name] = &fstest.MapFile{Data: fmt.Appendf(nil, format, args...)}
	}
	begin := instant(t, "2026-10-01T06:00:00Z")
	for i := range 40 {
		start := begin.Add(time.Duration(i) * 17 * time.Hour)
		length := []time.Duration{20 * time.Minute, 5 * time.Minute, 35 * time.Minute, 5 * time.Minute, time.Hour}[i%5]
		add(fmt.Sprintf("incidents/many-%02d.md", i), "---\ntitle: Errors %d\ncomponents: [api]\nregions: [r%d]\nstatus: %s\n"+
			"start: %s\ntags: [%s]\n---\n## Investigating — %s\nX.\n## Resolved — %s\nX.\n", i+1, i%3+1,
			[]string{"degraded_performance", "partial_outage", "major_outage", "major_outage"}[i%4], start.Format(time.RFC3339),
			[]string{"deploy", "network", "Deploy", "hardware"}[i%4], start.Add(time.Duration(i%4)*time.Minute).Format(time.RFC3339),
			start.Add(length).Format(time.RFC3339))
	}
	for i := range 24 {
		start := begin.Add(time.Duration(i)*29*time.Hour + 10*time.Hour)
		posted := start.AddDate(0, 0, -i%8)
		add(fmt.Sprintf("maintenance/many-%02d.md", i), "---\ntitle: Work %d\ncomponents: [api]\nposted: %s\nstart: %s\n"+
			"duration: %dm\n---\nX.\n", i+1, posted.Format(time.RFC3339), start.Format(time.RFC3339), 10+i%3*5)
	}
	for name, points := range measuredPoints(instant(t, now)) {
		add("measurements/"+name+".csv", "%s", points)
	}
	return folder
}

// measuredPoints returns the files of the measurements of figuresSite.
func measuredPoints(now time.Time) map[string]string {
	series := func(length, step time.Duration, value func(ago time.Duration, i int) (float64, bool)) string {
		var csv strings.Builder
		csv.WriteString("time,value\n")
		for i, ago := 0, length; ago >= 0; i, ago = i+1, ago-step {
			if n, ok := value(ago, i); ok {
				fmt.Fprintf(&csv, "%d,%v\n", now.Add(-ago).Unix(), n)
			}
		}
		return csv.String()
	}
	always := func(value func(i int) float64) func(time.Duration, int) (float64, bool) {
		return func(_ time.Duration, i int) (float64, bool) { return value(i), true }
	}
	const day = 24 * time.Hour
	return map[string]string{
		// every five minutes, with a gap, a spike of one point, and a dot between two gaps
		"response": series(100*day, 5*time.Minute, func(ago time.Duration, i int) (float64, bool) {
			switch {
			case ago == 2*day+time.Hour:
				return 9000, true
			case ago > 5*time.Hour && ago <= 8*time.Hour && ago != 6*time.Hour:
				return 0, false
			case ago > 10*time.Hour && ago <= 11*time.Hour:
				return 400.5, true
			}
			return float64(100 + i%7), true
		}),
		// one point in each bucket of a day: a lone spike is a bucket of one point
		"hourly": series(40*day, time.Hour, func(ago time.Duration, i int) (float64, bool) {
			if ago == 7*time.Hour || ago == 30*day {
				return 1000, true
			}
			return float64(10 + i%3), true
		}),
		"zeros": series(8*day, 15*time.Minute, always(func(int) float64 { return 0 })),
		"level": series(95*day, 6*time.Hour, always(func(int) float64 { return 1234.5 })),
		"close": series(95*day, time.Hour, always(func(i int) float64 { return 99.9 + float64(i%4)*.0333 })),
		"below": series(30*day, time.Hour, always(func(i int) float64 { return float64(i%24)/8 - 1.5 })),
		"sums":  "time,value,min,max\n" + summedPoints(now, 90*day),
		"few": series(9*time.Hour, time.Hour, func(ago time.Duration, _ int) (float64, bool) {
			if ago == 3*time.Hour {
				return 500, true
			}
			return 0.001, true
		}),
		"twenty": series(19*time.Hour, time.Hour, func(ago time.Duration, _ int) (float64, bool) {
			switch ago {
			case 3 * time.Hour:
				return 50, true
			case 4 * time.Hour:
				return 4, true
			}
			return 1, true
		}),
		"stopped": fmt.Sprintf("time,value\n%d,0.25\n", now.Add(-36*time.Hour-time.Second).Unix()),
		"late":    fmt.Sprintf("time,value\n%d,-0.0001\n%d,2\n", now.Add(-37*time.Hour).Unix(), now.Add(-36*time.Hour).Unix()),
		"none":    "time,value\n",
	}
}

// summedPoints returns lines that stand for an hour each, with large values.
func summedPoints(now time.Time, length time.Duration) string {
	var csv strings.Builder
	for at := now.Add(-length).Truncate(time.Hour); at.Before(now.Add(-time.Hour)); at = at.Add(time.Hour) {
		n := 150_000 + float64(at.Unix()/3600%50)*40_000
		fmt.Fprintf(&csv, "%s,%v,%v,%v\n", at.Format(time.RFC3339), n, n/2, n*2)
	}
	return csv.String()
}
