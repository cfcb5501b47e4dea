package render

import (
	"slices"

	"allclear/generator/site"
)

// lengthKind is one of the lengths of time that the page about insights shows.
type lengthKind struct {
	name string // of its texts: insights.NAME and insights.about_NAME
	of   func(site.CommunicationFigures) site.LengthStats
}

var lengthKinds = []lengthKind{
	{"first", func(f site.CommunicationFigures) site.LengthStats { return f.FirstUpdate }},
	{"between", func(f site.CommunicationFigures) site.LengthStats { return f.Between }},
	{"resolution", func(f site.CommunicationFigures) site.LengthStats { return f.Resolution }},
}

// lengthChart returns the chart of one kind of length by month, or nil if it is known of
// no incident.
func (v siteView) lengthChart(in insights, kind lengthKind) *lengthChart {
	var stats []site.LengthStats
	for _, f := range in.byMonth {
		stats = append(stats, kind.of(f))
	}
	shortest, longest, some := shortestAndLongest(stats)
	if !some {
		return nil
	}
	scale, n, whole := newLengthScale(shortest, longest), len(in.months), kind.of(in.whole)
	c := &lengthChart{chart: v.chart("insights-"+kind.name, "insights."+kind.name, in), About: v.say("insights.about_" + kind.name)}
	c.Lines = scale.lines(v.lang)
	c.Longest = lengthOf{v.lengthText(whole.Worst), v.text(whole.Of.Title), v.untranslated(whole.Of.Title), v.href(entryPath(whole.Of))}
	c.Desc = v.say("insights.stats", "median", v.lengthText(whole.Median), "longest", v.lengthText(whole.Worst))
	c.Table = chartTable{Caption: c.Title, Head: []string{
		v.say("table.month"), v.say("insights.incidents"), v.say("insights.median"), v.say("insights.longest")}}
	for i, s := range stats {
		row := chartRow{Name: v.monthTitle(in.months[i]), Href: v.monthHref(in.months[i], in.byMonth[i])}
		if row.Cells = []string{v.lang.Number(s.Count), "–", "–"}; s.Count > 0 {
			row.Cells[1], row.Cells[2] = v.lengthText(s.Median), v.lengthText(s.Worst)
			c.Columns = append(c.Columns, scale.mark(i, n, s))
			c.Links = append(c.Links, v.columnLink(i, n, row.Href, v.say("bar.day", "date", row.Name, "what",
				v.say("insights.stats", "median", row.Cells[1], "longest", row.Cells[2]))))
		}
		c.Table.Rows = append(c.Table.Rows, row)
	}
	return c
}

// promiseChart returns what became of promised updates, or nil if none was promised.
func (v siteView) promiseChart(f site.CommunicationFigures) *promiseChart {
	all := f.Promises()
	if all == 0 {
		return nil
	}
	c := &promiseChart{chart: chart{ID: "insights-promises", Title: v.say("insights.promises"), Height: 28}}
	c.Table = chartTable{Caption: c.Title, Head: []string{
		c.Title, v.say("insights.number"), v.say("insights.median"), v.say("insights.longest")}}
	start := 0.0
	for _, part := range []struct {
		class, text string
		n           int
	}{{"ok", "kept", f.Kept}, {"late", "late", f.Late.Count}, {"major", "missed", f.Missed}} {
		name := v.say("insights." + part.text)
		row := chartRow{Name: name, Cells: []string{v.lang.Number(part.n), "–", "–"}}
		if part.text == "late" && part.n > 0 {
			row.Cells[1], row.Cells[2] = v.lengthText(f.Late.Median), v.lengthText(f.Late.Worst)
		}
		c.Table.Rows = append(c.Table.Rows, row)
		if part.n == 0 {
			continue
		}
		c.Keys = append(c.Keys, chartKey{part.class, hatched(part.class), name + " " + v.lang.Number(part.n)})
		width := 100 * float64(part.n) / float64(all)
		c.Parts = append(c.Parts, chartPart{Class: part.class, Hatched: hatched(part.class), X: percentOf(start), Y: "0",
			Width: percentOf(width), Height: "28"})
		start += width
	}
	var names []string
	for _, key := range c.Keys {
		names = append(names, key.Name)
	}
	c.Desc = v.lang.Join(names)
	return c
}

// causes returns the incidents by tag, or nil if none has one.
func (v siteView) causes(in insights) *tally {
	if !slices.ContainsFunc(in.tags, func(t site.TagFigures) bool { return t.Tag != "" }) {
		return nil
	}
	most := 0
	for _, t := range in.tags {
		most = max(most, t.Incidents)
	}
	var list tally
	for _, t := range in.tags {
		row := v.tallyRow(t.CommunicationFigures, most)
		if row.Name = t.Tag; t.Tag == "" {
			row.Name = v.say("insights.untagged")
		}
		list.Rows = append(list.Rows, row)
	}
	return &list
}

// servicesTally returns the incidents by service, those of a group below it, or nil if they
// affected none.
func (v siteView) servicesTally(in insights) *tally {
	if len(in.services) == 0 {
		return nil
	}
	most := 0
	for _, f := range in.groups {
		most = max(most, f.Incidents)
	}
	for _, c := range in.services {
		most = max(most, c.Incidents)
	}
	var list tally
	group := ""
	for _, c := range in.services {
		if id := c.Component.Group; id != group {
			if group = id; id != "" {
				list.Rows = append(list.Rows, v.groupRow(id, in.groups[id], most))
			}
		}
		row := v.tallyRow(c.CommunicationFigures, most)
		row.Name, row.In = v.text(c.Component.Name), v.untranslated(c.Component.Name)
		row.Href = v.href(componentPath(c.Component.ID))
		list.Rows = append(list.Rows, row)
	}
	return &list
}

// groupRow returns the row of a group of services.
func (v siteView) groupRow(id string, f site.CommunicationFigures, most int) tallyRow {
	row := v.tallyRow(f, most)
	row.Group = true
	for _, g := range v.site.Groups {
		if g.ID == id {
			row.Name, row.In = v.text(g.Name), v.untranslated(g.Name)
		}
	}
	return row
}

// tallyRow returns a row without its name, with a bar that is full at most.
func (v siteView) tallyRow(f site.CommunicationFigures, most int) tallyRow {
	row := tallyRow{Bar: meter{Label: v.severities(f)}, Count: v.lang.Number(f.Incidents), Resolution: "–"}
	if f.Resolution.Count > 0 {
		row.Resolution = v.lengthText(f.Resolution.Median)
	}
	start := 0.0
	for _, s := range drawnSeverities {
		if f.Severities[s] == 0 {
			continue
		}
		class, width := severityClass(s), 100*float64(f.Severities[s])/float64(most)
		row.Bar.Parts = append(row.Bar.Parts, chartPart{Class: class, Hatched: hatched(class), X: percentOf(start), Y: "0",
			Width: percentOf(width), Height: "12"})
		start += width
	}
	return row
}
