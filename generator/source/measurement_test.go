package source

import (
	"math"
	"slices"
	"strings"
	"testing"
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
