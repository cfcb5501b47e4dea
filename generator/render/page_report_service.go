package render

import (
	"cmp"
	"slices"
	"strings"
	"time"

	reporting "allclear/generator/report"
	"allclear/generator/site"
)

// What a printed page of the size A4 has room for, in CSS pixels: the page without the
// heading and the numbers of a service, and the height of one line of a table whose name is
// broken once, of an incident and of a window.
const (
	printedRoom     = 700
	printedLine     = 40
	printedIncident = 42
	printedWindow   = 56
)

// mostPlaces is the largest number of places that a table shows.
const mostPlaces = 13

// fitting returns of how many incidents and windows a printed page has room for, below a
// table of some lines: at least two of each.
func fitting(lines, incidents, windows int) (int, int) {
	room := printedRoom - printedLine*lines
	windows = min(windows, max(2, (room-printedIncident*incidents)/printedWindow))
	return min(incidents, max(2, (room-printedWindow*windows)/printedIncident)), windows
}

// reportService returns a service of which there is something to say.
func (v reportView) reportService(d *reporting.Document, c *site.ComponentReport) reportService {
	one := reportService{
		ID: c.Component.ID, Name: v.text(c.Component.Name), In: v.untranslated(c.Component.Name),
		Href: v.href(componentPath(c.Component.ID)),
	}
	if c.PartOf(d.Period) {
		one.Service = v.say("report.service", "span", v.spanPlain(c.Service))
	}
	places := []*site.Place{&c.Place}
	if len(c.Regions) > 1 {
		for i := range c.Regions {
			places = append(places, &c.Regions[i])
		}
	}
	more := max(0, len(places)-mostPlaces)
	one.Table = v.reportTable(c, places[:len(places)-more])
	one.Table.Label = one.Name
	one.Figures = v.serviceFigures(c, v.reportRow(d, c, &c.Place))
	incidents, windows := fitting(len(one.Table.Lines), len(c.Incidents), len(c.Maintenance))
	more += len(c.Incidents) - incidents + len(c.Maintenance) - windows
	for _, i := range worstShares(c.Incidents, incidents) {
		one.Incidents = append(one.Incidents, v.incidentLine(c, i))
	}
	for _, w := range worstWindows(c.Maintenance, windows) {
		one.Maintenance = append(one.Maintenance, v.windowLine(d, w))
	}
	if more > 0 {
		one.More = v.say("list.more", "n", more)
	}
	for _, kind := range lengthKinds {
		if stats := kind.of(c.Started); stats.Count > 0 && kind.name != "between" {
			one.Waited = append(one.Waited, reportedWait{v.say("insights." + kind.name), v.say("insights.stats",
				"median", v.lengthText(stats.Median), "longest", v.lengthText(stats.Worst))})
		}
	}
	return one
}

// worstShares returns at most n incidents: those that cost most, in the order of time.
func worstShares(list []site.IncidentShare, n int) []site.IncidentShare {
	return worst(list, n, func(a, b site.IncidentShare) int {
		return cmp.Or(cmp.Compare(b.Lost, a.Lost), cmp.Compare(b.Length, a.Length))
	})
}

// worstWindows returns at most n windows: those of which most counts, in the order of time.
func worstWindows(list []site.WindowShare, n int) []site.WindowShare {
	return worst(list, n, func(a, b site.WindowShare) int { return cmp.Compare(b.Counted(), a.Counted()) })
}

// worst returns at most n items of a list, those that a comparison puts first, in the order
// of the list.
func worst[T any](list []T, n int, compare func(a, b T) int) []T {
	places := make([]int, len(list))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return compare(list[a], list[b]) })
	places = places[:min(n, len(places))]
	slices.Sort(places)
	kept := make([]T, len(places))
	for i, at := range places {
		kept[i] = list[at]
	}
	return kept
}

// serviceFigures returns the numbers of a service.
func (v reportView) serviceFigures(c *site.ComponentReport, row reportRow) []figure {
	up := figure{Name: v.say("table.uptime"), Value: row.Uptime, Over: row.Missed}
	list := []figure{up, {Name: v.say("report.downtime"), Value: v.lostLength(c, &c.Place)}}
	if row.Target != "" {
		list[0].Note = row.Met + v.say("list.colon") + row.Target
		list = append(list, figure{Name: v.say("report.budget"), Value: v.budgetUse(c.Budget), Note: row.Left, Over: c.Budget.Spent()})
	}
	if row.Credit != "" {
		list = append(list, figure{Name: v.say("report.credit"), Value: row.Credit, Over: true})
	}
	return list
}

// fewPlaces is the largest number of places that are the columns of a table: all regions
// together, and each of them.
const fewPlaces = 4

// reportTable returns how long a component was in each status, in some places, and its
// uptime there.
func (v reportView) reportTable(c *site.ComponentReport, places []*site.Place) reportTable {
	byPlace := reportTable{Head: []string{v.say("table.region")}}
	some := func(n func(*site.Place) int64) bool {
		return slices.ContainsFunc(places, func(p *site.Place) bool { return n(p) > 0 })
	}
	var columns []func(*site.Place) string
	add := func(name string, cell func(*site.Place) string) {
		byPlace.Head, columns = append(byPlace.Head, name), append(columns, cell)
	}
	for _, status := range site.Statuses {
		if n := func(p *site.Place) int64 { return p.Seconds[status] }; some(n) {
			add(v.say("status."+status.String()), func(p *site.Place) string { return v.secondsText(n(p)) })
		}
	}
	if some((*site.Place).CountedMaintenance) {
		add(v.say("report.counted"), func(p *site.Place) string { return v.secondsText(p.CountedMaintenance()) })
	}
	if len(places) > 1 {
		add(v.say("report.downtime"), func(p *site.Place) string { return v.lostLength(c, p) })
		add(v.say("table.uptime"), func(p *site.Place) string { return v.percent(c.Component, p.Uptime) })
	}
	for _, p := range places {
		line := reportLine{Name: v.placeName(c, p)}
		for _, cell := range columns {
			line.Cells = append(line.Cells, cell(p))
		}
		byPlace.Lines = append(byPlace.Lines, line)
	}
	if len(places) > fewPlaces {
		return byPlace
	}
	return byPlace.turned(v.say("table.status"))
}

// turned returns the table with its lines as columns.
func (t reportTable) turned(corner string) reportTable {
	other := reportTable{Head: []string{corner}}
	for _, line := range t.Lines {
		other.Head = append(other.Head, line.Name)
	}
	for i, name := range t.Head[1:] {
		line := reportLine{Name: name}
		for _, was := range t.Lines {
			line.Cells = append(line.Cells, was.Cells[i])
		}
		other.Lines = append(other.Lines, line)
	}
	return other
}

// placeName returns the name of a place in a table.
func (v reportView) placeName(c *site.ComponentReport, p *site.Place) string {
	switch {
	case p != &c.Place:
		return v.regionName(p.Region)
	case len(c.Regions) == 1:
		return v.regionName(c.Regions[0].Region)
	case len(c.Regions) == 0:
		return v.say("region.global")
	}
	return v.say("region.all")
}

// secondsText writes a number of seconds as a duration.
func (v pageView) secondsText(n int64) string { return v.lang.Duration(time.Duration(n) * time.Second) }

// spanPlain writes an interval in the site's zone, with its date; one that goes on is
// written by its start.
func (v pageView) spanPlain(i site.Interval) string {
	s := v.span(i, time.Time{})
	if i.End.IsZero() {
		return v.say(s.From.form("span.since"), "time", s.From.Text, "hour", s.From.hour())
	}
	return s.String()
}

// incidentLine returns an incident of a component.
func (v reportView) incidentLine(c *site.ComponentReport, i site.IncidentShare) reportEntry {
	worst := v.statusLabel(i.Worst, site.Text{})
	line := reportEntry{
		Title: v.text(i.Entry.Title), In: v.untranslated(i.Entry.Title), Href: v.href(entryPath(i.Entry)),
		Span: v.spanPlain(i.Interval), Length: v.secondsText(i.Length), Worst: &worst,
	}
	if len(i.Regions) < len(c.Regions) {
		line.Where = v.regionNames(i.Regions)
	}
	if text := reporting.Share(i.Lost*int64(max(1, len(c.Regions))), c.Uptime.Lost); text != "" {
		line.Share = v.lang.Percent(text)
	}
	return line
}

// windowLine returns a maintenance window of a component.
func (v reportView) windowLine(d *reporting.Document, w site.WindowShare) reportEntry {
	line := reportEntry{
		Title: v.text(w.Entry.Title), In: v.untranslated(w.Entry.Title), Href: v.href(entryPath(w.Entry)),
		Span: v.spanPlain(w.Interval),
	}
	var all int64
	var counted []string
	for why, n := range w.Seconds {
		if all += n; n > 0 && site.WhyCounted(why) != site.Excluded {
			counted = append(counted, v.secondsText(n)+v.say("list.colon")+v.say("report."+site.WhyCounted(why).String()))
		}
	}
	line.Length, line.Counted = v.secondsText(all), strings.Join(counted, v.say("list.semicolon"))
	if !d.HasExcluded {
		return line
	}
	line.Announced = v.moment(w.Announced).Text
	if w.Announced.IsZero() {
		line.Announced = "–"
	}
	return line
}
