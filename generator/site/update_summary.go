package site

import (
	"sort"
	"time"
)

// UpdateSummary is what questions about an entry need of its updates and impacts. It is
// found once, by Finalize, so that each question takes the same time whatever their
// number.
type UpdateSummary struct {
	Known         bool
	FirstTime     time.Time // when the first of its impacts and updates begins; zero: none says when
	LastImpactEnd time.Time // when its last impact ends by itself; zero: one has no end of its own
	WithStatus    []int     // which updates have a status word of their own
	Turns         []int     // which of these may open an incident or end it: the first, and each that says otherwise than the one before
}

func (e *Entry) summarize() UpdateSummary {
	g := UpdateSummary{Known: true, FirstTime: e.earliestTime(), LastImpactEnd: e.lastImpactEnd()}
	over := false
	for i := range e.Updates {
		word := e.Updates[i].Status
		if word == Note {
			continue
		}
		if len(g.WithStatus) == 0 || (word == Resolved) != over {
			over = word == Resolved
			g.Turns = append(g.Turns, i)
		}
		g.WithStatus = append(g.WithStatus, i)
	}
	return g
}

// earliestTime is when the first of an entry's impacts and updates begins, or zero
// where none says when.
func (e *Entry) earliestTime() time.Time {
	if e.Final.Summary.Known {
		return e.Final.Summary.FirstTime
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

// lastImpactEnd is when the last of an incident's impacts ends by itself, or zero where
// one of them has no end of its own.
func (e *Entry) lastImpactEnd() time.Time {
	if e.Final.Summary.Known {
		return e.Final.Summary.LastImpactEnd
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

// lastStatus is the newest status word known at t, or none.
func (e *Entry) lastStatus(t time.Time, none UpdateStatus) UpdateStatus {
	known := e.updatesBy(t)
	if g := &e.Final.Summary; g.Known {
		if n := before(g.WithStatus, len(known)); n > 0 {
			return known[g.WithStatus[n-1]].Status
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

// eachStatus calls step with the updates of a status word among those that are known.
func (e *Entry) eachStatus(known []Update, step func(int, *Update)) {
	if g := &e.Final.Summary; g.Known {
		for _, i := range g.WithStatus[:before(g.WithStatus, len(known))] {
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

// eachTurn calls step with the updates, among those that are known, that may open an
// incident or end it. It is asked for each update, and few of them do.
func (e *Entry) eachTurn(known []Update, step func(*Update)) {
	if g := &e.Final.Summary; g.Known {
		for _, i := range g.Turns[:before(g.Turns, len(known))] {
			step(&known[i])
		}
		return
	}
	e.eachStatus(known, func(_ int, u *Update) { step(u) })
}

// before is how many of some places, in their order, come before one.
func before(places []int, place int) int {
	return sort.Search(len(places), func(i int) bool { return places[i] >= place })
}
