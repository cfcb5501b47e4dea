package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

func init() { tools["incident-io"] = readIncidentIO }

// incidentIO reads the status pages of incident.io, as its API gives them: components and
// groups (a structure), incidents and maintenance with component_impacts and updates.
// Its documentation: https://api-docs.incident.io.
type incidentIO struct {
	*registry
	entries []*node
	seen    map[string]bool
}

func readIncidentIO(r *reader) {
	i := &incidentIO{registry: r.newRegistry(), seen: map[string]bool{}}
	i.areIDs = true
	for _, name := range r.with(".json", ".jsonl") {
		i.file(r.json(name), 0)
	}
	for _, n := range i.entries {
		i.entry(n)
	}
	i.listUnlisted()
}

// file takes what a file holds by its keys.
func (i *incidentIO) file(n *node, depth int) {
	switch {
	case n == nil || depth > 4:
	case n.shape == list:
		for _, item := range n.items {
			i.file(item, depth+1)
		}
	case n.has("updates") && n.has("name"):
		if id := n.get("id").str(); i.seen[id] && id != "" {
			n.take() // another list has it as well
		} else {
			i.seen[id] = true
			i.entries = append(i.entries, n)
		}
	case n.shape == object:
		i.page(n)
		i.structure(n.get("structure"))
		for _, c := range n.get("components").all() {
			if c.has("id") && c.has("name") {
				i.component(c, c.get("id"), "")
			}
		}
		n.skip("pagination_meta", "id", "affected_components", "created_at", "updated_at")
		for _, key := range []string{"summary", "status_page", "status_page_incident", "status_page_maintenance", "incidents",
			"status_page_incidents", "maintenances", "status_page_maintenances", "scheduled_maintenances", "ongoing_incidents",
			"in_progress_maintenances",
			"data"} {
			i.file(n.get(key), depth+1)
		}
	}
}

// page takes the settings of the page.
func (i *incidentIO) page(n *node) {
	k := &i.out.Site
	if address := webAddress(n.first("public_url", "url").str()); address != "" && k.Title == "" && n.has("name") {
		k.Title, k.URL = n.get("name").trimmed(), strings.TrimSuffix(address, "/")
		k.Support = webAddress(n.get("support_url").str())
	}
}

// structure takes the groups and components in the order of the page.
func (i *incidentIO) structure(n *node) {
	for _, item := range n.get("items").all() {
		if group := item.get("group"); group != nil {
			id := i.group(group.get("name").trimmed(), group.get("description").str())
			group.skip("id")
			for _, c := range group.get("components").all() {
				i.component(c, c.first("component_id", "id"), id)
			}
		} else if c := item.get("component"); c != nil {
			i.component(c, c.first("component_id", "id"), "")
		}
	}
}

// component adds a component.
func (i *incidentIO) component(n, id *node, group string) {
	c := Component{Name: n.get("name").trimmed(), Description: oneLine(n.get("description").str()), Group: group}
	if apiID(id.str()) {
		c.APIID = id.str()
	}
	c.Unlisted = n.get("hidden").isTrue()
	i.declare(id.str(), c)
}

// incidentIOStatuses are the statuses of components.
var incidentIOStatuses = map[string]site.Status{
	"operational": site.Operational, "degraded_performance": site.DegradedPerformance, "partial_outage": site.PartialOutage,
	"full_outage": site.MajorOutage, "under_maintenance": site.UnderMaintenance,
}

// incidentIOWords are the statuses of incidents and maintenance.
var incidentIOWords = map[string]site.UpdateStatus{
	"investigating": site.Investigating, "identified": site.Identified, "monitoring": site.Monitoring, "resolved": site.Resolved,
	"maintenance_scheduled": site.Scheduled, "scheduled": site.Scheduled, "maintenance_in_progress": site.InProgress,
	"in_progress": site.InProgress, "maintenance_complete": site.Completed, "completed": site.Completed, "complete": site.Completed,
}

// incidentIOTypes are the kinds of entries.
var incidentIOTypes = map[string]Kind{"incident": Incident, "retrospective": Incident, "maintenance": Maintenance}

// entry makes an entry of an incident or a maintenance.
func (i *incidentIO) entry(n *node) {
	e := &Entry{from: n, ID: n.get("id").str(), Title: n.get("name").str()}
	if apiID(e.ID) {
		e.Aliases = []string{"/incidents/" + e.ID + "/"}
	} else {
		i.lose(e, "api-id", n.get("id"), "id")
		e.ID = ""
	}
	state := n.get("status")
	status, _ := lookup(state, incidentIOWords)
	planned := n.first("starts_at", "scheduled_start_at", "maintenance_starts_at")
	kind, _ := lookup(n.get("type"), incidentIOTypes)
	if kind == Maintenance || state != nil && strings.HasPrefix(state.text, "maintenance") || !planned.empty() {
		e.Kind = Maintenance
		e.Start = i.time(e, planned, "start")
		e.End = i.time(e, n.first("ends_at", "scheduled_end_at", "maintenance_ends_at"), "end")
	}
	changes := i.updates(e)
	e.Impacts = i.impacts(e, changes)
	if published := i.time(e, n.get("published_at"), "start"); e.Kind == Incident && len(e.Updates) == 0 {
		e.Start = published
	}
	resolved := n.get("resolved_at")
	if said := slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() }); !said && e.Kind == Incident {
		if e.End = i.time(e, resolved, "end"); e.End.IsZero() && status == site.Resolved {
			i.endUnknown(e)
		}
	}
	i.stays(e)
	n.skip("created_at", "updated_at", "resolved_at", "published_at", "public_url", "url", "status_page_id",
		"status_summaries",
		"affected_components", "idempotency_key", "sent_at")
	i.leftover(e, n)
	i.add(e)
}

// updates reads the updates, and the statuses that they give to components.
func (i *incidentIO) updates(e *Entry) (changes []change) {
	list := slices.Clone(e.from.get("updates").all())
	slices.SortStableFunc(list, func(a, b *node) int {
		x, _ := parseStamp(a.get("published_at").str(), time.UTC)
		y, _ := parseStamp(b.get("published_at").str(), time.UTC)
		return x.Compare(y.Time)
	})
	for _, u := range list {
		at := i.time(e, u.first("published_at", "created_at"), "")
		if at.IsZero() {
			i.undated(e, u.first("message", "message_string", "text"), "")
			continue
		}
		word := u.first("incident_status", "maintenance_status", "status", "to_status")
		status, known := incidentIOWords[word.str()]
		if !known || !slices.Contains(site.UpdateStatuses(e.Kind.siteKind()), status) {
			status = site.Note
			i.lose(e, "word", word, updateMark(len(e.Updates)))
		}
		text := u.first("message", "message_string", "text")
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: text.str(), from: text})
		for _, c := range u.get("component_statuses").all() {
			if s, ok := lookup(c.first("component_status", "status"), incidentIOStatuses); ok {
				id := c.get("component_id")
				changes = append(changes, change{target{component: i.find(id.str(), id.str(), id)}, s, at})
				c.take()
			}
		}
		u.skip("id", "created_at", "updated_at", "published_at", "suppress_notifications", "automated_update", "status_page_incident_id")
	}
	return changes
}

// impacts reads component_impacts, which have a start and an end each; without them, what
// the updates say.
func (i *incidentIO) impacts(e *Entry, changes []change) []Impact {
	var impacts []Impact
	for _, n := range e.from.get("component_impacts").all() {
		word := n.first("component_status", "status")
		status, ok := lookup(word, incidentIOStatuses)
		id := n.get("component_id")
		impact := Impact{Status: status, Start: i.time(e, n.get("start_at"), "impacts"), End: i.time(e, n.get("end_at"), "impacts")}
		if !ok {
			i.lose(e, "component-word", word, "impacts")
		}
		n.take()
		if !ok || status == site.Operational {
			continue
		}
		impact.Components = []string{i.find(id.str(), id.str(), id)}
		same := slices.IndexFunc(impacts, func(other Impact) bool {
			return other.Status == impact.Status && other.Start.Equal(impact.Start) && other.End.Equal(impact.End)
		})
		if same >= 0 {
			impacts[same].Components = append(impacts[same].Components, impact.Components...)
		} else {
			impacts = append(impacts, impact)
		}
	}
	if len(impacts) == 0 {
		return walk(changes, nil)
	}
	return impacts
}
