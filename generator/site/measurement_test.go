package site

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// series returns a measurement with these points.
func series(points []Point) *Measurement {
	m := &Measurement{ID: "m", Points: func(from, to time.Time) ([]Point, error) {
		var list []Point
		for _, p := range points {
			if from.Unix() <= p.Time && p.Time <= to.Unix() {
				list = append(list, p)
			}
		}
		return list, nil
	}}
	if len(points) > 0 {
		m.Last.Time = time.Unix(points[len(points)-1].Time, 0).UTC()
	}
	return m
}

// bucketName says in words which bucket of a range a time is in: the slow, obvious way,
// from what a clock on the wall shows. Those of a day and a week count from the start.
func bucketName(r MeasuredRange, t time.Time, start time.Time, length time.Duration, zone *time.Location) string {
	if r < LastMonth {
		n := 0
		for next := start.Add(length); !t.Before(next); next = next.Add(length) {
			n++
		}
		return fmt.Sprint(n)
	}
	shown := t.In(zone)
	return fmt.Sprint(shown.Format(time.DateOnly), " ", shown.Hour()/int(length/time.Hour))
}

func TestBucketsAreWhatTheSlowWayFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	zones := []string{"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe",
		"America/Sao_Paulo", "Africa/Cairo", "Pacific/Chatham"}
	nows := []string{"2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2018-11-04T12:00:00Z",
		"2011-12-31T12:00:00Z", "2026-04-04T15:10:00Z", "2026-06-15T12:07:13Z", "2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z"}
	for round := range 90 {
		zone, err := time.LoadLocation(zones[round%len(zones)])
		if err != nil {
			t.Fatal(err)
		}
		now, _ := time.Parse(time.RFC3339, nows[random.IntN(len(nows))])
		points := randomPoints(random, now)
		s := &Site{Zone: zone}
		got, err := s.MeasuredAt(series(points), now)
		if err != nil {
			t.Fatal(err)
		}
		for r, m := range got.Ranges {
			where := fmt.Sprintf("round %d, %s at %s, %v", round, zone, now.Format(time.RFC3339), MeasuredRange(r))
			compareSlowly(t, where, m, points, now, zone)
		}
	}
}

// randomPoints returns a series up to some days after now: a point every few minutes or
// hours, some hours as one, some gaps.
func randomPoints(random *rand.Rand, now time.Time) []Point {
	step := []int64{60, 300, 600, 3600, 7200, 40_000, 200_000}[random.IntN(7)]
	step = max(step, 900) // the test is slow enough
	var points []Point
	for at := now.Unix() - 100*86400 + random.Int64N(3600); at < now.Unix()+86400; at += 1 + random.Int64N(2*step) {
		switch {
		case random.IntN(50) == 0:
			at += random.Int64N(5 * 86400)
		case random.IntN(10) == 0:
			at = (at/HourLength + 1) * HourLength
			mean := math.Round(random.NormFloat64() * 1000)
			points = append(points, Point{Time: at, Value: mean, Min: mean - 5, Max: mean + 700, Hour: true})
			at += HourLength
		default:
			value := math.Round(random.ExpFloat64()*1000) / 10
			points = append(points, Point{Time: at, Value: value, Min: value, Max: value})
		}
	}
	return points
}

// compareSlowly compares a range with what its points say one by one.
func compareSlowly(t *testing.T, where string, m Measured, points []Point, now time.Time, zone *time.Location) {
	t.Helper()
	length := m.Buckets[0].End.Sub(m.Buckets[0].Start)
	if m.Range >= LastMonth {
		length = map[bool]time.Duration{true: 24 * time.Hour}[m.Range == LastQuarter]
		for _, b := range m.Buckets { // one on an ordinary day tells; clock changes are never longer than a few hours
			if d := b.End.Sub(b.Start); d == 6*time.Hour || d == 12*time.Hour || d == 24*time.Hour {
				length = d
				if b.Start.In(zone).Hour() == 0 {
					break
				}
			}
		}
	}
	want := map[string]*Bucket{}
	var values []float64
	for _, p := range points {
		at := time.Unix(p.Time, 0)
		if at.Before(m.Start) || p.End() > now.Unix() {
			continue
		}
		name := bucketName(m.Range, at, m.Start, length, zone)
		if want[name] == nil {
			want[name] = &Bucket{Min: math.Inf(1), Max: math.Inf(-1)}
		}
		b := want[name]
		b.Min, b.Max, b.Mean, b.Count = math.Min(b.Min, p.Min), math.Max(b.Max, p.Max), b.Mean+p.Value, b.Count+1
		values = append(values, p.Value)
	}
	found := 0
	for i, b := range m.Buckets {
		if i > 0 && !b.Start.Equal(m.Buckets[i-1].End) || !b.End.After(b.Start) {
			t.Fatalf("%s: bucket %d is from %v to %v, after %v", where, i, b.Start, b.End, m.Buckets[max(0, i-1)].End)
		}
		slow := want[bucketName(m.Range, b.Start, m.Start, length, zone)]
		if slow == nil {
			slow = &Bucket{}
		}
		if b.Count != slow.Count || b.Count > 0 &&
			(b.Min != slow.Min || b.Max != slow.Max || math.Abs(b.Mean-slow.Mean/float64(slow.Count)) > 1e-6) {
			t.Fatalf("%s: bucket %d from %v: got %d points, %v, %v, %v; want %+v", where, i, b.Start, b.Count, b.Min, b.Mean, b.Max, slow)
		}
		found += b.Count
	}
	if found != len(values) || m.Count != found {
		t.Fatalf("%s: %d and %d of %d points are in buckets", where, found, m.Count, len(values))
	}
	if first, last := m.Buckets[0], m.Buckets[len(m.Buckets)-1]; !first.Start.Equal(m.Start) || !last.End.Equal(m.End) ||
		last.End.Before(now) {
		t.Fatalf("%s: the buckets are from %v to %v", where, first.Start, last.End)
	}
	for percent, got := range map[int]float64{50: m.Median, 95: m.Most} {
		below := 0
		for _, v := range values {
			if v <= got {
				below++
			}
		}
		if len(values) > 0 && (100*below < percent*len(values) || !slices.Contains(values, got)) {
			t.Fatalf("%s: %v is at least %d of %d values, which is not %d %%", where, got, below, len(values), percent)
		}
	}
}

// A gap is a bucket without points, and a spike is in the greatest value of its bucket.
func TestGapsStayGapsAndSpikesSurvive(t *testing.T) {
	now := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	var points []Point
	for at := now.Add(-24 * time.Hour).Unix(); at <= now.Unix(); at += 300 {
		value := 100.0
		switch hour := (now.Unix() - at) / 3600; {
		case hour == 5:
			continue
		case at == now.Unix()-7200:
			value = 9000
		}
		points = append(points, Point{Time: at, Value: value, Min: value, Max: value})
	}
	got, _ := (&Site{Zone: time.UTC}).MeasuredAt(series(points), now)
	drawn := ""
	for _, b := range got.Ranges[LastDay].Buckets {
		switch {
		case b.Count == 0:
			drawn += " "
		case b.Max == 9000:
			drawn += "^"
		default:
			drawn += "-"
		}
	}
	if len(drawn) != 96 || strings.Count(drawn, "^") != 1 ||
		strings.Count(drawn, " ") != 6 || !strings.HasSuffix(drawn, "-   ") || !strings.Contains(drawn, "-   -") {
		t.Errorf("got %q", drawn)
	}
	if day := got.Ranges[LastDay]; day.Median != 100 || day.Max != 9000 || got.Latest.Value != 100 {
		t.Errorf("got %+v", day)
	}
}

// The past shows the past: an hour counts once it is over, and nothing later counts.
func TestMeasurementsOfThePast(t *testing.T) {
	day := time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC)
	points := []Point{
		{Time: day.Unix(), Value: 1, Min: 0, Max: 2, Hour: true},
		{Time: day.Unix() + 3600, Value: 3, Min: 3, Max: 3},
		{Time: day.Unix() + 7200, Value: 5, Min: 5, Max: 5},
	}
	for _, c := range []struct {
		after time.Duration
		want  int64
	}{{time.Minute, 0}, {time.Hour - time.Second, 0}, {time.Hour, 2}, {119 * time.Minute, 2}, {2 * time.Hour, 3}, {9000 * time.Hour, 0}} {
		got, err := (&Site{Zone: time.UTC}).MeasuredAt(series(points), day.Add(c.after))
		if err != nil || int64(got.Ranges[LastQuarter].Count) != c.want {
			t.Errorf("after %v: got %d points and %v, want %d", c.after, got.Ranges[LastQuarter].Count, err, c.want)
		}
		if c.after > 3*time.Hour && got.Latest.Value != 5 {
			t.Errorf("long after the end, the latest point is %+v", got.Latest)
		}
	}
}

// A series that is measured every hour or once a day is a line, not a row of gaps.
func TestBucketsAreAsLongAsTheSeriesNeeds(t *testing.T) {
	now := time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		step time.Duration
		want [MeasuredRanges]int
	}{
		{5 * time.Minute, [MeasuredRanges]int{96, 168, 120, 90}},
		{time.Hour, [MeasuredRanges]int{24, 168, 120, 90}},
		{6 * time.Hour, [MeasuredRanges]int{4, 28, 120, 90}},
		{24 * time.Hour, [MeasuredRanges]int{96, 7, 30, 90}},
	} {
		var points []Point
		for at := now.AddDate(0, 0, -95).Unix(); at <= now.Unix(); at += int64(c.step / time.Second) {
			points = append(points, Point{Time: at})
		}
		got, _ := (&Site{Zone: time.UTC}).MeasuredAt(series(points), now)
		for r, m := range got.Ranges {
			if len(m.Buckets) != c.want[r] {
				t.Errorf("every %v, %v: got %d buckets, want %d", c.step, MeasuredRange(r), len(m.Buckets), c.want[r])
			}
			for i, b := range m.Buckets[:len(m.Buckets)-1] {
				if b.Count == 0 && !b.Start.After(now) && c.step < 12*time.Hour && i > 0 {
					t.Errorf("every %v, %v: bucket %d is empty", c.step, MeasuredRange(r), i)
				}
			}
		}
	}
}

func TestJoinedBuckets(t *testing.T) {
	at := func(n int) time.Time { return time.Date(2026, 6, 15, n, 0, 0, 0, time.UTC) }
	list := []Bucket{
		{Interval{at(0), at(1)}, 1, 2, 3, 1}, {Interval{at(1), at(2)}, 0, 0, 0, 0}, {Interval{at(2), at(3)}, 4, 5, 9, 3},
		{Interval{at(3), at(4)}, 0, 1, 2, 1},
	}
	got := Join(list, 3)
	want := []Bucket{{Interval{at(1), at(4)}, 0, 4, 9, 4}, {Interval{at(0), at(1)}, 1, 2, 3, 1}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
