package render

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"allclear/generator/site"
)

// historyPage is the history's overview with the newest entries, or a month.
type historyPage struct {
	layout
	Heading       string       // the title: "History", or the month
	Month         string       // 2025-07; "" for the overview
	Years         []year       // all months that have entries, by year
	Groups        []monthGroup // the months that this page shows
	Components    []option     // the components to filter by
	Severities    []option     // the severities to filter by
	Base          string       // relative path to the home page's folder, for search results
	Announcements string       // address of all announcements; "" if there are none
	Older         *link        // the month before
	Newer         *link        // the month after
}

// year is a year in the list of months.
type year struct {
	Name   string      // "2025"
	Months []monthLink // its months, January first: from the first one with entries up to now
}

// monthLink is a month in the list of months.
type monthLink struct {
	Name    string // the month in short: "Jul"
	Href    string // address of the month's page; "" if it has no entries
	Number  int    // how many entries it has
	Count   string // "3 entries"
	Current bool   // whether this is the month that the page shows
}

// monthGroup is the entries of a month.
type monthGroup struct {
	Name    string     // "July 2025"; "" on the month's own page
	Href    string     // address of the month's page
	ID      string     // the id of the list of entries
	Entries []entryRow // its entries, newest first
	month   month
}

// option is a choice of a filter.
type option struct {
	Value string // the value that entries are compared with
	Name  string // the text of the option
}

// month is a calendar month in the site's time zone with its entries and announcements,
// newest first.
type month struct {
	key     string    // the month as 2025-07
	start   time.Time // the month's first instant
	entries []listing
}

// findMonths returns the months that have listed entries or announcements, newest first. An
// entry is in every month that it lasted into; announced maintenance is in none until it
// begins.
func (x *index) findMonths() []month {
	entries := map[time.Time][]listing{}
	var begun site.Interval // the month in which the last one began
	add := func(l listing, shown site.Interval) {
		if shown.Start.Before(begun.Start) || !shown.Start.Before(begun.End) {
			begun = x.settings.wholeMonth(shown.Start)
		}
		entries[begun.Start] = append(entries[begun.Start], l)
		for m := begun; m.End.Before(shown.End); {
			m = x.settings.wholeMonth(m.End)
			entries[m.Start] = append(entries[m.Start], l)
		}
	}
	for _, l := range x.listings() {
		if l.announcement != nil {
			add(l, site.Interval{Start: l.announcement.Posted.Time})
		} else if shown := x.listedInterval(l.entry); !shown.Start.After(x.now) {
			add(l, shown)
		}
	}
	var months []month
	for _, m := range slices.SortedFunc(maps.Keys(entries), func(a, b time.Time) int { return b.Compare(a) }) {
		months = append(months, month{m.In(x.settings.site.Zone).Format("2006-01"), m, entries[m]})
	}
	return months
}

// monthOf returns the first instant of the month that contains t, in the site's time
// zone.
func (s *settings) monthOf(t time.Time) time.Time {
	year, month, _ := t.In(s.site.Zone).Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, s.site.Zone)
}

// wholeMonth returns the month that contains t, in the site's time zone.
func (s *settings) wholeMonth(t time.Time) site.Interval {
	start := s.monthOf(t)
	return site.Interval{Start: start, End: s.monthOf(start.AddDate(0, 0, 32))}
}

// overviewLength is the number of entries after which the overview adds no further month.
const overviewLength = 12

// historyOverview returns the overview: the newest months, whole, with at least
// overviewLength entries if there are so many.
func (v siteView) historyOverview(p route, months []month) (historyPage, error) {
	page, err := v.historyLayout(p, v.years(months, v.now), v.say("history.title"))
	if err != nil {
		return page, err
	}
	shown := 0
	for _, m := range months {
		if shown >= overviewLength {
			break
		}
		shown += len(m.entries)
		page.Groups = append(page.Groups, v.monthGroup(m))
	}
	return page, nil
}

// historyMonth returns the page of the month at an index of months. Its links to the others
// are years.
func (v siteView) historyMonth(p route, months []month, at int, years []year) (historyPage, error) {
	page, err := v.historyLayout(p, withCurrent(years, v.href(p.path)), v.monthName(months[at]))
	if err != nil {
		return page, err
	}
	page.Month = months[at].key
	page.under(v.say("history.title"), page.History)
	page.Groups = []monthGroup{v.monthGroup(months[at])}
	page.Groups[0].Name = ""
	to := func(i int) *link {
		if i < 0 || i >= len(months) {
			return nil
		}
		return &link{Name: v.monthName(months[i]), Href: v.href(monthPath(months[i].key))}
	}
	page.Older, page.Newer = to(at+1), to(at-1)
	return page, nil
}

// withCurrent returns years with the month at an address as the current one. It does not
// change years, which all months share.
func withCurrent(years []year, href string) []year {
	years = slices.Clone(years)
	for y := range years {
		at := slices.IndexFunc(years[y].Months, func(m monthLink) bool { return m.Href == href })
		if at >= 0 {
			years[y].Months = slices.Clone(years[y].Months)
			years[y].Months[at].Current = true
		}
	}
	return years
}

// historyLayout returns a page of the history without its entries.
func (v siteView) historyLayout(p route, years []year, heading string) (historyPage, error) {
	f, err := v.layout(p, heading)
	page := historyPage{layout: f, Heading: heading, Years: years, Base: v.root + v.lang.Path("")}
	for _, c := range v.listedComponents() {
		page.Components = append(page.Components, option{c.Component.ID, v.text(c.Component.Name)})
	}
	if len(v.announcements) > 0 {
		page.Announcements = v.href(announcementsPath())
	}
	for _, s := range []site.Severity{site.Critical, site.Major, site.Minor, site.InMaintenance, site.None} {
		page.Severities = append(page.Severities, option{s.String(), v.say("severity." + s.String())})
	}
	return page, err
}

// years returns the months by year, the newest year first: all months from the first one
// with entries up to now, or to the last one with entries.
func (v pageView) years(months []month, now time.Time) []year {
	if len(months) == 0 {
		return nil
	}
	known := map[string]month{}
	for _, m := range months {
		known[m.key] = m
	}
	end := v.monthOf(now)
	if last := months[0].start; last.After(end) {
		end = last
	}
	var years []year
	for at := months[len(months)-1].start; !at.After(end); at = v.monthOf(at.AddDate(0, 0, 32)) {
		name := strconv.Itoa(v.local(at).Year())
		if n := len(years); n == 0 || years[n-1].Name != name {
			years = append(years, year{Name: name})
		}
		one := monthLink{Name: v.lang.Date("month_short", v.local(at))}
		if m, listed := known[v.local(at).Format("2006-01")]; listed {
			one.Href, one.Number = v.href(monthPath(m.key)), len(m.entries)
			one.Count = v.say("history.count", "n", one.Number)
		}
		last := &years[len(years)-1]
		last.Months = append(last.Months, one)
	}
	slices.Reverse(years)
	return years
}

// monthName returns the name of a month: "July 2025".
func (v pageView) monthName(m month) string {
	return v.lang.Date("month", v.local(m.start))
}

// monthGroup returns a month with its entries.
func (v view) monthGroup(m month) monthGroup {
	return monthGroup{Name: v.monthName(m), Href: v.href(monthPath(m.key)), Entries: v.monthRows(m), ID: "_m-" + m.key, month: m}
}

// monthRows returns the entries of a month.
func (v view) monthRows(m month) []entryRow {
	lines := make([]entryRow, 0, len(m.entries))
	for _, l := range m.entries {
		if l.announcement != nil {
			lines = append(lines, v.announcementRow(l.announcement))
			continue
		}
		lines = append(lines, v.entryRow(l.entry))
	}
	return lines
}

// historyFragments returns what the clock may change on a page of the history: the lists
// of those months in which something may still happen after the build.
func (v view) historyFragments(page historyPage, built time.Time) []fragment {
	fragments := []fragment{v.headFragment(v.overall(), page.Heading)}
	months := v.months()
	for _, g := range page.Groups {
		changes := slices.ContainsFunc(g.month.entries, func(l listing) bool { return l.entry != nil && !l.entry.Settled(built) })
		if !changes && g.month.start.Before(v.monthOf(built)) {
			continue
		}
		if at := slices.IndexFunc(months, func(m month) bool { return m.key == g.month.key }); at >= 0 {
			fragments = append(fragments, fragment{id: g.ID, class: "list", children: children("", "dated", v.monthRows(months[at]))})
		}
	}
	return fragments
}
