package render

import (
	"time"

	"allclear/generator/site"
)

// legend explains the bars of days.
type legend struct {
	Text string        // "One bar per day …"; "" without bars
	Href string        // the year at a glance
	Keys []statusLabel // the statuses that occur in the bars, from good to bad
}

// barDays returns the number of days on a bar; 0 if there are no bars.
func (v pageView) barDays() int {
	if !v.site.Uptime.Show {
		return 0
	}
	return v.site.Uptime.Days
}

// groupBar returns the bar of a group: each day has the worst status of its components.
func (v siteView) groupBar(members []site.ComponentState) bar {
	var days []site.Day
	affected := map[time.Time][]string{}
	for _, c := range members {
		own := v.build.barOf(c.Component)
		if days == nil {
			days = make([]site.Day, len(own))
			for i := range days {
				days[i] = site.Day{Date: own[i].Date, Absent: true}
			}
		}
		for i := range own {
			day := &own[i]
			if mergeDay(&days[i], day) {
				affected[day.Date] = nil
			}
			if day.Worst == days[i].Worst && day.Worst > site.Operational {
				affected[day.Date] = append(affected[day.Date], v.text(c.Component.Name))
			}
		}
	}
	return v.bar(days, func(day site.Day) string { return v.wholeText(day, affected[day.Date]) })
}

// mergeDay adds the day of a component to the day of several. It reports whether that
// makes it worse.
func mergeDay(sum, day *site.Day) (worse bool) {
	if day.Absent {
		return false
	}
	sum.Absent = false
	for _, e := range day.Entries {
		sum.Entries = addEntry(sum.Entries, e)
	}
	worse = day.Worst > sum.Worst
	sum.Worst = max(sum.Worst, day.Worst)
	return worse
}

// legend explains the bars of some components: there is nothing to explain without bars,
// and no color that does not occur.
func (v siteView) legend(components []site.ComponentState) legend {
	if v.barDays() == 0 || len(components) == 0 {
		return legend{}
	}
	var seen [site.MajorOutage + 1]bool
	for _, c := range components {
		for _, day := range v.build.barOf(c.Component) {
			seen[day.Worst] = true
		}
	}
	l := legend{Text: v.say("bar.legend", "n", v.barDays()), Href: v.href(uptimePath())}
	for _, status := range site.Statuses {
		switch {
		case status == site.Operational:
			l.Keys = append(l.Keys, statusLabel{Class: "day", Word: v.say("home.quiet")})
		case seen[status]:
			l.Keys = append(l.Keys, v.statusLabel(status, site.Text{}))
		}
	}
	return l
}
