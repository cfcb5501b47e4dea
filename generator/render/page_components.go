package render

import (
	"strings"

	"allclear/generator/site"
)

// componentGroup is a group of components, or consecutive components without a group.
type componentGroup struct {
	ID   string // the group's id; "" for components without a group
	Name string // the group's name; "" for components without a group
	statusLabel
	Description   string         // what the group is
	DescriptionIn *langAttr      // the language of the description, if it is not the page's
	Uptime        string         // "99.98%", or "" unless the site shows the uptime of groups
	Open          bool           // whether its components are shown, not folded away
	Rows          []componentRow // its components
}

// componentRow is a component on the home page.
type componentRow struct {
	ID            string          // the component's id in the manifest
	Name          string          // name of the component
	Description   string          // what the component is
	DescriptionIn *langAttr       // the language of the description, if it is not the page's
	Href          string          // address of the component's page
	Regions       string          // ids of its regions, separated by spaces, for #only in the address
	Standing      componentStatus // the status now
	Bar           *bar            // its days; none without uptime
	Uptime        string          // "99.98%"
}

// maxUnfolded is the largest number of components at which every group is unfolded. With
// more, a group in which everything is operational is folded. A collapsed group always is.
const maxUnfolded = 24

// componentGroups returns the components in service, by group.
func (v siteView) componentGroups() []componentGroup {
	var groups []componentGroup
	in := v.listedComponents()
	for _, c := range in {
		id := c.Component.Group
		if n := len(groups); n == 0 || groups[n-1].ID != id {
			groups = append(groups, v.componentGroup(id))
			if g := v.site.Group(id); len(in) <= maxUnfolded && (g == nil || !g.Collapsed) {
				groups[n].Open = true
			}
		}
		last := &groups[len(groups)-1]
		last.Rows = append(last.Rows, v.componentRow(c))
	}
	return groups
}

// componentGroup returns a group without its components; the zero value for no group.
func (v siteView) componentGroup(id string) componentGroup {
	for i, g := range v.site.Groups {
		if g.ID == id {
			status := v.state.Groups[i]
			group := componentGroup{
				ID:            id,
				Name:          v.text(g.Name),
				statusLabel:   v.statusLabel(status, site.Text{}),
				Description:   v.text(g.Description),
				DescriptionIn: v.untranslated(g.Description),
				Open:          status != site.Operational,
			}
			if v.site.Uptime.Groups {
				group.Uptime = v.meanUptime(id)
			}
			return group
		}
	}
	return componentGroup{}
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
	}
	if v.site.Uptime.Show && v.site.Uptime.Days > 0 {
		days := v.build.history.Days(c.Component, site.Everywhere, v.site.Uptime.Days)
		drawn := v.bar(days)
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
