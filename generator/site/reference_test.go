package site_test

import (
	"time"

	"allclear/generator/site"
)

// The reference says the rules of the format again, as slowly and as plainly as
// they can be said: second by second, entry by entry, with no interval in sight.
// Small sites that dice throw are asked about in both ways.

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

// openIn reports whether an entry is open in second n, as second now knows.
func openIn(e *site.Entry, n, now int) bool {
	if e.Kind == site.Maintenance {
		return underWay(e, n, now)
	}
	t := second(n)
	known := told(e, now)
	switch {
	case t.Before(begins(e)):
		return false
	case !e.End.IsZero():
		return t.Before(e.End.Time)
	case len(known) == 0:
		last := time.Time{}
		for _, i := range e.Impacts {
			if i.End.After(last) {
				last = i.End.Time
			}
		}
		return last.IsZero() || t.Before(last)
	}
	open := true
	for _, u := range known {
		if !u.Time.After(t) && u.Status != site.Note {
			open = u.Status != site.Resolved
		}
	}
	return open
}

func underWay(e *site.Entry, n, now int) bool {
	start, end, manual := e.Start.Time, e.End.Time, e.ManualEnd
	for _, u := range told(e, now) {
		switch u.Status {
		case site.InProgress:
			start = u.Time
		case site.Completed, site.Canceled:
			end, manual = u.Time, false
		}
	}
	t := second(n)
	return !t.Before(start) && (manual || t.Before(end))
}

// strikes reports whether an impact holds in second n, as second now knows.
func strikes(e *site.Entry, i site.Impact, n, now int) bool {
	if e.Severity == site.None {
		return false
	}
	t := second(n)
	if e.Kind == site.Incident && !i.End.IsZero() {
		start := i.Start.Time
		if start.IsZero() {
			start = begins(e)
		}
		return !t.Before(start) && t.Before(i.End.Time)
	}
	if e.Kind == site.Maintenance {
		return strikesInWindow(e, i, n, now)
	}
	if first := firstOpen(e, now); !i.Start.IsZero() && n < first {
		return !t.Before(i.Start.Time) // the harm began before its incident says that it did
	}
	return openIn(e, n, now) && !t.Before(i.Start.Time)
}

// firstOpen is the first second in which an entry is open, or 0 where none is.
func firstOpen(e *site.Entry, now int) int {
	for n := max(0, int(begins(e).Sub(epoch)/time.Second)); n < 2*lifetime; n++ {
		if openIn(e, n, now) {
			return n
		}
	}
	return 0
}

func strikesInWindow(e *site.Entry, i site.Impact, n, now int) bool {
	begun, end, closed := e.Start.Time, e.End.Time, false
	for _, u := range told(e, now) {
		switch u.Status {
		case site.InProgress:
			begun = u.Time
		case site.Completed, site.Canceled:
			end, closed = u.Time, true
		}
	}
	endless := e.ManualEnd && !closed
	if !endless && !begun.Before(end) {
		return false // canceled before it began
	}
	if !i.Start.IsZero() {
		begun = i.Start.Time
	}
	if !i.End.IsZero() && (!closed || i.End.Before(end)) {
		end, endless = i.End.Time, false
	}
	t := second(n)
	return !t.Before(begun) && (endless || t.Before(end))
}

func touches(i site.Impact, component, region string) bool {
	named := i.All
	for _, c := range i.Components {
		named = named || c.ID == component
	}
	there := len(i.Regions) == 0 || (region == "" && !i.All)
	for _, r := range i.Regions {
		there = there || r.ID == region
	}
	return named && there
}

// statusIn is a component's status in a region at second n.
func statusIn(s *site.Site, component, region string, n int) site.Status {
	worst := site.Operational
	for k := range s.Entries {
		e := &s.Entries[k]
		if e.NoIndex || !shown(e, n) {
			continue
		}
		for _, i := range e.Impacts {
			if touches(i, component, region) && strikes(e, i, n, n) {
				worst = max(worst, i.Status)
			}
		}
	}
	return worst
}

// statusOf is a component's status over its regions at second n.
func statusOf(s *site.Site, c site.Component, n int) site.Status {
	var all []site.Status
	for _, r := range regionsOf(c) {
		all = append(all, statusIn(s, c.ID, r, n))
	}
	worst, agree := site.Operational, true
	for _, status := range all {
		worst = max(worst, status)
		agree = agree && status == all[0]
	}
	if !agree {
		worst = min(worst, site.PartialOutage)
	}
	return worst
}

func regionsOf(c site.Component) []string {
	if len(c.Regions) == 0 {
		return []string{""}
	}
	var ids []string
	for _, r := range c.Regions {
		ids = append(ids, r.ID)
	}
	return ids
}

// lostIn is what a component lost in a region in the seconds [a, b), in weighted
// seconds, as second now knows.
func lostIn(s *site.Site, component, region string, a, b, now int) float64 {
	lost := 0.0
	for n := a; n < b; n++ {
		worst, share := site.Operational, 0.0
		for k := range s.Entries {
			e := &s.Entries[k]
			if e.NoIndex || !shown(e, now) {
				continue
			}
			for _, i := range e.Impacts {
				if !touches(i, component, region) || !strikes(e, i, n, now) {
					continue
				}
				status := i.Status
				if e.Kind == site.Maintenance {
					status = min(status, site.UnderMaintenance) // never counts as downtime
				}
				if part := partThatCounts(e, i, now); status > worst || status == worst && part > share {
					worst, share = status, part
				}
			}
		}
		lost += share * s.Uptime.Weights[worst]
	}
	return lost
}

// partThatCounts is the part of an impact's window, known so far, that counts.
func partThatCounts(e *site.Entry, i site.Impact, now int) float64 {
	if !i.Downtime.Said {
		return 1
	}
	length := 0
	for n := range 2 * lifetime {
		if strikes(e, i, n, now) {
			length++
		}
	}
	return min(1, i.Downtime.Length.Seconds()/float64(length))
}
