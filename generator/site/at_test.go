package site_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// at reads a time of the stories below: 2025-07-25 06:41 or 06:41:30, in UTC.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if when, err := time.Parse(layout, text); err == nil {
			return when
		}
	}
	t.Fatalf("no time: %q", text)
	return time.Time{}
}

// story builds small sites: every method adds to the site or to its last entry.
type story struct {
	*testing.T
	site.Site
}

func tell(t *testing.T) *story {
	s := &story{T: t}
	s.Zone = time.UTC
	s.Uptime = site.UptimeOptions{Show: true, Days: 90, Weights: site.DefaultWeights}
	s.Regions = []site.Region{{ID: "us"}, {ID: "eu"}}
	s.Groups = []site.Group{{ID: "platform"}}
	s.Components = []site.Component{
		{ID: "website"},
		{ID: "api", Group: "platform", Regions: []site.Ref{{ID: "us"}, {ID: "eu"}}},
		{ID: "email", Group: "platform"},
	}
	return s
}

func (s *story) moment(text string) site.Moment {
	if text == "" {
		return site.Moment{}
	}
	return site.Moment{Time: at(s.T, text)}
}

func (s *story) incident(start, end string) *story {
	s.Entries = append(s.Entries, site.Entry{Kind: site.Incident, Slug: "i", Start: s.moment(start), End: s.moment(end)})
	return s
}

func (s *story) maintenance(start, end string) *story {
	s.Entries = append(s.Entries, site.Entry{Kind: site.Maintenance, Slug: "m", Start: s.moment(start), End: s.moment(end)})
	return s
}

func (s *story) last() *site.Entry { return &s.Entries[len(s.Entries)-1] }

// impact names components as "api", "api@eu" or "all".
func (s *story) impact(what string, status site.Status, start, end string) *story {
	impact := site.Impact{Status: status, StatusSaid: true, Start: s.moment(start), End: s.moment(end)}
	what, regions, _ := strings.Cut(what, "@")
	if regions != "" {
		for _, id := range strings.Split(regions, ",") {
			impact.Regions = append(impact.Regions, site.Ref{ID: id})
		}
	}
	if impact.All = what == "all"; !impact.All {
		for _, id := range strings.Split(what, ",") {
			impact.Components = append(impact.Components, site.Ref{ID: id})
		}
	}
	s.last().Impacts = append(s.last().Impacts, impact)
	return s
}

func (s *story) update(word site.Word, when string) *story {
	u := site.Update{Status: word, Time: at(s.T, when), Anchor: when}
	s.last().Updates = append(s.last().Updates, u)
	return s
}

// expect asserts what stands at an instant: "website=major_outage api=…" names
// only what is not operational; the words after the bar are the overall answer.
func (s *story) expect(when, components, answer string) {
	s.T.Helper()
	state := s.At(at(s.T, when))
	var shown []string
	for _, c := range state.Components {
		if c.Status != site.Operational {
			shown = append(shown, c.Component.ID+"="+c.Status.String())
		}
	}
	if got := strings.Join(shown, " "); got != components {
		s.Errorf("at %s: components %q, want %q", when, got, components)
	}
	if got := state.Indicator.String() + ": " + state.Description; got != answer {
		s.Errorf("at %s: answer %q, want %q", when, got, answer)
	}
}

func (s *story) phases(want ...string) {
	s.T.Helper()
	for _, line := range want {
		when, phase, _ := strings.Cut(line, " = ")
		if got := s.last().Phase(at(s.T, when)).String(); got != phase {
			s.Errorf("at %s: phase %s, want %s", when, got, phase)
		}
	}
}

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
	s.phases("2025-03-01 10:30 = investigating", "2025-03-01 11:40 = resolved", "2025-03-01 12:30 = identified", "2025-03-01 13:00 = resolved")
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
	if whole := e.Whole(at(t, "2025-03-01 10:59:59")); !whole.End.IsZero() {
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

func TestAWindowIsScheduledThenInProgressThenCompleted(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "")
	s.expect("2025-08-01 01:59:59", "", fine)
	s.expect("2025-08-01 02:00", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 03:29:59", "website=under_maintenance", maintaining)
	s.expect("2025-08-01 03:30", "", fine)
	s.phases("2024-08-01 00:00 = scheduled", "2025-08-01 01:59:59 = scheduled", "2025-08-01 02:00 = in_progress", "2025-08-01 03:30 = completed")
}

func TestUpdatesSetTheTrueStartAndEndOfAWindow(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:30").impact("website", site.UnderMaintenance, "", "").
		update(site.InProgress, "2025-08-01 01:50").
		update(site.Verifying, "2025-08-01 03:00").
		update(site.Completed, "2025-08-01 03:10")
	s.phases("2025-08-01 01:49:59 = scheduled", "2025-08-01 01:50 = in_progress", "2025-08-01 03:00 = verifying", "2025-08-01 03:10 = completed")
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
	if over := s.last().Overrun(at(t, "2025-08-01 03:42")); over != 12*time.Minute {
		t.Errorf("overruns by %s, want 12m", over)
	}
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
	if got := say(s.ChangedAt(e, at(t, "2025-07-25 07:42"))); got != "website: major_outage → degraded_performance" {
		t.Errorf("at 07:42 changed %q", got)
	}
	if got := say(s.ChangedAt(e, at(t, "2025-07-25 07:10"))); got != "" {
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
	problems := s.Check(now)
	if len(problems) != 1 || problems[0].Rule != "last-word" {
		t.Errorf("check says %+v, want the contradiction alone", problems)
	}
}

func TestAllMeansTheComponentsThatWereInService(t *testing.T) {
	s := tell(t).incident("", "").impact("all", site.MajorOutage, "2025-01-22 10:00", "2025-01-22 11:00")
	s.Components[2].Since = at(t, "2025-06-01 00:00")
	if touched := s.Touched(s.last()); len(touched) != 2 {
		t.Errorf("%d components touched, want the two that existed", len(touched))
	}
	s.expect("2025-01-22 10:30", "website=major_outage api=major_outage email=major_outage", major)
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

func TestAnImpactIsNotToldBeforeItBegins(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		impact("email", site.MajorOutage, "2025-07-25 06:30", "2025-07-25 07:00")
	for when, want := range map[string]int{"2025-07-25 06:29:59": 1, "2025-07-25 06:30": 2} {
		if n := len(s.Affected(s.last(), at(t, when))); n != want {
			t.Errorf("at %s %d components are told, want %d", when, n, want)
		}
		if n := len(s.Harms(s.last(), at(t, when))); n != want {
			t.Errorf("at %s %d rows of harm, want %d", when, n, want)
		}
	}
}
