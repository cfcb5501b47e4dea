package site_test

import (
	"math"
	"slices"
	"time"

	"allclear/generator/site"
)

// claim is what one impact says about one second of a component in a region.
type claim struct {
	entry  *site.Entry
	status site.Status
	part   float64 // of the second
	why    site.WhyCounted
	page   site.Status // the status that pages show
}

// beats reports whether a claim wins over another one: the worse status, then the greater
// part, then an incident over maintenance that counts.
func (c claim) beats(other claim) bool {
	switch {
	case c.status != other.status:
		return c.status > other.status
	case math.Abs(c.part-other.part) > 1e-9:
		return c.part > other.part
	}
	return c.why == site.Excluded && other.why != site.Excluded
}

// announcedAt is the second at which a window was announced, as second now knows.
func announcedAt(e *site.Entry, now int) (at time.Time, known bool) {
	calledOff := false
	for _, u := range told(e, now) {
		switch u.Status {
		case site.Completed, site.Canceled:
			calledOff = true
		case site.Scheduled:
			if calledOff && u.Time.Before(e.Start.Time) || !known && u.Time.Equal(told(e, now)[0].Time) {
				at, known = u.Time, true
			}
			calledOff = false
		case site.Note:
		default:
			calledOff = false
		}
	}
	if list := told(e, now); !known && len(list) > 0 && list[0].Time.Before(e.Start.Time) {
		return list[0].Time, true
	}
	return at, known
}

// whyCounted says of maintenance in second n why it counts, before its hours are counted.
func whyCounted(x site.Exclusion, e *site.Entry, n, now int) site.WhyCounted {
	at, known := announcedAt(e, now)
	switch {
	case e.Kind != site.Maintenance:
		return site.NotAnnounced
	case second(n).Before(e.Start.Time) || !second(n).Before(e.End.Time):
		return site.OutsidePlan
	case x.Announced == 0:
		return site.Excluded
	case !known:
		return site.NotAnnounced
	case e.Start.Sub(at) < x.Announced:
		return site.AnnouncedLate
	}
	return site.Excluded
}

// claims are what all impacts say about a component in a region, second by second, up to
// second now.
func claims(s *site.Site, c site.Component, region string, now int) [][]claim {
	list := make([][]claim, now)
	used, month := 0, time.Month(0)
	x := s.SLA.Exclude
	for k := range s.Entries {
		e := &s.Entries[k]
		if e.NoIndex || !shown(e, now) {
			continue
		}
		for _, i := range e.Impacts {
			if !touches(i, c, region) || i.Status == site.Operational {
				continue
			}
			part := partThatCounts(e, i, now)
			holds := impactSeconds(e, i, now)
			if first := slices.Index(holds, true); !namedById(i, c) && first >= 0 && !serves(c, first) {
				continue
			}
			for n := range list {
				if !holds[n] || !serves(c, n) {
					continue
				}
				one := claim{entry: e, status: i.Status, part: part, page: i.Status}
				if e.Kind == site.Maintenance {
					one.status, one.page = site.UnderMaintenance, site.UnderMaintenance
				}
				if x.Set && one.page == site.UnderMaintenance {
					if one.why = whyCounted(x, e, n, now); one.why != site.Excluded {
						one.status = countsAs(i.Status)
					}
				}
				list[n] = append(list[n], one)
			}
		}
	}
	if !x.Limited {
		return list
	}
	for n := range list { // the hours of a month are used up in the order of time
		if m := second(n).In(s.Zone).Month(); m != month {
			used, month = 0, m
		}
		takes := false
		for k := range list[n] {
			one := &list[n][k]
			if one.page != site.UnderMaintenance || one.why != site.Excluded {
				continue
			}
			takes = true
			if time.Duration(used)*time.Second >= x.Limit {
				one.why = site.OverLimit
			}
		}
		if takes {
			used++
		}
	}
	return list
}

// countsAs is the status as which maintenance counts: what it says, or a major outage.
func countsAs(written site.Status) site.Status {
	if written > site.UnderMaintenance {
		return written
	}
	return site.MajorOutage
}

// overLimit gives the maintenance over the limit its status, which only the impacts know.
func overLimit(s *site.Site, c site.Component, region string, n, now int, list []claim) []claim {
	list = slices.Clone(list)
	k := 0
	for j := range s.Entries {
		e := &s.Entries[j]
		if e.NoIndex || !shown(e, now) {
			continue
		}
		for _, i := range e.Impacts {
			if !touches(i, c, region) || i.Status == site.Operational || !impactHoldsOn(c, e, i, n, now) {
				continue
			}
			if list[k].why == site.OverLimit {
				list[k].status = countsAs(i.Status)
			}
			k++
		}
	}
	return list
}

// winner is the claim that decides a second; ok is false if nothing does.
func winner(list []claim) (best claim, ok bool) {
	for _, one := range list {
		if !ok || one.beats(best) {
			best, ok = one, true
		}
	}
	return best, ok
}

// counted is what the reference counts of a component in a place.
type counted struct {
	length           int
	seconds, counted [5]float64
	lost             float64
	affected         map[*site.Entry]int // seconds by entry
	worst            map[*site.Entry]site.Status
}

// countPlace counts the seconds [a, b) of a component in some regions: a second has the
// claim that wins over those of all of them.
func countPlace(s *site.Site, c site.Component, regions []string, a, b, now int) counted {
	sum := counted{affected: map[*site.Entry]int{}, worst: map[*site.Entry]site.Status{}}
	all := map[string][][]claim{}
	for _, r := range regions {
		all[r] = claims(s, c, r, now)
	}
	for n := a; n < min(b, now); n++ {
		if !serves(c, n) {
			continue
		}
		sum.length++
		var together []claim
		for _, r := range regions {
			together = append(together, overLimit(s, c, r, n, now, all[r][n])...)
		}
		seen := map[*site.Entry]bool{}
		for _, one := range together {
			if sum.worst[one.entry] = max(sum.worst[one.entry], one.page); !seen[one.entry] {
				seen[one.entry] = true
				sum.affected[one.entry]++
			}
		}
		best, ok := winner(together)
		by := &sum.seconds
		if best.why != site.Excluded {
			by = &sum.counted
		}
		if ok {
			by[best.status] += best.part
			sum.lost += best.part * s.Uptime.Weights[best.status]
		}
		sum.seconds[site.Operational] += 1 - best.part
	}
	return sum
}
