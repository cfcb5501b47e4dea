package site

import (
	"container/heap"
	"slices"
	"time"
)

// timeline splits overlapping effects into segments that do not overlap. In each
// segment the worst status wins, and among equal ones the effect with the greater
// share of downtime.
func timeline(list []*effect) []segment {
	if len(list) == 1 && list[0].End.After(list[0].Start) {
		return []segment{{list[0].Interval, list[0]}}
	}
	slices.SortStableFunc(list, func(a, b *effect) int { return a.Start.Compare(b.Start) })
	cuts := make([]time.Time, 0, 2*len(list))
	for _, o := range list {
		cuts = append(cuts, o.Start, o.End)
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)

	var segments []segment
	var active worstFirst
	all := make([]ranked, len(list)) // in one piece of memory; the heap has pointers to them
	next := 0
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		for ; next < len(list) && !list[next].Start.After(from); next++ {
			all[next] = ranked{list[next], next}
			heap.Push(&active, &all[next])
		}
		for len(active) > 0 && !active[0].End.After(from) {
			heap.Pop(&active)
		}
		if len(active) == 0 {
			continue
		}
		worst := active[0].effect
		if n := len(segments); n > 0 && segments[n-1].effect == worst && segments[n-1].End.Equal(from) {
			segments[n-1].End = to
			continue
		}
		segments = append(segments, segment{Interval{from, to}, worst})
	}
	return segments
}

// worstFirst is a heap of effects: the worst comes first, and among equal ones the
// first of the list.
type worstFirst []*ranked

type ranked struct {
	*effect
	place int
}

func (w worstFirst) Len() int      { return len(w) }
func (w worstFirst) Swap(i, j int) { w[i], w[j] = w[j], w[i] }
func (w *worstFirst) Push(o any)   { *w = append(*w, o.(*ranked)) }
func (w worstFirst) Less(i, j int) bool {
	if w[i].worse(w[j].effect) {
		return true
	}
	return !w[j].worse(w[i].effect) && w[i].place < w[j].place
}

func (w *worstFirst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// worse reports whether the effect wins over another one at the same time.
func (o *effect) worse(other *effect) bool {
	if o.status != other.status {
		return o.status > other.status
	}
	if mine, theirs := o.downtime*other.window, other.downtime*o.window; mine != theirs {
		return mine > theirs
	}
	return o.why == Excluded && other.why != Excluded // an incident, before maintenance that counts as much
}
