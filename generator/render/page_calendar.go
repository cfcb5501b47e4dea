package render

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/site"
)

// calendarView is a span of calendar months with its history, in a language. Pages of
// components and of years draw it.
type calendarView struct {
	pageView
	history *site.History
	now     time.Time // the instant of the history
	months  []site.Month
	listed  []listedMonth       // what lists show of each month
	blank   []blankMonth        // the months without what happened in them, see prepare
	memory  *[]site.Day         // what monthDays appends to, see prepare
	brief   bool                // whether days say only their status and lead to the month, so that the page stays light
	texts   map[briefDay]string // what brief days say, the same for every component
}

// briefDay is what the text of a brief day says.
type briefDay struct {
	date   time.Time
	status site.Status
}

// blankMonth is what a month looks like for every component.
type blankMonth struct {
	calendarMonth        // without days; its label is that of a quiet month
	WithYear      string // "Jul 2025"
	Offset        int    // the day of the week on which it begins: 0 for Monday
	Whole         string // all of its days, as an SVG path
}

// dayMemory is memory for the days of pages about uptime. A page has many thousands, and
// needs them only while it is made.
var dayMemory = sync.Pool{New: func() any { return new([]site.Day) }}

// prepare finds what the months of all components have in common, and takes memory for the
// days of a number of them. The function that it returns puts that back.
func (v *calendarView) prepare(components int) (putBack func()) {
	for i, m := range v.months {
		v.blank = append(v.blank, v.blankMonth(m, v.listed[i]))
	}
	v.memory = dayMemory.Get().(*[]site.Day)
	*v.memory = slices.Grow(*v.memory, components*len(v.months)*31)
	return func() {
		*v.memory = (*v.memory)[:0]
		dayMemory.Put(v.memory)
	}
}

// blankMonth returns a month as it looks for every component.
func (v calendarView) blankMonth(m site.Month, listed listedMonth) blankMonth {
	begin := v.local(m.Start)
	blank := blankMonth{WithYear: v.lang.Date("month_year", begin), Offset: weekday(m.Start, v.site.Zone)}
	blank.Name, blank.Full = v.lang.Date("month_short", begin), v.lang.Date("month", begin)
	if listed.any {
		blank.Href = v.href(monthPath(begin.Format("2006-01")))
	}
	if begin.Month() == time.January {
		blank.Name = blank.WithYear
	}
	blank.Label = v.say("bar.day", "date", blank.Full, "what", v.say("bar.quiet"))
	blank.Whole = strings.Join(squares()[blank.Offset:][:len(m.Midnights)-1], "")
	return blank
}

// calendarMonth is a month as a block of squares: a column is a week and begins on Monday,
// a square is a day. Days before the component was in service, and those to come, have
// none.
type calendarMonth struct {
	Name   string        // "Jul", or "Jan 2025" where a year begins
	Full   string        // "July 2025"
	Href   string        // address of the month in the history; "" if it has no entries
	Label  string        // what the drawing shows, in words
	Quiet  string        // the days on which nothing went wrong, as an SVG path
	Days   []calendarDay // the other days
	Note   string        // what stands below: "99.98%", "2 incidents"
	Missed bool          // whether the uptime is below the target
}

// calendarDay is a day on which something was wrong.
type calendarDay struct {
	X     int    // units from the start of the month
	Y     int    // units from its top
	Class string // the class of the day's worst status
	Text  string // "Fri 25 July: Major outage 38 min"
	Href  string // what happened: the entry's page, or the month in the history if there are several
}

// squareStep is the distance from one day to the next, including a gap of two units.
const squareStep = 13

// monthDays returns the days of a component by month, until the memory is put back.
func (v calendarView) monthDays(c *site.Component, region string) [][]site.Day {
	days := make([][]site.Day, len(v.months))
	for i, m := range v.months {
		from := len(*v.memory)
		*v.memory = v.history.AppendMonthDays(*v.memory, c, region, m)
		days[i] = (*v.memory)[from:]
	}
	return days
}

// calendarMonths returns the months of a component with its uptime below each. There
// is none for a month in which it was not in service.
func (v calendarView) calendarMonths(c *site.Component, days [][]site.Day, uptime []site.Ratio) []calendarMonth {
	list := make([]calendarMonth, 0, len(v.months))
	for i, ratio := range uptime {
		if !ratio.Known() {
			continue
		}
		one := v.calendarMonth(i, days[i], len(list) == 0, v.squareText)
		one.Note, one.Missed = v.percent(c, ratio), c.Target.Percent > 0 && !ratio.Meets(c.Target)
		list = append(list, one)
	}
	return list
}

// calendarMonth draws a month, by its index. Its name has the year if it is the first one
// shown.
func (v calendarView) calendarMonth(month int, days []site.Day, first bool, text func(site.Day) string) calendarMonth {
	blank := &v.blank[month]
	one := blank.calendarMonth
	if first {
		one.Name = blank.WithYear
	}
	quiet := 0
	for i := range days {
		switch day := &days[i]; {
		case day.Absent:
		case day.Worst == site.Operational:
			quiet++
		default:
			x, y := squareAt(blank.Offset + i)
			one.Days = append(one.Days, calendarDay{x, y, statusClass(day.Worst), text(*day), v.dayHref(one.Href, *day)})
		}
	}
	if len(one.Days) > 0 {
		one.Label = one.Full
	}
	if one.Quiet = blank.Whole; quiet < len(v.months[month].Midnights)-1 {
		one.Quiet = quietSquares(days, quiet, blank.Offset)
	}
	return one
}

// quietSquares returns the quiet days of a month, of which there are n, as an SVG path.
func quietSquares(days []site.Day, n, offset int) string {
	var path strings.Builder
	path.Grow(n * len("M65 26h12v12h-12z"))
	for i, day := range days {
		if !day.Absent && day.Worst == site.Operational {
			path.WriteString(squares()[offset+i])
		}
	}
	return path.String()
}

// squareAt returns where the square of a day is, in units from the start of the month and
// from its top. n counts from the Monday of the month's first week.
func squareAt(n int) (x, y int) { return n / 7 * squareStep, n % 7 * squareStep }

// squares returns the squares of the days of a month as SVG paths, in the order of squareAt.
var squares = sync.OnceValue(func() []string {
	var list [6 * 7]string
	for n := range list {
		x, y := squareAt(n)
		list[n] = fmt.Sprintf("M%d %dh%dv%dh-%[3]dz", x, y, squareStep-1, squareStep-1)
	}
	return list[:]
})

// squareText describes a day of a component.
func (v calendarView) squareText(day site.Day) string {
	if !v.brief {
		return v.dayText(day)
	}
	one := briefDay{day.Date, day.Worst}
	text, known := v.texts[one]
	if !known {
		text = v.say("bar.day", "date", v.lang.Date("bar", v.local(day.Date)), "what", v.say("status."+day.Worst.String()))
		v.texts[one] = text
	}
	return text
}

// weekday returns the day of the week of an instant in a zone: 0 for Monday.
func weekday(t time.Time, zone *time.Location) int { return (int(t.In(zone).Weekday()) + 6) % 7 }

// dayHref returns the address of what happened on a day: the entry's page, or that of the
// month in the history if there are several.
func (v calendarView) dayHref(month string, day site.Day) string {
	if month != "" && (v.brief || len(day.Entries) > 1) {
		return month
	}
	return v.href(entryPath(day.Entries[0]))
}

// listedMonth is what lists show of a month.
type listedMonth struct {
	any       bool // whether it has entries, and so a page in the history
	incidents int  // how many of these are incidents, without notices and what has not begun
}

// listedMonths returns what lists show of some months, as it is known at an instant.
func listedMonths(entries []*site.Entry, now time.Time, months []site.Month) []listedMonth {
	list := make([]listedMonth, len(months))
	whole := site.Interval{Start: months[0].Start, End: months[len(months)-1].End}
	for _, e := range entries {
		lasted := lasted(e, now)
		if !overlap(lasted, whole) {
			continue
		}
		counts := e.Kind == site.Incident && !e.Notice() && !lasted.Start.After(now)
		for i, m := range months {
			if !overlap(lasted, m.Interval) {
				continue
			}
			if list[i].any = true; counts {
				list[i].incidents++
			}
		}
	}
	return list
}

// lasted returns the interval in which lists show an entry, as it is known at an instant: a
// notice where it began, and what is open up to that instant.
func lasted(e *site.Entry, now time.Time) site.Interval {
	whole := e.Interval(now)
	switch {
	case e.Notice():
		whole.End = whole.Start
	case e.Open(now):
		whole.End = now
	}
	return whole
}

// overlap reports whether an entry that lasted for an interval is listed in a span: an
// entry without a length is listed where it began.
func overlap(lasted, span site.Interval) bool {
	return span.Contains(lasted.Start) || lasted.Start.Before(span.Start) && lasted.End.After(span.Start)
}
