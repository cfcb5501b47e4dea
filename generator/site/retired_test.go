package site_test

import (
	"testing"
	"time"

	"allclear/generator/site"
)

// retirement is a story in which e-mail is retired on 30 June.
func retirement(t *testing.T) *story {
	s := tell(t)
	s.Components[2].Until = at(t, "2025-06-30 00:00")
	return s
}

func TestAComponentIsHitUntilTheInstantAtWhichItIsRetired(t *testing.T) {
	s := retirement(t).incident("2025-06-29 23:00", "").impact("email", site.MajorOutage, "", "")
	s.expect("2025-06-29 23:59:59", "email=major_outage", "major: Partial System Outage")
	s.expect("2025-06-30 00:00", "", "minor: Partially Degraded Service")
	s.coming("2025-06-29 23:30", "2025-06-30 00:00 component_retired email:major_outage→operational minor")
	s.coming("2025-06-30 00:00")

	if healthy, total := stateAt(s, "2025-06-29 23:59").Healthy(); healthy != 2 || total != 3 {
		t.Errorf("%d of %d are healthy before, want 2 of 3", healthy, total)
	}
	if healthy, total := stateAt(s, "2025-06-30 00:00").Healthy(); healthy != 2 || total != 2 {
		t.Errorf("%d of %d are healthy afterwards, want 2 of 2", healthy, total)
	}
	after := at(t, "2025-07-02 00:00")
	if got := s.SeverityAt(s.last(), after); got != site.Critical {
		t.Errorf("the incident was %s, and what it did stays", got)
	}
	if got := s.WorstAt(s.last(), after); got != site.Operational {
		t.Errorf("nothing in service is hit any more, and it causes %s", got)
	}
	if hit := s.AffectedBy(s.last(), after); len(hit) != 1 || hit[0].ID != "email" {
		t.Errorf("it names %v, want email", hit)
	}
	totals := s.Totals(s.last(), after)
	if down := totals[len(totals)-1].Down; down != time.Hour {
		t.Errorf("it counts %s of downtime, want the hour until the component was retired", down)
	}
}

func TestUptimeEndsWithTheService(t *testing.T) {
	s := retirement(t).incident("2025-06-28 00:00", "2025-06-28 12:00").impact("email", site.MajorOutage, "", "")
	s.incident("2025-07-03 00:00", "2025-07-03 12:00").impact("email", site.MajorOutage, "", "")
	email, h := &s.Components[2], s.History(at(t, "2025-07-10 12:00"))
	if got := h.Uptime(email, "", at(t, "2025-06-26 00:00"), at(t, "2025-07-05 00:00")); got.Percent(2) != "87.50" || got.Span != 4*86400 {
		t.Errorf("uptime %s over %d s, want 87.50 over the four days in service", got.Percent(2), got.Span)
	}
	if got := h.Uptime(email, "", at(t, "2025-06-30 00:00"), at(t, "2025-07-05 00:00")); got.Known() {
		t.Errorf("after its service it has an uptime: %v", got)
	}
	if today := h.Days(email, site.Everywhere, 12); today[0].Absent || !today[1].Absent || !today[11].Absent {
		t.Error("of the days up to 10 July only 29 June is one of its days")
	}
}

// A component is retired at noon, in an outage: of that day no more counts, and nothing
// goes on.
func TestTheDayOfTheRetirementIsOver(t *testing.T) {
	s := retirement(t)
	s.Components[2].Until = at(t, "2025-06-30 12:00")
	s.incident("2025-06-30 11:00", "").impact("email", site.MajorOutage, "", "")
	days := s.History(at(t, "2025-06-30 18:00")).Days(&s.Components[2], site.Everywhere, 1)
	if days[0].Down != time.Hour || days[0].Ongoing[site.MajorOutage] || days[0].Absent {
		t.Errorf("the day is %+v, want an hour that is over", days[0])
	}
}

func TestAnUnlistedComponentCountsNowhere(t *testing.T) {
	s := tell(t)
	s.Components[2].Unlisted = true
	s.incident("2025-07-25 06:00", "").impact("email", site.MajorOutage, "", "")
	s.expect("2025-07-25 07:00", "email=major_outage", "minor: Partially Degraded Service")
	state := stateAt(s, "2025-07-25 07:00")
	if healthy, total := state.Healthy(); healthy != 2 || total != 2 {
		t.Errorf("%d of %d are healthy, want 2 of 2", healthy, total)
	}
	if state.Groups[0] != site.Operational {
		t.Errorf("its group is %s", state.Groups[0])
	}
	s.incident("2025-07-26 06:00", "").impact("all", site.MajorOutage, "", "")
	s.expect("2025-07-26 07:00", "website=major_outage api=major_outage email=major_outage", "critical: Major System Outage")
	if hit := s.AffectedBy(s.last(), at(t, "2025-07-26 07:00")); len(hit) != 2 {
		t.Errorf("all are %d components, want the two listed ones", len(hit))
	}
}

func TestAGroupWithoutAListedComponentIsNotListed(t *testing.T) {
	s := retirement(t)
	s.Components[1].Unlisted = true
	if !stateAt(s, "2025-06-29 12:00").GroupListed("platform") || stateAt(s, "2025-06-30 00:00").GroupListed("platform") {
		t.Error("the group is listed until its last listed component is retired")
	}
}

func TestTheUptimeOfAGroupIsTheMeanOfWhatIsListed(t *testing.T) {
	s := tell(t)
	s.Components = append(s.Components, site.Component{ID: "old", Group: "platform", Until: at(t, "2025-07-20 00:00")},
		site.Component{ID: "new", Group: "platform", Since: at(t, "2025-07-24 00:00")})
	s.incident("2025-07-21 00:00", "2025-07-21 12:00").impact("email", site.MajorOutage, "", "")  // half a day of ten
	s.incident("2025-07-24 00:00", "2025-07-24 12:00").impact("new", site.MajorOutage, "", "")    // half a day of one
	s.incident("2025-07-16 00:00", "2025-07-19 00:00").impact("old", site.MajorOutage, "", "")    // it is retired
	s.incident("2025-07-17 00:00", "2025-07-18 00:00").impact("api@eu", site.MajorOutage, "", "") // one day of ten in one region of two
	h, from := s.History(at(t, "2025-07-25 00:00")), at(t, "2025-07-15 00:00")
	if got := h.MeanUptime("platform", from, at(t, "2025-07-25 00:00")).Percent(2); got != "80.00" { // of 95, 50 and 95
		t.Errorf("the group has %s %%, want 80.00", got)
	}
	if got := h.MeanUptime("", from, at(t, "2025-07-25 00:00")).Percent(2); got != "85.00" { // and of 100
		t.Errorf("all have %s %%, want 85.00", got)
	}
	if got := h.MeanUptime("nothing", from, at(t, "2025-07-25 00:00")); got.Known() {
		t.Errorf("a group without components has %v", got)
	}
}

// A mean of thirds is cut, never rounded up: one second of downtime is never 100 %.
func TestAMeanUptimeIsNeverRoundedUp(t *testing.T) {
	s := tell(t).incident("2025-07-24 00:00:00", "2025-07-24 00:00:01").impact("email", site.DegradedPerformance, "", "")
	s.Uptime.Weights[site.DegradedPerformance] = 0.000001
	h := s.History(at(t, "2025-07-25 00:00"))
	if got := h.MeanUptime("", at(t, "2025-07-15 00:00"), at(t, "2025-07-25 00:00")).Percent(2); got != "99.99" {
		t.Errorf("a second of downtime makes %s %%", got)
	}
}

func TestAnImpactAfterItsComponentIsRetired(t *testing.T) {
	retirement(t).incident("2025-07-01 00:00", "2025-07-01 02:00").impact("email", site.MajorOutage, "", "").checks("2025-12-02 00:00",
		"after-until warning")
	retirement(t).incident("2025-06-29 23:00", "2025-06-30 02:00").impact("email", site.MajorOutage, "", "").checks("2025-12-02 00:00")
	open := retirement(t).incident("2025-06-29 23:00", "").impact("email", site.MajorOutage, "", "").
		update(site.Investigating, "2025-06-29 23:10")
	open.checks("2025-06-29 23:59")
	open.checks("2025-06-30 00:00", "after-until warning")
	retirement(t).incident("2025-07-01 00:00", "2025-07-01 02:00").impact("all", site.MajorOutage, "", "").checks("2025-12-02 00:00")
}

// An api_id is unique among the ids that the API gives to components and groups, derived
// ones included.
func TestAnIDInTheAPIBelongsToOneComponentOrGroup(t *testing.T) {
	s := tell(t)
	s.Components[0].OwnID = site.Ref{ID: "kctbh9vrtdwd"}
	s.checks("2025-07-25 00:00")
	s.Components[2].OwnID = site.Ref{ID: "KCTBH9VRTDWD"}
	s.checks("2025-07-25 00:00", "duplicate-id error")
	s.Components[2].OwnID = site.Ref{}
	s.Groups[0].OwnID = site.Ref{ID: s.Components[1].APIID()}
	s.checks("2025-07-25 00:00", "duplicate-id error")
}
