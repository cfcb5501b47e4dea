package render

import (
	"time"

	"allclear/generator/site"
)

// homePage answers first, then says what is open, what is coming, how each
// component does, and what happened lately.
type homePage struct {
	frame
	Answer    answer
	Open      []card // incidents, then maintenance under way
	Coming    []card
	Blocks    []block
	DaysTitle string
	Days      []day
	BarDays   int
	Feeds     []feedLink
	Only      string // the address of "my services"
}

// day is a calendar day with what began on it, or a stretch of quiet ones.
type day struct {
	ISO     string // "" for a stretch
	Date    string
	Entries []line
}

// line is an entry in a list.
type line struct {
	Title, Href string
	TitleIn     *tongue
	Class, Tag  string
	IDs         string
	Date        moment
	Span        span
	Open        bool
	Touches     string
	Outcome     string // "resolved after 26 min"
}

// feedLink is an address that visitors may subscribe to.
type feedLink struct {
	Name, About string
	Href        string
	Address     string // absolute where the site has a URL: what the copy button copies
	Picture     string // the alternative text of a picture to show, where it is one
}

func (v view) home(p place) (homePage, error) {
	a := v.answer()
	f, err := v.frame(p, a.Sentence)
	if err != nil {
		return homePage{}, err
	}
	page := homePage{
		frame: f, Answer: a,
		Open: append(v.cards(v.state.Open), v.cards(v.state.Active)...), Coming: v.cards(v.state.Upcoming),
		Blocks: v.blocks(), BarDays: v.site.Uptime.Days,
		DaysTitle: v.say("home.days", "n", v.site.HomeDays), Days: v.lastDays(), Feeds: v.feedLinks(""),
	}
	return page, nil
}

// lastDays are the site's last days, newest first, quiet stretches in one line.
func (v view) lastDays() []day {
	var days []day
	quiet := 0
	flush := func(newest int) {
		if quiet > 0 {
			days = append(days, v.quiet(v.site.Midnight(v.now, -(newest+quiet-1)), v.site.Midnight(v.now, -newest)))
			quiet = 0
		}
	}
	lists := v.byDay(v.site.HomeDays)
	for back, entries := range lists {
		if len(entries) == 0 {
			quiet++
			continue
		}
		flush(back - quiet)
		d := day{Date: v.lang.Date("weekday", v.local(v.site.Midnight(v.now, -back))), ISO: v.local(v.site.Midnight(v.now, -back)).Format(time.DateOnly)}
		for _, e := range entries {
			d.Entries = append(d.Entries, v.line(e))
		}
		days = append(days, d)
	}
	flush(len(lists) - quiet)
	return days
}

// byDay sorts the listed entries under the day on which each began, counted back
// from today; one that began before the days but ended in them stands under its
// end, and one that is still open under today.
func (v view) byDay(n int) [][]*site.Entry {
	days := make([][]*site.Entry, n)
	midnights := make([]time.Time, n+1) // each day ends at the one before its own
	for back := range midnights {
		midnights[back] = v.site.Midnight(v.now, 1-back)
	}
	for _, e := range v.newest {
		whole := e.Whole(v.now)
		if whole.Start.After(v.now) {
			continue
		}
		at := whole.Start
		if at.Before(midnights[n]) {
			at = whole.End
			if e.Open(v.now) {
				at = v.now
			}
		}
		for back := range n {
			if !at.Before(midnights[back+1]) {
				if at.Before(midnights[back]) {
					days[back] = append(days[back], e)
				}
				break
			}
		}
	}
	return days
}

// quiet is a stretch of days without an entry.
func (v view) quiet(from, to time.Time) day {
	from, to = v.local(from), v.local(to)
	first, last := v.lang.Date("short", from), v.lang.Date("short", to)
	switch {
	case first == last:
		return day{Date: v.lang.Date("weekday", from)}
	case from.Month() == to.Month():
		return day{Date: v.say("date.days", "from", v.lang.day(from.Day()), "to", v.lang.Date("long", to), "day", v.lang.day(to.Day()), "month", v.lang.Date("only_month", to))}
	}
	return day{Date: v.say("date.range", "from", v.lang.Date("long", from), "to", v.lang.Date("long", to))}
}

// line is an entry as lists show it.
func (v view) line(e *site.Entry) line {
	whole := e.Whole(v.now)
	l := line{
		Title: v.text(e.Title), TitleIn: v.foreign(e.Title), Href: v.to(v.entryPath(e)), IDs: v.touchedIDs(e),
		Class: severityClass(v.site.SeverityAt(e, v.now)), Tag: v.tag(e), Open: e.Open(v.now),
		Date: moment{iso(whole.Start), v.lang.Date("short", v.local(whole.Start)), true}, Span: v.span(v.duration(e), time.Time{}), Touches: v.touches(e),
	}
	word := v.say("word." + e.Phase(v.now).String())
	switch {
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
func (v view) feedLinks(folder string) []feedLink {
	var links []feedLink
	add := func(name, path string) {
		if name != "api" { // it speaks English alone
			path = v.lang.in(path)
		}
		links = append(links, feedLink{Name: v.say("feeds." + name), About: v.say("feeds.about." + name), Href: v.root + path, Address: v.url + path})
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
