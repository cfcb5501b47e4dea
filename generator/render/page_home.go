package render

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// homePage is the home page.
type homePage struct {
	layout
	uptimeLegend
	services
	Answer        answer            // the overall status
	Open          []entryCard       // open incidents, then active maintenance
	Notices       notices           // older notices that are still open
	Announcements announcementLines // the announcements
	Coming        []entryCard       // announced maintenance
	DaysTitle     string            // "Last 14 days"
	Days          []day             // the last days, newest first
	Ways          ways              // the ways to subscribe
	Only          string            // always empty; older themes may read it
}

// uptimeLegend is what the home page says about uptime as a whole.
type uptimeLegend struct {
	Uptime  string // "Last 90 days: 99.98% uptime"; "" unless the site shows it
	BarDays int    // how many days a bar covers; 0 without uptime
}

// day is a calendar day with the entries of that day, or consecutive days with the same
// entries.
type day struct {
	ISO     string     // the date, 2006-01-02; "" for several days or for one without entries
	Date    string     // the day or days in words
	Entries []entryRow // the entries of the day
	All     string     // "12 entries", if only some are listed
	Month   string     // address of the month's page, which lists all
}

// entryRow is an entry in a list.
type entryRow struct {
	Title   string    // the title
	TitleIn *langAttr // the language of the title, if it is not the page's
	Href    string    // address of the entry's page
	Class   string    // the class of the severity
	Tag     string    // "Maintenance", "Notice", or the worst status that an incident causes
	IDs     string    // ids of the affected components, separated by spaces
	Date    moment    // the day on which it began
	Span    span      // from when to when; zero for an announcement, which has only a date
	Open    bool      // whether the entry is open or under way
	Goes    bool      // whether it began on an earlier day, which shows it in full
	Touches string    // names of the affected components
	Outcome string    // "resolved after 26 min"; "" for a notice
}

// home returns the home page.
func (v siteView) home(p route) (homePage, error) {
	a := v.answer()
	f, err := v.layout(p, a.Sentence)
	if err != nil {
		return homePage{}, err
	}
	page := homePage{
		layout: f, uptimeLegend: v.uptimeLegend(), Answer: a,
		Open: v.ongoing(), Notices: v.olderNotices(), Announcements: v.announcementLines(), Coming: v.cards(v.state.Upcoming),
		services:  v.services(),
		DaysTitle: v.say("home.days", "n", v.site.HomeDays), Days: v.lastDays(),
		Ways: v.ways(),
	}
	return page, nil
}

// uptimeLegend returns what the home page says about uptime as a whole.
func (v siteView) uptimeLegend() uptimeLegend {
	legend := uptimeLegend{BarDays: v.site.Uptime.Days}
	if v.site.Uptime.Overall {
		if percent := v.meanUptime(""); percent != "" {
			legend.Uptime = v.say("home.uptime", "n", v.site.Uptime.Days, "percent", percent)
		}
	}
	return legend
}

// notices are the notices without an update for oldNoticeAge, in short, so that they do
// not push newer entries down the page.
type notices struct {
	Count string     // "3 older notices"
	Lines []entryRow // the newest of them
}

// oldNoticeAge is the time without an update after which a notice is listed among the
// older ones.
const oldNoticeAge = 7 * 24 * time.Hour

// maxOlderNotices is the largest number of older notices on the home page. The history
// has all.
const maxOlderNotices = 10

// isOldNotice reports whether an entry is a notice without an update for oldNoticeAge. A
// pinned notice never is.
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

// ongoing returns the cards of open incidents and active windows, without old notices.
func (v view) ongoing() []entryCard {
	var current []*site.Entry
	for _, e := range v.state.Open {
		if !v.isOldNotice(e) {
			current = append(current, e)
		}
	}
	cards := v.cards(current)
	for i := range cards {
		if i >= maxStrips {
			cards[i].Strip = nil
		}
	}
	return append(cards, v.cards(v.state.Active)...)
}

// maxStrips is the largest number of cards with a picture.
const maxStrips = 3

// olderNotices returns the open notices that are old.
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

// lastDays returns the last days of the site, newest first. Consecutive days with the
// same entries, or with none, are joined.
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

// maxContinuing is the largest number of entries that began before a day and are still
// named on it.
const maxContinuing = 3

// dayRows returns the entries of a day. Entries that are also among before, those of the
// day before, are shortened to their title. Only the first maxContinuing of them are
// returned; if there are more, all says how many entries the day has. With known unset,
// on the oldest day, before is ignored.
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

// byDay returns the listed entries of each of the last n days, starting with today. An
// entry is on every day that it lasted into; a notice only on the day on which it began.
func (v view) byDay(n int) [][]*site.Entry {
	days := make([][]*site.Entry, n)
	midnights := make([]time.Time, n+1) // midnights[n+1] starts the day that midnights[n] ends
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

// listedInterval returns the interval in which lists contain an entry: from its start to
// its end or to now. A notice has only its start.
func (x *index) listedInterval(e *site.Entry) site.Interval { return lasted(e, x.now) }

// dateRange returns the names of the days from one to another, or of the one day.
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

// entryRow returns an entry as lists show it.
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
	case e.Notice(): // a notice has no outcome
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
