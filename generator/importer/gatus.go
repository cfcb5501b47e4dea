package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

func init() { tools["gatus"] = readGatus }

// readGatus reads the configuration of Gatus: endpoints, announcements and maintenance.
// Its documentation: https://github.com/TwiN/gatus.
func readGatus(r *reader) {
	g := r.newRegistry()
	for _, name := range r.with(".yaml", ".yml") {
		for _, n := range r.documents(name, r.open(name)) {
			gatusFile(g, n)
		}
	}
	g.listUnlisted()
}

// gatusFile reads one file, of which there may be several.
func gatusFile(g *registry, n *node) {
	if title := n.at("ui", "header"); g.out.Site.Title == "" && !title.empty() {
		g.out.Site.Title = title.trimmed()
	}
	if title := n.at("ui", "title"); g.out.Site.Title == "" && !title.empty() {
		g.out.Site.Title = title.trimmed()
	}
	if d := n.at("ui", "description"); !d.empty() {
		g.out.Site.Description = oneLine(d.str())
	}
	for _, key := range []string{"endpoints", "external-endpoints", "suites"} {
		for _, e := range n.get(key).all() {
			name := e.get("name").trimmed()
			if enabled := e.get("enabled"); name == "" || enabled != nil && enabled.str() == "false" {
				if name != "" {
					g.lose(nil, "monitor", e.get("name"), "")
				}
				e.take()
				continue
			}
			c := Component{Name: name}
			if group := e.get("group").trimmed(); group != "" {
				c.Group = g.group(group, "")
				c.ID = group + " " + name
			}
			id := g.declare(e.get("group").str()+"_"+e.get("name").str(), c)
			g.leftoverAs("monitor", nil, e, "component "+id)
		}
	}
	gatusAnnouncements(g, n.get("announcements").all())
	gatusMaintenance(g, n.get("maintenance"))
	g.leftoverAs("look", nil, n.get("ui"), "")
	g.leftoverAs("monitor", nil, n, "")
}

// gatusTypes are the types of announcements.
var gatusTypes = map[string]string{"outage": "outage", "warning": "warning", "operational": "operational",
	"information": "information", "none": "none"}

// gatusAnnouncements makes entries of the list of announcements. An outage or a warning
// opens an incident; what follows up to the next "operational" is part of it.
func gatusAnnouncements(g *registry, list []*node) {
	list = slices.Clone(list)
	at := func(n *node) time.Time {
		s, _ := parseStamp(n.get("timestamp").str(), time.UTC)
		return s.Time
	}
	slices.SortStableFunc(list, func(a, b *node) int { return at(a).Compare(at(b)) })
	var open *Entry
	for _, n := range list {
		when, message := at(n), n.get("message")
		kind, known := lookup(n.get("type"), gatusTypes)
		n.skip("archived")
		if when.IsZero() {
			g.problem(&Problem{Place: n.place(), Message: "the announcement has no timestamp that can be read",
				Hint: "write it as 2025-11-07T14:00:00Z"})
			continue
		}
		if !known {
			g.lose(nil, "word", n.get("type"), "")
		}
		update := Update{Status: site.Note, Time: when, Text: message.str(), from: message}
		opens := kind == "outage" || kind == "warning"
		switch {
		case open != nil && (opens || kind == "operational"):
			if kind == "operational" {
				update.Status = site.Resolved
			}
			open.Updates = append(open.Updates, update)
			if kind == "outage" {
				open.Severity = site.Critical
			}
			if kind == "operational" {
				open = nil
			}
		case opens:
			open = &Entry{from: n, Title: firstSentence(message.str()), Severity: site.Minor}
			if kind == "outage" {
				open.Severity = site.Critical
			}
			update.Status = site.Investigating
			open.Updates = []Update{update}
			g.lose(open, "pairing", n.get("type"), "title")
			g.lose(open, "title", message, "title")
			g.add(open)
		default:
			e := &Entry{Kind: Announcement, from: n, Title: firstSentence(message.str()), Posted: when, Summary: message.str()}
			g.lose(e, "title", message, "title")
			g.add(e)
		}
	}
}

// firstSentence returns the first sentence of a text, as a title.
func firstSentence(text string) string {
	text = oneLine(text)
	for i, r := range text {
		if strings.ContainsRune(".!?", r) && i > 8 && strings.HasPrefix(text[i+1:]+" ", " ") {
			text = text[:i]
			break
		}
	}
	return shorten(text, 80)
}

// gatusMaintenance makes a series of the maintenance window. It begins on the day of the
// import, since nothing says which past nights it was for.
func gatusMaintenance(g *registry, n *node) {
	start := n.get("start").trimmed()
	if enabled := n.get("enabled"); start == "" || enabled != nil && enabled.str() == "false" {
		n.take()
		return
	}
	g.useZone(n.get("timezone"))
	e := &Entry{Kind: Maintenance, from: n, Name: "maintenance", Title: "Maintenance", Repeat: &Repeat{Every: "day"}}
	s, ok := parseStamp(g.opt.Now.In(g.zone).Format(time.DateOnly)+" "+start, g.zone)
	length, err := source.ParseDuration(n.get("duration").trimmed())
	if !ok || err != nil || length < time.Minute || length > 24*time.Hour {
		g.problem(&Problem{Place: n.place(), Message: "the maintenance has no start and duration that can be read",
			Hint: "write start: 23:00 and duration: 1h"})
		return
	}
	e.Start, e.Repeat.Duration = s.Time, length
	for _, day := range n.get("every").all() {
		if d := strings.ToLower(day.trimmed()); d != "" {
			e.Repeat.Every = "week"
			e.Repeat.On = append(e.Repeat.On, d)
		}
	}
	g.lose(e, "title", nil, "title")
	g.lose(e, "start", n.get("start"), "start")
	g.leftover(e, n)
	g.add(e)
}
