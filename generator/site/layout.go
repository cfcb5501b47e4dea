package site

import (
	"container/heap"
	"slices"
	"time"
)

// layOut parts overlapping strikes into segments that do not overlap. The worst
// status wins; among equals the one of which more really counted.
func layOut(list []*strike) []segment {
	if len(list) == 1 && list[0].End.After(list[0].Start) {
		return []segment{{list[0].Interval, list[0]}}
	}
	slices.SortStableFunc(list, func(a, b *strike) int { return a.Start.Compare(b.Start) })
	cuts := make([]time.Time, 0, 2*len(list))
	for _, st := range list {
		cuts = append(cuts, st.Start, st.End)
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)

	var segments []segment
	var active worstFirst
	next := 0
	for i := 0; i+1 < len(cuts); i++ {
		from, to := cuts[i], cuts[i+1]
		for ; next < len(list) && !list[next].Start.After(from); next++ {
			heap.Push(&active, ranked{list[next], next})
		}
		for len(active) > 0 && !active[0].End.After(from) {
			heap.Pop(&active)
		}
		if len(active) == 0 {
			continue
		}
		worst := active[0].strike
		if n := len(segments); n > 0 && segments[n-1].strike == worst && segments[n-1].End.Equal(from) {
			segments[n-1].End = to
			continue
		}
		segments = append(segments, segment{Interval{from, to}, worst})
	}
	return segments
}

// worstFirst are strikes of which the first decides: the worst one, and among equals
// the one that comes first in the list.
type worstFirst []ranked

type ranked struct {
	*strike
	place int
}

func (w worstFirst) Len() int      { return len(w) }
func (w worstFirst) Swap(i, j int) { w[i], w[j] = w[j], w[i] }
func (w *worstFirst) Push(st any)  { *w = append(*w, st.(ranked)) }
func (w worstFirst) Less(i, j int) bool {
	if w[i].worse(w[j].strike) {
		return true
	}
	return !w[j].worse(w[i].strike) && w[i].place < w[j].place
}

func (w *worstFirst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

func (st *strike) worse(other *strike) bool {
	if st.status != other.status {
		return st.status > other.status
	}
	return st.downtime*other.window > other.downtime*st.window
}
