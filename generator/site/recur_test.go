package site_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// local reads what clocks show: "2026-12-06 02:00".
func local(text string) site.LocalTime {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return site.LocalTimeOf(t, time.UTC)
}

func date(text string) site.Date { return local(text + " 00:00").Date }

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func daily(every int) site.Repeat { return site.Repeat{Every: every} }

func weekly(every int, days ...time.Weekday) site.Repeat {
	return site.Repeat{Every: every, Unit: site.Weekly, Weekdays: days}
}

func monthly(every int, days ...site.MonthDay) site.Repeat {
	return site.Repeat{Every: every, Unit: site.Monthly, MonthDays: days}
}

func nights(times ...string) site.Repeat {
	var r site.Repeat
	for _, text := range times {
		r.Dates = append(r.Dates, local(text))
	}
	return r
}

func until(r site.Repeat, day string) site.Repeat {
	r.Until = date(day)
	return r
}

func except(r site.Repeat, day string) site.Repeat {
	r.Except = []site.Date{date(day)}
	return r
}

// starts is what clocks in the series' zone show when its occurrences start, with the
// name of those that start on another day than planned, or second on a day.
func starts(s *site.Series, list []site.Occurrence) string {
	var b []string
	for _, o := range list {
		text := o.Start.In(s.Zone).Format("Mon 2006-01-02 15:04-0700")
		if name := o.Name("x"); !strings.Contains(text, strings.TrimPrefix(name, "x-")) {
			text += " as " + name
		}
		b = append(b, text)
	}
	return strings.Join(b, ", ")
}

const lastDay = site.LastOfMonth

func TestASeriesTakesPlaceWhenItsRuleSays(t *testing.T) {
	for _, story := range []struct {
		name   string
		repeat site.Repeat
		start  string
		zone   string
		want   string // the first four
	}{
		{"each Sunday night, but for Christmas", except(weekly(1, time.Sunday), "2026-12-27"),
			"2026-12-06 02:00", "Europe/Berlin",
			"Sun 2026-12-06 02:00+0100, Sun 2026-12-13 02:00+0100, Sun 2026-12-20 02:00+0100, Sun 2027-01-03 02:00+0100"},
		{"the weekday of the start, where none is named", weekly(2),
			"2026-12-02 02:00", "UTC",
			"Wed 2026-12-02 02:00+0000, Wed 2026-12-16 02:00+0000, Wed 2026-12-30 02:00+0000, Wed 2027-01-13 02:00+0000"},
		{"every other week begins with the week of the first Monday, not of the start", weekly(2, time.Monday),
			"2026-12-02 02:00", "UTC",
			"Mon 2026-12-07 02:00+0000, Mon 2026-12-21 02:00+0000, Mon 2027-01-04 02:00+0000, Mon 2027-01-18 02:00+0000"},
		{"a week begins on Monday, so its Sunday is its last day",
			weekly(2, time.Sunday, time.Monday, time.Sunday), "2026-12-02 02:00", "UTC",
			"Sun 2026-12-06 02:00+0000, Mon 2026-12-14 02:00+0000, Sun 2026-12-20 02:00+0000, Mon 2026-12-28 02:00+0000"},
		{"an exception does not move the weeks that follow",
			except(weekly(2), "2026-12-02"), "2026-12-02 02:00", "UTC",
			"Wed 2026-12-16 02:00+0000, Wed 2026-12-30 02:00+0000, Wed 2027-01-13 02:00+0000, Wed 2027-01-27 02:00+0000"},
		{"the last day that counts is included", until(daily(3), "2026-12-07"), "2026-12-01 23:45", "UTC",
			"Tue 2026-12-01 23:45+0000, Fri 2026-12-04 23:45+0000, Mon 2026-12-07 23:45+0000"},
		{"the 31st of each month that has one", monthly(1), "2026-12-31 02:00", "UTC",
			"Thu 2026-12-31 02:00+0000, Sun 2027-01-31 02:00+0000, Wed 2027-03-31 02:00+0000, Mon 2027-05-31 02:00+0000"},
		{"every three months on the 31st", monthly(3, site.MonthDay{Day: 31}), "2026-01-31 02:00", "UTC",
			"Sat 2026-01-31 02:00+0000, Fri 2026-07-31 02:00+0000, Sat 2026-10-31 02:00+0000, Sun 2027-01-31 02:00+0000"},
		{"months are counted from the first that has the day after the start",
			monthly(3, site.MonthDay{Day: 31}), "2026-04-15 02:00", "UTC",
			"Sun 2026-05-31 02:00+0000, Mon 2026-08-31 02:00+0000, Mon 2027-05-31 02:00+0000, Tue 2027-08-31 02:00+0000"},
		{"the last day of the month", monthly(1, site.MonthDay{Day: lastDay}), "2028-01-31 02:00", "UTC",
			"Mon 2028-01-31 02:00+0000, Tue 2028-02-29 02:00+0000, Fri 2028-03-31 02:00+0000, Sun 2028-04-30 02:00+0000"},
		{"a leap day each year is one every four", monthly(12), "2096-02-29 02:00", "UTC",
			"Wed 2096-02-29 02:00+0000, Fri 2104-02-29 02:00+0000, Wed 2108-02-29 02:00+0000, Mon 2112-02-29 02:00+0000"},
		{"the last Sunday", monthly(1, site.MonthDay{Nth: lastDay, Weekday: time.Sunday}),
			"2026-10-01 02:30", "Europe/Berlin", // clocks go back at three on the last Sunday of October
			"Sun 2026-10-25 02:30+0200, Sun 2026-11-29 02:30+0100, Sun 2026-12-27 02:30+0100, Sun 2027-01-31 02:30+0100"},
		{"the first Monday and the 15th", monthly(1, site.MonthDay{Day: 15}, site.MonthDay{Nth: 1, Weekday: time.Monday}),
			"2026-06-02 02:00", "UTC",
			"Mon 2026-06-15 02:00+0000, Mon 2026-07-06 02:00+0000, Wed 2026-07-15 02:00+0000, Mon 2026-08-03 02:00+0000"},
		{"the fifth Friday", monthly(1, site.MonthDay{Nth: 5, Weekday: time.Friday}), "2026-02-01 02:00", "UTC",
			"Fri 2026-05-29 02:00+0000, Fri 2026-07-31 02:00+0000, Fri 2026-10-30 02:00+0000, Fri 2027-01-29 02:00+0000"},
		{"several nights, three on one day", nights("2026-12-01 23:30", "2026-12-04 01:00", "2026-12-01 01:00", "2026-12-01 22:00"),
			"2020-01-01 00:00", "UTC",
			"Tue 2026-12-01 01:00+0000, Tue 2026-12-01 22:00+0000 as x-2026-12-01-2, " +
				"Tue 2026-12-01 23:30+0000 as x-2026-12-01-3, Fri 2026-12-04 01:00+0000"},
		{"a rule without a number never", site.Repeat{}, "2026-12-01 01:00", "UTC", ""},
		{"a day that no month has never", monthly(1, site.MonthDay{Day: 32}), "2026-12-01 01:00", "UTC", ""},
		{"a series that is over before it starts", until(daily(1), "2026-11-30"), "2026-12-01 01:00", "UTC", ""},
	} {
		s := site.Series{Repeat: story.repeat, Start: local(story.start), Zone: zone(story.zone)}
		if got := starts(&s, s.Next(time.Time{}, 4)); got != story.want {
			t.Errorf("%s:\n%s\nwant\n%s", story.name, got, story.want)
		}
	}
}

// Clock changes of every kind: an hour in spring and in autumn, at midnight, half an
// hour, two hours, and a day that an island skipped.
func TestASeriesMeetsClockChanges(t *testing.T) {
	for _, story := range []struct{ zone, start, want string }{
		{"Europe/Berlin", "2026-03-28 02:30", "Sat 2026-03-28 02:30+0100, Sun 2026-03-29 03:00+0200, Mon 2026-03-30 02:30+0200"},
		{"Europe/Berlin", "2026-03-28 03:00", "Sat 2026-03-28 03:00+0100, Sun 2026-03-29 03:00+0200, Mon 2026-03-30 03:00+0200"},
		{"Europe/Berlin", "2026-10-24 02:30", "Sat 2026-10-24 02:30+0200, Sun 2026-10-25 02:30+0200, Mon 2026-10-26 02:30+0100"},
		{"Europe/Berlin", "2026-10-24 03:00", "Sat 2026-10-24 03:00+0200, Sun 2026-10-25 03:00+0100, Mon 2026-10-26 03:00+0100"},
		{"America/Sao_Paulo", "2018-11-03 00:00", "Sat 2018-11-03 00:00-0300, Sun 2018-11-04 01:00-0200, Mon 2018-11-05 00:00-0200"},
		{"America/Sao_Paulo", "2018-02-16 23:30", "Fri 2018-02-16 23:30-0200, Sat 2018-02-17 23:30-0200, Sun 2018-02-18 23:30-0300"},
		{"America/Nuuk", "2024-03-29 23:30", // the gap leads into the next day
			"Fri 2024-03-29 23:30-0200, Sun 2024-03-31 00:00-0100 as x-2024-03-30, Sun 2024-03-31 23:30-0100"},
		{"Australia/Lord_Howe", "2026-10-03 02:15", "Sat 2026-10-03 02:15+1030, Sun 2026-10-04 02:30+1100, Mon 2026-10-05 02:15+1100"},
		{"Australia/Lord_Howe", "2026-04-04 01:45", "Sat 2026-04-04 01:45+1100, Sun 2026-04-05 01:45+1100, Mon 2026-04-06 01:45+1030"},
		{"Antarctica/Troll", "2026-03-28 01:00", "Sat 2026-03-28 01:00+0000, Sun 2026-03-29 03:00+0200, Mon 2026-03-30 01:00+0200"},
		{"Pacific/Apia", "2011-12-29 02:00",
			"Thu 2011-12-29 02:00-1000, Sat 2011-12-31 00:00+1400 as x-2011-12-30, Sat 2011-12-31 02:00+1400"},
	} {
		s := site.Series{Repeat: daily(1), Start: local(story.start), Zone: zone(story.zone)}
		if got := starts(&s, s.Next(time.Time{}, 3)); got != story.want {
			t.Errorf("daily from %s in %s:\n%s\nwant\n%s", story.start, story.zone, got, story.want)
		}
	}
}

// A window that a clock change moves to another day is found by its instant.
func TestAnOccurrenceThatAClockChangeMovedIsNext(t *testing.T) {
	s := site.Series{Repeat: daily(1), Start: local("2001-01-01 02:00"), Zone: zone("Pacific/Apia")}
	gap := local("2011-12-30 00:00").In(s.Zone)
	if got := starts(&s, s.Next(gap.Add(-time.Second), 1)); got != "Sat 2011-12-31 00:00+1400 as x-2011-12-30" {
		t.Error(got)
	}
}

func TestWhatIsUpToAnInstantAndWhatComesAfterIt(t *testing.T) {
	s := site.Series{Repeat: weekly(1), Start: local("2026-12-06 02:00"), Zone: zone("Europe/Berlin")}
	second := local("2026-12-13 02:00").In(s.Zone)
	for _, story := range []struct {
		t        time.Time
		upTo     int
		nextDate string
	}{
		{second.Add(-time.Nanosecond), 1, "2026-12-13"},
		{second, 2, "2026-12-20"},
		{second.Add(time.Hour), 2, "2026-12-20"},
		{time.Time{}, 0, "2026-12-06"},
	} {
		if got := len(s.UpTo(story.t)); got != story.upTo {
			t.Errorf("up to %v there are %d, want %d", story.t, got, story.upTo)
		}
		if next := s.Next(story.t, 1); len(next) != 1 || next[0].Date != date(story.nextDate) {
			t.Errorf("after %v comes %v, want %s", story.t, next, story.nextDate)
		}
	}
	if got := s.Next(second, 0); len(got) != 0 {
		t.Errorf("none was asked for, and %v came", got)
	}
}
