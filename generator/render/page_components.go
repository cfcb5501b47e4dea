package render

import (
	"strings"

	"allclear/generator/site"
)

// componentRow is a component on the home page.
type componentRow struct {
	ID            string          // the component's id in the manifest
	Name          string          // name of the component
	Description   string          // what the component is
	DescriptionIn *langAttr       // the language of the description, if it is not the page's
	Href          string          // address of the component's page
	Regions       string          // ids of its regions, separated by spaces
	Standing      componentStatus // the status now
	Bar           *bar            // its days; none without uptime
	Uptime        string          // "99.98%"
	Sparks        []spark         // small lines of what was measured
}

// meanUptime returns the mean uptime of a group, or of all components with the group "",
// over the days of the bars; "" if uptime is not shown.
func (v siteView) meanUptime(group string) string {
	if !v.site.Uptime.Show {
		return ""
	}
	from := v.site.Midnight(v.now, 1-v.site.Uptime.Days)
	mean := v.build.history.MeanUptime(group, from, v.now)
	if !mean.Known() {
		return ""
	}
	return v.lang.Percent(mean.Percent(0))
}

// componentRow returns a component for the home page.
func (v siteView) componentRow(c site.ComponentState) componentRow {
	r := componentRow{
		ID: c.Component.ID, Name: v.text(c.Component.Name), Description: v.text(c.Component.Description),
		DescriptionIn: v.untranslated(c.Component.Description),
		Href:          v.href(componentPath(c.Component.ID)), Standing: v.componentStatus(c), Regions: regionIDs(c.Component),
		Sparks: v.sparks(c.Component),
	}
	if v.barDays() > 0 {
		days := v.build.barOf(c.Component)
		drawn := v.bar(days, v.dayText)
		r.Bar = &drawn
		r.Uptime = v.percent(c.Component, v.build.history.Uptime(c.Component, site.Everywhere, days[0].Date, v.now))
	}
	return r
}

// percent formats an uptime with as many decimals as the component's target has; "" if it
// is not known.
func (v pageView) percent(c *site.Component, r site.Ratio) string {
	if !r.Known() {
		return ""
	}
	return v.lang.Percent(r.Percent(c.Target.Decimals))
}

// regionIDs returns the ids of a component's regions, separated by spaces.
func regionIDs(c *site.Component) string {
	var ids []string
	for _, r := range c.Regions {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}
