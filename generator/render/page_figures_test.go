package render

import (
	"fmt"
	"testing"
	"time"

	"allclear/generator/site"
)

// A budget is shown in minutes, or in seconds if it is shorter than five minutes. What is
// used is rounded up and what is allowed down, but one that is not spent never looks spent.
func TestABudgetIsNeverShownAsLargerThanItIs(t *testing.T) {
	v := chartPage(t)
	const second, minute = time.Second, time.Minute
	for _, c := range []struct {
		used, allowed time.Duration
		use, left     string
	}{
		{0, 22*minute + 59*second, "0 min of 22 min", "22 min left"},
		{1, 22*minute + 59*second, "1 min of 22 min", "21 min left"},
		{minute, 22 * minute, "1 min of 22 min", "21 min left"},
		{minute + 1, 22 * minute, "2 min of 22 min", "20 min left"},
		{22 * minute, 22 * minute, "22 min of 22 min", "0 min left"},
		{22*minute + 30*second, 22*minute + 59*second, "22 min of 22 min", "0 min left"},
		{22*minute + 1, 22 * minute, "23 min of 22 min", "1 min over budget"},
		{5 * minute, 5 * minute, "5 min of 5 min", "0 min left"},
		{0, 5 * minute, "0 min of 5 min", "5 min left"},
		{0, 5*minute - 1, "0 s of 4 min 59 s", "4 min 59 s left"},
		{1, 26*second + second/2, "1 s of 26 s", "25 s left"},
		{26*second + 1, 26*second + second/2, "26 s of 26 s", "0 s left"},
		{27 * second, 26*second + second/2, "27 s of 26 s", "1 s over budget"},
	} {
		budget := site.Budget{Used: c.used, Allowed: c.allowed}
		if use, left := spaced(v.budgetUse(budget)), spaced(v.budgetLeft(budget)); use != c.use || left != c.left {
			t.Errorf("%v of %v: %q, %q; want %q, %q", c.used, c.allowed, use, left, c.use, c.left)
		}
	}
}

// A column of the chart stands on the ground at 116. Its number is 6 pixels above it. What
// is too much stands above the line, however little it is, and no column is higher than 86.
func TestAColumnOfTheBudgetChart(t *testing.T) {
	v := calendarView{pageView: chartPage(t)}
	month := site.Month{Interval: site.Interval{Start: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}}
	const minute = time.Minute
	for _, c := range []struct {
		used, allowed time.Duration
		limit         float64
		want          string
	}{
		{0, 20 * minute, 32, " 116 0 0 0 110"},
		{1, 20 * minute, 32, "1 114 2 0 114 108"}, // at least two units
		{5 * minute, 20 * minute, 32, "5 108 8 0 108 102"},
		{20 * minute, 20 * minute, 32, "20 84 32 0 84 78"},
		{20*minute + 1, 20 * minute, 32, "21 84 32 3 81 75"}, // at least three
		{30 * minute, 20 * minute, 32, "30 84 32 16 68 62"},
		{300 * minute, 20 * minute, 32, "300 84 32 54 30 24"},
		{60 * time.Second, 120 * time.Second, 20, "60 106 10 0 106 100"}, // in seconds
	} {
		column := v.budgetColumn(month, site.Budget{Used: c.used, Allowed: c.allowed}, c.limit)
		if column.Name != "Jul" || column.Full != "July 2026" {
			t.Errorf("the month is %q, %q", column.Name, column.Full)
		}
		got := fmt.Sprint(column.Used, " ", column.Top, " ", column.Tall, " ", column.Over, " ", column.Peak, " ", column.At)
		if got != c.want {
			t.Errorf("%v of %v: %s, want %s", c.used, c.allowed, got, c.want)
		}
	}
}

func TestPercentagesOfDrawingsHaveTwoDecimals(t *testing.T) {
	for n, want := range map[float64]string{
		0: "0%", 1.004: "1%", 1.006: "1.01%", 33.333333: "33.33%", 66.666666: "66.67%", 99.996: "100%", 100: "100%",
	} {
		if got := percentOf(n); got != want {
			t.Errorf("%v is %s, not %s", n, got, want)
		}
	}
}

// A day without a component is no day at all; maintenance is no incident.
func TestDaysWithoutAnIncident(t *testing.T) {
	v := calendarView{pageView: chartPage(t)}
	day := func(s site.Status) site.Day { return site.Day{Worst: s} }
	ok, work, bad := day(site.Operational), day(site.UnderMaintenance), day(site.DegradedPerformance)
	for _, c := range []struct {
		months      [][]site.Day
		value, note string
	}{
		{[][]site.Day{{ok, ok, bad, ok}, {work, ok, bad}}, "5 of 7", "longest stretch: 3 days"},
		{[][]site.Day{{{Absent: true}, ok, bad}, {bad, {Absent: true}}}, "1 of 3", "longest stretch: 1 day"},
		{[][]site.Day{{ok, {Absent: true}, ok}}, "2 of 2", "longest stretch: 2 days"},
		{[][]site.Day{{bad}}, "0 of 1", "longest stretch: 0 days"},
	} {
		if got := v.quietDays(c.months); spaced(got.Value) != c.value || spaced(got.Note) != c.note {
			t.Errorf("%q, %q; want %q, %q", got.Value, got.Note, c.value, c.note)
		}
	}
}
