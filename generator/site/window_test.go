package site_test

import (
	"testing"

	"allclear/generator/site"
)

func TestAWindowIsScheduledThenInProgressThenCompleted(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "")
	s.expect("2025-08-01 01:59:59", "", fine)
	s.expect("2025-08-01 02:00", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 03:29:59", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 03:30", "", fine)
	s.phases("2024-08-01 00:00 = scheduled", "2025-08-01 01:59:59 = scheduled", "2025-08-01 02:00 = in_progress",
		"2025-08-01 03:30 = completed")
}

func TestUpdatesSetTheTrueStartAndEndOfAWindow(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.InProgress, "2025-08-01 01:50").
		update(site.Verifying, "2025-08-01 03:00").
		update(site.Completed, "2025-08-01 03:10")
	s.phases("2025-08-01 01:49:59 = scheduled", "2025-08-01 01:50 = in_progress", "2025-08-01 03:00 = verifying",
		"2025-08-01 03:10 = completed")
	s.expect("2025-08-01 01:50", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 03:10", "", fine)
}

func TestACanceledWindowNeverHolds(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.Scheduled, "2025-07-25 10:00").
		update(site.Canceled, "2025-07-30 10:00")
	s.phases("2025-07-30 09:59:59 = scheduled", "2025-07-30 10:00 = canceled", "2025-08-01 02:30 = canceled")
	s.expect("2025-08-01 02:30", "", fine)

	s = tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.Canceled, "2025-08-01 02:15")
	s.expect("2025-08-01 02:14:59", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 02:15", "", fine)
}

func TestAWindowThatEndsByHandOverruns(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.Completed, "2025-08-01 04:00")
	s.last().ManualEnd = true
	s.expect("2025-08-01 03:42", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 04:00", "", fine)
	s.phases("2025-08-01 03:59:59 = in_progress", "2025-08-01 04:00 = completed")
}

func TestAQueuedServiceIsHealthy(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").
		impact("website", site.UnderMaintenance, "", "").
		impact("email", site.Operational, "", "")
	s.last().Impacts[1].Label = site.Text{Default: "Queued"}
	state := s.At(at(t, "2025-08-01 02:30"))
	if healthy, total := state.Healthy(); healthy != 2 || total != 3 {
		t.Errorf("%d of %d healthy, want 2 of 3", healthy, total)
	}
	if label := state.Components[2].Label.Default; label != "Queued" {
		t.Errorf("the label is %q, want Queued", label)
	}
}
