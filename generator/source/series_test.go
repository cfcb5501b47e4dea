package source

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// series reads a site whose only maintenance is weekly.md with this front matter.
func series(t *testing.T, front, text string) site.MaintenanceSeries {
	t.Helper()
	s := read(t, "-- maintenance/weekly.md --\n"+front+"\n"+text)
	if len(s.Series) != 1 || len(s.Entries) != 0 {
		t.Fatalf("%d series, %d entries", len(s.Series), len(s.Entries))
	}
	return s.Series[0]
}

func TestASeriesIsTheSameInThreeLanguages(t *testing.T) {
	const want = "2026-12-06 02:00 1h30m0s 72h0m0s {2 1 [Sunday Wednesday] [] [] 2027-06-30 [2026-12-27 2027-01-03]}"
	for name, front := range map[string]string{
		"YAML": "---\ntitle: Weekly\nstart: 2026-12-06 02:00\nduration: 90m\nrepeat:\n  every: 2 Weeks\n  on: [sunday, Wednesday]\n" +
			"  until: 2027-06-30\n  except: [2026-12-27, 2027-01-03]\nannounce: 3d\ncomponents: [api]\n---",
		"TOML": "+++\ntitle = \"Weekly\"\nstart = 2026-12-06 02:00:00\nduration = \"90m\"\nannounce = \"3d\"\ncomponents = [\"api\"]\n" +
			"[repeat]\nevery = \"2 weeks\"\non = [\"sunday\", \"wednesday\"]\n" +
			"until = 2027-06-30\nexcept = [2026-12-27, \"2027-01-03\"]\n+++",
		"JSON": "{\n\"title\": \"Weekly\", \"start\": \"2026-12-06 02:00\", \"duration\": \"90m\",\n" +
			"\"announce\": \"3d\",\n\"components\": [\"api\"],\n" +
			"\"repeat\": {\"every\": \"2 weeks\", \"on\": [\"sunday\", \"wednesday\"], \"until\": \"2027-06-30\", " +
			"\"except\": [\"2026-12-27\", \"2027-01-03\"]}\n}\n",
	} {
		m := series(t, front, "Text.")
		if got := fmt.Sprint(m.Times.Start, " ", m.Duration, " ", m.Announce, " ", m.Times.Repeat); got != want {
			t.Errorf("%s: %s", name, got)
		}
		if m.Entry.Title.Default != "Weekly" || m.Entry.Summary.Text != "Text." || len(m.Entry.Impacts) != 1 {
			t.Errorf("%s: %+v", name, m.Entry)
		}
	}
}

func TestWhenASeriesTakesPlace(t *testing.T) {
	for _, story := range []struct{ front, want string }{
		{"start: 2026-12-06 02:00\nrepeat: {every: day}", "2026-12-06 2026-12-07 2026-12-08"},
		{"start: 2026-12-06 02:00\nrepeat: {every: 3 days}", "2026-12-06 2026-12-09 2026-12-12"},
		{"start: 2026-12-06 02:00\nrepeat: {every: week}", "2026-12-06 2026-12-13 2026-12-20"},
		{"start: 2026-12-06 02:00\nrepeat: {every: week, on: sunday, until: 2026-12-13}", "2026-12-06 2026-12-13"},
		{"start: 2026-12-06 02:00\nrepeat: {every: week, on: sunday, except: 2026-12-13}", "2026-12-06 2026-12-20 2026-12-27"},
		{"start: 2026-12-06 02:00\nrepeat: {every: month}", "2026-12-06 2027-01-06 2027-02-06"},
		{"start: 2026-12-06 02:00\nrepeat: {every: 3 months, on: 15}", "2026-12-15 2027-03-15 2027-06-15"},
		{"start: 2026-12-06 02:00\nrepeat: {every: month, on: \"15\"}", "2026-12-15 2027-01-15 2027-02-15"},
		{"start: 2026-12-06 02:00\nrepeat: {every: month, on: last day}", "2026-12-31 2027-01-31 2027-02-28"},
		{"start: 2026-12-06 02:00\nrepeat: {every: month, on: [First Monday, last sunday]}", "2026-12-07 2026-12-27 2027-01-04"},
		{"start: 2026-12-06 02:00\nrepeat: {every: month, on: 2nd tuesday}", "2026-12-08 2027-01-12 2027-02-09"},
		{"repeat: {dates: [2026-12-02 01:00, 2026-12-01 01:00, 2026-12-02 23:00]}", "2026-12-01 2026-12-02 2026-12-02-2"},
		{"start: 2026-12-06T22:30:00-05:00\nrepeat: {every: week}", "2026-12-07 2026-12-14 2026-12-21"}, // what clocks show here
	} {
		m := series(t, "---\ntitle: Weekly\nduration: 1h\n"+story.front+"\n---", "")
		var names []string
		for _, o := range m.Times.Next(time.Time{}, 3) {
			names = append(names, strings.TrimPrefix(o.Name("x"), "x-"))
		}
		if got := strings.Join(names, " "); got != story.want {
			t.Errorf("%s\n%s, want %s", story.front, got, story.want)
		}
	}
}

// Clocks skip 02:30 on 29 March 2026 in Berlin, and show it twice on 25 October. In a
// series neither is a mistake.
func TestASeriesMayStartInAnHourThatClocksSkipOrRepeat(t *testing.T) {
	for start, want := range map[string]string{"2026-03-29 02:30": "2026-03-29T01:00:00Z", "2026-10-25 02:30": "2026-10-25T00:30:00Z"} {
		for _, when := range []string{"start: " + start + "\nrepeat: {every: week}", "repeat: {dates: [" + start + "]}"} {
			s := read(t, "-- site.yml --\ntitle: X\nurl: https://status.example.org\ntimezone: Europe/Berlin\n"+
				"-- maintenance/weekly.md --\n"+
				"---\ntitle: Weekly\nduration: 1h\n"+when+"\n---\n")
			if got := s.Series[0].Times.Next(time.Time{}, 1)[0].Start.UTC().Format(time.RFC3339); got != want {
				t.Errorf("%s: %s, want %s", when, got, want)
			}
		}
	}
}

// Every mistake in a series says what to write instead.
func TestMistakesInASeries(t *testing.T) {
	const start, weekly = "start: 2026-12-06 02:00\n", "start: 2026-12-06 02:00\nduration: 90m\nrepeat: {every: week}\n"
	for _, story := range []struct{ front, want string }{
		{start + "duration: 1h\nrepeat: {every: 2}\n", `5:17 series-key: "every" has no unit; write every: 2 weeks, or days or months`},
		{start + "duration: 1h\nrepeat: {every: weekly}\n", `5:17 series-key: "weekly" is not an interval; write every: week`},
		{start + "duration: 1h\nrepeat: {every: year}\n", `5:17 series-key: "year" is not an interval; write every: 12 months`},
		{start + "duration: 1h\nrepeat: {every: hour}\n",
			`5:17 series-key: "hour" is not an interval; write day, week, month, or a number of them, such as 2 weeks`},
		{start + "duration: 1h\nrepeat: {every: 0 weeks}\n",
			`5:17 series-key: "0 weeks" is not an interval; write a number from 1 to 1000, such as 2 weeks`},
		{start + "duration: 1h\nrepeat: weekly\n",
			`5:9 wrong-type: "repeat" must be keys and values, not text; write keys and values: every, on, until, except, dates`},
		{start + "duration: 1h\nrepeat: {every: week, untill: 2027-01-01}\n",
			`5:23 unknown-key: unknown key "untill"; did you mean "until"?`},
		{start + "duration: 1h\nrepeat: {until: 2027-01-01}\n", `5:1 series-key: nothing says when the maintenance repeats; ` +
			`add every: week, or dates: [2026-12-01 01:00, 2026-12-02 01:00]`},
		{start + "duration: 1h\nrepeat: {every: week, on: [sun, mi]}\n", `5:28 series-key: "sun" is not a day of the week; write sunday
5:33 series-key: "mi" is not a day of the week; write monday, tuesday, wednesday, thursday, friday, saturday or sunday`},
		{start + "duration: 1h\nrepeat: {every: week, on: 15}\n", `5:27 series-key: "15" is not a day of the week; ` +
			`write monday, tuesday, wednesday, thursday, friday, saturday or sunday`},
		{start + "duration: 1h\nrepeat: {every: day, on: sunday}\n",
			`5:22 series-key: "on" has no meaning with every: day; write every: week with "on", or remove "on"`},
		{start + "duration: 1h\nrepeat: {every: month, on: [32, sunday, first day, last fryday]}\n",
			`5:29 series-key: no month has a day 32; write a day from 1 to 31, or last day
5:33 series-key: a month has several days called sunday; write first sunday or last sunday
5:41 series-key: "first day" is not a day of a month; write a day such as 15, last day, first monday or last sunday
5:52 series-key: "last fryday" is not a day of a month; did you mean "friday"?`},
		{start + "duration: 1h\nrepeat: {every: week, until: 2027-06-30 02:00, except: [2027-02-30]}\n",
			`5:30 unreadable-time: "until" is a day, without a time; write 2027-06-30
5:57 unreadable-time: there is no date "2027-02-30"; check the month and the day`},
		{"duration: 1h\nrepeat: {dates: [2026-12-01 01:00], every: week, except: 2026-12-27}\n",
			`4:37 series-key: "every" cannot be used together with "dates"; keep one of the two
4:50 series-key: "except" cannot be used together with "dates"; keep one of the two`},
		{"duration: 1h\nrepeat: {dates: []}\n", `4:17 series-key: "dates" is empty; write dates: [2026-12-01 01:00, 2026-12-02 01:00]`},
		{start + "duration: 1h\nrepeat: {dates: [2026-12-01 01:00]}\n",
			`3:1 series-key: "start" cannot be used together with "dates"; remove it: dates says when each begins`},
		{"duration: 1h\nrepeat: {every: week}\n", `2:8 missing-start: the series has no start; add start: 2026-12-06 02:00`},
		{start + "repeat: {every: week}\n", `2:8 missing-end: nothing says how long the maintenance takes each time; add duration: 90m`},
		{start + "end: 2026-12-06 03:30\nrepeat: {every: week}\n",
			`4:1 series-key: "end" belongs to one window; a series has a duration; write duration: 1h30m instead`},
		{weekly + "end: 2026-12-06 03:30\n",
			`6:1 series-key: "end" belongs to one window; a series has a duration; remove it: duration says how long each is`},
		{weekly + "announce: 2y\n", `6:11 unreadable-duration: "2y" is not a length of time; write it as 90m, 1h30m or 2d`},
		{weekly + "announce: 400d\n", `6:11 series-key: "announce" is more than a year; write 365d or less`},
		{start + "duration: 1h\nannounce: 3d\n",
			`5:1 series-key: "announce" is a key of a series; write posted: with the time of the announcement, or add repeat:`},
	} {
		_, problems := Read(folder("-- maintenance/weekly.md --\n---\ntitle: Weekly\n"+story.front+"---\nText.\n"), Options{})
		var lines []string
		for _, p := range problems {
			lines = append(lines, fmt.Sprintf("%d:%d %s: %s; %s", p.Line, p.Column, p.Rule, p.Message, p.Hint))
		}
		if got := strings.Join(lines, "\n"); got != story.want {
			t.Errorf("%sgot:\n%s\nwant:\n%s", story.front, got, story.want)
		}
	}
}

// What belongs to one occurrence cannot stand in the series.
func TestWhatBelongsToOneOccurrenceIsNotInASeries(t *testing.T) {
	_, problems := Read(folder(`-- maintenance/weekly.md --
---
title: Weekly
start: 2026-12-06 02:00
duration: 90m
repeat: {every: week}
id: abc
aliases: [/old/]
next_update: 2026-12-06 03:00
auto_complete: false
impacts:
  - {components: [api], start: 2026-12-06 02:10, end: 2026-12-06 02:20, eta: 2026-12-06 02:20}
---
Text.

## Scheduled — 2026-11-20 09:00
We announce it.

## Scheduled — 2026-11-21 09:00
Again.

## In progress — 2026-12-06 02:00
It has begun.

## Postmortem
It was long.
-- maintenance/other.md --
---
title: Other
start: 2026-12-06 02:00
duration: 90m
repeat: {every: week}
components: [api]
eta: 2026-12-06 03:00
auto_complete: true
---
`), Options{})
	want := `
maintenance/other.md:7:1: error: "eta" belongs to one occurrence, not to a series
maintenance/weekly.md:6:1: error: "id" belongs to one occurrence, not to a series
maintenance/weekly.md:7:1: error: "aliases" belongs to one occurrence, not to a series
maintenance/weekly.md:8:1: error: "next_update" belongs to one occurrence, not to a series
maintenance/weekly.md:9:1: error: auto_complete: false belongs to one occurrence: the others would never end
maintenance/weekly.md:11:25: error: "start" of an impact belongs to one occurrence, not to a series
maintenance/weekly.md:11:50: error: "end" of an impact belongs to one occurrence, not to a series
maintenance/weekly.md:11:73: error: "eta" of an impact belongs to one occurrence, not to a series
maintenance/weekly.md:18:16: error: a series has one Scheduled update, the announcement of each occurrence
maintenance/weekly.md:21:18: error: a series takes no update but Scheduled: this one belongs to one occurrence
maintenance/weekly.md:24:4: error: a series has no report: this one belongs to one occurrence
`
	if got := listed(problems); got != strings.TrimLeft(want, "\n") {
		t.Errorf("got:\n%s", got)
	}
	for _, p := range problems {
		if p.Rule != "series-key" || p.Hint == "" {
			t.Errorf("%+v", p)
		}
	}
}

func TestASeriesHasNoPageToLinkTo(t *testing.T) {
	expect(t, `-- maintenance/weekly.md --
---
title: Weekly
start: 2026-12-06 02:00
duration: 90m
repeat: {every: week}
---
-- pages/about.md --
---
title: About
---
We work on our servers [every week](../maintenance/weekly.md).
`, `
pages/about.md:4:37: error: the link leads to a series, which has no page of its own
`)
}
