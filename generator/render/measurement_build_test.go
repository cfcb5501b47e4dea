package render_test

import (
	"bytes"
	"strings"
	"testing"
)

// What clients of Statuspage, Prometheus and feeds read is the same, byte for byte.
func TestMeasurementsChangeNothingElse(t *testing.T) {
	with, without := measuredSite(), measuredSite()
	for path, text := range without {
		if strings.HasPrefix(path, "content/measurements/") {
			delete(without, path)
		}
		without[path] = strings.ReplaceAll(text, measuredList, "")
		if strings.HasPrefix(path, "content/measurements/") {
			delete(without, path)
		}
	}
	a, b := publish(t, with, measuredNow), publish(t, without, measuredNow)
	added := 0
	for path, bytesOf := range a {
		switch before, both := b[path]; {
		case strings.HasPrefix(path, "measurements/"):
			added++
		case strings.Contains(path, "components/") && strings.HasSuffix(path, ".html"), strings.HasPrefix(path, "assets/"),
			strings.HasSuffix(path, ".html"), path == "_headers", strings.HasSuffix(path, "build.json"), path == "state.json":
		case !both || !bytes.Equal(before, bytesOf):
			t.Errorf("%s differs", path)
		}
	}
	if added != 2 || !bytes.Equal(a["api/v2/summary.json"], b["api/v2/summary.json"]) || len(a["api/v2/summary.json"]) == 0 {
		t.Errorf("%d files were added", added)
	}
	if !bytes.Contains(sheet(a), []byte(".measured")) || bytes.Contains(sheet(b), []byte(".measured")) ||
		bytes.Contains(a["index.html"], []byte(".measured")) {
		t.Error("the styles of charts are missing, or where they are not needed")
	}
}

// sheet returns the style sheet of a site's pages.
func sheet(out output) []byte {
	for path, data := range out {
		if strings.HasPrefix(path, "assets/style.") {
			return data
		}
	}
	return nil
}

// The build's id tells visitors that there is something new.
func TestANewPointIsANewBuild(t *testing.T) {
	more := measuredSite()
	more["content/measurements/abandoned.csv"] += "2025-07-25T11:59:00Z,0.7\n"
	a, b := publishOne(t, measuredSite(), measuredNow, "build.json"), publishOne(t, more, measuredNow, "build.json")
	if bytes.Equal(a, b) {
		t.Errorf("both builds are %s", a)
	}
}

// A small line on the home page is for those who ask for it.
func TestASmallLineOnTheHomePage(t *testing.T) {
	with := measuredSite()
	with["content/components.yml"] = strings.Replace(with["content/components.yml"], "component: api}", "component: api, home: true}", 1)
	with["content/components.yml"] = strings.Replace(with["content/components.yml"], "component: web}", "component: web, home: true}", 1)
	home := publishOne(t, with, measuredNow, "index.html")
	// the other series has stopped
	if got := bytes.Count(home, []byte(`<p class="spark">`)); got != 1 || !bytes.Contains(home, []byte(".spark")) {
		t.Errorf("the home page has %d small lines", got)
	}
	want := `aria-label="Response time (ms), Last 24 hours: Half of the values are at most 100` + "\u00a0ms"
	if !bytes.Contains(home, []byte(want)) {
		t.Errorf("the small line does not say what it shows:\n%s", home)
	}
	if plain := publishOne(t, measuredSite(), measuredNow, "index.html"); bytes.Contains(plain, []byte("spark")) {
		t.Error("a home page without small lines has something of them")
	}
}

// The little site's page with a measurement, to be read.
func TestGoldenMeasurement(t *testing.T) {
	c := measuredSite()
	c["content/measurements/response.csv"] = "time,value\n2025-07-24T22:00:00Z,120\n2025-07-24T23:00:00Z,80\n2025-07-25T00:00:00Z,900\n" +
		"2025-07-25T01:00:00Z,110\n2025-07-25T11:00:00Z,105\n"
	page := publishOne(t, c, measuredNow, "components/api/index.html")
	from := bytes.Index(page, []byte(`<section class="measured">`))
	to := bytes.Index(page, []byte(`<details class="same"><summary>Last 7 days`))
	if from < 0 || to < from {
		t.Fatalf("the page has no measurement:\n%s", page)
	}
	golden(t, "measurement.html", page[from:to])
}

// One measurement is enough for the page to have its styles.
func TestOneMeasurementHasItsStyles(t *testing.T) {
	c := measuredSite()
	c["content/components.yml"], _, _ = strings.Cut(c["content/components.yml"], "- {id: abandoned")
	if css := sheet(publish(t, c, measuredNow)); !bytes.Contains(css, []byte(".measured")) || !bytes.Contains(css, []byte(".chart")) {
		t.Error("the styles of charts and measurements are missing")
	}
}
