package render

import (
	"slices"
	"strings"

	"allclear/generator/site"
)

// promise is when the next update is due.
type promise struct {
	At      moment // when the next update is due; zero if none was promised
	Overdue bool   // whether that time has passed
}

// update is one update as a page shows it.
type update struct {
	ID      string   // the id of the update in the page
	Number  int      // its number on the entry's page, from 1 for the oldest; 0 elsewhere
	Anchor  string   // a second id, if it has one
	Class   string   // the class of the status: ok, maint or note
	Word    string   // the status in words: "Identified"
	At      moment   // when it was published
	Body    words    // its text
	Auto    string   // a default sentence, if it has no text
	Changes []change // the statuses that changed with it
}

// change is a status that an update changed.
type change struct {
	Name string      // name of the component
	From statusLabel // the status before
	To   statusLabel // the status after
}

// tag returns what an entry is, in a word or two: maintenance, a notice, or the worst
// status that an incident causes.
func (v entryView) tag() string {
	e := v.entry
	if e.Kind == site.Maintenance || e.Notice() {
		return v.say("severity." + v.severity().String())
	}
	if worst := v.worstStatus(); worst != site.Operational {
		return v.say("status." + worst.String())
	}
	return v.say("kind.incident")
}

// promise returns when the next update is due; zero if none was promised.
func (v entryView) promise() promise {
	if !v.entry.Promised(v.now) {
		return promise{}
	}
	return promise{v.clockTime(v.entry.NextUpdate.Time, v.now), v.entry.Overdue(v.now)}
}

// updatesShown returns updates as a page shows them. Each id in their texts begins with
// ids, since updates of different entries on one page may have the same ids.
func (v entryView) updatesShown(updates []*site.Update, ids string) []update {
	list := make([]update, len(updates))
	changes := v.entry.ChangesAt(v.named(), updates)
	for i, u := range updates {
		shown := update{ID: u.ID, Class: wordClass(u.Status), Word: v.statusWord(u), At: v.moment(u.Time)}
		if u.Anchor != u.ID {
			shown.Anchor = u.Anchor
		}
		if u.Body.Empty() {
			shown.Auto = v.defaultText(u)
		} else {
			shown.Body = v.prose(u.Body, ids+u.Anchor+"-")
		}
		if v.firstOfInstant(u) {
			shown.Changes = v.changes(changes[i])
		}
		list[i] = shown
	}
	return list
}

// changes returns changes of statuses as a page shows them.
func (v entryView) changes(changes []site.ComponentChange) []change {
	list := make([]change, len(changes))
	for i, c := range changes {
		list[i] = change{v.text(c.Component.Name), v.statusLabel(c.From, site.Text{}), v.statusLabel(c.To, site.Text{})}
	}
	return list
}

// firstOfInstant reports whether no earlier update has the same time. Status changes are
// shown only with the first of them, as in the API.
func (v entryView) firstOfInstant(u *site.Update) bool {
	for _, other := range slices.Backward(v.published()) {
		if other.Time.Equal(u.Time) {
			return other.Anchor == u.Anchor
		}
	}
	return true
}

// announced returns the planned time of a maintenance window, in words.
func (v entryView) announced() string {
	return v.spanLine(site.Interval{Start: v.entry.Start.Time, End: v.entry.End.Time})
}

// wordClass returns the class of an update's status word: green for an end, blue for a
// window under way, else neutral.
func wordClass(w site.UpdateStatus) string {
	switch w {
	case site.Resolved, site.Completed:
		return "ok"
	case site.InProgress, site.Verifying:
		return "maint"
	}
	return "note"
}

// affectedNames returns the names of the affected components. A component that is
// affected only in some regions is followed by their names. More than maxNames+1
// components are counted instead.
func (v entryView) affectedNames() string {
	touched := v.affected()
	if len(touched) > maxNames+1 {
		return v.say("services", "n", len(touched))
	}
	var names []string
	for _, c := range touched {
		name := v.text(c.Name)
		if regions := affectedRegions(v.entry, c); len(regions) < len(c.Regions) {
			name = v.say("card.placed", "what", name, "regions", v.someRegions(regions))
		}
		names = append(names, name)
	}
	return v.lang.Join(names)
}

// affectedNames returns the same as that of entryView, or "all services" if the entry
// affects all that are listed, and no other.
func (v view) affectedNames(e *site.Entry) string {
	touched, others := v.affected(e), v.listedComponents()
	if len(touched) > 1 && slices.EqualFunc(touched, others, func(c *site.Component, listed site.ComponentState) bool {
		return c.ID == listed.Component.ID
	}) {
		return v.say("answer.all")
	}
	return v.at(e).affectedNames()
}

// affectedRegions returns the regions of a component that at least one impact of the
// entry names.
func affectedRegions(e *site.Entry, c *site.Component) []string {
	var hit []string
	for _, r := range c.Regions {
		for i := range e.Impacts {
			if named := e.Impacts[i].RegionsOf(c); slices.Contains(named, r.ID) {
				hit = append(hit, r.ID)
				break
			}
		}
	}
	return hit
}

// affectedIDs returns the ids of the affected components, separated by spaces.
func (v entryView) affectedIDs() string {
	var ids []string
	for _, c := range v.affected() {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}
