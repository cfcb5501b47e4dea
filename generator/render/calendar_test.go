package render_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

// events returns the windows of a calendar by their summaries.
func events(t *testing.T, data []byte) map[string]*ics.VEvent {
	t.Helper()
	calendar, err := ics.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	events := map[string]*ics.VEvent{}
	for _, e := range calendar.Events() {
		events[e.GetProperty(ics.ComponentPropertySummary).Value] = e
	}
	return events
}

func property(e *ics.VEvent, name ics.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return p.Value
	}
	return ""
}

func TestTheCalendarAnnouncesWindows(t *testing.T) {
	upgrade := events(t, publish(t, little, clear)["maintenance.ics"])["Upgrade of the platform"]
	start, err := upgrade.GetStartAt()
	if err != nil || !start.Equal(time.Date(2025, 8, 1, 2, 0, 0, 0, time.UTC)) {
		t.Errorf("it starts %v, %v", start, err)
	}
	end, err := upgrade.GetEndAt()
	if err != nil || !end.Equal(time.Date(2025, 8, 1, 3, 30, 0, 0, time.UTC)) {
		t.Errorf("it ends %v, %v", end, err)
	}
	if got := property(upgrade, ics.ComponentPropertyUrl); got != address+"/maintenance/upgrade/" {
		t.Errorf("its page is %s", got)
	}
}

func TestACalendarNamesNoMethod(t *testing.T) {
	data := publish(t, little, clear)["maintenance.ics"]
	if bytes.Contains(data, []byte("METHOD")) || !bytes.Contains(data, []byte("REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n")) {
		t.Errorf("the calendar is\n%s", data)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("the line is not folded: %q", line)
		}
	}
}

func TestAMovedWindowIsTheSameEventWithAHigherSequence(t *testing.T) {
	before := events(t, publish(t, little, clear)["maintenance.ics"])["Upgrade of the platform"]
	moved := little.with("content/maintenance/upgrade.md",
		strings.NewReplacer("2025-08-01", "2025-08-03").Replace(little["content/maintenance/upgrade.md"])+
			"\n## Update — 2025-06-30 09:00\nWe moved it by two days.\n")
	after := events(t, publish(t, moved, clear)["maintenance.ics"])["Upgrade of the platform"]
	if before.Id() != after.Id() {
		t.Errorf("%s became %s", before.Id(), after.Id())
	}
	if property(before, ics.ComponentPropertySequence) >= property(after, ics.ComponentPropertySequence) {
		t.Errorf("the sequence went from %s to %s", property(before, ics.ComponentPropertySequence),
			property(after, ics.ComponentPropertySequence))
	}
	if start, _ := after.GetStartAt(); start.Day() != 3 {
		t.Errorf("it starts %v", start)
	}
}

func TestEachUpdateRaisesTheSequence(t *testing.T) {
	const window = "---\ntitle: Work\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:00\nposted: 2025-07-01 10:00\n" +
		"components: [api]\n---\nWords.\n"
	later := strings.NewReplacer("01 02:00", "02 02:00", "01 03:00", "02 03:00").Replace(window)
	sequence := func(text, at string) int {
		t.Helper()
		work := events(t, publish(t, little.with("content/maintenance/work.md", text), at)["maintenance.ics"])["Work"]
		n, err := strconv.Atoi(property(work, ics.ComponentPropertySequence))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	last := -1
	for _, step := range []struct {
		what, text, at string
	}{
		{"announced", window, "2025-08-01T01:00:00Z"},
		{"begun by the clock", window, "2025-08-01T02:00:00Z"},
		{"ended by the clock", window, "2025-08-01T03:00:00Z"},
		{"moved, and the announcement told anew", later + "\n## Scheduled — 2025-08-01 03:10\nIt did not begin.\n", "2025-08-01T03:10:00Z"},
		{"begun by the clock again", later + "\n## Scheduled — 2025-08-01 03:10\nIt did not begin.\n", "2025-08-02T02:00:00Z"},
		{"begun by a person", later + "\n## Scheduled — 2025-08-01 03:10\nIt did not begin.\n\n## In progress — 2025-08-02 02:05\nNow.\n",
			"2025-08-02T02:05:00Z"},
	} {
		now := sequence(step.text, step.at)
		if now <= last {
			t.Errorf("%s: the sequence went from %d to %d", step.what, last, now)
		}
		last = now
	}
}

func TestACanceledWindowStaysAsCanceled(t *testing.T) {
	cables := events(t, publish(t, little, resolved)["maintenance.ics"])["New cables"]
	if got := property(cables, ics.ComponentPropertyStatus); got != "CANCELLED" {
		t.Errorf("its status is %s", got)
	}
	if start, _ := cables.GetStartAt(); !start.Equal(time.Date(2025, 8, 10, 2, 0, 0, 0, time.UTC)) {
		t.Errorf("it starts %v", start)
	}
	if got := property(cables, ics.ComponentPropertySequence); got != "6" {
		t.Errorf("its sequence is %s", got)
	}
}

func TestAWindowThatEndedEarlySaysWhen(t *testing.T) {
	early := little.with("content/maintenance/upgrade.md", little["content/maintenance/upgrade.md"]+
		"\n## Completed — 2025-08-01 03:05\nEarly.\n")
	upgrade := events(t, publish(t, early, resolved)["maintenance.ics"])["Upgrade of the platform"]
	if end, _ := upgrade.GetEndAt(); !end.Equal(time.Date(2025, 8, 1, 3, 5, 0, 0, time.UTC)) {
		t.Errorf("it ends %v", end)
	}
}

func TestAComponentHasACalendarOfItsOwn(t *testing.T) {
	out := publish(t, little, clear)
	for folder, want := range map[string]string{"email": "", "api": "Upgrade of the platform", "platform": "Upgrade of the platform"} {
		found := events(t, out["components/"+folder+"/maintenance.ics"])
		if want == "" && len(found) > 0 || want != "" && found[want] == nil {
			t.Errorf("the calendar of %s holds %v", folder, found)
		}
	}
}

// Windows to come count like those that are over: only those of a series do not.
func TestACalendarHasTheNewestFiftyWindows(t *testing.T) {
	c := little
	for n := range 52 {
		day := time.Date(2026, 1, 1+n, 2, 0, 0, 0, time.UTC).Format(time.DateOnly)
		c = c.with("content/maintenance/"+day+".md", "---\ntitle: Work of "+day+"\ncomponents: [api]\nstart: "+day+" 02:00 Z\nend: "+
			day+" 03:00 Z\n---\nText.\n")
	}
	c = c.with("content/maintenance/nightly.md", "---\ntitle: Nightly work\ncomponents: [api]\nduration: 90m\n"+
		"repeat: {dates: [2026-03-01 02:00, 2026-03-02 02:00, 2026-03-03 02:00]}\n---\nText.\n")
	data := publish(t, c, clear)["maintenance.ics"]
	found := events(t, data)
	for name, want := range map[string]bool{"Work of 2026-02-21": true, "Work of 2026-01-03": true, "Work of 2026-01-02": false} {
		if (found[name] != nil) != want {
			t.Errorf("%s is in the calendar: %v", name, !want)
		}
	}
	if got := strings.Count(string(data), "SUMMARY:Nightly work"); got != 3 || strings.Count(string(data), "BEGIN:VEVENT") != 53 {
		t.Errorf("it has %d nights among %d events, not 3 beside 50", got, strings.Count(string(data), "BEGIN:VEVENT"))
	}
}

// A calendar must contain at least one component (RFC 5545, 3.6), so one without events
// contains a time zone.
func TestACalendarWithoutEventsIsACalendar(t *testing.T) {
	quiet := little.with("content/components.yml", little["content/components.yml"]+"  - {id: quiet, name: Quiet}\n")
	out := publish(t, quiet, resolved)
	cal, err := ics.ParseCalendar(bytes.NewReader(out["components/quiet/maintenance.ics"]))
	if err != nil {
		t.Fatal(err)
	}
	zones := cal.Timezones()
	if len(cal.Events()) != 0 || len(zones) != 1 || zones[0].GetProperty(ics.ComponentPropertyTzid).Value != "UTC" {
		t.Errorf("it holds %d events and %d zones", len(cal.Events()), len(zones))
	}
	for _, line := range []string{"BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"} {
		if !bytes.Contains(out["components/quiet/maintenance.ics"], []byte(line+"\r\n")) {
			t.Errorf("it lacks %s", line)
		}
	}
	if bytes.Contains(out["maintenance.ics"], []byte("VTIMEZONE")) {
		t.Error("a calendar with events needs no zone: they stand in UTC")
	}
}
