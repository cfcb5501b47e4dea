package site

import (
	"sort"
	"time"
)

// Gist is what is asked of an entry for each of its updates and impacts. Where
// Conclude has found it once, each question takes as long whatever their number.
type Gist struct {
	Known  bool
	First  time.Time // when the first of its impacts and updates begins; zero: none says when
	Harmed time.Time // when its last impact ends by itself; zero: one has no end of its own
	Words  []int     // which updates have a status word of their own
	Turns  []int     // which of these may open an incident or end it: the first, and each that says otherwise than the one before
}

func (e *Entry) gist() Gist {
	g := Gist{Known: true, First: e.firstTime(), Harmed: e.lastHarm()}
	over := false
	for i := range e.Updates {
		word := e.Updates[i].Status
		if word == Note {
			continue
		}
		if len(g.Words) == 0 || (word == Resolved) != over {
			over = word == Resolved
			g.Turns = append(g.Turns, i)
		}
		g.Words = append(g.Words, i)
	}
	return g
}

// firstTime is when the first of an entry's impacts and updates begins, or zero
// where none says when.
func (e *Entry) firstTime() time.Time {
	if e.Outcome.Gist.Known {
		return e.Outcome.Gist.First
	}
	var first time.Time
	earlier := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for i := range e.Impacts {
		earlier(e.Impacts[i].Start.Time)
	}
	if len(e.Updates) > 0 {
		earlier(e.Updates[0].Time)
	}
	return first
}

// lastHarm is when the last of an incident's impacts ends by itself, or zero where
// one of them has no end of its own.
func (e *Entry) lastHarm() time.Time {
	if e.Outcome.Gist.Known {
		return e.Outcome.Gist.Harmed
	}
	var last time.Time
	for i := range e.Impacts {
		end := e.Impacts[i].End.Time
		if end.IsZero() {
			return time.Time{}
		}
		last = latest(end, last)
	}
	return last
}

// lastWord is the newest status word known at t, or none.
func (e *Entry) lastWord(t time.Time, none Word) Word {
	known := e.known(t)
	if g := &e.Outcome.Gist; g.Known {
		if n := before(g.Words, len(known)); n > 0 {
			return known[g.Words[n-1]].Status
		}
		return none
	}
	for i := len(known) - 1; i >= 0; i-- {
		if known[i].Status != Note {
			return known[i].Status
		}
	}
	return none
}

// each calls step with the updates of a status word among those that are known.
func (e *Entry) each(known []Update, step func(int, *Update)) {
	if g := &e.Outcome.Gist; g.Known {
		for _, i := range g.Words[:before(g.Words, len(known))] {
			step(i, &known[i])
		}
		return
	}
	for i := range known {
		if known[i].Status != Note {
			step(i, &known[i])
		}
	}
}

// turns calls step with the updates, among those that are known, that may open an
// incident or end it. It is asked for each update, and few of them do.
func (e *Entry) turns(known []Update, step func(*Update)) {
	if g := &e.Outcome.Gist; g.Known {
		for _, i := range g.Turns[:before(g.Turns, len(known))] {
			step(&known[i])
		}
		return
	}
	e.each(known, func(_ int, u *Update) { step(u) })
}

// before is how many of some places, in their order, come before one.
func before(places []int, place int) int {
	return sort.Search(len(places), func(i int) bool { return places[i] >= place })
}
