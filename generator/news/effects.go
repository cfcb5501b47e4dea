package news

import (
	"slices"
	"strings"
	"time"
)

// feedLength is how many items a feed has, the newest.
const feedLength = 50

// FeedChanges is what readers of the site's feeds get.
type FeedChanges struct {
	New      int `json:"new"`      // items that readers have not seen
	Edited   int `json:"edited"`   // items with another text; readers keep what they have, or replace it silently
	Vanished int `json:"vanished"` // items that are gone; readers keep them
}

// CalendarChange is a window that calendars show differently.
type CalendarChange struct {
	Change string     `json:"change"` // new, moved, canceled, edited or vanished
	Title  string     `json:"title"`
	Path   string     `json:"path"`
	Start  time.Time  `json:"start"`
	End    *time.Time `json:"end"`
	// From is when it was to start before it was moved, Until when it was to end.
	From  *time.Time `json:"from"`
	Until *time.Time `json:"until"`
	// Silent says that it was moved without an update: calendar programs may not take the
	// new time, and nobody hears of it.
	Silent bool `json:"silent"`
}

// feedChanges counts the items of the site's feed that differ. An update that is dated
// back behind the newest items is in no feed.
func feedChanges(now State, c Changes) FeedChanges {
	oldest := oldestItem(now)
	var f FeedChanges
	count := func(change string, at time.Time) {
		switch {
		case change == Removed:
			f.Vanished++
		case at.Before(oldest):
		case change == Added:
			f.New++
		default:
			f.Edited++
		}
	}
	for _, u := range c.Updates {
		count(u.Change, u.At)
	}
	posted := map[string]time.Time{}
	for _, p := range now.Published.Announcements {
		posted[p.Path] = p.Posted
	}
	for _, p := range c.Announcements {
		count(p.Change, posted[p.Path])
	}
	return f
}

// oldestItem returns the date of the oldest item that fits into the feed.
func oldestItem(s State) time.Time {
	var dates []time.Time
	for _, e := range s.Published.Entries {
		for _, u := range e.Updates {
			dates = append(dates, u.At)
		}
	}
	for _, a := range s.Published.Announcements {
		dates = append(dates, a.Posted)
	}
	if len(dates) <= feedLength {
		return time.Time{}
	}
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	return dates[feedLength-1]
}

// calendarChanges returns the windows that calendars show differently because of an edit.
func calendarChanges(before, now State, c Changes) []CalendarChange {
	list := []CalendarChange{}
	was := byKey(before.Published.Entries, func(r Record) string { return r.Path })
	is := byKey(now.Published.Entries, func(r Record) string { return r.Path })
	heard := map[string]bool{} // windows with a new update
	for _, u := range c.Updates {
		if path, _, _ := strings.Cut(u.Path, "#"); u.Change == Added {
			heard[path] = true
		}
	}
	for _, e := range c.Entries {
		if e.Kind != "maintenance" {
			continue
		}
		old, new := was[e.Path], is[e.Path]
		d := CalendarChange{Change: e.Change, Title: e.Title, Path: e.Path, Start: new.Start, End: new.End}
		if e.Change == Removed {
			d.Start, d.End = old.Start, old.End
		}
		if e.Change == Edited && (!old.Start.Equal(new.Start) || instant(old.End) != instant(new.End)) {
			d.Change, d.From, d.Until = "moved", &old.Start, old.End
			d.Silent = !heard[e.Path] && new.Status == "scheduled"
		}
		list = append(list, d)
	}
	for path, e := range is {
		if old, known := was[path]; known && e.Status == "canceled" && old.Status != "canceled" {
			list = slices.DeleteFunc(list, func(d CalendarChange) bool { return d.Path == path })
			list = append(list, CalendarChange{Change: "canceled", Title: e.Title, Path: path, Start: e.Start, End: e.End})
		}
	}
	slices.SortStableFunc(list, func(a, b CalendarChange) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// Vanished returns the addresses of a published site that a new one does not have: pages,
// feeds and calendars that people and programs may have kept. has reports whether the new
// site has a file. A redirect at an address is a file, so what moved is kept.
//
// If a language is gone, its folder stands for all addresses below it.
func Vanished(before State, has func(file string) bool) []string {
	gone := []string{}
	file := func(address string) string {
		if address == "" || strings.HasSuffix(address, "/") {
			return address + "index.html"
		}
		return address
	}
	for i, tag := range before.Published.Languages {
		folder := ""
		if i > 0 {
			folder = tag + "/"
		}
		if i > 0 && !has(folder+"index.html") {
			gone = append(gone, folder)
			continue
		}
		for _, address := range before.Published.Addresses {
			if !has(file(folder + address)) {
				gone = append(gone, folder+address)
			}
		}
	}
	for _, address := range before.Published.Single {
		if !has(file(address)) {
			gone = append(gone, address)
		}
	}
	return gone
}
