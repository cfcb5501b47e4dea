package render

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// entryCard is an open incident, or a maintenance window that is active or announced, on
// the home page.
type entryCard struct {
	Title    string     // the title
	TitleIn  *langAttr  // the language of the title, if it is not the page's
	Href     string     // address of the entry's page
	Class    string     // the class of the status
	Tag      string     // the worst status: "Partial outage"; "Maintenance" before a window, or "Notice"
	Phase    string     // "Identified", "Running late"; "" for a notice
	IDs      string     // ids of the affected components, separated by spaces
	Span     span       // from when to when
	Open     bool       // whether the entry is open or under way
	Touches  []affected // what it affects, with the present status
	More     string     // "3 more", if it affects more than Touches names
	Leaf     *leaf      // the day on which an announced window begins
	Update   *update    // the newest update
	Number   string     // "Update 3"
	Line     string     // the start of that update, for a short card; Update is nil there if this is all
	All      string     // "All 3 updates", if there are several
	Promise  promise    // when the next update is due
	Strip    *strip     // the small picture of an open incident
	Run      *progress  // the progress of a maintenance window
	Calendar string     // address of the calendar, before a window begins
}

// affected is what an entry affects, with its present status.
type affected struct {
	Name  string // "Public API (Europe)"
	Class string // the class of its status; "" before a window begins
}

// leaf is a day, as on a leaf of a calendar.
type leaf struct {
	Month   string // "August"
	Day     string // "5"
	Weekday string // "Tuesday"
}

// fullCards is the largest number of open entries that the home page shows in full; more
// are short.
const fullCards = 3

// openCards returns the cards of what is open: the first fullCards in full, the others
// short.
func (v view) openCards() (full, short []entryCard) {
	open := v.ongoing()
	n := min(len(open), fullCards)
	for i := n; i < len(open); i++ {
		if u := open[i].Update; u != nil && u.says(open[i].Line) {
			open[i].Update = nil
		}
	}
	return open[:n], open[n:]
}

// says reports whether an update has no text but a line, as plain text.
func (u *update) says(line string) bool {
	shown := strings.TrimSpace(string(u.Body.HTML))
	return u.Auto == line || html.UnescapeString(strings.Join(strings.Fields(shown), " ")) == "<p>"+line+"</p>"
}

// soon is how long before its start an announced window gets a card. Until then it is one
// line below the components.
const soon = 7 * 24 * time.Hour

// coming returns the announced windows that begin within soon, or only the others.
func (v view) coming(within bool) []*site.Entry {
	var list []*site.Entry
	for _, e := range v.state.Upcoming {
		if (e.Start.Sub(v.now) <= soon) == within {
			list = append(list, e)
		}
	}
	return list
}

// cards returns the cards of a list of entries.
func (v view) cards(entries []*site.Entry) []entryCard {
	var cards []entryCard
	for _, e := range entries {
		cards = append(cards, v.card(e))
	}
	return cards
}

// card returns the card of an entry on the home page.
func (v view) card(e *site.Entry) entryCard {
	one := v.at(e)
	label := one.statusNow()
	c := entryCard{
		Title: v.text(e.Title), TitleIn: v.untranslated(e.Title), Href: v.href(entryPath(e)),
		Class: label.Class, Tag: label.Word, IDs: one.affectedIDs(), Span: v.span(one.duration(), v.now), Open: e.Open(v.now),
		Promise: one.promise(), Strip: one.smallStrip(),
	}
	if !e.Notice() {
		c.Phase = v.phaseWord(e.Phase(v.now))
	}
	c.Touches, c.More = v.affectedNow(e)
	if e.Kind == site.Maintenance {
		c.addWindow(v, one)
	}
	c.addUpdates(one)
	return c
}

// addWindow adds what only the card of a maintenance window shows.
func (c *entryCard) addWindow(v view, one entryView) {
	c.Run = one.progress()
	v.addHealth(c.Run)
	if c.Run.Late {
		c.Phase = v.say("run.late")
	}
	if c.Open {
		return
	}
	start := v.local(one.entry.Start.Time)
	c.Leaf = &leaf{v.lang.Date("leaf", start), v.lang.Day(start.Day()), v.lang.Date("only_weekday", start)}
	if v.url != "" {
		c.Calendar = v.root + v.lang.Path(eventPath(one.entry))
	}
}

// addUpdates adds the newest update of an entry, and how many there are.
func (c *entryCard) addUpdates(one entryView) {
	published := one.published()
	if len(published) == 0 || !c.Open && published[0].Auto {
		return
	}
	newest := one.updatesShown(published[:1], one.entry.Kind.String()+"-"+one.entry.Slug+"-")[0]
	newest.At = one.clockTime(published[0].Time, one.now)
	c.Update = &newest
	c.Line = oneLineExcerpt(one.bodyText(published[0]), longestTeaser)
	n := len(one.shownUpdates())
	if c.Number = newest.Word; !published[0].Report {
		c.Number = one.say("entry.number", "n", n)
	}
	if n > 1 {
		c.All = one.say("card.all", "n", n)
	}
}

// statusNow returns the worst status that an entry causes now, as a card shows it. An
// incident that harms nothing now, and a notice, have the look of their severity; a window
// that has not begun, that of maintenance.
func (v entryView) statusNow() statusLabel {
	e := v.entry
	label := statusLabel{Class: severityClass(v.severity()), Word: v.tag()}
	if e.Notice() || e.Kind == site.Maintenance && !e.Open(v.now) {
		return label
	}
	if e.Kind == site.Maintenance {
		return v.statusLabel(site.UnderMaintenance, site.Text{})
	}
	if worst := v.worstStatus(); worst != site.Operational {
		return v.statusLabel(worst, site.Text{})
	}
	return label
}

// maxAffected is the largest number of components that a card names.
const maxAffected = 6

// affectedNow returns the components that an entry affects, each with its worst present
// status in the affected regions. Of more than maxAffected it returns the worst, and the
// number of the others in words.
func (v view) affectedNow(e *site.Entry) (list []affected, more string) {
	touched, upcoming := v.affected(e), e.Upcoming(v.now)
	worst := map[string]site.Status{}
	for _, c := range touched {
		regions := affectedRegions(e, c)
		one := affected{Name: v.text(c.Name)}
		if len(regions) < len(c.Regions) {
			one.Name = v.say("card.placed", "what", one.Name, "regions", v.someRegions(regions))
		}
		status := v.statusIn(c, regions)
		if !upcoming {
			one.Class = statusClass(status)
		}
		worst[one.Name] = status
		list = append(list, one)
	}
	switch same := !slices.ContainsFunc(list, func(a affected) bool { return a.Class != list[0].Class }); {
	case len(list) <= maxAffected:
		return list, ""
	case same && len(list) == len(v.listedComponents()):
		return []affected{{v.say("uptime.whole"), list[0].Class}}, ""
	}
	slices.SortStableFunc(list, func(a, b affected) int { return cmp.Compare(worst[b.Name], worst[a.Name]) })
	return list[:maxAffected-1], v.say("list.more", "n", len(list)-(maxAffected-1))
}

// statusIn returns the worst present status of a component in some of its regions.
func (v view) statusIn(c *site.Component, regions []string) site.Status {
	worst := site.Operational
	for _, s := range v.state.Components {
		if s.Component != c {
			continue
		}
		for _, r := range s.Regions {
			if r.Region == "" || slices.Contains(regions, r.Region) {
				worst = max(worst, r.Status)
			}
		}
	}
	return worst
}
