package site

import (
	"slices"
	"time"

	"allclear/generator/diag"
)

// These are how far apart the times of one entry may be before check asks whether a year
// or a month is mistyped. Of about 4,000 gaps in published incidents that we looked at,
// three are longer than half a year. Maintenance can be announced long before.
const (
	farApart    = 180 * 24 * time.Hour
	farAhead    = 360 * 24 * time.Hour // from a Scheduled update to the next time
	longestWork = 30 * 24 * time.Hour  // from start to end of a planned maintenance
)

// dated is one of the times written in an entry.
type dated struct {
	time  time.Time
	pos   diag.Pos
	ahead bool // it is the time of a Scheduled update
}

// apart warns of times so far apart that a year or a month is probably mistyped.
func (c timeChecker) apart() {
	e := c.e
	if e.Kind == Maintenance && e.End.Sub(e.Start.Time) > longestWork {
		c.list.Warn(e.End.Pos, "far-apart", c.another(e.End.Time, e.Start.Time, longestWork),
			"the maintenance is planned to last %s, from %s", roughly(e.End.Sub(e.Start.Time)), clock(e.Start.Time, c.zone))
		return
	}
	first, last := distant, time.Time{}
	for d := range e.dates {
		if last = latest(last, d.time); d.time.Before(first) {
			first = d.time
		}
	}
	if last.Sub(first) <= farApart {
		return // and so is each gap between two of them
	}
	times := slices.SortedStableFunc(e.dates, func(a, b dated) int { return a.time.Compare(b.time) })
	for i := 1; i < len(times); i++ {
		before, after, limit := times[i-1], times[i], farApart
		if before.ahead {
			limit = farAhead
		}
		gap := after.time.Sub(before.time)
		switch {
		case gap <= limit:
		case i < len(times)-i: // fewer times are before the gap, so these are probably wrong
			c.list.Warn(before.pos, "far-apart", c.another(before.time, after.time, farApart),
				"this time is %s before the next one, %s: check the year", roughly(gap), clock(after.time, c.zone))
		default:
			c.list.Warn(after.pos, "far-apart", c.another(after.time, before.time, farApart),
				"this time is %s after the previous one, %s: check the year", roughly(gap), clock(before.time, c.zone))
		}
	}
}

// another returns the hint for a time far from its neighbour. It suggests the same day
// of another year if that is at most near from the neighbour and on the same side of it.
func (c timeChecker) another(wrong, neighbour time.Time, near time.Duration) string {
	local, side := wrong.In(c.zone), wrong.Compare(neighbour)
	for _, years := range []int{1, -1, 2, -2, 3, -3, 4, -4, 5, -5} {
		there := local.AddDate(years, 0, 0)
		if there.Compare(neighbour) == side && there.Sub(neighbour).Abs() <= near {
			return "did you mean " + clock(there, c.zone) + "?"
		}
	}
	return "correct whichever is wrong; if both are right, ignore this"
}

// dates yields the times written in an entry. It skips posted, next_update and eta, which
// are often far from the others.
func (e *Entry) dates(yield func(dated) bool) {
	more := true
	add := func(m Moment) {
		if more && !m.IsZero() {
			more = yield(dated{time: m.Time, pos: m.Pos})
		}
	}
	add(e.Start)
	add(e.End)
	for i := range e.Impacts {
		add(e.Impacts[i].Start)
		add(e.Impacts[i].End)
	}
	for i := range e.Updates {
		if u := &e.Updates[i]; more {
			more = yield(dated{u.Time, u.Pos, u.Status == Scheduled})
		}
	}
	add(e.reportTime())
}
