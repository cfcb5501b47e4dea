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
	Sum  string         // "77 minutes", if there are several rows
}

// breakdownRow is one impact on a component.
type breakdownRow struct {
	statusLabel
	Regions string    // names of the regions
	From    moment    // when it began
	To      moment    // when it ended; zero if it has not
	Length  string    // "39 min"
	Since   string    // RFC 3339, if it has not ended: the script counts from there
	Counted string    // "39 min of it counted"
	Note    string    // the operator's note
	NoteIn  *langAttr // the language of the note, if it is not the page's
}

// breakdowns returns the components with the impacts that have begun.
func (v entryView) breakdowns(list []site.ComponentBreakdown) []impactBreakdown {
	var breakdowns []impactBreakdown
	form := v.breakdownForm(list)
	for _, h := range list {
		shown := impactBreakdown{Name: v.text(h.Component.Name), Href: v.href(componentPath(h.Component.ID))}
		for _, r := range h.Rows {
			if !r.Window.Start.After(v.now) { // skip impacts that have not begun
				shown.Rows = append(shown.Rows, v.breakdownRow(r, form))
			}
		}
		if len(shown.Rows) > 1 && h.Length > 0 && !ongoing([]impactBreakdown{shown}) {
			shown.Sum = v.lang.Minutes(h.Length)
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

// breakdownForm returns the format of all times in a breakdown: times of day if
// everything happened on one day, whose date the chart above shows; else dates, with
// years if they differ. Ongoing impacts get dates, since they may last into another day.
func (v entryView) breakdownForm(list []site.ComponentBreakdown) string {
	var times []time.Time
	ongoing := false
	for _, h := range list {
		for _, r := range h.Rows {
			if r.Window.Start.After(v.now) {
				continue
			}
			end := r.Window.Start.Add(r.Window.Until(v.now))
			ongoing = ongoing || !r.Window.End.Equal(end)
			times = append(times, v.local(r.Window.Start), v.local(end))
		}
	}
	if len(times) == 0 {
		return "time"
	}
	switch first, last := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare); {
	case first.Year() != last.Year():
		return "moment"
	case ongoing || !sameDay(first, last):
		return "brief"
	}
	return "time"
}

// formattedMoment returns an instant in one of the language's date formats, with its time
// zone.
func (v pageView) formattedMoment(t time.Time, form string) moment {
	return moment{rfc3339(t), v.lang.Zoned(v.lang.Date(form, v.local(t)), v.zoneOf(t)), form != "time"}
}

// breakdownRow returns one impact on a component, with times in the given format.
func (v entryView) breakdownRow(r site.BreakdownRow, form string) breakdownRow {
	row := breakdownRow{
		statusLabel: v.statusLabel(r.Impact.Status, r.Impact.Label),
		Note:        v.text(r.Impact.Note), NoteIn: v.untranslated(r.Impact.Note), Regions: v.say("region.global"),
		From: v.formattedMoment(r.Window.Start, form),
	}
	if len(r.Regions) > 0 {
		row.Regions = v.regionNames(r.Regions)
	}
	if !r.Window.End.IsZero() && !r.Window.End.After(v.now) {
		row.To, row.Length = v.formattedMoment(r.Window.End, form), v.lang.Duration(r.Window.Until(v.now))
	} else {
		row.Since = rfc3339(r.Window.Start)
	}
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

// totals returns the downtime of the incident in each region, in words. Regions with the
// same downtime share a line.
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

// totalText returns "59 minutes down, 62 minutes degraded", or "none".
func (v pageView) totalText(t site.Total) string {
	var parts []string
	if t.Down > 0 {
		parts = append(parts, v.say("harm.down", "length", v.lang.Minutes(t.Down)))
	}
	if t.Degraded > 0 {
		parts = append(parts, v.say("harm.degraded", "length", v.lang.Minutes(t.Degraded)))
	}
	if len(parts) == 0 {
		return v.say("totals.none")
	}
	return strings.Join(parts, v.say("list.clause"))
}

// strip is a chart of an incident's impacts over time. An incident with long pauses has
// several.
type strip struct {
	Date  string // the first day in words
	From  moment // where the chart starts
	To    moment // where the chart ends
	Lanes []lane // one for each component, or for several with the same impacts
	Ticks []int  // when updates were posted, in thousandths of the width
}

// lane is a row of a strip: the components with the same impacts.
type lane struct {
	Names string    // names of the components
	Parts []segment // their impacts
}

// segment is one impact in a lane.
type segment struct {
	X     int    // where it starts, in thousandths of the width
	Width int    // its width, in thousandths
	Class string // the class of the status
	Text  string // status and times in words
}

// stripWidth is the width of a strip, in its own units.
const stripWidth = 1000

// stripGap is the pause after which a new strip begins.
const stripGap = 12 * time.Hour

// strips returns the charts of an incident.
func (v entryView) strips(breakdowns []site.ComponentBreakdown) []strip {
	var windows []site.Interval
	for _, h := range breakdowns {
		for _, r := range h.Rows {
			if r.Window.Start.Before(v.now) {
				windows = append(windows, site.Interval{Start: r.Window.Start, End: r.Window.Start.Add(r.Window.Until(v.now))})
			}
		}
	}
	slices.SortFunc(windows, func(a, b site.Interval) int { return a.Start.Compare(b.Start) })
	var periods []site.Interval
	for _, w := range windows {
		if n := len(periods); n > 0 && w.Start.Sub(periods[n-1].End) < stripGap {
			if w.End.After(periods[n-1].End) {
				periods[n-1].End = w.End
			}
			continue
		}
		periods = append(periods, w)
	}
	var strips []strip
	for _, s := range periods {
		strips = append(strips, v.strip(breakdowns, s))
	}
	return strips
}

// strip returns the chart of one period of an incident.
func (v entryView) strip(breakdowns []site.ComponentBreakdown, period site.Interval) strip {
	drawn := strip{
		Date: v.lang.Date("weekday", v.local(period.Start)),
		From: v.clockTime(period.Start, period.Start), To: v.clockTime(period.End, period.Start),
	}
	length := period.End.Sub(period.Start)
	place := func(t time.Time) int { return int(int64(t.Sub(period.Start)) * stripWidth / max(1, int64(length))) }
	for _, h := range breakdowns {
		l := lane{Names: v.text(h.Component.Name)}
		for _, r := range h.Rows {
			end := r.Window.Start.Add(r.Window.Until(v.now))
			if r.Window.Start.Before(period.Start) || end.After(period.End) {
				continue
			}
			x := place(r.Window.Start)
			m := v.statusLabel(r.Impact.Status, r.Impact.Label)
			l.Parts = append(l.Parts, segment{x, max(4, place(end)-x), m.Class,
				v.say("strip.part", "status", m.Word, "span", v.shortSpan(r.Window.Start, end, period.Start))})
		}
		drawn.addLane(l, v.pageView)
	}
	for _, u := range v.published() {
		if !u.Report && period.Contains(u.Time) {
			drawn.Ticks = append(drawn.Ticks, place(u.Time))
		}
	}
	return drawn
}

// shortSpan formats an interval without its time zone, and without the date if that is
// the day of near.
func (v pageView) shortSpan(from, to, near time.Time) string {
	dated := !sameDay(v.local(from), v.local(to))
	return v.say(spanKey(dated), "from", v.shortTime(from, near), "to", v.shortTime(to, from))
}

// addLane adds a lane, or adds its name to an existing lane with the same segments.
func (s *strip) addLane(l lane, v pageView) {
	if len(l.Parts) == 0 {
		return
	}
	for i := range s.Lanes {
		if slices.Equal(s.Lanes[i].Parts, l.Parts) {
			s.Lanes[i].Names += v.say("list.comma") + l.Names
			return
		}
	}
	s.Lanes = append(s.Lanes, l)
}
