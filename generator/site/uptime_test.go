package site_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"allclear/generator/site"
)

func (s *story) lost(component, region, from, to string) int64 {
	s.T.Helper()
	h := s.History(at(s.T, to))
	return h.Uptime(s.Component(component), region, at(s.T, from), at(s.T, to)).Lost / 1e6
}

func TestUptimeCountsOverlapsOnceAndTheWorstWins(t *testing.T) {
	s := tell(t).incident("", "").
		impact("website", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		impact("website", site.MajorOutage, "2025-07-25 06:30", "2025-07-25 07:30").
		impact("website", site.MajorOutage, "2025-07-25 06:40", "2025-07-25 06:50")
	// 30 minutes partial at 30 percent, then 60 minutes major.
	if got, want := s.lost("website", site.Everywhere, "2025-07-25 00:00", "2025-07-26 00:00"), int64(540+3600); got != want {
		t.Errorf("lost %d s, want %d s", got, want)
	}
}

func TestDegradedTimeAndMaintenanceCostNothing(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.DegradedPerformance, "2025-07-25 06:00", "2025-07-25 07:00").
		maintenance("2025-07-25 08:00", "2025-07-25 09:00").impact("website", site.UnderMaintenance, "", "")
	if got := s.lost("website", site.Everywhere, "2025-07-25 00:00", "2025-07-26 00:00"); got != 0 {
		t.Errorf("lost %d s, want none", got)
	}
}

func TestAMaintenanceThatSaysOutageCostsNothing(t *testing.T) {
	s := tell(t).maintenance("2025-07-25 08:00", "2025-07-25 09:00").impact("website", site.MajorOutage, "", "")
	if got := s.lost("website", site.Everywhere, "2025-07-25 00:00", "2025-07-26 00:00"); got != 0 {
		t.Errorf("lost %d s, want none", got)
	}
	totals := s.Totals(s.last(), at(t, "2025-07-26 00:00"))
	if all := totals[len(totals)-1]; all.Down != 0 || all.Maintenance != time.Hour {
		t.Errorf("%s down, %s maintenance; want an hour of maintenance", all.Down, all.Maintenance)
	}
}

func TestAnImpactCountsFromItsOwnStartWhereThatCameBeforeItsIncident(t *testing.T) {
	s := tell(t).incident("2025-07-25 07:00", "").impact("website", site.MajorOutage, "2025-07-25 06:30", "").
		update(site.Resolved, "2025-07-25 08:00")
	if got := s.lost("website", site.Everywhere, "2025-07-25 00:00", "2025-07-26 00:00"); got != 90*60 {
		t.Errorf("lost %d s, want %d s", got, 90*60)
	}
}

func TestIntermittentDowntimeIsSpreadOverItsWindow(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2024-04-16 03:00", "2024-04-16 04:00")
	s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: 19 * time.Minute}
	if got := s.lost("website", site.Everywhere, "2024-04-16 00:00", "2024-04-17 00:00"); got != 19*60 {
		t.Errorf("lost %d s, want 1140 s", got)
	}
	if got := s.lost("website", site.Everywhere, "2024-04-16 00:00", "2024-04-16 03:30"); got != 570 {
		t.Errorf("lost %d s in half of the window, want 570 s", got)
	}
}

func TestUptimeOverRegionsIsTheirMean(t *testing.T) {
	s := tell(t).incident("", "").impact("api@us", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 07:00")
	h := s.History(at(t, "2025-07-26 00:00"))
	api := s.Component("api")
	from, to := at(t, "2025-07-25 00:00"), at(t, "2025-07-26 00:00")
	for region, want := range map[string]string{"us": "95.83", "eu": "100.00", site.Everywhere: "97.91"} {
		if got := h.Uptime(api, region, from, to).Percent(2); got != want {
			t.Errorf("uptime in %s is %s, want %s", region, got, want)
		}
	}
}

func TestUptimeBeginsWithTheComponent(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-25 00:00", "2025-07-25 12:00")
	s.Components[0].Since = at(t, "2025-07-25 06:00")
	h := s.History(at(t, "2025-07-26 00:00"))
	r := h.Uptime(&s.Components[0], "", at(t, "2025-07-01 00:00"), at(t, "2025-07-26 00:00"))
	if r.Span != 18*3600 || r.Lost != 6*3600*1e6 {
		t.Errorf("lost %d of %d s", r.Lost/1e6, r.Span)
	}
}

func TestPercentIsCutAndNeverRoundedUp(t *testing.T) {
	for _, c := range []struct {
		span, lost int64
		decimals   int
		want       string
	}{
		{90 * 86400, 0, 0, "100.00"},
		{90 * 86400, 1, 2, "99.99"},
		{90 * 86400, 1, 4, "99.9999"},
		{86400, 3600, 1, "95.83"},
		{86400, 86400, 2, "0.00"},
		{1000000, 500, 3, "99.950"},
	} {
		if got := (site.Ratio{Span: c.span, Lost: c.lost * 1e6}).Percent(c.decimals); got != c.want {
			t.Errorf("lost %d of %d s: %s, want %s", c.lost, c.span, got, c.want)
		}
	}
}

func TestDaysFollowTheZoneAcrossClockChanges(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-03-29 22:00", "2025-03-31 00:00")
	s.Zone = berlin
	days := s.History(at(t, "2025-03-31 12:00")).Days(s.Component("website"), site.Everywhere, 3)
	// 29 March ends at 23:00 UTC; the 30th has 23 hours; the 31st begins at 22:00 UTC.
	for i, want := range []time.Duration{time.Hour, 23 * time.Hour, 2 * time.Hour} {
		if days[i].Down != want {
			t.Errorf("%s: %s down, want %s", days[i].Date.Format("2 January"), days[i].Down, want)
		}
	}
}

func TestDaysWhereMidnightIsSkipped(t *testing.T) {
	// In Santiago the clocks went from 24:00 on 7 September 2024 to 01:00.
	santiago, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	s := tell(t)
	s.Zone = santiago
	first := s.Midnight(time.Date(2024, 9, 8, 12, 0, 0, 0, santiago), 0)
	if got := first.Format("2006-01-02 15:04"); got != "2024-09-08 01:00" {
		t.Errorf("8 September begins at %s", got)
	}
	if before := first.Add(-time.Second); before.Day() != 7 {
		t.Errorf("the second before it is %s", before)
	}
}

func TestALeapDayIsADay(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2024-02-29 00:00", "2024-03-01 00:00")
	days := s.History(at(t, "2024-03-01 12:00")).Days(s.Component("website"), site.Everywhere, 3)
	if days[1].Date.Day() != 29 || days[1].Down != 24*time.Hour || days[2].Down != 0 {
		t.Errorf("days %+v", days)
	}
}

func TestTotalsSayMinutesByRegion(t *testing.T) {
	s := tell(t).incident("", "").
		impact("api@us", site.MajorOutage, "2024-04-11 14:00", "2024-04-11 14:20").
		impact("api@us", site.DegradedPerformance, "2024-04-11 14:20", "2024-04-11 15:22").
		impact("api@us", site.MajorOutage, "2024-04-16 04:00", "2024-04-16 04:20").
		impact("api@us", site.MajorOutage, "2024-04-16 05:00", "2024-04-16 06:00")
	s.last().Impacts[3].Downtime = site.Downtime{Set: true, Length: 19 * time.Minute}
	totals := s.Totals(s.last(), at(t, "2024-05-01 00:00"))
	if len(totals) != 3 || totals[0].Region != "us" || totals[1].Region != "eu" || totals[2].Region != site.Everywhere {
		t.Fatalf("totals %+v", totals)
	}
	if us := totals[0]; us.Down != 59*time.Minute || us.Degraded != 62*time.Minute {
		t.Errorf("United States: %s down, %s degraded", us.Down, us.Degraded)
	}
	if eu := totals[1]; eu.Down != 0 || eu.Degraded != 0 {
		t.Errorf("Europe: %s down, %s degraded", eu.Down, eu.Degraded)
	}
}

func TestTheOverlapOfTwoPartsCountsOnce(t *testing.T) {
	s := tell(t).incident("", "").
		impact("api,email", site.PartialOutage, "2025-07-25 06:32", "2025-07-25 07:04").
		impact("website", site.MajorOutage, "2025-07-25 07:03", "2025-07-25 07:42").
		impact("website", site.DegradedPerformance, "2025-07-25 07:42", "2025-07-25 08:20")
	now := at(t, "2025-07-26 00:00")
	whole := s.last().Interval(now)
	if length := whole.End.Sub(whole.Start); length != 108*time.Minute {
		t.Errorf("the incident lasted %s, want 1h48m", length)
	}
	want := map[string]time.Duration{"api": 32 * time.Minute, "email": 32 * time.Minute, "website": 77 * time.Minute}
	for _, harm := range s.last().Breakdown(s.NamedBy(s.last()), now) {
		if harm.Length != want[harm.Component.ID] {
			t.Errorf("%s: %s, want %s", harm.Component.ID, harm.Length, want[harm.Component.ID])
		}
	}
}

// Random small sites, against a reference that asks every second.
func TestUptimeEqualsTheSumOfItsSeconds(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		s, start := tell(t), at(t, "2025-07-25 06:00")
		for range 1 + r.IntN(4) {
			s.incident("", "")
			for range 1 + r.IntN(3) {
				s.impact([]string{"api", "api@us", "api@eu", "all"}[r.IntN(4)], site.Statuses[r.IntN(5)], "", "")
				impact := &s.last().Impacts[len(s.last().Impacts)-1]
				impact.Start.Time = start.Add(time.Duration(r.IntN(200)) * time.Second)
				impact.End.Time = impact.Start.Add(time.Duration(1+r.IntN(200)) * time.Second)
			}
		}
		from, to := start.Add(time.Duration(r.IntN(100))*time.Second), start.Add(time.Duration(200+r.IntN(200))*time.Second)
		h := s.History(to)
		for i, region := range []string{"us", "eu"} {
			var want int64
			for at := from; at.Before(to); at = at.Add(time.Second) {
				want += int64(s.Uptime.Weights[s.At(at).Components[1].Regions[i].Status] * 1e6)
			}
			if got := h.Uptime(s.Component("api"), region, from, to).Lost; got != want {
				t.Fatalf("seed %d: lost %d in %s, the seconds say %d", seed, got, region, want)
			}
		}
	}
}
