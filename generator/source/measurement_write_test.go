package source

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// everyFiveMinutes returns points with long values from one instant to another.
func everyFiveMinutes(from, to time.Time) []site.Point {
	random := rand.New(rand.NewPCG(7, 7))
	var points []site.Point
	for at := from.Unix(); at < to.Unix(); at += 300 {
		value := 100 + random.Float64()*5000
		points = append(points, site.Point{Time: at, Value: value, Min: value, Max: value})
	}
	return points
}

// A series that is measured every five minutes and appended once a day stays under 1 MB a
// year, and no spike is lost.
func TestAYearOfMeasurementsIsUnderAMegabyte(t *testing.T) {
	begin := time.Date(2025, 6, 25, 0, 0, 0, 0, time.UTC)
	points := everyFiveMinutes(begin, begin.AddDate(1, 0, 0))
	points[5000].Value = 99_999
	var file []byte
	for n := 30; n <= 365+29; n += 30 { // a month at once, since each run reads the whole file
		now := begin.AddDate(0, 0, min(n, 365))
		var part []site.Point
		for _, p := range points {
			if p.Time < now.Unix() && p.Time >= now.AddDate(0, 0, -40).Unix() {
				part = append(part, p)
			}
		}
		var err error
		if file, _, err = MergeMeasurements(file, part, now); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d bytes", len(file))
	if len(file) > 1_000_000 {
		t.Errorf("a year has %d bytes", len(file))
	}
	s := read(t, measured(string(file)))
	got, err := s.Measurements[0].Points(begin, begin.AddDate(1, 0, 0))
	highest, hours := 0.0, 0
	for _, p := range got {
		highest = math.Max(highest, p.Max)
		if p.Hour {
			hours++
		}
	}
	if err != nil || highest != 99_999 || hours != (365-90)*24 || len(got)-hours != 90*288 {
		t.Errorf("got %d points and %d hours, at most %v, %v", len(got)-hours, hours, highest, err)
	}
}

// What is in the file already is not added again, also once it is summed up.
func TestMeasurementsAreAddedOnce(t *testing.T) {
	begin := time.Date(2026, 1, 1, 0, 10, 0, 0, time.UTC)
	points := everyFiveMinutes(begin, begin.AddDate(0, 0, 2))
	for _, days := range []int{2, 91, 92, 200} {
		now := begin.AddDate(0, 0, days)
		once, first, err := MergeMeasurements(nil, points, now)
		twice, second, again := MergeMeasurements(once, points, now)
		if err != nil || again != nil || string(once) != string(twice) || first.Added != 576 || second.Added != 0 || second.Known != 576 {
			t.Errorf("after %d days: %+v, %v, then %+v, %v", days, first, err, second, again)
		}
		whole, _, _ := MergeMeasurements(nil, points[:300], now)
		whole, _, err = MergeMeasurements(whole, points, now.Add(time.Second))
		if s := read(t, measured(string(whole))); err != nil || s.Measurements[0].Last.IsZero() {
			t.Errorf("after %d days, in two parts: %v", days, err)
		}
	}
}

// Lines that are in the file stay as they are written, and new ones take their form.
func TestTheFormOfAFileStays(t *testing.T) {
	now := time.Date(2026, 6, 25, 12, 0, 0, 0, time.UTC)
	points := []site.Point{{Time: 1782367500, Value: 2.00000049}}
	got, _, err := MergeMeasurements([]byte("\ufefftime, value\r\n2026-06-25T08:00:00+02:00,1.50\r\n"), points, now)
	want := "time,value\n2026-06-25T08:00:00+02:00,1.50\n2026-06-25T06:05:00Z,2\n"
	if err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}

// A file whose last line has a time in words keeps that form, however it is written.
func TestNewTimesAreWrittenLikeTheLastOne(t *testing.T) {
	now := time.Date(2026, 6, 25, 12, 0, 0, 0, time.UTC)
	for last, want := range map[string]string{
		"2026-06-25 06:00:00Z,1": "2026-06-25T06:05:00Z,2",
		"2026-06-25t06:00:00z,1": "2026-06-25T06:05:00Z,2",
		"1782367200,1":           "1782367500,2",
	} {
		got, _, err := MergeMeasurements([]byte("time,value\n"+last), []site.Point{{Time: 1782367500, Value: 2}}, now)
		if err != nil || string(got) != "time,value\n"+last+"\n"+want+"\n" {
			t.Errorf("after %s: got %q, %v", last, got, err)
		}
	}
}

// A file with a line that check refuses, and points that it would refuse, are not written.
func TestMeasurementsThatCannotBeAdded(t *testing.T) {
	now := time.Date(2026, 6, 25, 12, 0, 0, 0, time.UTC)
	zeros := strings.Repeat("0", 300)
	for _, c := range []struct {
		file          string
		p             site.Point
		message, hint string
	}{
		{"# of our probe\n", site.Point{Time: 1782367200}, "line 1: the first line must be time,value", "allclear check"},
		{"time,value\n# of our probe\n", site.Point{Time: 1782367200},
			`line 2: this is not a time and a value: "# of our probe"`, "allclear check"},
		{"time,value\n1782367200," + zeros, site.Point{Time: 1782367200}, "line 2: it is longer than 200 characters", "check"},
		{"", site.Point{}, "a point is dated 1970-01-01T00:00:00Z", "Unix seconds"},
		{"", site.Point{Time: 1782398700},
			"a point is dated 2026-06-25T14:45:00Z, and now it is 2026-06-25T12:00:00Z", "the clock"},
		{"", site.Point{Time: 1782367200, Value: 1e300}, "a value is too large: 1e+300, at 2026-06-25T06:00:00Z", "--scale"},
	} {
		got, _, err := MergeMeasurements([]byte(c.file), []site.Point{c.p}, now)
		var wrong *MergeError
		if got != nil || !errors.As(err, &wrong) || wrong.Message != c.message || !strings.Contains(wrong.Hint, c.hint) {
			t.Errorf("%q and %v: got %q, %v", c.file, c.p, got, err)
		}
	}
}

// FuzzMergeMeasurements checks that a file that is written can be read, and that adding the
// same again changes nothing.
func FuzzMergeMeasurements(f *testing.F) {
	f.Add("time,value\n1782367200,1\n", int64(1782367500), 2.5)
	f.Add("time,value,min,max\n1769900400,2,1,3\n1782367200,1\n", int64(1769900700), -1e9)
	f.Add("\ufeff", int64(1700000000), 1e-7)
	f.Fuzz(func(t *testing.T, file string, at int64, value float64) {
		now := time.Date(2026, 6, 25, 12, 0, 0, 0, time.UTC)
		points := []site.Point{{Time: at, Value: value, Min: value, Max: value}, {Time: at + 60, Value: 1, Min: 1, Max: 1}}
		once, done, err := MergeMeasurements([]byte(file), points, now)
		if err != nil {
			return
		}
		twice, again, err := MergeMeasurements(once, points, now)
		if err != nil || string(twice) != string(once) || again.Added != 0 || done.Added+done.Known != 2 {
			t.Fatalf("%q\nthen %q\n%+v, %+v, %v", once, twice, done, again, err)
		}
		if _, problems := Read(folder(measured("")+strings.ToValidUTF8(string(once), "")), Options{}); len(problems) > 0 {
			t.Fatalf("%q: %s", once, listed(problems))
		}
	})
}
