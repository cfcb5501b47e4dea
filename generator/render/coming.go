package render

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// coming is the same build at the instants that its pages carry: what the clock
// will make of the words known now. The text of a later update is in none.
func (b *build) coming() []*build {
	known, copies := b.known()
	newest, changing := slices.Clone(b.newest), map[*site.Entry]int{}
	for i, e := range newest {
		if copied, unsettled := copies[e]; unsettled {
			newest[i] = &known.Entries[copied]
			changing[newest[i]], b.oldest = i+1, i+1
		}
	}
	var list []*build
	for _, at := range known.Foreseen(b.now, foresight) {
		then := *b
		then.origin, then.site, then.now, then.state, then.tellings = b, known, at, known.At(at), nil
		then.newest, then.changing, then.later = newest, changing, nil
		then.touching = sync.OnceValue(then.byComponent)
		list = append(list, &then)
	}
	return list
}

// known is the site without what is set for later than now: an update, a report,
// an entry that does not exist yet. What is settled has no part in what comes. It
// says too which of its entries is which of the build's.
func (b *build) known() (*site.Site, map[*site.Entry]int) {
	s := *b.site
	s.Entries = nil
	copies := map[*site.Entry]int{}
	for i := range b.site.Entries {
		lasting := &b.site.Entries[i]
		if !lasting.Visible(b.now) || lasting.Settled(b.now) {
			continue
		}
		copies[lasting] = len(s.Entries)
		s.Entries = append(s.Entries, lasting.Foretold(b.now))
	}
	return &s, copies
}

// blind is the first instant from which the page does not know the site's
// state any more: something that it may not tell yet happens, a component comes
// into service, or more happens than it carries. It is "" where that never comes.
func (b *build) blind() string {
	var unsettled []*site.Entry
	for i := range b.site.Entries {
		if e := &b.site.Entries[i]; !e.Settled(b.now) {
			unsettled = append(unsettled, e)
		}
	}
	var first time.Time
	consider := func(at time.Time) {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	for _, at := range b.site.Foreseen(b.now, foresight+1) {
		carried := slices.ContainsFunc(b.later, func(then *build) bool { return then.now.Equal(at) })
		if !carried || tells(unsettled, at) {
			consider(at)
		}
	}
	for _, c := range b.site.Components {
		if c.Since.After(b.now) {
			consider(c.Since)
		}
	}
	if first.IsZero() {
		return ""
	}
	return iso(first)
}

// tells reports whether anybody's words appear at t.
func tells(entries []*site.Entry, t time.Time) bool {
	for _, e := range entries {
		if e.NoIndex || !e.Visible(t) {
			continue
		}
		if e.SaysMore(t) {
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

// nextBeginning is the first coming instant at which a month of the history has more
// entries, or zero. Pages of the history count them, and that they do not carry.
func (b *build) nextBeginning(months []month) time.Time {
	count := func(months []month) (n int) {
		for _, m := range months {
			n += len(m.entries)
		}
		return n
	}
	for _, then := range b.later {
		if count(then.months()) != count(months) {
			return then.now
		}
	}
	return time.Time{}
}

// sooner is the first of some instants of which any may be none.
func sooner(first string, others ...time.Time) string {
	for _, at := range others {
		if !at.IsZero() && (first == "" || iso(at) < first) {
			first = iso(at)
		}
	}
	return first
}
