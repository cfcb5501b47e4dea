package render

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// day is a calendar day with the entries of that day, or consecutive days on which nothing
// begins or ends.
type day struct {
	ISO     string     // the date, 2006-01-02; "" for several days or for one without entries
	Date    string     // the day or days in words
	Entries []entryRow // the entries of the day
	All     string     // "12 entries", if only some are listed
	Month   string     // address of the month's page, which lists all
}

// entryRow is an entry in a list.
type entryRow struct {
	entryDay
	Title   string    // the title
	TitleIn *langAttr // the language of the title, if it is not the page's
	Href    string    // address of the entry's page
	Class   string    // the class of the severity
	Tag     string    // "Maintenance", "Notice", or the worst status that an incident causes
	IDs     string    // ids of the affected components, separated by spaces
	Date    moment    // the day on which it began
	Span    span      // from when to when; zero for an announcement, which has only a date
	Open    bool      // whether the entry is open or under way
	Touches string    // names of the affected components
	Outcome string    // "resolved after 26 min"; "" for a notice
}

// entryDay is what a list of days says of an entry that lasts into several of them.
type entryDay struct {
	Goes  bool   // whether it began on an earlier day, which shows it in full
	Nth   string // "Second day", or "Days 3–7" for days that are joined
	Now   string // how the day ended: "continued", the phase of an entry that is still open, or before Ended: "resolved "
	Ended moment // when the entry ended, on its last day
	After string // the text after Ended
	Lasts bool   // whether the day above does not say when it was: it began earlier, or ended later
	Last  bool   // whether this is its last day, or today
	Rail  bool   // whether a rail joins the day to the one before, since nothing else happened on it
}

// lastDays returns the last days of the site, newest first. Consecutive days without
// entries are joined, and so are those on which the same entries just go on.
func (v view) lastDays() []day {
	var days []day
	lists := v.byDay(v.site.HomeDays)
	for newest := 0; newest < len(lists); {
		oldest := v.sameDays(lists, newest)
		d := v.dateRange(v.site.Midnight(v.now, -oldest), v.site.Midnight(v.now, -newest))
		d.Entries, d.All = v.dayRows(lists, newest, oldest)
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

// minJoined is the smallest number of consecutive days that are joined if the same entries
// just go on.
const minJoined = 3

// sameDays returns the oldest day that is joined with another one, counted back from
// today.
func (v view) sameDays(lists [][]*site.Entry, newest int) int {
	oldest := newest
	for oldest+1 < len(lists) && slices.Equal(lists[oldest+1], lists[newest]) {
		if len(lists[newest]) > 0 && (!goesOn(lists, newest) || !goesOn(lists, oldest+1)) {
			break
		}
		oldest++
	}
	if len(lists[newest]) > 0 && oldest-newest+1 < minJoined {
		return newest
	}
	return oldest
}

// goesOn reports whether all entries of a day are also those of the days before and after.
func goesOn(lists [][]*site.Entry, back int) bool {
	if back == 0 || back+1 == len(lists) {
		return false
	}
	return !slices.ContainsFunc(lists[back], func(e *site.Entry) bool {
		return !slices.Contains(lists[back-1], e) || !slices.Contains(lists[back+1], e)
	})
}

// maxContinuing is the largest number of entries that began before a day and are still
// named on it.
const maxContinuing = 2

// dayRows returns the entries of a day, or of several days that are joined. An entry that
// began earlier is shortened, except on the oldest day of the list. Only the first
// maxContinuing of those are returned; if there are more, all says how many entries the
// day has.
func (v view) dayRows(lists [][]*site.Entry, newest, oldest int) (rows []entryRow, all string) {
	entries, continuing := lists[newest], 0
	for _, e := range entries {
		row := v.entryRow(e)
		before := oldest+1 < len(lists) && slices.Contains(lists[oldest+1], e)
		after := newest > 0 && slices.Contains(lists[newest-1], e)
		earlier := v.listedInterval(e).Start.Before(v.site.Midnight(v.now, -newest))
		row.Lasts = !before && earlier || after && !row.Open
		if len(entries) == 1 {
			row.Rail = before
		}
		if row.Goes = before; before {
			if continuing++; continuing > maxContinuing {
				all = v.say("history.count", "n", len(entries))
				continue
			}
			row.Nth = v.nthDay(e, newest, oldest)
			row.end(v, e, newest, after)
		}
		rows = append(rows, row)
	}
	if continuing > 1 { // a number beside each of them would be noise
		for i := range rows {
			if rows[i].Goes && !rows[i].Last {
				rows[i].Nth = ""
			}
		}
	}
	return rows, all
}

// nthDay says which day of an entry it is: "Second day", or "Days 3–7" for days that are
// joined.
func (v view) nthDay(e *site.Entry, newest, oldest int) string {
	began := v.site.Midnight(v.listedInterval(e).Start, 0)
	nth := func(back int) int {
		return int(v.site.Midnight(v.now, -back).Sub(began).Hours()/24+0.5) + 1 // days with a clock change are not 24 hours long
	}
	first, last := nth(oldest), nth(newest)
	switch {
	case first < last:
		return v.say("nth.days", "from", first, "to", last)
	case last == 2:
		return v.say("nth.second")
	case last == 3:
		return v.say("nth.third")
	}
	return v.say("nth.day", "n", last)
}

// end says how a day of an entry that began earlier ended.
func (d *entryDay) end(v view, e *site.Entry, back int, after bool) {
	key := "nth.resolved"
	d.Last = !after
	switch {
	case after:
		d.Now = v.say("nth.continued")
		return
	case e.Open(v.now) || e.Phase(v.now) == site.Canceled:
		d.Now = v.say("word." + e.Phase(v.now).String())
		return
	case e.Kind == site.Maintenance:
		key = "nth.completed"
	}
	d.Ended = v.clockTime(v.listedInterval(e).End, v.site.Midnight(v.now, -back))
	hour := d.Ended.hour()
	d.Now, d.After = v.lang.Before(key, "hour", hour), v.lang.After(key, "hour", hour)
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
		if lasted.Start.After(v.now) || lasted.Start.Before(midnights[n]) && !lasted.End.After(midnights[n]) {
			continue // it has not begun, or was over before these days
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
		Class: severityClass(one.severity()), Tag: one.tag(), Open: e.Open(v.now),
		Date: moment{rfc3339(whole.Start), v.lang.Date("short", v.local(whole.Start)), true},
		Span: v.span(one.duration(), time.Time{}), Touches: v.affectedNames(e),
	}
	l.Outcome = one.outcome(l.Span.Length)
	return l
}

// outcome returns the phase of an entry that is not over, or how long it took; "" for a
// notice.
func (v entryView) outcome(length string) string {
	e := v.entry
	switch {
	case e.Notice():
		return ""
	case e.Interval(v.now).Start.After(v.now), e.Open(v.now), e.Phase(v.now) == site.Canceled:
		return v.say("word." + e.Phase(v.now).String())
	case e.Kind == site.Maintenance:
		return v.say("outcome.completed", "length", length)
	}
	return v.say("outcome.resolved", "length", length)
}
