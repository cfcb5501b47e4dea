package ledger

import (
	"maps"
	"slices"
	"time"
)

// Old is an update of an earlier run, which is too old now to be sent.
type Old struct {
	Target  string
	ID      string
	Verdict Verdict // Unfinished or Expired
}

// claimer is a run that claims.
type claimer struct {
	run   string
	now   time.Time
	alive func(run string) bool
	begin bool // a claim counts as begun: nothing is written before each message
	Scope
}

// claim claims items for a run, and returns what becomes of each.
func (b *book) claim(c claimer, items []Item) ([]Verdict, []Old) {
	b.changed = false
	b.addTargets(c)
	verdicts := make([]Verdict, len(items))
	for i, item := range items {
		verdicts[i] = b.claimOne(c, item)
	}
	old := b.sweep(c)
	if b.changed {
		b.prune(c.At, c.MaxAge)
	}
	return verdicts, old
}

// addTargets notes the targets that the ledger does not know yet. In a new ledger, what is
// too old now will be so for ever, even with another max_age.
func (b *book) addTargets(c claimer) {
	if len(b.Targets) == 0 {
		b.Settled = c.Before.UTC()
	}
	for _, t := range c.Targets {
		if _, known := b.Targets[t.Name]; !known {
			b.Targets[t.Name] = beginning{At: c.now.UTC().Truncate(time.Second), Run: c.run}
			b.changed = true
		}
	}
}

// claimOne claims an item.
func (b *book) claimOne(c claimer, item Item) Verdict {
	b.recognize(c, item)
	m, found := b.mark(item)
	isNew := b.Targets[item.Target.Name].Run == c.run
	switch {
	case item.RecordOnly && !isNew:
		return Done
	case found && m.State == recorded && isNew:
		return Recorded
	case !found && isNew:
		b.set(item, mark{State: recorded, At: c.now})
		return Recorded
	case !found && !item.At.After(b.Settled):
		return Done
	case !found:
		b.set(item, c.mark(time.Time{}))
		return Send
	case m.State != claimed && m.State != sending && m.State != failed:
		return Done
	case m.Run == c.run:
		return Send
	case c.busy(m):
		return Busy
	}
	first := m.firstTry()
	if first.IsZero() || c.now.Sub(first) < item.Target.Repeat && !b.moved(item) {
		b.set(item, c.mark(first))
		return Send
	}
	return Unfinished
}

// mark returns the mark of a new claim. first is when an earlier run tried, or zero.
func (c claimer) mark(first time.Time) mark {
	m := mark{State: claimed, At: c.now, First: first, Run: c.run}
	if c.begin {
		m.State = sending
	}
	return m
}

// busy reports whether the run that has a claim may still be sending. A claim from far in
// the future is none: a clock was wrong.
func (c claimer) busy(m mark) bool {
	return m.Run != "" && c.alive(m.Run) && c.now.Sub(m.At).Abs() < lease
}

// sweep returns what earlier runs left open and is too old now.
func (b *book) sweep(c claimer) []Old {
	var old []Old
	repeat := map[string]time.Duration{}
	for _, t := range c.Targets {
		repeat[t.Name] = t.Repeat
	}
	oldest := c.At.Add(-c.MaxAge)
	for _, u := range b.Updates {
		if u.At.After(oldest) {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(u.Targets)) {
			m := u.Targets[name]
			again, isTarget := repeat[name]
			if !isTarget || m.Run == c.run || c.busy(m) || m.State != failed && m.State != claimed && m.State != sending {
				continue
			}
			verdict := Expired
			if !m.firstTry().IsZero() && (again == 0 || u.Moved) {
				verdict = Unfinished
			}
			old = append(old, Old{name, u.IDs[0], verdict})
		}
	}
	return old
}
