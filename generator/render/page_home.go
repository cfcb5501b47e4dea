package render

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// homePage answers first, then says what is open, what is coming, how each
// component does, and what happened lately.
type homePage struct {
	layout
	Answer    answer           // the overall answer
	Open      []entryCard      // incidents, then maintenance under way
	Notices   notices          // notices that have been open for long
	Coming    []entryCard      // announced maintenance
	Blocks    []componentGroup // groups and their components
	DaysTitle string           // "Last 14 days"
	Days      []day            // the newest first
	BarDays   int              // days that a bar covers; 0 without uptime
	Feeds     []feedLink       // the ways to subscribe
	Only      string           // the address of "my services"
}

// day is a calendar day with what happened on it, or a stretch of days with the same.
type day struct {
	ISO     string // "" for a stretch
	Date    string // the day in words
	Entries []entryRow
	All     string // "12 entries", where only some are named
	Month   string // the address of the month's page, which names all
}

// entryRow is an entry in a list.
type entryRow struct {
	Title, Href string
	TitleIn     *langAttr
	Class, Tag  string
	IDs         string // ids of the affected components, separated by spaces
	Date        moment // when it was
	Span        span
	Open        bool
	Goes        bool   // it began on an earlier day, where all of it stands
	Touches     string // names of the affected components
	Outcome     string // "resolved after 26 min"; "" of a notice
}

// feedLink is an address that visitors may subscribe to.
type feedLink struct {
	Name, About string
	Href        string // relative address
	Address     string // absolute where the site has a URL: what the copy button copies
	Picture     string // the alternative text of a picture to show, where it is one
}

func (v siteView) home(p route) (homePage, error) {
	a := v.answer()
	f, err := v.layout(p, a.Sentence)
	if err != nil {
		return homePage{}, err
	}
	page := homePage{
		layout: f, Answer: a,
		Open: v.ongoing(), Notices: v.olderNotices(), Coming: v.cards(v.state.Upcoming),
		Blocks: v.componentGroups(), BarDays: v.site.Uptime.Days,
		DaysTitle: v.say("home.days", "n", v.site.HomeDays), Days: v.lastDays(), Feeds: v.feedLinks(""),
	}
	return page, nil
}

// notices are those that have been open for a while without a word: in one line,
// so that they hide nothing.
type notices struct {
	Count string     // "3 older notices"
	Lines []entryRow // the newest of them
}

// oldNotice is how long a notice without news is news.
const oldNoticeAge = 7 * 24 * time.Hour

// olderLines is how many older notices the home page lists at most. The history has all.
const maxOlderNotices = 10

// old reports whether an entry is a notice of which nothing has been heard for a while.
func (v view) isOldNotice(e *site.Entry) bool {
	if !e.Notice() || e.Pinned {
		return false
	}
	heard := e.Begin()
	if published := e.Published(v.now); len(published) > 0 {
		heard = published[0].Time
	}
	return v.now.Sub(heard) > oldNoticeAge
}

// ongoing are the cards of what is open or under way, without old notices.
func (v view) ongoing() []entryCard {
	var current []*site.Entry
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			current = append(current, e)
		}
	}
	return append(v.cards(current), v.cards(v.state.Active)...)
}

func (v view) olderNotices() notices {
	var n notices
	count := 0
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			continue
		}
		if count++; count <= maxOlderNotices {
			n.Lines = append(n.Lines, v.entryRow(e))
		}
	}
	if count > 0 {
		n.Count = v.say("home.notices", "n", count)
	}
	return n
}

// lastDays are the site's last days, newest first. Days on which the same entries
// lasted are one stretch, and so are days without any.
func (v view) lastDays() []day {
	var days []day
	lists := v.byDay(v.site.HomeDays)
	for newest := 0; newest < len(lists); {
		oldest := newest
		for oldest+1 < len(lists) && slices.Equal(lists[oldest+1], lists[newest]) {
			oldest++
		}
		d := v.dateRange(v.site.Midnight(v.now, -oldest), v.site.Midnight(v.now, -newest))
		d.Entries, d.All = v.dayRows(lists[newest], lists[min(oldest+1, len(lists)-1)], oldest+1 < len(lists))
		if d.All != "" {
			d.Month = v.href(monthPath(v.site.Midnight(v.now, -newest).Format("2006-01")))
		}
		if oldest == newest && len(d.Entries) > 0 {
			d.ISO = v.local(v.site.Midnight(v.now, -newest)).Format(time.DateOnly)
		}
		days, newest = append(days, d), oldest+1
	}
	return days
}

// dayGoing is how many entries that began earlier a day names.
const maxContinuing = 3

// dayLines are the entries of a day; those of the day before, too, are cut to a title.
// Where many go on, the rest is a count of them all.
func (v view) dayRows(entries, before []*site.Entry, known bool) (lines []entryRow, all string) {
	continuing := 0
	for _, e := range entries {
		l := v.entryRow(e)
		if l.Goes = known && slices.Contains(before, e); l.Goes {
			if continuing++; continuing > maxContinuing {
				all = v.say("history.count", "n", len(entries))
				continue
			}
		}
		lines = append(lines, l)
	}
	return lines, all
}

// byDay sorts the listed entries under each of the last n days, counted back from
// today, during which they lasted, newest first. A day inside an outage is never empty. A
// notice, which touches nothing, stands under the day on which it began.
func (v view) byDay(n int) [][]*site.Entry {
	days := make([][]*site.Entry, n)
	midnights := make([]time.Time, n+1) // each day ends at the one before its own
	for back := range midnights {
		midnights[back] = v.site.Midnight(v.now, 1-back)
	}
	for _, e := range v.newest {
		lasted := v.listedInterval(e)
		if lasted.Start.After(v.now) {
			continue
		}
		for back := range n {
			day := site.Interval{Start: midnights[back+1], End: midnights[back]}
			if day.Contains(lasted.Start) || lasted.Start.Before(day.Start) && lasted.End.After(day.Start) {
				days[back] = append(days[back], e)
			}
		}
	}
	return days
}

// lasted is the time for which lists carry an entry: from its start to its end, or
// until now; of a notice the instant at which it began.
func (x *index) listedInterval(e *site.Entry) site.Interval {
	whole := e.Interval(x.now)
	switch {
	case e.Notice():
		whole.End = whole.Start
	case e.Open(x.now):
		whole.End = x.now
	}
	return whole
}

// days names the days from one to another, or the one day.
func (v pageView) dateRange(from, to time.Time) day {
	from, to = v.local(from), v.local(to)
	first, last := v.lang.Date("short", from), v.lang.Date("short", to)
	switch {
	case first == last:
		return day{Date: v.lang.Date("weekday", from)}
	case from.Month() == to.Month():
		return day{Date: v.say("date.days", "from", v.lang.Day(from.Day()), "to", v.lang.Date("long", to),
			"day", v.lang.Day(to.Day()), "month", v.lang.Date("only_month", to))}
	}
	return day{Date: v.say("date.range", "from", v.lang.Date("long", from), "to", v.lang.Date("long", to))}
}

// entryRow is an entry as lists show it.
func (v view) entryRow(e *site.Entry) entryRow {
	one := v.at(e)
	whole := e.Interval(v.now)
	l := entryRow{
		Title: v.text(e.Title), TitleIn: v.untranslated(e.Title), Href: v.href(entryPath(e)), IDs: one.affectedIDs(),
		Class: severityClass(v.site.SeverityAt(e, v.now)), Tag: one.tag(), Open: e.Open(v.now),
		Date: moment{rfc3339(whole.Start), v.lang.Date("short", v.local(whole.Start)), true},
		Span: v.span(one.duration(), time.Time{}), Touches: v.affectedNames(e),
	}
	word := v.say("word." + e.Phase(v.now).String())
	switch {
	case e.Notice(): // it has none
	case whole.Start.After(v.now), l.Open:
		l.Outcome = word
	case e.Phase(v.now) == site.Canceled:
		l.Outcome = word
	case e.Kind == site.Maintenance:
		l.Outcome = v.say("outcome.completed", "length", l.Span.Length)
	default:
		l.Outcome = v.say("outcome.resolved", "length", l.Span.Length)
	}
	return l
}

// feedLinks are the addresses of the whole site, or of a component.
func (v pageView) feedLinks(folder string) []feedLink {
	var links []feedLink
	add := func(name, path string) {
		if name != "api" { // it speaks English alone
			path = v.lang.Path(path)
		}
		links = append(
			links,
			feedLink{Name: v.say("feeds." + name), About: v.say("feeds.about." + name), Href: v.root + path, Address: v.url + path},
		)
	}
	if v.url != "" {
		add("rss", folder+"history.rss")
		add("atom", folder+"history.atom")
		add("json", folder+"feed.json")
		add("calendar", folder+"maintenance.ics")
	}
	if folder == "" {
		add("api", "api/v2/summary.json")
		add("badge", "badges/overall.svg")
	}
	return links
}
