package report

import (
	"bytes"
	"encoding/json"
	"time"

	"allclear/generator/site"
)

// The types of the JSON, which docs/schemas/report.schema.json describes. Lengths are in
// seconds, percentages are cut, and a field is null if there is nothing to say.

type document struct {
	Site        siteRecord        `json:"site"`
	Period      periodRecord      `json:"period"`
	Made        madeRecord        `json:"made"`
	Rules       rulesRecord       `json:"rules"`
	Components  []componentRecord `json:"components"`
	Incidents   []incidentRecord  `json:"incidents"`
	FirstUpdate statsRecord       `json:"first_update"`
	Resolution  statsRecord       `json:"resolution"`
}

type siteRecord struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	Zone  string `json:"timezone"`
}

type periodRecord struct {
	Name     *string `json:"name"` // 2026-10, 2026-Q4
	From     string  `json:"from"`
	To       string  `json:"to"`
	Seconds  int64   `json:"seconds"`
	Over     bool    `json:"over"`
	Past     int64   `json:"past_seconds"`
	Recorded *string `json:"recorded_from"`
}

type madeRecord struct {
	Program string `json:"program"`
	Content string `json:"content"`
	At      string `json:"as_of"`
}

type rulesRecord struct {
	Weights map[string]float64 `json:"weights"`
	Exclude *excludeRecord     `json:"exclude"` // null: no maintenance counts
	Tiers   []tierRecord       `json:"tiers"`
}

type excludeRecord struct {
	Announced *int64   `json:"announced_seconds"`
	Hours     *float64 `json:"hours"`
}

type tierRecord struct {
	Below  float64 `json:"below"`
	Credit float64 `json:"credit"`
}

type placeRecord struct {
	From    string           `json:"in_service_from"`
	To      string           `json:"in_service_to"`
	Seconds int64            `json:"seconds"`
	Status  map[string]int64 `json:"status_seconds"`
	Counted int64            `json:"counted_maintenance_seconds"`
	Lost    json.Number      `json:"weighted_downtime_seconds"`
	Uptime  json.Number      `json:"uptime_percent"`
	Met     *bool            `json:"target_met"`
	Budget  *budgetRecord    `json:"budget"`
	Tier    *tierRecord      `json:"credit"`
}

type budgetRecord struct {
	Allowed float64 `json:"seconds"`
	Used    float64 `json:"used_seconds"`
	Left    float64 `json:"left_seconds"`
}

type componentRecord struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Group  *string  `json:"group"`
	Target *float64 `json:"target_percent"`
	placeRecord
	Regions     []regionRecord `json:"regions"`
	Incidents   []shareRecord  `json:"incidents"`
	Maintenance []windowRecord `json:"maintenance"`
	FirstUpdate statsRecord    `json:"first_update"`
	Resolution  statsRecord    `json:"resolution"`
}

type regionRecord struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	placeRecord
}

type entryRecord struct {
	Slug  string  `json:"slug"`
	Path  string  `json:"path"`
	Title string  `json:"title"`
	Start string  `json:"start"`
	End   *string `json:"end"`
}

type shareRecord struct {
	entryRecord
	Seconds int64        `json:"seconds"`
	Worst   string       `json:"worst"`
	Regions []string     `json:"regions"`
	Lost    json.Number  `json:"weighted_downtime_seconds"`
	Share   *json.Number `json:"share_percent"`
}

type windowRecord struct {
	entryRecord
	Announced *string          `json:"announced_at"`
	Excluded  int64            `json:"excluded_seconds"`
	Counted   map[string]int64 `json:"counted_seconds"` // by the reason
}

type incidentRecord struct {
	entryRecord
	Severity    string   `json:"severity"`
	Components  []string `json:"components"`
	FirstUpdate *int64   `json:"first_update_seconds"`
	Resolution  *int64   `json:"resolution_seconds"`
}

type statsRecord struct {
	Count  int    `json:"incidents"`
	Median *int64 `json:"median_seconds"`
	Worst  *int64 `json:"longest_seconds"`
}

// JSON returns the report as indented JSON.
func (d *Document) JSON() ([]byte, error) {
	full := document{
		Site: siteRecord{d.Site.Title.Default, d.Site.URL, d.Site.Zone.String()},
		Period: periodRecord{nilIfEmpty(d.Period.Name), utc(d.Period.Start), utc(d.Period.End), between(d.Period.Interval), d.Over(),
			between(d.Past), instant(d.Recorded)},
		Made: madeRecord{d.Version, d.content(), utc(d.Now)}, Rules: d.rulesRecord(),
		Components: []componentRecord{}, Incidents: []incidentRecord{},
		FirstUpdate: newStats(d.Started.FirstUpdate), Resolution: newStats(d.Started.Resolution),
	}
	for i := range d.Components {
		full.Components = append(full.Components, d.componentRecord(&d.Components[i]))
	}
	for _, c := range d.Incidents {
		full.Incidents = append(full.Incidents, d.incidentRecord(c))
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(full)
	return b.Bytes(), err
}

// rulesRecord returns what a second costs, and the terms of the contract.
func (d *Document) rulesRecord() rulesRecord {
	rules := rulesRecord{Weights: map[string]float64{}, Tiers: []tierRecord{}}
	for _, status := range site.Statuses {
		rules.Weights[status.String()] = d.Site.Uptime.Weights[status]
	}
	if x := d.Site.SLA.Exclude; x.Set {
		rules.Exclude = &excludeRecord{}
		if x.Announced > 0 {
			rules.Exclude.Announced = new(int64)
			*rules.Exclude.Announced = int64(x.Announced / time.Second)
		}
		if x.Limited {
			hours := x.Limit.Hours()
			rules.Exclude.Hours = &hours
		}
	}
	for _, t := range d.Site.SLA.Tiers {
		rules.Tiers = append(rules.Tiers, tierRecord{t.Below.Percent, t.Credit})
	}
	return rules
}

// placeRecord returns the uptime of a component in a place, which is the mean of a number
// of regions.
func (d *Document) placeRecord(c *site.ComponentReport, p *site.Place, of int) placeRecord {
	r := placeRecord{
		From: utc(p.Service.Start), To: utc(p.Service.End), Seconds: p.Length, Status: map[string]int64{}, Counted: p.CountedMaintenance(),
		Lost: json.Number(exact(p.Uptime.Lost, of)), Uptime: json.Number(p.Uptime.Percent(decimals)),
	}
	for _, status := range site.Statuses {
		r.Status[status.String()] = p.Seconds[status]
	}
	if met, ok := c.Met(p); ok {
		r.Met = &met
		r.Budget = &budgetRecord{p.Budget.Allowed.Seconds(), p.Budget.Used.Seconds(), (p.Budget.Allowed - p.Budget.Used).Seconds()}
	}
	if p.Tier != nil {
		r.Tier = &tierRecord{p.Tier.Below.Percent, p.Tier.Credit}
	}
	return r
}

// componentRecord returns a component with its regions, incidents and windows.
func (d *Document) componentRecord(c *site.ComponentReport) componentRecord {
	one := componentRecord{
		ID: c.Component.ID, Name: c.Component.Name.Default, Group: nilIfEmpty(c.Component.Group),
		placeRecord: d.placeRecord(c, &c.Place, regions(c)), Regions: []regionRecord{}, Incidents: []shareRecord{},
		Maintenance: []windowRecord{}, FirstUpdate: newStats(c.Started.FirstUpdate), Resolution: newStats(c.Started.Resolution),
	}
	if c.Component.Target.Percent > 0 {
		one.Target = &c.Component.Target.Percent
	}
	for i := range c.Regions {
		p := &c.Regions[i]
		one.Regions = append(one.Regions, regionRecord{p.Region, d.regionName(p.Region), d.placeRecord(c, p, 1)})
	}
	for _, i := range c.Incidents {
		r := shareRecord{
			entryRecord: newEntry(i.Entry, i.Interval), Seconds: i.Length, Worst: i.Worst.String(),
			Regions: append([]string{}, i.Regions...), Lost: json.Number(exact(i.Lost, 1)),
		}
		if part := Share(i.Lost*int64(regions(c)), c.Uptime.Lost); part != "" {
			r.Share = (*json.Number)(&part)
		}
		one.Incidents = append(one.Incidents, r)
	}
	for _, w := range c.Maintenance {
		r := windowRecord{entryRecord: newEntry(w.Entry, w.Interval), Excluded: w.Seconds[site.Excluded], Counted: map[string]int64{}}
		r.Announced = instant(w.Announced)
		for why, n := range w.Seconds {
			if n > 0 && site.WhyCounted(why) != site.Excluded {
				r.Counted[site.WhyCounted(why).String()] = n
			}
		}
		one.Maintenance = append(one.Maintenance, r)
	}
	return one
}

// incidentRecord returns an incident with the components of the report that it affected.
func (d *Document) incidentRecord(c site.Communication) incidentRecord {
	r := incidentRecord{entryRecord: newEntry(c.Entry, c.Entry.Interval(d.Now)), Severity: c.Severity.String(), Components: []string{},
		FirstUpdate: secondsOf(c.FirstUpdate), Resolution: secondsOf(c.Resolution)}
	for i := range d.Components {
		for _, share := range d.Components[i].Incidents {
			if share.Entry == c.Entry {
				r.Components = append(r.Components, d.Components[i].Component.ID)
			}
		}
	}
	return r
}

// newEntry returns an entry with an interval.
func newEntry(e *site.Entry, in site.Interval) entryRecord {
	return entryRecord{e.Slug, path(e), e.Title.Default, utc(in.Start), instant(in.End)}
}

// newStats returns the median and the longest of some lengths.
func newStats(of site.LengthStats) statsRecord {
	if of.Count == 0 {
		return statsRecord{}
	}
	return statsRecord{of.Count, secondsOf(site.KnownLength{Length: of.Median, Known: true}),
		secondsOf(site.KnownLength{Length: of.Worst, Known: true})}
}

// secondsOf returns a length in seconds, or nil if it is not known.
func secondsOf(l site.KnownLength) *int64 {
	if !l.Known {
		return nil
	}
	n := rounded(l.Length)
	return &n
}

// between returns the seconds of an interval.
func between(i site.Interval) int64 { return max(0, int64(i.End.Sub(i.Start)/time.Second)) }

// instant returns an instant as RFC 3339 in UTC, or nil for the zero time.
func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return nilIfEmpty(utc(t))
}

// nilIfEmpty returns a text, or nil for "", which JSON writes as null.
func nilIfEmpty(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
