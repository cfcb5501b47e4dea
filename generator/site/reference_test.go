package site_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
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

// dice are throws that a fuzzer chooses; after the last one all are 0.
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

// thrownSite is a site of two to three components with up to five entries.
func thrownSite(d *dice) *site.Site {
	s := &site.Site{Zone: time.UTC, Uptime: site.UptimeOptions{Weights: site.Weights{0, 0, 0.1, 0.3, 1}}}
	s.Regions = []site.Region{{ID: "us"}, {ID: "eu"}}
	s.Components = []site.Component{{ID: "web"}, {ID: "api", Regions: []site.Ref{{ID: "us"}, {ID: "eu"}}}}
	if d.often() {
		s.Components = append(s.Components, site.Component{ID: "mail", Regions: []site.Ref{{ID: "eu"}}, Since: second(d.below(lifetime))})
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
	words := []site.Word{site.Investigating, site.Identified, site.Monitoring, site.Resolved, site.Note, site.Resolved}
	throwUpdates(d, e, words)
	if e.Begin().IsZero() {
		e.Start = d.moment()
	}
}

// throwWindow throws a window whose updates come in an order that an operator
// would write: announced, begun, verified, ended.
func throwWindow(d *dice, e *site.Entry) {
	e.Kind = site.Maintenance
	start := d.below(lifetime - 20)
	length := 5 + d.below(40)
	e.Start, e.End = site.Moment{Time: second(start)}, site.Moment{Time: second(start + length)}
	e.ManualEnd = d.rarely()
	throwImpacts(d, e)
	at := max(0, start-10) + d.below(5) // before the window ends, however short it is
	add := func(word site.Word) {
		e.Updates = append(e.Updates, site.Update{Time: second(at), Status: word})
		at += d.below(8)
	}
	if d.often() {
		add(site.Scheduled)
	}
	at = min(at, start+length-1)
	if d.rarely() {
		add(site.Canceled)
		return
	}
	if d.often() {
		add(site.InProgress)
		at = min(at, start+length-1)
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
		if !i.All {
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
				i.Downtime = site.Downtime{Said: true, Length: time.Duration(d.below(length+1)) * time.Second}
			}
		}
		e.Impacts = append(e.Impacts, i)
	}
}

func throwUpdates(d *dice, e *site.Entry, words []site.Word) {
	at := d.below(lifetime)
	for range d.below(5) {
		e.Updates = append(e.Updates, site.Update{Time: second(at), Status: words[d.below(len(words))]})
		at += d.below(20)
	}
}

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

func compareWithReference(t *testing.T, throws []byte) {
	s := thrownSite(&dice{throws})
	for n := range lifetime + 30 {
		state := s.At(second(n))
		for k, c := range s.Components {
			if got, want := state.Components[k].Status, statusOf(s, c, n); got != want {
				t.Fatalf("%s in second %d is %s, by the reference %s\n%s", c.ID, n, got, want, describe(s))
			}
			for j, r := range regionsOf(c) {
				if got, want := state.Components[k].Regions[j].Status, statusIn(s, c.ID, r, n); got != want {
					t.Fatalf("%s in %q in second %d is %s, by the reference %s\n%s", c.ID, r, n, got, want, describe(s))
				}
			}
		}
		for k := range s.Entries {
			if e := &s.Entries[k]; e.Open(second(n)) != openIn(e, n, n) {
				t.Fatalf("%s in second %d is open: %t, by the reference not so\n%s", e.Slug, n, e.Open(second(n)), describe(s))
			}
		}
	}
}

func compareUptimeWithReference(t *testing.T, throws []byte) {
	d := &dice{throws}
	now := d.below(lifetime + 30)
	a := d.below(lifetime)
	b := a + 1 + d.below(lifetime)
	s := thrownSite(d)
	h := s.History(second(now))
	for _, c := range s.Components {
		for _, r := range regionsOf(c) {
			from, to := a, min(b, now)
			if since := int(c.Since.Sub(epoch) / time.Second); !c.Since.IsZero() {
				from = max(from, since)
			}
			got := h.Uptime(&c, r, second(a), second(b))
			if got.Span != int64(max(0, to-from)) {
				t.Fatalf("%s %q: the span is %d s, by the reference %d s\n%s", c.ID, r, got.Span, to-from, describe(s))
			}
			lost, want := float64(got.Lost)/1e6, lostIn(s, c.ID, r, from, to, now)
			if slack := roundings(s); lost < want-1e-6 || lost > want+slack+1e-6 {
				t.Fatalf("%s %q from %d to %d at %d: lost %.6f s, by the reference %.6f s and at most %.1f s more\n%s", c.ID, r, a, b, now, lost, want, slack, describe(s))
			}
		}
	}
}

// roundings is by how much whole seconds may exceed the reference: one second,
// weighted, for each impact of which a part counts.
func roundings(s *site.Site) float64 {
	sum := 0.0
	for _, e := range s.Entries {
		for _, i := range e.Impacts {
			if i.Downtime.Said {
				sum += s.Uptime.Weights[i.Status]
			}
		}
	}
	return sum
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
	for _, e := range s.Entries {
		fmt.Fprintf(&b, "%s %s %s..%s severity=%s noindex=%t manual=%t\n", e.Slug, e.Kind, clock(e.Start.Time), clock(e.End.Time), e.Severity, e.NoIndex, e.ManualEnd)
		for _, i := range e.Impacts {
			fmt.Fprintf(&b, "  all=%t %v %v %s %s..%s downtime=%v\n", i.All, i.Components, i.Regions, i.Status, clock(i.Start.Time), clock(i.End.Time), i.Downtime)
		}
		for _, u := range e.Updates {
			fmt.Fprintf(&b, "  %s at %s\n", u.Status, clock(u.Time))
		}
	}
	return b.String()
}

// thrown are the throws for one site.
func thrown(r *rand.Rand) []byte {
	throws := make([]byte, 20+r.IntN(180))
	for i := range throws {
		throws[i] = byte(r.Uint32())
	}
	return throws
}

func TestTheStatusAtAnySecondIsWhatTheReferenceSays(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for range 60 {
		compareWithReference(t, thrown(r))
	}
}

func TestUptimeIsWhatTheReferenceCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2))
	for range 80 {
		compareUptimeWithReference(t, thrown(r))
	}
}

func FuzzStatus(f *testing.F) {
	r := rand.New(rand.NewPCG(6, 3))
	for range 8 {
		f.Add(thrown(r))
	}
	f.Fuzz(compareWithReference)
}

func FuzzUptime(f *testing.F) {
	r := rand.New(rand.NewPCG(6, 4))
	for range 8 {
		f.Add(thrown(r))
	}
	f.Fuzz(compareUptimeWithReference)
}
