package site

import (
	"slices"
	"time"

	"allclear/generator/diag"
)

// How far apart the times of one entry may lie before check asks whether a year or a
// month is mistyped. Of some 4,000 gaps in published incidents that are known to us,
// three are longer than half a year. Maintenance can be announced long before.
const (
	farApart    = 180 * 24 * time.Hour
	farAhead    = 360 * 24 * time.Hour // from a Scheduled update to the next time
	longestWork = 30 * 24 * time.Hour  // of a planned maintenance, from start to end
)

// dated is a time that is written in an entry.
type dated struct {
	time  time.Time
	pos   diag.Pos
	ahead bool // it announces a maintenance
}

// apart finds times that lie so far apart that a year or a month is probably mistyped.
func (c timeChecker) apart() {
	e := c.e
	if e.Kind == Maintenance && e.End.Sub(e.Start.Time) > longestWork {
		c.list.Warn(e.End.Pos, "far-apart", c.another(e.End.Time, e.Start.Time, longestWork),
			"the maintenance is planned for %s, from %s on", roughly(e.End.Sub(e.Start.Time)), clock(e.Start.Time, c.zone))
		return
	}
	times := e.dates()
	for i := 1; i < len(times); i++ {
		before, after, limit := times[i-1], times[i], farApart
		if before.ahead {
			limit = farAhead
		}
		gap := after.time.Sub(before.time)
		switch {
		case gap <= limit:
		case i < len(times)-i: // those before the gap are fewer, and so the wrong ones
			c.list.Warn(before.pos, "far-apart", c.another(before.time, after.time, farApart),
				"this time is %s before the next one, %s: is the year right?", roughly(gap), clock(after.time, c.zone))
		default:
			c.list.Warn(after.pos, "far-apart", c.another(after.time, before.time, farApart),
				"this time is %s after the one before it, %s: is the year right?", roughly(gap), clock(before.time, c.zone))
		}
	}
}

// another is the hint for a time that is far from its neighbour: the same day of
// another year, where that is near, and on the same side of the neighbour.
func (c timeChecker) another(wrong, neighbour time.Time, near time.Duration) string {
	local, side := wrong.In(c.zone), wrong.Compare(neighbour)
	for _, years := range []int{1, -1, 2, -2, 3, -3, 4, -4, 5, -5} {
		there := local.AddDate(years, 0, 0)
		if there.Compare(neighbour) == side && there.Sub(neighbour).Abs() <= near {
			return "did you mean " + clock(there, c.zone) + "?"
		}
	}
	return "correct whichever of the two is wrong; if both are right, leave them"
}

// dates are the times that an entry names, sorted, without those that are known to
// lie apart from the others: posted, next_update and eta.
func (e *Entry) dates() []dated {
	var times []dated
	add := func(m Moment) {
		if !m.IsZero() {
			times = append(times, dated{time: m.Time, pos: m.Pos})
		}
	}
	add(e.Start)
	add(e.End)
	for i := range e.Impacts {
		add(e.Impacts[i].Start)
		add(e.Impacts[i].End)
	}
	for i := range e.Updates {
		u := &e.Updates[i]
		times = append(times, dated{u.Time, u.Pos, u.Status == Scheduled})
	}
	add(e.reportTime())
	slices.SortStableFunc(times, func(a, b dated) int { return a.time.Compare(b.time) })
	return times
}
