package render

import (
	"slices"

	"allclear/generator/site"
)

// fill adds to a page what the months show: all services together, then each of them.
func (v calendarView) fill(page *uptimePage) {
	defer v.prepare(len(v.site.Components))()
	first, last := v.months[0], v.months[len(v.months)-1]
	page.Span = v.say("span.dates", "from", v.lang.Date("month", v.local(first.Start)), "to", v.lang.Date("month", v.local(last.Start)))
	all := make([][][]site.Day, len(v.site.Components))
	bad := 0
	for i := range v.site.Components {
		c := &v.site.Components[i]
		if served := v.history.Uptime(c, site.Everywhere, first.Start, last.End).Known(); served && !c.Unlisted {
			all[i] = v.monthDays(c, site.Everywhere)
			bad += badDays(all[i])
		}
	}
	if v.brief = bad > maxLinkedDays; v.brief {
		v.texts = map[briefDay]string{}
	}
	for i := range v.site.Components {
		c := &v.site.Components[i]
		if all[i] == nil {
			continue
		}
		if n := len(page.Groups); n == 0 || page.Groups[n-1].ID != c.Group {
			page.Groups = append(page.Groups, v.serviceGroup(c.Group))
		}
		group := &page.Groups[len(page.Groups)-1]
		group.Services = append(group.Services, v.serviceYear(c, all[i]))
	}
	page.Whole, page.Scale = v.wholeMonths(all), v.scale()
}

// scale returns the first, a middle and the last month, below bars of weeks.
func (v calendarView) scale() []string {
	n := len(v.months)
	var names []string
	for _, at := range []int{0, n / 2, n - 1} {
		names = append(names, v.lang.Date("month", v.local(v.months[at].Start)))
	}
	return names
}

// maxLinkedDays is the largest number of bad days, of all services together, at which each
// says its lengths and leads to its own entry. Beyond, a page of 40 services would be
// heavier than 100 KB, and pages of components still do both.
const maxLinkedDays = 3000

// badDays counts the days on which something was wrong.
func badDays(months [][]site.Day) (n int) {
	for _, days := range months {
		for i := range days {
			if days[i].Worst != site.Operational {
				n++
			}
		}
	}
	return n
}

// serviceGroup returns a group without its services.
func (v pageView) serviceGroup(id string) serviceGroup {
	if g := v.site.Group(id); g != nil {
		return serviceGroup{ID: id, Name: v.text(g.Name)}
	}
	return serviceGroup{}
}

// serviceYear returns a component over the months.
func (v calendarView) serviceYear(c *site.Component, days [][]site.Day) serviceYear {
	begin, end := v.months[0].Start, v.months[len(v.months)-1].End
	ratio := v.history.Uptime(c, site.Everywhere, begin, end)
	uptime := v.monthlyUptime(c)
	missed := func(r site.Ratio) bool { return c.Target.Percent > 0 && !r.Meets(c.Target) }
	one := serviceYear{
		ID: c.ID, Name: v.text(c.Name), NameIn: v.untranslated(c.Name), Href: v.href(componentPath(c.ID)),
		Uptime: v.percent(c, ratio), Missed: missed(ratio),
		Figures: v.figures(c, days, ratio, uptime), Months: v.calendarMonths(c, days, uptime),
	}
	one.Weeks = v.weekBars(one.Name, days)
	if len(c.Regions) < 2 {
		return one
	}
	for _, r := range c.Regions {
		ratio, name := v.history.Uptime(c, r.ID, begin, end), v.regionName(r.ID)
		one.Regions = append(one.Regions, regionYear{name, v.percent(c, ratio), missed(ratio), v.weekBars(name, v.monthDays(c, r.ID))})
	}
	return one
}

// monthlyUptime returns the uptime of a component in each month.
func (v calendarView) monthlyUptime(c *site.Component) []site.Ratio {
	list := make([]site.Ratio, len(v.months))
	for i, m := range v.months {
		list[i] = v.history.Uptime(c, site.Everywhere, m.Start, m.End)
	}
	return list
}

// wholeMonths returns the months of all services together, each with its number of
// incidents.
func (v calendarView) wholeMonths(all [][][]site.Day) []calendarMonth {
	var list []calendarMonth
	for i := range v.months {
		days := make([]site.Day, 0, 31)
		affected := map[int][]string{} // the names of the components that had a day's worst status
		for c, months := range all {
			if months == nil {
				continue
			}
			for n := range months[i] {
				day := &months[i][n]
				if n == len(days) {
					days = append(days, site.Day{Date: day.Date, Absent: true})
				}
				if mergeDay(&days[n], day) {
					affected[n] = nil
				}
				if day.Worst == days[n].Worst && day.Worst > site.Operational {
					affected[n] = append(affected[n], v.text(v.site.Components[c].Name))
				}
			}
		}
		absent := !slices.ContainsFunc(days, func(d site.Day) bool { return !d.Absent })
		if len(days) == 0 || absent && !v.listed[i].any {
			continue // still to come, or before the first service: nothing is known of it
		}
		one := v.calendarMonth(i, days, len(list) == 0, func(day site.Day) string {
			n := v.local(day.Date).Day() - 1
			return v.wholeText(day, affected[n])
		})
		one.Note = v.incidentCount(v.listed[i].incidents)
		list = append(list, one)
	}
	return list
}

// addEntry adds an entry to a list that does not have it yet.
func addEntry(list []*site.Entry, e *site.Entry) []*site.Entry {
	for _, known := range list {
		if known == e {
			return list
		}
	}
	return append(list[:len(list):len(list)], e)
}

// wholeText describes a day of all services: "25 July: Partial outage (Public API)".
func (v pageView) wholeText(day site.Day, names []string) string {
	affected := v.lang.List(names)
	if len(names) > maxNames {
		affected = v.say("services", "n", len(names))
	}
	what := v.say("answer.in", "what", v.say("status."+day.Worst.String()), "regions", affected)
	return v.say("bar.day", "date", v.lang.Date("bar", v.local(day.Date)), "what", what)
}

// incidentCount says how many incidents a month had.
func (v calendarView) incidentCount(n int) string {
	if n == 0 {
		return v.say("home.quiet")
	}
	return v.say("uptime.incidents", "n", n)
}

// addYear adds to the page of a component its last twelve months. A component that is not
// in service yet has none.
func (p *componentPage) addYear(v calendarView, c *site.Component) {
	defer v.prepare(1)()
	days := v.monthDays(c, site.Everywhere)
	if p.Months = v.monthBars(c, days); len(p.Months) == 0 {
		return
	}
	year := v.serviceYear(c, days)
	p.Year, p.Chart, p.Scale = &year, v.budgetChart(c), v.scale()
}
