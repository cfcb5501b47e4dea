package site_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// What changed at a second is found without looking at the seconds around it
// where no impact begins or ends; the long way gives the same.
func TestWhatChangedAtAnySecondIsTheDifferenceToTheSecondBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	changes := 0
	for range 2000 {
		d := &dice{throws: thrown(r)}
		s := randomSite(d)
		for i := range s.Entries {
			e := &s.Entries[i]
			for n := range lifetime {
				at := second(n)
				quick, long := e.ChangesAt(s.NamedBy(e), []*site.Update{{Time: at}})[0], s.ChangedSince(e, at.Add(-time.Nanosecond), at)
				if !slices.Equal(quick, long) {
					t.Fatalf("at second %d of %s: %v, not %v", n, describe(s), quick, long)
				}
				changes += len(long)
			}
			updates := e.Published(second(lifetime))
			for n, with := range e.ChangesWith(s.NamedBy(e), updates) {
				var before time.Time
				if n+1 < len(updates) {
					before = updates[n+1].Time
				}
				if since := s.ChangedSince(e, before, updates[n].Time); !slices.Equal(with, since) {
					t.Fatalf("with update %d of %s: %v, not %v", n, describe(s), with, since)
				}
			}
		}
	}
	if changes < 1000 {
		t.Errorf("only %d changes were seen", changes)
	}
}
