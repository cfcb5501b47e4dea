package site_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// The reference lives through each incident second by second, and notes when somebody
// writes, when it is open, and whether the promised update is there.

// slowly says how an incident was communicated, as second now knows.
func slowly(e *site.Entry, now int) string {
	open := openSeconds(e, now)
	start := int(begins(e).Sub(epoch) / time.Second)
	first, end, text := -1, -1, ""
	var gaps []int
	silent := -1 // for how long nobody has written while it is open; -1: nobody has
	for n := start; n <= now; n++ {
		wrote := writesIn(e, n, now)
		isOpen, wasOpen := open[n], n > start && open[n-1]
		if wrote || wasOpen && !isOpen {
			if silent > 0 {
				gaps = append(gaps, silent)
			}
			silent = -1
			if wrote && (isOpen || wasOpen) {
				silent = 0
			}
		}
		if wrote && first < 0 {
			first = n
		}
		if first < 0 && reportedIn(e, n) {
			first = n
		}
		if wasOpen && !isOpen {
			end = n
		}
		if isOpen {
			end = -1
		}
		if !isOpen {
			silent = -1
		}
		if silent >= 0 && n < now {
			silent++
		}
	}
	if silent > 0 {
		gaps = append(gaps, silent)
	}
	if list := told(e, now); len(list) > 0 && list[0].Time.Before(begins(e)) {
		first = -1 // a mistake, which check finds
	}
	if dated(e) && first >= 0 {
		text += fmt.Sprint(" first ", first-start)
	}
	if slices.Sort(gaps); len(gaps) > 0 {
		low, high := gaps[(len(gaps)-1)/2], gaps[len(gaps)/2]
		text += fmt.Sprint(" between ", (low+high)/2, " ", gaps[len(gaps)-1])
	}
	if !slices.Contains(open[:now+1], true) {
		end = start
	}
	if end >= 0 {
		text += fmt.Sprint(" resolved ", end-start)
	}
	return text + promisedSlowly(e, open, start, now)
}

// writesIn reports whether somebody writes an update in second n.
func writesIn(e *site.Entry, n, now int) bool {
	return slices.ContainsFunc(told(e, now), func(u site.Update) bool { return u.Time.Equal(second(n)) })
}

// reportedIn reports whether the report of an incident is published in second n, and the
// file says so.
func reportedIn(e *site.Entry, n int) bool {
	if e.Report == nil {
		return false
	}
	at := e.Report.Time.Time
	if at.IsZero() {
		at = e.Posted.Time
	}
	return at.Equal(second(n))
}

// dated reports whether something besides the first update says when an incident began.
func dated(e *site.Entry) bool {
	for _, i := range e.Impacts {
		if !i.Start.IsZero() {
			return true
		}
	}
	return !e.Start.IsZero()
}

// promisedSlowly says what became of the promised update: the seconds after its time are
// looked at, one after the other, until somebody writes or the incident is over.
func promisedSlowly(e *site.Entry, open []bool, start, now int) string {
	if e.NextUpdate.IsZero() {
		return ""
	}
	due := int(e.NextUpdate.Sub(epoch) / time.Second)
	switch {
	case due < start:
		return ""
	case due > now && open[now]:
		return " pending"
	case due > now || !open[due] || writesIn(e, due, now):
		return " kept"
	}
	for n := due; n <= now; n++ {
		if writesIn(e, n, now) {
			return fmt.Sprint(" late ", n-due)
		}
		if !open[n] {
			return " missed"
		}
	}
	return fmt.Sprint(" late ", now-due)
}

// quickly is what Communications answers, in the words of slowly.
func quickly(c site.Communication) string {
	text, in := "", func(d time.Duration) int { return int(d / time.Second) }
	if c.FirstUpdate.Known {
		text += fmt.Sprint(" first ", in(c.FirstUpdate.Length))
	}
	if c.MedianGap.Known {
		text += fmt.Sprint(" between ", in(c.MedianGap.Length), " ", in(c.LongestGap.Length))
	}
	if c.Resolution.Known {
		text += fmt.Sprint(" resolved ", in(c.Resolution.Length))
	}
	return text + map[site.PromiseOutcome]string{site.PromisePending: " pending", site.PromiseKept: " kept", site.PromiseMissed: " missed",
		site.PromiseLate: fmt.Sprint(" late ", in(c.LateBy))}[c.Promise]
}

// throwPromises gives random incidents promised updates and reports.
func throwPromises(d *dice, s *site.Site) {
	for i := range s.Entries {
		e := &s.Entries[i]
		if d.often() {
			e.NextUpdate = d.moment()
		}
		if d.rarely() {
			e.Report = &site.Report{}
			at := site.Moment{Time: begins(e).Add(time.Duration(d.below(60)) * time.Second)}
			if d.often() {
				e.Posted = at
			} else {
				e.Report.Time = at
			}
		}
	}
}

func compareCommunications(t *testing.T, throws []byte) {
	d := &dice{throws}
	s := randomSite(d)
	throwPromises(d, s)
	for n := range lifetime + 30 {
		got := map[string]string{}
		for _, c := range s.Communications(second(n)) {
			got[c.Entry.Slug] = quickly(c)
		}
		for i := range s.Entries {
			e := &s.Entries[i]
			waited := e.Kind == site.Incident && !e.NoIndex && e.Severity != site.None
			want, counts := "", waited && shown(e, n) && !begins(e).After(second(n))
			if counts {
				want = slowly(e, n)
			}
			if is, found := got[e.Slug]; found != counts || is != want {
				t.Fatalf("%s in second %d:%s (counts: %t), by the reference%s (%t)\nnext update %v, posted %v, report %+v\n%s", e.Slug, n,
					is, found, want, counts, e.NextUpdate.Sub(epoch), e.Posted.Sub(epoch), e.Report, describe(s))
			}
		}
	}
	settled := *s
	settled.Entries = slices.Clone(s.Entries)
	for i := range settled.Entries {
		settled.Entries[i].Finalize()
	}
	for n := 0; n < lifetime+30; n += 7 {
		slow, quick := s.Communications(second(n)), settled.Communications(second(n))
		for i := range slow {
			if a, b := quickly(slow[i]), quickly(quick[i]); a != b {
				t.Fatalf("%s in second %d:%s, and%s once it is settled\n%s", slow[i].Entry.Slug, n, a, b, describe(s))
			}
		}
	}
}

func TestCommunicationIsWhatTheReferenceSays(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	for range 200 {
		compareCommunications(t, thrown(r))
	}
}

func FuzzCommunication(f *testing.F) {
	r := rand.New(rand.NewPCG(22, 2))
	for range 8 {
		f.Add(thrown(r))
	}
	f.Fuzz(compareCommunications)
}
