package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

func init() { tools["instatus"] = readInstatus }

// instatus reads the pages of Instatus, as its API gives them: lists of components,
// incidents and maintenance. Its documentation: https://instatus.com/help/api.
type instatus struct {
	*registry
	components []*node
	entries    []*node
	seen       map[string]bool
}

func readInstatus(r *reader) {
	i := &instatus{registry: r.newRegistry(), seen: map[string]bool{}}
	for _, name := range r.with(".json", ".jsonl") {
		i.file(r.json(name), 0)
	}
	i.manifest()
	for _, n := range i.entries {
		i.entry(n)
	}
	i.listUnlisted()
}

// file takes what a file holds by its keys.
func (i *instatus) file(n *node, depth int) {
	switch {
	case n == nil || depth > 3:
	case n.shape == list:
		for _, item := range n.items {
			i.file(item, depth+1)
		}
	case n.has("updates") || n.has("started") || n.has("start"):
		if id := n.get("id").str(); !i.seen[id] || id == "" {
			i.seen[id] = true
			i.entries = append(i.entries, n)
		}
	case n.has("workspaceId") || n.has("subdomain") || n.has("page") && n.get("page").has("name"):
		i.page(n)
		i.lists(n, depth)
	case n.has("name") && n.has("id"):
		i.components = append(i.components, n)
	default:
		i.lists(n, depth)
	}
}

// lists takes the lists of an object.
func (i *instatus) lists(n *node, depth int) {
	for _, key := range []string{"components", "incidents", "maintenances", "activeIncidents", "activeMaintenances"} {
		i.file(n.get(key), depth+1)
	}
	i.extra(n, "components", "incidents", "maintenances", "activeIncidents", "activeMaintenances", "page", "id", "name", "status",
		"subdomain",
		"customDomain", "url", "websiteUrl", "workspaceId", "createdAt", "updatedAt")
}

// page takes the settings of the page.
func (i *instatus) page(n *node) {
	if page := n.get("page"); page != nil {
		n = page
	}
	k := &i.out.Site
	if k.Title != "" {
		return
	}
	k.Title, k.URL = localized(n.get("name")), strings.TrimSuffix(webAddress(n.first("customDomain", "url").str()), "/")
	if sub := n.get("subdomain").str(); k.URL == "" && slugFits(sub) {
		k.URL = "https://" + sub + ".instatus.com"
	}
	k.Homepage = webAddress(n.get("websiteUrl").str())
}

// localized returns a text, or of a text in several languages the default or English one.
func localized(n *node) string {
	if n != nil && n.shape == object {
		text := n.first("default", "en").trimmed()
		n.take()
		if text == "" && len(n.items) > 0 {
			text = n.items[0].trimmed()
		}
		return text
	}
	return n.trimmed()
}

// manifest adds groups and components: a group is a component that others name.
func (i *instatus) manifest() {
	parent := func(n *node) string {
		if g := n.get("group"); g != nil && g.shape == object {
			return g.get("id").str()
		}
		return n.first("group", "groupId").str()
	}
	parents := map[string]string{}
	for _, n := range i.components {
		if id := parent(n); id != "" {
			parents[id] = ""
		}
	}
	slices.SortStableFunc(i.components, func(a, b *node) int {
		x, _ := strconv.Atoi(a.get("order").str())
		y, _ := strconv.Atoi(b.get("order").str())
		return x - y
	})
	for _, n := range i.components {
		if id, isGroup := n.get("id").str(), false; id != "" {
			if _, isGroup = parents[id]; !isGroup {
				continue
			}
			parents[id] = i.group(localized(n.get("name")), localized(n.get("description")))
			n.take()
		}
	}
	for _, n := range i.components {
		id := n.get("id").str()
		if parents[id] != "" {
			continue
		}
		c := Component{Name: localized(n.get("name")), Description: oneLine(localized(n.get("description"))), Group: parents[parent(n)]}
		if apiID(id) {
			c.APIID = id
		}
		i.declare(id, c)
		n.skip("status", "order", "group", "groupId", "uniqueEmail", "showUptime", "grouped", "archived", "nameTranslationId",
			"descriptionTranslationId", "siteId", "createdAt", "updatedAt", "isParent", "isCollapsed", "translations", "monitorId",
			"children")
		i.leftoverAt(nil, n, "component "+i.byName[id])
	}
}

// instatusWords are the statuses of incidents and maintenance.
var instatusWords = map[string]site.UpdateStatus{
	"INVESTIGATING": site.Investigating, "IDENTIFIED": site.Identified, "MONITORING": site.Monitoring, "RESOLVED": site.Resolved,
	"NOTSTARTEDYET": site.Scheduled, "INPROGRESS": site.InProgress, "VERIFYING": site.Verifying, "COMPLETED": site.Completed,
}

// instatusStatuses are the statuses of components, which impact has as well.
var instatusStatuses = map[string]site.Status{
	"OPERATIONAL": site.Operational, "UNDERMAINTENANCE": site.UnderMaintenance, "DEGRADEDPERFORMANCE": site.DegradedPerformance,
	"PARTIALOUTAGE": site.PartialOutage, "MINOROUTAGE": site.PartialOutage, "MAJOROUTAGE": site.MajorOutage,
}

// entry makes an entry of an incident or a maintenance.
func (i *instatus) entry(n *node) {
	e := &Entry{from: n, ID: n.get("id").str(), Title: localized(n.get("name"))}
	if n.has("start") && !n.has("started") {
		e.Kind = Maintenance
	}
	if apiID(e.ID) {
		e.Aliases = []string{"/" + e.Kind.String() + "/" + e.ID + "/"}
	} else {
		i.lose(e, "api-id", n.get("id"), "id")
		e.ID = ""
	}
	e.Start = i.time(e, n.first("started", "start"), "start")
	if minutes, err := strconv.Atoi(n.get("duration").str()); err == nil && minutes > 0 && minutes < 1_000_000 && e.Kind == Maintenance {
		e.End = e.Start.Add(time.Duration(minutes) * time.Minute)
	}
	i.updates(e)
	i.impacts(e)
	if e.Kind == Incident && !slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() }) {
		if e.End = i.time(e, n.get("resolved"), "end"); e.End.IsZero() && n.get("status").str() == "RESOLVED" {
			i.endUnknown(e)
		}
	}
	n.skip("status", "resolved", "impact", "components", "createdAt", "updatedAt", "url", "siteId", "site", "autoStart", "autoEnd",
		"notify",
		"backfilled", "shouldPublish", "nameTranslationId", "translations", "isDraft", "lastUpdate")
	i.leftover(e, n)
	i.add(e)
}

// updates reads the updates of an entry.
func (i *instatus) updates(e *Entry) {
	for _, u := range e.from.get("updates").all() {
		at := i.time(e, u.first("started", "createdAt"), "")
		if at.IsZero() {
			continue
		}
		status, known := instatusWords[u.get("status").str()]
		if !known || !slices.Contains(site.UpdateStatuses(e.Kind.siteKind()), status) {
			status = site.Note
			i.lose(e, "word", u.get("status"), "")
		}
		text := u.first("message", "messageHtml")
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: localized(text), from: text})
		if text != nil && text.shape == scalar { // several lines
			e.Updates[len(e.Updates)-1].Text = text.str()
		}
		u.skip("id", "status", "messageHtml", "notify", "createdAt", "updatedAt", "ended", "duration", "incidentId", "attachments",
			"siteId",
			"maintenanceId", "messageTranslationId", "translations", "automated", "started")
		i.leftover(e, u)
	}
}

// impacts gives the named components the status of impact, or their own one. Updates have
// no status for components.
func (i *instatus) impacts(e *Entry) {
	whole, said := instatusStatuses[strings.ToUpper(e.from.get("impact").str())]
	by := map[site.Status]int{}
	for _, c := range e.from.get("components").all() {
		id := c.get("id")
		component := i.find(id.str(), localized(c.get("name")), id)
		status, own := instatusStatuses[c.get("status").str()]
		switch {
		case e.Kind == Maintenance:
			status = site.UnderMaintenance
		case own && status != site.Operational:
		case said && whole != site.Operational:
			status = whole
		default:
			status = site.DegradedPerformance
		}
		if e.Kind == Incident {
			i.lose(e, "component-status", id, "components")
		}
		at, known := by[status]
		if !known {
			at = len(e.Impacts)
			by[status] = at
			e.Impacts = append(e.Impacts, Impact{Status: status})
		}
		e.Impacts[at].Components = append(e.Impacts[at].Components, component)
	}
}
