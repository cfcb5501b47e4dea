package news

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// service is a component, or some of its regions, with its status before and after an
// event.
type service struct {
	component *site.Component
	regions   []string // ids; empty: all of the component's
	from, to  site.Status
	label     site.Text // the operator's word for the status after
}

// changes returns the services that the event's entry affects at the event, or did before
// it, and the worst status that it then causes.
func (c content) changes() (list []service, worst site.Status) {
	e := c.event
	before, after := e.site.StatesBy(e.entry, e.before), e.site.StatesBy(e.entry, e.At)
	if e.before.IsZero() {
		before = nil
	}
	public := e.components()
	for i := range after {
		component := after[i].Component
		if !slices.Contains(public, component) {
			continue // its impact has not begun
		}
		first := len(list)
		for r, now := range after[i].Regions {
			was := site.Operational
			if before != nil {
				was = before[i].Regions[r].Status
			}
			if was == site.Operational && now.Status == site.Operational {
				continue
			}
			worst = max(worst, now.Status)
			same := slices.IndexFunc(list[first:], func(s service) bool { return s.from == was && s.to == now.Status })
			if same < 0 {
				same = len(list) - first
				list = append(list, service{component: component, from: was, to: now.Status, label: now.Label})
			}
			list[first+same].regions = append(list[first+same].regions, now.Region)
		}
		if len(list) == first+1 && len(list[first].regions) == len(after[i].Regions) {
			list[first].regions = nil
		}
	}
	return list, worst
}

// name returns what a service is called: "Public API (Europe)".
func (c content) name(s service) string {
	if len(s.regions) == 0 {
		return c.own(s.component.Name)
	}
	var regions []string
	for _, id := range s.regions {
		if r := c.site.Region(id); r != nil {
			regions = append(regions, c.own(r.Name))
		}
	}
	return c.lang.Say("card.placed", "what", c.own(s.component.Name), "regions", c.lang.Join(regions))
}

// change returns how the status of a service changed: "Major outage → Operational", or only
// the status if it is the same as before.
func (c content) change(s service) string {
	to := c.own(s.label)
	if to == "" {
		to = c.lang.Say("status." + s.to.String())
	}
	if s.from == s.to {
		return to
	}
	return c.lang.Say("status."+s.from.String()) + " " + c.lang.Say("change.to") + " " + to
}

// maxServices is how many services a message names.
const maxServices = 10

// serviceText returns a line for each service: "Public API (Europe): Operational → Major
// outage". If no status is affected, it is one line with the names. Lines that do not fit
// into limit are counted: "3 more".
func (c content) serviceText(limit int, m measure) string {
	var lines []string
	for _, s := range c.services {
		lines = append(lines, c.lang.Isolate(c.name(s))+c.lang.Say("list.colon")+c.change(s))
	}
	if len(lines) == 0 && len(c.names) > 0 {
		return c.nameLine(limit, m)
	}
	for kept := min(len(lines), maxServices); kept > 0; kept-- {
		text := strings.Join(lines[:kept], "\n")
		if kept < len(lines) {
			text += "\n" + c.lang.Say("list.more", "n", len(lines)-kept)
		}
		if m(text) <= limit {
			return text
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return cut(lines[0], limit, m)
}

// nameLine returns a line with the names of the components that the event is about.
func (c content) nameLine(limit int, m measure) string {
	line := func(names []string) string {
		if c.event.announcement != nil { // it affects nothing
			return c.lang.Say("text.components") + c.lang.Say("list.colon") + c.lang.Join(names)
		}
		return c.lang.Say("text.affects", "components", c.lang.Join(names))
	}
	for kept := min(len(c.names), maxServices); kept > 0; kept-- {
		names := slices.Clone(c.names[:kept])
		if kept < len(c.names) {
			names = append(names, c.lang.Say("list.more", "n", len(c.names)-kept))
		}
		if text := line(names); m(text) <= limit {
			return text
		}
	}
	return cut(line(c.names[:1]), limit, m)
}
