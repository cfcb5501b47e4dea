package importer

import (
	"maps"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

func init() { tools["betterstack"] = readBetterStack }

// betterStack reads the status pages of Better Stack, as its API gives them (JSON:API):
// pages, sections, resources, reports and updates. Its documentation:
// https://betterstack.com/docs/uptime/api.
type betterStack struct {
	*registry
	updates  map[string][]*node // by report
	sections map[string]string  // names, by id
	nodes    map[string][]*node // by type
}

func readBetterStack(r *reader) {
	b := &betterStack{registry: r.newRegistry(), updates: map[string][]*node{}, sections: map[string]string{},
		nodes: map[string][]*node{}}
	b.areIDs = true
	for _, name := range r.with(".json", ".jsonl") {
		b.file(r.json(name), 0)
	}
	for _, n := range b.nodes["status_page"] {
		b.page(n.get("attributes"))
		n.skip("id", "relationships")
	}
	for _, n := range b.nodes["status_page_section"] {
		b.sections[n.get("id").str()] = n.at("attributes", "name").trimmed()
		n.get("attributes").skip("position", "status_page_id", "created_at", "updated_at")
		n.skip("relationships")
	}
	b.resources()
	for _, n := range b.nodes["status_update"] {
		id := n.at("relationships", "status_report", "data", "id").str()
		if id == "" {
			id = n.at("attributes", "status_report_id").str()
		}
		b.updates[id] = append(b.updates[id], n)
		n.skip("id")
		n.at("relationships", "status_report", "data").skip("type")
	}
	for _, n := range b.nodes["status_report"] {
		b.report(n)
	}
	for _, id := range slices.Sorted(maps.Keys(b.updates)) {
		for _, u := range b.updates[id] {
			b.orphan(u.at("attributes", "message"), u)
		}
	}
	b.listUnlisted()
}

// file sorts what a file holds by its type.
func (b *betterStack) file(n *node, depth int) {
	switch {
	case n == nil || depth > 4:
	case n.shape == list:
		for _, item := range n.items {
			b.file(item, depth+1)
		}
	case n.has("attributes"):
		kind := n.get("type").str()
		id := n.get("id").str()
		known := slices.ContainsFunc(b.nodes[kind], func(other *node) bool { return other.get("id").str() == id })
		if known && id != "" {
			n.take() // another file has it as well
			return
		}
		b.nodes[kind] = append(b.nodes[kind], n)
	case n.shape == object:
		b.file(n.get("data"), depth+1)
		b.file(n.get("included"), depth+1)
		n.skip("pagination", "links", "meta")
	}
}

// page takes the settings of the page.
func (b *betterStack) page(n *node) {
	k := &b.out.Site
	if k.Title != "" {
		n.take()
		return
	}
	k.Title, k.Homepage = n.get("company_name").trimmed(), webAddress(n.get("company_url").str())
	if k.URL = webAddress(n.get("custom_domain").str()); k.URL == "" {
		if sub := n.get("subdomain").str(); slugFits(sub) {
			k.URL = "https://" + sub + ".betteruptime.com"
		}
	}
	if contact := n.get("contact_url").str(); strings.HasPrefix(contact, "mailto:") || webAddress(contact) != "" {
		k.Support = contact
	}
	b.useZone(n.get("timezone"))
	n.skip("created_at", "updated_at", "aggregate_state", "subdomain")
	b.leftoverAs("look", nil, n, "")
}

// resources adds the components.
func (b *betterStack) resources() {
	list := b.nodes["status_page_resource"]
	slices.SortStableFunc(list, func(x, y *node) int { return position(x.get("attributes")) - position(y.get("attributes")) })
	for _, n := range list {
		a := n.get("attributes")
		c := Component{Name: a.get("public_name").trimmed(), Description: oneLine(a.get("explanation").str())}
		in := a.get("status_page_section_id")
		if section := b.sections[in.str()]; section != "" {
			c.Group = b.group(section, "")
		} else if !in.empty() {
			b.lose(nil, "no-group", in, "")
		}
		id := n.get("id").str()
		if apiID(id) {
			c.APIID = id
		}
		b.now(a.get("status"), betterStackStatuses, b.declare(id, c))
		a.skip("resource_id", "resource_type", "history", "widget_type", "position", "availability", "fixed_position",
			"status_history",
			"mark_as_down_for", "mark_as_degraded_for")
		n.skip("relationships")
		b.leftoverAs("monitor", nil, a, "component "+b.byName[id])
	}
}

// betterStackStatuses are the statuses of resources.
var betterStackStatuses = map[string]site.Status{
	"resolved": site.Operational, "operational": site.Operational, "degraded": site.DegradedPerformance, "downtime": site.MajorOutage,
	"maintenance": site.UnderMaintenance,
}

// changes reads the affected resources of a report or an update.
func (b *betterStack) changes(n *node, at time.Time) (list []change, over bool) {
	over = true
	for _, r := range n.get("affected_resources").all() {
		id := r.get("status_page_resource_id")
		if status, ok := lookup(r.get("status"), betterStackStatuses); ok && id.str() != "" {
			list = append(list, change{target{component: b.find(id.str(), id.str(), id)}, status, at})
			over = over && status == site.Operational
			r.take()
		}
	}
	return list, over && len(list) > 0
}

// betterStackTypes are the kinds of reports.
var betterStackTypes = map[string]Kind{"manual": Incident, "automatic": Incident, "maintenance": Maintenance}

// report makes an entry of a status report.
func (b *betterStack) report(n *node) {
	a, id := n.get("attributes"), n.get("id").str()
	e := &Entry{from: n, ID: id, Title: a.get("title").str()}
	if !apiID(id) {
		e.ID = ""
	} else {
		e.Aliases = []string{"/incident/" + id + "/"}
	}
	starts, ends := b.time(e, a.get("starts_at"), "start"), b.time(e, a.get("ends_at"), "end")
	e.Start = starts
	if kind, _ := lookup(a.get("report_type"), betterStackTypes); kind == Maintenance {
		e.Kind, e.End = Maintenance, ends
	}
	list := b.updates[id]
	delete(b.updates, id)
	slices.SortStableFunc(list, func(x, y *node) int {
		s, _ := parseStamp(x.at("attributes", "published_at").str(), time.UTC)
		t, _ := parseStamp(y.at("attributes", "published_at").str(), time.UTC)
		return s.Compare(t.Time)
	})
	var changes []change
	for _, u := range list {
		changes = append(changes, b.update(e, u.get("attributes"))...)
	}
	bySteps := len(changes) > 0
	if !bySteps {
		changes, _ = b.changes(a, starts)
	}
	e.Impacts = walk(changes, nil)
	if e.Kind == Incident && !slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() }) {
		if e.End = ends; e.End.IsZero() && a.get("aggregate_state").str() == "resolved" {
			b.endUnknown(e)
		}
	}
	if len(changes) > 0 {
		a.skip("affected_resources") // the updates say it
	}
	if bySteps {
		b.stays(e)
	}
	lookup(a.get("aggregate_state"), betterStackStatuses)
	a.skip("status_page_id", "created_at", "updated_at")
	n.skip("relationships")
	b.leftover(e, n)
	b.add(e)
}

// update adds an update. Better Stack has no words for them, so they are derived: the
// first opens the entry, one that leaves nothing affected ends it.
func (b *betterStack) update(e *Entry, a *node) []change {
	at := b.time(e, a.get("published_at"), "")
	if at.IsZero() {
		b.undated(e, a.get("message"), "")
		return nil
	}
	changes, over := b.changes(a, at)
	status := site.Note
	switch {
	case over && e.Kind == Maintenance && len(e.Updates) > 0:
		status = site.Completed
	case over && e.Kind == Incident && len(e.Updates) > 0:
		status = site.Resolved
	case len(e.Updates) == 0 && e.Kind == Incident:
		status = site.Investigating
	case len(e.Updates) == 0 && at.Before(e.Start):
		status = site.Scheduled
	}
	b.lose(e, "word", a.get("message"), updateMark(len(e.Updates)))
	e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: a.get("message").str(), from: a.get("message")})
	a.skip("status_report_id", "notify_subscribers", "created_at", "updated_at", "published_at_timezone")
	b.leftover(e, a)
	return changes
}
