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

// measured is a site with one measurement, whose file has this content.
func measured(csv string) string {
	return `-- components.yml --
components: [{id: api}]
measurements:
  - {id: response, name: Response time, unit: ms, component: api}
-- measurements/response.csv --
` + csv
}

func TestMeasurementsAreRead(t *testing.T) {
	s := read(t, `-- components.yml --
components: [{id: api}]
measurements:
  - {id: response, name: Response time, unit: ms, component: api, home: true}
  - {id: load, unit: "%", component: api, file: measurements/cpu.csv}
  - {id: users, component: api, file: content/measurements/users.csv}
-- measurements/response.csv --
time,value
2026-06-25T06:00:00Z,123.4
2026-06-25T08:05:00.5+02:00,-0.5

1782369660,1e3
-- measurements/cpu.csv --
time,value,min,max
2026-06-25T06:00:00Z,50,10,90
2026-06-25T07:00:00Z,60
-- measurements/users.csv --
time,value
`)
	m := s.Measurements[0]
	if m.Name.Default != "Response time" || m.Unit.Default != "ms" || m.Component.ID != "api" || !m.Home {
		t.Errorf("got %+v", m)
	}
	day := func(clock string) time.Time {
		at, _ := time.Parse("2006-01-02 15:04:05", "2026-06-25 "+clock)
		return at
	}
	points := func(m site.Measurement, from, to string) []site.Point {
		list, err := m.Points(day(from), day(to))
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	six, five, later := day("06:00:00").Unix(), day("06:05:00").Unix(), int64(1782369660)
	at := func(time int64, value float64) site.Point {
		return site.Point{Time: time, Value: value, Min: value, Max: value}
	}
	want := []site.Point{at(six, 123.4), at(five, -0.5), at(later, 1000)}
	if got := points(m, "00:00:00", "23:00:00"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := points(m, "06:00:01", "06:05:00"); !slices.Equal(got, want[1:2]) {
		t.Errorf("got %v", got)
	}
	hour := []site.Point{{Time: six, Value: 50, Min: 10, Max: 90, Hour: true}, at(six+3600, 60)}
	if got := points(s.Measurements[1], "06:00:00", "07:00:00"); !slices.Equal(got, hour) {
		t.Errorf("got %v, want %v", got, hour)
	}
	if s.Measurements[1].Name.Default != "load" || !s.Measurements[2].Last.IsZero() || s.Measurements[0].Last.Pos.Line != 5 {
		t.Errorf("got %+v", s.Measurements)
	}
}

// Spreadsheets write a byte-order mark and end lines with a carriage return.
func TestMeasurementsOfASpreadsheet(t *testing.T) {
	s := read(t, measured("\ufefftime,value\r\n2026-06-25T06:00:00Z,1.5\r\n"))
	points, err := s.Measurements[0].Points(time.Unix(0, 0), time.Unix(4e9, 0))
	if err != nil || len(points) != 1 || points[0].Value != 1.5 {
		t.Errorf("got %v, %v", points, err)
	}
}

func TestMistakesInTheListOfMeasurements(t *testing.T) {
	expect(t, `-- components.yml --
components: [{id: api}]
measurements:
  - {id: a, component: api, file: ../secret.csv}
  - {id: b, component: api, file: /etc/passwd}
  - {id: c, component: api, file: static/c.csv}
  - {id: d, component: api, file: d.json}
  - {id: e, component: api}
  - {id: f}
  - {id: F, component: api}
  - {name: Without an id, component: api}
  - {id: g, component: api, file: there.csv, unti: ms}
  - {id: no spaces, component: api}
  - api
-- measurements/there.csv --
time,value
-- measurements/nobody.csv --
time,value
-- measurements/notes.txt --
Text.
`, `
components.yml:3:35: error: "../secret.csv" leads out of content/
components.yml:4:35: error: "/etc/passwd" leads out of content/
components.yml:5:35: error: "static/c.csv" is not in content/measurements/
components.yml:6:35: error: "d.json" is not the name of a CSV file
components.yml:7:10: error: there is no file content/measurements/e.csv
components.yml:8:5: error: measurement "f" belongs to no component
components.yml:8:10: error: there is no file content/measurements/f.csv
components.yml:9:10: error: measurement "F" is declared twice; the first is on line 8
components.yml:10:5: error: a measurement needs "id"
components.yml:11:46: error: unknown key "unti"
components.yml:12:10: error: "no spaces" cannot be the id of a measurement
components.yml:13:5: error: a measurement must be keys and values, not text
measurements/nobody.csv: warning: no measurement in components.yml names this file
measurements/notes.txt: warning: the file is ignored: only .csv files are read here
`)
}

func TestMistakesInMeasurements(t *testing.T) {
	for _, c := range []struct{ csv, message, hint string }{
		{"", "1:1: the first line is empty", "write time,value as the first line"},
		{"2026-06-25T06:00:00Z,1\n", "1:1: the first line must be time,value", "write time,value as the first line"},
		{"time,value\n2026-06-25T06:00:00Z,1,5\n", "2:1: this line has two values", "decimals with a point"},
		{"time,value\n2026-06-25T06:00:00Z;1,5\n", `2:1: "2026-06-25T06:00:00Z;1" is not a time`, "write 2026"},
		{"time,value\n2026-06-25T06:00:00Z;15\n", "2:1: this is not a time and a value", "separate the columns by commas"},
		{"time,value\n2026-06-25T06:00:00Z,NaN\n", `2:22: "NaN" is not a number`, "a gap"},
		{"time,value\n2026-06-25T06:00:00Z,+Inf\n", `2:22: "+Inf" is not a number`, "a gap"},
		{"time,value\n2026-06-25T06:00:00Z,\n", "2:22: the line has no value", "a gap"},
		{"time,value\n2026-06-25T06:00:00Z,0x1p4\n", `2:22: "0x1p4" is not a number`, "a plain number"},
		{"time,value\n2026-06-25T06:00:00Z,1_000\n", `2:22: "1_000" is not a number`, "a plain number"},
		{"time,value\n2026-06-25T06:00:00Z,1e300\n", `2:22: "1e300" is too large`, "larger unit"},
		{"time,value\n2026-06-25T06:00:00Z,\"1\"\n", `2:22: ""1"" is not a number`, "quotation marks"},
		{"time,value\n2026-06-25 06:00,1\n", `2:1: "2026-06-25 06:00" is not a time`, "2026-06-25T06:00:00Z if it is in UTC"},
		{"time,value\n2026-02-30T06:00:00Z,1\n", `2:1: "2026-02-30T06:00:00Z" is not a time`, "write 2026"},
		{"time,value\n1782369660000,1\n", `2:1: "1782369660000" is not a time`, "not milliseconds: 1782369660"},
		{"time,value\n1782369660,1\n1782369660,2\n", "3:1: the line before has the same time", "keep one of the two"},
		{"time,value\n1782369660,1\n1782369600,2\n", "3:1: this was measured before the line above it", "sort the lines"},
		{"time,value\n1782367200,1,0,2\n", "2:1: this line has more columns than the first one", "write time,value,min,max"},
		{"time,value,min,max\n1782367200,1,2,3\n", "2:1: the mean of an hour is not between", "TIME,MEAN,MIN,MAX"},
		{"time,value,min,max\n1782367260,1,0,2\n", "2:1: a line with min and max stands for an hour", "start of the hour"},
		{"time,value,min,max\n1782367200,1,0,2\n1782367500,1\n", "3:1: the line before stands for the whole hour", "remove this line"},
		{"time,value\nü1782369660,1\n", `2:1: "ü1782369660" is not a time`, "write 2026"},
		{"time,value\n1782369660," + strings.Repeat("1", 300), "2:1: this line is longer than 200 characters", "TIME,VALUE"},
		{"\xff\xfet\x00i\x00m\x00e\x00,\x00v\x00\n\x00", "1:1: the file is not in UTF-8", "UTF-16"},
		{"time,value\r1782369660,1\r", "1:1: the file has no line feeds", "line feed"},
		{"<<<<<<< HEAD\ntime,value\n", "1:1: the first line must be time,value", "write time,value"},
	} {
		_, problems := Read(folder(measured("")+c.csv), Options{})
		message := strings.TrimPrefix(listed(problems), "measurements/response.csv:")
		message = strings.Replace(message, " error: ", " ", 1)
		if len(problems) != 1 || !strings.HasPrefix(message, c.message) || !strings.Contains(problems[0].Hint, c.hint) {
			hint := ""
			if len(problems) > 0 {
				hint = problems[0].Hint
			}
			t.Errorf("%q:\ngot  %s     %s\nwant %s\n     %s", c.csv, message, hint, c.message, c.hint)
		}
	}
}

// A counter that fell to minus zero is 0 on pages and in JSON, however it is written.
func TestMinusZeroIsZero(t *testing.T) {
	for _, text := range []string{"-0", "-0.0", "-0e5", "-0.00000000000000000000", "-1e-400"} {
		if n, ok := parseValue([]byte(text)); !ok || n != 0 || math.Signbit(n) {
			t.Errorf("%s: got %v, %v", text, n, ok)
		}
	}
}

func TestManyMistakesInMeasurements(t *testing.T) {
	_, problems := Read(folder(measured("time,value\n"+strings.Repeat("x,y\n", 100_000))), Options{})
	if len(problems) != maxWrong+1 || problems[maxWrong].Rule != "too-many" {
		t.Errorf("got %d problems:\n%s", len(problems), listed(problems))
	}
}

func TestMeasurementsThatAreTooLarge(t *testing.T) {
	fsys := folder(measured("time,value\n"))
	fsys["content/measurements/response.csv"] = textFile("time,value\n" + strings.Repeat("\n", MaxMeasured))
	if _, problems := Read(fsys, Options{}); !strings.Contains(listed(problems), "the file is larger than 16 MB") {
		t.Errorf("got %s", listed(problems))
	}
}

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
