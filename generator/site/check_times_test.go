package site_test

import (
	"slices"
	"testing"
	"time"

	"allclear/generator/site"
)

// checks asserts which rules check reports at an instant, with their severity.
func (s *story) checks(when string, want ...string) {
	s.T.Helper()
	var got []string
	for _, p := range s.Check(at(s.T, when)) {
		got = append(got, p.Rule+" "+p.Severity.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		s.Errorf("check reports %q, want %q", got, want)
	}
}

// hints asserts the hints of what check reports at an instant, in their order.
func (s *story) hints(when string, want ...string) {
	s.T.Helper()
	var got []string
	for _, p := range s.Check(at(s.T, when)) {
		got = append(got, p.Hint)
	}
	if !slices.Equal(got, want) {
		s.Errorf("the hints are %q, want %q", got, want)
	}
}

const soon = "2025-07-25 13:00"

func TestWhatWouldBeNoTimeAtAllIsAnError(t *testing.T) {
	incident := func() *story { return tell(t).incident("", "").impact("api", site.MajorOutage, "", "") }
	// Told an hour late, and the start forgotten.
	s := tell(t).incident("", "2025-07-25 11:00").impact("api", site.MajorOutage, "", "").update(site.Resolved, "2025-07-25 12:00")
	s.checks(soon, "end-before-start error")
	// Both are written.
	tell(t).incident("2025-07-25 11:00", "2025-07-25 11:00").impact("api", site.MajorOutage, "", "").checks(soon, "end-before-start error")
	// Nothing but its end is told.
	incident().update(site.Resolved, "2025-07-25 12:00").checks(soon, "end-before-start error")
	// Within one minute it begins and ends, or begins again and ends: that may be so.
	incident().update(site.Investigating, "2025-07-25 12:00").update(site.Resolved, "2025-07-25 12:00").checks(soon,
		"end-before-start warning")
	incident().update(site.Investigating, "2025-07-25 11:00").update(site.Resolved, "2025-07-25 12:00").
		update(site.Identified, "2025-07-25 12:30").update(site.Resolved, "2025-07-25 12:30").checks(soon, "end-before-start warning")
	// An impact ends before its incident begins, or as it does itself.
	tell(t).incident("2025-07-25 11:00", "2025-07-25 12:00").impact("api", site.MajorOutage, "", "2025-07-25 11:00").checks(soon,
		"end-before-start error")
	tell(t).incident("2025-07-25 11:00", "2025-07-25 12:00").impact("api", site.MajorOutage, "2025-07-25 11:30",
		"2025-07-25 11:30").checks(soon, "end-before-start error")
}

func TestAWindowWithoutALengthIsAnError(t *testing.T) {
	window := func() *story {
		return tell(t).maintenance("2025-07-25 11:00", "2025-07-25 12:00").impact("api", site.UnderMaintenance, "",
			"").update(site.Scheduled, "2025-07-20 11:00")
	}
	window().checks(soon)
	window().update(site.Completed, "2025-07-25 10:00").checks(soon, "end-before-start error")
	window().update(site.Canceled, "2025-07-25 10:00").checks(soon)
	window().update(site.InProgress, "2025-07-25 10:00").update(site.Completed, "2025-07-25 10:30").checks(soon)
	window().update(site.InProgress, "2025-07-25 12:10").update(site.Completed, "2025-07-25 12:10").checks(soon, "end-before-start warning",
		"update-after-end warning")
}

func TestAnImpactOutsideItsEntryIsAnError(t *testing.T) {
	s := tell(t).incident("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.MajorOutage, "2025-07-25 01:00", "2025-07-25 03:00")
	s.checks(soon, "impact-outside error")
	tell(t).incident("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.MajorOutage, "2025-07-25 06:00", "").checks(soon,
		"impact-outside error")
	tell(t).incident("", "").impact("api", site.MajorOutage, "2025-07-25 07:00", "").
		update(site.Investigating, "2025-07-25 05:00").update(site.Resolved, "2025-07-25 06:00").checks(soon, "impact-outside error")
	// A window's impacts may wait, and a window that is completed early never comes to them.
	window := func(start string) *story {
		return tell(t).maintenance("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.UnderMaintenance, start,
			"").update(site.Scheduled, "2025-07-20 11:00")
	}
	window("2025-07-25 03:00").checks(soon, "impact-outside error")
	window("2025-07-25 06:00").checks(soon, "impact-outside error")
	window("2025-07-25 05:00").update(site.Completed, "2025-07-25 04:30").checks(soon)
	window("2025-07-25 03:45").update(site.InProgress, "2025-07-25 03:45").checks(soon)
}

func TestAnUpdateBeforeTheStartIsAnErrorThatNamesTheEarlierTime(t *testing.T) {
	s := tell(t).incident("2025-07-25 04:00", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 03:40").update(site.Resolved, "2025-07-25 06:00")
	s.checks(soon, "update-before-start error")
	if hint := s.Check(at(t, soon))[0].Hint; hint != "write start: 2025-07-25 03:40, or correct the update's time" {
		t.Errorf("the hint is %q", hint)
	}
	tell(t).maintenance("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.UnderMaintenance, "", "").update(site.Scheduled,
		"2025-07-20 11:00").checks(soon)
}

func TestAnImpactThatGoesOnWhileItsEntryIsClosedIsAWarning(t *testing.T) {
	tell(t).incident("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.MajorOutage, "", "2025-07-25 07:00").checks(soon,
		"impact-outlasts warning")
	window := tell(t).maintenance("2025-07-25 04:00", "2025-07-25 06:00").impact("api", site.UnderMaintenance, "",
		"2025-07-25 07:00").update(site.Scheduled, "2025-07-20 11:00")
	window.checks(soon, "impact-outlasts warning")
	window.update(site.Completed, "2025-07-25 05:30").checks(soon)
	// Across the gap between two spans of one incident.
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "2025-07-25 04:00", "2025-07-25 07:00").
		update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00").
		update(site.Investigating, "2025-07-25 06:00").update(site.Resolved, "2025-07-25 08:00")
	s.checks(soon, "impact-outlasts warning")
}

func TestDowntimeFitsIntoItsImpact(t *testing.T) {
	long := func(s *story) *story {
		s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: 90 * time.Minute}
		return s
	}
	long(tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "")).checks(soon,
		"downtime-too-long error")
	long(tell(t).incident("2025-07-25 04:00", "").impact("api", site.MajorOutage, "", "").update(site.Investigating,
		"2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00")).
		checks(soon, "downtime-too-long error")
	long(tell(t).incident("2025-07-25 12:50", "").impact("api", site.MajorOutage, "", "").update(site.Investigating,
		"2025-07-25 12:50")).checks(soon)
}

// Where one time could not be read, what follows from the others is not known.
func TestTimesAreNotComparedWithOneThatCannotBeRead(t *testing.T) {
	s := tell(t).incident("", "2025-07-25 11:00").impact("api", site.MajorOutage, "", "").update(site.Resolved, "2025-07-25 12:00")
	s.last().Unclear = true
	s.checks(soon)
}
