package render

import (
	"slices"
	"strings"
	"testing"
	"time"

	reporting "allclear/generator/report"
	"allclear/generator/site"
)

// A page of A4 has 700 pixels for a table and lists: 40 for each line of the table, 42 for
// each incident and 56 for each window. However large the table is, two of each are listed.
func TestWhatAPrintedPageHasRoomFor(t *testing.T) {
	for _, c := range []struct{ lines, incidents, windows, wantIncidents, wantWindows int }{
		{3, 0, 0, 0, 0},
		{3, 10, 0, 10, 0},
		{3, 20, 0, 13, 0},  // 580 / 42
		{3, 0, 20, 0, 10},  // 580 / 56
		{3, 5, 20, 5, 6},   // (580 - 5 * 42) / 56 windows, and (580 - 6 * 56) / 42 incidents
		{3, 40, 24, 11, 2}, // (580 - 2 * 56) / 42
		{4, 11, 9, 10, 2},  // 540 - 462 has room for 1 window, but 2 are listed; then (540 - 112) / 42
		{13, 9, 9, 2, 2},   // a table of 520 pixels leaves 180
		{13, 3, 0, 3, 0},
		{13, 4, 0, 4, 0}, // 180 / 42
		{13, 5, 0, 4, 0},
		{17, 40, 24, 2, 2}, // 20 pixels
		{40, 40, 24, 2, 2},
		{40, 1, 1, 1, 1},
		{40, 2, 0, 2, 0},
	} {
		incidents, windows := fitting(c.lines, c.incidents, c.windows)
		if incidents != c.wantIncidents || windows != c.wantWindows {
			t.Errorf("below %d lines, %d of %d incidents and %d of %d windows are listed; want %d and %d",
				c.lines, incidents, c.incidents, windows, c.windows, c.wantIncidents, c.wantWindows)
		}
	}
}

// Of many incidents, those that cost most are listed, and of equal ones the longer, and then
// the earlier; of windows those of which most counts. They stay in the order of time.
func TestOfManyTheWorstAreListedInTheOrderOfTime(t *testing.T) {
	var incidents []site.IncidentShare
	for i, c := range []struct{ lost, length int64 }{{5, 9}, {8, 1}, {0, 50}, {5, 10}, {0, 50}, {8, 1}} {
		incidents = append(incidents, site.IncidentShare{Entry: &site.Entry{Slug: string(rune('a' + i))}, Lost: c.lost, Length: c.length})
	}
	for n, want := range []string{"", "b", "bf", "bdf", "abdf", "abcdf", "abcdef", "abcdef"} {
		var got strings.Builder
		for _, i := range worstShares(incidents, n) {
			got.WriteString(i.Entry.Slug)
		}
		if got.String() != want {
			t.Errorf("the %d worst incidents are %s, not %s", n, &got, want)
		}
	}
	var windows []site.WindowShare
	for i, seconds := range [][5]int64{{100, 0, 0, 0, 0}, {0, 3, 0, 0, 4}, {9, 0, 6, 0, 0}, {0, 0, 0, 7, 0}} {
		windows = append(windows, site.WindowShare{Entry: &site.Entry{Slug: string(rune('a' + i))}, Seconds: seconds})
	}
	for n, want := range []string{"", "b", "bd", "bcd", "abcd"} {
		var got strings.Builder
		for _, w := range worstWindows(windows, n) {
			got.WriteString(w.Entry.Slug)
		}
		if got.String() != want {
			t.Errorf("the %d worst windows are %s, not %s", n, &got, want)
		}
	}
}

// A service is calm if there is nothing to list and it was in service all the time.
func TestACalmServiceHasNothingToList(t *testing.T) {
	from := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, 1, 0)
	month := site.Interval{Start: from, End: to}
	d := &reporting.Document{UptimeReport: &site.UptimeReport{Period: site.Period{Name: "2026-10", Interval: month}}}
	whole := site.Place{Service: month}
	second := site.Place{Service: site.Interval{Start: from.Add(time.Second), End: to}}
	shorter := site.Place{Service: site.Interval{Start: from, End: to.Add(-time.Second)}}
	for name, c := range map[string]struct {
		of   site.ComponentReport
		calm bool
	}{
		"all the time":              {site.ComponentReport{Place: whole}, true},
		"with an incident":          {site.ComponentReport{Place: whole, Incidents: make([]site.IncidentShare, 1)}, false},
		"with a window":             {site.ComponentReport{Place: whole, Maintenance: make([]site.WindowShare, 1)}, false},
		"from the second second on": {site.ComponentReport{Place: second}, false},
		"without the last second":   {site.ComponentReport{Place: shorter}, false},
	} {
		if isCalm(d, &c.of) != c.calm {
			t.Errorf("in service %s: calm is %v", name, !c.calm)
		}
	}
}

// Up to four places are the columns of a table, more are its lines: a column for each status
// that one of them had. One place alone needs no columns for downtime and uptime.
func TestATableOfAReportHasItsPlacesAcrossOrDown(t *testing.T) {
	s := &site.Site{Zone: time.UTC}
	for _, id := range []string{"a", "b", "c", "d"} {
		s.Regions = append(s.Regions, site.Region{ID: id, Name: site.Text{Default: strings.ToUpper(id)}})
	}
	v := reportView{pageView: pageView{settings: &settings{site: s}, lang: languageFor(t, "en")}}
	place := func(region string, operational, degraded, lost int64) site.Place {
		return site.Place{Region: region, Seconds: [5]int64{site.Operational: operational, site.DegradedPerformance: degraded},
			Uptime: site.Ratio{Span: operational + degraded, Lost: lost * 1e6}}
	}
	report := func(regions ...site.Place) (*site.ComponentReport, []*site.Place) {
		c := &site.ComponentReport{Component: &site.Component{}, Place: place("", 60, 0, 0), Regions: regions}
		places := []*site.Place{&c.Place}
		for i := range c.Regions {
			places = append(places, &c.Regions[i])
		}
		return c, places
	}
	text := func(table reportTable) string {
		lines := []string{strings.Join(table.Head, " ")}
		for _, line := range table.Lines {
			lines = append(lines, line.Name+" "+strings.Join(line.Cells, " "))
		}
		return strings.ReplaceAll(strings.Join(lines, "\n"), "\u00a0", " ")
	}
	a, b, c, d := place("a", 60, 0, 0), place("b", 45, 15, 15), place("c", 60, 0, 0), place("d", 60, 0, 0)
	three, places := report(a, b, c)
	if got := text(v.reportTable(three, places)); got != "Status All regions A B C\nOperational 1 min 1 min 45 s 1 min\n"+
		"Degraded 0 s 0 s 15 s 0 s\nWeighted downtime 0 s 0 s 15 s 0 s\nUptime 100.00% 100.00% 75.00% 100.00%" {
		t.Errorf("three regions:\n%s", got)
	}
	four, places := report(a, b, c, d)
	if got := text(v.reportTable(four, places)); got != "Region Operational Degraded Weighted downtime Uptime\n"+
		"All regions 1 min 0 s 0 s 100.00%\nA 1 min 0 s 0 s 100.00%\nB 45 s 15 s 15 s 75.00%\n"+
		"C 1 min 0 s 0 s 100.00%\nD 1 min 0 s 0 s 100.00%" {
		t.Errorf("four regions:\n%s", got)
	}
	for want, regions := range map[string][]site.Place{"Status Global\nOperational 1 min": nil, "Status B\nOperational 1 min": {b}} {
		c, places := report(regions...)
		if got := text(v.reportTable(c, places[:1])); got != want {
			t.Errorf("%d regions:\n%s\nwant:\n%s", len(regions), got, want)
		}
	}
}

// Lost time is that of the mean of the regions, rounded up to the second.
func TestDowntimeIsRoundedUp(t *testing.T) {
	v := reportView{pageView: pageView{settings: &settings{site: &site.Site{Zone: time.UTC}}, lang: languageFor(t, "en")}}
	c := &site.ComponentReport{Regions: make([]site.Place, 3)}
	for millionths, want := range map[int64][2]string{
		0: {"0 s", "0 s"}, 1: {"1 s", "1 s"}, 3_000_000: {"1 s", "3 s"}, 3_000_001: {"2 s", "4 s"}, 180_000_000: {"1 min", "3 min"},
	} {
		c.Uptime.Lost, c.Regions[1].Uptime.Lost = millionths, millionths
		for i, p := range []*site.Place{&c.Place, &c.Regions[1]} {
			if got := strings.ReplaceAll(v.lostLength(c, p), "\u00a0", " "); got != want[i] {
				t.Errorf("%d millionths of place %d are %q, not %q", millionths, i, got, want[i])
			}
		}
	}
	c = &site.ComponentReport{Place: site.Place{Uptime: site.Ratio{Lost: 5_000_000}}}
	if got := v.lostLength(c, &c.Place); got != "5\u00a0s" {
		t.Errorf("a service without regions lost %q", got)
	}
}

// The rules at the end of a report are those of the site.
func TestAReportSaysItsRules(t *testing.T) {
	s := &site.Site{Zone: time.UTC}
	s.Uptime.Weights[site.DegradedPerformance], s.Uptime.Weights[site.PartialOutage], s.Uptime.Weights[site.MajorOutage] = 0.125, 0.5, 1
	v := reportView{pageView: pageView{settings: &settings{site: s}, lang: languageFor(t, "en")}}
	rules := func() []string {
		list := v.reportRules(nil)
		for i := range list {
			list[i] = strings.ReplaceAll(list[i], "\u00a0", " ")
		}
		return list
	}
	plain := rules()
	weights := "rounded down. Weight of each second: Degraded 0.125, Partial outage 0.5, Major outage 1."
	if len(plain) != 3 || !strings.HasSuffix(plain[0], weights) || plain[2] != "Maintenance is not downtime." {
		t.Errorf("without exclusions: %q", plain)
	}
	s.SLA.Exclude = site.Exclusion{Set: true}
	only := rules()
	if len(only) != 3 || only[2] == plain[2] {
		t.Errorf("with exclusions: %q", only)
	}
	s.SLA.Exclude = site.Exclusion{Set: true, Announced: time.Second, Limited: true}
	s.SLA.Tiers = []site.Tier{{Below: site.Target{Percent: 99.9}, Credit: 12.5}, {Below: site.Target{Percent: 97}, Credit: 100}}
	if want := append(slices.Clone(only), "Maintenance must be announced this long before its start: 1 s.",
		"Maintenance in a calendar month that is not downtime, at most: 0 s.", "Credit for an uptime below 99.9%: 12.5%.",
		"Credit for an uptime below 97%: 100%."); !slices.Equal(rules(), want) {
		t.Errorf("all rules: %q\nwant: %q", rules(), want)
	}
}
