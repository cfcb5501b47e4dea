package site_test

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// FuzzRepeat holds that no series at all, however senseless its numbers, makes an answer
// panic, hang or come out of order, and that the answers agree with each other.
func FuzzRepeat(f *testing.F) {
	f.Add(1, byte(1), 740000, int64(7200), 0, byte(0), 0, 0, 740010, byte(3), int64(1796000000), 740020)
	f.Add(3, byte(2), 740000, int64(0), 741000, byte(64), 31, 0, 0, byte(11), int64(1796000000), 740020)
	f.Add(1<<62, byte(2), 3652059, int64(86399), 1<<62, byte(255), -1, 5, -1<<62, byte(17), int64(1<<40), 1<<62)
	f.Add(1, byte(0), 1, int64(-1), 0, byte(0), 0, -1, 1, byte(16), int64(-1<<40), -1<<62)
	f.Fuzz(func(t *testing.T, every int, unit byte, start int, clock int64, until int, weekdays byte, day, nth, except int,
		in byte, instant int64, near int) {
		s := &site.Series{Start: site.LocalTime{Date: site.Date(start), Clock: time.Duration(clock % (48 * 3600) * int64(time.Second))},
			Zone: zone(seriesZones[int(in)%len(seriesZones)])}
		s.Every, s.Unit, s.Until, s.Except = every, site.RepeatUnit(unit%4), site.Date(until), []site.Date{site.Date(except)}
		for w := time.Sunday; w <= time.Saturday; w++ {
			if weekdays>>w&1 == 1 {
				s.Weekdays = append(s.Weekdays, w)
			}
		}
		switch {
		case unit > 200:
			s.Dates = []site.LocalTime{s.Start, {Date: site.Date(near), Clock: 5}, s.Start, {Date: site.Date(near)}}
		case weekdays > 127:
			s.MonthDays = []site.MonthDay{{Day: day}, {Nth: nth, Weekday: time.Weekday(weekdays % 7)}}
		case weekdays > 63:
			s.MonthDays = []site.MonthDay{{Day: day, Nth: nth, Weekday: time.Weekday(day)}}
		}
		at := time.Unix(instant, 0)
		next := s.Next(at, 3)
		for i, o := range next {
			if !o.Start.After(at) || i > 0 && o.Start.Before(next[i-1].Start) || o.Name("x") == "" {
				t.Errorf("%+v after %v", next, at)
			}
		}
		if s.TooMany(at) {
			return // the rest need not be quick, and is not asked for
		}
		all := s.UpTo(at)
		begin := time.Unix(-1<<40, 0)
		if first := s.Next(begin, 1); len(all) > 0 && all[0].Start.After(begin) && (len(first) == 0 || first[0] != all[0]) {
			t.Errorf("the first is %v or %v", all[0], first)
		}
		if len(next) > 0 && len(all) > 0 && all[len(all)-1].Start.After(next[0].Start) {
			t.Errorf("%v comes before %v", next[0], all[len(all)-1])
		}
		s.Overlap(time.Duration(clock))
		s.MissingMonths()
		for _, d := range s.Nearest(site.Date(near)) {
			if list := s.Nearest(d); len(list) == 0 {
				t.Errorf("%s is a day of the series and has none near it", d)
			}
		}
	})
}
