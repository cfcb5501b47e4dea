package render

import (
	"strings"

	"allclear/generator/site"
)

// bar is a row of days, drawn as SVG. One pattern shared by all bars draws the days
// without problems, so only the other days take space in the file.
type bar struct {
	Width  int      // the width of the drawing, in units of four for each day
	Drawn  int      // the width of the days drawn
	Absent int      // the width of the days before the component existed
	Label  string   // what the bar shows, in words; the links of the days say the rest
	Marks  []barDay // the days on which something was wrong
}

// barDay is a day on which something was wrong. The worse it was, the taller it is.
type barDay struct {
	X      int    // units from the start of the bar
	Y      int    // units from the top of the bar
	Height int    // units from there to the bottom of the bar
	Class  string // the class of the day's worst status
	Text   string // "Fri 25 July: Major outage 38 min"
	What   string // the entry's title, or "2 entries"
	Href   string // what happened: the entry's page, or the month in the history if there are several
}

const (
	dayStep = 4 // units from one day to the next, including a gap of one
	// barHeight is the height of a bar, in the units of dayStep.
	barHeight = 28
)

// bar returns a bar of the home page. A day is described by text.
func (v pageView) bar(days []site.Day, text func(site.Day) string) bar {
	b := v.unlabeledBar(days, text)
	b.Label = v.say("home.days", "n", len(days))
	if len(b.Marks) == 0 {
		b.Label = v.say("bar.well", "n", len(days))
	}
	return b
}

// monthBar returns the bar of one month, whose label names the month for screen readers.
func (v pageView) monthBar(name string, days []site.Day) bar {
	b := v.unlabeledBar(days, v.dayText)
	b.Width = 31*dayStep - 1 // so that a day has the same width in every month
	what := v.say("bar.quiet")
	if texts := b.texts(); len(texts) > 0 {
		what = strings.Join(texts, v.say("list.semicolon"))
	}
	b.Label = v.say("bar.day", "date", name, "what", what)
	return b
}

// texts returns the descriptions of the bad days. What came and went over several days is
// described once.
func (b bar) texts() []string {
	var texts []string
	for i, mark := range b.Marks {
		if i == 0 || mark.Text != b.Marks[i-1].Text {
			texts = append(texts, mark.Text)
		}
	}
	return texts
}

// unlabeledBar returns a bar without its label.
func (v pageView) unlabeledBar(days []site.Day, text func(site.Day) string) bar {
	b := bar{Width: len(days)*dayStep - 1, Drawn: len(days)*dayStep - 1}
	for i := range days {
		switch day := &days[i]; {
		case day.Absent:
			b.Absent = (i+1)*dayStep - 1
		case day.Worst != site.Operational:
			class := statusClass(day.Worst)
			height := looks[class].Height
			one := barDay{X: i * dayStep, Y: barHeight - height, Height: height, Class: class, Text: text(*day)}
			one.What, one.Href = v.whatHappened(*day)
			b.Marks = append(b.Marks, one)
		}
	}
	return b
}

// whatHappened returns the title and the address of a bad day's entry; if it has several,
// their number and the month in the history.
func (v pageView) whatHappened(day site.Day) (what, href string) {
	if len(day.Entries) == 1 {
		return v.text(day.Entries[0].Title), v.href(entryPath(day.Entries[0]))
	}
	return v.say("history.count", "n", len(day.Entries)), v.href(monthPath(v.local(day.Date).Format("2006-01")))
}

// dayText describes a bad day: "Fri 25 July: Major outage 39 min, Degraded 38 min". What
// came and went has the days that it lasted and the downtime that the operator gave, since
// nobody knows how much of it was on which day: "10–16 July: Partial outage, 3 h 12 min in
// all".
func (v pageView) dayText(day site.Day) string {
	var texts []string
	if what := v.daySummary(day); what != "" {
		texts = append(texts, v.say("bar.day", "date", v.lang.Date("bar", v.local(day.Date)), "what", what))
	}
	for _, one := range day.Intermittent {
		what := v.say("bar.all", "status", v.say("status."+one.Status.String()), "length", v.lang.Duration(one.Downtime))
		texts = append(texts, v.say("bar.day", "date", v.spanOfDays(one.Interval), "what", what))
	}
	return strings.Join(texts, v.say("list.semicolon"))
}

// spanOfDays returns the days that an interval touches: "10–16 July", or "Fri 10 July".
func (v pageView) spanOfDays(span site.Interval) string {
	from, to := v.local(span.Start), v.local(span.End.Add(-1))
	if v.lang.Date("day", from) == v.lang.Date("day", to) {
		return v.lang.Date("bar", from)
	}
	return v.dateRange(from, to).Date
}

// daySummary returns how long a component had which status on a day, the worst first. For
// what has not ended only the status is shown, since its length would be wrong a minute
// later. It is "" if everything came and went.
func (v pageView) daySummary(day site.Day) string {
	var parts []string
	for status := site.MajorOutage; status > site.Operational; status-- {
		word := v.say("status." + status.String())
		switch {
		case day.Ongoing[status]:
			parts = append(parts, word)
		case day.Lengths[status] > 0:
			parts = append(parts, v.say("bar.status", "status", word, "length", v.lang.Duration(day.Lengths[status])))
		}
	}
	if len(parts) == 0 && len(day.Intermittent) == 0 {
		return v.say("status." + day.Worst.String())
	}
	return strings.Join(parts, v.say("list.clause"))
}
