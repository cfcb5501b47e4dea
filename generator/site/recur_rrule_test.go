package site_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"

	"allclear/generator/site"
)

// asRRule says a series in the words of RFC 5545, as far as rrule-go agrees with us. Where
// it does not:
//
//   - a start that does not fit the rule: the RFC counts weeks and months from the start
//     (DTSTART), we count them from the first occurrence, so DTSTART is the first occurrence here;
//   - a skipped hour: the RFC (section 3.3.10) has no occurrence, rrule-go moves it by the
//     length of the gap, we start at the first instant after the gap;
//   - a repeated hour: the RFC (section 3.3.5) and we take the first of the two, rrule-go the second;
//   - an UNTIL that is a date ends at its midnight in UTC in rrule-go; with us the day counts;
//   - a day whose midnight is skipped, as in Havana each spring: rrule-go takes the day before it,
//     whatever the time of day.
//
// TestWhereTheLibraryDisagrees shows the last four. So it is noon here, UNTIL is the end of the
// day, and no series meets a day without a midnight.
func asRRule(t *testing.T, s *site.Series) *rrule.Set {
	days := []rrule.Weekday{rrule.SU, rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA}
	at := func(d site.Date, clock time.Duration) time.Time {
		y, m, dd := day(d)
		return time.Date(y, m, dd, int(clock/time.Hour), int(clock/time.Minute)%60, 0, 0, s.Zone)
	}
	options := rrule.ROption{
		Freq:     []rrule.Frequency{rrule.DAILY, rrule.WEEKLY, rrule.MONTHLY}[s.Unit],
		Interval: s.Every, Wkst: rrule.MO, Dtstart: at(s.First(), s.Start.Clock), Count: 1200,
	}
	if s.Until != 0 {
		options.Count, options.Until = 0, at(s.Until, 24*time.Hour-time.Minute)
	}
	for _, w := range s.Weekdays {
		options.Byweekday = append(options.Byweekday, days[w])
	}
	for _, m := range s.MonthDays { // one, since the RFC takes what fits both BYDAY and BYMONTHDAY
		if m.Day != 0 {
			options.Bymonthday = append(options.Bymonthday, m.Day)
		} else {
			options.Byweekday = append(options.Byweekday, days[m.Weekday].Nth(m.Nth))
		}
	}
	rule, err := rrule.NewRRule(options)
	if err != nil {
		t.Fatal(err)
	}
	set := &rrule.Set{}
	set.RRule(rule)
	for _, d := range s.Except {
		set.ExDate(at(d, s.Start.Clock))
	}
	return set
}

// TestSeriesAgreeWithRRule compares series with a library that others use for calendars.
func TestSeriesAgreeWithRRule(t *testing.T) {
	const length = 900
	random := rand.New(rand.NewPCG(5, 5545))
	compared := 0
	for range 400 {
		throws := make([]byte, 120)
		for i := range throws {
			throws[i] = byte(random.Uint32())
		}
		s := randomSeries(&dice{throws})
		if len(s.Dates) > 0 || skipsMidnight(s, length) {
			continue
		}
		compared++
		s.Start.Clock = 12 * time.Hour
		s.MonthDays = s.MonthDays[:min(1, len(s.MonthDays))]
		y, m, d := day(s.Start.Date)
		after, before := time.Date(y, m, d+random.IntN(300), 0, 0, 0, 0, s.Zone), time.Date(y, m, d+length, 0, 0, 0, 0, s.Zone)
		want := asRRule(t, s).Between(after, before, true)
		var got []time.Time
		for o := range s.After(after.Add(-1)) {
			if o.Start.After(before) {
				break
			}
			got = append(got, o.Start)
		}
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || !got[i].Equal(want[i]) {
				t.Fatalf("%+v in %s from %s: number %d of %d is %v, want of %d %v", s.Repeat, s.Zone, s.Start.Date,
					i+1, len(got), got[i:min(i+1, len(got))], len(want), want[i:min(i+1, len(want))])
			}
		}
	}
	if compared < 150 {
		t.Errorf("only %d series were compared", compared)
	}
}

// skipsMidnight reports whether a day has no midnight, in a number of days from the start of a series.
func skipsMidnight(s *site.Series, length int) bool {
	for i := range length {
		if midnight := (site.LocalTime{Date: s.Start.Date + site.Date(i)}).In(s.Zone); midnight.Format("15:04") != "00:00" {
			return true
		}
	}
	return false
}

// TestWhereTheLibraryDisagrees shows the rules in which rrule-go differs from RFC 5545, and why
// it does not make our occurrences.
func TestWhereTheLibraryDisagrees(t *testing.T) {
	both := func(in, start, until string) (ours, library string) {
		s := &site.Series{Repeat: site.Repeat{Every: 1, Until: date(until)}, Start: local(start), Zone: zone(in)}
		y, m, d := day(s.Until)
		midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		rule, err := rrule.NewRRule(rrule.ROption{Freq: rrule.DAILY, Dtstart: s.Start.In(s.Zone), Until: midnight})
		if err != nil {
			t.Fatal(err)
		}
		const layout = "02 15:04-07"
		var a, b []string
		for _, o := range s.Next(time.Time{}, 9) {
			a = append(a, o.Start.In(s.Zone).Format(layout))
		}
		for _, at := range rule.All() {
			b = append(b, at.In(s.Zone).Format(layout))
		}
		return strings.Join(a, ", "), strings.Join(b, ", ")
	}
	for _, story := range []struct{ name, zone, start, until, ours, library string }{
		{"a skipped hour, and UNTIL as a date", "Europe/Berlin", "2026-03-28 02:30", "2026-03-30",
			"28 02:30+01, 29 03:00+02, 30 02:30+02", "28 02:30+01, 29 03:30+02"},
		{"a repeated hour", "Europe/Berlin", "2026-10-24 02:30", "2026-10-26",
			"24 02:30+02, 25 02:30+02, 26 02:30+01", "24 02:30+02, 25 02:30+01"},
		{"noon on a day without a midnight", "America/Havana", "2016-03-12 12:00", "2016-03-14",
			"12 12:00-05, 13 12:00-04, 14 12:00-04", "12 12:00-05, 12 12:00-05"},
	} {
		if ours, library := both(story.zone, story.start, story.until); ours != story.ours || library != story.library {
			t.Errorf("%s:\n%s, want %s\n%s, want %s", story.name, ours, story.ours, library, story.library)
		}
	}
}
