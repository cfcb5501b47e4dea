package generator_test

import (
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/themes"
)

// liveWith builds a random site and asks about it at some instants. It reports
// whether check accepted the site.
func liveWith(t *testing.T, throws []byte) (accepted bool) {
	t.Helper()
	p := &pen{throws: throws}
	var instants []time.Time
	for range 1 + p.below(2) {
		instants = append(instants, everyday.Add(time.Duration(p.below(250)-125)*p.step()).Add(time.Duration(p.below(3)-1)*time.Second))
	}
	folder := thrownFolder(p.throws)
	now := time.Time{}
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("panic at %s: %v\n%s\n%s", now, r, printed(folder), debug.Stack())
		}
	}()
	for _, now = range instants {
		for _, drafts := range []bool{false, true} {
			result := generator.Build(folder, themes.In(folder), generator.Options{Now: now, Drafts: drafts, Version: "test"})
			if slices.ContainsFunc(result.Problems, func(p diag.Problem) bool { return p.Rule == "broken-theme" }) {
				t.Fatalf("check accepts at %s what build refuses: %v\n%s", now, result.Problems, printed(folder))
			}
			if result.Problems.HasErrors() {
				continue
			}
			accepted = true
			s := &result.Site
			for _, f := range result.Files {
				if _, err := f.Bytes(); err != nil {
					t.Fatalf("%s at %s: %v\n%s", f.Path, now, err, printed(folder))
				}
			}
			last := now
			for _, c := range s.Changes(now, 50) {
				if !c.At.After(now) || c.At.Before(last) {
					t.Fatalf("after %s comes %s, after %s\n%s", now, c.At, last, printed(folder))
				}
				last = c.At
			}
		}
	}
	return accepted
}

func printed(folder fstest.MapFS) string {
	text := ""
	for name, f := range folder {
		text += "-- " + name + " --\n" + string(f.Data)
	}
	return text
}

func thrownBytes(r *rand.Rand) []byte {
	throws := make([]byte, 150+r.IntN(250))
	for i := range throws {
		throws[i] = byte(r.Uint32())
	}
	return throws
}

func TestWhatCheckAcceptsEveryCommandLivesWith(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 2))
	accepted := 0
	const sites = 80 // the 59th was the first to crash a build
	for range sites {
		if liveWith(t, thrownBytes(r)) {
			accepted++
		}
	}
	if accepted < sites/4 {
		t.Errorf("check accepts only %d of %d sites: too few to tell anything", accepted, sites)
	}
	t.Logf("%d of %d sites were accepted", accepted, sites)
}

func FuzzEveryKey(f *testing.F) {
	r := rand.New(rand.NewPCG(13, 3))
	for range 8 {
		f.Add(thrownBytes(r))
	}
	f.Fuzz(func(t *testing.T, throws []byte) { liveWith(t, throws) })
}
