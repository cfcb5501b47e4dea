package source

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/site"
)

// A cache must return the same as reading without it, also after the file has changed.
func TestMeasurementsFromACache(t *testing.T) {
	cache := &Cache{}
	fsys := folder(measured("time,value\n1782367200,1\n"))
	for _, csv := range []string{"time,value\n1782367200,1\n", "time,value\n1782367200,1\n1782367500,2\n", "time,value\nx\n"} {
		fsys["content/measurements/response.csv"] = textFile(csv)
		for range 2 {
			got, problems := Read(fsys, Options{Cache: cache})
			want, all := Read(fsys, Options{})
			if listed(problems) != listed(all) || got.Measurements[0].Last != want.Measurements[0].Last {
				t.Errorf("%q: got %v and %s, want %v and %s", csv,
					got.Measurements[0].Last, listed(problems), want.Measurements[0].Last, listed(all))
			}
			a, _ := got.Measurements[0].Points(time.Unix(0, 0), time.Unix(4e9, 0))
			b, _ := want.Measurements[0].Points(time.Unix(0, 0), time.Unix(4e9, 0))
			if !slices.Equal(a, b) {
				t.Errorf("%q: got %v, want %v", csv, a, b)
			}
		}
	}
	delete(fsys, "content/measurements/response.csv")
	fsys["content/components.yml"] = textFile("components: [{id: api}]\n")
	Read(fsys, Options{Cache: cache})
	if len(cache.known) != 0 {
		t.Errorf("the cache still has %v", cache.known)
	}
}

// A long file is read from the middle; what is found must be what reading it all finds.
func TestPointsBetweenInALongFile(t *testing.T) {
	var b strings.Builder
	b.WriteString("time,value\n")
	for i := range 20_000 {
		b.WriteString(strconv.Itoa(1_700_000_000+300*i) + "," + strconv.Itoa(i) + "\n")
	}
	s := read(t, measured(b.String()))
	for _, n := range []int{0, 1, 4000, 4095, 10_000, 19_999} {
		for _, shift := range []int64{-1, 0, 1} {
			from := int64(1_700_000_000+300*n) + shift
			points, err := s.Measurements[0].Points(time.Unix(from, 0), time.Unix(from+1000, 0))
			if err != nil {
				t.Fatal(err)
			}
			var want []int64
			for i := range int64(20_000) {
				if at := 1_700_000_000 + 300*i; from <= at && at <= from+1000 {
					want = append(want, at)
				}
			}
			var got []int64
			for _, p := range points {
				got = append(got, p.Time)
			}
			if !slices.Equal(got, want) {
				t.Errorf("from %d: got %v, want %v", from, got, want)
			}
		}
	}
}

// A file that is replaced between its check and its charts is read as it is then: nothing of
// the old one's places is taken for the new one's, even if lines begin there. One that is
// wrong by then is an error.
func TestPointsOfAFileThatIsReplaced(t *testing.T) {
	lines := func(header string, first, n int) string {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range n {
			b.WriteString(strconv.Itoa(1_700_000_000+300*(first+i)) + ",1\n")
		}
		return b.String()
	}
	from, to := time.Unix(1_700_000_000+300*12_000, 0), time.Unix(1_700_000_000+300*30_000, 0)
	for _, c := range []struct{ name, csv string }{
		{"its start is gone, and each line has the length of the one before", lines("time,value", 1000, 19_000)},
		{"it has columns for hours", lines("time,value,min,max", 0, 19_999) + "1706040000,2,1,3\n"},
		{"it has a line more", lines("time,value", 0, 20_001)},
		{"it is shorter", lines("time,value", 0, 100)},
		{"it is empty", "time,value\n"},
		{"it has Windows line ends", strings.ReplaceAll(lines("time,value", 0, 20_000), "\n", "\r\n")},
	} {
		fsys := folder(measured(lines("time,value", 0, 20_000)))
		s, problems := Read(fsys, Options{})
		if len(problems) > 0 {
			t.Fatal(listed(problems))
		}
		fsys["content/measurements/response.csv"] = textFile(c.csv)
		got, err := s.Measurements[0].Points(from, to)
		fresh := read(t, measured(c.csv))
		want, wrong := fresh.Measurements[0].Points(from, to)
		if err != nil || wrong != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %d points, %v, want %d, %v", c.name, len(got), err, len(want), wrong)
		}
		fsys["content/measurements/response.csv"] = textFile(strings.Replace(c.csv, ",", ";", -1) + "x\n")
		got, err = s.Measurements[0].Points(from, to)
		if err == nil || !strings.Contains(err.Error(), "it has changed while it was read") {
			t.Errorf("%s, and is wrong: got %d points, %v", c.name, len(got), err)
		}
	}
}

func TestAMeasurementIsNotADevice(t *testing.T) {
	fsys := folder(measured("time,value\n"))
	delete(fsys, "content/measurements/response.csv")
	fsys["content/measurements/response.csv/inner.csv"] = &fstest.MapFile{}
	if _, problems := Read(fsys, Options{}); !strings.Contains(listed(problems), "cannot be read: it is not a regular file") {
		t.Errorf("got %s", listed(problems))
	}
}

// FuzzMeasurements checks that reading measurements agrees with the slow way of the
// standard library, and never fails.
func FuzzMeasurements(f *testing.F) {
	for _, seed := range []string{
		"2026-06-25T06:00:00Z,123.4", "1782367200,1,0,2", "1782367200.25,-0.5", "2026-06-25t06:00:00.123+02:00,1e3", "1782367200,1,5",
		"2026-12-31T23:59:60Z,1", "2026-06-25T06:00:00-23:59,000.100", "1782367200,123456789012345678", "x", ",", ",,,", "1782367200,.5",
		"1782367200,5.", "1782367200,-", "1782367200,1e400",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		p, wrong := parsePoint(line, true)
		if wrong != nil {
			if wrong.message == "" || wrong.hint == "" || wrong.from > wrong.to || wrong.to > len(line) {
				t.Errorf("%q: %+v", line, wrong)
			}
			return
		}
		fields := strings.Split(string(line), ",")
		at, err := time.Parse(time.RFC3339, strings.Replace(strings.ToUpper(strings.Trim(fields[0], " ")), " ", "T", 1))
		if seconds, _, _ := strings.Cut(strings.Trim(fields[0], " "), "."); err != nil {
			n, notNumber := strconv.ParseInt(seconds, 10, 64)
			if at = time.Unix(n, 0); notNumber != nil {
				t.Fatalf("%q was read as a time, but: %v", fields[0], err)
			}
		}
		if at.Unix() != p.Time {
			t.Errorf("%q: got %d, want %d", line, p.Time, at.Unix())
		}
		values := []*float64{&p.Value, &p.Min, &p.Max}
		for i, field := range fields[1:] {
			want, err := strconv.ParseFloat(strings.Trim(field, " "), 64)
			if err != nil || *values[i] != want || math.IsInf(want, 0) || math.IsNaN(want) {
				t.Errorf("%q: got %v, want %v, %v", field, *values[i], want, err)
			}
		}
	})
}

func TestTheKeysOfAMeasurementAreInTheSchema(t *testing.T) {
	schema, err := Schema("components")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range measurementKeys {
		if !strings.Contains(string(schema), `"`+k.Name+`"`) {
			t.Errorf("the schema lacks %s", k.Name)
		}
	}
	if reflect.ValueOf(site.Measurement{}).NumField() < len(measurementKeys) {
		t.Error("a key has no field")
	}
}
