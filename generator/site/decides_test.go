package site_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// slugs are the slugs of some entries, in their order.
func slugs(entries []*site.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, e.Slug)
	}
	return strings.Join(list, " ")
}

// named gives the last entry its slug.
func (s *story) named(slug string) *story { s.last().Slug = slug; return s }

func (s *story) pinned() *story { s.last().Pinned = true; return s }

// said gives the last impact a label and a time at which it is expected back.
func (s *story) said(label, eta string) *story {
	i := &s.last().Impacts[len(s.last().Impacts)-1]
	i.Label, i.ETA = site.Text{Default: label}, s.moment(eta)
	return s
}

func TestOpenIncidentsAreSortedByPinThenSeverityThenAge(t *testing.T) {
	s := tell(t)
	s.incident("2025-07-01 00:00", "").named("major-old").impact("website", site.PartialOutage, "", "")
	s.incident("2025-07-02 00:00", "").named("minor-pinned").impact("email", site.DegradedPerformance, "", "").pinned()
	s.incident("2025-07-03 00:00", "").named("minor-b").impact("email", site.DegradedPerformance, "", "")
	s.incident("2025-07-03 00:00", "").named("minor-a").impact("email", site.DegradedPerformance, "", "")
	s.incident("2025-07-04 00:00", "").named("minor-new").impact("email", site.DegradedPerformance, "", "")
	s.incident("2025-07-05 00:00", "").named("major-new").impact("website", site.PartialOutage, "", "")
	s.incident("2025-07-06 00:00", "").named("critical-pinned").impact("website", site.MajorOutage, "", "").pinned()
	want := "critical-pinned minor-pinned major-new major-old minor-new minor-a minor-b"
	if got := slugs(s.At(at(t, "2025-07-10 00:00")).Open); got != want {
		t.Errorf("open: %s\nwant: %s", got, want)
	}
}

func TestMaintenanceIsSortedByItsTrueStart(t *testing.T) {
	s := tell(t)
	s.maintenance("2025-08-01 03:00", "2025-08-01 09:00").named("early").update(site.InProgress, "2025-08-01 01:00")
	s.maintenance("2025-08-01 02:00", "2025-08-01 09:00").named("planned")
	s.maintenance("2025-09-02 02:00", "2025-09-02 03:00").named("later-b")
	s.maintenance("2025-09-02 02:00", "2025-09-02 03:00").named("later-a")
	s.maintenance("2025-09-01 02:00", "2025-09-01 03:00").named("sooner")
	state := s.At(at(t, "2025-08-01 04:00"))
	if got := slugs(state.Active); got != "early planned" {
		t.Errorf("under way: %s", got)
	}
	if got := slugs(state.Upcoming); got != "sooner later-a later-b" {
		t.Errorf("coming: %s", got)
	}
}

// Of several impacts on a region the worst decides what is shown beside its status,
// and of two that are as bad the one that began later, which knows more.
func TestTheNewerOfTwoEqualImpactsDecides(t *testing.T) {
	s := tell(t)
	s.incident("2025-07-25 06:00", "").named("newer").impact("website", site.PartialOutage, "2025-07-25 07:00", "").said("Slow",
		"2025-07-25 09:00")
	s.incident("2025-07-25 06:00", "").named("older").impact("website", site.PartialOutage, "2025-07-25 06:00", "").said("Down",
		"2025-07-25 08:00")
	s.incident("2025-07-25 06:00", "").named("milder").impact("website", site.DegradedPerformance, "2025-07-25 07:30", "").said("Odd",
		"2025-07-25 10:00")
	for when, want := range map[string]string{
		"2025-07-25 06:30": "older Down 08:00 06:00",
		"2025-07-25 06:59": "older Down 08:00 06:00",
		"2025-07-25 07:00": "newer Slow 09:00 07:00",
		"2025-07-25 07:40": "newer Slow 09:00 07:00",
	} {
		website := s.At(at(t, when)).Components[0]
		r := website.Regions[0]
		got := strings.Join([]string{r.Entry.Slug, r.Label.Default, r.ETA.Format("15:04"), r.Since.Format("15:04")}, " ")
		if got != want || website.Label.Default != r.Label.Default || !website.ETA.Equal(r.ETA) {
			t.Errorf("at %s: %s decides, want %s", when, got, want)
		}
	}
}

// A component is back when all of its regions are.
func TestAComponentIsExpectedBackWithItsLastRegion(t *testing.T) {
	for _, etas := range [][2]string{{"2025-07-25 08:00", "2025-07-25 09:00"}, {"2025-07-25 09:00", "2025-07-25 08:00"},
		{"2025-07-25 09:00", ""}, {"", "2025-07-25 09:00"}} {
		s := tell(t).incident("2025-07-25 06:00", "").
			impact("api@us", site.PartialOutage, "", "").said("", etas[0]).
			impact("api@eu", site.DegradedPerformance, "", "").said("", etas[1])
		if got := s.At(at(t, "2025-07-25 07:00")).Components[1].ETA; !got.Equal(at(t, "2025-07-25 09:00")) {
			t.Errorf("regions back at %q: the component at %s, want 09:00", etas, got)
		}
	}
}

// A label is true of a component only where all of its regions have it, and one
// status.
func TestALabelIsOfAllRegionsOrNone(t *testing.T) {
	for _, test := range []struct {
		us, eu         string
		usDoes, euDoes site.Status
		want           string
	}{
		{"Queued", "Queued", site.PartialOutage, site.PartialOutage, "Queued"},
		{"Queued", "Off", site.PartialOutage, site.PartialOutage, ""},
		{"Queued", "", site.PartialOutage, site.PartialOutage, ""},
		{"Queued", "Queued", site.PartialOutage, site.MajorOutage, ""},
	} {
		s := tell(t).incident("2025-07-25 06:00", "").impact("api@us", test.usDoes, "", "").said(test.us, "").impact("api@eu", test.euDoes,
			"", "").said(test.eu, "")
		if got := s.At(at(t, "2025-07-25 07:00")).Components[1].Label.Default; got != test.want {
			t.Errorf("%+v: the component says %q", test, got)
		}
	}
}

// An explicit end that is later than Resolved keeps the incident open: until then
// it is being watched.
func TestAnIncidentThatEndsAfterItsResolvedIsMonitoredUntilThen(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 09:00").impact("website", site.MajorOutage, "", "2025-07-25 07:00").
		update(site.Investigating, "2025-07-25 06:10").update(site.Resolved, "2025-07-25 07:00")
	s.phases("2025-07-25 06:10 = investigating", "2025-07-25 06:59:59 = investigating",
		"2025-07-25 07:00 = monitoring", "2025-07-25 08:59:59 = monitoring", "2025-07-25 09:00 = resolved")
	s.expect("2025-07-25 08:00", "", "minor: Partially Degraded Service")
	s.expect("2025-07-25 09:00", "", "none: All Systems Operational")
}

func TestPhasesOfAnIncidentFollowItsWords(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "")
	s.phases("2025-07-25 06:00 = investigating")
	s.update(site.Identified, "2025-07-25 06:10").update(site.Note, "2025-07-25 06:20").update(site.Monitoring, "2025-07-25 06:30").
		update(site.Resolved, "2025-07-25 06:40").update(site.Investigating, "2025-07-25 07:00").update(site.Resolved, "2025-07-25 08:00")
	s.last().Report = &site.Report{Time: s.moment("2025-07-26 10:00"), Body: site.Prose{Markdown: "x"}}
	s.phases("2025-07-25 06:09:59 = investigating", "2025-07-25 06:10 = identified", "2025-07-25 06:25 = identified",
		"2025-07-25 06:30 = monitoring", "2025-07-25 06:40 = resolved", "2025-07-25 07:00 = investigating", "2025-07-25 08:00 = resolved",
		"2025-07-26 09:59:59 = resolved", "2025-07-26 10:00 = postmortem")
}

// A report that came before the end stands in the timeline; what ended later is
// resolved, not reported.
func TestAReportBeforeTheEndIsNotTheLastWord(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").
		update(site.Resolved, "2025-07-25 07:00").update(site.Investigating, "2025-07-25 09:00").update(site.Resolved, "2025-07-25 10:00")
	s.last().Report = &site.Report{Time: s.moment("2025-07-25 08:00"), Body: site.Prose{Markdown: "x"}}
	s.phases("2025-07-25 07:30 = resolved", "2025-07-25 08:00 = postmortem", "2025-07-25 09:00 = investigating",
		"2025-07-25 10:00 = resolved")
}

// An update at the very end of a window finds it over: work that begins then
// begins it again, and only words end it.
func TestInProgressAtTheVeryEndBeginsAWindowAgain(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("website", site.UnderMaintenance, "", "").
		update(site.InProgress, "2025-08-01 03:00")
	s.phases("2025-08-01 02:59:59 = in_progress", "2025-08-01 03:00 = in_progress", "2025-08-01 09:00 = in_progress")
	if spans := s.last().Spans(at(t, "2025-08-01 03:00")); len(spans) != 2 || !spans[0].End.Equal(at(t, "2025-08-01 03:00")) ||
		!spans[1].End.IsZero() {
		t.Errorf("the window is under way in %v, want up to 03:00 and again from then on", spans)
	}
	s = tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("website", site.UnderMaintenance, "", "").
		update(site.InProgress, "2025-08-01 02:59")
	s.phases("2025-08-01 02:59 = in_progress", "2025-08-01 03:00 = completed")
}

func TestCanceledAtTheVeryEndIsTheLastWord(t *testing.T) {
	s := tell(t).maintenance("2025-08-01 02:00", "2025-08-01 03:00").impact("website", site.UnderMaintenance, "", "").
		update(site.Canceled, "2025-08-01 03:00")
	s.phases("2025-08-01 02:59:59 = in_progress", "2025-08-01 03:00 = canceled")
	s.expect("2025-08-01 02:59:59", "website=under_maintenance", "maintenance: Service Under Maintenance")
	s.expect("2025-08-01 03:00", "", "none: All Systems Operational")
	now := at(t, "2025-08-02 00:00")
	for _, p := range s.Check(now) {
		if p.Rule == "update-after-end" {
			t.Errorf("check warns of it: %s", p.Message)
		}
	}
	for _, u := range s.last().Published(now) {
		if u.Status == site.Completed {
			t.Error("it was canceled and completed")
		}
	}
}

// What a component suffers from its first day on is counted, that day included.
func TestTheDayOnWhichAComponentBeginsIsItsFirstDay(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 12:00").impact("website", site.MajorOutage, "", "")
	website := &s.Components[0]
	for _, test := range []struct {
		since string
		down  time.Duration
	}{{"2025-07-25 00:00", 6 * time.Hour}, {"2025-07-25 10:00", 2 * time.Hour}, {"2025-07-25 23:59:59", 0}} {
		website.Since = at(t, test.since)
		days := s.History(at(t, "2025-07-26 12:00")).Days(website, site.Everywhere, 3)
		if !days[0].Absent || days[1].Absent || days[2].Absent {
			t.Errorf("since %s: absent on 24, 25, 26 July: %v %v %v", test.since, days[0].Absent, days[1].Absent, days[2].Absent)
		}
		if days[1].Down != test.down || (days[1].Worst == site.MajorOutage) != (test.down > 0) {
			t.Errorf("since %s: the first day says %s of %s", test.since, days[1].Down, days[1].Worst)
		}
	}
	website.Since = at(t, "2025-07-26 00:00")
	if day := s.History(at(t, "2025-07-26 12:00")).Days(website, site.Everywhere, 2)[0]; !day.Absent {
		t.Error("the day before the first one is not absent")
	}
}

// An incident that was opened again has several windows. A component that came into
// service between them is touched if it is named, and not if it is one of all: all
// are those that were there when it began.
func TestAComponentThatCameBetweenTwoWindows(t *testing.T) {
	for _, test := range []struct {
		what, since   string
		touched, down bool
	}{
		{"email", "2025-07-25 06:30", true, true},
		{"email", "2025-07-25 08:00", true, true},
		{"email", "2025-07-25 09:30", true, true},
		{"email", "2025-07-25 10:00", false, false},
		{"all", "2025-07-25 06:00", true, true},
		{"all", "2025-07-25 06:30", false, false},
		{"all", "2025-07-25 08:00", false, false},
	} {
		s := tell(t).incident("2025-07-25 06:00", "").impact(test.what, site.MajorOutage, "", "").
			update(site.Investigating, "2025-07-25 06:00").update(site.Resolved, "2025-07-25 07:00").
			update(site.Investigating, "2025-07-25 09:00").update(site.Resolved, "2025-07-25 10:00")
		email := &s.Components[2]
		email.Since = at(t, test.since)
		touched, affected := false, false
		for _, c := range s.NamedBy(s.last()) {
			touched = touched || c == email
		}
		for _, c := range s.AffectedBy(s.last(), at(t, "2025-07-25 11:00")) {
			affected = affected || c == email
		}
		down := s.At(at(t, "2025-07-25 09:45")).Components[2].Status == site.MajorOutage
		if touched != test.touched || affected != test.touched || down != test.down {
			t.Errorf("%s, in service from %s: touched %v, affected %v, down at 09:45 %v", test.what, test.since, touched, affected, down)
		}
	}
}
