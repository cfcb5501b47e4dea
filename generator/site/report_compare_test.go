package site_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// randomSLA changes a random site so that it says which maintenance is excluded.
func randomSLA(d *dice, s *site.Site) {
	s.Zone = time.FixedZone("", -(12*3600 + 40)) // a month begins in second 40
	if d.rarely() {
		return
	}
	x := &s.SLA.Exclude
	x.Set = true
	if d.often() {
		x.Announced = time.Duration(d.below(12)) * time.Second
	}
	if d.often() {
		x.Limited, x.Limit = true, time.Duration(d.below(25))*time.Second
	}
	s.SLA.Tiers = []site.Tier{{Below: site.Target{Percent: 95}, Credit: 10}, {Below: site.Target{Percent: 50}, Credit: 25}}
	for k := range s.Components {
		s.Components[k].Target = site.Target{Percent: 90}
	}
}

func compareReportWithReference(t *testing.T, throws []byte) {
	d := &dice{throws}
	now := 1 + d.below(lifetime+30)
	a := d.below(lifetime)
	b := a + 1 + d.below(lifetime)
	s := randomSite(d)
	randomSLA(d, s)
	var all []*site.Component
	for k := range s.Components {
		all = append(all, &s.Components[k])
	}
	r := s.UptimeReport(site.Period{Interval: site.Interval{Start: second(a), End: second(b)}}, second(now), all)
	shown := 0
	for k := range s.Components {
		c := s.Components[k]
		want := countPlace(s, c, regionsOf(c), a, b, now)
		if want.length == 0 {
			continue
		}
		if shown >= len(r.Components) || r.Components[shown].Component.ID != c.ID {
			t.Fatalf("%s is not in the report\n%s", c.ID, describe(s))
		}
		got := &r.Components[shown]
		shown++
		lost, span := 0.0, 0
		for j, region := range regionsOf(c) {
			place := &got.Place
			if len(c.Regions) > 0 {
				place = &got.Regions[j]
			}
			one := countPlace(s, c, []string{region}, a, b, now)
			comparePlace(t, s, c, place, one, now)
			lost, span = lost+one.lost, span+one.length
			if low, high := one.lost-1e-6, one.lost+reportSlack(s)+1e-6; float64(place.Uptime.Lost)/1e6 < low ||
				float64(place.Uptime.Lost)/1e6 > high || place.Uptime.Span != int64(one.length) {
				t.Fatalf("%s@%s from %d to %d at %d lost %d of %d s, by the reference %.6f of %d s\n%s", c.ID, region, a, b, now,
					place.Uptime.Lost, place.Uptime.Span, one.lost, one.length, describe(s))
			}
		}
		comparePlace(t, s, c, &got.Place, want, now)
		if low, high := lost-1e-6, lost+float64(len(regionsOf(c)))*reportSlack(s)+1e-6; got.Uptime.Span != int64(span) ||
			float64(got.Uptime.Lost)/1e6 < low || float64(got.Uptime.Lost)/1e6 > high {
			t.Fatalf("%s lost %d of %d s, by the reference %.6f of %d s\n%s", c.ID, got.Uptime.Lost,
				got.Uptime.Span, lost, span, describe(s))
		}
		compareShares(t, s, got, want)
		if !s.SLA.Exclude.Set { // then it is the uptime of all other pages
			if same := s.History(second(now)).Uptime(&c, site.Everywhere, second(a), second(b)); same != got.Uptime {
				t.Fatalf("%s has %v in the report, and %v on pages\n%s", c.ID, got.Uptime, same, describe(s))
			}
		}
	}
	if shown != len(r.Components) {
		t.Fatalf("the report has %d components, not %d\n%s", len(r.Components), shown, describe(s))
	}
}

// reportSlack is by how many whole seconds a report may exceed the reference: one for each
// part of a window of an impact of which only a part counts.
func reportSlack(s *site.Site) float64 {
	slack := 0.0
	for _, e := range s.Entries {
		for _, i := range e.Impacts {
			if i.Downtime.Set {
				slack += 4 * float64(1+len(e.Updates))
			}
		}
	}
	return slack
}

// comparePlace compares the seconds of a component in a place.
func comparePlace(t *testing.T, s *site.Site, c site.Component, got *site.Place, want counted, now int) {
	t.Helper()
	slack := reportSlack(s)
	if got.Length != int64(want.length) {
		t.Fatalf("%s@%s has %d s at %d, by the reference %d s\n%s", c.ID, got.Region, got.Length, now, want.length, describe(s))
	}
	var sum int64
	for _, status := range site.Statuses {
		sum += got.Seconds[status] + got.Counted[status]
		if math.Abs(float64(got.Seconds[status])-want.seconds[status]) > slack+1e-6 ||
			math.Abs(float64(got.Counted[status])-want.counted[status]) > slack+1e-6 {
			t.Fatalf("%s@%s, %s at %d: %d s, and %d s of maintenance, by the reference %.3f s and %.3f s (%+v)\n%s", c.ID,
				got.Region, status, now, got.Seconds[status], got.Counted[status], want.seconds[status], want.counted[status],
				s.SLA.Exclude, describe(s))
		}
	}
	if sum != got.Length {
		t.Fatalf("%s@%s: the seconds add up to %d of %d\n%s", c.ID, got.Region, sum, got.Length, describe(s))
	}
	met := got.Uptime.Meets(site.Target{Percent: 95})
	if got.Uptime.Known() && s.SLA.Exclude.Set && met != (got.Tier == nil) {
		t.Fatalf("%s@%s: uptime %s has the tier %v\n%s", c.ID, got.Region, got.Uptime.Percent(4), got.Tier, describe(s))
	}
}

// compareShares compares the incidents and the maintenance of a component.
func compareShares(t *testing.T, s *site.Site, got *site.ComponentReport, want counted) {
	t.Helper()
	incidents, lost := 0, int64(0)
	for e, n := range want.affected {
		if e.Kind == site.Maintenance {
			continue
		}
		incidents++
		at := slices.IndexFunc(got.Incidents, func(i site.IncidentShare) bool { return i.Entry == e })
		if at < 0 || got.Incidents[at].Length != int64(n) || got.Incidents[at].Worst != want.worst[e] {
			t.Fatalf("%s affects %s for %d s, at worst %s; the report has %+v\n%s", e.Slug, got.Component.ID, n, want.worst[e],
				got.Incidents, describe(s))
		}
	}
	if incidents != len(got.Incidents) {
		t.Fatalf("%s has %d incidents, by the reference %d\n%s", got.Component.ID, len(got.Incidents), incidents, describe(s))
	}
	for _, i := range got.Incidents {
		lost += i.Lost
	}
	if regions := int64(len(regionsOf(*got.Component))); lost*regions > got.Uptime.Lost {
		t.Fatalf("%s: the incidents lost %d of %d\n%s", got.Component.ID, lost*regions, got.Uptime.Lost, describe(s))
	}
	var maintenance int64
	for _, w := range got.Maintenance {
		for why := range w.Seconds {
			if maintenance += w.Seconds[why]; w.Seconds[why] < 0 {
				t.Fatalf("%s: %v\n%s", got.Component.ID, w.Seconds, describe(s))
			}
		}
	}
	if all := got.Seconds[site.UnderMaintenance] + got.CountedMaintenance(); maintenance > all {
		t.Fatalf("%s: the windows have %d s, the component %d s\n%s", got.Component.ID, maintenance, all, describe(s))
	}
}

func TestAReportIsWhatTheReferenceCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	for range 400 {
		compareReportWithReference(t, thrown(r))
	}
}

func FuzzReport(f *testing.F) {
	r := rand.New(rand.NewPCG(22, 2))
	for range 20 {
		f.Add(thrown(r))
	}
	f.Fuzz(func(t *testing.T, throws []byte) { compareReportWithReference(t, throws) })
}
