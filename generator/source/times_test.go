package source

import (
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestTimesAreReadAsTheyAreWritten(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for written, want := range map[string]string{
		"2025-07-25 06:40":               "2025-07-25T04:40:00Z",
		"2025-07-25  06:40:30":           "2025-07-25T04:40:30Z",
		"2025-07-25T06:40":               "2025-07-25T04:40:00Z",
		"2025-01-25 06:40":               "2025-01-25T05:40:00Z",
		"2025-07-25 06:40 UTC":           "2025-07-25T06:40:00Z",
		"2025-07-25 06:40Z":              "2025-07-25T06:40:00Z",
		"2025-07-25 06:40 +02:00":        "2025-07-25T04:40:00Z",
		"2025-07-25T06:40:00-07:30":      "2025-07-25T14:10:00Z",
		"2025-07-25t06:40:00.999z":       "2025-07-25T06:40:00Z",
		"2024-02-29 00:00":               "2024-02-28T23:00:00Z",
		"2025-03-30 01:59:59":            "2025-03-30T00:59:59Z",
		"2025-03-30 03:00":               "2025-03-30T01:00:00Z",
		"2025-10-26 01:59:59":            "2025-10-25T23:59:59Z",
		"2025-10-26 03:00":               "2025-10-26T02:00:00Z",
		"2025-10-26 02:30+02:00":         "2025-10-26T00:30:00Z",
		"1970-01-01 01:00":               "1970-01-01T00:00:00Z",
		"2200-12-31 23:59:59":            "2200-12-31T22:59:59Z",
		"  2025-07-25 06:40\u0020\u0020": "2025-07-25T04:40:00Z",
	} {
		got, err := ParseTime(written, berlin)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: got %v, %v, want %s", written, got, err, want)
		}
	}
}

func TestATimeThatCannotBeReadSaysWhyAndWhatToWrite(t *testing.T) {
	for _, c := range []struct{ zone, written, want string }{
		{"Europe/Berlin", "2025-03-30 02:30", "2025-03-30 02:30 does not exist in Europe/Berlin: clocks went from 02:00 to 03:00; write " +
			"2025-03-30 03:00, or give an offset"},
		{"Europe/Berlin", "2025-03-30 02:00", "2025-03-30 02:00 does not exist in Europe/Berlin: clocks went from 02:00 to 03:00; write " +
			"2025-03-30 03:00, or give an offset"},
		{"Europe/Berlin", "2025-10-26 02:00", "2025-10-26 02:00 happens twice in Europe/Berlin, because clocks go back then; write " +
			"2025-10-26 02:00+02:00 for the first or 2025-10-26 02:00+01:00 for the second"},
		{"America/New_York", "2025-11-02 01:59", "2025-11-02 01:59 happens twice in America/New_York, because clocks go back then; write " +
			"2025-11-02 01:59-04:00 for the first or 2025-11-02 01:59-05:00 for the second"},
		{"Australia/Lord_Howe", "2025-10-05 02:15", "2025-10-05 02:15 does not exist in Australia/Lord_Howe: clocks went from 02:00 to " +
			"02:30; write 2025-10-05 02:30, or give an offset"},
		{"Pacific/Apia", "2011-12-30 12:00", "2011-12-30 12:00 does not exist in Pacific/Apia: clocks went from 00:00 to 00:00; write " +
			"2011-12-31 00:00, or give an offset"},
		{"UTC", "2025-07-25 06:40 CST", `"2025-07-25 06:40 CST": the zone name "CST" is not supported: ` +
			`such names mean different offsets in ` +
			`different places (CST is three zones); write UTC or an offset: 2025-07-25 06:40+02:00`},
		{"UTC", "2025-07-25 06:40 Europe/Berlin", `"2025-07-25 06:40 Europe/Berlin": the zone name "Europe/Berlin" is not supported: ` +
			`such names ` +
			`mean different offsets in different places (CST is three zones); write UTC or an offset: 2025-07-25 06:40+02:00`},
		{"UTC", "2025-07-25", `"2025-07-25" is a date without a time of day; add the time: 2025-07-25 06:40`},
		{"UTC", "2025-07-25 24:00", `"2025-07-25 24:00": the day has no hour 24; write 2025-07-26 00:00`},
		{"UTC", "2016-12-31 23:59:60", `"2016-12-31 23:59:60" is a leap second, which is not counted here; write 2016-12-31 23:59:59`},
		{"UTC", "2025-02-29 10:00", `there is no date "2025-02-29"; check the month and the day`},
		{"UTC", "2025-13-01 10:00", `there is no date "2025-13-01"; check the month and the day`},
		{"UTC", "2025-01-01 25:00", `"2025-01-01 25:00": there is no such time of day; hours go to 23, minutes and seconds to 59`},
		{"UTC", "1969-12-31 23:59", `the year of "1969-12-31 23:59" is out of range; write a year from 1970 to 2200`},
		{"UTC", "2025-07-25 06:40+2", `"2025-07-25 06:40+2": "+2" is not an offset; write hours and minutes: 2025-07-25 06:40+02:00`},
		{"UTC", "2025-07-25 06:40+19:00", `"2025-07-25 06:40+19:00": "+19:00" is not an offset; write hours and ` +
			`minutes: 2025-07-25 06:40+02:00`},
		{"UTC", "25.07.2025 06:40", `"25.07.2025 06:40" is not a time; ` + timeHint},
		{"UTC", "2025-07-2506:40", `"2025-07-2506:40" is not a time; ` + timeHint},
		{"UTC", "", `"" is not a time; ` + timeHint},
	} {
		_, err := ParseTime(c.written, zone(t, c.zone))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q in %s:\n got %v\nwant %s", c.written, c.zone, err, c.want)
		}
	}
}

func TestDurationsAreGosPlusDays(t *testing.T) {
	for written, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "1h30m": 90 * time.Minute, "2d": 48 * time.Hour,
		"1d12h": 36 * time.Hour, "1.5h": 90 * time.Minute, "30s": 30 * time.Second,
	} {
		if got, err := ParseDuration(written); err != nil || got != want {
			t.Errorf("%q: got %v, %v", written, got, err)
		}
	}
	for written, want := range map[string]string{
		"90":         `"90" has no unit; write 90m for minutes, 90h for hours, 90d for days`,
		"0m":         `"0m" must be longer than zero; write a positive length such as 90m`,
		"-5m":        `"-5m" must be longer than zero; write a positive length such as 90m`,
		"1d-1h":      `"1d-1h" is not a length of time; write it as 90m, 1h30m or 2d`,
		"500ms":      `"500ms" is not a whole number of seconds; write whole seconds`,
		"2w":         `"2w" is not a length of time; write it as 90m, 1h30m or 2d`,
		"4000d":      `"4000d" is more than ten years; write ten years at most, such as 365d`,
		"+5d":        `"+5d" is not a length of time; write it as 90m, 1h30m or 2d`,
		"-5d":        `"-5d" is not a length of time; write it as 90m, 1h30m or 2d`,
		"3660d9000h": `"3660d9000h" is more than ten years; write ten years at most, such as 365d`,
		"an hour":    `"an hour" is not a length of time; write it as 90m, 1h30m or 2d`,
		"":           `"" is not a length of time; write it as 90m, 1h30m or 2d`,
	} {
		if got, err := ParseDuration(written); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, %v, want %s", written, got, err, want)
		}
	}
}
