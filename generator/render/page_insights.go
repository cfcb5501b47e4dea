package render

import (
	"strings"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// insightsPage shows how incidents were communicated: how many there were, of what kind,
// and how soon and how often customers heard about them.
type insightsPage struct {
	layout
	Heading  string         // "Incidents in figures"
	Span     string         // "August 2024 – July 2025"
	Figures  []figure       // its main numbers; none if there was no incident
	Months   *columnChart   // incidents by month; none if there was no incident
	Lengths  []*lengthChart // times to the first update, between updates and to resolution, by month
	Promises *promiseChart  // what became of promised updates; none if none was promised
	Causes   *tally         // incidents by tag; none if no incident has a tag
	Services *tally         // incidents by service; none if they affected none
}

// tally counts incidents by what they have in common: a table with a bar in each row.
type tally struct {
	Rows []tallyRow // its rows
}

// tallyRow is a row of a tally.
type tallyRow struct {
	Name       string    // "deploy", "Public API"
	In         *langAttr // the language of the name, if it is not the page's
	Href       string    // address of what the row is about; "" if that has no page
	Group      bool      // whether it is about a group of services
	Bar        meter     // its incidents
	Count      string    // "3"
	Resolution string    // the median time to resolution: "42 min"; "–" if none is resolved
}

// meter is a bar that lies in a row.
type meter struct {
	Label string      // "1 minor, 2 critical"
	Parts []chartPart // from the start
}

// promiseChart shows what became of promised updates, as one bar in parts.
type promiseChart struct {
	chart
	Parts []chartPart // from the start
	Keys  []chartKey  // what its parts are
	Table chartTable  // the same numbers, and how late updates were
}

const (
	// The page shows so many months: at most, and at least if the site is younger.
	mostMonths, leastMonths = 24, 6
)

// insights is what the page shows, as computed once for all languages.
type insights struct {
	months   []site.Month
	counted  []site.Communication // those that began in the months
	whole    site.CommunicationFigures
	byMonth  []site.CommunicationFigures
	tags     []site.TagFigures
	services []site.ComponentFigures
	groups   map[string]site.CommunicationFigures
}

// findInsights computes what the page shows.
func (b *build) findInsights(s *site.Site) insights {
	all := s.Communications(b.now)
	found := insights{months: b.insightMonths(s)}
	n := len(found.months)
	found.counted = site.StartedIn(all, site.Interval{Start: found.months[0].Start, End: found.months[n-1].End})
	found.whole = site.Figures(found.counted)
	for _, m := range found.months {
		found.byMonth = append(found.byMonth, site.Figures(site.StartedIn(found.counted, m.Interval)))
	}
	found.tags = site.FiguresByTag(found.counted)
	found.services, found.groups = s.FiguresByComponent(found.counted, b.now)
	return found
}

// insightMonths returns the months up to now that the page shows, oldest first. It has none
// of which the site knows nothing, so that a young site does not seem to have been quiet.
func (b *build) insightMonths(s *site.Site) []site.Month {
	first := b.now
	if n := len(b.newest); n > 0 {
		first = earlier(first, b.newest[n-1].Interval(b.now).Start)
	}
	for _, c := range s.Components {
		if !c.Since.IsZero() {
			first = earlier(first, c.Since)
		}
	}
	this := b.settings.monthOf(b.now).In(s.Zone)
	n := leastMonths
	for n < mostMonths && first.Before(this.AddDate(0, 1-n, 0)) {
		n++
	}
	return s.Months(this.AddDate(0, 1-n, 0), n)
}

// insightsFiles returns the page, if the site has one.
func (b *build) insightsFiles(l *language.Language, set *tmpl.Set) []File {
	if !b.settings.site.Insights {
		return nil
	}
	p := route{path: insightsPath()}
	return []File{page(l, set, indexFile(p.path), "insights.html", func() (insightsPage, error) {
		v := b.view(l, p)
		made, err := v.insightsPage(p)
		if err != nil {
			return made, err
		}
		made.Until = earliest(made.Until, b.future.nextHistoryChange(b.months()), b.future.next)
		made.Foreseen, err = v.futureHead(set, made.Heading)
		return made, err
	})}
}

// insightsPage returns the page.
func (v siteView) insightsPage(p route) (insightsPage, error) {
	f, err := v.layout(p, v.say("insights.title"))
	in := v.build.insights()
	page := insightsPage{layout: f, Heading: v.say("insights.title"), Span: v.monthSpan(in.months)}
	if in.whole.Incidents == 0 {
		return page, err
	}
	page.Figures, page.Months = v.insightFigures(in), v.incidentChart(in)
	for _, kind := range lengthKinds {
		if chart := v.lengthChart(in, kind); chart != nil {
			page.Lengths = append(page.Lengths, chart)
		}
	}
	page.Promises, page.Causes, page.Services = v.promiseChart(in.whole), v.causes(in), v.servicesTally(in)
	return page, err
}

// monthSpan returns the first and the last of some months: "August 2024 – July 2025".
func (v pageView) monthSpan(months []site.Month) string {
	name := func(m site.Month) string { return v.lang.Date("month", v.local(m.Start)) }
	return v.say("span.dates", "from", name(months[0]), "to", name(months[len(months)-1]))
}

// insightFigures returns the numbers at the top of the page.
func (v siteView) insightFigures(in insights) []figure {
	list := []figure{{Name: v.say("insights.incidents"), Value: v.lang.Number(in.whole.Incidents), Note: v.severities(in.whole)}}
	for _, kind := range lengthKinds {
		stats := kind.of(in.whole)
		if stats.Count == 0 {
			continue
		}
		one := figure{Name: v.say("insights." + kind.name), Value: v.lengthText(stats.Median)}
		if stats.Worst > stats.Median {
			one.Note = v.say("insights.at_most", "length", v.lengthText(stats.Worst))
		}
		list = append(list, one)
	}
	if due := in.whole.Promises(); due > 0 {
		list = append(list, figure{Name: v.say("insights.promises"),
			Value: v.say("uptime.used", "used", v.lang.Number(in.whole.Kept), "whole", v.lang.Number(due)), Note: v.lateness(in.whole)})
	}
	return list
}

// severities returns how many incidents there were of each severity: "Minor 1, Critical 2".
func (v pageView) severities(f site.CommunicationFigures) string {
	var parts []string
	for _, s := range drawnSeverities {
		if n := f.Severities[s]; n > 0 {
			parts = append(parts, v.say("severity."+s.String())+" "+v.lang.Number(n))
		}
	}
	return v.lang.Join(parts)
}

// lateness returns how late promised updates were, or "" if none was late.
func (v pageView) lateness(f site.CommunicationFigures) string {
	if f.Late.Count == 0 {
		return ""
	}
	return v.say("insights.late_by", "length", v.lengthText(f.Late.Worst))
}

// lengthText writes a length in at most two units: to the second below ten minutes,
// to the minute below a day, to the hour below ten days, else to the day. It is rounded, not cut.
func (v pageView) lengthText(d time.Duration) string {
	switch {
	case d >= 10*oneDay:
		d = d.Round(oneDay)
	case d >= oneDay:
		d = d.Round(time.Hour)
	case d >= 10*time.Minute:
		d = d.Round(time.Minute)
	}
	return v.lang.Duration(d)
}

// incidentChart returns the chart of incidents by month.
func (v siteView) incidentChart(in insights) *columnChart {
	most, peak := 0, 0
	for i, f := range in.byMonth {
		if f.Incidents > most {
			most, peak = f.Incidents, i
		}
	}
	scale, n := newCountScale(float64(most), 4), len(in.months)
	c := &columnChart{
		chart: v.chart("insights-months", "insights.months", in),
		Keys:  v.severityKeys(),
		Table: chartTable{Caption: v.say("insights.months"), Head: []string{v.say("table.month")}},
	}
	c.Lines = scale.lines(v.lang)
	c.Desc = strings.Join([]string{v.say("uptime.incidents", "n", in.whole.Incidents),
		v.say("insights.most", "month", v.monthTitle(in.months[peak]), "n", most)}, v.say("list.semicolon"))
	for _, s := range drawnSeverities {
		c.Table.Head = append(c.Table.Head, v.say("severity."+s.String()))
	}
	c.Table.Head = append(c.Table.Head, v.say("insights.incidents"))
	for i, f := range in.byMonth {
		c.Columns = append(c.Columns, scale.column(v.pageView, i, n, f))
		row := chartRow{Name: v.monthTitle(in.months[i]), Href: v.monthHref(in.months[i], f)}
		for _, s := range drawnSeverities {
			row.Cells = append(row.Cells, v.lang.Number(f.Severities[s]))
		}
		row.Cells = append(row.Cells, v.lang.Number(f.Incidents))
		c.Table.Rows = append(c.Table.Rows, row)
		if row.Href != "" {
			c.Links = append(c.Links, v.columnLink(i, n, row.Href, v.say("bar.day", "date", row.Name, "what",
				v.say("uptime.incidents", "n", f.Incidents))))
		}
	}
	return c
}

// chart returns a chart of the page without its marks and its lines.
func (v siteView) chart(id, title string, in insights) chart {
	var starts []time.Time
	for _, m := range in.months {
		starts = append(starts, m.Start)
	}
	return chart{ID: id, Title: v.say(title), Height: chartHeight, Ground: chartGroundAt, Names: v.monthNames(starts)}
}

// monthTitle returns the name of a month: "July 2025".
func (v pageView) monthTitle(m site.Month) string { return v.lang.Date("month", v.local(m.Start)) }

// monthHref returns the address of a month of the history, or "" if it has no incidents.
func (v pageView) monthHref(m site.Month, f site.CommunicationFigures) string {
	if f.Incidents == 0 {
		return ""
	}
	return v.href(monthPath(v.local(m.Start).Format("2006-01")))
}
