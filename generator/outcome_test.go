package generator_test

import (
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator/corpus"
	"allclear/generator/site"
	"allclear/generator/source"
)

// A long history answers from outcomes, and bars from the newest entries alone:
// each answer is what going through everything gives.
func TestALongHistoryAnswersAsTheLongWayDoes(t *testing.T) {
	folder := fstest.MapFS{}
	corpus.Write(400, 11, func(path string, text []byte) error {
		folder[path] = &fstest.MapFile{Data: text}
		return nil
	})
	quick, problems := source.Read(folder, source.Options{})
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	long := quick
	long.Entries = slices.Clone(quick.Entries)
	over := 0
	for i := range long.Entries {
		if !long.Entries[i].Final.From.IsZero() {
			over++
		}
		long.Entries[i].Final = site.Final{}
	}
	if over < 300 {
		t.Fatalf("only %d of 400 entries are over", over)
	}
	for _, now := range []time.Time{corpus.Now, corpus.Now.AddDate(-1, 0, 3), corpus.Now.AddDate(-3, -2, 0)} {
		if got, want := quick.Check(now), long.Check(now); !reflect.DeepEqual(got, want) {
			t.Errorf("at %s the mistakes differ:\n%v\n%v", now, got, want)
		}
		a, b := quick.History(now), long.History(now)
		struck := 0
		for i := range quick.Components {
			c := &quick.Components[i]
			for _, days := range []int{quick.Uptime.Days, 366} {
				fast, slow := a.Days(c, site.Everywhere, days), b.Days(c, site.Everywhere, days)
				for d := range slow {
					if slow[d].Worst != site.Operational {
						struck++
					}
					if fast[d].Date != slow[d].Date || fast[d].Worst != slow[d].Worst || fast[d].AffectedTime != slow[d].AffectedTime ||
						fast[d].Absent != slow[d].Absent || !sameEntries(fast[d].Entries, slow[d].Entries) {
						t.Errorf("at %s day %s of %s is %v, the long way %v", now, slow[d].Date, c.ID, fast[d], slow[d])
					}
				}
				if got, want := a.Uptime(c, site.Everywhere, slow[0].Date, now), b.Uptime(c, site.Everywhere, slow[0].Date,
					now); got != want {
					t.Errorf("at %s the uptime of %s over %d days is %v, the long way %v", now, c.ID, days, got, want)
				}
			}
		}
		if struck < 100 {
			t.Errorf("at %s only %d days tell anything", now, struck)
		}
	}
}

func sameEntries(a, b []*site.Entry) bool {
	return slices.EqualFunc(a, b, func(x, y *site.Entry) bool { return x.Kind == y.Kind && x.Slug == y.Slug })
}
