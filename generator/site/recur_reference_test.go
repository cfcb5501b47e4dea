package site_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// seriesZones have clock changes of every kind in some year from 2009 to 2030.
var seriesZones = []string{"UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana",
	"America/Nuuk", "America/St_Johns", "Africa/Casablanca", "Africa/Cairo", "Antarctica/Troll",
	"Asia/Beirut", "Asia/Gaza", "Asia/Kathmandu",
	"Asia/Pyongyang", "America/Caracas", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham"}

// randomSeries is any series from 2009 to 2030, at a full quarter of an hour.
func randomSeries(d *dice) *site.Series {
	begin := date("2009-01-01") + site.Date(d.below(80)*100+d.below(100))
	soon := func() site.Date { return begin + site.Date(d.below(100)) }
	clock := func() time.Duration { // mostly at night, when clocks change
		quarter := d.below(96)
		if d.often() {
			quarter = (93 + d.below(16)) % 96
		}
		return time.Duration(quarter) * 15 * time.Minute
	}
	s := &site.Series{Zone: zone(seriesZones[d.below(len(seriesZones))]), Start: site.LocalTime{Date: begin, Clock: clock()}}
	s.Every = 1 + d.below(4)
	s.Unit = []site.RepeatUnit{site.Daily, site.Weekly, site.Monthly}[d.below(3)]
	switch kind := d.below(8); {
	case kind == 7:
		for range 1 + d.below(9) {
			s.Dates = append(s.Dates, site.LocalTime{Date: soon(), Clock: clock()})
		}
	case kind > 1 && s.Unit == site.Weekly:
		for range 1 + d.below(3) {
			s.Weekdays = append(s.Weekdays, time.Weekday(d.below(7)))
		}
	case kind > 1 && s.Unit == site.Monthly:
		for range 1 + d.below(2) {
			day := []site.MonthDay{{Day: 1 + d.below(31)}, {Day: 28 + d.below(4)}, {Day: lastDay},
				{Nth: 1 + d.below(5), Weekday: time.Weekday(d.below(7))}, {Nth: lastDay, Weekday: time.Weekday(d.below(7))}}
			s.MonthDays = append(s.MonthDays, day[d.below(len(day))])
		}
	}
	if d.rarely() {
		s.Until = begin + site.Date(d.below(250)*2)
	}
	for range d.below(4) {
		s.Except = append(s.Except, soon(), begin+7*site.Date(d.below(40)))
	}
	return s
}

// seriesByDays are the occurrences that are planned for up to length days after the start of a
// series. It goes from day to day, asks of each whether it fits, and counts the
// days, Mondays and first days of months that it meets since the first. The instant is found by
// looking at clocks each quarter of an hour.
func seriesByDays(s *site.Series, length int) []site.Occurrence {
	y, m, d := day(s.Start.Date)
	var list []site.Occurrence
	var days, mondays, firsts int
	counting := false
	for i := range length {
		at := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		if counting {
			days++
			if at.Weekday() == time.Monday {
				mondays++
			}
			if at.Day() == 1 {
				firsts++
			}
		}
		fits := fitsDay(s, at)
		counting = counting || fits
		passed := map[site.RepeatUnit]int{site.Daily: days, site.Weekly: mondays, site.Monthly: firsts}[s.Unit]
		if !fits || passed%s.Every != 0 || !allowed(s, at) {
			continue
		}
		start := lookAtClocks(at.Add(s.Start.Clock), s.Zone)
		list = append(list, site.Occurrence{Date: date(at.Format(time.DateOnly)), Ordinal: 1, Start: start})
	}
	return list
}

func day(d site.Date) (int, time.Month, int) {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil {
		panic(err)
	}
	return t.Date()
}

func allowed(s *site.Series, at time.Time) bool {
	text := at.Format(time.DateOnly)
	for _, d := range s.Except {
		if d.String() == text {
			return false
		}
	}
	return s.Until == 0 || text <= s.Until.String()
}

func fitsDay(s *site.Series, at time.Time) bool {
	y, m, d := day(s.Start.Date)
	start := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	switch s.Unit {
	case site.Weekly:
		if len(s.Weekdays) == 0 {
			return at.Weekday() == start.Weekday()
		}
		for _, w := range s.Weekdays {
			if at.Weekday() == w {
				return true
			}
		}
		return false
	case site.Monthly:
		if len(s.MonthDays) == 0 {
			return at.Day() == start.Day()
		}
		for _, md := range s.MonthDays {
			if fitsMonthDay(md, at) {
				return true
			}
		}
		return false
	}
	return true
}

func fitsMonthDay(m site.MonthDay, at time.Time) bool {
	switch {
	case m.Day == lastDay:
		return at.AddDate(0, 0, 1).Day() == 1
	case m.Day > 0:
		return at.Day() == m.Day
	case m.Nth == lastDay:
		return at.Weekday() == m.Weekday && at.AddDate(0, 0, 7).Month() != at.Month()
	}
	inMonth := func(weeksAgo int) bool { return at.AddDate(0, 0, -7*weeksAgo).Month() == at.Month() }
	return at.Weekday() == m.Weekday && inMonth(m.Nth-1) && !inMonth(m.Nth)
}

// lookAtClocks looks at a zone's clocks each quarter of an hour, from before anybody's
// show a time until they show it, or more; then it goes back minute by minute, for the
// zones that changed their clocks at one minute past midnight.
func lookAtClocks(shown time.Time, zone *time.Location) time.Time {
	const layout = "2006-01-02 15:04"
	wanted := shown.Format(layout)
	t := shown.Add(-15 * time.Hour)
	for t.In(zone).Format(layout) < wanted {
		t = t.Add(15 * time.Minute)
	}
	for t.Add(-time.Minute).In(zone).Format(layout) >= wanted {
		t = t.Add(-time.Minute)
	}
	return t
}

// seriesByDates are the occurrences of explicit dates.
func seriesByDates(s *site.Series) []site.Occurrence {
	var texts []string
	for _, l := range s.Dates {
		y, m, d := day(l.Date)
		if at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Add(l.Clock); allowed(s, at) {
			texts = append(texts, at.Format("2006-01-02 15:04"))
		}
	}
	slices.Sort(texts)
	var list []site.Occurrence
	onDay := map[string]int{}
	for _, text := range texts {
		at, _ := time.Parse("2006-01-02 15:04", text)
		onDay[text[:10]]++
		list = append(list, site.Occurrence{Date: date(text[:10]), Ordinal: onDay[text[:10]], Start: lookAtClocks(at, s.Zone)})
	}
	return list
}

func sameOccurrences(a, b []site.Occurrence) bool {
	return slices.EqualFunc(a, b, func(a, b site.Occurrence) bool {
		return a.Date == b.Date && a.Ordinal == b.Ordinal && a.Start.Equal(b.Start)
	})
}

// TestSeriesAgreeWithAWalkThroughTheDays makes many random series and asks each everything: the
// answers are those of a walk from day to day.
func TestSeriesAgreeWithAWalkThroughTheDays(t *testing.T) {
	const series, length = 1500, 450
	random := rand.New(rand.NewPCG(23, 5))
	kinds := map[string]int{}
	for range series {
		throws := make([]byte, 120)
		for i := range throws {
			throws[i] = byte(random.Uint32())
		}
		s := randomSeries(&dice{throws})
		want := seriesByDays(s, length)
		if len(s.Dates) > 0 {
			want = seriesByDates(s)
			kinds["dates"]++
		} else {
			kinds[fmt.Sprint("unit ", s.Unit)]++
		}
		if !agrees(t, s, want, random) {
			t.Fatalf("%+v in %s from %s %s", s.Repeat, s.Zone, s.Start.Date, s.Start.Clock)
		}
		for _, o := range want {
			shown := site.LocalTimeOf(o.Start, s.Zone)
			if len(s.Dates) == 0 && shown.Clock != s.Start.Clock {
				kinds["in a skipped hour"]++
			}
			if shown == site.LocalTimeOf(o.Start.Add(time.Hour), s.Zone) {
				kinds["in a repeated hour"]++
			}
		}
	}
	for _, kind := range []string{"dates", "unit 0", "unit 1", "unit 2", "in a skipped hour", "in a repeated hour"} {
		if kinds[kind] < 20 {
			t.Errorf("of %q there were only %d", kind, kinds[kind])
		}
	}
}

func lastOnes(s *site.Series, list []site.Occurrence) string {
	return fmt.Sprintf("%d that end with\n%s\n", len(list), starts(s, list[max(0, len(list)-3):]))
}

// agrees compares what a series answers with the list of what it does.
func agrees(t *testing.T, s *site.Series, want []site.Occurrence, random *rand.Rand) bool {
	ok := true
	wrong := func(question string, got, want any) {
		ok = false
		t.Errorf("%s: %v, want %v", question, got, want)
	}
	begin := time.Date(2009, 1, 1, 0, 0, 0, 0, time.UTC)
	if len(want) > 0 {
		begin = want[0].Start
	}
	last := begin.AddDate(0, 0, 200)
	for range 8 {
		at := begin.Add(time.Duration(random.Int64N(int64(last.Sub(begin)))))
		if len(want) > 0 && random.IntN(2) == 0 {
			at = want[random.IntN((len(want)+1)/2)].Start // the instant itself
		}
		n := 0
		for n < len(want) && !want[n].Start.After(at) {
			n++
		}
		if got := s.UpTo(at); !sameOccurrences(got, want[:n]) {
			wrong(fmt.Sprint("up to ", at), lastOnes(s, got), lastOnes(s, want[:n]))
		}
		next := want[n:min(n+3, len(want))]
		if got := s.Next(at, 3); !sameOccurrences(got[:min(len(got), len(next))], next) || len(got) > len(next) && len(s.Dates) > 0 {
			wrong(fmt.Sprint("after ", at), starts(s, got), starts(s, next))
		}
	}
	length := time.Duration(random.IntN(60)) * time.Hour
	if got, want := overlaps(s, length), firstOverlap(want, length); got != want && want != "" {
		wrong(fmt.Sprint("overlap of ", length), got, want)
	}
	for _, o := range want {
		if near := s.Nearest(o.Date); !slices.Contains(near, o.Date) || len(near) > 3 || !slices.IsSorted(near) {
			wrong(fmt.Sprint("near ", o.Date), near, o.Date)
		}
	}
	return ok
}

func overlaps(s *site.Series, length time.Duration) string {
	a, b, found := s.Overlap(length)
	if !found {
		return ""
	}
	return a.Name("x") + " " + b.Name("x")
}

func firstOverlap(list []site.Occurrence, length time.Duration) string {
	for i := 1; i < len(list); i++ {
		if list[i-1].Start.Add(length).After(list[i].Start) {
			return list[i-1].Name("x") + " " + list[i].Name("x")
		}
	}
	return ""
}
