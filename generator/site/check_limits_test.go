package site_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// messages are what check reports at an instant, with its rule.
func (s *story) messages(when string) string {
	s.T.Helper()
	var list []string
	for _, p := range s.Check(at(s.T, when)) {
		list = append(list, p.Rule+": "+p.Message)
	}
	return strings.Join(list, "\n")
}

// Every limit of check stands here at its last quiet second and at its first loud one.

func TestAnIncidentIsStaleAfterADayWithoutAWord(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").update(site.Investigating, "2025-07-25 07:00")
	for when, want := range map[string]string{
		"2025-07-26 06:59:59": "",
		"2025-07-26 07:00":    "stale-incident: the incident has been open without an update for 24 hours",
		"2025-07-27 06:59:59": "stale-incident: the incident has been open without an update for 47 hours",
		"2025-07-27 07:00":    "stale-incident: the incident has been open without an update for 2 days",
		"2025-07-28 06:59:59": "stale-incident: the incident has been open without an update for 2 days",
		"2025-07-28 07:00":    "stale-incident: the incident has been open without an update for 3 days",
	} {
		if got := s.messages(when); got != want {
			t.Errorf("at %s check says %q, want %q", when, got, want)
		}
	}
}

func TestANoticeIsStaleAfterAWeekWithoutAWord(t *testing.T) {
	s := tell(t).incident("2025-07-01 06:00", "")
	s.last().Severity = site.None
	if got := s.messages("2025-07-08 06:00"); got != "" {
		t.Errorf("after a week check says %q", got)
	}
	if got := s.messages("2025-07-08 06:00:01"); got != "stale-notice: the notice has been open without an update for 7 days" {
		t.Errorf("after more than a week check says %q", got)
	}
}

func TestAFirstUpdateMayComeADayAfterTheStart(t *testing.T) {
	told := func(first string) string {
		return tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").update(site.Investigating,
			first).messages("2025-07-26 06:30")
	}
	if got := told("2025-07-26 06:00"); got != "" {
		t.Errorf("after a day check says %q", got)
	}
	if got := told("2025-07-26 06:00:01"); !strings.HasPrefix(got, "late-first-update: the first update comes 24 hours after") {
		t.Errorf("after more than a day check says %q", got)
	}
}

// An impact may have counted all of its window, but not a second more.
func TestDowntimeMayBeAsLongAsItsWindow(t *testing.T) {
	for _, test := range []struct {
		downtime time.Duration
		want     string
	}{
		{time.Hour - time.Second, ""},
		{time.Hour, ""},
		{time.Hour + time.Second, "downtime-too-long: the downtime (1h1s) is longer than its window (1h)"},
	} {
		for _, s := range []*story{
			tell(t).incident("2025-07-25 06:00", "2025-07-25 07:00").impact("website", site.MajorOutage, "", ""),
			tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00"),
			tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "2025-07-25 07:00"),
			tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").update(site.Resolved, "2025-07-25 07:00"),
			tell(t).incident("", "2025-07-25 07:00").impact("website", site.MajorOutage, "2025-07-25 06:00", ""),
			tell(t).maintenance("2025-07-25 06:00", "2025-07-25 07:00").impact("website", site.UnderMaintenance, "", ""),
		} {
			s.last().Posted = s.moment("2025-07-25 06:00")
			s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: test.downtime}
			if got := s.messages("2025-07-25 08:00"); got != test.want {
				t.Errorf("%s of an hour: check says %q, want %q", test.downtime, got, test.want)
			}
		}
	}
	// A window that was interrupted is as long as its parts together.
	s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").
		update(site.Resolved, "2025-07-25 06:30").update(site.Investigating, "2025-07-25 07:00").update(site.Resolved, "2025-07-25 07:30")
	s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: time.Hour}
	if got := s.messages("2025-07-25 08:00"); got != "" {
		t.Errorf("an hour of two half hours: check says %q", got)
	}
	s.last().Impacts[0].Downtime.Length++
	if got := s.messages("2025-07-25 08:00"); !strings.HasPrefix(got, "downtime-too-long") {
		t.Errorf("more than an hour of two half hours: check says %q", got)
	}
	// Of one that is open nobody knows how long it will be.
	open := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").update(site.Investigating,
		"2025-07-25 06:00")
	open.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: 9 * time.Hour}
	if got := open.messages("2025-07-25 08:00"); got != "" {
		t.Errorf("of an open incident check says %q", got)
	}
}

func TestAnETAMayBeTheStartAndNotBefore(t *testing.T) {
	for eta, want := range map[string]string{
		"2025-07-25 06:00":    "",
		"2025-07-25 05:59:59": "eta-before-start: the eta 2025-07-25 05:59:59 is before the impact starts at 2025-07-25 06:00",
	} {
		s := tell(t).incident("2025-07-25 06:00", "").impact("website", site.MajorOutage, "", "").said("", eta)
		if got := s.messages("2025-07-25 06:30"); got != want {
			t.Errorf("eta %s: check says %q, want %q", eta, got, want)
		}
	}
}

// An impact holds up to its end, so one of no length does not hold at all.
func TestAnImpactLastsASecondAtLeast(t *testing.T) {
	for end, want := range map[string]string{
		"2025-07-25 06:00:01": "",
		"2025-07-25 06:00":    "end-before-start: the impact's end is not after its start, 2025-07-25 06:00",
	} {
		s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-25 06:00", end)
		if got := s.messages("2025-07-25 06:30"); got != want {
			t.Errorf("end %s: check says %q, want %q", end, got, want)
		}
	}
}

func TestAnImpactMayBeginWithItsIncidentAndNotWithItsEnd(t *testing.T) {
	for start, want := range map[string]string{
		"2025-07-25 05:59:59": "impact-outside: the impact starts at 2025-07-25 05:59:59, before its incident at 2025-07-25 06:00",
		"2025-07-25 06:00":    "",
		"2025-07-25 06:59:59": "",
		"2025-07-25 07:00":    "impact-outside: the impact starts at 2025-07-25 07:00, but its incident was over at 2025-07-25 07:00",
	} {
		s := tell(t).incident("2025-07-25 06:00", "2025-07-25 07:00").impact("website", site.MajorOutage, start, "")
		if got := s.messages("2025-07-25 08:00"); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("start %s: check says %q, want %q", start, got, want)
		}
	}
}

// check --at a time in the past reports incidents that begin within a week of that time.
func TestAnIncidentInTheFutureOfThePast(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 07:00").impact("website", site.MajorOutage, "", "")
	for _, test := range []struct {
		now, present string
		want         bool
	}{
		{"2025-07-25 05:59:59", "2025-07-25 05:59:59", true},
		{"2025-07-25 06:00", "2025-07-25 06:00", false},
		{"2025-07-18 06:00", "2026-01-01 00:00", true},
		{"2025-07-18 05:59:59", "2026-01-01 00:00", false},
		{"2025-07-01 00:00", "2025-07-02 00:00", true},
	} {
		told := false
		for _, p := range s.CheckAt(at(t, test.now), at(t, test.present)) {
			told = told || p.Rule == "future-incident"
		}
		if told != test.want {
			t.Errorf("looking at %s on %s: told %v", test.now, test.present, told)
		}
	}
}
