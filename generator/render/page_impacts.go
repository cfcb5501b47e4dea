package render

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// impactBreakdown is what an incident did to one component.
type impactBreakdown struct {
	Name string         // name of the component
	Href string         // address of the component's page
	Rows []breakdownRow // its impacts
	Sum  string         // "1 h 17 min", if there are several rows
	Long string         // the same in minutes, as contracts count, if it is an hour or more
}

// breakdownRow is one impact on a component.
type breakdownRow struct {
	statusLabel
	Regions string    // names of the regions
	Span    span      // from when to when; without an end if it has not ended
	Since   string    // RFC 3339, if it has not ended: the script counts from there
	Counted string    // "39 min of it counted"
	Note    string    // the operator's note
	NoteIn  *langAttr // the language of the note, if it is not the page's
}

// breakdowns returns the components with the impacts that have begun.
func (v entryView) breakdowns(list []site.ComponentBreakdown, form breakdownForm) []impactBreakdown {
	breakdowns := make([]impactBreakdown, 0, len(list))
	for _, h := range list {
		shown := impactBreakdown{
			Name: v.text(h.Component.Name), Href: v.href(componentPath(h.Component.ID)), Rows: make([]breakdownRow, 0, len(h.Rows)),
		}
		for _, r := range h.Rows {
			if !r.Window.Start.After(v.now) { // skip impacts that have not begun
				shown.Rows = append(shown.Rows, v.breakdownRow(h.Component, r, form))
			}
		}
		if len(shown.Rows) > 1 && h.Length > 0 && !ongoing([]impactBreakdown{shown}) {
			if shown.Sum = v.lang.Duration(h.Length); h.Length >= time.Hour && h.Length < 24*time.Hour {
				shown.Long = v.lang.Minutes(h.Length)
			}
		}
		if len(shown.Rows) > 0 {
			breakdowns = append(breakdowns, shown)
		}
	}
	return breakdowns
}

// ongoing reports whether any impact is ongoing. A sum would be wrong a minute later.
func ongoing(breakdowns []impactBreakdown) bool {
	return slices.ContainsFunc(breakdowns, func(h impactBreakdown) bool {
		return slices.ContainsFunc(h.Rows, func(r breakdownRow) bool { return r.Since != "" })
	})
}

// breakdownForm is how all times in a breakdown are written.
type breakdownForm struct {
	date string // the date format: time, brief or moment
	zone string // the time zone, if it is the same for all; "" if each time has its own
}

// breakdownForm returns the form of a breakdown: times of day if everything happened on
// one day, whose date the top of the page shows; else dates, with years if they differ.
func (v entryView) breakdownForm(list []site.ComponentBreakdown) breakdownForm {
	var times []time.Time
	for _, h := range list {
		for _, r := range h.Rows {
			if !r.Window.Start.After(v.now) {
				times = append(times, v.local(r.Window.Start), v.local(r.Window.Start.Add(r.Window.Until(v.now))))
			}
		}
	}
	form := breakdownForm{date: "time"}
	if len(times) == 0 {
		return form
	}
	form.zone = v.zoneOf(times[0])
	if slices.ContainsFunc(times, func(t time.Time) bool { return v.zoneOf(t) != form.zone }) {
		form.zone = ""
	}
	switch first, last := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare); {
	case first.Year() != last.Year():
		form.date = "moment"
	case !sameDay(first, last):
		form.date = "brief"
	}
	return form
}

// tableMoment returns an instant in the form of a breakdown; without the date if that is
// the day of near.
func (v pageView) tableMoment(t, near time.Time, form breakdownForm) moment {
	date := form.date
	if sameDay(v.local(t), v.local(near)) {
		date = "time"
	}
	if form.zone == "" {
		return v.formattedMoment(t, date)
	}
	return moment{rfc3339(t), v.lang.Date(date, v.local(t)), date != "time"}
}

// tableSpan returns an interval in the form of a breakdown. An interval without an end
// has no length.
func (v pageView) tableSpan(i site.Interval, form breakdownForm) span {
	s := span{From: v.tableMoment(i.Start, time.Time{}, form)}
	if i.End.IsZero() {
		return s
	}
	s.Length = v.lang.Duration(i.End.Sub(i.Start))
	if v.sameMinute(i) {
		return s
	}
	s.To = v.tableMoment(i.End, i.Start, form)
	s.Before, s.Between, s.After = v.lang.Between(spanKey(s.To.Dated))
	return s
}

// breakdownRow returns one impact on a component.
func (v entryView) breakdownRow(c *site.Component, r site.BreakdownRow, form breakdownForm) breakdownRow {
	row := breakdownRow{
		statusLabel: v.statusLabel(r.Impact.Status, r.Impact.Label),
		Note:        v.text(r.Impact.Note), NoteIn: v.untranslated(r.Impact.Note), Regions: v.say("region.global"),
	}
	switch n := len(r.Regions); {
	case n > 1 && n == len(c.Regions):
		row.Regions = v.say("region.all")
	case n > 0:
		row.Regions = v.regionNames(r.Regions)
	}
	if r.Window.End.IsZero() || r.Window.End.After(v.now) {
		r.Window.End, row.Since = time.Time{}, rfc3339(r.Window.Start)
	}
	row.Span = v.tableSpan(r.Window, form)
	if r.Impact.Downtime.Set && row.Since == "" {
		row.Counted = v.say("entry.counted", "length", v.lang.Duration(r.Impact.Downtime.Length))
	}
	return row
}

// sameDay reports whether two times, in their own zones, have the same date.
func sameDay(a, b time.Time) bool {
	year, month, day := a.Date()
	otherYear, otherMonth, otherDay := b.Date()
	return day == otherDay && month == otherMonth && year == otherYear
}

// totals returns how long the incident affected each region, in words. Regions that fared
// alike share a line.
func (v entryView) totals() []string {
	var costs []string
	where := map[string][]string{}
	hit, sum := 0, ""
	for _, t := range v.site.Totals(v.entry, v.now) {
		cost := v.totalText(t)
		if t.Region == site.Everywhere {
			sum = cost
			continue
		}
		if t.Down+t.Degraded > 0 {
			hit++
		}
		if len(where[cost]) == 0 {
			costs = append(costs, cost)
		}
		where[cost] = append(where[cost], v.regionName(t.Region))
	}
	var lines []string
	for _, cost := range costs {
		lines = append(lines, v.say("totals.line", "where", v.lang.List(where[cost]), "what", cost))
	}
	if sum != "" && (len(lines) == 0 || hit > 1) { // else it would repeat the only region's
		lines = append(lines, v.say("totals.line", "where", v.say("totals.all"), "what", sum))
	}
	return lines
}

// totalText returns "59 minutes down, 62 minutes degraded", or "not affected". Only a major
// outage is "down".
func (v pageView) totalText(t site.Total) string {
	var parts []string
	for _, of := range []struct {
		key    string
		length time.Duration
	}{{"harm.down", t.Major}, {"harm.partial", t.Down - t.Major}, {"harm.degraded", t.Degraded}} {
		if of.length > 0 {
			parts = append(parts, v.say(of.key, "length", v.totalLength(of.length)))
		}
	}
	if len(parts) == 0 {
		return v.say("totals.none")
	}
	return strings.Join(parts, v.say("list.clause"))
}

// totalLength writes a duration in minutes, as contracts count. From two hours on it says
// first how many hours that are: "3 h 12 min (192 minutes)".
func (v pageView) totalLength(d time.Duration) string {
	minutes := v.lang.Minutes(d)
	if d < 2*time.Hour || d >= 24*time.Hour {
		return minutes
	}
	return v.lang.Duration(d) + " " + v.say("script.aside", "text", minutes)
}

// shortSpan formats an interval without its time zone, and without the date if that is
// the day of near.
func (v pageView) shortSpan(from, to, near time.Time) string {
	start, end := v.spanForms(from, to, near)
	if v.sameMinute(site.Interval{Start: from, End: to}) {
		return v.lang.Date(start, v.local(from))
	}
	return v.say(spanKey(end != "time"), "from", v.lang.Date(start, v.local(from)), "to", v.lang.Date(end, v.local(to)))
}
