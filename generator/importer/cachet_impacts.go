package importer

import (
	"slices"

	"allclear/generator/site"
)

// impacts gives the components of an incident the status that it names for them.
func (c *cachet) impacts(e *Entry) {
	type named struct{ id, status *node }
	var list []named
	if id := c.get(e.from, "component_id"); id.str() != "" && id.str() != "0" {
		list = append(list, named{id, c.get(e.from, "component_status")})
	}
	for _, n := range slices.Concat(c.get(e.from, "components").all(), e.from.at("relationships", "components", "data").all()) {
		id := n.first("component_id", "id")
		status := value(n.first("component_status", "status"))
		if status == nil {
			status = value(n.at("meta", "component_status"))
		}
		if n.shape == scalar {
			id = n
		}
		list = append(list, named{id, status})
	}
	list = slices.DeleteFunc(list, func(n named) bool {
		if c.hidden[n.id.str()] {
			n.status.take()
		}
		return c.hidden[n.id.str()]
	})
	for _, n := range list {
		status, ok := lookup(value(n.status), cachetStatuses)
		if e.Kind == Maintenance {
			status = site.UnderMaintenance
		} else if !ok || status == site.Operational {
			status = site.DegradedPerformance
			c.lose(e, "component-status", n.id, "components")
		}
		component := c.find(n.id.str(), n.id.str(), n.id)
		at := slices.IndexFunc(e.Impacts, func(i Impact) bool { return i.Status == status })
		if at < 0 {
			at = len(e.Impacts)
			e.Impacts = append(e.Impacts, Impact{Status: status})
		}
		if !slices.Contains(e.Impacts[at].Components, component) {
			e.Impacts[at].Components = append(e.Impacts[at].Components, component)
		}
	}
}

// schedule makes a window of a scheduled maintenance.
func (c *cachet) schedule(n *node) {
	e := &Entry{Kind: Maintenance, from: n, Title: c.text(n, "name")}
	id := n.get("id").str()
	updates := c.updatesOf(n, "schedule "+id)
	if !c.public(e, n) {
		takeAll(updates)
		return
	}
	if id != "" {
		e.Aliases = []string{"/schedules/" + id + "/"}
	}
	e.Start = c.when(e, n, "start", "scheduled_at", "scheduled")
	e.End = c.when(e, n, "end", "completed_at", "completed")
	if posted := c.when(e, n, "posted", "created_at", "created"); posted.Before(e.Start) {
		e.Posted = posted
	}
	lookup(value(c.get(n, "status")), map[string]bool{"0": false, "1": false, "2": true}) // the times say the same
	e.Summary = c.get(n, "message").str()
	c.entryUpdates(e, updates)
	c.impacts(e)
	c.rest(e, n, "")
	c.add(e)
}
