package site_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

const (
	fine        = "none: All Systems Operational"
	degraded    = "minor: Partially Degraded Service"
	minor       = "minor: Minor Service Outage"
	partial     = "major: Partial System Outage"
	major       = "critical: Major System Outage"
	maintaining = "maintenance: Service Under Maintenance"
)

func TestAnImpactHoldsFromItsStartUpToItsEnd(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-25 06:32", "2025-07-25 07:04")
	s.expect("2025-07-25 06:31:59", "", fine)
	s.expect("2025-07-25 06:32:00", "website=major_outage", partial)
	s.expect("2025-07-25 07:03:59", "website=major_outage", partial)
	s.expect("2025-07-25 07:04:00", "", fine)
}

func TestOverlappingImpactsShowTheWorst(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.DegradedPerformance, "2025-07-25 06:00", "2025-07-25 08:00").
		impact("website", site.MajorOutage, "2025-07-25 06:30", "2025-07-25 07:00")
	s.expect("2025-07-25 06:29:59", "website=degraded_performance", degraded)
	s.expect("2025-07-25 06:30:00", "website=major_outage", partial)
	s.expect("2025-07-25 07:00:00", "website=degraded_performance", degraded)
}

func TestAComponentIsNeverWorseThanPartialWhileARegionWorks(t *testing.T) {
	s := tell(t).incident("", "").
		impact("api@us", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 08:00").
		impact("api@eu", site.MajorOutage, "2025-07-25 07:00", "2025-07-25 08:00")
	s.expect("2025-07-25 06:30", "api=partial_outage", minor)
	s.expect("2025-07-25 07:00", "api=major_outage", partial)
	state := s.At(at(t, "2025-07-25 06:30"))
	if api := state.Components[1]; !api.Differs || api.Regions[0].Status != site.MajorOutage || api.Regions[1].Status != site.Operational {
		t.Errorf("the regions of the API: %+v", api)
	}
	if state.Groups[0] != site.PartialOutage {
		t.Errorf("the group shows %s, want its worst component", state.Groups[0])
	}
}

func TestAllComponentsInOutageIsTheWorstAnswer(t *testing.T) {
	s := tell(t).incident("", "").impact("all", site.MajorOutage, "2025-01-22 10:00", "2025-01-22 11:00")
	s.expect("2025-01-22 09:59:59", "", fine)
	s.expect("2025-01-22 10:00", "website=major_outage api=major_outage email=major_outage", major)
	s.expect("2025-01-22 11:00", "", fine)

	s = tell(t).incident("", "").impact("all", site.PartialOutage, "2025-01-22 10:00", "2025-01-22 11:00")
	s.expect("2025-01-22 10:30", "website=partial_outage api=partial_outage email=partial_outage", partial)
}

func TestAnOpenIncidentIsNeverAllOperational(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 06:30").
		update(site.Investigating, "2025-07-25 06:10").
		update(site.Monitoring, "2025-07-25 06:30").
		update(site.Resolved, "2025-07-25 07:00")
	s.expect("2025-07-25 06:45", "", degraded)
	s.expect("2025-07-25 07:00", "", fine)
}

func TestANoticeLeavesTheAnswerAlone(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "")
	s.expect("2025-07-25 06:30", "", degraded)
	s.last().Severity = site.None
	s.impact("website", site.MajorOutage, "", "")
	s.expect("2025-07-25 06:30", "", fine)
	if open := s.At(at(t, "2025-07-25 06:30")).Open; len(open) != 1 {
		t.Errorf("%d entries open, want the notice itself", len(open))
	}
}

func TestAReopenedIncidentHoldsInEachSpanAndNotBetween(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.PartialOutage, "", "").
		update(site.Investigating, "2025-03-01 10:00").
		update(site.Resolved, "2025-03-01 11:00").
		update(site.Note, "2025-03-01 11:30").
		update(site.Identified, "2025-03-01 12:00").
		update(site.Resolved, "2025-03-01 13:00")
	s.expect("2025-03-01 09:59:59", "", fine)
	s.expect("2025-03-01 10:00", "website=partial_outage", minor)
	s.expect("2025-03-01 11:00", "", fine)
	s.expect("2025-03-01 11:45", "", fine)
	s.expect("2025-03-01 12:00", "website=partial_outage", minor)
	s.expect("2025-03-01 13:00", "", fine)
	s.phases("2025-03-01 10:30 = investigating", "2025-03-01 11:40 = resolved", "2025-03-01 12:30 = identified",
		"2025-03-01 13:00 = resolved")
}

func TestAnIncidentIsNeverOpenBeforeItsStart(t *testing.T) {
	s := tell(t).incident("2025-07-25 07:00", "").
		update(site.Resolved, "2025-07-25 06:00").
		update(site.Identified, "2025-07-25 06:30")
	s.expect("2025-07-25 06:45", "", "none: All Systems Operational")
	s.expect("2025-07-25 07:00", "", "minor: Partially Degraded Service")
}

func TestUpdatesOfTheFutureDoNotExist(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.PartialOutage, "", "").
		update(site.Investigating, "2025-03-01 10:00").
		update(site.Resolved, "2025-03-01 11:00")
	e := s.last()
	if n := len(e.Published(at(t, "2025-03-01 10:59:59"))); n != 1 {
		t.Errorf("%d updates published before the second, want 1", n)
	}
	if whole := e.Interval(at(t, "2025-03-01 10:59:59")); !whole.End.IsZero() {
		t.Errorf("the end %s is known before it was told", whole.End)
	}
	if e.Visible(at(t, "2025-03-01 09:59:59")) {
		t.Error("the incident is visible before it began")
	}
}

func TestAnIncidentWithoutUpdatesEndsWithItsLastImpact(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.MajorOutage, "2024-04-11 10:00", "2024-04-11 10:20").
		impact("website", site.MajorOutage, "2024-04-16 04:00", "2024-04-16 04:20")
	s.expect("2024-04-11 10:10", "website=major_outage", partial)
	s.expect("2024-04-13 10:00", "", degraded)
	s.expect("2024-04-16 04:20", "", fine)
}

func TestWhatAnUpdateChanged(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.MajorOutage, "2025-07-25 07:03", "2025-07-25 07:42").
		impact("website", site.DegradedPerformance, "2025-07-25 07:42", "2025-07-25 08:20").
		update(site.Investigating, "2025-07-25 07:10").
		update(site.Monitoring, "2025-07-25 07:42").
		update(site.Resolved, "2025-07-25 08:20")
	say := func(list []site.ComponentChange) string {
		var out []string
		for _, c := range list {
			out = append(out, c.Component.ID+": "+c.From.String()+" → "+c.To.String())
		}
		return strings.Join(out, ", ")
	}
	e := s.last()
	changes := e.ChangesAt(s.NamedBy(e), []*site.Update{&e.Updates[0], &e.Updates[1]})
	if got := say(changes[1]); got != "website: major_outage → degraded_performance" {
		t.Errorf("at 07:42 changed %q", got)
	}
	if got := say(changes[0]); got != "" {
		t.Errorf("at 07:10 changed %q, want nothing", got)
	}
	if got := say(s.ChangedSince(e, time.Time{}, at(t, "2025-07-25 07:10"))); got != "website: operational → major_outage" {
		t.Errorf("by the first update changed %q", got)
	}
}

func TestNoindexEntriesTouchNothing(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 07:00").impact("website", site.MajorOutage, "", "")
	s.last().NoIndex = true
	s.expect("2025-07-25 06:30", "", fine)
}

func TestAPromiseIsOverdueFromItsSecond(t *testing.T) {
	s := tell(t).incident("", "").update(site.Investigating, "2025-07-25 06:41")
	s.last().NextUpdate = s.moment("2025-07-25 07:30")
	for when, want := range map[string]bool{"2025-07-25 07:29:59": false, "2025-07-25 07:30": true} {
		if got := s.last().Overdue(at(t, when)); got != want {
			t.Errorf("overdue at %s: %t, want %t", when, got, want)
		}
	}
	s.update(site.Monitoring, "2025-07-25 07:31")
	if s.last().Overdue(at(t, "2025-07-25 07:31")) {
		t.Error("still overdue although the update came")
	}
}

func TestPostedLongAfterTheEnd(t *testing.T) {
	s := tell(t).incident("2025-07-10 07:07", "2025-07-16 08:43").
		impact("api", site.PartialOutage, "", "").
		update(site.Investigating, "2025-07-30 07:52")
	now := at(t, "2025-07-30 08:00")
	s.phases("2025-07-30 08:00 = resolved")
	if after := s.last().PostedAfter(now); after != 13*24*time.Hour+23*time.Hour+9*time.Minute {
		t.Errorf("posted %s after the end", after)
	}
	s.checks("2025-07-30 08:00", "update-after-end warning")
}

func TestAllMeansTheComponentsThatWereInService(t *testing.T) {
	s := tell(t).incident("", "").impact("all", site.MajorOutage, "2025-01-22 10:00", "2025-01-22 11:00")
	s.Components[2].Since = at(t, "2025-06-01 00:00")
	if touched := s.NamedBy(s.last()); len(touched) != 2 {
		t.Errorf("%d components touched, want the two that existed", len(touched))
	}
	s.expect("2025-01-22 10:30", "website=major_outage api=major_outage", major)
}

func TestAGlobalComponentNamedWithRegionsIsHitAsAWhole(t *testing.T) {
	s := tell(t).incident("", "").impact("api,email@eu", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00")
	s.expect("2025-07-25 06:30", "api=partial_outage email=major_outage", partial)
	problems := s.Check(at(t, "2025-07-26 00:00"))
	if len(problems) != 1 || problems.HasErrors() || problems[0].Rule != "component-region" {
		t.Errorf("check says %+v, want one warning", problems)
	}

	s = tell(t).incident("", "").impact("all@eu", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00")
	s.expect("2025-07-25 06:30", "api=partial_outage", minor)
}

func TestAnImpactIsNotShownBeforeItBegins(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		impact("email", site.MajorOutage, "2025-07-25 06:30", "2025-07-25 07:00")
	for when, want := range map[string]int{"2025-07-25 06:29:59": 1, "2025-07-25 06:30": 2} {
		if n := len(s.AffectedBy(s.last(), at(t, when))); n != want {
			t.Errorf("at %s %d components are told, want %d", when, n, want)
		}
		if n := len(s.last().Breakdown(s.NamedBy(s.last()), at(t, when))); n != want {
			t.Errorf("at %s %d rows of harm, want %d", when, n, want)
		}
	}
}
