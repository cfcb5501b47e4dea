package render

import (
	"math"
	"strconv"
	"time"

	reporting "allclear/generator/report"
	"allclear/generator/site"
)

// addReport adds to a page what a report says.
func (v reportView) addReport(page *reportPage, d *reporting.Document) {
	page.under(v.say("report.title"), v.href(reportsPath()))
	page.Heading = v.reportTitle(d.Period)
	page.Span = v.say("span.dates", "from", v.lang.Date("day", v.local(d.Period.Start)), "to",
		v.lang.Date("day", v.local(d.Period.End.Add(-1))))
	page.CSV, page.JSON = v.root+reportPath(v.period)+"report.csv", v.root+reportPath(v.period)+"report.json"
	if !d.Over() {
		page.Unsettle = v.say("report.so_far", "time", v.moment(d.Past.End).Text)
	}
	if !d.Recorded.IsZero() {
		page.Recorded = v.say("report.recorded", "time", v.moment(d.Recorded).Text)
	}
	page.Figures = v.reportFigures(d)
	var calm []string
	for i := range d.Components {
		c := &d.Components[i]
		row := v.reportRow(d, c, &c.Place)
		row.Name, row.In = v.text(c.Component.Name), v.untranslated(c.Component.Name)
		page.Columns.Target = page.Columns.Target || row.Target != ""
		page.Columns.Credit = page.Columns.Credit || row.Credit != ""
		if isCalm(d, c) {
			calm = append(calm, row.Name)
		} else {
			row.Href = "#" + c.Component.ID
			page.Services = append(page.Services, v.reportService(d, c))
		}
		page.Rows = append(page.Rows, row)
	}
	if len(calm) > 0 {
		page.Calm = v.say("list.colon")
		page.Calm = v.say("report.calm") + page.Calm + v.lang.Join(calm)
	}
	page.Rules = v.reportRules(d)
	page.Made = v.say("text.as_of", "time", v.moment(d.Now).Text) + v.say("list.semicolon") +
		v.say("report.content", "sum", d.Hash.Digest()) + v.say("list.semicolon") + "Allclear " + v.version
	page.Older, page.Newer = v.reportLink(v.older), v.reportLink(v.newer)
}

// reportLink returns a link to the report of a period, or nil for "".
func (v reportView) reportLink(period string) *link {
	p, ok := v.site.PeriodNamed(period)
	if !ok {
		return nil
	}
	return &link{Name: v.periodName(p), Href: v.href(reportPath(period))}
}

// isCalm reports whether there is no more to say of a service than its uptime.
func isCalm(d *reporting.Document, c *site.ComponentReport) bool {
	return len(c.Incidents)+len(c.Maintenance) == 0 && !c.PartOf(d.Period)
}

// reportFigures returns the main numbers of a report.
func (v reportView) reportFigures(d *reporting.Document) []figure {
	var list []figure
	met, due := 0, 0
	for i := range d.Components {
		c := &d.Components[i]
		if is, ok := c.Met(&c.Place); ok {
			if due++; is {
				met++
			}
		}
	}
	if due > 0 {
		list = append(list, figure{Name: v.say("report.targets"), Over: met < due,
			Value: v.say("uptime.used", "used", v.lang.Number(met), "whole", v.lang.Number(due))})
	}
	list = append(list, figure{Name: v.say("insights.incidents"), Value: v.lang.Number(len(d.Incidents))})
	for _, kind := range lengthKinds {
		if kind.name == "between" {
			continue
		}
		if stats := kind.of(d.Started); stats.Count > 0 {
			list = append(list, figure{Name: v.say("insights." + kind.name), Value: v.lengthText(stats.Median),
				Note: v.say("insights.at_most", "length", v.lengthText(stats.Worst))})
		}
	}
	return list
}

// reportRow returns the uptime of a component in a place, without its name.
func (v reportView) reportRow(d *reporting.Document, c *site.ComponentReport, p *site.Place) reportRow {
	row := reportRow{Uptime: v.percent(c.Component, p.Uptime)}
	if met, ok := c.Met(p); ok {
		row.Target, row.Missed = v.target(c.Component), !met
		row.Met = v.say("report.met")
		if !met {
			row.Met = v.say("report.missed")
		}
		row.Left = v.budgetLeft(p.Budget)
	}
	if p.Tier != nil {
		row.Credit = v.lang.Percent(strconv.FormatFloat(p.Tier.Credit, 'f', -1, 64))
	}
	return row
}

// budgetLeft returns what is left of an error budget, or by how much it is overspent.
func (v pageView) budgetLeft(b site.Budget) string {
	used, allowed := roundBudget(b)
	if b.Spent() {
		return v.say("uptime.over", "length", v.budgetLength(b, used-allowed))
	}
	return v.say("uptime.left", "length", v.budgetLength(b, allowed-used))
}

// lostLength returns the weighted downtime of a component in a place, rounded up.
func (v reportView) lostLength(c *site.ComponentReport, p *site.Place) string {
	regions := 1
	if p == &c.Place {
		regions = max(1, len(c.Regions))
	}
	lost := math.Ceil(float64(p.Uptime.Lost) / float64(regions) / 1e6)
	return v.lang.Duration(time.Duration(lost) * time.Second)
}

// reportRules says how a report is counted.
func (v reportView) reportRules(d *reporting.Document) []string {
	weight := func(s site.Status) string {
		return v.say("status."+s.String()) + " " + v.lang.Decimal(strconv.FormatFloat(v.site.Uptime.Weights[s], 'f', -1, 64))
	}
	rules := []string{
		v.say("report.rule_uptime", "weights", v.lang.Join([]string{weight(site.DegradedPerformance), weight(site.PartialOutage),
			weight(site.MajorOutage)})),
		v.say("report.rule_regions"),
	}
	x := v.site.SLA.Exclude
	if x.Set {
		rules = append(rules, v.say("report.rule_planned"))
	} else {
		rules = append(rules, v.say("report.rule_maintenance"))
	}
	if x.Announced > 0 {
		rules = append(rules, v.say("report.rule_notice", "length", v.lang.Duration(x.Announced)))
	}
	if x.Limited {
		rules = append(rules, v.say("report.rule_hours", "length", v.lang.Duration(x.Limit)))
	}
	for _, t := range v.site.SLA.Tiers {
		rules = append(rules, v.say("report.rule_credit", "uptime", v.lang.Percent(strconv.FormatFloat(t.Below.Percent, 'f', -1, 64)),
			"credit", v.lang.Percent(strconv.FormatFloat(t.Credit, 'f', -1, 64))))
	}
	return rules
}
