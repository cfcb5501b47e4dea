package site

import (
	"maps"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"strconv"
	"sync"
	"time"

	"allclear/generator/parallel"
)

// Weights is how much a second in each status costs, from 0 (nothing) to 1 (a second of
// downtime). The index is a Status.
type Weights [5]float64

// DefaultWeights are Statuspage's: a second in a major outage counts fully, and one in a
// partial outage counts 0.3.
var DefaultWeights = Weights{PartialOutage: 0.3, MajorOutage: 1}

// History is what affected each component up to one instant. Overlapping impacts are
// merged, so no second counts twice.
type History struct {
	site   *Site
	now    time.Time
	recent time.Time                 // the start of the uptime bars
	cells  func() map[cell][]segment // computed at the first call
	newest func() map[cell][]segment // of entries that had not ended before recent
	bar    func() []time.Time        // the midnights between the days of the uptime bars
}

// cell is a component in a region. With the region Everywhere, it is the component in
// all its regions: the worst of them at each second.
type cell struct{ component, region string }

// Everywhere stands for all the regions of a component.
const Everywhere = "*"

// segment is an interval in which one effect decides the status of a cell.
type segment struct {
	Interval
	effect *effect
}

// History returns the days and the uptime of all components up to now. The work is done
// on the first call of one of its methods, once; they may be called from several
// goroutines.
func (s *Site) History(now time.Time) *History {
	entries := make([]*Entry, len(s.Entries))
	for i := range s.Entries {
		entries[i] = &s.Entries[i]
	}
	return s.HistoryOf(entries, now)
}

// HistoryOf is History for a site that has only some entries.
func (s *Site) HistoryOf(entries []*Entry, now time.Time) *History {
	recent := s.Midnight(now, 1-s.Uptime.Days)
	return &History{
		site: s, now: now, recent: recent,
		cells:  sync.OnceValue(func() map[cell][]segment { return s.cells(entries, now, time.Time{}) }),
		newest: sync.OnceValue(func() map[cell][]segment { return s.cells(entries, now, recent) }),
		bar:    sync.OnceValue(func() []time.Time { return s.midnights(now, s.Uptime.Days) }),
	}
}

// segments returns the segments of a cell that end after from, and perhaps earlier ones.
// For recent days, which are asked for most, it does not read the long history.
func (h *History) segments(c *Component, region string, from time.Time) []segment {
	if from.Before(h.recent) {
		return h.cells()[cell{c.ID, region}]
	}
	return h.newest()[cell{c.ID, region}]
}

// cells returns the segments up to now of all cells, without entries that ended before
// from. All processors take part, since whatever shows uptime waits for it.
func (s *Site) cells(entries []*Entry, now, from time.Time) map[cell][]segment {
	effects := map[cell][]*effect{}
	for _, part := range parallel.Parts(entries, func(part []*Entry) map[cell]*[]*effect { return s.cellEffects(part, now, from) }) {
		for c, list := range part {
			effects[c] = append(effects[c], *list...)
		}
	}
	order := slices.Collect(maps.Keys(effects))
	segments := make([][]segment, len(order))
	parallel.Each(len(order), func(i int) { segments[i] = timeline(effects[order[i]]) })
	cells := make(map[cell][]segment, len(order))
	for i, c := range order {
		cells[c] = segments[i]
	}
	return cells
}

// cellEffects returns the effects of some entries on each cell, in the order of the entries.
func (s *Site) cellEffects(entries []*Entry, now, from time.Time) map[cell]*[]*effect {
	effects := map[cell]*[]*effect{}
	of := func(c cell) *[]*effect {
		list := effects[c]
		if list == nil {
			list = &[]*effect{}
			effects[c] = list
		}
		return list
	}
	for _, e := range entries {
		if !e.NoIndex && !e.isFinal(from) && e.Visible(now) {
			s.effects(e, now, func(c *Component, region string, o *effect) {
				own, all := of(cell{c.ID, region}), of(cell{c.ID, Everywhere})
				*own = append(*own, o)
				if n := len(*all); n == 0 || (*all)[n-1] != o { // one effect in several regions counts once
					*all = append(*all, o)
				}
			})
		}
	}
	return effects
}

// latest returns the later of two instants.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// seconds returns the whole seconds in a duration.
func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// countedSeconds returns how many seconds of each effect count in [a, b), in the
// order of time. If the operator gave a downtime, the seconds count in the same
// proportion, rounded up to a whole second.
func countedSeconds(segments []segment, a, b time.Time) []share {
	var shares []share
	var found shareIndex
	for _, s := range endingAfter(segments, a) {
		if !s.Start.Before(b) {
			break
		}
		from, to := latest(s.Start, a), s.End
		if to.After(b) {
			to = b
		}
		i := found.find(shares, s.effect)
		if i < 0 {
			i, shares = len(shares), append(shares, share{effect: s.effect})
		}
		shares[i].overlap += seconds(to.Sub(from))
	}
	for i := range shares {
		sh := &shares[i]
		sh.seconds = sh.overlap
		if sh.effect.downtime < sh.effect.window {
			sh.seconds = int64(math.Ceil(float64(sh.overlap) * float64(sh.effect.downtime) / float64(sh.effect.window)))
		}
	}
	return shares
}

// endingAfter returns the segments that end after t.
func endingAfter(segments []segment, t time.Time) []segment {
	first, _ := slices.BinarySearchFunc(segments, t, func(s segment, t time.Time) int {
		if s.End.After(t) {
			return 1
		}
		return -1
	})
	return segments[first:]
}

// effectKey identifies effects that count as one.
type effectKey struct {
	entry            *Entry
	status           Status
	downtime, window int64
	start            int64
	why              WhyCounted
}

func (o *effect) key() effectKey {
	return effectKey{o.entry, o.status, o.downtime, o.window, o.Start.UnixMicro(), o.why}
}

// shareIndex finds the share of an effect. With few shares, which is usual, it
// searches the list without a map.
type shareIndex map[effectKey]int

func (x *shareIndex) find(shares []share, o *effect) int {
	const few = 8
	if len(shares) <= few {
		return slices.IndexFunc(shares, func(sh share) bool {
			return sh.effect == o || sh.effect.entry == o.entry && sh.effect.key() == o.key()
		})
	}
	if *x == nil {
		*x = shareIndex{}
	}
	for i := len(*x); i < len(shares); i++ {
		(*x)[shares[i].effect.key()] = i
	}
	if i, ok := (*x)[o.key()]; ok {
		return i
	}
	return -1
}

// share is the part of an effect that lies in an interval, in seconds: all of it,
// and what counts of it.
type share struct {
	effect           *effect
	overlap, seconds int64
}

// Ratio is an uptime: the length of a span in seconds, and the weighted downtime in it in
// millionths of a second.
type Ratio struct {
	Span int64 // seconds
	Lost int64 // millionths of a second, weighted
}

// Uptime returns the uptime of a component from a up to b in one region, or Everywhere,
// which is the mean of its regions. The span does not begin before the component's since,
// and does not end after its until or the history's instant.
func (h *History) Uptime(c *Component, region string, a, b time.Time) Ratio {
	if region == Everywhere {
		if len(c.Regions) == 0 {
			return h.Uptime(c, "", a, b)
		}
		var sum Ratio
		for _, r := range c.Regions {
			one := h.Uptime(c, r.ID, a, b)
			sum.Span, sum.Lost = sum.Span+one.Span, sum.Lost+one.Lost
		}
		return sum
	}
	span := Interval{a, b}.endedBy(h.now).intersect(c.Service())
	if span.empty() {
		return Ratio{}
	}
	a, b = span.Start, span.End
	ratio := Ratio{Span: seconds(b.Sub(a))}
	for _, sh := range countedSeconds(h.segments(c, region, a), a, b) {
		ratio.Lost += sh.seconds * int64(math.Round(h.site.Uptime.Weights[sh.effect.status]*1e6))
	}
	return ratio
}

// Known reports whether the span has a length; otherwise there is no uptime.
func (r Ratio) Known() bool { return r.Span > 0 }

// Percent returns the uptime in percent with at least two decimals and without a percent
// sign, or "" if the span has no length. It is rounded down, so that 100.00 means no
// downtime at all.
func (r Ratio) Percent(decimals int) string {
	decimals = max(2, decimals)
	if r.Span == 0 {
		return ""
	}
	whole := uint64(r.Span) * 1e6
	high, low := bits.Mul64(whole-uint64(r.Lost), uint64(math.Pow10(decimals+2)))
	up, _ := bits.Div64(high, low, whole)
	return decimal(up, decimals)
}

// decimal formats n as a decimal number, where the last digits of n are the decimals.
func decimal(n uint64, decimals int) string {
	digits := strconv.FormatUint(n, 10)
	for len(digits) <= decimals {
		digits = "0" + digits
	}
	return digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
}

// Float returns the uptime as a number from 0 to 1, or NaN if the span has no length.
func (r Ratio) Float() float64 {
	if r.Span == 0 {
		return math.NaN()
	}
	return 1 - float64(r.Lost)/1e6/float64(r.Span)
}

// Meets reports whether the uptime is at least a target.
func (r Ratio) Meets(target Target) bool {
	lost := new(big.Rat).SetFrac(big.NewInt(r.Lost), big.NewInt(1e6))
	allowed := new(big.Rat).SetFloat64(100 - target.Percent)
	allowed.Mul(allowed, big.NewRat(r.Span, 100))
	slack := big.NewRat(1, 1e6) // the target is a decimal fraction, which a float only approximates
	return lost.Cmp(allowed.Add(allowed, slack)) <= 0
}
