//go:build linux && amd64

package outdir

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// someCalls returns the numbers of system calls at which to interrupt builds: evenly
// spaced over all calls, as many as ALLCLEAR_CALLS says, or a few.
func someCalls(calls int) []int {
	wanted := 3
	if n, err := strconv.Atoi(os.Getenv("ALLCLEAR_CALLS")); err == nil {
		wanted = max(2, n)
	}
	wanted = min(wanted, calls)
	var list []int
	for i := range wanted {
		list = append(list, 1+i*(calls-1)/(wanted-1))
	}
	return list
}

// The disk stays the same between two system calls that change it. So a build that is
// killed before each of these calls, in turn, goes through every state of the disk.
func TestKilledBeforeEachChangeABuildLeavesWholePages(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	p.must(p.build())
	p.variant(1)
	calls := p.interrupt(interruption{picks: changing}).calls
	if calls < 100 {
		t.Fatalf("a build changes something %d times only", calls)
	}
	p.is(1, "a build that was watched")
	killed, mixtures, sound := 0, 0, 0
	for i, n := range someCalls(calls) {
		v := i % 2
		p.variant(v)
		if p.interrupt(interruption{picks: changing, at: n}).status.Signaled() {
			killed++
		}
		when := fmt.Sprintf("killed before change %d of about %d", n, calls)
		if p.whole(when) {
			mixtures++
		}
		p.must(p.build())
		p.is(v, "the build after it was "+when)
		if !t.Failed() {
			sound++
		}
	}
	if killed == 0 {
		t.Error("no build was killed")
	}
	t.Logf("%d builds interrupted, %d whole sites: killed before one of about %d changes to the disk, %d of them between two moves; the "+
		"next build made each what it should be", killed, sound, calls, mixtures)
}

func TestFaultyCallsLeaveTheLastGoodSiteOrTheNewOne(t *testing.T) {
	p := newVariants(t)
	p.variant(0)
	p.must(p.build())
	p.variant(1)
	calls := p.interrupt(interruption{picks: touching}).calls
	if calls < 200 {
		t.Fatalf("a build has to do with files %d times only", calls)
	}
	failed, sound, now := 0, 0, 1
	numbers := someCalls(calls)
	for _, n := range numbers {
		p.variant(1 - now)
		build := p.interrupt(interruption{picks: touching, at: n, fail: syscall.EIO})
		when := fmt.Sprintf("call %d of about %d failed", n, calls)
		if p.whole(when) {
			t.Errorf("%s: half a site", when)
		}
		if build.status.ExitStatus() == 0 {
			now = 1 - now
			p.holds(now, "fine, though "+when) // leftovers of a killed build are hidden
		} else {
			failed++
			if !strings.Contains(build.said, "input/output error") {
				t.Errorf("%s: it does not say why:\n%s", when, build.said)
			}
		}
		if !t.Failed() {
			sound++
		}
	}
	if failed == 0 && len(numbers) >= 20 { // among a few calls there may be none that matters
		t.Error("no build failed")
	}
	t.Logf("%d builds interrupted, %d whole sites: one of about %d calls to do with files failed; %d builds could not go on and said why",
		len(numbers), sound, calls, failed)
}
