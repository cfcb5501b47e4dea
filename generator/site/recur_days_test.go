package site_test

import (
	"fmt"
	"testing"
	"time"

	"allclear/generator/site"
)

func TestTheNearestDaysOfASeries(t *testing.T) {
	sundays := site.Series{Repeat: until(weekly(1), "2026-12-20"), Start: local("2026-12-06 02:00"), Zone: time.UTC}
	three := site.Series{Repeat: nights("2026-12-01 22:00", "2026-12-01 01:00", "2026-12-04 01:00"),
		Zone: time.UTC}
	for _, story := range []struct {
		series *site.Series
		date   string
		want   string
	}{
		{&sundays, "2026-12-14", "[2026-12-13 2026-12-20]"},
		{&sundays, "2026-12-13", "[2026-12-06 2026-12-13 2026-12-20]"},
		{&sundays, "2026-01-01", "[2026-12-06]"},
		{&sundays, "2027-01-01", "[2026-12-20]"},
		{&three, "2026-12-01", "[2026-12-01 2026-12-04]"},
		{&three, "2026-12-02", "[2026-12-01 2026-12-04]"},
		{&three, "2026-11-02", "[2026-12-01]"},
		{&site.Series{Zone: time.UTC}, "2026-12-02", "[]"},
	} {
		if got := fmt.Sprint(story.series.Nearest(date(story.date))); got != story.want {
			t.Errorf("near %s are %s, want %s", story.date, got, story.want)
		}
	}
}

func TestTheFirstDayIsTheStartOrTheNextThatFits(t *testing.T) {
	for _, story := range []struct {
		repeat site.Repeat
		want   string
	}{
		{daily(5), "2026-12-02"},
		{except(daily(1), "2026-12-02"), "2026-12-02"}, // it fits, and was taken out on purpose
		{weekly(1, time.Tuesday), "2026-12-08"},
		{monthly(6, site.MonthDay{Day: 1}), "2027-01-01"},
		{nights("2026-12-04 22:00", "2026-12-01 01:00"), "2026-12-01"},
	} {
		s := site.Series{Repeat: story.repeat, Start: local("2026-12-02 01:00"), Zone: time.UTC}
		if got := s.First().String(); got != story.want {
			t.Errorf("%+v is first on %s, want %s", story.repeat, got, story.want)
		}
	}
	if first := (&site.Series{Zone: time.UTC}).First(); first != 0 {
		t.Errorf("nothing is first on %s", first)
	}
}

func TestOccurrencesThatOverlap(t *testing.T) {
	berlin := zone("Europe/Berlin")
	noons := site.Series{Repeat: daily(1), Start: local("2026-12-06 12:00"), Zone: berlin}
	gap := site.Series{Repeat: nights("2026-03-29 02:45", "2026-03-29 02:15"), Zone: berlin}
	twice := site.Series{Repeat: nights("2026-03-01 02:45", "2026-03-01 02:45"), Zone: berlin}
	for _, story := range []struct {
		name     string
		series   *site.Series
		duration time.Duration
		want     string // of those that overlap
	}{
		{"a day has 23 hours in spring", &noons, 23*time.Hour + time.Minute, "x-2027-03-27 x-2027-03-28"},
		{"and the next begins when one ends", &noons, 23 * time.Hour, ""},
		{"a day has 24 hours", &noons, 25 * time.Hour, "x-2026-12-06 x-2026-12-07"},
		{"both start after the gap", &gap, time.Minute, "x-2026-03-29 x-2026-03-29-2"},
		{"a night written twice", &twice, time.Minute, "x-2026-03-01 x-2026-03-01-2"},
	} {
		a, b, found := story.series.Overlap(story.duration)
		if got := a.Name("x") + " " + b.Name("x"); found != (story.want != "") || found && got != story.want {
			t.Errorf("%s: %v %s, want %q", story.name, found, got, story.want)
		}
	}
}

func TestASeriesHasAThousandOccurrencesAtMost(t *testing.T) {
	s := site.Series{Repeat: daily(1), Start: local("2026-01-01 00:00"), Zone: time.UTC}
	thousandth := local("2026-01-01 00:00").In(time.UTC).AddDate(0, 0, site.MaxOccurrences-1)
	if s.TooMany(thousandth.Add(24*time.Hour - 1)) {
		t.Error("a thousand are too many")
	}
	if !s.TooMany(thousandth.Add(24 * time.Hour)) {
		t.Error("a thousand and one are not too many")
	}
	s.Until = s.Start.Date + site.MaxOccurrences - 1
	if s.TooMany(thousandth.AddDate(100, 0, 0)) {
		t.Error("a thousand that end are too many")
	}
}

func TestMonthsThatLackTheDay(t *testing.T) {
	for _, story := range []struct {
		name   string
		repeat site.Repeat
		start  string
		want   string
	}{
		{"the 28th is in all", monthly(1), "2026-01-28 02:00", "[]"},
		{"the 29th is not in all Februaries", monthly(1), "2028-01-29 02:00", "[February]"},
		{"the 31st", monthly(1), "2026-12-31 02:00", "[February April June September November]"},
		{"April among those that are visited", monthly(3), "2026-01-31 02:00", "[April]"},
		{"one month a year", monthly(12), "2026-01-31 02:00", "[]"},
		{"it ends with March", until(monthly(1), "2026-04-01"), "2026-01-31 02:00", "[February]"},
		{"it ends with April", until(monthly(1), "2026-04-30"), "2026-01-31 02:00", "[February April]"},
		{"the last day is in all", monthly(1, site.MonthDay{Day: lastDay}), "2026-01-31 02:00", "[]"},
		{"a fourth Monday is in all", monthly(1, site.MonthDay{Nth: 4, Weekday: time.Monday}),
			"2026-01-31 02:00", "[]"},
		{"weeks lack nothing", weekly(1), "2026-01-31 02:00", "[]"},
	} {
		s := site.Series{Repeat: story.repeat, Start: local(story.start), Zone: time.UTC}
		if got := fmt.Sprint(s.MissingMonths()); got != story.want {
			t.Errorf("%s: %s, want %s", story.name, got, story.want)
		}
	}
}

// A question about one night of a series that is thirty years old reads no night before it.
func TestAQuestionAboutTodayDoesNotWalkThroughDecades(t *testing.T) {
	s := site.Series{Repeat: daily(1), Start: local("1996-01-01 02:00"), Zone: zone("Europe/Berlin")}
	now := local("2026-12-06 12:00").In(s.Zone)
	allocated := func(t time.Time) float64 { return testing.AllocsPerRun(20, func() { s.Next(t, 3) }) }
	if old, young := allocated(now), allocated(now.AddDate(-30, 0, 0)); old > young+10 {
		t.Errorf("%v allocations after thirty years, %v in the first", old, young)
	}
}

func TestADateIsADay(t *testing.T) {
	if got := date("0001-01-01"); got != 1 || got.Weekday() != time.Monday {
		t.Errorf("the first day is %d, a %s", got, got.Weekday())
	}
	for day := site.Date(1); day <= date("9999-12-31"); day += 89 {
		y, m, d := time.Date(1, 1, int(day), 12, 0, 0, 0, time.UTC).Date()
		if site.DateOf(y, m, d) != day || day.Weekday() != time.Weekday(day%7) ||
			day.String() != fmt.Sprintf("%04d-%02d-%02d", y, m, d) {
			t.Fatalf("%d-%d-%d is day %d, %s", y, m, d, day, day)
		}
	}
}
