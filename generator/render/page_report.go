package render

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"allclear/generator/language"
	reporting "allclear/generator/report"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// reportView is the report of a period that is over, with the entries that it is made of.
// The page is made from nothing else, and its key is the hash of it.
type reportView struct {
	pageView
	period   string        // its name
	recorded time.Time     // the site knows of nothing before it; zero if that was before the period
	now      time.Time     // the last instant that the entries or the period name
	older    string        // the name of the period before, or ""
	newer    string        // the name of the period after, or ""
	entries  []*site.Entry // newest first
}

// reportPeriod is a month or a quarter that has a report, with the entries that it is made
// of, newest first.
type reportPeriod struct {
	site.Period
	entries  []*site.Entry
	document func() *reporting.Document // returns the report, which is the same in every language, computed once
}

// reportsPath returns the address of the list of reports.
func reportsPath() string { return "reports/" }

// reportPath returns the address of the report of a period, such as 2026-10 or 2026-Q4.
func reportPath(period string) string { return reportsPath() + period + "/" }

// findReports returns the periods that have a report, oldest first: months, and quarters
// after the last of their months, from the first record on.
func (x *index) findReports(s *site.Site) []reportPeriod {
	if !s.Reports {
		return nil
	}
	first := s.Recorded(x.now).In(s.Zone)
	year := max(first.Year(), x.now.In(s.Zone).Year()-maxYears+1)
	var list []reportPeriod
	add := func(p site.Period) {
		if p.Start.Before(x.now) && p.End.After(first) {
			list = append(list, reportPeriod{Period: p})
		}
	}
	for ; year <= x.now.In(s.Zone).Year(); year++ {
		for quarter := 1; quarter <= 4; quarter++ {
			for month := range 3 {
				add(s.Month(year, time.Month(3*quarter-2+month)))
			}
			add(s.Quarter(year, quarter))
		}
	}
	for _, e := range x.newest {
		whole := extent(e, x.now)
		at, _ := slices.BinarySearchFunc(list, whole.Start, func(p reportPeriod, t time.Time) int { return p.End.Compare(t) })
		for ; at < len(list); at++ {
			if overlap(whole, list[at].Interval) {
				list[at].entries = append(list[at].entries, e)
			} else if list[at].Start.After(whole.End) && strings.Contains(list[at].Name, "-Q") {
				break // so does every later one
			}
		}
	}
	return list
}

// addDocuments lets each period of a list have its report.
func (b *build) addDocuments(list []reportPeriod) []reportPeriod {
	for at := range list {
		list[at].document = sync.OnceValue(func() *reporting.Document {
			return b.reportView(b.settings.languages[0], route{path: reportPath(list[at].Name)}, at).document()
		})
	}
	return list
}

// reportFiles returns the list of reports and the page of each, in a language.
func (b *build) reportFiles(l *language.Language, set *tmpl.Set) []File {
	periods := b.reports()
	if len(periods) == 0 {
		return nil
	}
	list := route{path: reportsPath()}
	files := []File{page(l, set, indexFile(list.path), "reports.html", func() (reportsPage, error) {
		v := b.view(l, list)
		made, err := v.reportsPage(list)
		if err == nil {
			made.Foreseen, err = v.futureHead(set, made.Heading)
		}
		return made, err
	})}
	for at := range periods {
		p := route{path: reportPath(periods[at].Name)}
		view := func() reportView { return b.reportView(l, p, at) }
		file := page(l, set, indexFile(p.path), "report.html", func() (reportPage, error) {
			if b.reportSettled(at) {
				return view().fill(p, periods[at].document())
			}
			v := b.view(l, p)
			made, err := v.reportNow(p, at)
			if err == nil {
				made.Foreseen, err = v.futureHead(set, made.Heading)
			}
			return made, err
		})
		if b.reportOver(at) {
			file.Key = b.settledKey("report", func() any { return view() }, periods[at].entries...)
		}
		files = append(files, file)
		if l.Default {
			files = append(files, b.reportData(l, at)...)
		}
	}
	return files
}

// reportData returns the report of a period as CSV and JSON, which are the same in every
// language.
func (b *build) reportData(l *language.Language, at int) []File {
	folder := reportPath(b.reports()[at].Name)
	view := func() reportView { return b.reportView(l, route{path: folder}, at) }
	var files []File
	for _, one := range []struct {
		name  string
		write func(*reporting.Document) ([]byte, error)
	}{{"report.csv", (*reporting.Document).CSV}, {"report.json", (*reporting.Document).JSON}} {
		file := File{Path: folder + one.name, Append: appending(func() ([]byte, error) { return one.write(b.reports()[at].document()) })}
		if b.reportOver(at) {
			file.Key = b.settledKey(one.name, func() any { return view() }, b.reports()[at].entries...)
		}
		files = append(files, file)
	}
	return files
}

// reportOver reports whether a period is over.
func (b *build) reportOver(at int) bool { return !b.reports()[at].End.After(b.now) }

// reportSettled reports whether only an edit can change the report of a period.
func (b *build) reportSettled(at int) bool {
	return b.reportOver(at) &&
		!slices.ContainsFunc(b.reports()[at].entries, func(e *site.Entry) bool { return b.settledAt(e).IsZero() })
}

// reportView returns the report of a period: as of the last instant that matters to it, or
// of the build's.
func (b *build) reportView(l *language.Language, p route, at int) reportView {
	periods := b.reports()
	one := periods[at]
	v := reportView{pageView: b.settings.page(l, p), period: one.Name, now: b.now, entries: one.entries}
	if first := b.recorded(); first.After(one.Start) {
		v.recorded = first
	}
	kind := strings.Contains(one.Name, "-Q")
	for i, other := range periods {
		switch {
		case strings.Contains(other.Name, "-Q") != kind:
		case i < at:
			v.older = other.Name
		case i > at && v.newer == "":
			v.newer = other.Name
		}
	}
	if !b.reportSettled(at) {
		return v
	}
	v.now = one.End
	for _, e := range one.entries {
		if settled := b.settledAt(e); settled.After(v.now) {
			v.now = settled
		}
	}
	return v
}

// stateReports returns the uptime in each report of a period that is over.
func (b *build) stateReports() []stateReport {
	var list []stateReport
	for at, p := range b.reports() {
		if !b.reportOver(at) {
			continue
		}
		one := stateReport{Period: p.Name, Components: []stateReportFigure{}}
		d := p.document()
		for i := range d.Components {
			c := &d.Components[i]
			one.Components = append(one.Components, stateReportFigure{c.Component.ID, c.Component.Name.Default, c.Uptime.Percent(5)})
		}
		list = append(list, one)
	}
	return list
}

// document returns the report, as allclear report makes it.
func (v reportView) document() *reporting.Document {
	alone := *v.site
	alone.Entries = make([]site.Entry, len(v.entries))
	for i, e := range v.entries {
		alone.Entries[i] = *e
	}
	p, _ := v.site.PeriodNamed(v.period)
	made := alone.UptimeReport(p, v.now, alone.ReportedIn(p, v.now))
	made.Recorded = v.recorded
	return &reporting.Document{UptimeReport: made, Site: &alone, Version: v.version}
}

// fill returns the page of a report that only an edit can change.
func (v reportView) fill(p route, d *reporting.Document) (reportPage, error) {
	page := reportPage{layout: v.layout(p, "note", v.reportTitle(d.Period), d.Period.End.Add(-1))}
	var err error
	if page.Head, err = v.settledHead(page.layout); err != nil {
		return page, err
	}
	v.addReport(&page, d)
	return page, nil
}

// reportNow returns the page of a report that the clock may change.
func (v siteView) reportNow(p route, at int) (reportPage, error) {
	own := v.build.reportView(v.lang, p, at)
	d := v.build.reports()[at].document()
	f, err := v.layout(p, own.reportTitle(d.Period))
	page := reportPage{layout: f}
	page.Until = earliest(page.Until, v.build.future.nextHistoryChange(v.build.months()), v.build.future.next)
	if !d.Over() {
		page.Until = earliest(page.Until, d.Period.End)
	}
	own.addReport(&page, d)
	return page, err
}

// periodName returns the name of a period: "October 2026", "Q4 2026".
func (v pageView) periodName(p site.Period) string {
	if year, quarter, ok := strings.Cut(p.Name, "-Q"); ok {
		n, _ := strconv.Atoi(quarter)
		return v.say("report.quarter", "n", n, "year", year)
	}
	return v.lang.Date("month", v.local(p.Start))
}

// reportTitle returns the heading of the report of a period.
func (v pageView) reportTitle(p site.Period) string {
	return v.say("report.of", "period", v.periodName(p))
}

// reportsPage returns the list of reports.
func (v siteView) reportsPage(p route) (reportsPage, error) {
	f, err := v.layout(p, v.say("report.title"))
	page := reportsPage{layout: f, Heading: v.say("report.title")}
	for _, one := range slices.Backward(v.build.reports()) {
		year := one.Name[:4]
		if n := len(page.Years); n == 0 || page.Years[n-1].Name != year {
			page.Years = append(page.Years, reportsYear{Name: year})
		}
		in := &page.Years[len(page.Years)-1]
		to := link{Name: v.periodName(one.Period), Href: v.href(reportPath(one.Name))}
		if strings.Contains(one.Name, "-Q") {
			in.Quarters = append(in.Quarters, to)
		} else {
			to.Name = v.lang.Date("leaf", v.local(one.Start))
			in.Months = append(in.Months, to)
		}
	}
	return page, err
}
