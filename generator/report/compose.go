package report

import (
	"fmt"
	"strings"

	"allclear/generator/site"
)

// blocks returns what people read, for text and Markdown.
func (d *Document) blocks() []block {
	list := []block{{level: 1, text: d.Site.Title.Default + ": uptime " + d.periodName()}}
	list = append(list, d.about()...)
	list = append(list, d.summary()...)
	for i := range d.Components {
		list = append(list, d.component(&d.Components[i])...)
	}
	return append(list, d.definitions()...)
}

// about says which period it is, and what of it is known.
func (d *Document) about() []block {
	list := []block{{item: true, text: fmt.Sprintf("Period: %s to %s (%s, %d seconds)", d.clock(d.Period.Start), d.clock(d.Period.End),
		length(between(d.Period.Interval)), between(d.Period.Interval))}}
	if !d.Over() {
		list = append(list, block{item: true, text: fmt.Sprintf("The period is not over: this covers what is past, up to %s (%d seconds)",
			d.clock(d.Past.End), between(d.Past))})
	}
	if !d.Recorded.IsZero() {
		list = append(list, block{item: true, text: "Nothing is on record before " + d.clock(d.Recorded)})
	}
	made := fmt.Sprintf("As of %s, from content %s, by Allclear %s", d.clock(d.Now), d.content(), d.Version)
	return append(list, block{item: true, text: made})
}

// summary returns a line for each component and region.
func (d *Document) summary() []block {
	t := block{header: []string{"Component", "Uptime", "Target", "Result", "Error budget left", "Credit", "Incidents"}}
	met, missed, without := 0, 0, 0
	for i := range d.Components {
		c := &d.Components[i]
		switch is, ok := c.Met(&c.Place); {
		case !ok:
			without++
		case is:
			met++
		default:
			missed++
		}
		t.rows = append(t.rows, append(d.result(c, &c.Place, name(c.Component)), fmt.Sprint(len(c.Incidents))))
		for j := range several(c) {
			p := &c.Regions[j]
			t.rows = append(t.rows, append(d.result(c, p, name(c.Component)+", "+d.regionName(p.Region)), ""))
		}
	}
	list := []block{{level: 2, text: "Summary"}}
	if len(t.rows) == 0 {
		return append(list, block{text: "No component was in service."})
	}
	so := ""
	if !d.Over() {
		so = " so far"
	}
	line := fmt.Sprintf("%s: %d met the target%s, %d missed it%s, %d without a target.", count(len(d.Components), "component"), met, so,
		missed, so, without)
	return append(append(list, block{text: line}, slim(t)), d.communication()...)
}

// several returns the regions of a component that has more than one. A single one is what
// the component as a whole is.
func several(c *site.ComponentReport) []site.Place {
	if len(c.Regions) == 1 {
		return nil
	}
	return c.Regions
}

// result returns the first cells of a line of the summary.
func (d *Document) result(c *site.ComponentReport, p *site.Place, name string) []string {
	cells := []string{name, percent(p.Uptime.Percent(c.Component.Target.Decimals)), "", "", "", ""}
	if met, ok := c.Met(p); ok {
		cells[2] = percent(number(c.Component.Target.Percent))
		if cells[3] = "met"; !met {
			cells[3] = "missed"
		}
		if !d.Over() {
			cells[3] += " so far"
		}
		cells[4] = length(left(p.Budget))
	}
	if p.Tier != nil {
		cells[5] = percent(number(p.Tier.Credit))
	}
	return cells
}

// communication returns how the incidents of the period were communicated.
func (d *Document) communication() []block {
	line := fmt.Sprintf("%s in the period, of which %d began in it.", count(len(d.Incidents), "incident"), d.Started.Incidents)
	return append([]block{{text: line}}, d.waited(d.Started)...)
}

// waited returns how long customers waited for the first update, and for the end.
func (d *Document) waited(f site.CommunicationFigures) (list []block) {
	for _, one := range []struct {
		name string
		of   site.LengthStats
	}{{"From the start to the first update", f.FirstUpdate}, {"From the start to the end", f.Resolution}} {
		switch median, worst := length(rounded(one.of.Median)), length(rounded(one.of.Worst)); one.of.Count {
		case 0:
		case 1:
			list = append(list, block{text: one.name + ": " + worst + "."})
		default:
			line := fmt.Sprintf("%s: median %s, longest %s (of %d incidents).", one.name, median, worst, one.of.Count)
			list = append(list, block{text: line})
		}
	}
	return list
}

// component returns the section of a component.
func (d *Document) component(c *site.ComponentReport) []block {
	list := []block{{level: 2, text: name(c.Component)}}
	if c.PartOf(d.Period) {
		list = append(list, block{text: fmt.Sprintf("In service from %s to %s: only this time counts.", d.clock(c.Service.Start),
			d.clock(c.Service.End))})
	}
	t := block{header: []string{"", "In service", "Operational", "Maintenance", "Degraded", "Partial outage", "Major outage",
		"Maintenance that counts", "Weighted downtime", "Uptime"}}
	if d.HasExcluded {
		t.header[3] = "Excluded maintenance"
	}
	where := "All regions"
	if len(c.Regions) == 1 {
		where = d.regionName(c.Regions[0].Region)
	} else if len(c.Regions) == 0 {
		where = "Everywhere"
	}
	t.rows = append(t.rows, d.seconds(c, &c.Place, where))
	for i := range several(c) {
		t.rows = append(t.rows, d.seconds(c, &c.Regions[i], d.regionName(c.Regions[i].Region)))
	}
	list = append(list, slim(t))
	if c.Component.Target.Percent > 0 && c.Uptime.Known() {
		list = append(list, block{text: fmt.Sprintf("Error budget: %s allowed, %s used, %s left.",
			length(int64(c.Budget.Allowed.Seconds())), length(rounded(c.Budget.Used)), length(left(c.Budget)))})
	}
	if len(c.Incidents) > 0 {
		list = append(list, slim(d.incidents(c)))
		list = append(list, d.waited(c.Started)...)
	}
	if len(c.Maintenance) > 0 {
		list = append(list, slim(d.maintenance(c)))
	}
	return list
}

// seconds returns how long a component was in each status.
func (d *Document) seconds(c *site.ComponentReport, p *site.Place, name string) []string {
	of := 1
	if p == &c.Place {
		of = regions(c)
	}
	lost := (p.Uptime.Lost/int64(of) + 999_999) / 1_000_000
	cells := []string{name, length(p.Length), length(p.Seconds[site.Operational]), length(p.Seconds[site.UnderMaintenance]),
		length(p.Seconds[site.DegradedPerformance]), length(p.Seconds[site.PartialOutage]), length(p.Seconds[site.MajorOutage]),
		length(p.CountedMaintenance()), length(lost)}
	return append(cells, percent(p.Uptime.Percent(c.Component.Target.Decimals)))
}

// incidents returns the incidents of a component.
func (d *Document) incidents(c *site.ComponentReport) block {
	t := block{header: []string{"Began", "Ended", "In the period", "At worst", "Share of downtime", "Incident"}}
	for _, i := range c.Incidents {
		part := Share(i.Lost*int64(regions(c)), c.Uptime.Lost)
		if part != "" {
			part = percent(part)
		}
		title := i.Entry.Title.Default
		if len(i.Regions) > 0 && len(i.Regions) < len(c.Regions) {
			var names []string
			for _, id := range i.Regions {
				names = append(names, d.regionName(id))
			}
			title += " (" + strings.Join(names, ", ") + ")"
		}
		t.rows = append(t.rows, []string{d.clock(i.Start), d.ended(i.End), length(i.Length), words(i.Worst), part, title})
	}
	return t
}

// reasons say for people why maintenance counts.
var reasons = map[site.WhyCounted]string{
	site.NotAnnounced:  "not announced",
	site.AnnouncedLate: "announced too late",
	site.OutsidePlan:   "outside the planned time",
	site.OverLimit:     "over the hours of the month",
}

// maintenance returns the windows of a component.
func (d *Document) maintenance(c *site.ComponentReport) block {
	t := block{header: []string{"Began", "Ended", "Announced", "Excluded", "Counts", "Why", "Maintenance"}}
	for _, w := range c.Maintenance {
		announced := "not stated"
		if !w.Announced.IsZero() {
			announced = d.clock(w.Announced)
		}
		var counted int64
		var why []string
		for reason, n := range w.Seconds {
			if text, counts := reasons[site.WhyCounted(reason)]; counts && n > 0 {
				counted += n
				why = append(why, length(n)+" "+text)
			}
		}
		t.rows = append(t.rows, []string{d.clock(w.Start), d.ended(w.End), announced, length(w.Seconds[site.Excluded]), length(counted),
			strings.Join(why, ", "), w.Entry.Title.Default})
	}
	return t
}

// definitions say how the report counts.
func (d *Document) definitions() []block {
	list := []block{{level: 2, text: "How this is counted"}}
	var weights []string
	for _, status := range site.Statuses[site.DegradedPerformance:] {
		weights = append(weights, "in "+words(status)+" "+number(d.Site.Uptime.Weights[status]))
	}
	for _, text := range []string{
		"Uptime is 100 % less the weighted downtime, cut and not rounded. What a second costs: " + strings.Join(weights, ", ") + ".",
		"Each second counts once, for the worst that affected the component.",
		"With several regions, the uptime is their mean, and a second has the worst status of them.",
		d.exclusion(),
		"The error budget is the weighted downtime that the target allows in the whole period.",
		"Months are those of the calendar in " + d.Site.Zone.String() + ". Only the time in service counts.",
		"Times to the first update and to the end are of incidents that began in the period.",
	} {
		list = append(list, block{item: true, text: text})
	}
	for _, t := range d.Site.SLA.Tiers {
		list = append(list, block{item: true, text: fmt.Sprintf("Below %s: a credit of %s.", percent(number(t.Below.Percent)),
			percent(number(t.Credit)))})
	}
	return list
}

// exclusion says which maintenance costs no uptime.
func (d *Document) exclusion() string {
	x := d.Site.SLA.Exclude
	if !x.Set {
		return "Maintenance costs no uptime."
	}
	text := "Maintenance costs no uptime within the time that was planned for it"
	if x.Announced > 0 {
		text += ", if it was announced at least " + length(int64(x.Announced.Seconds())) + " before"
	}
	if x.Limited {
		text += ", up to " + number(x.Limit.Hours()) + " hours in a calendar month, the earliest first"
	}
	return text + ". Other maintenance counts as a major outage, or as what it says."
}

// count returns a number with its noun: 1 incident, 2 incidents.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
