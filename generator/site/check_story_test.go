package site_test

import (
	"testing"

	"allclear/generator/site"
)

func TestAnUpdateAfterAWrittenEndDoesNotReopen(t *testing.T) {
	s := tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00").update(site.Investigating,
		"2025-07-25 06:00")
	s.last().End.Pos.Line = 7
	s.checks(soon, "update-after-end warning")
	if hint := s.Check(at(t, soon))[0].Hint; hint != "if the incident goes on, remove end: on line 7" {
		t.Errorf("the hint is %q", hint)
	}
	// Resolved itself contradicts nothing.
	tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "").
		update(site.Resolved, "2025-07-25 05:10").checks(soon)
}

// "Update: it is down again" leaves the page green. Check warns of it for a
// day, but not of updates added later or of the archive.
func TestAnUpdateSoonAfterResolvedDoesNotReopen(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00").update(site.Note, "2025-07-25 05:20")
	s.expect("2025-07-25 06:00", "", "none: All Systems Operational")
	s.checks("2025-07-25 06:00", "update-after-end warning")
	s.hints("2025-07-25 06:00", "if the problem is back, write ## Investigating — 2025-07-25 05:20 instead; if not, ignore this, or "+
		"move the text below ## Postmortem")
	s.checks("2025-07-26 05:21") // a day later, whoever wrote it has heard it
	s.last().Updates[2].Status = site.Investigating
	s.checks("2025-07-25 06:00")
	s.expect("2025-07-25 06:00", "api=major_outage", "major: Partial System Outage")

	late := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00").update(site.Note, "2025-07-26 06:00")
	late.checks("2025-07-26 07:00") // news of the next days

	ended := tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "").
		update(site.Resolved, "2025-07-25 05:00").update(site.Note, "2025-07-25 12:00")
	ended.last().End.Pos.Line = 4
	ended.hints(soon, "if the problem is back, write ## Investigating — 2025-07-25 12:00 instead and remove end: on line 4; "+
		"if not, ignore this, or move the text below ## Postmortem")
}

func TestAnOpenIncidentWhoseOnlyImpactIsOperational(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.Operational, "", "").update(site.Investigating, "2025-07-25 12:00")
	s.checks(soon, "no-impact warning")
	s.impact("email", site.DegradedPerformance, "", "")
	s.checks(soon) // email is hit, and api is said to work
	s.last().Impacts = s.last().Impacts[:1]
	s.last().Severity = site.Minor
	s.checks(soon) // it was meant
}

func TestAnUpdateAfterAWindowThatTheClockEnded(t *testing.T) {
	window := func(word site.UpdateStatus) *story {
		return tell(t).maintenance("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.UnderMaintenance, "", "").
			update(site.Scheduled, "2025-07-20 11:00").update(word, "2025-07-25 05:20")
	}
	window(site.Note).checks(soon, "update-after-end warning")
	window(site.Canceled).checks(soon, "update-after-end warning")
	window(site.Completed).checks(soon)
	window(site.InProgress).checks(soon, "no-completed warning")
	window(site.InProgress).update(site.Completed, "2025-07-25 06:00").checks(soon)
	window(site.Completed).update(site.Note, "2025-07-25 06:00").checks(soon)
}

func TestAWindowThatMayOverrunIsForgottenAfterADay(t *testing.T) {
	s := tell(t).maintenance("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.UnderMaintenance, "", "").
		update(site.Scheduled, "2025-07-20 11:00").update(site.InProgress, "2025-07-25 04:00")
	s.last().ManualEnd = true
	s.checks("2025-07-25 13:00")
	s.checks("2025-07-26 04:00", "no-completed warning")
}

func TestAnIncidentThatIsReopenedWithoutAnImpact(t *testing.T) {
	s := func(end string) *story {
		return tell(t).incident("", "").impact("api", site.MajorOutage, "2025-07-25 04:00", end).
			update(site.Investigating, "2025-07-25 04:00").update(site.Resolved, "2025-07-25 05:00").update(site.Investigating,
			"2025-07-25 12:00")
	}
	s("2025-07-25 05:00").checks(soon, "reopened-without-impact warning")
	s("").checks(soon)
	s("2025-07-25 05:00").update(site.Resolved, "2025-07-25 12:30").checks(soon) // it is over
}

func TestTheFirstWordComesTooLate(t *testing.T) {
	tell(t).incident("", "").impact("api", site.MajorOutage, "2025-07-25 04:00", "2025-07-25 05:00").update(site.Resolved,
		"2025-07-25 07:00").
		checks(soon, "update-after-impacts warning")
	tell(t).incident("2025-07-23 04:00", "").impact("api", site.MajorOutage, "", "").
		update(site.Investigating, "2025-07-25 07:00").update(site.Resolved, "2025-07-25 08:00").checks(soon, "late-first-update warning")
}

func TestAnIncidentInTheFuture(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").update(site.Investigating, "2025-07-25 14:00")
	s.checks(soon, "future-incident warning")
	s.last().NoIndex = true
	s.checks(soon)
}

func TestAnUpdateDatedAhead(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").update(site.Investigating,
		"2025-07-25 12:00").update(site.Resolved, "2025-07-26 12:40")
	s.checks(soon, "future-update warning") // the day is wrong
	s.checks("2025-07-26 12:40")            // it is published
	window := tell(t).maintenance("2025-07-25 13:00", "2025-07-25 15:00").update(site.Scheduled, "2025-07-20 12:00").update(site.Note,
		"2025-07-25 14:00")
	window.checks(soon) // a window may have its words ready
}

func TestAnOpenIncidentThatAffectsNothing(t *testing.T) {
	s := tell(t).incident("", "").update(site.Investigating, "2025-07-25 12:00")
	s.checks(soon, "no-impact warning")
	s.last().Severity = site.Minor
	s.checks(soon) // it was meant
	tell(t).incident("", "").update(site.Investigating, "2025-07-25 12:00").update(site.Resolved, "2025-07-25 12:30").checks(soon)
}

func TestANoticeThatIsForgotten(t *testing.T) {
	s := tell(t).incident("", "").update(site.Note, "2025-07-25 12:00")
	s.last().Severity = site.None
	s.checks("2025-08-01 12:00")
	s.checks("2025-08-01 12:01", "stale-notice warning")
}

func TestAnUpdateWithoutText(t *testing.T) {
	s := tell(t).incident("", "").impact("api", site.MajorOutage, "", "").update(site.Investigating, "2025-07-25 12:00")
	s.last().Updates[0].Body = site.Prose{}
	s.checks(soon, "empty-update warning")
}

func TestAReportFromBeforeItsIncident(t *testing.T) {
	s := tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "")
	s.last().Posted = s.moment("2025-07-24 10:00")
	s.checks(soon, "posted-before-start warning")
}

func TestAnImpactBeforeItsComponentIsInService(t *testing.T) {
	launch(t).incident("2025-11-30 23:00", "2025-12-01 02:00").impact("email", site.MajorOutage, "", "").checks("2025-12-02 00:00",
		"before-since warning")
	launch(t).incident("2025-12-01 00:00", "2025-12-01 02:00").impact("email", site.MajorOutage, "", "").checks("2025-12-02 00:00")
	launch(t).incident("2025-11-30 23:00", "2025-12-01 02:00").impact("all", site.MajorOutage, "", "").checks("2025-12-02 00:00")
}

func TestAClockThatStartedAnew(t *testing.T) {
	s := tell(t).incident("2025-07-25 04:00", "2025-07-25 05:00").impact("api", site.MajorOutage, "", "")
	s.checks("1970-01-01 00:00", "clock-behind warning", "future-incident warning")
	s.checks("2025-07-25 06:00")
}
