package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// chartPage returns what charts are made with: English, and a zone.
func chartPage(t *testing.T) pageView {
	return pageView{settings: &settings{site: &site.Site{Zone: time.UTC}}, lang: languageFor(t, "en")}
}

// spaced returns a text with plain spaces.
func spaced(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

// A column has a part for each severity, from the ground at 168 up, and its number 4 pixels
// above it. Columns take 72% of their month, or 50% if there are fewer than twelve.
func TestAColumnOfIncidents(t *testing.T) {
	scale := countScale{4, 1} // 38 pixels for each
	for _, c := range []struct {
		i, n       int
		severities [site.Critical + 1]int
		want       string
	}{
		{0, 6, [...]int{site.Minor: 1, site.Major: 0, site.Critical: 2},
			"degraded 4.17% 8.33% 130 38, major 4.17% 8.33% 54 76; 3 at 8.33% 50"},
		{5, 6, [...]int{site.Major: 1, site.Critical: 0}, "partial hatched 87.5% 8.33% 130 38; 1 at 91.67% 126"},
		{10, 11, [...]int{site.Major: 1, site.Critical: 0}, "partial hatched 93.18% 4.55% 130 38; 1 at 95.45% 126"},
		{0, 12, [...]int{site.Minor: 1, site.Major: 1, site.Critical: 2},
			"degraded 1.17% 6% 130 38, partial hatched 1.17% 6% 92 38, major 1.17% 6% 16 76; 4 at 4.17% 12"},
		{0, 12, [...]int{site.Critical: 0}, "; none"},
	} {
		column := scale.column(chartPage(t), c.i, c.n, site.CommunicationFigures{Severities: c.severities})
		var parts []string
		for _, p := range column.Parts {
			hatching := ""
			if p.Hatched {
				hatching = " hatched"
			}
			parts = append(parts, p.Class+hatching+" "+p.X+" "+p.Width+" "+p.Y+" "+p.Height)
		}
		sum := "none"
		if column.Sum != nil {
			sum = column.Sum.Text + " at " + column.Sum.X + " " + column.Sum.Y
		}
		if got := strings.Join(parts, ", ") + "; " + sum; got != c.want {
			t.Errorf("column %d of %d: %s\nwant %s", c.i, c.n, got, c.want)
		}
	}
}

// The lines of a scale of lengths are 26 pixels apart, or more. The scale begins with the
// line below the shortest length, but not above a minute, and ends with the first one that is
// not below the longest, but not below 15 minutes.
func TestTheLinesOfAScaleOfLengths(t *testing.T) {
	const day = 24 * time.Hour
	for _, c := range []struct {
		shortest, longest time.Duration
		want              string
	}{
		{0, 0, "1 s, 5 s, 1 min, 15 min"},
		{time.Second, time.Second, "1 s, 5 s, 1 min, 15 min"},
		{5 * time.Second, 15 * time.Minute, "1 s, 5 s, 1 min, 15 min"}, // 24.6 pixels from 5 s to 15 s, and from 5 min to 15,
		{6 * time.Second, 15 * time.Minute, "5 s, 15 s, 1 min, 5 min, 15 min"},
		{time.Minute, time.Hour, "15 s, 1 min, 5 min, 15 min, 1 h"},
		{time.Hour, time.Hour + 1, "1 min, 5 min, 15 min, 1 h, 4 h"},
		{time.Hour, 12 * time.Hour, "1 min, 5 min, 1 h, 12 h"},
		{time.Hour, day, "1 min, 5 min, 1 h, 4 h, 1 d"},
		{time.Hour, 3 * day, "1 min, 5 min, 1 h, 12 h, 3 d"},
		{time.Hour, 7 * day, "1 min, 5 min, 1 h, 12 h, 7 d"},
		{time.Hour, 30 * day, "1 min, 15 min, 4 h, 3 d, 30 d"},
		{time.Hour, 90 * day, "1 min, 15 min, 4 h, 3 d, 90 d"},
		{time.Hour, 365 * day, "1 min, 15 min, 4 h, 3 d, 30 d, 365 d"},
		{time.Hour, 366 * day, "1 min, 15 min, 4 h, 3 d, 1,000 d"},
		{time.Hour, 20000 * day, "1 min, 1 h, 1 d, 30 d, 10,000 d"},
	} {
		var got []string
		for _, line := range newLengthScale(c.shortest, c.longest).lines(languageFor(t, "en")) {
			got = append(got, spaced(line.Text))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("from %v to %v: %s\nwant %s", c.shortest, c.longest, text, c.want)
		}
	}
	s := lengthScale{time.Minute, 16 * time.Minute} // 38 pixels for twice the length
	for d, want := range map[time.Duration]float64{0: 168, time.Second: 168, time.Minute: 168, 2 * time.Minute: 130, 8 * time.Minute: 54,
		16 * time.Minute: 16} {
		if got := s.y(d); got < want-1e-9 || got > want+1e-9 {
			t.Errorf("%v is at %v, not at %v", d, got, want)
		}
	}
	for _, c := range []struct {
		median, worst time.Duration
		want          lengthMark
	}{
		{2 * time.Minute, 8 * time.Minute, lengthMark{"37.5%", "130", "54", true}},
		{2 * time.Minute, 2 * time.Minute, lengthMark{"37.5%", "130", "130", false}},
		{2 * time.Minute, 126 * time.Second, lengthMark{"37.5%", "130", "127.3", false}}, // 2.7 pixels
		{2 * time.Minute, 127 * time.Second, lengthMark{"37.5%", "130", "126.9", true}},  // 3.1 pixels
	} {
		if got := s.mark(1, 4, site.LengthStats{Median: c.median, Worst: c.worst}); got != c.want {
			t.Errorf("%v and %v: %v, want %v", c.median, c.worst, got, c.want)
		}
	}
}

// A wide chart names about twelve months, a narrow one about four of them; the newest has its
// name on both. Each January has its year, even if the month has no name.
func TestTheNamesOfMonthsBelowAChart(t *testing.T) {
	for _, c := range []struct {
		n    int
		last time.Month
		want string
	}{
		{1, time.July, "Jul 50%"},
		{4, time.July, "Apr 12.5%, May 37.5%, Jun 62.5%, Jul 87.5%"},
		{6, time.July, "(Feb) 8.33%, Mar 25%, (Apr) 41.67%, May 58.33%, (Jun) 75%, Jul 91.67%"},
		{12, time.July, "(Aug) 4.17%, (Sep) 12.5%, Oct 20.83%, (Nov) 29.17%, (Dec) 37.5%, Jan/2026 45.83%, (Feb) 54.17%, (Mar) 62.5%, " +
			"Apr 70.83%, (May) 79.17%, (Jun) 87.5%, Jul 95.83%"},
		{13, time.July, "Jul 3.85%, (Sep) 19.23%, Nov 34.62%, (Jan/2026) 50%, Mar 65.38%, (May) 80.77%, Jul 96.15%"},
		{13, time.August, "Aug 3.85%, (Oct) 19.23%, Dec 34.62%, /2026 42.31%, (Feb) 50%, Apr 65.38%, (Jun) 80.77%, Aug 96.15%"},
		{24, time.July, "(Sep) 6.25%, (Nov) 14.58%, Jan/2025 22.92%, (Mar) 31.25%, (May) 39.58%, Jul 47.92%, (Sep) 56.25%, " +
			"(Nov) 64.58%, Jan/2026 72.92%, (Mar) 81.25%, (May) 89.58%, Jul 97.92%"},
	} {
		var starts []time.Time
		for back := range c.n {
			starts = slices.Insert(starts, 0, time.Date(2026, c.last-time.Month(back), 1, 0, 0, 0, 0, time.UTC))
		}
		var got []string
		for _, name := range chartPage(t).monthNames(starts) {
			text := name.Text
			if name.Year != "" {
				text += "/" + name.Year
			}
			if name.Wide {
				text = "(" + text + ")"
			}
			got = append(got, text+" "+name.X)
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%d months up to %v: %s\nwant %s", c.n, c.last, text, c.want)
		}
	}
}

// Lengths are rounded, to at most two units.
func TestLengthsInFiguresAreRounded(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0: "0 s", 10*time.Minute - time.Second: "9 min 59 s", 10 * time.Minute: "10 min", 10*time.Minute + 29*time.Second: "10 min",
		10*time.Minute + 30*time.Second: "11 min", day - time.Minute: "23 h 59 min", day - 30*time.Second: "1 d", day: "1 d",
		day + 29*time.Minute: "1 d", day + 30*time.Minute: "1 d 1 h", 10*day - time.Hour: "9 d 23 h", 10*day - 30*time.Minute: "10 d",
		10*day + 11*time.Hour: "10 d", 10*day + 12*time.Hour: "11 d",
	} {
		if got := spaced(chartPage(t).lengthText(d)); got != want {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
}

// Of lengths that are known, the shortest median and the longest decide on the scale.
func TestTheShortestMedianAndTheLongest(t *testing.T) {
	unknown := site.LengthStats{}
	for _, c := range []struct {
		list []site.LengthStats
		want string
	}{
		{nil, "0s 0s false"},
		{[]site.LengthStats{unknown}, "0s 0s false"},
		{[]site.LengthStats{unknown, {Count: 1, Median: 5, Worst: 5}, unknown}, "5ns 5ns true"},
		{[]site.LengthStats{{Count: 2, Median: 5, Worst: 8}, {Count: 1, Median: 3, Worst: 3}, {Count: 3, Median: 4, Worst: 6}},
			"3ns 8ns true"},
		{[]site.LengthStats{{Count: 1}, {Count: 1, Median: 3, Worst: 3}}, "0s 3ns true"},
	} {
		shortest, longest, ok := shortestAndLongest(c.list)
		if got := fmt.Sprint(shortest, longest, ok); got != c.want {
			t.Errorf("%v: %s, want %s", c.list, got, c.want)
		}
	}
}

// Promised updates are one bar: the parts follow one another, empty ones are not drawn,
// and only what was late has lengths.
func TestTheBarOfPromisedUpdates(t *testing.T) {
	v := siteView{view: view{pageView: chartPage(t)}}
	if v.promiseChart(site.CommunicationFigures{Incidents: 3}) != nil {
		t.Error("nothing was promised, and there is a chart")
	}
	all := site.CommunicationFigures{Kept: 5, Late: site.LengthStats{Count: 2, Median: 90 * time.Second, Worst: time.Hour}, Missed: 1}
	for _, c := range []struct {
		of                      site.CommunicationFigures
		parts, keys, desc, rows string
	}{
		{all, "ok false 0% 62.5%, late true 62.5% 25%, major false 87.5% 12.5%",
			"ok false On time 5, late true Late 2, major false Never came 1",
			"On time 5, Late 2, Never came 1", "On time 5 – –, Late 2 1 min 30 s 1 h, Never came 1 – –"},
		{site.CommunicationFigures{Missed: 2}, "major false 0% 100%", "major false Never came 2", "Never came 2",
			"On time 0 – –, Late 0 – –, Never came 2 – –"},
	} {
		chart := v.promiseChart(c.of)
		var parts, keys, rows []string
		for _, p := range chart.Parts {
			parts = append(parts, fmt.Sprint(p.Class, " ", p.Hatched, " ", p.X, " ", p.Width))
		}
		for _, k := range chart.Keys {
			keys = append(keys, fmt.Sprint(k.Class, " ", k.Hatched, " ", k.Name))
		}
		for _, r := range chart.Table.Rows {
			rows = append(rows, spaced(r.Name+" "+strings.Join(r.Cells, " ")))
		}
		got := []string{strings.Join(parts, ", "), strings.Join(keys, ", "), chart.Desc, strings.Join(rows, ", ")}
		if want := []string{c.parts, c.keys, c.desc, c.rows}; !slices.Equal(got, want) {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
	if got := v.lateness(all); spaced(got) != "late by up to 1 h" {
		t.Errorf("the latest is %q", got)
	}
	if got := v.lateness(site.CommunicationFigures{Kept: 2, Missed: 1}); got != "" {
		t.Errorf("none was late, and the page says %q", got)
	}
}

// The longest bar is that of the most incidents, and other bars compare with it.
func TestTheBarOfARow(t *testing.T) {
	v := siteView{view: view{pageView: chartPage(t)}}
	row := v.tallyRow(site.CommunicationFigures{Incidents: 3, Severities: [...]int{site.Minor: 1, site.Major: 2, site.Critical: 0}}, 4)
	var parts []string
	for _, p := range row.Bar.Parts {
		parts = append(parts, fmt.Sprint(p.Class, " ", p.Hatched, " ", p.X, " ", p.Width, " ", p.Y, " ", p.Height))
	}
	if got := strings.Join(parts, ", "); got != "degraded false 0% 25% 0 12, partial true 25% 50% 0 12" {
		t.Errorf("the bar is %s", got)
	}
	if row.Count != "3" || row.Resolution != "–" || row.Bar.Label != "Minor 1, Major 2" {
		t.Errorf("the row is %+v", row)
	}
	row = v.tallyRow(site.CommunicationFigures{Incidents: 1, Resolution: site.LengthStats{Count: 1, Median: time.Hour}}, 1)
	if spaced(row.Resolution) != "1 h" {
		t.Errorf("the resolution took %q", row.Resolution)
	}
}
