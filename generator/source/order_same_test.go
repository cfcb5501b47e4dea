package source

import (
	"strings"
	"testing"
	"time"
)

// Updates in one second stand in the order of the file, which its other updates
// tell; without any it is oldest first.
func TestUpdatesInTheSameSecondStandInTheOrderOfTheFile(t *testing.T) {
	for _, c := range []struct{ what, updates, want string }{
		{"oldest first", "Investigating 09:00, Identified 10:00, Resolved 10:00", "investigating identified resolved"},
		{"newest first", "Resolved 10:00, Identified 10:00, Investigating 09:00", "investigating identified resolved"},
		{"nothing to tell it by", "Investigating 10:00, Resolved 10:00", "investigating resolved"},
		{"nothing to tell it by", "Resolved 10:00, Investigating 10:00", "resolved investigating"},
	} {
		body := ""
		for update := range strings.SplitSeq(c.updates, ", ") {
			word, clock, _ := strings.Cut(update, " ")
			body += "## " + word + " — 2025-01-01 " + clock + "\nText.\n\n"
		}
		e := read(t, "-- incidents/x.md --\n---\ntitle: X\n---\n"+body).Entries[0]
		var got []string
		for _, u := range e.Updates {
			got = append(got, u.Status.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s (%s): got %v, want %s", c.updates, c.what, got, c.want)
		}
	}
}

// A date alone is a day's first instant in the site's zone, wherever clocks go.
func TestADateAloneIsTheFirstInstantOfItsDay(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"UTC", "2026-12-01", "2026-12-01T00:00:00Z"},
		{"Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // midnight was skipped
		{"Asia/Beirut", "2021-03-28", "2021-03-27T22:00:00Z"},       // so it was there
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},      // the whole day was
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"}, // midnight comes twice
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		when, problem := parseDay(c.day, zone)
		if problem != nil {
			t.Fatalf("%s in %s: %v", c.day, c.zone, problem)
		}
		if got := when.Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s is %s, want %s", c.day, c.zone, got, c.want)
		}
	}
	s := read(t, "-- components.yml --\ncomponents: [{id: api, since: 2026-12-01}]\n-- incidents/x.md --\n---\ntitle: X\n"+
		"start: 2025-01-01 10:00\nend: 2025-01-01 11:00\nposted: 2025-01-03\n---\nText.\n")
	if got := s.Entries[0].Posted.Format(time.RFC3339); got != "2025-01-03T00:00:00Z" {
		t.Errorf("posted is %s", got)
	}
}
