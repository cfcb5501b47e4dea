package ledger

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

var (
	chat = Target{Name: "chat"}
	hook = Target{Name: "hook", Repeat: time.Hour}
)

func TestAnUpdateIsSentOnce(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		p.setUp(t)
		first, second := item(chat, "a", noon), item(hook, "a", noon)
		one := p.run(t, noon)
		want(t, "first run", claim(t, one, noon, first, second), Send, Send)
		if !begin(t, one, first) || !begin(t, one, second) {
			t.Error("a claim does not hold")
		}
		note(t, one, Result{first, Sent}, Result{second, Sent})
		want(t, "second run", claim(t, p.run(t, noon), noon, first, second), Done, Done)
		if p.writes != nil && p.writes() != 3 {
			t.Errorf("%d pushes: one of the first run, and two of the second", p.writes())
		}
	})
}

func TestTheFirstRunOnlyRecords(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		one := p.run(t, noon)
		want(t, "first run", claim(t, one, noon, item(chat, "a", noon.Add(-time.Minute))), Recorded)
		later := noon.Add(time.Minute)
		want(t, "second run", claim(t, p.run(t, later), later, item(chat, "a", noon.Add(-time.Minute)), item(chat, "b", noon)), Done, Send)
	})
}

func TestANewTargetGetsWhatIsPublishedFromThenOn(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	fresh := Target{Name: "fresh"}
	scope := Scope{Targets: []Target{chat, fresh}, At: noon, MaxAge: time.Hour}
	verdicts, _, err := p.run(t, noon).Claim(context.Background(), scope, []Item{item(chat, "a", noon), item(fresh, "a", noon)}, false)
	if err != nil {
		t.Fatal(err)
	}
	want(t, "run", verdicts, Send, Recorded)
}

// notify --since asks for less than is new. What it leaves out is recorded in a first run,
// and stays for the next run otherwise.
func TestWhatIsNotAskedForIsRecordedForANewTargetOnly(t *testing.T) {
	p := places(t)["file"](t)
	left := item(chat, "a", noon.Add(-time.Minute))
	left.RecordOnly = true
	want(t, "first run", claim(t, p.run(t, noon), noon, left), Recorded)
	left.RecordOnly = false
	want(t, "second run", claim(t, p.run(t, noon), noon, left), Done)

	b := item(chat, "b", noon)
	b.RecordOnly = true
	want(t, "not asked for", claim(t, p.run(t, noon), noon, b), Done)
	b.RecordOnly = false
	want(t, "asked for", claim(t, p.run(t, noon), noon, b), Send)
}

func TestOfTwoRunsAtOnceOneSends(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		p.setUp(t)
		const runs, updates = 4, 5
		var wait sync.WaitGroup
		var mu sync.Mutex
		sends := map[string]int{}
		for range runs {
			l := p.run(t, noon)
			wait.Go(func() {
				var items []Item
				for u := range updates {
					items = append(items, item(chat, string(rune('a'+u)), noon))
				}
				scope := Scope{Targets: []Target{chat, hook}, At: noon, MaxAge: time.Hour}
				verdicts, _, err := l.Claim(context.Background(), scope, items, false)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for i, v := range verdicts {
					if v == Send {
						sends[items[i].IDs[0]]++
					} else if v != Busy {
						t.Errorf("verdict %v", v)
					}
				}
			})
		}
		wait.Wait()
		for u := range updates {
			if id := string(rune('a' + u)); sends[id] != 1 {
				t.Errorf("%s was claimed %d times", id, sends[id])
			}
		}
	})
}

func TestWhatAKilledRunLeftIsTakenOver(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		p.setUp(t)
		dead := p.run(t, noon)
		begun, untouched, again := item(chat, "begun", noon), item(chat, "untouched", noon), item(hook, "begun", noon)
		want(t, "dead run", claim(t, dead, noon, begun, untouched, again), Send, Send, Send)
		begin(t, dead, begun)
		begin(t, dead, again)

		soon := noon.Add(time.Minute)
		want(t, "while it may live", claim(t, p.run(t, soon), soon, begun, untouched, again), Busy, Busy, Busy)
		next := p.run(t, soon)
		next.alive = func(string) bool { return false }
		took := Send
		if next.Batch() {
			took = Unfinished // all of a batch may have been sent
		}
		want(t, "once it is dead", claim(t, next, soon, begun, untouched, again), Unfinished, took, Send)
		note(t, next, Result{again, Sent}, Result{untouched, Sent}, Result{begun, Reported})
		want(t, "the report comes once", claim(t, p.run(t, soon), soon, begun, untouched, again), Done, Done, Done)
		if begin(t, dead, untouched) && !next.Batch() {
			t.Error("the run that was thought dead still has its claim")
		}
	})
}

func TestAClaimEndsAfterAWhile(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	claim(t, p.run(t, noon), noon, item(hook, "a", noon))
	later := noon.Add(lease - time.Second)
	want(t, "before", claim(t, p.run(t, later), later, item(hook, "a", noon)), Busy)
	later = noon.Add(lease)
	want(t, "after", claim(t, p.run(t, later), later, item(hook, "a", noon)), Send)
	earlier := noon.Add(-24 * time.Hour)
	want(t, "the clock was a day ahead", claim(t, p.run(t, earlier), earlier, item(hook, "a", earlier)), Send)
}

func TestARunThatTakesTooLongStops(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	l := p.run(t, noon)
	claim(t, l, noon, item(chat, "a", noon))
	l.clock = func() time.Time { return noon.Add(RunLimit) }
	if begin(t, l, item(chat, "a", noon)) {
		t.Error("it begins though others may have its claim")
	}
}

func TestWhatFailedIsTriedAgainUntilItIsTooOld(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		p.setUp(t)
		a := item(chat, "a", noon)
		for n := range 3 {
			at := noon.Add(time.Duration(n) * time.Minute)
			l := p.run(t, at)
			want(t, "run", claim(t, l, at, a), Send)
			begin(t, l, a)
			note(t, l, Result{a, Failed})
		}
		later := noon.Add(2 * time.Hour)
		_, old := claimOld(t, p.run(t, later), later)
		if !slices.Equal(old, []Old{{"chat", "a", Expired}}) {
			t.Errorf("too old: %v", old)
		}
		note(t, p.run(t, later), Result{a, Reported})
		if _, old = claimOld(t, p.run(t, later), later); len(old) > 0 {
			t.Errorf("it is reported twice: %v", old)
		}
	})
}

func TestAnUnsureResultIsTriedAgainOnlyWhereThatDoesNoHarm(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	a, b := item(chat, "a", noon), item(hook, "a", noon)
	l := p.run(t, noon)
	claim(t, l, noon, a, b)
	begin(t, l, a)
	begin(t, l, b)
	note(t, l, Result{a, Unsure}, Result{b, Unsure})
	soon := noon.Add(time.Minute)
	l = p.run(t, soon)
	want(t, "next run", claim(t, l, soon, a, b), Done, Send)
	begin(t, l, b)
	note(t, l, Result{b, Failed})
	later := noon.Add(59 * time.Minute)
	want(t, "within the hour", claim(t, p.run(t, later), later, b), Send)
	// The first try may have arrived, and after an hour the target has forgotten it.
	later = noon.Add(61 * time.Minute)
	l = p.run(t, later)
	l.alive = func(string) bool { return false }
	want(t, "after the hour", claim(t, l, later, b), Unfinished)
}

func TestWhatWasNotBegunIsReleased(t *testing.T) {
	inEach(t, func(t *testing.T, p place) {
		p.setUp(t)
		a := item(chat, "a", noon)
		l := p.run(t, noon)
		claim(t, l, noon, a)
		note(t, l, Result{a, Released})
		want(t, "next run", claim(t, p.run(t, noon), noon, a), Send)
	})
}

func TestAnUpdateUnderAnotherOfItsIDsIsTheSame(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	both := Item{Target: chat, IDs: []string{"x/#u-20261120T120000Z", "x/#u-first"}, At: noon}
	l := p.run(t, noon)
	claim(t, l, noon, both)
	note(t, l, Result{both, Sent})
	moved := Item{Target: chat, IDs: []string{"x/#u-20261120T115500Z", "x/#u-first"}, At: noon.Add(-5 * time.Minute)}
	want(t, "moved", claim(t, p.run(t, noon), noon, moved), Done)
}

func TestALedgerStaysSmallAndForgetsNothingThatCouldBeSent(t *testing.T) {
	p := places(t)["file"](t)
	p.setUp(t)
	var items []Item
	at := noon
	for n := range 200 {
		at = noon.Add(time.Duration(n) * 24 * time.Hour)
		i := item(chat, at.Format(time.RFC3339), at)
		items = append(items, i)
		l := p.run(t, at)
		want(t, "run", claim(t, l, at, i), Send)
		note(t, l, Result{i, Sent})
	}
	data, err := os.ReadFile(filepath.Join(p.folder, "notified.json"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), `"ids"`); n > 32 {
		t.Errorf("it has %d updates", n)
	}
	for _, v := range claim(t, p.run(t, at), at, items...) {
		if v != Done {
			t.Fatalf("an old update is sent again: %v", v)
		}
	}
}

func TestARunWithoutNewsWritesNothing(t *testing.T) {
	p := places(t)["git"](t)
	p.setUp(t)
	before := p.writes()
	claim(t, p.run(t, noon), noon)
	if p.writes() != before {
		t.Error("it pushed")
	}
}

func TestADryRunWritesNothing(t *testing.T) {
	p := places(t)["file"](t)
	scope := Scope{Targets: []Target{chat}, At: noon, MaxAge: time.Hour}
	if _, _, err := p.run(t, noon).Claim(context.Background(), scope, []Item{item(chat, "a", noon)}, true); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(p.folder, "notified.json")); err == nil {
		t.Error("there is a ledger")
	}
}
