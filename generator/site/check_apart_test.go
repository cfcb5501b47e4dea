package site_test

import (
	"testing"

	"allclear/generator/site"
)

// A mistyped year makes an outage of minutes one of a year.
func TestAYearThatIsMistyped(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2024-07-25 04:00").update(site.Identified, "2025-07-25 04:10").update(site.Resolved, "2025-07-25 05:00")
	s.checks(soon, "far-apart warning")
	s.hints(soon, "did you mean 2025-07-25 04:00?")

	s = tell(t).incident("2024-07-25 04:00", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 04:10").update(site.Resolved, "2025-07-25 05:00")
	s.checks(soon, "far-apart warning")
	s.hints(soon, "did you mean 2025-07-25 04:00?")

	s = tell(t).incident("2024-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "")
	s.checks(soon, "far-apart warning")
	s.hints(soon, "did you mean 2024-07-25 05:00?")

	s = tell(t).incident("2025-01-02 04:00", "").impact("api", site.MajorOutage, "", "2025-07-25 05:00")
	s.checks(soon, "far-apart warning")
	s.hints(soon, "correct whichever is wrong; if both are right, ignore this")
}

func TestALongIncidentWithAWordNowAndThenIsNoMistake(t *testing.T) {
	tell(t).incident("", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2024-07-25 04:00").update(site.Identified, "2024-12-25 04:00").update(site.Note, "2025-04-10 04:00").
		update(site.Resolved, "2025-07-25 05:00").checks(soon)
	s := tell(t).incident("2024-07-25 04:00", "2024-07-25 05:00").impact("api", site.MajorOutage, "", "")
	s.last().Posted = s.moment("2025-07-25 12:00") // a history that was written down later
	s.checks(soon)
}

func TestAMaintenanceOfAYear(t *testing.T) {
	window := func(announced, start, end string) *story {
		return tell(t).maintenance(start, end).impact("api", site.UnderMaintenance, "", "").update(site.Scheduled, announced)
	}
	s := window("2025-07-20 11:00", "2025-07-25 02:00", "2026-07-25 04:00")
	s.checks(soon, "far-apart warning")
	s.hints(soon, "did you mean 2025-07-25 04:00?")
	window("2024-07-20 11:00", "2025-07-25 02:00", "2025-07-25 04:00").checks(soon, "far-apart warning")
	window("2024-09-20 11:00", "2025-07-25 02:00", "2025-07-25 04:00").checks(soon) // well announced
	window("2025-06-20 11:00", "2025-07-01 02:00", "2025-07-31 02:00").checks(soon) // a month of it
	window("2025-07-20 11:00", "2025-07-25 02:00", "2025-07-25 04:00").update(site.Completed, "2026-07-25 03:00").
		checks("2026-07-25 06:00", "far-apart warning")
}
