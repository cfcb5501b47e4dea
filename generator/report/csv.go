package report

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

// columns are the columns of the CSV. docs/reports.md describes them. New ones are added
// at the end.
var columns = []string{
	"period", "from", "to", "over", "as_of", "timezone", "component", "name", "region", "seconds", "operational_seconds",
	"excluded_maintenance_seconds", "counted_maintenance_seconds", "degraded_performance_seconds", "partial_outage_seconds",
	"major_outage_seconds", "weighted_downtime_seconds", "uptime_percent", "target_percent", "target_met", "budget_seconds",
	"budget_left_seconds", "credit_percent", "incidents", "first_update_median_seconds", "first_update_longest_seconds",
	"resolution_median_seconds", "resolution_longest_seconds", "content", "program",
}

// CSV returns the report as comma-separated values (RFC 4180, with LF): a line of names,
// one for each component, and one for each of its regions. Times are in UTC, numbers plain
// and unknown values empty. A text that a spreadsheet would take for a formula begins with
// an apostrophe.
func (d *Document) CSV() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	for i := range d.Components {
		c := &d.Components[i]
		if err := w.Write(d.row(c, &c.Place, regions(c))); err != nil {
			return nil, err
		}
		for j := range c.Regions {
			if err := w.Write(d.row(c, &c.Regions[j], 1)); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// row returns the cells of a component in a place.
func (d *Document) row(c *site.ComponentReport, p *site.Place, of int) []string {
	region, incidents := "", 0
	if p != &c.Place {
		region = p.Region
	}
	for _, i := range c.Incidents {
		if region == "" || slices.Contains(i.Regions, region) {
			incidents++
		}
	}
	cells := []string{
		d.Period.Name, utc(d.Period.Start), utc(d.Period.End), strconv.FormatBool(d.Over()), utc(d.Now), guarded(d.Site.Zone.String()),
		guarded(c.Component.ID), guarded(c.Component.Name.Default), guarded(region), whole(p.Length),
		whole(p.Seconds[site.Operational]), whole(p.Seconds[site.UnderMaintenance]), whole(p.CountedMaintenance()),
		whole(p.Seconds[site.DegradedPerformance]), whole(p.Seconds[site.PartialOutage]), whole(p.Seconds[site.MajorOutage]),
		exact(p.Uptime.Lost, of), p.Uptime.Percent(decimals),
	}
	target, met, budget, rest, credit := "", "", "", "", ""
	if is, ok := c.Met(p); ok {
		target, met = number(c.Component.Target.Percent), strconv.FormatBool(is)
		budget, rest = number(p.Budget.Allowed.Seconds()), number((p.Budget.Allowed - p.Budget.Used).Seconds())
	}
	if len(d.Site.SLA.Tiers) > 0 {
		if credit = "0"; p.Tier != nil {
			credit = number(p.Tier.Credit)
		}
	}
	first, over := c.Started.FirstUpdate, c.Started.Resolution
	if region != "" { // how an incident was communicated is one thing for all regions
		first, over = site.LengthStats{}, site.LengthStats{}
	}
	return append(cells, target, met, budget, rest, credit, strconv.Itoa(incidents), known(first, first.Median), known(first, first.Worst),
		known(over, over.Median), known(over, over.Worst), d.content(), guarded(d.Version))
}

// known returns a length in seconds, or "" if it is of no incident.
func known(of site.LengthStats, length time.Duration) string {
	if of.Count == 0 {
		return ""
	}
	return whole(rounded(length))
}

// guarded returns a text that no spreadsheet takes for a formula.
func guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// utc returns an instant as RFC 3339 in UTC.
func utc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// whole returns a whole number.
func whole(n int64) string { return strconv.FormatInt(n, 10) }
