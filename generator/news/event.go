package news

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// The kinds of events.
const (
	Incident     = "incident"
	Maintenance  = "maintenance"
	Reminder     = "reminder" // of a window that begins soon
	Announcement = "announcement"
	Test         = "test" // nothing has happened
)

// Event is something that subscribers get once: an update of an incident or of
// maintenance, an announcement, or a reminder of a window.
type Event struct {
	// ID never changes, also if the text is edited: incidents/x/#u-20261128T100000Z,
	// maintenance/x/#remind-24h-20261201T020000Z, announcements/x/.
	ID string
	// Also has other IDs under which the same event may have been sent. The first update
	// of an entry has two, since another one may be inserted before it later; and what was
	// renamed has those of its aliases.
	Also []string
	// Digest is the same for updates with the same word and text, and "" for what is not an
	// update. If an update's time is corrected, its ID changes and its digest stays.
	Digest string

	Kind  string
	At    time.Time // when it was published, in UTC
	Path  string    // the address of its page, without a fragment: incidents/x/
	Title string    // one line in the site's first language, without its word: API errors

	site         *site.Site
	entry        *site.Entry
	update       *site.Update // nil in a reminder
	before       time.Time    // when the entry published something before; zero if it never did
	announcement *site.Announcement
}

// Events returns what was published after from and up to at, oldest first. A zero from
// means from the beginning. Nothing of a draft, of an entry that is in no list, or later
// than at is among it.
//
// Reminders are for windows that have not begun at at. Of several reminders of one window
// that are due, only the last is returned.
func Events(s *site.Site, from, at time.Time) []Event {
	var list []Event
	add := func(e Event, aliases []site.Ref) {
		if e.At.After(from) && !e.At.After(at) {
			e.site, e.At = s, e.At.UTC()
			e.Also = append(e.Also, e.underAliases(aliases)...)
			list = append(list, e)
		}
	}
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.NoIndex || e.Draft || !e.Visible(at) {
			continue
		}
		for _, event := range updateEvents(e, at) {
			add(event, e.Aliases)
		}
		if reminder, due := reminderOf(s.Notify.Remind, e, at); due {
			add(reminder, e.Aliases)
		}
	}
	for i := range s.Announcements {
		a := &s.Announcements[i]
		if a.Listed(at) && !a.Draft {
			title := oneLine(a.Title.Default)
			add(Event{ID: a.Path(), Kind: Announcement, At: a.Posted.Time, Path: a.Path(), Title: title, announcement: a}, a.Aliases)
		}
	}
	slices.SortStableFunc(list, func(a, b Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Path, b.Path)) })
	return list
}

// begunID is what the ID of the event ends with that the clock wrote, since nobody had yet:
// an incident has begun.
const begunID = "begun"

// updateEvents returns what an entry has published by at, oldest first.
func updateEvents(e *site.Entry, at time.Time) []Event {
	var list []Event
	var before time.Time
	published := e.Published(at)
	slices.Reverse(published)
	for _, u := range published {
		if !e.InFeeds(u, at) {
			continue
		}
		event := Event{Kind: e.Kind.String(), At: firstSeen(e, u), Path: entryPath(e), Title: oneLine(e.Title.Default)}
		event.ID, event.entry, event.update, event.before = event.Path+"#"+u.ID, e, u, before
		event.Digest = u.ContentHash().Digest()
		switch {
		case u.Auto && u.Status == site.Investigating:
			// the first update that a person writes takes its place, and is news
			event.ID = event.Path + "#" + begunID
		case u.ID != u.Anchor:
			event.Also = []string{event.Path + "#" + u.Anchor}
		}
		list, before = append(list, event), event.At
	}
	return list
}

// underAliases returns the IDs that the event had while its page was at one of its aliases.
func (e Event) underAliases(aliases []site.Ref) []string {
	var list []string
	for _, alias := range aliases {
		old := strings.TrimPrefix(alias.ID, "/")
		for _, id := range append([]string{e.ID}, e.Also...) {
			list = append(list, old+strings.TrimPrefix(id, e.Path))
		}
	}
	return list
}

// firstSeen returns when an update became public: at its time, or with its entry, if that
// was posted later, such as a window that has begun already.
func firstSeen(e *site.Entry, u *site.Update) time.Time {
	if !e.Visible(u.Time) {
		return e.Announced()
	}
	return u.Time
}

// reminderOf returns the newest reminder of a window that is due at at.
func reminderOf(ahead []time.Duration, e *site.Entry, at time.Time) (Event, bool) {
	if !e.Upcoming(at) {
		return Event{}, false
	}
	for _, length := range slices.Backward(ahead) { // the shortest first
		due := e.Start.Add(-length)
		if at.Before(due) {
			continue
		}
		if !e.Visible(due) || !due.After(e.Announced()) {
			return Event{}, false // its announcement is newer
		}
		return Event{
			ID:   fmt.Sprintf("%s#remind-%s-%s", entryPath(e), shortLength(length), e.Start.UTC().Format("20060102T150405Z")),
			Kind: Reminder, At: due, Path: entryPath(e), Title: oneLine(e.Title.Default), entry: e,
		}, true
	}
	return Event{}, false
}

// shortLength writes a length of time as site.yml does: 24h, 1h30m.
func shortLength(d time.Duration) string {
	text := d.String()
	for _, none := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, none) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// TestEvent returns an event that says that it is a test. Each instant has another one.
func TestEvent(s *site.Site, at time.Time) Event {
	at = at.UTC()
	return Event{ID: "#test-" + at.Format("20060102T150405.000000000Z"), Kind: Test, At: at, Title: oneLine(s.Title.Default), site: s}
}

// Word returns what kind of news the event is, in the words of the API: investigating,
// resolved, update, announcement, reminder or test.
func (e Event) Word() string {
	switch u := e.update; {
	case u == nil:
		return e.Kind
	case e.entry.Notice() && u.Auto && u.Status == site.Investigating:
		return site.Note.String() // nobody investigates anything
	}
	return e.update.Status.String()
}

// Unpublished returns those of events that a published site does not have. Events are all
// of the site as it is now. Reminders are news if they are due only now. An update whose
// time was corrected is no news.
func Unpublished(published State, events []Event) []Event {
	known, now, corrected := map[string]bool{}, IDs(events), map[string]bool{}
	for _, r := range published.Published.Entries {
		for _, u := range r.Updates {
			if u.Auto && u.ID == site.FirstID && r.Kind == Incident {
				known[r.Path+"#"+begunID] = true // the words of a person take its place, and are news
				continue
			}
			known[r.Path+"#"+u.ID], known[r.Path+"#"+site.Anchor(u.At)] = true, true
			if !now[r.Path+"#"+u.ID] {
				corrected[r.Path+u.Digest] = true
			}
		}
	}
	for _, a := range published.Published.Announcements {
		known[a.Path] = true
	}
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool {
		if e.Kind == Reminder {
			return !e.At.After(published.At)
		}
		if e.Digest != "" && corrected[e.Path+e.Digest] && !e.At.After(published.At) {
			return true
		}
		return known[e.ID] || slices.ContainsFunc(e.Also, func(id string) bool { return known[id] })
	})
}

// IDs returns the IDs of events, with those under which they may have been sent.
func IDs(events []Event) map[string]bool {
	ids := make(map[string]bool, 2*len(events))
	for _, e := range events {
		ids[e.ID] = true
		for _, id := range e.Also {
			ids[id] = true
		}
	}
	return ids
}

// entryPath returns the address of an entry's page: incidents/x/.
func entryPath(e *site.Entry) string { return e.Kind.Folder() + "/" + e.Slug + "/" }

// oneLine returns a text without line breaks and repeated spaces.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
