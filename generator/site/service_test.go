package site_test

import (
	"testing"

	"allclear/generator/site"
)

// launch is a story in which e-mail comes into service on 1 December.
func launch(t *testing.T) *story {
	s := tell(t)
	s.Components[2].Since = at(t, "2025-12-01 00:00")
	return s
}

func TestMaintenanceBeforeAComponentIsInServiceTouchesNothing(t *testing.T) {
	s := launch(t).maintenance("2025-11-30 22:00", "2025-11-30 23:00").impact("email", site.UnderMaintenance, "", "")
	s.expect("2025-11-30 22:30", "", "none: All Systems Operational")
	s.coming("2025-11-29 00:00",
		"2025-11-30 22:00 maintenance_start none",
		"2025-11-30 23:00 maintenance_end none",
		"2025-12-01 00:00 component_in_service email:operational→operational none")
}

func TestAComponentIsHitFromTheInstantAtWhichItIsInService(t *testing.T) {
	s := launch(t).incident("2025-11-30 23:00", "2025-12-01 02:00").impact("email", site.MajorOutage, "", "")
	s.expect("2025-11-30 23:30", "", "minor: Partially Degraded Service")
	s.expect("2025-12-01 00:00", "email=major_outage", "major: Partial System Outage")
	s.expect("2025-12-01 02:00", "", "none: All Systems Operational")

	before, after := at(t, "2025-11-30 23:30"), at(t, "2025-12-01 01:00")
	if got := s.SeverityAt(s.last(), before); got != site.Minor {
		t.Errorf("before anything in service is hit the severity is %s", got)
	}
	if got := s.SeverityAt(s.last(), after); got != site.Critical {
		t.Errorf("once it hits what is in service the severity is %s", got)
	}
	if hit := s.AffectedBy(s.last(), before); len(hit) != 0 {
		t.Errorf("it has affected %v before since", hit)
	}
	healthy, total := stateAt(s, "2025-11-30 23:30").Healthy()
	if healthy != 2 || total != 2 {
		t.Errorf("%d of %d are healthy, want 2 of 2", healthy, total)
	}
	totals := s.Totals(s.last(), at(t, "2025-12-01 03:00"))
	if down := totals[len(totals)-1].Down; down.Hours() != 2 {
		t.Errorf("it counts %s of downtime, want the 2 hours since the component is in service", down)
	}
}

func TestAGroupIsTheWorstOfWhatIsInService(t *testing.T) {
	s := launch(t).incident("2025-11-30 23:00", "").impact("email", site.MajorOutage, "", "")
	if got := stateAt(s, "2025-11-30 23:30").Groups[0]; got != site.Operational {
		t.Errorf("before e-mail is in service its group is %s", got)
	}
	if got := stateAt(s, "2025-12-01 00:00").Groups[0]; got != site.MajorOutage {
		t.Errorf("from then on its group is %s", got)
	}
}

// `all` means the components that are in service when the impact begins.
func TestAllDoesNotMeanWhatComesIntoServiceLater(t *testing.T) {
	s := launch(t).incident("2025-11-30 23:00", "").impact("all", site.MajorOutage, "", "")
	s.expect("2025-11-30 23:30", "website=major_outage api=major_outage", "critical: Major System Outage")
	s.expect("2025-12-01 00:30", "website=major_outage api=major_outage", "major: Partial System Outage")
}

func TestASiteInWhichNothingIsInServiceYetIsOperational(t *testing.T) {
	s := tell(t)
	for i := range s.Components {
		s.Components[i].Since = at(t, "2025-12-01 00:00")
	}
	s.expect("2025-11-01 00:00", "", "none: All Systems Operational")
}

func stateAt(s *story, when string) *site.State {
	state := s.At(at(s.T, when))
	return &state
}

// One impact has ended, another goes on, and nobody has written yet.
func TestAnIncidentIsOpenWhileAnyOfItsImpactsHasNoEnd(t *testing.T) {
	s := tell(t).incident("", "").
		impact("api", site.PartialOutage, "2025-07-25 06:32", "2025-07-25 07:04").
		impact("website", site.MajorOutage, "2025-07-25 07:03", "")
	s.expect("2025-07-25 07:03:30", "website=major_outage api=partial_outage", "major: Partial System Outage")
	s.expect("2025-07-25 07:04", "website=major_outage", "major: Partial System Outage")
	s.expect("2025-07-26 07:04", "website=major_outage", "major: Partial System Outage")
}

// Its last harm ended before anybody wrote: it was closed until somebody did.
func TestTheFirstUpdateAfterTheLastImpactOpensAnIncidentAgain(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		update(site.Investigating, "2025-07-25 09:00").update(site.Resolved, "2025-07-25 10:00")
	s.phases("2025-07-25 06:30 = investigating", "2025-07-25 08:00 = resolved", "2025-07-25 09:00 = investigating",
		"2025-07-25 10:00 = resolved")
	s.expect("2025-07-25 08:00", "", "none: All Systems Operational")
	s.expect("2025-07-25 09:30", "", "minor: Partially Degraded Service")
}

func TestResolvedAfterTheLastImpactDoesNotMoveTheEnd(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		update(site.Resolved, "2025-07-25 09:00")
	want := site.Interval{Start: at(t, "2025-07-25 06:00"), End: at(t, "2025-07-25 07:00")}
	if got := s.last().Interval(at(t, "2025-07-25 12:00")); got != want {
		t.Errorf("it lasted %v, want %v", got, want)
	}
}

// The window overran, was begun again and was completed before its impact's end.
func TestCompletedEndsEveryImpact(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("api", site.UnderMaintenance, "", "2025-08-01 04:00").
		update(site.InProgress, "2025-08-01 03:10").update(site.Completed, "2025-08-01 03:30")
	s.expect("2025-08-01 03:05", "api=under_maintenance", "maintenance: Service Under Maintenance")
	s.expect("2025-08-01 03:20", "api=under_maintenance", "maintenance: Service Under Maintenance")
	s.expect("2025-08-01 03:30", "", "none: All Systems Operational")
	s.expect("2025-08-01 03:40", "", "none: All Systems Operational")
}

func TestCanceledEndsImpactsThatOutlastTheirWindow(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("api", site.UnderMaintenance, "", "2025-08-01 04:00").
		update(site.Canceled, "2025-08-01 03:30")
	s.expect("2025-08-01 03:29", "api=under_maintenance", "maintenance: Service Under Maintenance")
	s.expect("2025-08-01 03:30", "", "none: All Systems Operational")
}

func TestInProgressBeginsACanceledWindowAfterAll(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("api", site.UnderMaintenance, "", "").
		update(site.Canceled, "2025-07-31 12:00").update(site.InProgress, "2025-08-01 01:50")
	s.expect("2025-08-01 01:50", "api=under_maintenance", "maintenance: Service Under Maintenance")
	s.expect("2025-08-01 03:00", "", "none: All Systems Operational")
}

// What is scheduled for a time that is past already does not begin again.
func TestScheduledAfterCompletedDoesNotRepeatThePast(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("api", site.UnderMaintenance, "", "").
		update(site.Completed, "2025-08-01 02:30").update(site.Scheduled, "2025-08-01 02:40")
	s.expect("2025-08-01 02:45", "", "none: All Systems Operational")
}

func TestOfAnOpenImpactNoMoreCountsThanHasPassed(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "")
	s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: 30 * 60e9}
	for when, minutes := range map[string]float64{"2025-07-25 06:20": 20, "2025-07-25 07:00": 30} {
		totals := s.Totals(s.last(), at(t, when))
		if down := totals[len(totals)-1].Down.Minutes(); down != minutes {
			t.Errorf("at %s %v minutes count, want %v", when, down, minutes)
		}
	}
}
