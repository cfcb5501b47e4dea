package render

import (
	"strings"
	"sync"
	"time"

	"allclear/generator/site"
)

// measurementBlock is a measurement on its component's page.
type measurementBlock struct {
	Name    string             // "Response time (ms)"
	NameIn  *langAttr          // the language of the name, if it is not the page's
	Latest  string             // "Latest value: 182 ms"; "" if there is none
	At      moment             // when that was measured
	Stopped bool               // whether that is long ago
	First   []measurementChart // the last 24 hours and 30 days
	More    []measurementChart // the last 7 and 90 days
	Others  string             // "Last 7 days · Last 90 days"
	JSON    string             // address of the same data for programs
}

// stoppedAfter is the time after which the page says that a series has stopped. Series
// are published once an hour or once a day.
const stoppedAfter = 36 * time.Hour

// findMeasured reads the points of all measurements, in parallel.
func (b *build) findMeasured(s *site.Site) (map[string]site.MeasuredAt, error) {
	found, errs := make([]site.MeasuredAt, len(s.Measurements)), make([]error, len(s.Measurements))
	var wait sync.WaitGroup
	for i := range s.Measurements {
		wait.Go(func() { found[i], errs[i] = s.MeasuredAt(&s.Measurements[i], b.now) })
	}
	wait.Wait()
	byID := map[string]site.MeasuredAt{}
	for i, m := range s.Measurements {
		if errs[i] != nil {
			return nil, errs[i]
		}
		byID[m.ID] = found[i]
	}
	return byID, nil
}

// measurements returns the measurements of a component.
func (v siteView) measurements(c *site.Component) ([]measurementBlock, error) {
	own := v.site.MeasurementsOf(c.ID)
	if len(own) == 0 {
		return nil, nil
	}
	measured, err := v.build.measured()
	if err != nil {
		return nil, err
	}
	var blocks []measurementBlock
	for _, m := range own {
		at := measured[m.ID]
		b := measurementBlock{Name: v.measuredName(m), NameIn: v.untranslated(m.Name), JSON: v.root + measurementPath(m.ID)}
		for _, r := range []site.MeasuredRange{site.LastDay, site.LastMonth} {
			b.First = append(b.First, v.measurementChart(m, at.Ranges[r]))
		}
		for _, r := range []site.MeasuredRange{site.LastWeek, site.LastQuarter} {
			b.More = append(b.More, v.measurementChart(m, at.Ranges[r]))
		}
		b.Others = b.More[0].Heading + " · " + b.More[1].Heading
		if at.Latest.Time != 0 {
			end := time.Unix(at.Latest.End(), 0).UTC()
			b.Latest, b.At = v.say("measured.latest", "value", v.measuredValue(m, at.Latest.Value)), v.moment(end)
			b.Stopped = v.now.Sub(end) > stoppedAfter
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

// measuredSpan returns the name of a range: "Last 24 hours".
func (v pageView) measuredSpan(r site.MeasuredRange) string {
	if r == site.LastDay {
		return v.say("measured.day")
	}
	return v.say("home.days", "n", r.Days())
}

// measuredName returns the name of a measurement with its unit: "Response time (ms)".
func (v pageView) measuredName(m *site.Measurement) string {
	name := v.text(m.Name)
	if unit := v.text(m.Unit); unit != "" {
		return name + " (" + unit + ")"
	}
	return name
}

// measuredValue writes a value with its unit. Less than 100% is never written as 100%.
func (v pageView) measuredValue(m *site.Measurement, n float64) string {
	unit := v.text(m.Unit)
	if unit == "%" && 99.99 < n && n < 100 {
		n = 99.99
	}
	text := v.plainNumber(n)
	switch unit {
	case "":
		return text
	case "%":
		return strings.Replace(v.lang.Percent("0"), "0", text, 1)
	}
	return v.lang.Isolate(text + "\u00a0" + unit)
}

// measuredNames returns what stands below a chart: times of day, or days. It has no
// names whose text would go beyond the picture.
func (v pageView) measuredNames(r site.Measured) []chartName {
	var names []chartName
	add := func(t time.Time, form string, wide bool) {
		if x := 100 * across(r.Interval, t); x > 3 && x < 92 {
			names = append(names, chartName{X: percentOf(x), Text: v.lang.Date(form, v.local(t)), Wide: wide})
		}
	}
	if r.Range == site.LastDay {
		var last time.Time
		for t := v.snap(r.Start, time.Hour, true); t.Before(r.End); t = t.Add(time.Hour) {
			// hours of the clock, also after it has changed; two that it brings together would touch
			if hour := v.local(t).Hour(); hour%3 == 0 && t.Sub(last) >= 3*time.Hour {
				add(t, "time", hour%6 != 0)
				last = t
			}
		}
		return names
	}
	each := map[site.MeasuredRange]int{site.LastWeek: 1, site.LastMonth: 5, site.LastQuarter: 15}[r.Range]
	for back := 0; back < r.Range.Days(); back += each {
		add(v.site.Midnight(v.local(r.End.Add(-time.Second)), -back), "short", back/each%2 != 0)
	}
	return names
}

// measuredTable returns the numbers of a range in 7 to 30 rows, the newest first, with the
// statuses that the component had.
func (v view) measuredTable(m *site.Measurement, r site.Measured, shaded []shade) chartTable {
	rows := map[site.MeasuredRange]int{site.LastDay: 24, site.LastWeek: 7, site.LastMonth: 30, site.LastQuarter: 13}[r.Range]
	t := chartTable{Caption: v.say("measured.chart", "name", v.measuredName(m), "span", v.measuredSpan(r.Range))}
	t.Head = []string{v.say("table.time"), v.say("measured.low"), v.say("measured.mean"), v.say("measured.high"), v.say("table.status")}
	for _, b := range site.Join(r.Buckets, max(1, (len(r.Buckets)+rows-1)/rows)) {
		cells := []string{"–", "–", "–", ""}
		if b.Count > 0 {
			cells = []string{v.measuredValue(m, b.Min), v.measuredValue(m, b.Mean), v.measuredValue(m, b.Max), ""}
		}
		for _, s := range shaded { // the worst is the last
			if s.Start.Before(b.End) && s.End.After(b.Start) {
				cells[3] = v.say("status." + s.status.String())
			}
		}
		t.Rows = append(t.Rows, chartRow{Name: v.bucketName(r.Range, b.Interval), Cells: cells})
	}
	return t
}

// bucketName returns the time of a row: a day, or from when to when.
func (v pageView) bucketName(r site.MeasuredRange, i site.Interval) string {
	last := i.End.Add(-time.Second)
	switch {
	case r == site.LastMonth && sameDay(v.local(i.Start), v.local(last)):
		return v.lang.Date("weekday", v.local(i.Start))
	case r != site.LastDay:
		return v.spanTexts(i, i.End).String()
	}
	return v.lang.Date("near", v.local(i.Start)) + "–" + v.lang.Date("time", v.local(i.End))
}
