package ledger

import (
	"context"
	"slices"
	"testing"
	"time"
)

// words returns an item of a page with a digest.
func words(t Target, id, digest string, at time.Time) Item {
	one := item(t, "incidents/slow/#"+id, at)
	one.Digest = digest
	return one
}

// claimOf claims items as of an instant, on a site that has these updates alone.
func claimOf(t *testing.T, l *Ledger, at time.Time, items ...Item) []Verdict {
	t.Helper()
	scope := Scope{
		Targets: []Target{chat, hook}, At: at, MaxAge: 2 * time.Hour, Before: noon.Add(-24 * time.Hour),
		Exists: func(id string) bool {
			return slices.ContainsFunc(items, func(i Item) bool { return slices.Contains(i.IDs, id) })
		},
	}
	verdicts, _, err := l.Claim(context.Background(), scope, items, false)
	if err != nil {
		t.Fatal(err)
	}
	return verdicts
}

// People correct the time of an update after they have published it. Its ID has the time in
// it, so only its words say that it is the same.
func TestAnUpdateWhoseTimeIsCorrectedIsNotSentAgain(t *testing.T) {
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	first := words(chat, "u-first", "looking", at(0))
	for name, c := range map[string]struct {
		sent    []Item // at 12:21
		edited  []Item // the items at 12:25, before the last edit; nil: none
		then    []Item // the items at 12:30
		verdict []Verdict
	}{
		"earlier": {
			[]Item{first, words(chat, "1220", "found", at(20))}, nil,
			[]Item{first, words(chat, "1215", "found", at(15))}, []Verdict{Done, Done},
		},
		"to the minute at which it was sent": {
			[]Item{first, words(chat, "1219", "found", at(19))}, nil,
			[]Item{first, words(chat, "1221", "found", at(21))}, []Verdict{Done, Done},
		},
		"later than it was sent, so that it is about something else": {
			[]Item{first, words(chat, "1220", "found", at(20))}, nil,
			[]Item{first, words(chat, "1228", "found", at(28))}, []Verdict{Done, Send},
		},
		"the same words again, and the old update is still there": {
			[]Item{first, words(chat, "1210", "working", at(10))}, nil,
			[]Item{first, words(chat, "1210", "working", at(10)), words(chat, "1220", "working", at(20))}, []Verdict{Done, Done, Send},
		},
		"one of two with the same words": {
			[]Item{words(chat, "1210", "working", at(10)), words(chat, "1220", "working", at(20))}, nil,
			[]Item{words(chat, "1210", "working", at(10)), words(chat, "1218", "working", at(18))}, []Verdict{Done, Done},
		},
		"both of two with the same words, and a third that is new": {
			[]Item{words(chat, "1210", "working", at(10)), words(chat, "1220", "working", at(20))}, nil,
			[]Item{words(chat, "1208", "working", at(8)), words(chat, "1217", "working", at(17)), words(chat, "1219", "working", at(19))},
			[]Verdict{Done, Done, Send},
		},
		"after a typing error was corrected": {
			[]Item{first, words(chat, "1220", "fuond", at(20))},
			[]Item{first, words(chat, "1220", "found", at(20))},
			[]Item{first, words(chat, "1215", "found", at(15))}, []Verdict{Done, Done},
		},
		"twice": {
			[]Item{first, words(chat, "1220", "found", at(20))},
			[]Item{first, words(chat, "1215", "found", at(15))},
			[]Item{first, words(chat, "1218", "found", at(18))}, []Verdict{Done, Done},
		},
		"with other words": {
			[]Item{first, words(chat, "1220", "found", at(20))}, nil,
			[]Item{first, words(chat, "1215", "lost", at(15))}, []Verdict{Done, Send},
		},
		"on another page": {
			[]Item{item(chat, "incidents/other/#u-1220", at(20))}, nil,
			[]Item{words(chat, "1215", "", at(15))}, []Verdict{Send},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := places(t)["file"](t)
			claimOf(t, p.run(t, at(-5)), at(-5)) // the targets are known
			l := p.run(t, at(21))
			for i, v := range claimOf(t, l, at(21), c.sent...) {
				if v != Send {
					t.Fatalf("%v is %d at first", c.sent[i].IDs, v)
				}
			}
			for _, one := range c.sent {
				note(t, l, Result{one, Sent})
			}
			if c.edited != nil {
				want(t, "after the first edit", claimOf(t, p.run(t, at(25)), at(25), c.edited...), Done, Done)
			}
			run := p.run(t, at(30))
			if got := claimOf(t, run, at(30), c.then...); !slices.Equal(got, c.verdict) {
				t.Errorf("%v, not %v", got, c.verdict)
			}
		})
	}
}

// A hook shows a message once, but knows it by its ID, which changes with the time. So an
// update that may have arrived under the old one is reported, and not sent again.
func TestAfterACorrectionNothingIsTriedAgainThatMayHaveArrived(t *testing.T) {
	p := places(t)["file"](t)
	claimOf(t, p.run(t, noon.Add(-time.Minute)), noon)
	l, one := p.run(t, noon), words(hook, "1200", "found", noon)
	claimOf(t, l, noon, one)
	begin(t, l, one)
	note(t, l, Result{one, Unsure})
	corrected := words(hook, "1155", "found", noon.Add(-5*time.Minute))
	for range 2 { // also if that run is killed before it has reported it
		if got := claimOf(t, p.run(t, noon.Add(time.Minute)), noon.Add(time.Minute), corrected); got[0] != Unfinished {
			t.Errorf("it is %v", got)
		}
	}
}

// A message that was not sent yet is sent with its new time, and the old one is forgotten.
func TestWhatFailedBeforeACorrectionIsSentAfterIt(t *testing.T) {
	p := places(t)["file"](t)
	claimOf(t, p.run(t, noon.Add(-time.Minute)), noon)
	l, one := p.run(t, noon), words(chat, "1200", "found", noon)
	claimOf(t, l, noon, one)
	begin(t, l, one)
	note(t, l, Result{one, Failed})
	corrected := words(chat, "1204", "found", noon.Add(4*time.Minute))
	l = p.run(t, noon.Add(5*time.Minute))
	if got := claimOf(t, l, noon.Add(5*time.Minute), corrected); got[0] != Send {
		t.Fatalf("it is %v", got)
	}
	begin(t, l, corrected)
	note(t, l, Result{corrected, Sent})
	_, old := claimOld(t, p.run(t, noon.Add(3*time.Hour)), noon.Add(3*time.Hour))
	if len(old) > 0 {
		t.Errorf("reported later: %v", old)
	}
}
