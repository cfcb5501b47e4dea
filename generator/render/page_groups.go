package render

import (
	"maps"
	"slices"
	"time"

	"allclear/generator/site"
)

// services is the part of the home page that shows the components.
type services struct {
	Jump   []jumpLink       // the groups, if there are many components and not all are well
	Blocks []componentGroup // groups and their components
	Board  bool             // whether the blocks are small boxes, since there are many components and all are well
	Legend legend           // what the bars show
	Today  string           // the date of the last day of the bars, 2006-01-02; "" without bars
}

// jumpLink is a group to jump to.
type jumpLink struct {
	ID   string // the group's id
	Name string // the group's name
	statusLabel
}

// componentGroup is a group of components, or consecutive components without a group.
type componentGroup struct {
	ID   string // the group's id; "" for components without a group
	Name string // the group's name; "" for components without a group
	statusLabel
	Description   string    // what the group is
	DescriptionIn *langAttr // the language of the description, if it is not the page's
	groupFacts
	Open   bool           // whether its components are shown, not folded away
	Bar    *bar           // the days of the whole group, in a small box
	Rows   []componentRow // its components
	Others *foldedRows    // the components without trouble, if they are folded away
}

// groupFacts are what a group shows about all its components.
type groupFacts struct {
	Count  string // "4 services"
	Uptime string // "99.98%", or "" unless the site shows the uptime of groups
	Href   string // the group in the year at a glance; "" without uptime
	Ago    string // where its bars begin: "90 days ago"; "" without bars
}

// foldedRows are the components of a group that are folded away while others have trouble.
type foldedRows struct {
	ID   string         // the id of their group
	Text string         // "3 others operational"
	Rows []componentRow // the components
}

// manyComponents is the number of components above which the home page helps to find one:
// while all is well the groups are small boxes, side by side; otherwise a row of groups to
// jump to stands above them, and a group in which everything is operational is folded. A
// collapsed group always is.
const manyComponents = 20

// maxRows is the largest number of rows of which a group in trouble shows all. In a larger
// one those without trouble are folded away, if there are at least two of them.
const maxRows = 4

// isLarge reports whether a site has so many components, in all or in one group, that its
// home page may fold rows away or show groups as small boxes.
func isLarge(s *site.Site) bool {
	sizes := map[string]int{}
	for _, c := range s.Components {
		sizes[c.Group]++
	}
	delete(sizes, "")
	largest := slices.Max(append(slices.Collect(maps.Values(sizes)), 0))
	return len(s.Components) > manyComponents || largest > maxRows
}

// services returns the components of the home page.
func (v siteView) services() services {
	many := len(v.listedComponents()) > manyComponents
	s := services{Board: many && v.allWell()}
	if many && !s.Board {
		s.Jump = v.jump()
	}
	var all []site.ComponentState
	for _, members := range v.blocks() {
		g := v.site.Group(members[0].Component.Group)
		block := v.componentGroup(members, s.Board)
		block.Open = block.Open || (!many || s.Board) && (g == nil || !g.Collapsed)
		s.Blocks = append(s.Blocks, block)
		all = append(all, members...)
	}
	if s.Legend = v.legend(all); s.Legend.Text != "" {
		s.Today = v.local(v.now).Format(time.DateOnly)
	}
	return s
}

// blocks returns the listed components by group; consecutive ones without a group are
// together.
func (v view) blocks() [][]site.ComponentState {
	var blocks [][]site.ComponentState
	for _, c := range v.listedComponents() {
		if n := len(blocks); n == 0 || blocks[n-1][0].Component.Group != c.Component.Group {
			blocks = append(blocks, nil)
		}
		last := &blocks[len(blocks)-1]
		*last = append(*last, c)
	}
	return blocks
}

// allWell reports whether every listed component is operational everywhere.
func (v view) allWell() bool {
	for _, c := range v.listedComponents() {
		if v.troubled(c) {
			return false
		}
	}
	return true
}

// troubled reports whether a component is not operational somewhere.
func (v view) troubled(c site.ComponentState) bool {
	return c.InService && (c.Status != site.Operational || c.Differs)
}

// jump returns the groups as links.
func (v view) jump() []jumpLink {
	var links []jumpLink
	for i, g := range v.site.Groups {
		if v.state.GroupListed(g.ID) {
			links = append(links, jumpLink{g.ID, v.text(g.Name), v.statusLabel(v.state.Groups[i], site.Text{})})
		}
	}
	if len(links) < 2 {
		return nil
	}
	return links
}

// componentGroup returns a group with its components, as a small box or as rows.
func (v siteView) componentGroup(members []site.ComponentState, board bool) componentGroup {
	var group componentGroup
	id := members[0].Component.Group
	for i, g := range v.site.Groups {
		if g.ID != id {
			continue
		}
		group = componentGroup{
			ID: id, Name: v.text(g.Name), statusLabel: v.statusLabel(v.state.Groups[i], site.Text{}),
			Description: v.text(g.Description), DescriptionIn: v.untranslated(g.Description),
			Open: v.state.Groups[i] != site.Operational,
		}
		group.Count = v.say("services", "n", len(members))
		if v.site.Uptime.Groups {
			group.Uptime = v.meanUptime(id)
		}
		if v.site.Uptime.Show {
			group.Href = v.href(uptimePath()) + "#_g-" + id
		}
	}
	if n := v.barDays(); n > 1 {
		group.Ago = v.say("bar.ago", "n", n)
	}
	if board {
		return v.box(group, members)
	}
	folded := v.folded(members)
	for _, c := range members {
		if row := v.componentRow(c); slices.Contains(folded, c.Component) {
			if group.Others == nil {
				group.Others = &foldedRows{ID: id, Text: v.othersText(folded)}
			}
			group.Others.Rows = append(group.Others.Rows, row)
		} else {
			group.Rows = append(group.Rows, row)
		}
	}
	return group
}

// box makes a group a small box: names and percentages, with one bar for all.
func (v siteView) box(group componentGroup, members []site.ComponentState) componentGroup {
	for _, c := range members {
		row := v.componentRow(c)
		row.Description, row.Bar = "", nil
		group.Rows = append(group.Rows, row)
	}
	if v.barDays() > 0 {
		drawn := v.groupBar(members)
		group.Bar = &drawn
	}
	return group
}

// folded returns the components of a group that are folded away: those without trouble in
// a group of more than maxRows with trouble, if they are at least two.
func (v view) folded(members []site.ComponentState) []*site.Component {
	if len(members) <= maxRows || members[0].Component.Group == "" {
		return nil
	}
	var well []*site.Component
	for _, c := range members {
		if !v.troubled(c) {
			well = append(well, c.Component)
		}
	}
	if len(well) == len(members) || len(well) < 2 {
		return nil
	}
	return well
}

// othersText says how many of the components that are folded away are operational.
func (v view) othersText(folded []*site.Component) string {
	n := 0
	for _, c := range v.state.Components {
		if slices.Contains(folded, c.Component) && !v.troubled(c) {
			n++
		}
	}
	return v.say("row.others", "n", n)
}

// rowFragments returns what the clock may change in the rows of the home page and, where
// the page as it is built folds rows away, above these. A row in trouble is unfolded.
func (v view) rowFragments() []fragment {
	built := v
	if v.current != nil {
		built.index = v.current
	}
	var fragments []fragment
	hidden := map[*site.Component]bool{}
	for _, members := range built.blocks() {
		folded := built.folded(members)
		for _, c := range folded {
			hidden[c] = true
		}
		if folded != nil {
			id := members[0].Component.Group
			fragments = append(fragments, fragment{id: "o-" + id, template: "others", value: v.othersText(folded)})
		}
	}
	for _, c := range v.listedComponents() {
		s := v.componentStatus(c)
		fragments = append(fragments, fragment{
			id: "s-" + c.Component.ID, class: "now " + s.Class, template: "standing", value: s, open: hidden[c.Component] && v.troubled(c),
		})
	}
	return fragments
}
