package render_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

const measuredNow = "2025-07-25T12:00:00Z"

// measuredSite is a site with a measurement every five minutes: 100, for an hour 400, for an
// hour nothing, and one spike. Its component had maintenance and trouble.
func measuredSite() content {
	now, _ := time.Parse(time.RFC3339, measuredNow)
	var csv strings.Builder
	csv.WriteString("time,value\n")
	for at := now.AddDate(0, 0, -100); !at.After(now); at = at.Add(5 * time.Minute) {
		value := 100
		switch ago := now.Sub(at); {
		case ago > 10*time.Hour && ago <= 11*time.Hour:
			value = 400
		case ago > 5*time.Hour && ago <= 6*time.Hour:
			continue
		case ago == 48*time.Hour:
			value = 9000
		}
		fmt.Fprintf(&csv, "%d,%d\n", at.Unix(), value)
	}
	return content{
		"content/site.yml": "title: Example\nurl: https://status.example.com\ntimezone: Europe/Berlin\n" +
			"languages: [en, de]\n",
		"content/components.yml":             "components:\n- {id: api, name: API}\n- {id: web, name: Website}\n" + measuredList,
		"content/measurements/response.csv":  csv.String(),
		"content/measurements/abandoned.csv": "time,value\n2025-07-22T12:00:00Z,0.5\n",
		"content/incidents/2025-07-25-slow.md": "---\ntitle: Slow\ncomponents: [api]\nstatus: degraded\nstart: 2025-07-25 03:00\n" +
			"end: 2025-07-25 04:00\n---\nX.\n",
		"content/maintenance/2025-07-10-m.md": "---\ntitle: M\ncomponents: [api]\nposted: 2025-06-01\nstart: 2025-07-10 08:00\n" +
			"end: 2025-07-10 20:00\n---\nX.\n",
	}
}

const measuredList = "measurements:\n- {id: response, name: {en: Response time, de: Antwortzeit}, unit: ms, component: api}\n" +
	"- {id: abandoned, name: Errors, unit: \"%\", component: web}\n"

// A service of which one in a hundred thousand requests failed was not available at 100%.
func TestLessThanAHundredPercentIsNeverAHundred(t *testing.T) {
	for value, want := range map[string]string{
		"99.999": "99.99%", "99.996": "99.99%", "99.994": "99.99%", "100": "100%", "100.04": "100%",
	} {
		folder := measuredSite()
		folder["content/measurements/abandoned.csv"] = "time,value\n2025-07-25T11:00:00Z," + value + "\n"
		page := text(pagesOf(t, publish(t, folder, measuredNow))["components/web/index.html"])
		if !strings.Contains(page, "Latest value: "+want+" ") || !strings.Contains(page, "Highest: "+want+".") {
			t.Errorf("%s is not %s:\n%s", value, want, page)
		}
	}
}

func TestAMeasurementIsSaidInWords(t *testing.T) {
	out := publish(t, measuredSite(), measuredNow)
	pages := pagesOf(t, out)
	page := text(pages["components/api/index.html"])
	for _, want := range []string{
		"Response time (ms) Latest value: 100 ms · 25 July 2025, 14:00 CEST",
		"Last 24 hours Half of the values are at most 100 ms, 95% at most 100 ms. Highest: 400 ms.",
		"Last 30 days Half of the values are at most 100 ms, 95% at most 100 ms. Highest: 9,000 ms.",
		"Last 7 days · Last 90 days",
		"Time Lowest Average Highest Status",
		"25 July, 03:00–04:00 400 ms 400 ms 400 ms Degraded",
		"Thursday 10 July 100 ms 100 ms 100 ms Under maintenance",
		"25 July, 08:00–09:00 – – –",
	} {
		if !strings.Contains(strings.ReplaceAll(page, "\u00a0", " "), want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	german := strings.ReplaceAll(text(pages["de/components/api/index.html"]), "\u00a0", " ")
	if !strings.Contains(german, "Antwortzeit (ms) Neuester Wert: 100 ms") || !strings.Contains(german, "Höchster Wert: 9.000 ms") {
		t.Errorf("the German page is wrong:\n%s", german)
	}
	stopped := text(pages["components/web/index.html"])
	if !strings.Contains(stopped, "Last measured 22 July 2025, 14:00 CEST · Latest value: 0.5%") ||
		!strings.Contains(stopped, "Last 24 hours Nothing was measured in this time.") {
		t.Errorf("the page of an abandoned series is wrong:\n%s", stopped)
	}
}

var pathStep = regexp.MustCompile(`([MLHVhZ])([-\d.]*) ?([-\d.]*)`)

// charts returns the charts of a page: by heading, the <svg>.
func charts(page *html.Node) map[string]*html.Node {
	found := map[string]*html.Node{}
	for n := range page.Descendants() {
		if class, _ := attribute(n, "class"); n.Data == "svg" && class == "values" {
			label, _ := attribute(n, "aria-labelledby")
			found[strings.TrimSuffix(label, "-t")] = n
		}
	}
	return found
}

// readBack reads a chart back: the scale from the numbers beside its lines, then the
// average line as runs of values.
func readBack(t *testing.T, chart *html.Node) (runs [][]float64, highest float64, peaks int) {
	t.Helper()
	var ys, values []float64
	for n := range chart.Descendants() {
		class, _ := attribute(n, "class")
		if parent, _ := attribute(n.Parent, "class"); n.Data == "text" && parent == "rule" {
			value, err := strconv.ParseFloat(strings.ReplaceAll(text(n), ",", ""), 64)
			if err != nil {
				t.Fatal(err)
			}
			ys, values = append(ys, numberIn(t, n, "y")), append(values, value)
		}
		if class == "peak" {
			peaks++
		}
	}
	perPixel := (values[1] - values[0]) / (ys[0] - ys[1])
	value := func(y string) float64 {
		f, _ := strconv.ParseFloat(y, 64)
		return values[0] + (ys[0]-16-f)*perPixel
	}
	for n := range chart.Descendants() {
		d, _ := attribute(n, "d")
		class, _ := attribute(n, "class")
		for _, step := range pathStep.FindAllStringSubmatch(d, -1) {
			switch {
			case class == "line" && step[1] == "M":
				runs = append(runs, []float64{value(step[3])})
			case class == "line" && step[1] == "L":
				runs[len(runs)-1] = append(runs[len(runs)-1], value(step[3]))
			case class == "band" && step[1] == "V":
				highest = max(highest, value(step[2]))
			}
		}
	}
	return runs, highest, peaks
}

func TestTheDrawingOfAMeasurementReadBack(t *testing.T) {
	page := pagesOf(t, publish(t, measuredSite(), measuredNow))["components/api/index.html"]
	all := charts(page)
	if len(all) != 4 {
		t.Fatalf("the page has %d charts", len(all))
	}
	runs, highest, _ := readBack(t, all["_m-response-day"])
	if len(runs) != 2 || len(runs[0])+len(runs[1]) < 88 || len(runs[0])+len(runs[1]) > 95 {
		t.Fatalf("the gap is not drawn: %d runs", len(runs))
	}
	for _, v := range runs[1] {
		if math.Abs(v-100) > 2 {
			t.Errorf("after the gap, %v is drawn and not 100", v)
		}
	}
	if math.Abs(highest-400) > 2 {
		t.Errorf("the band goes up to %v, not 400", highest)
	}
	if _, _, peaks := readBack(t, all["_m-response-week"]); peaks != 2 { // the spike, and 400, are far above all else
		t.Errorf("the week has %d peaks above its scale", peaks)
	}
	shades := map[string]int{}
	for n := range page.Descendants() {
		if parent, _ := attribute(n.Parent, "class"); n.Data == "rect" && parent == "shade" {
			class, _ := attribute(n, "class")
			fill, _ := attribute(n, "fill")
			shades[class+fill]++
		}
	}
	if want := map[string]int{"degraded": 4, "maint": 2, "url(#_hatch)": 2}; !maps.Equal(shades, want) {
		t.Errorf("shaded: %v, want %v", shades, want)
	}
}

func TestTheJSONOfAMeasurement(t *testing.T) {
	data := publishOne(t, measuredSite(), measuredNow, "measurements/response.json")
	var got struct {
		ID, Name, Unit, Component, At string
		Latest                        struct {
			Time  string
			Value float64
		}
		Charts map[string]struct {
			From, To string
			Count    int
			Median   float64
			P95      float64
			Buckets  []struct {
				Start          string
				Min, Mean, Max *float64
				Count          int
			}
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	day := got.Charts["day"]
	if got.ID != "response" || got.Unit != "ms" || got.Component != "api" || got.Latest.Value != 100 || got.At != measuredNow ||
		len(got.Charts) != 4 || len(day.Buckets) != 96 || day.P95 != 400 && day.P95 != 100 || got.Charts["quarter"].Count < 25_000 {
		t.Errorf("got %s", data[:400])
	}
	empty, count := 0, 0
	for _, b := range day.Buckets {
		if count += b.Count; b.Count == 0 && b.Start <= measuredNow {
			if empty++; b.Min != nil || b.Mean != nil || b.Max != nil {
				t.Errorf("a bucket of a gap has values: %+v", b)
			}
		}
	}
	if empty < 3 || empty > 5 || count != day.Count {
		t.Errorf("%d buckets are empty; %d of %d points", empty, count, day.Count)
	}
}
