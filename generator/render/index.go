package render

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"allclear/generator/memo"
	"allclear/generator/parallel"
	"allclear/generator/site"
)

// index is the finished site at one instant: the build's, or a future one that pages
// carry. It is complete before any output runs, and no output changes it.
type index struct {
	settings      *settings
	now           time.Time
	content       // everything that content says, whether it is public or not
	state         site.State
	facts         map[*site.Entry]*entryFacts
	newest        []*site.Entry        // the listed entries, by when they began, newest first
	announcements []*site.Announcement // the listed announcements, newest first

	lastChanging int // the place in newest, counted from 1, of the oldest entry that the clock may change; 0 for none

	withCard []*site.Entry // entries with a social card
	lists                  // what many pages ask

	current *index // on a future index, the index at the build's instant; else nil
}

// lists are made when they are first asked for, and once. They must not be changed.
type lists struct {
	byComponent func() map[*site.Component][]*site.Entry // the listed entries that affect each component, newest first
	byKind      func(site.Kind) []dated                  // the listed entries of a kind, as findByKind returns them
	months      func() []month                           // the months that have listed entries or announcements, newest first

	// listedComponents are the components that are in lists and counts at the index's
	// instant: in service, and not unlisted.
	listedComponents func() []site.ComponentState
}

// content is what an index is made of.
type content struct {
	entries []site.Entry // in the order of their files, including those that are not public yet
	series  []site.MaintenanceSeries
}

// entryFacts are what outputs ask about an entry at the instant of an index.
type entryFacts struct {
	entryAt
	place int // the entry's place in newest, counted from 1; 0 if it is not listed

	settling sync.Once
	settled  entryAt // the entry at the instant that index.settledAt returns
}

// newIndex returns the site at an instant.
func newIndex(st *settings, s *site.Site, now time.Time) *index {
	x := &index{settings: st, now: now, content: content{s.Entries, s.Series}, state: s.At(now), announcements: s.ListedAnnouncements(now)}
	all, memos := make([]entryFacts, len(s.Entries)), make([]entryMemo, len(s.Entries))
	x.facts = make(map[*site.Entry]*entryFacts, len(s.Entries))
	for i := range s.Entries {
		e := &s.Entries[i]
		all[i].entryAt = entryAt{e, now, st.site, &memos[i]}
		x.facts[e] = &all[i]
	}
	x.newest = x.newestEntries()
	for i, e := range x.newest {
		x.facts[e].place = i + 1
		if !e.Settled(now) {
			x.lastChanging = i + 1
		}
	}
	x.withCard = x.entriesWithCard()
	x.lists = x.newLists()
	return x
}

// newLists returns the lists of an index that is complete otherwise.
func (x *index) newLists() lists {
	return lists{
		sync.OnceValue(x.findByComponent), memo.Once(x.findByKind), sync.OnceValue(x.findMonths),
		sync.OnceValue(x.findListedComponents),
	}
}

// published returns what an entry has published so far, newest first. The list must not
// be changed.
func (x *index) published(e *site.Entry) []*site.Update { return x.factsOf(e).published() }

// affected returns the components that an entry has affected so far, in the manifest's
// order. The list must not be changed.
func (x *index) affected(e *site.Entry) []*site.Component { return x.factsOf(e).affected() }

// prepare calls find, which remembers its answers, for all listed entries, on all
// processors. A list of all of them is then made at once.
func (x *index) prepare(find func(*site.Entry)) {
	parallel.Each(len(x.newest), func(i int) { find(x.newest[i]) })
}

// place returns an entry's place among the newest, counted from 1, or 0 if it is not
// listed. It is the same at every instant.
func (x *index) place(e *site.Entry) int { return x.factsOf(e).place }

// factsOf returns what is known about an entry. A future index asks the current one about
// entries that can no longer change.
func (x *index) factsOf(e *site.Entry) *entryFacts {
	if known := x.facts[e]; known != nil || x.current == nil {
		return known
	}
	return x.current.facts[e]
}

// find returns the index's own copy of an entry, or nil.
func (x *index) find(e *site.Entry) *site.Entry {
	for i := range x.entries {
		if own := &x.entries[i]; own.Kind == e.Kind && own.Slug == e.Slug {
			return own
		}
	}
	return nil
}

// listed reports whether an entry is public at t and may be in lists, feeds and the API.
func listed(e *site.Entry, t time.Time) bool { return !e.NoIndex && e.Visible(t) }

// newestEntries returns the listed entries, by when they began, newest first.
func (x *index) newestEntries() []*site.Entry {
	type begun struct {
		entry *site.Entry
		start int64 // Unix time in microseconds, faster to compare than a time
		place int
	}
	listing := make([]begun, 0, len(x.entries))
	for i := len(x.entries) - 1; i >= 0; i-- { // file names begin with dates, so this is nearly in order
		if e := &x.entries[i]; listed(e, x.now) {
			listing = append(listing, begun{e, e.Interval(x.now).Start.UnixMicro(), i})
		}
	}
	slices.SortFunc(listing, func(a, b begun) int { return cmp.Or(cmp.Compare(b.start, a.start), cmp.Compare(b.place, a.place)) })
	list := make([]*site.Entry, len(listing))
	for i := range listing {
		list[i] = listing[i].entry
	}
	return list
}

// findByComponent returns the listed entries that affect each component, newest first.
func (x *index) findByComponent() map[*site.Component][]*site.Entry {
	x.prepare(func(e *site.Entry) { x.affected(e) })
	found := map[*site.Component][]*site.Entry{}
	for _, e := range x.newest {
		for _, c := range x.affected(e) {
			found[c] = append(found[c], e)
		}
	}
	return found
}

// dated is an entry with a time.
type dated struct {
	entry *site.Entry
	time  int64 // Unix time in nanoseconds, faster to compare than a time
}

// newestFirst compares entries by their times, and those of one time by slug.
func newestFirst(a, b dated) int {
	return cmp.Or(cmp.Compare(b.time, a.time), cmp.Compare(a.entry.Slug, b.entry.Slug))
}

// findByKind returns the listed entries of a kind, each with a time that is not before its
// listedSince, newest first. An incident is published no later than its first update.
func (x *index) findByKind(kind site.Kind) []dated {
	var list []dated
	for i := range x.entries {
		e := &x.entries[i]
		switch {
		case e.Kind != kind || !listed(e, x.now):
		case kind == site.Incident && len(e.Updates) > 0 && !e.Updates[0].Time.After(x.now):
			list = append(list, dated{e, e.Updates[0].Time.UnixNano()})
		default:
			list = append(list, dated{e, x.listedSince(e).UnixNano()})
		}
	}
	slices.SortFunc(list, newestFirst)
	return list
}

// listedSince returns the time by which lists of the API sort an entry: the start of a
// window, or the first publication of an incident.
func (x *index) listedSince(e *site.Entry) time.Time {
	if e.Kind == site.Maintenance {
		return e.Interval(x.now).Start
	}
	list := x.published(e)
	return list[len(list)-1].Time
}

// pastCards is the number of entries that are over and have a social card.
const pastCards = 10

// entriesWithCard returns the entries that have a social card: all that are open or
// announced, and the newest others. There are none without a site URL, since link
// previews need absolute addresses.
func (x *index) entriesWithCard() []*site.Entry {
	if x.settings.url == "" {
		return nil
	}
	var list []*site.Entry
	others := 0
	for _, e := range x.newest {
		current := e.Open(x.now) || e.Upcoming(x.now)
		if !current {
			others++
		}
		if current || others <= pastCards {
			list = append(list, e)
		}
	}
	return list
}

// watch reports whether something is open, so that pages ask for a newer build.
func (x *index) watch() bool { return len(x.state.Open)+len(x.state.Active) > 0 }

// findListedComponents returns what listedComponents does.
func (x *index) findListedComponents() []site.ComponentState {
	var list []site.ComponentState
	for _, c := range x.state.Components {
		if c.Listed {
			list = append(list, c)
		}
	}
	return list
}
