package site_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// spelledOut returns the site in which every impact with groups names their components by
// their ids instead, as at an instant.
func spelledOut(s *site.Site, t time.Time) *site.Site {
	out := *s
	out.Entries = slices.Clone(s.Entries)
	for k := range out.Entries {
		e := &out.Entries[k]
		e.Impacts = slices.Clone(e.Impacts)
		for n := range e.Impacts {
			i := &e.Impacts[n]
			begin := e.Interval(t).Start
			if windows := s.Entries[k].Windows(n, t); len(windows) > 0 {
				begin = windows[0].Start
			}
			components := slices.Clone(i.Components)
			for _, c := range s.Components {
				member := slices.ContainsFunc(i.Groups, func(g site.Ref) bool { return g.ID == c.Group })
				there := len(i.Regions) == 0 || slices.ContainsFunc(i.Regions, func(r site.Ref) bool { return c.In(r.ID) })
				if member && there && c.Listed(begin) && !namedById(*i, c) {
					components = append(components, site.Ref{ID: c.ID})
				}
			}
			i.Groups, i.Components = nil, components
		}
	}
	return &out
}

// A site with groups in its impacts is, at any second, the site with their components
// written out.
func TestGroupsAreTheirComponents(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 1))
	ids := func(list []*site.Component) (ids []string) {
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return ids
	}
	grouped := 0
	for range 150 {
		s := randomSite(&dice{thrown(r)})
		n := r.IntN(lifetime + 30)
		other := spelledOut(s, second(n))
		got, want := s.At(second(n)), other.At(second(n))
		if got.Description != want.Description {
			t.Fatalf("second %d is %q with groups, and %q without\n%s", n, got.Description, want.Description, describe(s))
		}
		for k, c := range s.Components {
			if got.Components[k].Status != want.Components[k].Status {
				t.Fatalf("%s in second %d is %s with groups, and %s without\n%s", c.ID, n, got.Components[k].Status,
					want.Components[k].Status, describe(s))
			}
			with := s.History(second(n)).Uptime(&c, site.Everywhere, epoch, second(lifetime))
			without := other.History(second(n)).Uptime(&c, site.Everywhere, epoch, second(lifetime))
			if with != without {
				t.Fatalf("the uptime of %s in second %d is %v with groups, and %v without\n%s", c.ID, n, with, without, describe(s))
			}
		}
		for k := range s.Entries {
			e, o := &s.Entries[k], &other.Entries[k]
			if slices.ContainsFunc(e.Impacts, func(i site.Impact) bool { return len(i.Groups) > 0 }) {
				grouped++
			}
			if a, b := ids(s.AffectedBy(e, second(n))), ids(other.AffectedBy(o, second(n))); !slices.Equal(a, b) {
				t.Fatalf("%s has affected %v by second %d with groups, and %v without\n%s", e.Slug, a, n, b, describe(s))
			}
			if a, b := s.SeverityAt(e, second(n)), other.SeverityAt(o, second(n)); a != b {
				t.Fatalf("%s is %s in second %d with groups, and %s without\n%s", e.Slug, a, n, b, describe(s))
			}
		}
	}
	if grouped < 50 {
		t.Errorf("only %d entries had groups", grouped)
	}
}
