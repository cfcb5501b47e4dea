package render

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// maxFutureStates is the largest number of future states in a page.
const maxFutureStates = 8

// future is what the clock will do to the site, as far as that is known now.
type future struct {
	indexes    []*index  // the site at the future instants whose states pages carry
	home       []*index  // the same, and when an announced window comes near enough for a card on the home page
	next       time.Time // the next instant at which the site changes on its own, or zero
	validUntil string    // the first change that pages do not carry, as RFC 3339 in UTC, or ""
}

// newFuture finds the future changes of a site after the index's instant.
func newFuture(s *site.Site, x *index) future {
	var f future
	foreseen := s.NextChanges(x.now, maxFutureStates+1)
	if len(foreseen) > 0 {
		f.next = foreseen[0]
	}
	f.indexes, f.home = futureIndexes(s, x)
	f.validUntil = validUntil(x, f.indexes, foreseen, s.Announcements)
	return f
}

// futureIndexes returns the site at the instants whose states pages carry, and at those whose
// states the home page carries. Only what is public now is in them: no text of a later update
// is published early.
func futureIndexes(s *site.Site, x *index) (list, home []*index) {
	known, copies := publicSite(s, x.now)
	newest := slices.Clone(x.newest)
	places := map[*site.Entry]int{}
	for i, e := range newest {
		if copied, unsettled := copies[e]; unsettled {
			newest[i] = &known.Entries[copied]
			places[newest[i]] = i + 1
		}
	}
	indexAt := func(at time.Time) *index {
		then := &index{
			settings: x.settings, now: at, content: content{known.Entries, s.Series}, state: known.At(at), current: x,
			newest: newest, announcements: known.ListedAnnouncements(at), lastChanging: x.lastChanging,
			facts: make(map[*site.Entry]*entryFacts, len(known.Entries)),
		}
		for i := range known.Entries {
			e := &known.Entries[i]
			then.facts[e] = &entryFacts{entryAt: entryAt{e, at, x.settings.site, &entryMemo{}}, place: places[e]}
		}
		then.lists = then.newLists()
		return then
	}
	instants := known.NextChanges(x.now, maxFutureStates)
	for _, at := range instants {
		list = append(list, indexAt(at))
	}
	home = slices.Clone(list)
	for _, at := range comingNear(x, instants) {
		home = append(home, indexAt(at))
	}
	slices.SortFunc(home, func(a, b *index) int { return a.now.Compare(b.now) })
	return list, home
}

// comingNear returns when announced windows come near enough for a card on the home page, as
// far as the home page knows the site by then: before the last of the instants whose states
// it carries, unless these are all that there are.
func comingNear(x *index, instants []time.Time) []time.Time {
	var near []time.Time
	for _, e := range x.state.Upcoming {
		at := e.Start.Add(-soon)
		known := len(instants) < maxFutureStates || at.Before(instants[len(instants)-1])
		if at.After(x.now) && known && !slices.Contains(instants, at) && !slices.Contains(near, at) && len(near) < maxFutureStates {
			near = append(near, at)
		}
	}
	return near
}

// publicSite returns the site without what is scheduled to appear after now (updates,
// reports, entries), and without entries that the clock can no longer change. The map
// leads from each of the site's entries that is left to the index of its copy.
func publicSite(s *site.Site, now time.Time) (*site.Site, map[*site.Entry]int) {
	known := *s
	known.Entries = nil
	copies := map[*site.Entry]int{}
	for i := range s.Entries {
		e := &s.Entries[i]
		if !e.Visible(now) || e.Settled(now) {
			continue
		}
		copies[e] = len(known.Entries)
		known.Entries = append(known.Entries, e.KnownAt(now))
	}
	known.Announcements = nil
	for i := range s.Announcements {
		if s.Announcements[i].Visible(now) {
			known.Announcements = append(known.Announcements, s.Announcements[i])
		}
	}
	return &known, copies
}

// validUntil returns the first instant, as RFC 3339 in UTC, at which a page no longer
// shows the site's state: a text is published, a component comes into service or is
// retired, or there are more changes than the page carries. It is "" if that never happens.
func validUntil(x *index, carried []*index, foreseen []time.Time, announcements []site.Announcement) string {
	var unsettled []*site.Entry
	for i := range x.entries {
		if e := &x.entries[i]; !e.Settled(x.now) {
			unsettled = append(unsettled, e)
		}
	}
	var first time.Time
	consider := func(at time.Time) {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	for _, at := range foreseen {
		known := slices.ContainsFunc(carried, func(then *index) bool { return then.now.Equal(at) })
		if !known || publishesText(unsettled, at) || announces(announcements, at) {
			consider(at)
		}
	}
	for _, c := range x.settings.site.Components {
		for _, at := range []time.Time{c.Since, c.Until} {
			if at.After(x.now) {
				consider(at)
			}
		}
	}
	if first.IsZero() {
		return ""
	}
	return rfc3339(first)
}

// publishesText reports whether a text that a person wrote is published at t.
func publishesText(entries []*site.Entry, t time.Time) bool {
	for _, e := range entries {
		if e.NoIndex || !e.Visible(t) {
			continue
		}
		if e.RevealsText(t) || !e.Visible(t.Add(-1)) { // a page cannot contain what was not public
			return true
		}
		for _, u := range e.Published(t) {
			if u.Time.Equal(t) && !u.Auto {
				return true
			}
		}
	}
	return false
}

// announces reports whether an announcement is posted at t. That one is updated changes
// only its own page, which knows it.
func announces(announcements []site.Announcement, t time.Time) bool {
	return slices.ContainsFunc(announcements, func(a site.Announcement) bool {
		return !a.NoIndex && a.Posted.Equal(t)
	})
}

// nextHistoryChange returns the first future instant at which a month of the history has
// more entries, or the zero time. Pages of the history count them, but do not carry the
// future counts.
func (f future) nextHistoryChange(months []month) time.Time {
	count := func(months []month) (n int) {
		for _, m := range months {
			n += len(m.entries)
		}
		return n
	}
	for _, then := range f.indexes {
		if count(then.months()) != count(months) {
			return then.now
		}
	}
	return time.Time{}
}

// earliest returns the earliest of some instants as RFC 3339 in UTC, ignoring "" and the
// zero time; "" if there is none.
func earliest(first string, others ...time.Time) string {
	for _, at := range others {
		if !at.IsZero() && (first == "" || rfc3339(at) < first) {
			first = rfc3339(at)
		}
	}
	return first
}
