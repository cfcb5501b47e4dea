package render

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// weekBars are the weeks of a span as a row of bars: the worse a week, the taller its bar.
type weekBars struct {
	Width int       // the width of the drawing, in units of ten for each week
	From  int       // units from its start to the first week with a day
	Drawn int       // the width of the weeks that have a day
	Label string    // what it shows, in words
	Marks []weekBar // the weeks in which something was wrong
}

// weekBar is a week in which something was wrong.
type weekBar struct {
	X      int    // units from the start
	Y      int    // units from the top
	Height int    // units from there to the bottom
	Class  string // the class of the week's worst status
}

// weekStep is the distance from one week to the next, including a gap of two units.
const weekStep = 10

// weekBars draws the weeks of some days. The label begins with a name.
func (v calendarView) weekBars(name string, months [][]site.Day) weekBars {
	offset := weekday(v.months[0].Start, v.site.Zone)
	whole := offset
	for _, m := range v.months {
		whole += len(m.Midnights) - 1
	}
	weeks := make([]struct {
		begin time.Time
		worst site.Status
	}, (whole+6)/7)
	first, last, at := -1, -1, offset
	for i, m := range v.months {
		for n := range months[i] {
			day, week := &months[i][n], (at+n)/7
			if weeks[week].begin.IsZero() {
				weeks[week].begin = day.Date
			}
			if day.Absent {
				continue
			}
			if last = week; first < 0 {
				first = week
			}
			weeks[week].worst = max(weeks[week].worst, day.Worst)
		}
		at += len(m.Midnights) - 1
	}
	bars := weekBars{Width: len(weeks)*weekStep - 2}
	if first >= 0 {
		bars.From, bars.Drawn = first*weekStep, (last-first+1)*weekStep-2
	}
	var texts []string
	for i, week := range weeks {
		if week.worst == site.Operational {
			continue
		}
		class := statusClass(week.worst)
		height := looks[class].Height
		bars.Marks = append(bars.Marks, weekBar{i * weekStep, barHeight - height, height, class})
		date := v.say("uptime.week", "date", v.lang.Date("short", v.local(week.begin)))
		texts = append(texts, v.say("bar.day", "date", date, "what", v.say("status."+week.worst.String())))
	}
	if len(texts) == 0 {
		texts = []string{v.say("bar.quiet")}
	}
	bars.Label = v.say("bar.day", "date", name, "what", strings.Join(texts, v.say("list.semicolon")))
	return bars
}
