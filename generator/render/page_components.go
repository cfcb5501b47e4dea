package render

import (
	"strings"

	"allclear/generator/site"
)

// block is a group of components, or a run of components without one.
type block struct {
	ID, Name string // "": no group
	mood
	Open bool  // its rows are shown
	Rows []row // its components
}

// row is a component on the home page.
type row struct {
	ID, Name, Description string
	DescriptionIn         *tongue
	Href                  string
	Regions               string   // ids, separated by spaces: what the address's #only matches
	Standing              standing // its status now
	Bar                   *bar     // its days; none without uptime
	Uptime                string   // "99.98%"
}

// fewComponents is how many components a page shows without folding groups in
// which all is well.
const fewComponents = 24

func (v siteView) blocks() []block {
	var blocks []block
	in := v.inService()
	for _, c := range in {
		id := c.Component.Group
		if n := len(blocks); n == 0 || blocks[n-1].ID != id {
			blocks = append(blocks, v.block(id))
			blocks[n].Open = blocks[n].Open || len(in) <= fewComponents
		}
		last := &blocks[len(blocks)-1]
		last.Rows = append(last.Rows, v.row(c))
	}
	return blocks
}

func (v siteView) block(id string) block {
	for i, g := range v.site.Groups {
		if g.ID == id {
			status := v.state.Groups[i]
			return block{ID: id, Name: v.text(g.Name), mood: v.mood(status, site.Text{}), Open: status != site.Operational}
		}
	}
	return block{}
}

func (v siteView) row(c site.ComponentState) row {
	r := row{
		ID: c.Component.ID, Name: v.text(c.Component.Name), Description: v.text(c.Component.Description), DescriptionIn: v.foreign(c.Component.Description),
		Href: v.to(componentPath(c.Component.ID)), Standing: v.standing(c), Regions: regionIDs(c.Component),
	}
	if v.site.Uptime.Show && v.site.Uptime.Days > 0 {
		days := v.build.history.Days(c.Component, site.Everywhere, v.site.Uptime.Days)
		drawn := v.bar(days)
		r.Bar = &drawn
		r.Uptime = v.percent(c.Component, v.build.history.Uptime(c.Component, site.Everywhere, days[0].Date, v.now))
	}
	return r
}

// percent is an uptime with the decimals of the component's target, or "".
func (v pageView) percent(c *site.Component, r site.Ratio) string {
	if !r.Known() {
		return ""
	}
	return v.lang.Percent(r.Percent(c.Target.Decimals))
}

func regionIDs(c *site.Component) string {
	var ids []string
	for _, r := range c.Regions {
		ids = append(ids, r.ID)
	}
	return strings.Join(ids, " ")
}
