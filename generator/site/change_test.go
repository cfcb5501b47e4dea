package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

func (s *story) coming(when string, want ...string) {
	s.T.Helper()
	var got []string
	for _, c := range s.Changes(at(s.T, when), 10) {
		line := fmt.Sprintf("%s %s", c.At.Format("2006-01-02 15:04"), c.Kind)
		for _, k := range c.Components {
			line += fmt.Sprintf(" %s:%s→%s", k.Component.ID, k.From, k.To)
		}
		got = append(got, line+" "+c.Indicator.String())
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.Errorf("after %s comes\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAMaintenanceIsForeseen(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "")
	s.coming("2025-07-30 00:00",
		"2025-08-01 02:00 maintenance_start website:operational→under_maintenance maintenance",
		"2025-08-01 03:30 maintenance_end website:under_maintenance→operational none")
	s.coming("2025-08-01 02:00",
		"2025-08-01 03:30 maintenance_end website:under_maintenance→operational none")
	s.coming("2025-08-01 03:30")
}

// What makes a window known is its announcement, whether a word does or the posted
// key; what it says later is an update.
func TestAnAnnouncementIsAKindOfItsOwn(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.Scheduled, "2025-07-20 00:00").
		update(site.Scheduled, "2025-07-25 00:00")
	s.coming("2025-07-19 00:00",
		"2025-07-20 00:00 maintenance_announced none",
		"2025-07-25 00:00 update none",
		"2025-08-01 02:00 maintenance_start website:operational→under_maintenance maintenance",
		"2025-08-01 03:30 maintenance_end website:under_maintenance→operational none")
	s.last().Posted = s.moment("2025-07-22 00:00")
	s.last().Updates = s.last().Updates[1:]
	s.coming("2025-07-19 00:00",
		"2025-07-22 00:00 maintenance_announced none",
		"2025-07-25 00:00 update none",
		"2025-08-01 02:00 maintenance_start website:operational→under_maintenance maintenance",
		"2025-08-01 03:30 maintenance_end website:under_maintenance→operational none")
}

// The next night of a series is often announced in the very second in which this one starts.
func TestAnAnnouncementChangesNoComponent(t *testing.T) {
	s := tell(t).maintenance("2025-08-08 02:00", "2025-08-08 03:30").impact("website", site.UnderMaintenance, "", "")
	s.last().Slug = "second"
	s.last().Posted = s.moment("2025-08-01 02:00")
	s.maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.Scheduled, "2025-07-20 00:00")
	s.coming("2025-07-30 00:00",
		"2025-08-01 02:00 maintenance_announced maintenance",
		"2025-08-01 02:00 maintenance_start website:operational→under_maintenance maintenance",
		"2025-08-01 03:30 maintenance_end website:under_maintenance→operational none",
		"2025-08-08 02:00 maintenance_start website:operational→under_maintenance maintenance",
		"2025-08-08 03:30 maintenance_end website:under_maintenance→operational none")
}

func TestAWindowWithoutAutoCompleteBecomesOverdue(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "")
	s.last().ManualEnd = true
	s.coming("2025-08-01 02:30", "2025-08-01 03:30 overdue maintenance")
}

func TestUpdatesSetForLaterArriveByThemselves(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "", "").
		update(site.Investigating, "2025-08-01 10:00").
		update(site.Note, "2025-08-01 10:30").
		update(site.Resolved, "2025-08-01 11:00")
	s.last().NextUpdate = s.moment("2025-08-01 10:20")
	s.coming("2025-08-01 10:00",
		"2025-08-01 10:20 overdue major",
		"2025-08-01 10:30 update major",
		"2025-08-01 11:00 incident_end website:major_outage→operational none",
		"2025-08-01 11:00 update none")
}

func TestImpactsThatBeginAndEndLater(t *testing.T) {
	s := tell(t).incident("2025-08-01 10:00", "2025-08-01 12:00").
		impact("website", site.MajorOutage, "2025-08-01 10:30", "2025-08-01 11:00")
	s.coming("2025-08-01 10:00",
		"2025-08-01 10:30 impact_start website:operational→major_outage major",
		"2025-08-01 11:00 impact_end website:major_outage→operational minor",
		"2025-08-01 12:00 incident_end none")
}

// Between two changes nothing changes: asked every minute, the state differs
// only where a change was foreseen.
func TestNothingChangesUnforeseen(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-08-01 10:10", "").
		impact("api@eu", site.DegradedPerformance, "2025-08-01 10:20", "2025-08-01 10:50").
		update(site.Investigating, "2025-08-01 10:15").
		update(site.Resolved, "2025-08-01 11:00").
		update(site.Investigating, "2025-08-01 11:30").
		update(site.Resolved, "2025-08-01 11:40").
		maintenance("2025-08-01 11:20", "2025-08-01 12:00").impact("email", site.UnderMaintenance, "", "").
		update(site.InProgress, "2025-08-01 11:25").
		update(site.Completed, "2025-08-01 11:50")
	print := func(when time.Time) string {
		state, text := s.At(when), ""
		for _, c := range state.Components {
			text += c.Status.String() + " "
		}
		return text + state.Description + fmt.Sprint(len(state.Open), len(state.Active), len(state.Upcoming))
	}
	start := at(t, "2025-08-01 10:00")
	foreseen := map[time.Time]bool{}
	for _, when := range s.NextChanges(start, 100) {
		foreseen[when] = true
	}
	for when := start; when.Before(at(t, "2025-08-01 13:00")); when = when.Add(time.Minute) {
		next := when.Add(time.Minute)
		if print(when) != print(next) && !foreseen[next] {
			t.Errorf("at %s the site changes from %q to %q unforeseen", next, print(when), print(next))
		}
	}
}
