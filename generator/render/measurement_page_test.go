package render

import (
	"errors"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
	"allclear/themes"
)

// measuredEvery returns a measurement with a point of 1 in each step of a hundred days.
func measuredEvery(step time.Duration) *site.Measurement {
	return &site.Measurement{ID: "m", Name: site.Text{Default: "M"}, Component: site.Ref{ID: "api"},
		Points: func(from, to time.Time) (list []site.Point, err error) {
			for at := from.Truncate(step); !at.After(to); at = at.Add(step) {
				list = append(list, site.Point{Time: at.Unix(), Value: 1, Min: 1, Max: 1})
			}
			return list, nil
		}}
}

// measuredView returns a page at an instant of a site in a zone, and what it measured.
func measuredView(t *testing.T, zone, now string, step time.Duration) (view, site.MeasuredAt, *site.Measurement) {
	t.Helper()
	in, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		t.Fatal(err)
	}
	s := &site.Site{Zone: in}
	m := measuredEvery(step)
	found, err := s.MeasuredAt(m, at)
	if err != nil {
		t.Fatal(err)
	}
	return view{pageView{settings: &settings{site: s}, lang: languageFor(t, "en")}, &index{now: at}}, found, m
}

// Below a day stands every third hour of the clock on the wall, and on a narrow page every
// sixth; below a week each day, and a narrow page has every second one; below a month every
// fifth and below a quarter every fifteenth, counted from today. No name goes beyond the
// picture.
func TestTheNamesBelowAMeasurement(t *testing.T) {
	for _, c := range []struct {
		zone, now string
		of        site.MeasuredRange
		want      string
	}{
		// from 14:00 to 14:00
		{"Europe/Berlin", "2025-07-25T11:20:00Z", site.LastDay, "(15:00) 4.17%, 18:00 16.67%, (21:00) 29.17%, 00:00 41.67%, " +
			"(03:00) 54.17%, 06:00 66.67%, (09:00) 79.17%, 12:00 91.67%"},
		{"Europe/Berlin", "2025-07-25T10:20:00Z", site.LastDay, "(15:00) 8.33%, 18:00 20.83%, (21:00) 33.33%, 00:00 45.83%, " +
			"(03:00) 58.33%, 06:00 70.83%, (09:00) 83.33%"},
		{"Asia/Kolkata", "2025-07-25T11:20:00Z", site.LastDay, "18:00 4.17%, (21:00) 16.67%, 00:00 29.17%, " +
			"(03:00) 41.67%, 06:00 54.17%, (09:00) 66.67%, 12:00 79.17%, (15:00) 91.67%"}, // from 17:00
		{"Asia/Kolkata", "2025-07-25T11:40:00Z", site.LastDay, "(21:00) 12.5%, 00:00 25%, (03:00) 37.5%, 06:00 50%, " +
			"(09:00) 62.5%, 12:00 75%, (15:00) 87.5%"}, // from 18:00, which would be at 0%

		{"Europe/Berlin", "2025-10-26T11:20:00Z", site.LastDay, "(15:00) 4.17%, 18:00 16.67%, (21:00) 29.17%, 00:00 41.67%, " +
			"(03:00) 58.33%, 06:00 70.83%, (09:00) 83.33%"}, // the clocks went back
		{"Europe/Berlin", "2025-03-30T20:20:00Z", site.LastDay, "00:00 8.33%, 06:00 29.17%, (09:00) 41.67%, 12:00 54.17%, " +
			"(15:00) 66.67%, 18:00 79.17%, (21:00) 91.67%"}, // forward: 03:00 is two hours after midnight
		{"Europe/Berlin", "2025-07-25T11:20:00Z", site.LastWeek, "25 Jul 91.67%, (24 Jul) 77.38%, 23 Jul 63.1%, (22 Jul) 48.81%, " +
			"21 Jul 34.52%, (20 Jul) 20.24%, 19 Jul 5.95%"},
		{"Europe/Berlin", "2025-07-25T11:20:00Z", site.LastMonth, "(20 Jul) 80%, 15 Jul 63.33%, (10 Jul) 46.67%, " +
			"5 Jul 30%, (30 Jun) 13.33%"},
		{"Europe/Berlin", "2025-07-25T11:20:00Z", site.LastQuarter, "(10 Jul) 82.22%, 25 Jun 65.56%, (10 Jun) 48.89%, " +
			"26 May 32.22%, (11 May) 15.56%"},
	} {
		v, at, _ := measuredView(t, c.zone, c.now, 15*time.Minute)
		var got []string
		for _, name := range v.measuredNames(at.Ranges[c.of]) {
			text := name.Text
			if name.Wide {
				text = "(" + text + ")"
			}
			got = append(got, text+" "+name.X)
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%v at %s in %s: %s\nwant %s", c.of, c.now, c.zone, text, c.want)
		}
	}
}

// The rows of a table are hours, days or weeks, the newest first.
func TestTheRowsOfAMeasurement(t *testing.T) {
	for _, c := range []struct {
		now  string
		step time.Duration
		of   site.MeasuredRange
		rows int
		want string
	}{
		{"2025-07-25T11:20:00Z", 15 * time.Minute, site.LastDay, 24, "25 July, 13:00–14:00, 25 July, 12:00–13:00, 24 July, 14:00–15:00"},
		{"2025-07-25T11:20:00Z", 6 * time.Hour, site.LastDay, 4, "25 July, 12:00–18:00, 25 July, 06:00–12:00, 24 July, 18:00–00:00"},
		{"2025-07-25T11:20:00Z", time.Hour, site.LastWeek, 7, "24 July, 14:00 – 25 July, 14:00 CEST, " +
			"23 July, 14:00 – 24 July, 14:00 CEST, 18 July, 14:00 – 19 July, 14:00 CEST"},
		{"2025-07-25T11:20:00Z", time.Hour, site.LastMonth, 30, "Friday 25 July, Thursday 24 July, Thursday 26 June"},
		{"2025-07-25T11:20:00Z", 24 * time.Hour, site.LastMonth, 30, "Friday 25 July, Thursday 24 July, Thursday 26 June"},
		{"2025-07-25T11:20:00Z", time.Hour, site.LastQuarter, 13, "19 July, 00:00 – 26 July, 00:00 CEST, " +
			"12 July, 00:00 – 19 July, 00:00 CEST, 27 April, 00:00 – 3 May, 00:00 CEST"},
	} {
		v, at, m := measuredView(t, "Europe/Berlin", c.now, c.step)
		table := v.measuredTable(m, at.Ranges[c.of], nil)
		var names []string
		for _, i := range []int{0, 1, len(table.Rows) - 1} {
			names = append(names, spaced(table.Rows[i].Name))
		}
		if got := strings.Join(names, ", "); len(table.Rows) != c.rows || got != c.want {
			t.Errorf("%v with a point every %v: %d rows, %s\nwant %d, %s", c.of, c.step, len(table.Rows), got, c.rows, c.want)
		}
	}
}

// A row names the worst status that its time has a part of. What ends as the row begins, or
// begins as it ends, has none.
func TestTheStatusBesideAMeasurement(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	v := view{pageView: chartPage(t), index: &index{now: start.Add(5 * time.Hour)}}
	r := site.Measured{Range: site.LastDay, Interval: site.Interval{Start: start, End: start.Add(4 * time.Hour)},
		Buckets: bucketsOf(start, []float64{1}, []float64{2, 4}, nil, []float64{3})}
	at := func(from, to int, s site.Status) shade {
		return shade{site.Interval{Start: start.Add(time.Duration(from) * time.Minute), End: start.Add(time.Duration(to) * time.Minute)}, s}
	}
	shades := []shade{at(59, 61, site.UnderMaintenance), at(60, 120, site.MajorOutage), at(240, 300, site.MajorOutage)}
	table := v.measuredTable(&site.Measurement{}, r, shades)
	var got []string
	for _, row := range table.Rows {
		got = append(got, spaced(row.Name+": "+strings.TrimSpace(strings.Join(row.Cells, " "))))
	}
	want := "1 January, 03:00–04:00: 3 3 3 | 1 January, 02:00–03:00: – – – | 1 January, 01:00–02:00: 2 3 4 Major outage | " +
		"1 January, 00:00–01:00: 1 1 1 Under maintenance"
	if text := strings.Join(got, " | "); text != want {
		t.Errorf("rows: %s\nwant: %s", text, want)
	}
}

// A series has stopped if its newest point is more than 36 hours old.
func TestASeriesHasStoppedAfterADayAndAHalf(t *testing.T) {
	now := time.Date(2026, 1, 9, 12, 0, 0, 0, time.UTC)
	for ago, want := range map[time.Duration]bool{0: false, 36 * time.Hour: false, 36*time.Hour + time.Second: true} {
		m := site.Measurement{ID: "m", Component: site.Ref{ID: "api"}, Points: func(_, _ time.Time) ([]site.Point, error) {
			return []site.Point{{Time: now.Add(-ago).Unix(), Value: 1}}, nil
		}}
		blocks, err := measuredBlocks(t, m, now)
		if err != nil || len(blocks) != 1 || blocks[0].Stopped != want {
			t.Errorf("%v ago: %+v, %v", ago, blocks, err)
		}
	}
	broken := errors.New("the disk is gone")
	_, err := measuredBlocks(t, site.Measurement{ID: "m", Component: site.Ref{ID: "api"},
		Points: func(_, _ time.Time) ([]site.Point, error) { return nil, broken }}, now)
	if !errors.Is(err, broken) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

// measuredBlocks returns what the page of a component with a measurement shows.
func measuredBlocks(t *testing.T, m site.Measurement, now time.Time) ([]measurementBlock, error) {
	t.Helper()
	s := &site.Site{Zone: time.UTC, Languages: []string{"en"}, Components: []site.Component{{ID: "api"}}}
	s.Measurements = []site.Measurement{m}
	b, err := newBuild(s, themes.Open(nil), Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return b.view(b.settings.languages[0], route{path: "components/api/"}).measurements(&s.Components[0])
}
