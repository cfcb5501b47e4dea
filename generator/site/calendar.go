package site

import (
	"math"
	"time"
)

// Month is a calendar month in the site's zone with the first instants of its days.
type Month struct {
	Interval
	Midnights []time.Time // of each day, and of the first day of the next month
}

// Months returns n consecutive calendar months, oldest first. The first one is that of t,
// in the site's zone.
func (s *Site) Months(t time.Time, n int) []Month {
	year, first, _ := t.In(s.Zone).Date()
	months := make([]Month, n)
	for i := range months {
		m := &months[i]
		begin := time.Date(year, first+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
		for day := begin; !day.After(begin.AddDate(0, 1, 0)); day = day.AddDate(0, 0, 1) {
			m.Midnights = append(m.Midnights, FirstInstant(day.Year(), day.Month(), day.Day(), s.Zone))
		}
		m.Interval = Interval{m.Midnights[0], m.Midnights[len(m.Midnights)-1]}
	}
	return months
}

// AppendMonthDays appends the days of a month of a component in a region, or Everywhere, to
// a list, without those that begin after the history's instant. They are counted as Days
// counts them.
func (h *History) AppendMonthDays(into []Day, c *Component, region string, m Month) []Day {
	n := 0
	for n+1 < len(m.Midnights) && !m.Midnights[n].After(h.now) {
		n++
	}
	if n == 0 {
		return into
	}
	return h.appendDays(into, c, region, m.Midnights[:n+1])
}

// Budget is the downtime that a target allows in a span, and how much of that was used. A
// second counts as in Uptime: with its weight, and as the mean of the component's regions.
type Budget struct {
	Allowed time.Duration
	Used    time.Duration
}

// Spent reports whether more was used than the target allows.
func (b Budget) Spent() bool { return b.Used > b.Allowed }

// Budget returns the error budget of a component from a up to b. What is left of the span
// after the history's instant counts in what is allowed, so that the budget of a month is
// the same on each of its days. Both are zero without a target, or if the uptime of the
// span is not known.
func (h *History) Budget(c *Component, a, b time.Time) Budget {
	ratio := h.Uptime(c, Everywhere, a, b)
	return c.budget(ratio, len(blank(c).Regions), Interval{a, b}, h.now)
}

// budget returns the error budget of a span in which a ratio, over a number of regions, is
// what is known at now.
func (c *Component) budget(ratio Ratio, regions int, span Interval, now time.Time) Budget {
	if c.Target.Percent == 0 || !ratio.Known() {
		return Budget{}
	}
	whole := float64(ratio.Span) / float64(regions)
	if end := c.Service().intersect(span).End; end.After(now) {
		whole += end.Sub(now).Seconds()
	}
	// The target is a decimal fraction, which a float only approximates.
	allowed := math.Round(whole*(100-c.Target.Percent)*1e4) / 1e6
	return Budget{
		Allowed: time.Duration(allowed * float64(time.Second)),
		Used:    time.Duration(ratio.Lost / int64(regions) * int64(time.Microsecond)),
	}
}
