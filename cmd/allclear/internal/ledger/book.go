package ledger

import (
	"encoding/json"
	"slices"
	"time"

	"allclear/cmd/allclear/internal/remote"
)

// formatVersion is the version of the ledger's format.
const formatVersion = 1

// keptFor is for how long the ledger keeps what it knows about an update. Older ones count
// as sent, so forgetting them sends nothing again.
const keptFor = 30 * 24 * time.Hour

// book is what a ledger says.
type book struct {
	Version int                  `json:"version"`
	Settled time.Time            `json:"settled"` // updates up to this instant without a record are never sent
	Targets map[string]beginning `json:"targets"`
	Updates []update             `json:"updates"` // oldest first

	changed bool
}

// beginning says when a target was set up.
type beginning struct {
	At  time.Time `json:"at"`
	Run string    `json:"run"`
}

// update is what a ledger says about an update.
type update struct {
	IDs     []string        `json:"ids"`
	Digests []string        `json:"digests,omitempty"` // of its word and text, which may have been edited
	At      time.Time       `json:"at"`                // when it was published
	Moved   bool            `json:"moved,omitempty"`   // its time was corrected after a run had claimed it
	Targets map[string]mark `json:"targets"`
}

// mark says what became of an update at one target.
type mark struct {
	State state     `json:"state"`
	At    time.Time `json:"at"`
	First time.Time `json:"first,omitzero"` // the first try of an earlier run that may have sent it
	Run   string    `json:"run,omitempty"`  // the run that has the claim
}

// state is where an update is on its way to a target.
type state string

const (
	recorded state = "recorded" // published before the target was set up; never sent
	claimed  state = "claimed"  // a run is about to send it
	sending  state = "sending"  // a run has begun to send it
	sent     state = "sent"
	failed   state = "failed"  // not sent; the next run tries again
	unknown  state = "unknown" // nobody knows whether it arrived, or it was not sent in time; that was reported
)

var states = []state{recorded, claimed, sending, sent, failed, unknown}

// newBook returns a ledger that knows nothing.
func newBook() *book {
	return &book{Version: formatVersion, Targets: map[string]beginning{}, Updates: []update{}}
}

// parse reads a ledger. One that lacks something is an error, not a new one: what is
// published would be recorded, and never sent.
func parse(data []byte) (*book, error) {
	b := &book{}
	err := json.Unmarshal(data, b)
	switch {
	case err == nil && b.Version > formatVersion:
		return nil, remote.Errorf("upgrade allclear", "a newer version of allclear wrote the ledger")
	case err != nil || !b.sound():
		return nil, remote.Errorf("restore it, or remove it: the next run then only records what is published",
			"the ledger cannot be read: it is damaged, or another file")
	}
	return b, nil
}

// sound reports whether a ledger has what one that allclear wrote has.
func (b *book) sound() bool {
	if b.Version < 1 || len(b.Targets) == 0 {
		return false
	}
	for _, u := range b.Updates {
		if len(u.IDs) == 0 || u.At.IsZero() || u.Targets == nil {
			return false
		}
		for _, m := range u.Targets {
			if !slices.Contains(states, m.State) {
				return false
			}
		}
	}
	return true
}

// encode returns the bytes of a ledger.
func (b *book) encode() ([]byte, error) {
	slices.SortStableFunc(b.Updates, func(x, y update) int { return x.At.Compare(y.At) })
	data, err := json.MarshalIndent(b, "", " ")
	return append(data, '\n'), err
}

// find returns the index of the update with one of the ids, or -1.
func (b *book) find(ids []string) int {
	return slices.IndexFunc(b.Updates, func(u update) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(u.IDs, id) })
	})
}

// mark returns what the ledger says about an item.
func (b *book) mark(item Item) (mark, bool) {
	// Two updates may match: an entry's first update has two ids, and an older one may have
	// been written since. What was sent under either counts.
	for _, u := range b.Updates {
		if !slices.ContainsFunc(item.IDs, func(id string) bool { return slices.Contains(u.IDs, id) }) {
			continue
		}
		if m, found := u.Targets[item.Target.Name]; found {
			return m, true
		}
	}
	return mark{}, false
}

// set notes what became of an item.
func (b *book) set(item Item, m mark) {
	b.changed = true
	i := b.find(item.IDs)
	if i < 0 {
		b.Updates = append(b.Updates, update{At: item.At.UTC(), Targets: map[string]mark{}})
		i = len(b.Updates) - 1
	}
	u := &b.Updates[i]
	u.add(item)
	m.At = m.At.UTC().Truncate(time.Second)
	m.First = m.First.UTC().Truncate(time.Second)
	if u.Targets == nil {
		u.Targets = map[string]mark{}
	}
	u.Targets[item.Target.Name] = m
}

// remove forgets what the ledger says about an item.
func (b *book) remove(item Item) {
	for _, u := range b.Updates {
		if slices.ContainsFunc(item.IDs, func(id string) bool { return slices.Contains(u.IDs, id) }) {
			delete(u.Targets, item.Target.Name)
			b.changed = true
		}
	}
	b.Updates = slices.DeleteFunc(b.Updates, func(u update) bool { return len(u.Targets) == 0 })
}

// firstTry returns the first try of this or an earlier run that may have sent an update.
func (m mark) firstTry() time.Time {
	if m.First.IsZero() && m.State == sending {
		return m.At
	}
	return m.First
}

// finish notes the outcome of sending an item. If another run has the claim now, only what
// was sent is noted.
func (b *book) finish(r Result, run string, now time.Time) {
	m, found := b.mark(r.Item)
	if r.Outcome == Reported {
		if found && m.State != sent {
			b.set(r.Item, mark{State: unknown, At: now})
		}
		return
	}
	if m.State == sent || r.Outcome != Sent && (!found || m.Run != run) {
		return
	}
	switch {
	case r.Outcome == Sent:
		b.set(r.Item, mark{State: sent, At: now})
	case r.Outcome == Failed:
		b.set(r.Item, mark{State: failed, At: now, First: m.First})
	case r.Outcome == Released && m.First.IsZero():
		b.remove(r.Item)
	case r.Outcome == Released:
		b.set(r.Item, mark{State: failed, At: now, First: m.First})
	case r.Item.Target.Repeat > 0:
		b.set(r.Item, mark{State: sending, At: now, First: m.firstTry()})
	default:
		b.set(r.Item, mark{State: unknown, At: now})
	}
}

// prune forgets updates that are older than keptFor and twice max_age.
func (b *book) prune(at time.Time, maxAge time.Duration) {
	oldest := at.Add(-max(keptFor, 2*maxAge))
	b.Updates = slices.DeleteFunc(b.Updates, func(u update) bool {
		if !u.At.Before(oldest) {
			return false
		}
		if u.At.After(b.Settled) {
			b.Settled = u.At
		}
		return true
	})
}
