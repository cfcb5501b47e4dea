package render

import (
	"html/template"
	"slices"
	"strconv"

	"allclear/generator/site"
)

// componentPage is the page of a component: its status, a year of uptime, and its
// entries.
type componentPage struct {
	layout
	Heading       string             // name of the component
	Description   string             // what the component is
	DescriptionIn *langAttr          // the language of the description, if it is not the page's
	Group         string             // name of the group, or ""
	URL           template.URL       // the component's own address, or ""
	ID            string             // the component's id in the manifest
	Standing      componentStatus    // the status now
	Regions       []regionNow        // its regions, if it has several
	BarDays       int                // how many days the first of their uptimes covers; 0 without uptime
	Year          *serviceYear       // the last twelve months day by day; none without uptime
	Chart         *budgetChart       // its error budget by month, if it has a target
	Scale         []string           // the first, a middle and the last month, below bars of weeks
	Months        []monthBar         // uptime by month, newest first
	Target        string             // the uptime target: "99.95%"
	Entries       []entryRow         // the newest entries: those of Fresh, then those of Older
	Fresh         recentEntries      // the entries that the clock may change, and all newer ones
	Older         []entryRow         // the entries after those
	More          bool               // whether there are more entries than are listed
	Announcements []entryRow         // the announcements that name it, newest first
	Measurements  []measurementBlock // what was measured of it
	Ways          ways               // the ways to subscribe
	Only          string             // the home page with only this component; "" if it is not there
}

// recentEntries are the newest entries of a component.
type recentEntries struct {
	Lines []entryRow // the entries, newest first
	None  bool       // whether the component has no entries at all
}

// monthBar is a month of a component's history.
type monthBar struct {
	Name   string   // "July 2025"
	Bar    bar      // its days, for themes that draw them as a bar
	Days   []string // the days on which something was wrong, in words
	Uptime string   // "99.98%"
	Budget string   // "12 min of 22 min": the error budget; "" without a target
	Missed bool     // whether the uptime is below the target
}

// componentMonths is the number of months on a component's page, and componentEntries the
// largest number of entries. The history has the others.
const (
	componentMonths  = 12
	componentEntries = 50
)

// component returns the page of the component at an index of the manifest.
func (v siteView) component(p route, at int) (componentPage, error) {
	c := v.state.Components[at]
	f, err := v.layout(p, v.text(c.Component.Name))
	if err != nil {
		return componentPage{}, err
	}
	page := componentPage{
		layout: f, Heading: v.text(c.Component.Name), Description: v.text(c.Component.Description),
		DescriptionIn: v.untranslated(c.Component.Description), URL: template.URL(c.Component.URL), ID: c.Component.ID,
		Standing: v.componentStatus(c), Ways: v.waysOf(componentPath(c.Component.ID)),
	}
	page.Ways.Developers = []feedLink{v.badgeOf(c.Component.ID, v.say("component.badge"))}
	if c.Listed {
		page.Only = v.href("") + "#only=" + c.Component.ID
	}
	page.State, page.Class = v.headState(page.Standing.Class, page.Heading), page.Standing.Class
	page.Regions, page.BarDays = v.regionsNow(c), v.barDays()
	if g := v.site.Group(c.Component.Group); g != nil {
		page.Group = v.text(g.Name)
		if v.state.GroupListed(g.ID) {
			page.under(page.Group, v.href("")+"#g-"+g.ID)
			page.Crumb.Parent.In = v.untranslated(g.Name)
		}
	}
	if v.site.Uptime.Show {
		page.addYear(v.overYear(v.monthsBefore(v.build.history.LastInstant(c.Component))), c.Component)
		if c.Component.Target.Percent > 0 {
			page.Target = v.target(c.Component)
		}
	}
	if page.Measurements, err = v.measurements(c.Component); err != nil {
		return page, err
	}
	entries := v.byComponent()[c.Component]
	page.Fresh = v.recentEntries(c.Component)
	changeable := len(page.Fresh.Lines)
	for _, e := range entries[changeable:max(changeable, min(len(entries), componentEntries))] {
		page.Older = append(page.Older, v.entryRow(e))
	}
	page.Entries = slices.Concat(page.Fresh.Lines, page.Older)
	page.More = len(entries) > componentEntries
	announcements := v.build.announcementsAbout()[c.Component]
	page.Announcements = v.announcementRows(announcements[:min(len(announcements), componentEntries)])
	return page, nil
}

// recentEntries returns a component's entries from the newest down to the oldest one, of
// the whole site, that the clock may still change.
func (v view) recentEntries(c *site.Component) recentEntries {
	entries, recent := v.byComponent()[c], recentEntries{}
	for _, e := range entries {
		if v.place(e) > v.lastChanging {
			break
		}
		recent.Lines = append(recent.Lines, v.entryRow(e))
	}
	recent.None = len(entries) == 0
	return recent
}

// componentFragments returns what the clock may change on a component's page.
func (v view) componentFragments(at int) []fragment {
	c := v.state.Components[at]
	s := v.componentStatus(c)
	fragments := []fragment{
		v.headFragment(s.Class, v.text(c.Component.Name)),
		{id: "_now", class: "now " + s.Class, template: "mood", value: s},
		{id: "_fresh", template: "fresh", value: v.recentEntries(c.Component)},
	}
	if severalRegions(c) {
		for i, r := range v.byRegion(c) {
			fragments = append(fragments, fragment{id: "r-" + c.Regions[i].Region, class: "now " + r.Class, template: "mood", value: r})
		}
	}
	return fragments
}

// regionNow is a component in a region: the status now, and the uptime.
type regionNow struct {
	ID string // the region's id
	regionStatus
	Days string // the uptime over the days of the bars: "99.98%"; "" without uptime
	Year string // the uptime over the last twelve months, likewise
}

// severalRegions reports whether a component in service has at least two regions.
func severalRegions(c site.ComponentState) bool { return len(c.Regions) > 1 && c.InService }

// regionsNow returns a component in each of its regions, or nil if it has fewer than two
// or is not in service.
func (v siteView) regionsNow(c site.ComponentState) []regionNow {
	if !severalRegions(c) {
		return nil
	}
	year := v.monthsBefore(v.now)
	var list []regionNow
	for i, r := range v.byRegion(c) {
		one := regionNow{ID: c.Regions[i].Region, regionStatus: r}
		if n := v.barDays(); n > 0 {
			one.Days = v.percent(c.Component, v.build.history.Uptime(c.Component, one.ID, v.site.Midnight(v.now, 1-n), v.now))
		}
		if v.site.Uptime.Show {
			one.Year = v.percent(c.Component, v.build.history.Uptime(c.Component, one.ID, year.months[0].Start, v.now))
		}
		list = append(list, one)
	}
	return list
}

// target returns a component's uptime target: "99.95%".
func (v pageView) target(c *site.Component) string {
	return v.lang.Percent(strconv.FormatFloat(c.Target.Percent, 'f', c.Target.Decimals, 64))
}

// monthBars returns the months of a component, newest first, without those before it
// existed. days are the component's days by month. For a retired one, they end with its last
// day in service.
func (v calendarView) monthBars(c *site.Component, days [][]site.Day) []monthBar {
	last := v.history.LastInstant(c)
	var bars []monthBar
	for i, m := range slices.Backward(v.months) {
		own := days[i]
		for len(own) > 0 && own[len(own)-1].Date.After(last) {
			own = own[:len(own)-1]
		}
		ratio := v.history.Uptime(c, site.Everywhere, m.Start, m.End)
		if !ratio.Known() || len(own) == 0 {
			continue
		}
		one := monthBar{Name: v.lang.Date("month", m.Start), Uptime: v.percent(c, ratio)}
		one.Bar = v.monthBar(one.Name, own)
		one.Days = one.Bar.texts()
		if budget := v.history.Budget(c, m.Start, m.End); budget.Allowed > 0 {
			one.Budget = v.budgetUse(budget)
		}
		one.Missed = c.Target.Percent > 0 && !ratio.Meets(c.Target)
		bars = append(bars, one)
	}
	return bars
}
