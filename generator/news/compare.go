package news

import (
	"slices"
	"strings"
	"time"
)

// Compare returns what differs between what is published and what would be: before is
// published, now is what the new content gives now, and then what it gives for the instant
// of before. Uptime is compared as of that one instant, since it changes with every second
// of an outage.
//
// What pages foresee, and what the clock writes in entries that nobody has edited, is
// marked as the clock's doing.
func Compare(before, then, now State) Changes {
	c := differences(before, now)
	c.Uptime, c.Reports = uptimeChanges(before, then), reportChanges(before, then)
	c.markClock(before.Seen(now.At), now)
	c.markUnedited(differences(before, then))
	c.Calendar = calendarChanges(before, now, c)
	c.Feeds = feedChanges(now, c)
	return c
}

// markClock marks what happens without an edit. seen is what visitors see now.
func (c *Changes) markClock(seen, now State) {
	if c.Answer != nil {
		c.Answer.ByClock = seen.Indicator == now.Indicator && seen.Description == now.Description
	}
	components := byKey(seen.Components, func(c Component) string { return c.ID })
	for i := range c.Components {
		d := &c.Components[i]
		d.ByClock = d.Region == "" && d.From != "" && components[d.ID].Status == d.To
	}
	edited := map[string]bool{}
	for _, e := range c.Entries {
		edited[e.Path] = true
	}
	for i := range c.Updates {
		u := &c.Updates[i]
		path, _, _ := strings.Cut(u.Path, "#")
		u.ByClock = u.auto && u.Change == Added && !edited[path]
	}
}

// markUnedited marks texts that differ now, and did not as of the published build: a link
// in them leads to what has become public since.
func (c *Changes) markUnedited(edits Changes) {
	edited := map[string]bool{}
	for _, e := range edits.Entries {
		edited[e.Path] = true
	}
	for _, u := range edits.Updates {
		edited[u.Path] = true
	}
	for _, p := range slices.Concat(edits.Announcements, edits.Pages) {
		edited[p.Path] = true
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		e.ByClock = e.Change == Edited && !edited[e.Path]
	}
	for i := range c.Updates {
		u := &c.Updates[i]
		u.ByClock = u.ByClock || u.Change == Edited && !edited[u.Path]
	}
	for _, list := range [][]PostChange{c.Announcements, c.Pages} {
		for i := range list {
			p := &list[i]
			p.ByClock = p.Change == Edited && !edited[p.Path]
		}
	}
}

// differences compares two states, whatever the reason of what differs.
func differences(a, b State) Changes {
	c := Changes{
		Components: []ComponentChange{}, Entries: []EntryChange{}, Updates: []UpdateChange{}, Announcements: []PostChange{},
		Pages: []PostChange{}, Uptime: []UptimeChange{}, Reports: []ReportChange{}, Calendar: []CalendarChange{},
	}
	if a.Indicator != b.Indicator || a.Description != b.Description {
		c.Answer = &AnswerChange{a.Description, b.Description, a.Indicator, b.Indicator, false}
	}
	c.addComponents(a, b)
	if a.Complete() {
		c.addEntries(a.Published.Entries, b.Published.Entries)
		c.Announcements = postChanges(a.Published.Announcements, b.Published.Announcements)
		c.Pages = postChanges(a.Published.Pages, b.Published.Pages)
	}
	return c
}

// Empty reports whether nothing differs.
func (c Changes) Empty() bool {
	return c.Answer == nil && len(c.Components)+len(c.Entries)+len(c.Updates)+len(c.Announcements)+len(c.Pages)+
		len(c.Uptime)+len(c.Reports) == 0
}

// addComponents adds the components with another status.
func (c *Changes) addComponents(a, b State) {
	before := byKey(a.Components, func(c Component) string { return c.ID })
	for _, now := range b.Components {
		was, known := before[now.ID]
		delete(before, now.ID)
		switch {
		case !known || was.Status != now.Status:
			c.Components = append(c.Components, ComponentChange{ID: now.ID, Name: now.Name, From: was.Status, To: now.Status})
		default:
			c.addRegions(a, b, was, now)
		}
	}
	for _, was := range a.Components {
		if _, gone := before[was.ID]; gone {
			c.Components = append(c.Components, ComponentChange{ID: was.ID, Name: was.Name, From: was.Status})
		}
	}
}

// addRegions adds the regions of a component that have another status, though the
// component as a whole has not.
func (c *Changes) addRegions(a, b State, was, now Component) {
	key := func(r Region) string {
		if r.Region == nil {
			return ""
		}
		return *r.Region
	}
	names := map[string]string{}
	for _, r := range slices.Concat(a.Regions, b.Regions) {
		names[r.ID] = r.Name
	}
	before := byKey(was.Regions, key)
	for _, r := range now.Regions {
		if old, known := before[key(r)]; known && old.Status != r.Status && key(r) != "" {
			name := names[key(r)]
			if name == "" {
				name = key(r)
			}
			c.Components = append(c.Components,
				ComponentChange{ID: now.ID, Name: now.Name, Region: name, From: old.Status, To: r.Status})
		}
	}
}

// addEntries adds the entries and updates that differ.
func (c *Changes) addEntries(a, b []Record) {
	before := byKey(a, func(r Record) string { return r.Path })
	for _, now := range b {
		was, known := before[now.Path]
		delete(before, now.Path)
		if known && was.Digest != now.Digest || !known {
			change := EntryChange{Change: Added, Kind: now.Kind, Title: now.Title, Path: now.Path, Details: []Detail{}}
			if known {
				change.Change, change.Details = Edited, details(was, now)
			}
			c.Entries = append(c.Entries, change)
		}
		c.addUpdates(was, now)
	}
	for _, was := range a {
		if _, gone := before[was.Path]; gone {
			c.Entries = append(c.Entries,
				EntryChange{Change: Removed, Kind: was.Kind, Title: was.Title, Path: was.Path, Details: []Detail{}})
			c.addUpdates(was, Record{Title: was.Title, Path: was.Path})
		}
	}
}

// addUpdates adds the updates of an entry that differ.
func (c *Changes) addUpdates(was, now Record) {
	add := func(change string, u Update) {
		c.Updates = append(c.Updates,
			UpdateChange{Change: change, Entry: now.Title, Path: now.Path + "#" + u.ID, Status: u.Status, At: u.At, auto: u.Auto})
	}
	before := byKey(was.Updates, func(u Update) string { return u.ID })
	for _, u := range now.Updates {
		old, known := before[u.ID]
		delete(before, u.ID)
		switch {
		case !known:
			add(Added, u)
		case old.Digest != u.Digest || !old.At.Equal(u.At):
			add(Edited, u)
		}
	}
	for _, u := range was.Updates {
		if _, gone := before[u.ID]; gone {
			add(Removed, u)
		}
	}
}

// details returns what is known about how an entry was edited.
func details(was, now Record) []Detail {
	list := []Detail{}
	add := func(what, from, to string) {
		if from != to {
			list = append(list, Detail{what, from, to})
		}
	}
	add("title", was.Title, now.Title)
	add("severity", was.Severity, now.Severity)
	add("start", instant(&was.Start), instant(&now.Start))
	add("end", instant(was.End), instant(now.End))
	add("components", strings.Join(was.Components, ", "), strings.Join(now.Components, ", "))
	return list
}

// instant returns an instant in RFC 3339, or "" for none.
func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// postChanges compares announcements or pages.
func postChanges(a, b []Post) []PostChange {
	list := []PostChange{}
	before := byKey(a, func(p Post) string { return p.Path })
	for _, now := range b {
		was, known := before[now.Path]
		delete(before, now.Path)
		switch {
		case !known:
			list = append(list, PostChange{Change: Added, Title: now.Title, Path: now.Path})
		case was.Digest != now.Digest:
			list = append(list, PostChange{Change: Edited, Title: now.Title, Path: now.Path})
		}
	}
	for _, was := range a {
		if _, gone := before[was.Path]; gone {
			list = append(list, PostChange{Change: Removed, Title: was.Title, Path: was.Path})
		}
	}
	return list
}

// uptimeChanges compares the uptime of the components that both states have. A month that
// only one of them has is a difference only if it lies between months of the other.
func uptimeChanges(a, b State) []UptimeChange {
	list := []UptimeChange{}
	before := byKey(a.Components, func(c Component) string { return c.ID })
	for _, now := range b.Components {
		was, known := before[now.ID]
		if !known {
			continue
		}
		months := byKey(was.Uptime, func(m Month) string { return m.Month })
		for _, m := range now.Uptime {
			old := months[m.Month]
			delete(months, m.Month)
			if old.Percent != m.Percent {
				list = append(list, UptimeChange{now.ID, now.Name, m.Month, old.Percent, m.Percent})
			}
		}
		for _, m := range was.Uptime {
			if _, gone := months[m.Month]; gone {
				list = append(list, UptimeChange{now.ID, now.Name, m.Month, m.Percent, ""})
			}
		}
	}
	return list
}

// reportChanges compares the figures of the reports that both states have.
func reportChanges(a, b State) []ReportChange {
	list := []ReportChange{}
	before := byKey(a.Published.Reports, func(r Report) string { return r.Period })
	for _, now := range b.Published.Reports {
		was, known := before[now.Period]
		if !known {
			continue
		}
		figures := byKey(was.Components, func(f Figure) string { return f.ID })
		for _, f := range now.Components {
			if old := figures[f.ID]; old.Percent != f.Percent {
				list = append(list, ReportChange{now.Period, f.ID, f.Name, old.Percent, f.Percent})
			}
			delete(figures, f.ID)
		}
		for _, f := range was.Components {
			if _, gone := figures[f.ID]; gone {
				list = append(list, ReportChange{now.Period, f.ID, f.Name, f.Percent, ""})
			}
		}
	}
	return list
}

// byKey returns the elements of a list by a key of each.
func byKey[T any](list []T, key func(T) string) map[string]T {
	m := make(map[string]T, len(list))
	for _, one := range list {
		m[key(one)] = one
	}
	return m
}
