package importer

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

func init() { tools["cachet"] = readCachet }

// cachet reads what the API of Cachet answers: version 2 (lists in data) and version 3
// (JSON:API, attributes in an object of their own). Its documentation:
// https://docs.cachethq.io.
type cachet struct {
	*registry
	groupIDs map[string]string // our ids of groups, by theirs
	lists    map[string][]*node
	updates  map[string][]*node // by kind and id of their entry
	hidden   map[string]bool    // components that not everybody may see
	seen     map[string]bool    // kind and id of all things
}

func readCachet(r *reader) {
	c := &cachet{registry: r.newRegistry(), groupIDs: map[string]string{}, lists: map[string][]*node{}, updates: map[string][]*node{},
		hidden: map[string]bool{}, seen: map[string]bool{}}
	c.areIDs = true
	for _, name := range r.with(".json", ".jsonl") {
		c.file(r.json(name), 0)
	}
	private := map[string]bool{}
	for _, n := range c.lists["groups"] {
		if id := n.get("id").str(); c.public(nil, n) {
			c.groupIDs[id] = c.group(c.text(n, "name"), "")
			c.rest(nil, n, "group "+c.groupIDs[id])
		} else {
			private[id] = true
		}
	}
	slices.SortStableFunc(c.lists["components"], func(a, b *node) int {
		x, _ := strconv.Atoi(c.get(a, "order").str())
		y, _ := strconv.Atoi(c.get(b, "order").str())
		return x - y
	})
	for _, n := range c.lists["components"] {
		c.component(n, private)
	}
	for _, u := range c.lists["updates"] {
		u.skip("type")
		key := "incident " + c.get(u, "incident_id").str()
		if kind := c.get(u, "updateable_type").str(); kind != "" {
			key = strings.ToLower(strings.TrimSuffix(kind[strings.LastIndex(kind, "\\")+1:], "s")) + " " + c.get(u, "updateable_id").str()
		}
		c.updates[key] = append(c.updates[key], u)
	}
	for _, n := range c.lists["incidents"] {
		c.incident(n)
	}
	for _, n := range c.lists["schedules"] {
		c.schedule(n)
	}
	for _, key := range slices.Sorted(maps.Keys(c.updates)) {
		for _, u := range c.updates[key] {
			c.orphan(c.get(u, "message"), u)
		}
	}
	c.listUnlisted()
}

// get returns a value of an object, or of its attributes.
func (c *cachet) get(n *node, key string) *node {
	if a := n.get("attributes"); a != nil {
		return a.get(key)
	}
	return n.get(key)
}

// text returns a text of an object or its attributes.
func (c *cachet) text(n *node, key string) string { return c.get(n, key).trimmed() }

// value returns a number, which version 3 has in {human, value}, or a time in {string}.
func value(n *node) *node {
	if n != nil && n.shape == object {
		return n.first("value", "string")
	}
	return n
}

// file sorts what a file holds by its keys.
func (c *cachet) file(n *node, depth int) {
	switch {
	case n == nil || depth > 3:
	case n.shape == list:
		for _, item := range n.items {
			c.file(item, depth+1)
		}
	case n.has("data"):
		c.file(n.get("data"), depth+1)
		c.file(n.get("included"), depth+1)
		n.skip("meta", "links")
	case n.shape == object:
		has := func(key string) bool { return c.get(n, key) != nil }
		kind := ""
		switch {
		case has("incident_id") || has("updateable_id"):
			kind = "updates"
		case has("scheduled_at") && (has("completed_at") || !has("visible")) || has("scheduled") || n.get("type").str() == "schedules":
			kind = "schedules"
		case has("enabled_components") || n.get("type").str() == "componentGroups" || has("collapsed"):
			kind = "groups"
		case has("occurred_at") || has("occurred") || has("stickied") || has("component_id") || n.get("type").str() == "incidents":
			kind = "incidents"
		case has("group_id") || has("link") || n.get("type").str() == "components":
			kind = "components"
		default:
			return
		}
		id := n.get("id").str()
		if key := kind + " " + id; id != "" && c.seen[key] {
			n.take() // another file has it as well
			return
		}
		c.seen[kind+" "+id] = true
		c.lists[kind] = append(c.lists[kind], n)
	}
}

// public reports whether anybody may see a thing: visible is 1, or missing. What only
// users who are signed in may see is not imported.
func (c *cachet) public(e *Entry, n *node) bool {
	visible := value(c.get(n, "visible"))
	if visible.empty() || visible.str() == "1" || visible.str() == "true" {
		return true
	}
	l := newLoss(nil, "hidden-entry", visible, "")
	l.Value = ""
	c.out.Losses = append(c.out.Losses, l)
	n.take()
	return false
}

// component adds a component.
func (c *cachet) component(n *node, private map[string]bool) {
	id := n.get("id").str()
	component := Component{Name: c.text(n, "name"), Description: oneLine(c.get(n, "description").str()), URL: webAddress(c.get(n,
		"link").str())}
	group := c.get(n, "group_id").str()
	if group == "" || group == "0" {
		group = c.get(n, "component_group_id").str()
	}
	if group == "" {
		group = n.at("relationships", "group", "data", "id").str()
	}
	if private[group] {
		c.hidden[id] = true
		n.take()
		return
	}
	if component.Group = c.groupIDs[group]; component.Group == "" && group != "" && group != "0" {
		l := newLoss(nil, "no-group", nil, "")
		l.Field, l.Value, l.Source = "group_id", group, n.place()
		c.out.Losses = append(c.out.Losses, l)
	}
	if apiID(id) {
		component.APIID = id
	}
	if enabled := c.get(n, "enabled").str(); enabled == "false" || enabled == "0" {
		component.Unlisted = true
	}
	c.now(value(c.get(n, "status")), cachetStatuses, c.declare(id, component))
	c.rest(nil, n, "component "+c.byName[id])
}

// rest reports what nobody read of a thing, but for what follows from the rest.
func (c *cachet) rest(e *Entry, n *node, mark string) {
	known := []string{"id", "type", "attributes", "relationships", "links", "order",
		"created_at", "created",
		"updated_at", "updated", "deleted_at", "occurred", "scheduled", "published", "notifications", "user_id", "group_id",
		"enabled",
		"is_resolved", "human_status", "human_message", "latest_update_id", "latest_status", "latest_human_status", "latest_icon",
		"permalink",
		"duration", "components", "updates", "incident_id", "guid",
		"occurred_at", "scheduled_at", "completed_at", "completed", "collapsed", "enabled_components", "enabled_components_lowest",
		"status_name",
		"lowest_human_status", "formatted_message", "order_column", "group", "component_group_id"}
	attributes := n.get("attributes")
	for _, key := range []string{"status", "visible", "component_status"} {
		c.get(n, key).skip("human", "icon", "color")
	}
	for _, key := range known {
		if key != "attributes" {
			n.skip(key)
			attributes.skip(key)
		}
	}
	c.leftoverAt(e, n, mark)
}

// cachetWords are the statuses of incidents.
var cachetWords = map[string]site.UpdateStatus{"1": site.Investigating, "2": site.Identified, "3": site.Monitoring, "4": site.Resolved}

// cachetStatuses are the statuses of components.
var cachetStatuses = map[string]site.Status{
	"0": site.Operational, "5": site.Operational, // unknown
	"1": site.Operational, "2": site.DegradedPerformance, "3": site.PartialOutage, "4": site.MajorOutage, "6": site.UnderMaintenance,
}

// when reads the first of some times.
func (c *cachet) when(e *Entry, n *node, mark string, keys ...string) time.Time {
	for _, key := range keys {
		if v := value(c.get(n, key)); !v.empty() && v.shape == scalar {
			return c.time(e, v, mark)
		}
	}
	return time.Time{}
}

// incident makes an entry of an incident.
func (c *cachet) incident(n *node) {
	id := n.get("id").str()
	e := &Entry{from: n, Title: c.text(n, "name"), Pinned: value(c.get(n, "stickied")).isTrue()}
	updates := c.updatesOf(n, "incident "+id)
	if !c.public(e, n) {
		takeAll(updates)
		return
	}
	if id != "" {
		e.Aliases = []string{"/incidents/" + id + "/", "/incident/" + id + "/"}
	}
	if guid := c.get(n, "guid").str(); guid != "" {
		e.Aliases = append(e.Aliases, "/incidents/"+guid+"/")
	}
	status := value(c.get(n, "status")).trimmed()
	if _, known := cachetWords[status]; !known && status != "0" && status != "" {
		c.lose(e, "word", value(c.get(n, "status")), "")
	}
	began := c.when(e, n, "start", "occurred_at", "occurred", "created_at", "created")
	message := c.get(n, "message")
	if scheduled := c.when(e, n, "start", "scheduled_at"); status == "0" && !scheduled.IsZero() {
		e.Kind, e.Start = Maintenance, scheduled
	}
	if len(updates) == 0 && status == "4" {
		e.Start, e.Report = began, message.str()
	} else {
		first := site.Investigating
		if known, ok := cachetWords[status]; ok && len(updates) == 0 {
			first = known
		}
		if e.Kind == Maintenance {
			first = site.Scheduled
		}
		e.Updates = []Update{{Status: first, Time: began, Text: message.str(), from: message}}
	}
	c.entryUpdates(e, updates)
	c.impacts(e)
	if status == "4" && !slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() }) {
		if e.End = c.when(e, n, "end", "updated_at", "updated"); !e.End.After(began) {
			e.End = began.Add(time.Minute)
		}
		c.lose(e, "end", nil, "end")
	}
	c.rest(e, n, "")
	c.add(e)
}

// updatesOf returns the updates of an entry, those that it holds and those beside it.
func (c *cachet) updatesOf(n *node, key string) []*node {
	list := append(slices.Clone(n.get("updates").all()), c.updates[key]...)
	delete(c.updates, key)
	return list
}

// takeAll notes that things were read, with all in them.
func takeAll(list []*node) {
	for _, n := range list {
		n.take()
	}
}

// entryUpdates reads the updates of an entry.
func (c *cachet) entryUpdates(e *Entry, list []*node) {
	for _, u := range list {
		at := c.when(e, u, "", "created_at", "created")
		if at.IsZero() {
			c.undated(e, c.get(u, "message"), "")
			continue
		}
		status, known := lookup(value(c.get(u, "status")), cachetWords)
		if !known || e.Kind == Maintenance {
			status = site.Note
		}
		message := c.get(u, "message")
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: message.str(), from: message})
		c.rest(e, u, updateMark(len(e.Updates)-1))
	}
}
