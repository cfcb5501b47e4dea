package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// report is the report of a month or quarter on all components of a story.
func (s *story) report(name, now string) *site.UptimeReport {
	s.T.Helper()
	p, ok := s.PeriodNamed(name)
	if !ok {
		s.T.Fatalf("no period: %s", name)
	}
	return s.UptimeReport(p, at(s.T, now), s.ReportedIn(p, at(s.T, now)))
}

// of returns a component of a report.
func of(t *testing.T, r *site.UptimeReport, id string) *site.ComponentReport {
	t.Helper()
	for i := range r.Components {
		if r.Components[i].Component.ID == id {
			return &r.Components[i]
		}
	}
	t.Fatalf("%s is not in the report", id)
	return nil
}

func TestMonthsAndQuartersAreThoseOfTheZone(t *testing.T) {
	s := tell(t)
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s.Zone = zone
	for name, want := range map[string]string{
		"2026-02": "2026-01-31 23:00 672h",
		"2026-03": "2026-02-28 23:00 743h", // the clocks go forward
		"2026-10": "2026-09-30 22:00 745h", // and back
		"2026-Q1": "2025-12-31 23:00 2159h",
		"2026-q4": "2026-09-30 22:00 2209h",
		"2024-02": "2024-01-31 23:00 696h",
		"2026-13": "", "2026-00": "", "2026-Q5": "", "2026": "", "2026-1": "", "October": "",
	} {
		p, ok := s.PeriodNamed(name)
		got := ""
		if ok {
			got = fmt.Sprintf("%s %.0fh", p.Start.UTC().Format("2006-01-02 15:04"), p.End.Sub(p.Start).Hours())
		}
		if got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := s.LastMonth(at(t, "2026-10-31 22:59")).Name; got != "2026-09" {
		t.Errorf("a minute before November, the last month is %s", got)
	}
	if got := s.LastMonth(at(t, "2026-10-31 23:00")).Name; got != "2026-10" {
		t.Errorf("in the first minute of November, the last month is %s", got)
	}
	if got := s.LastMonth(at(t, "2026-01-15 12:00")).Name; got != "2025-12" {
		t.Errorf("in January the last month is %s", got)
	}
}

func TestAReportOfAMonth(t *testing.T) {
	s := tell(t).incident("", "").
		impact("api@us", site.MajorOutage, "2025-07-10 06:00", "2025-07-10 06:40").
		impact("website", site.PartialOutage, "2025-07-10 06:00", "2025-07-10 07:00").
		update(site.Investigating, "2025-07-10 06:10").update(site.Resolved, "2025-07-10 07:00")
	s.incident("", "").impact("website", site.DegradedPerformance, "2025-06-30 23:00", "2025-07-01 01:00")
	s.last().Slug = "june"
	s.Components[0].Target = site.Target{Percent: 99.9, Decimals: 1}
	s.Components[1].Target = site.Target{Percent: 99.99, Decimals: 2}
	s.SLA.Tiers = []site.Tier{{Below: site.Target{Percent: 99.99}, Credit: 10}, {Below: site.Target{Percent: 99.95}, Credit: 25}}
	r := s.report("2025-07", "2025-08-15 12:00")
	if !r.Over() || len(r.Components) != 3 {
		t.Fatalf("over: %t, %d components", r.Over(), len(r.Components))
	}

	website := of(t, r, "website")
	if got, want := website.Seconds, [5]int64{31*86400 - 3600 - 3600, 0, 3600, 3600, 0}; got != want {
		t.Errorf("seconds by status: %v, want %v", got, want)
	}
	if got := website.Uptime.Percent(4); got != "99.9596" { // 18 minutes of 44,640
		t.Errorf("uptime: %s", got)
	}
	if met, ok := website.Met(&website.Place); !met || !ok {
		t.Error("the target of 99.9 % is not met")
	}
	if left := website.Budget.Allowed - website.Budget.Used; left != 44640*time.Minute/1000-18*time.Minute {
		t.Errorf("%s of the error budget are left", left)
	}
	if website.Tier == nil || website.Tier.Credit != 10 {
		t.Errorf("tier: %v", website.Tier)
	}
	if got := len(website.Incidents); got != 2 || website.Incidents[0].Entry.Slug != "june" || website.Incidents[0].Length != 3600 ||
		website.Incidents[0].Lost != 0 || website.Incidents[1].Lost != 18*60*1e6 {
		t.Errorf("incidents: %+v", website.Incidents)
	}

	api := of(t, r, "api")
	us, eu := &api.Regions[0], &api.Regions[1]
	if us.Uptime.Percent(3) != "99.910" || eu.Uptime.Percent(3) != "100.000" || api.Uptime.Percent(3) != "99.955" {
		t.Errorf("uptime in us %s, in eu %s, the mean %s", us.Uptime.Percent(3), eu.Uptime.Percent(3), api.Uptime.Percent(3))
	}
	if met, _ := api.Met(eu); !met {
		t.Error("eu had no downtime and missed the target")
	}
	if met, _ := api.Met(&api.Place); met || us.Tier.Credit != 25 || api.Tier.Credit != 10 || eu.Tier != nil {
		t.Errorf("met: %t; credits in us %v, in eu %v, in all %v", met, us.Tier, eu.Tier, api.Tier)
	}
	if api.Seconds[site.MajorOutage] != 2400 || api.Incidents[0].Lost != 1200*1e6 || strings.Join(api.Incidents[0].Regions, " ") != "us" {
		t.Errorf("api: %v, %+v", api.Seconds, api.Incidents)
	}
	if email := of(t, r, "email"); email.Uptime.Percent(2) != "100.00" || len(email.Incidents) > 0 || email.Tier != nil {
		t.Errorf("email: %+v", email)
	}
	if r.Started.Incidents != 1 || r.Started.FirstUpdate.Median != 10*time.Minute || website.Started.Incidents != 1 {
		t.Errorf("of incidents that began in July: %+v", r.Started)
	}
}

// What of a month is over is reported; the budget is that of the whole month.
func TestAReportOfAMonthThatIsNotOver(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-10 06:00", "")
	s.Components[0].Target = site.Target{Percent: 99.9, Decimals: 1}
	r := s.report("2025-07", "2025-07-10 06:30")
	website := of(t, r, "website")
	if r.Over() || website.Length != 9*86400+6*3600+1800 || website.Seconds[site.MajorOutage] != 1800 {
		t.Errorf("over: %t, %+v", r.Over(), website.Place)
	}
	if website.Budget.Allowed != 44640*time.Minute/1000 || !website.Incidents[0].End.IsZero() {
		t.Errorf("budget %v, the incident ended at %s", website.Budget, website.Incidents[0].End)
	}
}

// Only the time in service counts. A component that was not in service is not in the report.
func TestAReportCountsTheTimeInService(t *testing.T) {
	s := tell(t).incident("", "").impact("email", site.MajorOutage, "2025-07-29 00:00", "2025-08-02 00:00")
	s.Components[0].Since = at(t, "2025-07-20 00:00")
	s.Components[1].Until = at(t, "2025-07-01 00:00")
	s.Components[2].Until = at(t, "2025-07-31 00:00")
	r := s.report("2025-07", "2025-08-15 12:00")
	if len(r.Components) != 2 || r.Components[0].Length != 12*86400 || r.Components[1].Length != 30*86400 {
		t.Fatalf("%+v", r.Components)
	}
	if email := r.Components[1]; email.Seconds[site.MajorOutage] != 2*86400 || email.Incidents[0].Length != 2*86400 {
		t.Errorf("%v %+v", email.Seconds, email.Incidents)
	}
}

// sla.exclude: five days of notice, and eight hours a month.
func TestMaintenanceThatIsNotExcludedCounts(t *testing.T) {
	s := tell(t)
	s.SLA.Exclude = site.Exclusion{Set: true, Announced: 5 * 24 * time.Hour, Limited: true, Limit: 8 * time.Hour}
	window := func(slug, start, end, announced string) {
		s.maintenance(start, end).impact("website", site.UnderMaintenance, "", "")
		s.last().Slug = slug
		if announced != "" {
			s.update(site.Scheduled, announced)
		}
	}
	window("in-time", "2025-07-06 00:00", "2025-07-06 06:00", "2025-07-01 00:00") // five days, to the second
	window("late", "2025-07-08 00:00", "2025-07-08 01:00", "2025-07-03 00:01")
	window("unsaid", "2025-07-09 00:00", "2025-07-09 01:00", "")
	window("overlaps", "2025-07-06 05:00", "2025-07-06 07:00", "2025-06-01 00:00") // one more hour: seven
	window("reaches-the-limit", "2025-07-20 00:00", "2025-07-20 03:00", "2025-06-01 00:00")
	window("overruns", "2025-08-10 00:00", "2025-08-10 01:00", "2025-06-01 00:00") // another month
	s.update(site.InProgress, "2025-08-10 00:00").update(site.Completed, "2025-08-10 01:30")
	window("degrades", "2025-08-12 00:00", "2025-08-12 01:00", "")
	s.last().Impacts[0].Status = site.DegradedPerformance

	july, now := s.report("2025-07", "2025-09-15 12:00"), "2025-09-15 12:00"
	website := of(t, july, "website")
	var lines []string
	for _, r := range []*site.UptimeReport{july, s.report("2025-08", now)} {
		for _, w := range of(t, r, "website").Maintenance {
			line := w.Entry.Slug
			for why, n := range w.Seconds {
				if n > 0 {
					line += fmt.Sprintf(", %s %dm", site.WhyCounted(why), n/60)
				}
			}
			lines = append(lines, line)
		}
	}
	want := []string{
		"in-time, excluded 360m", "overlaps, excluded 60m", "late, announced_late 60m", "unsaid, not_announced 60m",
		"reaches-the-limit, excluded 60m, over_limit 120m",
		"overruns, excluded 60m, outside_plan 30m", "degrades, not_announced 60m",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if website.Seconds[site.UnderMaintenance] != 8*3600 || website.CountedMaintenance() != 4*3600 || website.Uptime.Lost != 4*3600*1e6 {
		t.Errorf("excluded %d s, counted %v, lost %d", website.Seconds[site.UnderMaintenance], website.Counted, website.Uptime.Lost)
	}
	august := of(t, s.report("2025-08", now), "website")
	if august.Uptime.Lost != 1800*1e6 || august.Counted[site.DegradedPerformance] != 3600 {
		t.Errorf("what only degrades costs what degraded performance costs: %+v", august.Place)
	}
	// A quarter has eight hours in each of its months, and a span within a month what is left.
	if quarter := of(t, s.report("2025-Q3", now), "website"); quarter.Uptime.Lost != 4*3600*1e6+1800*1e6 {
		t.Errorf("the quarter lost %d", quarter.Uptime.Lost)
	}
	late := site.Period{Interval: site.Interval{Start: at(t, "2025-07-15 00:00"), End: at(t, "2025-08-01 00:00")}}
	if half := s.UptimeReport(late, at(t, now), s.ReportedIn(late, at(t, now))); of(t, half, "website").Uptime.Lost != 2*3600*1e6 {
		t.Errorf("half a month lost %d", of(t, half, "website").Uptime.Lost)
	}
	s.SLA.Exclude = site.Exclusion{}
	if free := of(t, s.report("2025-07", now), "website"); free.Uptime.Lost != 0 || free.Seconds[site.UnderMaintenance] != 12*3600 {
		t.Errorf("without the key, maintenance costs nothing: %+v", free.Place)
	}
}

// A window that was called off and scheduled anew was announced when that was said.
func TestAWindowIsAnnouncedWhenItsTimeIs(t *testing.T) {
	s := tell(t).maintenance("2025-07-20 00:00", "2025-07-20 01:00").impact("website", site.UnderMaintenance, "", "").
		update(site.Scheduled, "2025-07-01 00:00").update(site.Canceled, "2025-07-10 00:00").update(site.Scheduled, "2025-07-18 00:00")
	for now, want := range map[string]string{"2025-07-05 00:00": "2025-07-01", "2025-07-19 00:00": "2025-07-18"} {
		if got := s.last().AnnouncedFor(at(t, now)).Format("2006-01-02"); got != want {
			t.Errorf("on %s it was announced on %s, want %s", now, got, want)
		}
	}
	s.last().Updates = nil
	if got := s.last().AnnouncedFor(at(t, "2025-08-01 00:00")); !got.IsZero() {
		t.Errorf("nothing says when it was announced, but it was on %s", got)
	}
	s.last().FileDate = at(t, "2025-07-02 00:00")
	if got := s.last().AnnouncedFor(at(t, "2025-08-01 00:00")); !got.Equal(s.last().FileDate) {
		t.Errorf("by its file's name it was announced on %s", got)
	}
}

// The hash names the content that a report is made of: it changes with an edit of it, and
// with nothing else.
func TestTheHashOfAReport(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.MajorOutage, "2025-07-10 06:00", "2025-07-10 06:40")
	first := s.report("2025-07", "2025-08-15 12:00").Hash
	s.incident("", "").impact("website", site.MajorOutage, "2025-08-10 06:00", "2025-08-10 06:40")
	if s.report("2025-07", "2025-09-15 12:00").Hash != first {
		t.Error("an incident in August changes the report of July")
	}
	s.Entries[0].Impacts[0].End = s.moment("2025-07-10 06:41")
	if s.report("2025-07", "2025-09-15 12:00").Hash == first {
		t.Error("another end of an incident changes nothing")
	}
}
