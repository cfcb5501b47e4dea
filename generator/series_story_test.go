package generator_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator"
)

// weekly is a site with a series of Sundays, and what else a story needs.
func weekly(front, more string) fstest.MapFS {
	return content("-- maintenance/weekly.md --\n---\ntitle: Weekly work\nstart: 2026-12-06 02:00\nduration: 90m\ncomponents: [api]\n" +
		"repeat: {every: week, until: 2027-06-30, except: [2026-12-27]}\n" + front + "---\nNothing to do.\n" + more)
}

// seriesAt builds a site that must be without errors, with all its files.
func seriesAt(t *testing.T, folder fstest.MapFS, at string) made {
	t.Helper()
	files := built(t, folder, instant(t, at))
	sound(t, files)
	return files
}

func TestTheRulesOfASeries(t *testing.T) {
	series := func(front string) string {
		return "-- maintenance/weekly.md --\n---\ntitle: Weekly work\ncomponents: [api]\n" + front +
			"---\nText.\n\n## Scheduled — 2026-01-01 09:00\nText.\n"
	}
	const window = "---\ntitle: Work\nposted: 2026-01-01\nstart: 2026-12-07 02:00\nduration: 1h\ncomponents: [api]\n---\nText.\n"
	for _, story := range []struct{ files, want string }{
		{series("start: 2026-12-06 02:00\nduration: 90m\nrepeat: {every: week}\n"), ""},
		{series("start: 2026-12-06 02:00\nduration: 25h\nrepeat: {every: day}\n"), "5:11 error series-key: the one that starts at " +
			"2026-12-06 02:00 is not over when the next one starts at 2026-12-07 02:00; write a shorter duration, or repeat it less often"},
		{series("duration: 1h\nrepeat: {dates: [2026-12-06 02:00, 2026-12-06 02:00]}\n"),
			"5:1 error series-key: two of them start at the " +
				"same time: 2026-12-06 02:00 and 2026-12-06 02:00; remove one of the two"},
		{series("start: 2020-01-01 02:00\nduration: 1h\nrepeat: {every: day}\n"), "6:1 error series-key: the series has more than 1000 " +
			"occurrences from its start to twelve months ahead; set until: to a day in the past, and write another series that starts " +
			"after it, or repeat it less often"},
		{series("start: 2025-04-10 02:00\nduration: 1h\nrepeat: {every: day}\n"), "6:1 warning series-long: in less than 60 days the " +
			"series will have more than 1000 occurrences from its start to twelve months ahead, which is an error; set until: to a " +
			"day in the past, and write another series that starts after it, or repeat it less often"},
		{series("start: 2026-12-06 02:00\nduration: 1h\nrepeat: {every: week, on: monday}\n"),
			"4:8 warning series-start: 2026-12-06 is a " +
				"Sunday, on which the series does not take place: the first occurrence is on 2026-12-07, a Monday; " +
				"write start: 2026-12-07 02:00, or change on"},
		{series("start: 2026-12-31 02:00\nduration: 1h\nrepeat: {every: month}\n"), "6:1 warning series-month: the series has no " +
			"occurrence in some months, which lack its day: February, April, June, September, November; " +
			"write on: last day, or a day that every month has, unless you want this"},
		{series("start: 2026-12-06 02:00\nduration: 1h\nrepeat: {every: week, until: 2026-12-05}\n"),
			"6:1 warning series-empty: the series has no occurrence; correct start, on, until or except"},
		{series("start: 2026-12-06 02:00\nduration: 1h\nrepeat: {every: week, except: [2026-12-26]}\n"),
			"6:32 warning no-occurrence: the " +
				"series does not take place on 2026-12-26, a Saturday; the nearest dates are 2026-12-20 and 2026-12-27"},
		{series("start: 2026-12-06 02:00\nduration: 1h\nrepeat: {every: week, until: 2026-12-20, except: [2026-12-13]}\n") +
			"-- maintenance/2026/weekly-2026-12-13.md --\n" + window + "-- maintenance/weekly-2026-12-20.md --\n" + window +
			"-- maintenance/weekly-2026-12-27.md --\n" + window + "-- maintenance/weekly-2026-12-06-2.md --\n" + window +
			"-- maintenance/weekly-2026-12-07-dns.md --\n" + window,
			"1:1 warning no-occurrence: the series weekly has no occurrence number 2 on 2026-12-06: this file replaces none; remove the " +
				"number at the end of the file's name, unless this is an extra window\n" +
				"1:1 warning no-occurrence: the series weekly does not take place on 2026-12-27, a Sunday: this file replaces none of " +
				"its occurrences; the nearest dates are 2026-12-20; rename the file, unless this is an extra window"},
		// a mistake of the series is no mistake of each occurrence
		{series("start: 2026-12-06 02:00\nrepeat: {every: week}\n"),
			"2:8 error missing-end: nothing says how long the maintenance takes each time; add duration: 90m"},
		{series("id: abc\nstart: 2026-12-06 02:00\nduration: 90m\nrepeat: {every: week}\n"),
			`4:1 error series-key: "id" belongs to one occurrence, not to a series; remove it, and write it in the file of one ` +
				"occurrence: allclear update weekly in-progress writes that file"},
		// what is wrong in each occurrence is said once
		{strings.Replace(series("start: 2026-12-06 02:00\nduration: 90m\nrepeat: {every: week}\n"), "[api]", "[apu]", 1),
			`3:14 error unknown-component: unknown component "apu"; did you mean "api"?`},
		{strings.Replace(series("start: 2036-12-06 02:00\nduration: 90m\nrepeat: {every: week}\n"), "[api]", "[apu]", 1),
			`3:14 error unknown-component: unknown component "apu"; did you mean "api"?`},
	} {
		folder := content(story.files)
		folder["content/site.yml"] = textOf("title: Example\nurl: https://status.acme.com\n")
		_, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, "2026-11-28T12:00:00Z")})
		var lines []string
		for _, p := range problems {
			lines = append(lines, fmt.Sprintf("%d:%d %s %s: %s; %s", p.Line, p.Column, p.Severity, p.Rule, p.Message, p.Hint))
		}
		if got := strings.Join(lines, "\n"); got != story.want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", story.files, got, story.want)
		}
	}
}

var eventLines = regexp.MustCompile(`(?m)^(SEQUENCE|DTSTART|DTEND|SUMMARY|DESCRIPTION|URL|CATEGORIES|DTSTAMP|STATUS)[:;].*\r\n(?: .*\r\n)*`)

// The calendar has the Sundays of a year. Until one is announced, it has nothing but a
// title, a time and the address of the home page, in each language.
func TestTheCalendarHasAYearOfASeries(t *testing.T) {
	folder := weekly("announce: 3d\n", "-- maintenance/weekly.de.md --\n---\ntitle: Wöchentliche Arbeiten\n---\nNichts zu tun.\n")
	folder["content/site.yml"] = textOf("title: Example\nurl: https://status.example.com\nlanguages: [en, de]\n")
	files := seriesAt(t, folder, "2026-12-04T12:00:00Z")
	for name, lead := range map[string]string{"maintenance.ics": "", "components/api/maintenance.ics": "", "de/maintenance.ics": "de/"} {
		text := string(files[name])
		if n := strings.Count(text, "BEGIN:VEVENT"); n != 29 {
			t.Errorf("%s: %d events, not those of the 30 Sundays up to June without one", name, n)
		}
		events := strings.Split(text, "BEGIN:VEVENT")
		title := map[string]string{"": "Weekly work", "de/": "Wöchentliche Arbeiten"}[lead]
		planned := strings.Join(eventLines.FindAllString(events[len(events)-2], -1), "")
		if want := "DTSTAMP:20251212T020000Z\r\nSEQUENCE:0\r\nDTSTART:20261213T020000Z\r\nDTEND:20261213T033000Z\r\nSUMMARY:" + title +
			"\r\nURL:https://status.example.com/" + lead + "\r\n"; planned != want {
			t.Errorf("%s: one that is not announced is\n%s", name, planned)
		}
		announced := events[len(events)-1]
		if !strings.Contains(announced, "maintenance/weekly-2026-12-06/") || !strings.Contains(announced, "CATEGORIES:API") {
			t.Errorf("%s: the announced one is\n%s", name, announced)
		}
	}
	if text := string(files["components/web/maintenance.ics"]); strings.Contains(text, "VEVENT") {
		t.Error("the website has a window in its calendar")
	}
	secret := seriesAt(t, weekly("posted: 2026-12-10 09:00\n", ""), "2026-12-04T12:00:00Z")
	for name, data := range secret {
		if bytes.Contains(data, []byte("Weekly")) {
			t.Errorf("%s names the series before it is public", name)
		}
	}
}

// Of an occurrence, feeds have the announcement. That the clock begins and ends it is no
// news; what somebody writes about it is.
func TestFeedsHaveTheAnnouncementOfAnOccurrence(t *testing.T) {
	titles := func(files made) string {
		found := regexp.MustCompile(`"title":"([^"]*: [^"]*)"`).FindAllStringSubmatch(string(files["feed.json"]), -1)
		var list []string
		for _, m := range found {
			list = append(list, m[1])
		}
		return strings.Join(list, ", ")
	}
	const own = "-- maintenance/weekly-2026-12-13.md --\n---\ntitle: Weekly work\nposted: 2026-12-10 02:00\nstart: 2026-12-13 02:00\n" +
		"duration: 1h\ncomponents: [api]\n---\n\n## In progress — 2026-12-13 02:05\nWe have begun.\n"
	for _, story := range []struct{ more, at, want string }{
		{"", "2026-12-03T01:59:00Z", ""},
		{"", "2026-12-03T02:00:00Z", "Scheduled: Weekly work"},
		{"", "2026-12-13T02:30:00Z", "Scheduled: Weekly work, Scheduled: Weekly work"},
		{own, "2026-12-13T04:00:00Z", "Completed: Weekly work, In progress: Weekly work, Scheduled: Weekly work, Scheduled: Weekly work"},
	} {
		if got := titles(seriesAt(t, weekly("announce: 3d\n", story.more), story.at)); got != story.want {
			t.Errorf("%s: %q", story.at, got)
		}
	}
}

// With announce: 7d, a Sunday is announced in the second in which the one before begins.
// A page of before cannot contain its card, so it is not valid any longer.
func TestAPageEndsWhereTheNextOccurrenceIsAnnounced(t *testing.T) {
	files := seriesAt(t, weekly("", ""), "2026-12-05T12:00:00Z")
	for _, name := range []string{"index.html", "maintenance/weekly-2026-12-06/index.html"} {
		if !bytes.Contains(files[name], []byte(`data-until="2026-12-06T02:00:00Z"`)) {
			t.Errorf("%s does not end when the next one is announced: %s", name,
				regexp.MustCompile(`data-until="[^"]*"`).Find(files[name]))
		}
	}
	rehearsed := seriesAt(t, weekly("noindex: true\n", ""), "2026-12-05T12:00:00Z")
	if page := rehearsed["maintenance/weekly-2026-12-06/index.html"]; !bytes.Contains(page, []byte(`data-until="2026-12-06T02:00:00Z"`)) {
		t.Error("the page of a rehearsal does not end with what it shows")
	}
	for name, data := range rehearsed {
		if bytes.Contains(data, []byte("Weekly")) && !strings.HasPrefix(name, "maintenance/weekly-2026-12-") {
			t.Errorf("%s names the rehearsal", name)
		}
	}
}

// The page of an occurrence names the next three of its series, as they will really be.
func TestThePageOfAnOccurrenceListsTheNextDates(t *testing.T) {
	own := func(day, front, text string) string {
		return "-- maintenance/weekly-" + day + ".md --\n---\ntitle: Weekly work\nduration: 1h\ncomponents: [api]\n" + front +
			"---\n" + text
	}
	moved := own("2026-12-13", "posted: 2026-12-01\nstart: 2026-12-14 05:00\n", "Text.\n")
	canceled := own("2026-12-20", "posted: 2026-12-01\nstart: 2026-12-20 02:00\n", "## Canceled — 2026-12-02 09:00\nText.\n")
	hidden := own("2027-01-03", "posted: 2026-12-24\nstart: 2027-01-05 02:00\n", "Text.\n")
	dates := func(files made, page string) string {
		list := regexp.MustCompile(`(?s)<div id="_dates">.*?</ul>`).Find(files["maintenance/"+page+"/index.html"])
		var days []string
		for _, m := range regexp.MustCompile(`datetime="([-0-9]*)T(\d\d)`).FindAllSubmatch(list, -1) {
			days = append(days, string(m[1])+" "+string(m[2]))
		}
		return strings.Join(days, ", ")
	}
	for _, story := range []struct{ more, at, page, want string }{
		{"", "2026-12-05T12:00:00Z", "weekly-2026-12-06", "2026-12-13 02, 2026-12-20 02, 2027-01-03 02"},
		{"", "2026-12-06T02:30:00Z", "weekly-2026-12-06", "2026-12-13 02, 2026-12-20 02, 2027-01-03 02"},
		{"", "2026-12-06T03:30:00Z", "weekly-2026-12-06", ""},
		{"", "2027-06-19T12:00:00Z", "weekly-2027-06-20", "2027-06-27 02"},
		{moved + canceled + hidden, "2026-12-05T12:00:00Z", "weekly-2026-12-06", "2026-12-14 05, 2027-01-10 02, 2027-01-17 02"},
		{moved + canceled + hidden, "2026-12-25T12:00:00Z", "weekly-2027-01-03", "2027-01-10 02, 2027-01-17 02, 2027-01-24 02"},
		{moved, "2026-12-05T12:00:00Z", "weekly-2026-12-13", "2026-12-06 02, 2026-12-20 02, 2027-01-03 02"},
	} {
		if got := dates(seriesAt(t, weekly("", story.more), story.at), story.page); got != story.want {
			t.Errorf("at %s on %s: %s, want %s", story.at, story.page, got, story.want)
		}
	}
}

// A draft is not there, and so replaces nothing.
func TestADraftOfASeries(t *testing.T) {
	names := func(folder fstest.MapFS, drafts bool) string {
		s, problems := generator.Check(folder, nil, generator.Options{Now: instant(t, "2026-12-12T12:00:00Z"), Drafts: drafts})
		if problems.HasErrors() {
			t.Fatal(words(problems))
		}
		var list []string
		for _, e := range s.At(instant(t, "2026-12-12T12:00:00Z")).Upcoming {
			list = append(list, e.Slug+" "+e.Start.Format("15:04"))
		}
		return strings.Join(list, ", ")
	}
	const own = "-- maintenance/weekly-2026-12-13.md --\n---\ntitle: Weekly work\ndraft: true\nposted: 2026-12-10\n" +
		"start: 2026-12-13 05:00\n" +
		"duration: 1h\ncomponents: [api]\n---\nText.\n"
	for _, story := range []struct {
		front, more string
		drafts      bool
		want        string
	}{
		{"", own, false, "weekly-2026-12-13 02:00"},
		{"", own, true, "weekly-2026-12-13 05:00"},
		{"draft: true\n", "", false, ""},
		{"draft: true\n", "", true, "weekly-2026-12-13 02:00"},
	} {
		if got := names(weekly(story.front, story.more), story.drafts); got != story.want {
			t.Errorf("%+v: %s", story, got)
		}
	}
}
