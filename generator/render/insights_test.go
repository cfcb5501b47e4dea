package render_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// told is a site whose incidents have figures that are easy to check.
var told = content{
	"content/site.yml": "title: Example\nurl: https://status.example.com\ntimezone: Europe/Berlin\ninsights: true\n",
	"content/components.yml": "components:\n- group: Platform\n  id: platform\n  components:\n" +
		"  - {id: web, name: Website, since: 2024-08-01}\n" +
		"  - {id: api, name: Public API}\n- {id: mail, name: Mail}\n",
	"content/incidents/2025-05-02-a.md": "---\ntitle: A\ncomponents: [web, api]\nstatus: major_outage\nstart: 2025-05-02 10:00\n" +
		"tags: [deploy, network]\nnext_update: 2025-05-02 10:30\n---\n" +
		"## Investigating — 2025-05-02 10:05\nX.\n## Identified — 2025-05-02 10:40\nX.\n## Resolved — 2025-05-02 11:00\nX.\n",
	"content/incidents/2025-05-20-b.md": "---\ntitle: B\ncomponents: [api]\nstatus: degraded\nstart: 2025-05-20 10:00\n" +
		"tags: [Deploy]\nnext_update: 2025-05-20 12:00\n---\n## Investigating — 2025-05-20 10:15\nX.\n## Resolved — 2025-05-20 10:30\nX.\n",
	"content/incidents/2025-07-01-c.md": "---\ntitle: C\ncomponents: [mail]\nstatus: partial_outage\nstart: 2025-07-01 00:30\n" +
		"end: 2025-07-01 02:30\nposted: 2025-07-03\n---\nText.\n",
	"content/incidents/2025-07-09-notice.md": "---\ntitle: N\nseverity: none\nstart: 2025-07-09 08:00\n---\n" +
		"## Update — 2025-07-09 08:00\nX.\n",
	"content/maintenance/2025-07-05-m.md": "---\ntitle: M\ncomponents: [web]\nposted: 2025-06-01\nstart: 2025-07-05 08:00\n" +
		"end: 2025-07-05 09:00\n---\nX.\n",
}

const toldAt = "2025-07-25T12:00:00Z"

// insightsOf returns the page of a site.
func insightsOf(t *testing.T, c content, at string) *html.Node {
	t.Helper()
	page := pagesOf(t, publish(t, c, at))["insights/index.html"]
	if page == nil {
		t.Fatal("there is no page of insights")
	}
	return page
}

func TestIncidentsInFigures(t *testing.T) {
	page := text(insightsOf(t, told, toldAt))
	for _, want := range []string{
		"August 2024 – July 2025",
		"Incidents 3 Minor 1, Major 1, Critical 1",
		"Time to the first update 15 min median; longest: 2 d", // the one that was posted two days later
		"Time between updates 21 min median; longest: 35 min",
		"Time to resolution 1 h median; longest: 2 h",
		"Promised updates on time 1 of 2 late by up to 10 min",
		"Incidents by cause An incident that belongs to several rows counts in each of them. Minor Major Critical " +
			"Incidents Time to resolution (Median) Deploy 2 45 min network 1 1 h No cause given 1 2 h",
		"The same data as a table Promised updates on time Number Median Longest On time 1 – – Late 1 10 min 10 min Never came 0 – –",
		"Platform 2 45 min Website 1 1 h Public API 2 45 min Mail 1 2 h",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// numberIn returns an attribute as a number, with or without a percent sign.
func numberIn(t *testing.T, n *html.Node, name string) float64 {
	t.Helper()
	value, _ := attribute(n, name)
	f, err := strconv.ParseFloat(strings.TrimSuffix(value, "%"), 64)
	if err != nil {
		t.Fatalf("%s=%q of a <%s>", name, value, n.Data)
	}
	return f
}

// within returns the elements below n with a tag, and a class if that is not "".
func within(n *html.Node, tag, class string) []*html.Node {
	var found []*html.Node
	for _, e := range elements(n) {
		if own, _ := attribute(e, "class"); e.Data == tag && (class == "" || own == class) {
			found = append(found, e)
		}
	}
	return found
}

// tableOf returns the rows of the table of a chart, by their first cell.
func tableOf(t *testing.T, page *html.Node, caption string) map[string][]string {
	t.Helper()
	for _, region := range within(page, "div", "scroll") {
		if label, _ := attribute(region, "aria-label"); label == caption {
			rows := map[string][]string{}
			for _, tr := range within(within(region, "tbody", "")[0], "tr", "") {
				var cells []string
				for _, td := range within(tr, "td", "") {
					cells = append(cells, text(td))
				}
				rows[text(within(tr, "th", "")[0])] = cells
			}
			return rows
		}
	}
	t.Fatalf("no table is called %s", caption)
	return nil
}

// chartOf returns the drawing with a title.
func chartOf(t *testing.T, page *html.Node, title string) *html.Node {
	t.Helper()
	for _, svg := range within(page, "svg", "") {
		names := within(svg, "title", "")
		if role, _ := attribute(svg, "role"); role == "img" && len(names) > 0 && text(names[0]) == title {
			return svg
		}
	}
	t.Fatalf("no drawing is called %s", title)
	return nil
}

// columnAt returns the month of the twelve that a place across belongs to.
func columnAt(middle float64) string {
	return time.Date(2024, time.August+time.Month(middle*12/100), 1, 0, 0, 0, 0, time.UTC).Format("January 2006")
}

// What is drawn is what the table says: the heights are read back.
func TestColumnsAreAsHighAsTheNumbersInTheTable(t *testing.T) {
	page := insightsOf(t, told, toldAt)
	svg, rows := chartOf(t, page, "Incidents by month"), tableOf(t, page, "Incidents by month")
	if len(rows) != 12 {
		t.Errorf("the table has %d months", len(rows))
	}
	ground := numberIn(t, within(svg, "line", "ground")[0], "y1")
	line := within(within(svg, "g", "rule")[0], "line", "")[0] // the lowest: 1 incident
	unit := ground - numberIn(t, line, "y1")
	drawn := map[string][3]int{}
	for i, class := range []string{"degraded", "partial", "major"} {
		for _, part := range within(svg, "rect", class) {
			month := columnAt(numberIn(t, part, "x") + numberIn(t, part, "width")/2)
			n := drawn[month]
			n[i] = int(math.Round(numberIn(t, part, "height") / unit))
			drawn[month] = n
		}
	}
	sum := 0
	for month, cells := range rows {
		n := drawn[month]
		if want := fmt.Sprint(n[0], n[1], n[2], n[0]+n[1]+n[2]); want != strings.Join(cells, " ") {
			t.Errorf("%s: %s are drawn, the table says %v", month, want, cells)
		}
		sum += n[0] + n[1] + n[2]
	}
	if sum != 3 {
		t.Errorf("%d incidents are drawn", sum)
	}
}

// The scale of times is logarithmic: two lines and their lengths say what a place means.
func TestDotsAreWhereTheTimesInTheTableAre(t *testing.T) {
	page := insightsOf(t, told, toldAt)
	for _, title := range []string{"Time to the first update", "Time between updates", "Time to resolution"} {
		svg, rows := chartOf(t, page, title), tableOf(t, page, title)
		rule := within(svg, "g", "rule")[0]
		lines, words := within(rule, "line", ""), within(rule, "text", "")
		last := len(words) - 1
		y0, y1 := numberIn(t, lines[0], "y1"), numberIn(t, lines[last], "y1")
		d0, d1 := readLength(t, text(words[0])), readLength(t, text(words[last]))
		lengthAt := func(y float64) float64 { return math.Exp(math.Log(d0) + (y-y0)/(y1-y0)*math.Log(d1/d0)) }
		medians, worst := map[string]float64{}, map[string]float64{}
		for _, dot := range within(svg, "circle", "median") {
			month := columnAt(numberIn(t, dot, "cx"))
			medians[month], worst[month] = lengthAt(numberIn(t, dot, "cy")), lengthAt(numberIn(t, dot, "cy"))
		}
		for _, dot := range within(svg, "circle", "worst") {
			worst[columnAt(numberIn(t, dot, "cx"))] = lengthAt(numberIn(t, dot, "cy"))
		}
		for month, cells := range rows {
			if cells[1] == "–" {
				if medians[month] != 0 {
					t.Errorf("%s in %s: a dot without a number", title, month)
				}
				continue
			}
			for i, drawn := range []float64{medians[month], worst[month]} {
				if want := readLength(t, cells[i+1]); drawn < want*.95 || drawn > want*1.05 {
					t.Errorf("%s in %s: %.0f s are drawn, the table says %s", title, month, drawn, cells[i+1])
				}
			}
		}
	}
}

// readLength reads a length as English pages write it, in seconds.
func readLength(t *testing.T, s string) float64 {
	t.Helper()
	units, sum := map[string]float64{"d": 86400, "h": 3600, "min": 60, "s": 1}, 0.0
	words := strings.Fields(s)
	for i := 0; i+1 < len(words); i += 2 {
		n, err := strconv.Atoi(words[i])
		if err != nil || units[words[i+1]] == 0 {
			t.Fatalf("%q is no length", s)
		}
		sum += float64(n) * units[words[i+1]]
	}
	return sum
}

func TestPartsOfThePromisedUpdatesAreTheNumbersInTheTable(t *testing.T) {
	page := insightsOf(t, told, toldAt)
	svg, rows := chartOf(t, page, "Promised updates on time"), tableOf(t, page, "Promised updates on time")
	for class, name := range map[string]string{"ok": "On time", "late": "Late", "major": "Never came"} {
		drawn := 0.0
		for _, part := range within(svg, "rect", class) {
			drawn += numberIn(t, part, "width")
		}
		if got := strconv.Itoa(int(math.Round(drawn / 50))); got != rows[name][0] {
			t.Errorf("%s: %s drawn, the table says %v", name, got, rows[name])
		}
	}
}

func TestBarsOfCausesAndServicesAreTheNumbersBesideThem(t *testing.T) {
	for _, row := range within(insightsOf(t, told, toldAt), "tr", "") {
		meters := within(row, "svg", "meter")
		if len(meters) == 0 {
			continue
		}
		drawn := 0.0
		for _, part := range within(meters[0], "rect", "") {
			if class, _ := attribute(part, "class"); class != "" { // others are hatching
				drawn += numberIn(t, part, "width")
			}
		}
		count := text(within(row, "td", "")[0])
		if got := strconv.Itoa(int(math.Round(drawn / 50))); got != count { // the longest bars are two incidents
			t.Errorf("%s: %s drawn, the table says %s", text(row), got, count)
		}
		label, _ := attribute(meters[0], "aria-label")
		sum := 0
		for _, word := range strings.Fields(strings.ReplaceAll(label, ",", " ")) {
			n, _ := strconv.Atoi(word)
			sum += n
		}
		if strconv.Itoa(sum) != count {
			t.Errorf("%s: the label says %q", text(row), label)
		}
	}
}
