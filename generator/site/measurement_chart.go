package site

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// MeasuredRange is a time that charts of measurements show, up to now.
type MeasuredRange int

const (
	LastDay     MeasuredRange = iota // 24 hours
	LastWeek                         // 7 × 24 hours
	LastMonth                        // 30 days, today included
	LastQuarter                      // 90 days, today included
	MeasuredRanges
)

// String returns the name of a range in JSON.
func (r MeasuredRange) String() string { return [...]string{"day", "week", "month", "quarter"}[r] }

// Days returns the length of a range in days.
func (r MeasuredRange) Days() int { return [...]int{1, 7, 30, 90}[r] }

// bucketLengths are the lengths that the buckets of a range may have. They divide a day.
var bucketLengths = [MeasuredRanges][]time.Duration{
	LastDay:     {15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour},
	LastWeek:    {time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour},
	LastMonth:   {6 * time.Hour, 12 * time.Hour, 24 * time.Hour},
	LastQuarter: {24 * time.Hour},
}

// Bucket is what was measured in a part of a range.
type Bucket struct {
	Interval
	Min, Mean, Max float64 // the mean is that of the points, each counted once
	Count          int     // how many points there are; 0: nothing was measured
}

// Measured is a range of a measurement.
type Measured struct {
	Range MeasuredRange
	Interval
	Buckets []Bucket // next to each other, from the start to the end
	Count   int      // how many points there are
	Min     float64
	Max     float64
	Median  float64 // the value that half of the points do not exceed (nearest rank)
	Most    float64 // the value that 95 of 100 points do not exceed
}

// MeasuredAt is a measurement as of an instant.
type MeasuredAt struct {
	Latest Point // the newest point; its Time is 0 if there is none
	Ranges [MeasuredRanges]Measured
}

// MeasuredAt returns what charts of a measurement show at an instant, from the points that
// are over by then. Days are those of the site's zone, also where the clock changes. The
// error is one of reading the file.
func (s *Site) MeasuredAt(m *Measurement, now time.Time) (MeasuredAt, error) {
	var at MeasuredAt
	points, err := m.Points(s.Midnight(now, -LastQuarter.Days()), now)
	if err != nil {
		return at, err
	}
	points = slices.DeleteFunc(points, func(p Point) bool { return p.End() > now.Unix() })
	if len(points) > 0 {
		at.Latest = points[len(points)-1]
	} else if at.Latest, err = latestBefore(m, now); err != nil {
		return at, err
	}
	for r := range MeasuredRanges {
		at.Ranges[r] = s.measured(r, points, now)
	}
	return at, nil
}

// latestBefore returns the newest point of a series that stopped long before now.
func latestBefore(m *Measurement, now time.Time) (last Point, err error) {
	to := now
	if m.Last.Before(to) {
		to = m.Last.Time
	}
	if to.IsZero() {
		return last, nil
	}
	const oldest = 60 * 365 * 24 * time.Hour
	for back := 24 * time.Hour; last.Time == 0 && back < oldest; back *= 8 {
		points, err := m.Points(to.Add(-back), to)
		if err != nil {
			return last, err
		}
		for _, p := range points {
			if p.End() <= now.Unix() {
				last = p
			}
		}
	}
	return last, nil
}

// measured returns one range.
func (s *Site) measured(r MeasuredRange, points []Point, now time.Time) Measured {
	whole := s.measuredInterval(r, bucketLengths[r][0], now)
	if i := firstFrom(points, whole.Start); i > 0 {
		points = points[i:]
	}
	length := bucketLength(r, points)
	m := Measured{Range: r, Interval: s.measuredInterval(r, length, now)}
	points = points[firstFrom(points, m.Start):]
	m.Buckets = s.emptyBuckets(r, length, m.Interval)
	values := make([]float64, 0, len(points))
	at := 0
	for _, p := range points {
		for at < len(m.Buckets)-1 && p.Time >= m.Buckets[at].End.Unix() {
			at++
		}
		m.Buckets[at].add(p)
		values = append(values, p.Value)
		if m.Count++; m.Count == 1 {
			m.Min, m.Max = p.Min, p.Max
		}
		m.Min, m.Max = min(m.Min, p.Min), max(m.Max, p.Max)
	}
	for i := range m.Buckets {
		if b := &m.Buckets[i]; b.Count > 0 {
			b.Mean = min(max(b.Mean/float64(b.Count), b.Min), b.Max)
		}
	}
	m.Median, m.Most = rank(values, 50), rank(values, 95)
	return m
}

// add adds a point to a bucket, whose Mean is the sum until all are there.
func (b *Bucket) add(p Point) {
	if b.Count == 0 {
		b.Min, b.Max = p.Min, p.Max
	}
	b.Min, b.Max = min(b.Min, p.Min), max(b.Max, p.Max)
	b.Mean += p.Value
	b.Count++
}

// firstFrom returns the index of the first point at or after an instant.
func firstFrom(points []Point, t time.Time) int {
	i, _ := slices.BinarySearchFunc(points, t.Unix(), func(p Point, at int64) int { return cmp.Compare(p.Time, at) })
	return i
}

// measuredInterval returns the interval of a range. A day and a week end with the hour
// or longer bucket that now is in; the others are whole days.
func (s *Site) measuredInterval(r MeasuredRange, length time.Duration, now time.Time) Interval {
	if r >= LastMonth {
		return Interval{s.Midnight(now, 1-r.Days()), s.Midnight(now, 1)}
	}
	_, offset := now.In(s.Zone).Zone()
	n := int64(max(length, time.Hour) / time.Second)
	shown := now.Unix() + int64(offset)
	end := time.Unix(shown-shown%n+n-int64(offset), 0).UTC()
	return Interval{end.AddDate(0, 0, -r.Days()), end}
}

// bucketLength returns the length of the buckets of a range: the shortest that is not
// shorter than nine of ten gaps between points. With shorter ones, a series that is
// measured less often would be nothing but gaps.
func bucketLength(r MeasuredRange, points []Point) time.Duration {
	lengths := bucketLengths[r]
	if len(points) < 2 {
		return lengths[0]
	}
	gaps := make([]float64, 0, len(points)-1)
	for i := range points[1:] {
		gaps = append(gaps, float64(points[i+1].Time-points[i].Time))
	}
	usual := rank(gaps, 90)
	for _, length := range lengths {
		if length.Seconds() >= usual {
			return length
		}
	}
	return lengths[len(lengths)-1]
}

// emptyBuckets returns the buckets of a range. Those of a month and a quarter divide each
// day by the clock on the wall, so that one on the day of a clock change is longer or
// shorter.
func (s *Site) emptyBuckets(r MeasuredRange, length time.Duration, whole Interval) []Bucket {
	var list []Bucket
	if r < LastMonth {
		for t := whole.Start; t.Before(whole.End); t = t.Add(length) {
			list = append(list, Bucket{Interval: Interval{t, t.Add(length)}})
		}
		return list
	}
	start := whole.Start
	parts := int(24 * time.Hour / length)
	for day := range r.Days() {
		y, m, d := whole.Start.In(s.Zone).Date()
		for part := 1; part <= parts; part++ {
			shown := time.Date(y, m, d+day, part*24/parts, 0, 0, 0, time.UTC)
			end := firstShowing(shown, s.Zone)
			if day == r.Days()-1 && part == parts {
				end = whole.End
			}
			if end.After(start) { // a day that the zone skipped has none
				list = append(list, Bucket{Interval: Interval{start, end}})
				start = end
			}
		}
	}
	return list
}

// rank returns the smallest of some values that the given percentage of them do not
// exceed; 0 if there are none. It sorts the values.
func rank(values []float64, percent int) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[max(0, int(math.Ceil(float64(len(values)*percent)/100))-1)]
}

// Join returns buckets joined n by n, from the newest back, for tables.
func Join(buckets []Bucket, n int) []Bucket {
	var list []Bucket
	for end := len(buckets); end > 0; end -= n {
		part := buckets[max(0, end-n):end]
		one := Bucket{Interval: Interval{part[0].Start, part[len(part)-1].End}}
		for _, b := range part {
			if b.Count == 0 {
				continue
			}
			if one.Count == 0 {
				one.Min, one.Max = b.Min, b.Max
			}
			one.Min, one.Max = min(one.Min, b.Min), max(one.Max, b.Max)
			one.Mean += b.Mean * float64(b.Count)
			one.Count += b.Count
		}
		if one.Count > 0 {
			one.Mean = min(max(one.Mean/float64(one.Count), one.Min), one.Max)
		}
		list = append(list, one)
	}
	return list
}
