package measured

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// inputs are small inputs of each source, and what is read from them.
var inputs = []struct{ kind, input, want string }{
	{"prometheus", `{"status":"success","data":{"resultType":"matrix","result":[` +
		`{"metric":{"__name__":"up"},"values":[[1782367200.9,"1"],[1782367500,"NaN"]]}]}}`,
		`{name="up"} 1782367200=1 skipped 1`},
	{"prometheus", `{"status":"success","data":{"resultType":"vector","result":[` +
		`{"metric":{},"value":[1782367200,"-0.5"]}]}}`, `{} 1782367200=-0.5`},
	{"openmetrics", "# TYPE up gauge\nup{a=\"x\\\"} y\",b=\"1\"} 1 1782367200\nup{a=\"2\"} 3 1782367200 # {id=\"1\"} 4\n# EOF",
		`{a="x\"} y", b="1", name="up"} 1782367200=1; {a="2", name="up"} 1782367200=3`},
	{"openmetrics", "up 1.5e1 1782367200123", `{name="up"} 1782367200=15`},
	{"gatus", `{"name":"api","results":[{"duration":1500000,"success":true,"timestamp":"2026-06-25T06:00:00+02:00"},` +
		`{"duration":1,"success":false,"timestamp":"2026-06-25T07:00:00Z"}]}`,
		`{name="api"} 1782360000=1.5 skipped 1`},
	{"gatus", `[{"name":"a","key":"g_a","results":[]},` +
		`{"name":"b","results":[{"duration":2000000,"success":true,"timestamp":"2026-06-25T06:00:00Z"}]}]`,
		`{name="b"} 1782367200=2`},
	{"gatus", `{"timestamps":[1782367200000,1782370800000],"values":[12,14]}`, `{} 1782367200=12 1782370800=14`},
	{"upptime", "abc\t2026-06-25T06:00:00+00:00\t🟩 Web (EU) is up (200 in 12 ms) [skip ci]\n" +
		"2026-06-25T06:05:00Z 🟥 Web (EU) is down (0 in 0 ms)\nother",
		`{name="Web (EU)"} 1782367200=12 skipped 1`},
	{"csv", "Time,Value,Host\n1782367200000,2,x\n\"2026-06-25T06:05:00Z\",\"3\",y\n" +
		"1782367200,null,", `{name="Value"} 1782367200=2 1782367500=3 skipped 1`},
	{"csv", "\"Time\",\"api\",\"web, old\"\n1782367200,2,7\n1782367500,,8.5\n",
		`{name="api"} 1782367200=2 skipped 1; {name="web, old"} 1782367200=7 1782367500=8.5`},
	{"csv", "time,value,min,max\n1782367200,2\n", `{name="value"} 1782367200=2`},
}

// listedSeries returns series in words.
func listedSeries(list []Series) string {
	var all []string
	for _, s := range list {
		one := s.String()
		for _, p := range s.Points {
			one += fmt.Sprintf(" %d=%v", p.Time, p.Value)
		}
		if s.Skipped > 0 {
			one += fmt.Sprintf(" skipped %d", s.Skipped)
		}
		all = append(all, one)
	}
	return strings.Join(all, "; ")
}

func TestEachSourceIsRecognizedAndRead(t *testing.T) {
	for _, c := range inputs {
		for _, kind := range []string{"", c.kind} {
			list, err := Read([]byte(c.input), kind)
			if got := listedSeries(list); err != nil || got != c.want {
				t.Errorf("%q as %q:\ngot  %s, %v\nwant %s", c.input, kind, got, err, c.want)
			}
		}
	}
}

func TestInputsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ kind, input, want string }{
		{"", " \n", "the input is empty"},
		{"", "hello world", "of no source that Allclear knows"},
		{"graphite", "x", `there is no source "graphite"`},
		{"", `{"status":"error","errorType":"bad_data","error":"parse error"}`, "answered with an error: parse error"},
		{"", `{"status":"success","data":{"resultType":"matrix","result":[]}}`, "has no values"},
		{"prometheus", `{"status":"success","data":{"result":[{"values":[[1,2]]}]}}`, "no pair of a time and a text"},
		{"", "up 1\n", "line 1 has no time"},
		{"openmetrics", "up x 1\n", "line 1 has no number"},
		{"", `{"timestamps":[1],"values":[]}`, "1 times and 0 values"},
		{"", `{"timestamps":`, "not an answer of Gatus"},
		{"upptime", "abc", "no line has a time and a subject"},
		{"", "time,value\n25.06.2026,1\n", "line 2 has no time"},
		{"", "time,value\n1782367200,x\n", "line 2 has no number"},
		{"", "time,value\n1782367200,1\n1782367500,1,5\n", "line 3 has 3 columns, and the first line 2"},
		{"", "Time,Value\n1782367200,\"1,234\"\n", `line 2 has no number: "1,234"`},
		{"", "Time,Value\n1782367200,12 ms\n", `line 2 has no number: "12 ms"`},
		{"", "time,value,min,max\n1782367200,2\n1782370800,5,1,9000\n", "line 3 stands for an hour"},
		{"", `{"status":"success","data":{"resultType":"scalar","result":[1782367200,"1"]}}`, "is a scalar, and no series"},
		{"", `{"status":"success","data":{"resultType":"matrix","result":[{"metric":[]}]}}`, "data.result.metric cannot be array"},
		{"", `{"data":{"result":[{"metric":{"job":"` + strings.Repeat("x", 5000) + `"},"histograms":[[1782367200,{"count":"1"}]]}],` +
			`"resultType":"matrix"},"status":"success"}`, "has histograms"},
	} {
		_, err := Read([]byte(c.input), c.kind)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q as %q: got %v, want %q", c.input, c.kind, err, c.want)
		}
	}
}

// fuzzSource checks that nothing a source sends makes its reader fail or return what is no
// number.
func fuzzSource(f *testing.F, kind string) {
	for _, c := range inputs {
		if c.kind == kind {
			f.Add([]byte(c.input))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Read(data, kind)
		if (err == nil) == (len(list) == 0) {
			t.Fatalf("%d series and %v", len(list), err)
		}
		for _, s := range list {
			for _, p := range s.Points {
				if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) || p.Hour || p.Min != p.Value || p.Max != p.Value {
					t.Errorf("got %+v", p)
				}
			}
		}
	})
}

func FuzzMeasuredPrometheus(f *testing.F)  { fuzzSource(f, "prometheus") }
func FuzzMeasuredOpenMetrics(f *testing.F) { fuzzSource(f, "openmetrics") }
func FuzzMeasuredGatus(f *testing.F)       { fuzzSource(f, "gatus") }
func FuzzMeasuredUpptime(f *testing.F)     { fuzzSource(f, "upptime") }
func FuzzMeasuredCSV(f *testing.F)         { fuzzSource(f, "csv") }
