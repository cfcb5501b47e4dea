package importer

import (
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

func init() { tools["stactus"] = readStactus }

// readStactus reads a site of stactus: stactus.yaml, and incidents in YAML, of which
// several may be in a file. Its documentation: https://github.com/slok/stactus.
func readStactus(r *reader) {
	g := r.newRegistry()
	var incidents []*node
	for _, name := range r.with(".yaml", ".yml") {
		for _, n := range r.documents(name, r.open(name)) {
			switch version := n.get("version").str(); {
			case strings.HasPrefix(version, "incident/"):
				incidents = append(incidents, n)
			case strings.HasPrefix(version, "stactus/"):
				stactusSettings(g, n)
			}
		}
	}
	for _, n := range incidents {
		stactusIncident(g, n)
	}
	g.listUnlisted()
}

// stactusSettings reads stactus.yaml. A system's name may have a group before a slash.
func stactusSettings(g *registry, n *node) {
	k := &g.out.Site
	k.Title, k.URL = n.get("name").trimmed(), strings.TrimSuffix(webAddress(n.get("url").str()), "/")
	for _, s := range n.get("systems").all() {
		c := Component{ID: s.get("name").trimmed(), Name: s.get("name").trimmed(), Description: oneLine(s.get("description").str())}
		if group, name, ok := strings.Cut(c.Name, " / "); ok && group != "" && name != "" {
			c.Name, c.Group = name, g.group(group, "")
		}
		if id := s.get("id").str(); apiID(id) {
			c.APIID = id
		}
		g.declare(s.get("id").str(), c)
	}
	g.leftoverAs("look", nil, n.get("theme"), "")
	g.leftover(nil, n)
}

// stactusIncident reads one incident.
func stactusIncident(g *registry, n *node) {
	e := &Entry{from: n, ID: n.get("id").str(), Title: n.get("name").str()}
	if !apiID(e.ID) {
		e.Name, e.ID = e.ID, ""
	}
	severity, known := statuspageImpacts[strings.ToLower(n.get("impact").trimmed())]
	if !known {
		severity = site.None
		from := n.get("impact")
		if from == nil {
			from = n
		}
		g.lose(e, "unknown-severity", from, "severity")
	}
	var components []string
	for _, s := range n.get("systems").all() {
		if id := s.str(); id != "" {
			components = append(components, g.find(id, id, s))
		}
	}
	if status := statusOf(severity); status != site.Operational && len(components) > 0 {
		e.Impacts = []Impact{{Components: components, Status: status}}
		g.lose(e, "status", n.get("impact"), "components")
	} else {
		e.Severity, e.Components = severity, components
	}
	stactusTimeline(g, e)
	g.leftover(e, n)
	g.add(e)
}

var stactusClock = memo.Regexp(`^\d{1,2}:\d{2}(:\d{2})?$`)

// stactusTimeline reads the updates of an incident. A time may be relative to the one
// before it (+17m), or a time of the same day.
func stactusTimeline(g *registry, e *Entry) {
	var before time.Time
	for _, u := range e.from.get("timeline").all() {
		text := strings.TrimSpace(u.get("ts").str())
		at, ok := time.Time{}, false
		switch {
		case strings.HasPrefix(text, "+"):
			if d, err := time.ParseDuration(text[1:]); err == nil && !before.IsZero() && d >= 0 && d < 10_000*time.Hour {
				at, ok = before.Add(d), true
			}
		case stactusClock().MatchString(text) && !before.IsZero():
			s, read := parseStamp(before.Format(time.DateOnly)+" "+text, time.UTC)
			at, ok = s.Time, read
		default:
			s, read := parseStamp(text, time.UTC) // stactus reads it in UTC
			at, ok = s.Time, read
		}
		if !ok {
			g.lose(e, "field", u.get("ts"), "")
			g.undated(e, u.get("description"), "")
			continue
		}
		before = at
		status := site.Note
		if u.get("investigating").isTrue() {
			status = site.Investigating
		}
		if u.get("resolved").isTrue() {
			status = site.Resolved
		}
		e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: u.get("description").str(), from: u.get("description")})
	}
}
