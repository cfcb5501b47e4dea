package site_test

import (
	"allclear/generator/site"
)

// statusIn is a component's status in a region at second n.
func statusIn(s *site.Site, c site.Component, region string, n int) site.Status {
	worst := site.Operational
	for k := range s.Entries {
		e := &s.Entries[k]
		if e.NoIndex || !shown(e, n) {
			continue
		}
		for _, i := range e.Impacts {
			if touches(i, c, region) && impactHoldsOn(c, e, i, n, n) {
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
		all = append(all, statusIn(s, c, r, n))
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
func lostIn(s *site.Site, c site.Component, region string, a, b, now int) float64 {
	lost := 0.0
	for n := a; n < b; n++ {
		worst, share := site.Operational, 0.0
		for k := range s.Entries {
			e := &s.Entries[k]
			if e.NoIndex || !shown(e, now) {
				continue
			}
			for _, i := range e.Impacts {
				if !touches(i, c, region) || !impactHoldsOn(c, e, i, n, now) {
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
	if !i.Downtime.Set {
		return 1
	}
	length, whole := 0, 0
	for n, holds := range impactSeconds(e, i, now) {
		if holds {
			whole++
			if n < now {
				length++
			}
		}
	}
	if openIn(e, horizon-1, now) && i.End.IsZero() {
		whole = length // it goes on: no more can count than has passed
	}
	return min(1, i.Downtime.Length.Seconds()/float64(whole))
}
