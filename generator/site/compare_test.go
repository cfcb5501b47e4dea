package site_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

func compareWithReference(t *testing.T, throws []byte) {
	s := randomSite(&dice{throws})
	compareFinal(t, s)
	for n := range lifetime + 30 {
		state := s.At(second(n))
		for k, c := range s.Components {
			if got, want := state.Components[k].Status, statusOf(s, c, n); got != want {
				t.Fatalf("%s in second %d is %s, by the reference %s\n%s", c.ID, n, got, want, describe(s))
			}
			for j, r := range regionsOf(c) {
				if got, want := state.Components[k].Regions[j].Status, statusIn(s, c, r, n); got != want {
					t.Fatalf("%s in %q in second %d is %s, by the reference %s\n%s", c.ID, r, n, got, want, describe(s))
				}
			}
		}
		compareLists(t, s, n)
		for k := range s.Entries {
			if e := &s.Entries[k]; e.Open(second(n)) != openIn(e, n, n) {
				t.Fatalf("%s in second %d is open: %t, by the reference not so\n%s", e.Slug, n, e.Open(second(n)), describe(s))
			}
		}
	}
}

// compareLists compares which components and groups are in lists in second n, and what
// the groups show.
func compareLists(t *testing.T, s *site.Site, n int) {
	t.Helper()
	state, healthy, total := s.At(second(n)), 0, 0
	groups := map[string]site.Status{}
	for k, c := range s.Components {
		if listed := serves(c, n) && !c.Unlisted; listed != state.Components[k].Listed {
			t.Fatalf("%s in second %d is listed: %t, by the reference not so\n%s", c.ID, n, !listed, describe(s))
		} else if !listed {
			continue
		}
		status := statusOf(s, c, n)
		groups[c.Group] = max(groups[c.Group], status)
		if total++; status == site.Operational {
			healthy++
		}
	}
	if gotHealthy, gotTotal := state.Healthy(); gotHealthy != healthy || gotTotal != total {
		t.Fatalf("%d of %d in second %d, by the reference %d of %d\n%s", gotHealthy, gotTotal, n, healthy, total, describe(s))
	}
	for k, g := range s.Groups {
		status, listed := groups[g.ID]
		if state.Groups[k] != status || state.GroupListed(g.ID) != listed {
			t.Fatalf("group %s in second %d is %s, by the reference %s (listed: %t)\n%s", g.ID, n, state.Groups[k], status, listed,
				describe(s))
		}
	}
}

// compareFinal compares the answers of entries that are final with
// those that are found each time. It also looks whether a settled entry
// has published and affected all that it ever will, since its outputs
// share both.
func compareFinal(t *testing.T, s *site.Site) {
	t.Helper()
	known := *s
	known.Entries = slices.Clone(s.Entries)
	for k := range known.Entries {
		known.Entries[k].Updates = slices.Clone(known.Entries[k].Updates)
		known.Entries[k].Finalize()
	}
	for n := range lifetime + 30 {
		at := second(n)
		for k := range s.Entries {
			e, c := &s.Entries[k], &known.Entries[k]
			if e.Visible(at) != c.Visible(at) || e.Open(at) != c.Open(at) ||
				e.Interval(at) != c.Interval(at) || e.Settled(at) != c.Settled(at) ||
				e.LastEvent(at) != c.LastEvent(at) || e.ContentHash(at) != c.ContentHash(at) || e.TextLength(at) != c.TextLength(at) {
				t.Fatalf("%s has another answer in second %d when it is final\n%s", e.Slug, n, describe(s))
			}
			if got, want := c.Published(at), e.Published(at); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s has published other updates by second %d when it is final\n%s", e.Slug, n, describe(s))
			}
			last := e.LastEvent(at)
			if !e.Settled(at) || !e.Visible(last) || !e.Settled(last) {
				continue
			}
			if !reflect.DeepEqual(e.Published(last), e.Published(at)) || !slices.Equal(s.AffectedBy(e, last), s.AffectedBy(e, at)) {
				t.Fatalf("%s publishes or affects more by second %d than when it was settled\n%s", e.Slug, n, describe(s))
			}
		}
		if got, want := known.NextChange(at), s.NextChange(at); !got.Equal(want) {
			t.Fatalf("after second %d the next change is at %v with final entries, else at %v\n%s", n, got, want, describe(s))
		}
		if got, want := known.At(at), s.At(at); got.Description != want.Description || len(got.Open) != len(want.Open) ||
			len(got.Active) != len(want.Active) || len(got.Upcoming) != len(want.Upcoming) {
			t.Fatalf("second %d is %q with final entries, else %q\n%s", n, got.Description, want.Description, describe(s))
		}
	}
}

func compareUptimeWithReference(t *testing.T, throws []byte) {
	d := &dice{throws}
	now := d.below(lifetime + 30)
	a := d.below(lifetime)
	b := a + 1 + d.below(lifetime)
	s := randomSite(d)
	h := s.History(second(now))
	for _, c := range s.Components {
		for _, r := range regionsOf(c) {
			from, to := a, min(b, now)
			if since := int(c.Since.Sub(epoch) / time.Second); !c.Since.IsZero() {
				from = max(from, since)
			}
			if until := int(c.Until.Sub(epoch) / time.Second); !c.Until.IsZero() {
				to = min(to, until)
			}
			got := h.Uptime(&c, r, second(a), second(b))
			if got.Span != int64(max(0, to-from)) {
				t.Fatalf("%s %q: the span is %d s, by the reference %d s\n%s", c.ID, r, got.Span, to-from, describe(s))
			}
			lost, want := float64(got.Lost)/1e6, lostIn(s, c, r, from, to, now)
			if slack := roundings(s); lost < want-1e-6 || lost > want+slack+1e-6 {
				t.Fatalf("%s %q from %d to %d at %d: lost %.6f s, by the reference %.6f s and at most %.1f s more\n%s", c.ID, r, a, b, now,
					lost, want, slack, describe(s))
			}
		}
	}
}

// roundings is by how much whole seconds may exceed the reference: one second,
// weighted, for each window of an impact of which a part counts.
func roundings(s *site.Site) float64 {
	sum := 0.0
	for _, e := range s.Entries {
		for _, i := range e.Impacts {
			if i.Downtime.Set {
				sum += s.Uptime.Weights[i.Status] * float64(1+len(e.Updates))
			}
		}
	}
	return sum
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
