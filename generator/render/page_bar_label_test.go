package render

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// The label of a month's bar names the month and what was wrong, once for each stretch of
// days; or says that nothing was.
func TestTheLabelOfAMonthSaysWhatWasWrong(t *testing.T) {
	v := chartPage(t)
	day := func(n int, s site.Status) site.Day {
		return site.Day{Date: time.Date(2026, 7, n, 0, 0, 0, 0, time.UTC), Worst: s, DayTimes: &site.DayTimes{}}
	}
	text := func(d site.Day) string { return v.dayText(d) }
	good, bad, worse := day(1, site.Operational), day(2, site.DegradedPerformance), day(4, site.MajorOutage)
	for _, c := range []struct {
		days []site.Day
		want string
	}{
		{[]site.Day{good}, "July 2026: " + v.say("bar.quiet")},
		{[]site.Day{good, bad}, "July 2026: " + text(bad)},
		{[]site.Day{good, bad, good, worse}, "July 2026: " + text(bad) + "; " + text(worse)},
		{[]site.Day{bad, bad, worse}, "July 2026: " + text(bad) + "; " + text(worse)},
	} {
		b := v.monthBar("July 2026", c.days)
		if b.Label != c.want || b.Width != 31*dayStep-1 {
			t.Errorf("the label is %q, not %q; the width %d", b.Label, c.want, b.Width)
		}
	}
}
