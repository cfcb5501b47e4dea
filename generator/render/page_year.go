package render

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// uptimePage shows a year day by day: the last twelve months, or a calendar year.
type uptimePage struct {
	layout
	Heading string          // "A year at a glance", "Uptime in 2024"
	Span    string          // "August 2024 – July 2025"
	Years   []yearLink      // the other years; none on the page of a year that is over
	Whole   []calendarMonth // the months of all services together
	Groups  []serviceGroup  // the services, by group
	Scale   []string        // the first, a middle and the last month, below bars of weeks
	Older   *link           // the year before
	Newer   *link           // the year after
}

// yearLink is a year in the list of years.
type yearLink struct {
	Name    string // "2024", "Last 12 months"
	Href    string // address of its page
	Current bool   // whether this is the page
}

// serviceGroup is a group of services, or consecutive services without a group.
type serviceGroup struct {
	ID       string        // the group's id; "" for services without a group
	Name     string        // the group's name; "" for services without a group
	Services []serviceYear // its services
}

// serviceYear is a component over a span of months.
type serviceYear struct {
	ID      string          // the component's id in the manifest
	Name    string          // name of the component
	NameIn  *langAttr       // the language of the name, if it is not the page's
	Href    string          // address of the component's page
	Uptime  string          // "99.98%"
	Missed  bool            // whether that is below the target
	Weeks   weekBars        // its weeks
	Figures []figure        // its numbers
	Months  []calendarMonth // its days
	Regions []regionYear    // its regions, if it has several
}

// regionYear is a region of a component over a span of months.
type regionYear struct {
	Name   string   // name of the region
	Uptime string   // "99.98%"
	Missed bool     // whether that is below the component's target
	Weeks  weekBars // its weeks
}

// yearView is a calendar year that is over, with the entries that its days show. The page
// of such a year is made from nothing else, and its key is the hash of it.
type yearView struct {
	pageView
	year    int
	first   bool          // whether there is no earlier year
	now     time.Time     // the last instant that the entries or the year name
	entries []*site.Entry // newest first
}

// record is a calendar year of the site, with the entries that its days may show, newest
// first.
type record struct {
	year    int
	span    site.Interval
	entries []*site.Entry
}

// maxYears is the largest number of years that have a page.
const maxYears = 30

// findRecords returns the years of the site, oldest first: from that of the first entry,
// or of the first component's since, to this one.
func (x *index) findRecords() []record {
	first := x.now
	for _, c := range x.settings.site.Components {
		if !c.Since.IsZero() && c.Since.Before(first) {
			first = c.Since
		}
	}
	spans := make([]site.Interval, len(x.newest))
	for i, e := range x.newest {
		if spans[i] = extent(e, x.now); spans[i].Start.Before(first) {
			first = spans[i].Start
		}
	}
	zone := x.settings.site.Zone
	this := x.now.In(zone).Year()
	var list []record
	for year := max(first.In(zone).Year(), this-maxYears+1); year <= this; year++ {
		list = append(list, record{year: year, span: site.Interval{
			Start: site.FirstInstant(year, time.January, 1, zone), End: site.FirstInstant(year+1, time.January, 1, zone),
		}})
	}
	for i, e := range x.newest {
		for at := range list {
			if overlap(spans[i], list[at].span) {
				list[at].entries = append(list[at].entries, e)
			}
		}
	}
	return list
}

// extent returns the interval in which an entry may be on a calendar: while lists show it,
// and while one of its impacts may hold.
func extent(e *site.Entry, now time.Time) site.Interval {
	whole := lasted(e, now)
	for i := range e.Impacts {
		if start := e.Impacts[i].Start.Time; !start.IsZero() && start.Before(whole.Start) {
			whole.Start = start
		}
		if end := e.Impacts[i].End.Time; end.After(whole.End) {
			whole.End = end
		}
	}
	return whole
}

// uptimeFiles returns the page of the last twelve months and one for each year.
func (b *build) uptimeFiles(l *language.Language, set *tmpl.Set) []File {
	if !b.settings.site.Uptime.Show {
		return nil
	}
	records := b.records()
	recent := route{path: uptimePath()}
	files := []File{page(l, set, indexFile(recent.path), "uptime.html", func() (uptimePage, error) {
		v := b.view(l, recent)
		made, err := v.uptimePage(recent, v.say("uptime.title"), v.monthsBefore(v.now))
		made.Crumb = &breadcrumb{State: v.overallLabel(), Here: v.say("nav.uptime")}
		return v.withFuture(set)(made, err)
	})}
	for _, r := range records {
		p := route{path: yearPath(r.year)}
		over := !r.span.End.After(b.now)
		year := func() yearView { return b.yearView(l, p, r, r.year == records[0].year) }
		file := page(l, set, indexFile(p.path), "uptime.html", func() (uptimePage, error) {
			if over && !slices.ContainsFunc(r.entries, func(e *site.Entry) bool { return b.settledAt(e).IsZero() }) {
				return year().fill(p)
			}
			v := b.view(l, p)
			return v.withFuture(set)(v.uptimeYear(p, r))
		})
		if over {
			file.Key = b.settledKey("year", func() any { return year() }, r.entries...)
		}
		files = append(files, file)
	}
	return files
}

// withFuture returns a function that adds to a page about uptime what the clock will
// change.
func (v siteView) withFuture(set *tmpl.Set) func(uptimePage, error) (uptimePage, error) {
	return func(page uptimePage, err error) (uptimePage, error) {
		if err != nil {
			return page, err
		}
		page.Until = earliest(page.Until, v.build.future.nextStatusChange(v.index))
		page.Foreseen, err = v.futureHead(set, page.Heading)
		return page, err
	}
}

// nextStatusChange returns the first future instant at which a component has another
// status, or the zero time. Pages about uptime do not carry the day as it will be then.
func (f future) nextStatusChange(x *index) time.Time {
	for _, then := range f.indexes {
		for i, c := range then.state.Components {
			if c.Status != x.state.Components[i].Status {
				return then.now
			}
		}
	}
	return time.Time{}
}

// twelveMonths are the months of a year, or consecutive months of two.
type twelveMonths struct {
	months []site.Month
	listed []listedMonth // what lists show of each
}

// newTwelveMonths returns twelve months. The first one is that of an instant.
func (x *index) newTwelveMonths(first time.Time) twelveMonths {
	months := x.settings.site.Months(first, 12)
	return twelveMonths{months, listedMonths(x.newest, x.now, months)}
}

// monthsBefore returns the month of an instant and the eleven before it, oldest first.
func (v siteView) monthsBefore(last time.Time) twelveMonths {
	months := v.monthsUpTo(last, componentMonths)
	return v.build.twelveMonths(months[len(months)-1].Start)
}

// overYear returns twelve months as they are known at the build's instant.
func (v siteView) overYear(t twelveMonths) calendarView {
	return calendarView{pageView: v.pageView, history: v.build.history, now: v.now, months: t.months, listed: t.listed}
}

// uptimePage returns a page about twelve months at the build's instant.
func (v siteView) uptimePage(p route, heading string, year twelveMonths) (uptimePage, error) {
	f, err := v.layout(p, heading)
	page := uptimePage{layout: f, Heading: heading, Years: v.yearLinks()}
	v.overYear(year).fill(&page)
	return page, err
}

// uptimeYear returns the page of a calendar year that is not over, or of which an entry
// may still change.
func (v siteView) uptimeYear(p route, r record) (uptimePage, error) {
	page, err := v.uptimePage(p, v.yearHeading(r.year), v.build.twelveMonths(r.span.Start))
	page.under(v.say("nav.uptime"), page.UptimePage)
	records := v.build.records()
	if first := records[0].year; r.year > first {
		page.Older = v.yearLink(r.year - 1)
	}
	if last := records[len(records)-1].year; r.year < last {
		page.Newer = v.yearLink(r.year + 1)
	}
	return page, err
}

// yearHeading returns the title of the page of a year.
func (v pageView) yearHeading(year int) string {
	return v.say("uptime.year", "year", strconv.Itoa(year))
}

// yearLink returns a link to the page of a year.
func (v pageView) yearLink(year int) *link {
	return &link{Name: strconv.Itoa(year), Href: v.href(yearPath(year))}
}

// yearLinks returns the last twelve months and all years, newest first.
func (v siteView) yearLinks() []yearLink {
	list := []yearLink{{v.say("uptime.last", "n", componentMonths), v.href(uptimePath()), v.path == uptimePath()}}
	for _, r := range slices.Backward(v.build.records()) {
		list = append(list, yearLink{strconv.Itoa(r.year), v.href(yearPath(r.year)), v.path == yearPath(r.year)})
	}
	return list
}

// yearView returns a year that is over, for its page.
func (b *build) yearView(l *language.Language, p route, r record, first bool) yearView {
	v := yearView{b.settings.page(l, p), r.year, first, r.span.End, r.entries}
	for _, e := range r.entries {
		if at := b.settledAt(e); at.After(v.now) {
			v.now = at
		}
	}
	return v
}

// fill returns the page of a year that is over.
func (v yearView) fill(p route) (uptimePage, error) {
	months := v.site.Months(site.FirstInstant(v.year, time.January, 1, v.site.Zone), 12)
	f := v.layout(p, "note", v.yearHeading(v.year), months[11].Midnights[0])
	var err error
	if f.Head, err = v.settledHead(f); err != nil {
		return uptimePage{}, err
	}
	f.under(v.say("nav.uptime"), f.UptimePage)
	page := uptimePage{layout: f, Heading: v.yearHeading(v.year), Newer: v.yearLink(v.year + 1)}
	if !v.first {
		page.Older = v.yearLink(v.year - 1)
	}
	calendarView{
		pageView: v.pageView, history: v.site.HistoryOf(v.entries, v.now), now: v.now, months: months,
		listed: listedMonths(v.entries, v.now, months),
	}.fill(&page)
	return page, nil
}
