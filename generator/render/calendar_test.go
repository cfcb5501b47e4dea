package render_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

// events are the windows of a calendar by their summary.
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
	moved := little.with("content/maintenance/upgrade.md", strings.NewReplacer("2025-08-01", "2025-08-03").Replace(little["content/maintenance/upgrade.md"])+
		"\n## Update — 2025-06-30 09:00\nWe moved it by two days.\n")
	after := events(t, publish(t, moved, clear)["maintenance.ics"])["Upgrade of the platform"]
	if before.Id() != after.Id() {
		t.Errorf("%s became %s", before.Id(), after.Id())
	}
	if property(before, ics.ComponentPropertySequence) >= property(after, ics.ComponentPropertySequence) {
		t.Errorf("the sequence went from %s to %s", property(before, ics.ComponentPropertySequence), property(after, ics.ComponentPropertySequence))
	}
	if start, _ := after.GetStartAt(); start.Day() != 3 {
		t.Errorf("it starts %v", start)
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
	if got := property(cables, ics.ComponentPropertySequence); got != "1" {
		t.Errorf("its sequence is %s", got)
	}
}

func TestAWindowThatEndedEarlySaysWhen(t *testing.T) {
	early := little.with("content/maintenance/upgrade.md", little["content/maintenance/upgrade.md"]+"\n## Completed — 2025-08-01 03:05\nEarly.\n")
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
