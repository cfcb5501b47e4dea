package site_test

import (
	"slices"
	"time"

	"allclear/generator/site"
)

// The reference says the rules of the format again, as slowly and as plainly as
// they can be said: second by second, entry by entry, with no interval in sight.
// Small random sites are asked about in both ways.

// epoch is second 0 of the sites here; lifetime is how long they live.
var epoch = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const lifetime = 90

func second(n int) time.Time { return epoch.Add(time.Duration(n) * time.Second) }

// told are the updates that exist at second now.
func told(e *site.Entry, now int) []site.Update {
	n := 0
	for n < len(e.Updates) && !e.Updates[n].Time.After(second(now)) {
		n++
	}
	return e.Updates[:n]
}

// begins is the second from which an incident exists.
func begins(e *site.Entry) time.Time {
	if !e.Start.IsZero() {
		return e.Start.Time
	}
	best := time.Time{}
	for _, i := range e.Impacts {
		if !i.Start.IsZero() && (best.IsZero() || i.Start.Before(best)) {
			best = i.Start.Time
		}
	}
	for _, u := range e.Updates {
		if best.IsZero() || u.Time.Before(best) {
			best = u.Time
		}
	}
	return best
}

// shown reports whether an entry exists at second now.
func shown(e *site.Entry, now int) bool {
	if e.Kind == site.Incident {
		return len(told(e, now)) > 0 || !second(now).Before(begins(e))
	}
	for _, u := range e.Updates[:min(1, len(e.Updates))] {
		if u.Status == site.Scheduled {
			return !u.Time.After(second(now))
		}
	}
	return true
}

// horizon is the last second that anything here asks about.
const horizon = 2*lifetime + 30

// openSeconds says of each second whether an entry is open in it, as second now
// knows: the entry is lived through, one second after the other.
func openSeconds(e *site.Entry, now int) []bool {
	if e.Kind == site.Maintenance {
		return underWaySeconds(e, now)
	}
	open := make([]bool, horizon)
	is := true
	for n := range open {
		t := second(n)
		if end, all := lastEnd(e); all && t.Equal(end) && wordless(e, now, end) {
			is = false // the last harm ended, and nobody had said a word
		}
		for _, u := range told(e, now) {
			if u.Time.Equal(t) && u.Status != site.Note {
				is = u.Status != site.Resolved
			}
		}
		switch {
		case t.Before(begins(e)):
		case !e.End.IsZero():
			open[n] = t.Before(e.End.Time)
		default:
			open[n] = is
		}
	}
	return open
}

// lastEnd is the last end of an entry's impacts; all says that each has one.
func lastEnd(e *site.Entry) (last time.Time, all bool) {
	for _, i := range e.Impacts {
		if i.End.IsZero() {
			return last, false
		}
		if i.End.After(last) {
			last = i.End.Time
		}
	}
	return last, len(e.Impacts) > 0
}

// wordless reports whether no update stood there by t.
func wordless(e *site.Entry, now int, t time.Time) bool {
	for _, u := range told(e, now) {
		if !u.Time.After(t) {
			return false
		}
	}
	return true
}

// underWaySeconds lives through a window: the clock begins and ends it, words
// begin, end and begin it again.
func underWaySeconds(e *site.Entry, now int) []bool {
	open := make([]bool, horizon)
	is, begun, done := false, false, false
	manual := e.ManualEnd
	for n := range open {
		t := second(n)
		if t.Equal(e.End.Time) && !manual && is { // the clock ends it
			is = false
		}
		if t.Equal(e.Start.Time) && !begun && !done { // the clock begins it
			is = true
		}
		for _, u := range told(e, now) {
			if !u.Time.Equal(t) {
				continue
			}
			switch u.Status {
			case site.InProgress, site.Verifying:
				manual = manual || !t.Before(e.End.Time) // from here only a word ends it
				is, begun, done = true, true, false
			case site.Completed:
				is, done = false, true
			case site.Canceled:
				if is || t.Before(e.Start.Time) {
					is, done = false, true
				}
			case site.Scheduled:
				if done && t.Before(e.Start.Time) {
					begun, done = false, false
				}
			}
		}
		open[n] = is
		word, at := nextWord(e, n, now)
		beforeEnd := e.ManualEnd || at.Before(e.End.Time)
		if is && !begun && word == site.InProgress && beforeEnd {
			open[n] = false // a word says later that it had not begun yet
		}
		if !is && !done && word == site.Completed && !t.Before(e.End.Time) && (begun || !t.Before(e.Start.Time)) {
			open[n] = true // a word says later that it was still going on
		}
	}
	return open
}

// nextWord is the first word after second n that begins or ends a window, as far as
// second now knows. Canceling what is over is none.
func nextWord(e *site.Entry, n, now int) (site.UpdateStatus, time.Time) {
	for _, u := range told(e, now) {
		if !u.Time.After(second(n)) {
			continue
		}
		switch u.Status {
		case site.InProgress, site.Verifying, site.Completed:
			return u.Status, u.Time
		case site.Canceled:
			if e.ManualEnd || u.Time.Before(e.End.Time) {
				return u.Status, u.Time
			}
		}
	}
	return site.Note, time.Time{}
}

// impactSeconds says of each second whether an impact holds in it, as second now
// knows.
func impactSeconds(e *site.Entry, i site.Impact, now int) []bool {
	holds := make([]bool, horizon)
	if e.Severity == site.None {
		return holds
	}
	open := openSeconds(e, now)
	first := slices.Index(open, true)
	last := -1       // the last second in which the entry was open
	stopped := false // a window was completed or called off, and not begun again since
	for n := range holds {
		t := second(n)
		for _, u := range told(e, now) {
			if u.Time.Equal(t) && u.Status != site.Note {
				stopped = u.Status == site.Completed || u.Status == site.Canceled
			}
		}
		if open[n] {
			last = n
		}
		switch {
		case !i.Start.IsZero() && t.Before(i.Start.Time):
		case !i.End.IsZero() && !t.Before(i.End.Time):
		case e.Kind == site.Incident && !i.End.IsZero():
			holds[n] = !t.Before(begins(e)) || !i.Start.IsZero()
		case first < 0:
		case open[n]:
			holds[n] = !stopped
		case n < first:
			holds[n] = !i.Start.IsZero() // it began before its entry says that it did
		default: // the clock ended the window, which does not end what has an end of its own
			holds[n] = e.Kind == site.Maintenance && !i.End.IsZero() && !stopTime(e, now, last, n)
		}
	}
	return holds
}

// stopTime reports whether a word completed or canceled a window after second from
// and by second n.
func stopTime(e *site.Entry, now, from, n int) bool {
	for _, u := range told(e, now) {
		if (u.Status == site.Completed || u.Status == site.Canceled) && u.Time.After(second(from)) && !u.Time.After(second(n)) {
			return true
		}
	}
	return false
}

func openIn(e *site.Entry, n, now int) bool { return openSeconds(e, now)[n] }

// serves reports whether a component is in service in second n.
func serves(c site.Component, n int) bool {
	return !second(n).Before(c.Since) && (c.Until.IsZero() || second(n).Before(c.Until))
}

// impactHoldsOn reports whether an impact harms a component in second n, as second now
// knows: it holds, and the component is in service. All and groups mean those that were
// in service when it began.
func impactHoldsOn(c site.Component, e *site.Entry, i site.Impact, n, now int) bool {
	holds := impactSeconds(e, i, now)
	if first := slices.Index(holds, true); !namedById(i, c) && first >= 0 && !serves(c, first) {
		return false
	}
	return holds[n] && serves(c, n)
}

func namedById(i site.Impact, c site.Component) bool {
	for _, ref := range i.Components {
		if ref.ID == c.ID {
			return true
		}
	}
	return false
}

func touches(i site.Impact, c site.Component, region string) bool {
	byID := namedById(i, c)
	named := byID || i.All && !c.Unlisted
	for _, g := range i.Groups {
		named = named || g.ID == c.Group && !c.Unlisted
	}
	there := len(i.Regions) == 0 || region == "" && byID
	for _, r := range i.Regions {
		there = there || r.ID == region
	}
	return named && there
}
