package site_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"allclear/generator/site"
)

// dice returns random numbers from bytes that a fuzzer chooses; after the last byte they
// are 0.
type dice struct{ throws []byte }

func (d *dice) below(n int) int {
	if len(d.throws) == 0 {
		return 0
	}
	throw := int(d.throws[0])
	d.throws = d.throws[1:]
	return throw % n
}

func (d *dice) often() bool  { return d.below(3) > 0 }
func (d *dice) rarely() bool { return d.below(5) == 4 }

func (d *dice) moment() site.Moment { return site.Moment{Time: second(d.below(lifetime))} }

// randomSite is a site of two to three components with up to five entries.
func randomSite(d *dice) *site.Site {
	s := &site.Site{Zone: time.UTC, Uptime: site.UptimeOptions{Weights: site.Weights{0, 0, 0.1, 0.3, 1}}}
	s.Regions = []site.Region{{ID: "us"}, {ID: "eu"}}
	s.Groups = []site.Group{{ID: "core"}, {ID: "edge"}}
	s.Components = []site.Component{{ID: "web", Group: "core"}, {ID: "api", Group: "core", Regions: []site.Ref{{ID: "us"}, {ID: "eu"}}}}
	if d.often() {
		s.Components = append(s.Components,
			site.Component{ID: "mail", Group: "edge", Regions: []site.Ref{{ID: "eu"}}, Since: second(d.below(lifetime))})
	}
	if d.rarely() {
		s.Components[d.below(2)].Since = second(d.below(lifetime))
	}
	if d.rarely() {
		c := &s.Components[d.below(len(s.Components))]
		c.Until = c.Since.Add(time.Duration(1+d.below(lifetime)) * time.Second)
		if c.Since.IsZero() {
			c.Until = second(d.below(lifetime))
		}
	}
	if d.rarely() {
		s.Components[d.below(len(s.Components))].Unlisted = true
	}
	for i := range 1 + d.below(5) {
		e := site.Entry{Slug: fmt.Sprint("e", i), NoIndex: d.rarely()}
		if d.rarely() {
			e.Severity = site.None
		}
		if d.often() {
			throwIncident(d, &e)
		} else {
			throwWindow(d, &e)
		}
		s.Entries = append(s.Entries, e)
	}
	return s
}

func throwIncident(d *dice, e *site.Entry) {
	e.Kind = site.Incident
	if d.often() {
		e.Start = d.moment()
	}
	if d.rarely() && !e.Start.IsZero() {
		e.End = site.Moment{Time: e.Start.Add(time.Duration(1+d.below(40)) * time.Second)}
	}
	throwImpacts(d, e)
	words := []site.UpdateStatus{site.Investigating, site.Identified, site.Monitoring, site.Resolved, site.Note, site.Resolved}
	throwUpdates(d, e, words)
	if e.Begin().IsZero() {
		e.Start = d.moment()
	}
}

// throwWindow makes a random window whose updates come in an order that an operator
// would write: announced, begun, verified, ended.
func throwWindow(d *dice, e *site.Entry) {
	e.Kind = site.Maintenance
	start := d.below(lifetime - 20)
	length := 5 + d.below(40)
	e.Start, e.End = site.Moment{Time: second(start)}, site.Moment{Time: second(start + length)}
	e.ManualEnd = d.rarely()
	throwImpacts(d, e)
	if d.often() {
		throwOrderly(d, e, start, length)
		return
	}
	words := []site.UpdateStatus{site.Scheduled, site.InProgress, site.Verifying, site.Note, site.Completed, site.Completed, site.Canceled}
	throwUpdates(d, e, words)
}

// throwOrderly makes the random words of a window in the order in which they are
// expected, some of them after its planned end, and perhaps it is begun again.
func throwOrderly(d *dice, e *site.Entry, start, length int) {
	at := max(0, start-10) + d.below(5) // before the window ends, however short it is
	add := func(word site.UpdateStatus) {
		e.Updates = append(e.Updates, site.Update{Time: second(at), Status: word})
		at += d.below(8)
	}
	if d.often() {
		add(site.Scheduled)
	}
	if d.often() {
		at = min(at, start+length-1)
	}
	if d.rarely() {
		add(site.Canceled)
		return
	}
	for range 1 + d.below(2) {
		if d.often() {
			add(site.InProgress)
		}
		if d.rarely() {
			add(site.Verifying)
		}
		if at += d.below(20); d.often() {
			add(site.Completed)
		}
	}
}

func throwImpacts(d *dice, e *site.Entry) {
	for range d.below(4) {
		i := site.Impact{Status: site.Statuses[d.below(5)], All: d.rarely()}
		if !i.All && d.rarely() {
			i.Groups = []site.Ref{{ID: []string{"core", "edge"}[d.below(2)]}}
		}
		if !i.All && (len(i.Groups) == 0 || d.rarely()) {
			i.Components = []site.Ref{{ID: []string{"web", "api", "mail"}[d.below(3)]}}
		}
		if d.rarely() {
			i.Regions = []site.Ref{{ID: []string{"us", "eu"}[d.below(2)]}}
		}
		if d.often() {
			i.Start = d.moment()
		}
		if d.often() && !i.Start.IsZero() {
			length := 1 + d.below(40)
			i.End = site.Moment{Time: i.Start.Add(time.Duration(length) * time.Second)}
			if d.rarely() {
				i.Downtime = site.Downtime{Set: true, Length: time.Duration(d.below(length+1)) * time.Second}
			}
		} else if d.rarely() {
			i.Downtime = site.Downtime{Set: true, Length: time.Duration(1+d.below(40)) * time.Second}
		}
		e.Impacts = append(e.Impacts, i)
	}
}

func throwUpdates(d *dice, e *site.Entry, words []site.UpdateStatus) {
	at := d.below(lifetime)
	for range d.below(5) {
		e.Updates = append(e.Updates, site.Update{Time: second(at), Status: words[d.below(len(words))]})
		at += d.below(20)
	}
}

// describe is a site as the finder of a mistake wants to read it.
func describe(s *site.Site) string {
	var b strings.Builder
	clock := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return fmt.Sprint(int(t.Sub(epoch) / time.Second))
	}
	for _, c := range s.Components {
		if !c.Since.IsZero() || !c.Until.IsZero() || c.Unlisted {
			fmt.Fprintf(&b, "%s since %s until %s unlisted=%t\n", c.ID, clock(c.Since), clock(c.Until), c.Unlisted)
		}
	}
	for _, e := range s.Entries {
		fmt.Fprintf(&b, "%s %s %s..%s severity=%s noindex=%t manual=%t\n", e.Slug, e.Kind, clock(e.Start.Time), clock(e.End.Time),
			e.Severity, e.NoIndex, e.ManualEnd)
		for _, i := range e.Impacts {
			fmt.Fprintf(&b, "  all=%t %v %v %v %s %s..%s downtime=%v\n", i.All, i.Components, i.Groups, i.Regions, i.Status,
				clock(i.Start.Time), clock(i.End.Time), i.Downtime)
		}
		for _, u := range e.Updates {
			fmt.Fprintf(&b, "  %s at %s\n", u.Status, clock(u.Time))
		}
	}
	return b.String()
}

// thrown returns the random bytes for one site.
func thrown(r *rand.Rand) []byte {
	throws := make([]byte, 20+r.IntN(180))
	for i := range throws {
		throws[i] = byte(r.Uint32())
	}
	return throws
}
