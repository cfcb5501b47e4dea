package site

import (
	"slices"
	"time"
)

// Day describes one calendar day of a component, in the site's zone.
type Day struct {
	Date    time.Time // midnight, or the first instant of a day that has no midnight
	Worst   Status    // the worst status of the day; Operational if nothing happened
	Absent  bool      // the component was not in service on any part of the day
	Entries []*Entry
	*DayTimes
}

// DayTimes is how long a component was affected on a day. The days on which nothing
// happened, which are most, share one.
type DayTimes struct {
	AffectedTime
	Lengths      [5]time.Duration // by Status: how long it was so, without what came and went
	Ongoing      [5]bool          // by Status: true if it goes on at the end of the history, so that its length is not final
	Intermittent []Intermittent   // what came and went on this day, perhaps on others too
}

// unaffected is the DayTimes of a day on which nothing happened.
var unaffected = &DayTimes{}

// Intermittent is an impact that came and went: the operator gave its downtime in all, and
// nobody knows how much of that was on which day.
type Intermittent struct {
	Status   Status
	Interval // from the impact's first start to its last end
	Downtime time.Duration
}

// AffectedTime is how long something was affected. A second with several impacts counts
// once, for the worst of them.
type AffectedTime struct {
	Down        time.Duration // partial and major outage
	Major       time.Duration // the part of Down that was a major outage
	Degraded    time.Duration
	Maintenance time.Duration
}

// add adds the counted seconds of a share.
func (c *AffectedTime) add(sh share) {
	length := time.Duration(sh.seconds) * time.Second
	switch sh.effect.status {
	case MajorOutage:
		c.Down, c.Major = c.Down+length, c.Major+length
	case PartialOutage:
		c.Down += length
	case DegradedPerformance:
		c.Degraded += length
	case UnderMaintenance:
		c.Maintenance += length
	}
}

// Days returns the last n calendar days, in the site's zone, of a component in a region,
// or Everywhere, oldest first. The last one is the day of the history's instant and ends
// with it.
func (h *History) Days(c *Component, region string, n int) []Day {
	if bounds := h.bar(); len(bounds) == n+1 {
		return h.appendDays(nil, c, region, bounds)
	}
	return h.appendDays(nil, c, region, h.site.midnights(h.now, n))
}

// LastInstant returns the history's instant or, if the component is retired by then, the
// last instant at which it was in service.
func (h *History) LastInstant(c *Component) time.Time {
	if c.Retired(h.now) {
		return c.Until.Add(-1)
	}
	return h.now
}

// appendDays appends the days between consecutive midnights to a list.
func (h *History) appendDays(into []Day, c *Component, region string, bounds []time.Time) []Day {
	into = slices.Grow(into, len(bounds)-1)
	segments := endingAfter(h.segments(c, region, bounds[0]), bounds[0])
	service := c.Service()
	throughout := service.contains(Interval{bounds[0], bounds[len(bounds)-1]})
	for i := range len(bounds) - 1 {
		from, to := bounds[i], bounds[i+1]
		for len(segments) > 0 && !segments[0].End.After(from) {
			segments = segments[1:]
		}
		if len(segments) > 0 && segments[0].Start.Before(to) {
			into = append(into, h.day(segments, from, to))
		} else {
			into = append(into, Day{Date: from, DayTimes: unaffected})
		}
		into[len(into)-1].Absent = !throughout && Interval{from, to}.intersect(service).empty()
	}
	return into
}

// midnights returns the first instants of the last n days and of the day after them, in
// the site's zone. The last of the n days is that of t.
func (s *Site) midnights(t time.Time, n int) []time.Time {
	list := make([]time.Time, n+1)
	for i := range list {
		list[i] = s.Midnight(t, i-n+1)
	}
	return list
}

// midnight returns the first instant of the day that is a number of days after t's, in
// the zone of t.
func midnight(t time.Time, days int) time.Time {
	y, m, d := t.Date()
	return FirstInstant(y, m, d+days, t.Location())
}

// FirstInstant returns the first instant of a calendar day in a zone. Where a clock
// change skips midnight, or the whole day, it is the first instant after that.
func FirstInstant(year int, month time.Month, day int, zone *time.Location) time.Time {
	return firstShowing(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), zone)
}

// firstShowing returns the first instant at which the wall-clock time in a zone has reached
// shown, which is written as a time in UTC. That is the end of a gap which skips the time,
// and the first of the two instants if a clock change repeats it.
func firstShowing(shown time.Time, zone *time.Location) time.Time {
	at := shown.Add(-48 * time.Hour)
	for {
		begin, end := at.In(zone).ZoneBounds()
		if !end.IsZero() && !end.After(at) { // Go 1.26 returns such bounds on the last day of a leap year beyond the zone's table
			end = at.Add(time.Hour)
		}
		_, offset := at.In(zone).Zone()
		first := latest(begin, shown.Add(-time.Duration(offset)*time.Second))
		if end.IsZero() || first.Before(end) {
			return first.In(zone)
		}
		at = end
	}
}

// day returns what the segments show between two instants.
func (h *History) day(segments []segment, from, to time.Time) Day {
	day := Day{Date: from, DayTimes: &DayTimes{}}
	for _, sh := range countedSeconds(segments, from, to) {
		day.Worst = max(day.Worst, sh.effect.status)
		day.add(sh)
		switch one, came := sh.effect.intermittent(); {
		case sh.effect.goesOn && to.After(h.now) || came && one.End.IsZero():
			day.Ongoing[sh.effect.status] = true
		case came && !slices.Contains(day.Intermittent, one):
			day.Intermittent = append(day.Intermittent, one)
		case !came:
			day.Lengths[sh.effect.status] += time.Duration(sh.seconds) * time.Second
		}
		if !slices.Contains(day.Entries, sh.effect.entry) {
			day.Entries = append(day.Entries, sh.effect.entry)
		}
	}
	return day
}

// Midnight returns the first instant of the day that is a number of days after t's, in
// the site's zone.
func (s *Site) Midnight(t time.Time, days int) time.Time { return midnight(t.In(s.Zone), days) }

// Total is how long an entry affected a region. All components count together, each
// second once.
type Total struct {
	Region string // "" for global components, Everywhere for all together
	AffectedTime
}

// Totals returns how long an entry affected each of the site's regions up to now, in the
// manifest's order and including those it did not affect, then global components if it
// affected any, then Everywhere. For an entry that affected only global components it
// returns just that last total.
func (s *Site) Totals(e *Entry, now time.Time) []Total {
	global, everywhere := len(s.Regions), len(s.Regions)+1
	effects, regional := make([][]*effect, everywhere+1), false
	add := func(place int, o *effect) {
		if list := effects[place]; len(list) == 0 || list[len(list)-1] != o { // several components count once in a total
			effects[place] = append(list, o)
		}
	}
	s.effects(e, now, func(_ *Component, region string, o *effect) {
		place := global
		if region != "" {
			place, regional = slices.IndexFunc(s.Regions, func(r Region) bool { return r.ID == region }), true
		}
		if place >= 0 {
			add(place, o)
		}
		add(everywhere, o)
	})
	if len(effects[everywhere]) == 0 {
		return nil
	}
	var totals []Total
	isGlobal := len(effects[global]) > 0
	if !isGlobal || regional {
		for i, r := range s.Regions {
			totals = append(totals, total(r.ID, effects[i]))
		}
		if isGlobal {
			totals = append(totals, total("", effects[global]))
		}
	}
	return append(totals, total(Everywhere, effects[everywhere]))
}

// total returns the total of a region from its effects.
func total(region string, list []*effect) Total {
	sum := Total{Region: region}
	for _, sh := range countedSeconds(timeline(list), time.Time{}, distant) {
		sum.add(sh)
	}
	return sum
}

// distant is later than any instant in content.
var distant = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// ComponentBreakdown describes how an entry affects one component.
type ComponentBreakdown struct {
	Component *Component
	Rows      []BreakdownRow
	Length    time.Duration // of all rows together, each second counted once
}

// BreakdownRow is one window of an impact on one component.
type BreakdownRow struct {
	Impact  *Impact
	Regions []string // ids; empty for a global component
	Window  Interval // End is zero while it is not known
}

// Breakdown returns how an entry affects each of the components that it names, in the
// manifest's order, as far as it is known at now.
func (e *Entry) Breakdown(named []*Component, now time.Time) []ComponentBreakdown {
	var list []ComponentBreakdown
	for _, c := range named {
		breakdown := ComponentBreakdown{Component: c}
		var affected []Interval
		for i := range e.Impacts {
			if !e.Impacts[i].affects(c) {
				continue
			}
			var regions []string
			if len(c.Regions) > 0 {
				regions = e.Impacts[i].RegionsOf(c)
			}
			windows := e.Windows(i, now)
			for _, whole := range windows {
				w, ok := e.Impacts[i].activeOn(c, whole, windows[0].Start)
				if !ok {
					continue
				}
				if e.Kind == Incident && w.Start.After(now) {
					continue // not shown before it begins
				}
				breakdown.Rows = append(breakdown.Rows, BreakdownRow{&e.Impacts[i], regions, w})
				if e.Impacts[i].Status != Operational && w.Start.Before(now) {
					affected = append(affected, Interval{w.Start, w.Start.Add(w.Until(now))})
				}
			}
		}
		breakdown.Length = covered(affected)
		if len(breakdown.Rows) > 0 {
			list = append(list, breakdown)
		}
	}
	return list
}
