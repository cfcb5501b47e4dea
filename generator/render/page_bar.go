package render

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// bar is a row of days, drawn as SVG. One pattern shared by all bars draws the days
// without problems, so only the other days take space in the file.
type bar struct {
	Width  int      // the width of the drawing, in units of four for each day
	Drawn  int      // the width of the days drawn
	Absent int      // the width of the days before the component existed
	Label  string   // what the bar shows, in words
	Marks  []barDay // the days on which something was wrong
}

// barDay is a day on which something was wrong. The worse it was, the taller it is.
type barDay struct {
	X      int    // units from the start of the bar
	Y      int    // units from the top of the bar
	Height int    // units from there to the bottom of the bar
	Class  string // the class of the day's worst status
	Text   string // "25 Jul: 38 min down"
	Href   string // always empty; older themes may read it
}

const (
	dayStep = 4 // units from one day to the next, including a gap of one
	// barHeight is the height of a bar, in the units of dayStep.
	barHeight = 28
)

// bar returns the bar of a component on the home page.
func (v pageView) bar(days []site.Day) bar {
	b, texts := v.unlabeledBar(days)
	if len(texts) == 0 {
		b.Label = v.say("bar.well", "n", len(days))
	} else {
		b.Label = v.say("bar.days", "n", len(days), "what", strings.Join(texts, v.say("list.semicolon")))
	}
	return b
}

// monthBar returns the bar of one month, whose label names the month for screen readers.
func (v pageView) monthBar(name string, days []site.Day) bar {
	b, texts := v.unlabeledBar(days)
	b.Width = 31*dayStep - 1 // so that a day has the same width in every month
	if len(texts) == 0 {
		texts = []string{v.say("bar.quiet")}
	}
	b.Label = v.say("bar.day", "date", name, "what", strings.Join(texts, v.say("list.semicolon")))
	return b
}

// unlabeledBar returns a bar without its label, and the descriptions of its bad days.
func (v pageView) unlabeledBar(days []site.Day) (b bar, texts []string) {
	b = bar{Width: len(days)*dayStep - 1, Drawn: len(days)*dayStep - 1}
	for i, day := range days {
		switch {
		case day.Absent:
			b.Absent = (i+1)*dayStep - 1
		case day.Worst != site.Operational:
			class := statusClass(day.Worst)
			height := looks[class].Height
			m := barDay{X: i * dayStep, Y: barHeight - height, Height: height, Class: class, Text: v.dayText(day)}
			b.Marks, texts = append(b.Marks, m), append(texts, m.Text)
		}
	}
	return b, texts
}

// dayText describes a day: "25 July: 39 min down, 38 min degraded".
func (v pageView) dayText(day site.Day) string {
	return v.say("bar.day", "date", v.lang.Date("short", v.local(day.Date)), "what", v.daySummary(day))
}

// daySummary returns how long a component was down, degraded and under maintenance on a
// day; the day's status if none of that counted. For an impact that has not ended the
// status is shown instead of its length, which would be wrong a minute later.
func (v pageView) daySummary(day site.Day) string {
	var parts []string
	add := func(key string, length time.Duration, status site.Status, ongoing bool) {
		switch {
		case ongoing:
			parts = append(parts, v.say("status."+status.String()))
		case length > 0:
			parts = append(parts, v.say(key, "length", v.lang.Duration(length)))
		}
	}
	add("harm.down", day.Down, day.Worst, day.Ongoing[site.PartialOutage] || day.Ongoing[site.MajorOutage])
	add("harm.degraded", day.Degraded, site.DegradedPerformance, day.Ongoing[site.DegradedPerformance])
	add("harm.maintenance", day.Maintenance, site.UnderMaintenance, day.Ongoing[site.UnderMaintenance])
	if len(parts) == 0 {
		return v.say("status." + day.Worst.String())
	}
	return strings.Join(parts, v.say("list.clause"))
}
