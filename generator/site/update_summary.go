package site

import (
	"sort"
	"time"
)

// UpdateSummary is what questions about an entry need from its updates and impacts.
// Finalize computes it once, so each question takes the same time whatever their number.
type UpdateSummary struct {
	Known         bool
	HasTexts      bool      // each update has text
	FirstTime     time.Time // the earliest start of its impacts and its first update; zero: none has a time
	LastImpactEnd time.Time // when its last impact ends; zero: one has no end of its own
	WithStatus    []int     // indexes of the updates that have a status word
	Turns         []int     // indexes of those that may open or end an incident: the first, and each that differs from the one before
}

// summarize computes the summary of the entry's updates and impacts.
func (e *Entry) summarize() UpdateSummary {
	g := UpdateSummary{Known: true, HasTexts: true, FirstTime: e.earliestTime(), LastImpactEnd: e.lastImpactEnd()}
	over := false
	for i := range e.Updates {
		g.HasTexts = g.HasTexts && !e.Updates[i].Body.Blank()
		word := e.Updates[i].Status
		if word == Note {
			continue
		}
		if len(g.WithStatus) == 0 || (word == Resolved) != over {
			over = word == Resolved
			g.Turns = append(g.Turns, i)
		}
		if g.WithStatus == nil {
			g.WithStatus = make([]int, 0, len(e.Updates)-i)
		}
		g.WithStatus = append(g.WithStatus, i)
	}
	return g
}

// earliestTime returns the earliest start of the entry's impacts and its first update,
// or zero if none of them has a time.
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

// lastImpactEnd returns when the last of an incident's impacts ends, or zero if one of
// them has no end of its own.
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

// lastStatus returns the newest status word known at t, or none if there is none.
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

// eachStatus calls step with the known updates that have a status word, and their
// indexes.
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

// eachTurn calls step with the known updates that may open an incident or end it. Few
// updates do.
func (e *Entry) eachTurn(known []Update, step func(*Update)) {
	if g := &e.Final.Summary; g.Known {
		for _, i := range g.Turns[:before(g.Turns, len(known))] {
			step(&known[i])
		}
		return
	}
	e.eachStatus(known, func(_ int, u *Update) { step(u) })
}

// before returns how many of the sorted places are less than place.
func before(places []int, place int) int {
	return sort.Search(len(places), func(i int) bool { return places[i] >= place })
}
