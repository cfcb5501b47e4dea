package render

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// telling is what an entry has told the world by the build's instant. A dozen
// outputs ask for it.
type telling struct {
	once  sync.Once
	list  []site.Update
	place int // one more than the entry's place among the newest; 0: it is in no list

	hitting  sync.Once
	affected []*site.Component

	settling sync.Once
	settled  time.Time // the last instant that a settled entry names; zero: it is not settled
}

// told is what an entry has published so far, newest first; not to be changed.
func (b *build) told(e *site.Entry) []site.Update {
	t := b.tellings[e]
	if t == nil && b.foretold(e) {
		return b.origin.told(e)
	}
	if t == nil { // an entry of a later instant
		return e.Published(b.now)
	}
	t.once.Do(func() { t.list = e.Published(b.now) })
	return t.list
}

// affected are the components that an entry has hit so far, in the manifest's
// order; not to be changed.
func (b *build) affected(e *site.Entry) []*site.Component {
	t := b.tellings[e]
	if t == nil && b.foretold(e) {
		return b.origin.affected(e)
	}
	if t == nil {
		return b.site.Affected(e, b.now)
	}
	t.hitting.Do(func() { t.affected = slices.Clip(b.site.Affected(e, b.now)) })
	return t.affected
}

// foretold reports whether an entry of a later build is settled already, so that
// the build that foresees it knows all about it.
func (b *build) foretold(e *site.Entry) bool { return b.origin != nil && b.origin.tellings[e] != nil }

// place is one more than an entry's place among the newest, at every instant.
func (b *build) place(e *site.Entry) int {
	if t := b.tellings[e]; t != nil {
		return t.place
	}
	if b.foretold(e) {
		return b.origin.place(e)
	}
	return b.changing[e]
}

func newTellings(s *site.Site) map[*site.Entry]*telling {
	all := make([]telling, len(s.Entries))
	byEntry := make(map[*site.Entry]*telling, len(s.Entries))
	for i := range s.Entries {
		byEntry[&s.Entries[i]] = &all[i]
	}
	return byEntry
}
