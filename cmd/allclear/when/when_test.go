package when

import (
	"strings"
	"testing"
	"time"
)

func berlin(t *testing.T) *time.Location {
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// at returns an instant from Berlin time in 2026, "11-28 00:10", or from a complete RFC
// 3339 time.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	if strings.HasSuffix(text, "Z") || strings.ContainsAny(text, "+") {
		got, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	got, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+text, berlin(t))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	const night, noon = "11-28 00:10", "11-28 12:00" // a Saturday
	for _, c := range []struct {
		now, text string
		rule      Rule
		want      string
	}{
		// The forms of the content.
		{noon, "2026-11-28 06:40", Today, "11-28 06:40"},
		{noon, "2026-11-28 06:40 UTC", Past, "11-28 07:40"},
		{noon, "2026-11-28T06:40:00+02:00", Past, "11-28 05:40"},
		// Counted from now.
		{noon, "now", Past, "11-28 12:00"},
		{noon, "NOW", Coming, "11-28 12:00"},
		{noon, "-20m", Past, "11-28 11:40"},
		{noon, "-2h", Coming, "11-28 10:00"},
		{noon, "20m ago", Past, "11-28 11:40"},
		{noon, "20 min ago", Past, "11-28 11:40"},
		{noon, "2 hours ago", Past, "11-28 10:00"},
		{noon, "1 hour and 30 minutes ago", Past, "11-28 10:30"},
		{noon, "half an hour ago", Past, "11-28 11:30"},
		{noon, "an hour ago", Past, "11-28 11:00"},
		{noon, "2 days ago", Past, "11-26 12:00"},
		{noon, "in 30m", Coming, "11-28 12:30"},
		{noon, "+30m", Coming, "11-28 12:30"},
		{noon, "+1h30m", Past, "11-28 13:30"},
		{noon, "in 2 weeks", Coming, "12-12 12:00"},
		// A day and a time.
		{noon, "today 14:00", Past, "11-28 14:00"},
		{noon, "today at 2pm", Past, "11-28 14:00"},
		{night, "yesterday 23:50", Past, "11-27 23:50"},
		{night, "23:50 yesterday", Coming, "11-27 23:50"},
		{noon, "tomorrow 02:00", Past, "11-29 02:00"},
		{night, "today 23:30 UTC", Today, "11-28 00:30"}, // it is still the 27th in UTC
		{noon, "2026-11-27 6:32", Past, "11-27 06:32"},
		{noon, "2026-11-27 2pm", Past, "11-27 14:00"},
		{noon, "Sat 02:00", Past, "11-28 02:00"},
		{noon, "Sat 02:00", Coming, "12-05 02:00"},
		{noon, "Monday 14:00", Past, "11-23 14:00"},
		{noon, "mon 14:00", Coming, "11-30 14:00"},
		// A time of day alone.
		{noon, "06:32", Past, "11-28 06:32"},
		{noon, "6:32", Past, "11-28 06:32"},
		{noon, "6:32am", Past, "11-28 06:32"},
		{noon, "2pm", Past, "11-27 14:00"},
		{noon, "2 PM", Coming, "11-28 14:00"},
		{noon, "12am", Past, "11-28 00:00"},
		{noon, "12pm", Past, "11-28 12:00"},
		{noon, "06:32 UTC", Past, "11-28 07:32"},
		{noon, "14:00Z", Coming, "11-28 15:00"},
		{noon, "14:00+05:30", Past, "11-28 09:30"},
		{noon, "06:32:10", Past, "2026-11-28T05:32:10Z"},
		{noon, "18:00", Today, "11-28 18:00"},
		{noon, "06:00", Today, "11-28 06:00"},
		// Around midnight.
		{night, "23:50", Past, "11-27 23:50"},
		{night, "23:50", Coming, "11-28 23:50"},
		{night, "23:50", Today, "11-28 23:50"},
		{night, "00:10", Past, "11-28 00:10"},
		{night, "00:11", Past, "11-27 00:11"},
		{"11-27 21:32", "02:00", Coming, "11-28 02:00"},
		{"11-27 21:32", "02:00", Past, "11-27 02:00"},
		{"2026-11-27T23:10:40Z", "00:10", Coming, "11-28 00:10"}, // this very minute is now
		{night, "23:50 UTC", Past, "2026-11-26T23:50:00Z"},
		{night, "23:05 UTC", Past, "2026-11-27T23:05:00Z"},
		// Clocks went from 02:00 to 03:00 on 29 March, and back on 25 October.
		{"03-29 01:30", "02:30", Past, "03-28 02:30"},
		{"03-30 01:30", "02:30", Coming, "03-30 02:30"},
		{"2026-10-25T00:45:00Z", "02:30", Past, "2026-10-25T00:30:00Z"},   // 02:45 for the first time
		{"2026-10-25T01:15:00Z", "02:30", Past, "2026-10-25T00:30:00Z"},   // 02:15 for the second time
		{"2026-10-25T01:15:00Z", "02:30", Coming, "2026-10-25T01:30:00Z"}, // the first has passed
		{"2026-10-25T01:15:00Z", "-1h", Past, "2026-10-25T00:15:00Z"},
		{"10-25 12:00", "02:30+02:00", Past, "2026-10-25T00:30:00Z"},
		{"10-25 12:00", "00:30 UTC", Past, "2026-10-25T00:30:00Z"},
	} {
		got, err := Reader{at(t, c.now), berlin(t)}.Read(c.text, c.rule)
		if err != nil || !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %q under rule %d: got %v, %v, want %s", c.now, c.text, c.rule, got.In(berlin(t)), err, c.want)
		}
	}
}

func TestAnEndIsReadFromItsStart(t *testing.T) {
	for _, c := range []struct{ start, text, want string }{
		{"12-05 22:00", "02:00", "12-06 02:00"},
		{"12-05 22:00", "23:00", "12-05 23:00"},
		{"12-05 22:00", "22:00", "12-06 22:00"},
		{"12-05 22:00", "2026-12-05 23:00", "12-05 23:00"},
		{"12-05 22:00", "+30m", "11-28 12:30"}, // from now
		{"2026-10-25T00:40:00Z", "02:30", "2026-10-25T01:30:00Z"},
	} {
		got, err := Reader{at(t, "11-28 12:00"), berlin(t)}.After(c.text, at(t, c.start))
		if err != nil || !got.Equal(at(t, c.want)) {
			t.Errorf("%q after %s: got %v, %v, want %s", c.text, c.start, got, err, c.want)
		}
	}
}

func TestWhatIsNoTimeSaysWhatToWrite(t *testing.T) {
	for _, c := range []struct {
		now, text string
		rule      Rule
		want      string
	}{
		{"11-28 12:00", "", Past, `the time is empty; write it as 06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`},
		{"11-28 12:00", "  ", Past, `the time is empty; write it as 06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`},
		{"11-28 12:00", "soon", Past, `"soon" is not a time; write it as 06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`},
		{"11-28 12:00", "6.32", Past, `"6.32" is not a time; write it as 06:40, "2025-07-25 06:40", "yesterday 23:50", -20m or now`},
		{"11-28 12:00", "1400", Past, `"1400" is not a time; write 14:00`},
		{"11-28 12:00", "20m", Past, `"20m" is a duration; write -20m for a time in the past, +20m for one in the future`},
		{"11-28 12:00", "-20", Past, `"-20": this is not a duration; write -20m, "2 hours ago" or +1h30m`},
		{"11-28 12:00", "in a while", Past, `"in a while": this is not a duration; write -20m, "2 hours ago" or +1h30m`},
		{"11-28 12:00", "yesterday", Today, `"yesterday" is a day without a time; add one: "yesterday 06:40"`},
		{"11-28 12:00", "2026-11-28", Today, `"2026-11-28" is a date without a time of day; add the time: 2026-11-28 06:40`},
		{"11-28 12:00", "25:00", Past, `"25:00": no such time of day; hours go to 23, minutes and seconds to 59`},
		{"11-28 12:00", "24:00", Past, `"24:00": 24:00 is not supported; write 00:00 of the next day`},
		{"11-28 12:00", "14pm", Past, `"14pm": no such time of day; write 14:00 or 2pm`},
		{"11-28 12:00", "14:00 CST", Past, `"14:00 CST": "CST" is not a supported time zone; write 14:00 for the site's zone, 14:00 UTC, ` +
			`or an offset: 14:00+02:00`},
		{"11-28 12:00", "Sat 02:00", Today, `Saturday can be the last or the next one; write "2026-11-28 02:00" or "2026-12-05 02:00"`},
		{"11-28 12:00", "2026-02-30 06:40", Past, `there is no date "2026-02-30"; check the month and the day`},
		{"11-28 12:00", "9999-12-31 23:59", Past, `the year of "9999-12-31 23:59" is out of range; write a year from 1970 to 2200`},
		{"03-29 10:00", "02:30", Past, "2026-03-29 02:30 does not exist in Europe/Berlin: clocks went from 02:00 to 03:00; write " +
			"2026-03-29 03:00, or give an offset"},
		{"03-29 10:00", "today 02:30", Past, "2026-03-29 02:30 does not exist in Europe/Berlin: clocks went from 02:00 to 03:00; write " +
			"2026-03-29 03:00, or give an offset"},
		{"10-25 10:00", "02:30", Past, "2026-10-25 02:30 happens twice in Europe/Berlin, because clocks go back then; write 2026-10-25 " +
			"02:30+02:00 for the first or 2026-10-25 02:30+01:00 for the second"},
		{"10-25 01:00", "02:30", Coming, "2026-10-25 02:30 happens twice in Europe/Berlin, because clocks go back then; write 2026-10-25 " +
			"02:30+02:00 for the first or 2026-10-25 02:30+01:00 for the second"},
	} {
		got, err := Reader{at(t, c.now), berlin(t)}.Read(c.text, c.rule)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %q:\n got %v, %v\nwant %s", c.now, c.text, got, err, c.want)
		}
	}
}

func FuzzReadAgreesWithItsRule(f *testing.F) {
	for _, text := range []string{"06:32", "now", "-20m", "Sat 2pm", "yesterday 23:50", "02:30", "14:00-07:00", "2 hours ago",
		"2026-03-29 2:30"} {
		f.Add(text, int64(1774747800))
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		now := time.Unix(seconds&(1<<32-1), 0)
		d, rest := cutDay(normalize(text))
		c, _ := parseClock(rest)
		past, err1 := Reader{now, zone}.Read(text, Past)
		next, err2 := Reader{now, zone}.Read(text, Coming)
		if c == nil || d.isSet && !d.isWeek || d.isDate || len(strings.Fields(text)) > 4 {
			return
		}
		if err1 == nil && (past.After(now) || now.Sub(past) > 8*25*time.Hour) {
			t.Errorf("%s: the latest %q is %s", now, text, past)
		}
		if err2 == nil && (next.Before(now.Truncate(time.Minute)) || next.Sub(now) > 8*25*time.Hour) {
			t.Errorf("%s: the next %q is %s", now, text, next)
		}
	})
}
