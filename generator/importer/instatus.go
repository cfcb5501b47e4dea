package importer

import (
	"cmp"
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
	i.areIDs = true
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
		if id := n.get("id").str(); i.seen[id] && id != "" {
			n.take() // another list has it as well
		} else {
			i.seen[id] = true
			i.entries = append(i.entries, n)
		}
	case n.has("workspaceId") || n.has("subdomain") || n.has("page") && n.get("page").has("name"):
		i.page(n)
		i.lists(n, depth)
	case n.has("name") && n.has("id") && !n.has("email"): // with one, a subscriber
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
	n.skip("id", "status", "workspaceId", "createdAt", "updatedAt")
}

// page takes the settings of the page.
func (i *instatus) page(n *node) {
	if page := n.get("page"); page != nil {
		n = page
	}
	k := &i.out.Site
	n.skip("id", "status", "createdAt", "updatedAt")
	if k.Title != "" {
		n.skip("name", "url", "subdomain", "customDomain", "websiteUrl")
		return
	}
	k.Title, k.URL = i.localized(n.get("name"), ""), strings.TrimSuffix(webAddress(n.first("customDomain", "url").str()), "/")
	if sub := n.get("subdomain").str(); k.URL == "" && slugFits(sub) {
		k.URL = "https://" + sub + ".instatus.com"
	}
	k.Homepage = webAddress(n.get("websiteUrl").str())
	n.skip("url", "subdomain")
}

// localized returns a text, or of a text in several languages the default or English one.
// It reports the others.
func (i *instatus) localized(n *node, mark string) string {
	if n == nil || n.shape != object {
		return n.trimmed()
	}
	text := n.first("default", "en").trimmed()
	if text == "" && len(n.items) > 0 {
		text = n.items[0].trimmed()
	}
	for _, other := range n.items {
		if other.trimmed() != text && !other.empty() {
			i.lose(nil, "language", other, mark)
		}
	}
	return text
}

// parent returns the id of a component's group, or "". A component that is its own group,
// also by way of others, has none.
func (i *instatus) parent(n *node) string {
	direct := func(n *node) string {
		if g := n.get("group"); g != nil && g.shape == object {
			return g.get("id").trimmed()
		}
		return n.first("group", "groupId").trimmed()
	}
	own, first := n.get("id").str(), direct(n)
	above := first
	for range i.components { // no chain is longer
		if above == own || above == "" {
			break
		}
		at := slices.IndexFunc(i.components, func(c *node) bool { return c.get("id").str() == above })
		if at < 0 {
			return first
		}
		above = direct(i.components[at])
	}
	if above != "" {
		return ""
	}
	return first
}

// manifest adds groups and components: a group is a component that others name.
func (i *instatus) manifest() {
	groups := map[string]string{} // our ids of groups, by theirs
	for _, n := range i.components {
		if id := i.parent(n); id != "" {
			groups[id] = ""
		}
	}
	slices.SortStableFunc(i.components, func(a, b *node) int {
		x, _ := strconv.Atoi(a.get("order").str())
		y, _ := strconv.Atoi(b.get("order").str())
		return cmp.Compare(x, y)
	})
	for _, n := range i.components {
		id := n.get("id").str()
		if _, isGroup := groups[id]; !isGroup {
			continue
		}
		groups[id] = i.group(i.localized(n.get("name"), ""), i.localized(n.get("description"), ""))
		if in := i.parent(n); in != "" {
			i.lose(nil, "nested-group", n.get("name"), "group "+groups[id])
		}
		n.get("group").take()
		n.skip("status", "order", "groupId", "uniqueEmail", "isParent", "children", "createdAt", "updatedAt", "siteId", "isCollapsed")
		i.leftover(nil, n)
	}
	for _, n := range i.components {
		if groups[n.get("id").str()] == "" {
			i.component(n, groups)
		}
	}
}

// component adds a component. Its group may be known from the component alone.
func (i *instatus) component(n *node, groups map[string]string) {
	id, parent := n.get("id").str(), i.parent(n)
	if name := i.localized(n.at("group", "name"), ""); groups[parent] == "" && parent != "" && name != "" {
		groups[parent] = i.group(name, "")
	}
	c := Component{Name: i.localized(n.get("name"), ""), Description: oneLine(i.localized(n.get("description"), "")),
		Group: groups[parent], Unlisted: n.get("archived").isTrue()}
	if apiID(id) {
		c.APIID = id
	}
	own := i.declare(id, c)
	if in := n.first("group", "groupId"); c.Group == "" && in != nil {
		i.lose(nil, "no-group", in, "component "+own)
	}
	i.now(n.get("status"), instatusStatuses, own)
	n.get("group").take()
	n.skip("order", "group", "groupId", "uniqueEmail", "showUptime", "grouped", "nameTranslationId", "descriptionTranslationId",
		"siteId", "createdAt", "updatedAt", "isParent", "isCollapsed", "monitorId", "children")
	i.leftoverAt(nil, n, "component "+own)
}

// instatusWords are the statuses of incidents and maintenance.
var instatusWords = map[string]site.UpdateStatus{
	"investigating": site.Investigating, "identified": site.Identified, "monitoring": site.Monitoring, "resolved": site.Resolved,
	"notstartedyet": site.Scheduled, "inprogress": site.InProgress, "verifying": site.Verifying, "completed": site.Completed,
}

// instatusStatuses are the statuses of components, which impact has as well.
var instatusStatuses = map[string]site.Status{
	"operational": site.Operational, "undermaintenance": site.UnderMaintenance, "degradedperformance": site.DegradedPerformance,
	"partialoutage": site.PartialOutage, "minoroutage": site.PartialOutage, "majoroutage": site.MajorOutage,
}

// entry makes an entry of an incident or a maintenance.
func (i *instatus) entry(n *node) {
	e := &Entry{from: n, ID: n.get("id").str(), Title: i.localized(n.get("name"), ""), Draft: n.get("isDraft").isTrue()}
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
		over, _ := lookup(n.get("status"), instatusWords)
		if e.End = i.time(e, n.get("resolved"), "end"); e.End.IsZero() && over == site.Resolved {
			i.endUnknown(e)
		}
	}
	n.skip("resolved") // an update says it
	lookup(n.get("status"), instatusWords)
	n.skip("createdAt", "updatedAt", "url", "siteId", "site", "autoStart", "autoEnd", "notify", "backfilled", "nameTranslationId",
		"lastUpdate")
	i.leftover(e, n)
	i.add(e)
}

// updates reads the updates of an entry.
func (i *instatus) updates(e *Entry) {
	for _, u := range e.from.get("updates").all() {
		at := i.time(e, u.first("started", "createdAt"), "")
		if at.IsZero() {
			i.undated(e, u.first("message", "messageHtml"), "")
			continue
		}
		status, known := lookup(u.get("status"), instatusWords)
		if !known || !slices.Contains(site.UpdateStatuses(e.Kind.siteKind()), status) {
			status = site.Note
			i.lose(e, "word", u.get("status"), "")
		}
		text := u.first("message", "messageHtml")
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: i.localized(text, ""), from: text})
		if text != nil && text.shape == scalar { // several lines
			e.Updates[len(e.Updates)-1].Text = text.str()
		}
		u.skip("id", "messageHtml", "notify", "createdAt", "updatedAt", "ended", "duration", "incidentId", "siteId", "maintenanceId",
			"messageTranslationId", "automated", "started")
		i.leftover(e, u)
	}
}

// impacts gives the named components the status of impact, or their own one. Updates have
// no status for components.
func (i *instatus) impacts(e *Entry) {
	whole, said := lookup(e.from.get("impact"), instatusStatuses)
	by := map[site.Status]int{}
	for _, c := range e.from.get("components").all() {
		id := c.get("id")
		component := i.find(id.str(), i.localized(c.get("name"), ""), id)
		status, own := lookup(c.get("status"), instatusStatuses)
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
