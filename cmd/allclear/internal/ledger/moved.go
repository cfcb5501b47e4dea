package ledger

import (
	"slices"
	"strings"
)

// recognize adds what is known about an item under another ID. An update has its time in its
// ID, and people correct the time after they have published: then the page has no update
// with the old ID any more, and one that says the same with a new one. It was sent.
func (b *book) recognize(c claimer, item Item) {
	if i := b.find(item.IDs); i >= 0 {
		b.changed = b.Updates[i].addDigest(item.Digest) || b.changed
		return
	}
	if item.Digest == "" || c.Exists == nil {
		return
	}
	for i := range b.Updates {
		u := &b.Updates[i]
		if slices.Contains(u.Digests, item.Digest) && u.onPageOf(item) && !slices.ContainsFunc(u.IDs, c.Exists) && u.mayBe(item) {
			u.add(item)
			u.At, u.Moved, b.changed = item.At.UTC(), true, true
			return
		}
	}
}

// mayBe reports whether an update may be an item with another time. If the item is set for
// later than the time at which the update was sent, it is another one.
func (u *update) mayBe(item Item) bool {
	for _, m := range u.Targets {
		if m.State == failed || !item.At.After(m.At) {
			return true
		}
	}
	return false
}

// onPageOf reports whether an update is on the same page as an item.
func (u *update) onPageOf(item Item) bool {
	page := func(id string) string {
		address, _, _ := strings.Cut(id, "#")
		return address
	}
	return slices.ContainsFunc(u.IDs, func(id string) bool {
		return slices.ContainsFunc(item.IDs, func(other string) bool { return page(id) == page(other) })
	})
}

// add adds the IDs and the digest of an item.
func (u *update) add(item Item) {
	for _, id := range item.IDs {
		if !slices.Contains(u.IDs, id) {
			u.IDs = append(u.IDs, id)
		}
	}
	u.addDigest(item.Digest)
}

// addDigest adds a digest, and reports whether it is new.
func (u *update) addDigest(digest string) bool {
	if digest == "" || slices.Contains(u.Digests, digest) {
		return false
	}
	u.Digests = append(u.Digests, digest)
	return true
}

// moved reports whether an item had another ID when a run claimed it first. A service that
// shows a message once recognizes it by its ID, so it may show this one twice.
func (b *book) moved(item Item) bool {
	i := b.find(item.IDs)
	return i >= 0 && b.Updates[i].Moved
}
