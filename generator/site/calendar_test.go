package site_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"allclear/generator/site"
)

// A year is drawn from the days that the bars show: the same dates, the same worst status,
// the same seconds.
func TestTheDaysOfMonthsAreThoseOfTheBars(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin") // with days of 23 and 25 hours
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(16, 4))
	s := tell(t)
	s.Zone = zone
	begin := at(t, "2024-03-01 00:00")
	for range 60 {
		from := begin.Add(time.Duration(r.IntN(300*24*60)) * time.Minute)
		to := from.Add(time.Duration(r.IntN(3*24*60)) * time.Minute)
		status := []site.Status{site.DegradedPerformance, site.PartialOutage, site.MajorOutage}[r.IntN(3)]
		s.incident("", "").impact("website", status, from.UTC().Format("2006-01-02 15:04"), to.UTC().Format("2006-01-02 15:04"))
	}
	now := at(t, "2025-01-20 10:15")
	h, c := s.History(now), s.Component("website")
	var days []site.Day
	for _, m := range s.Months(begin, 12) {
		days = h.AppendMonthDays(days, c, site.Everywhere, m)
	}
	if want := 326; len(days) != want { // from 1 March up to and with 20 January
		t.Fatalf("the months up to now have %d days, not %d", len(days), want)
	}
	for i, day := range h.Days(c, site.Everywhere, len(days)) {
		if !reflect.DeepEqual(day, days[i]) {
			t.Fatalf("%s: the bar has %v, the month %v", day.Date.Format("2 Jan"), day, days[i])
		}
	}
}

// The budget of a month is the same on each of its days, and what is used of it is what
// uptime counts.
func TestTheErrorBudgetOfAMonth(t *testing.T) {
	s := tell(t).incident("", "").impact("website", site.PartialOutage, "2025-07-10 06:00", "2025-07-10 06:40").
		impact("website", site.MajorOutage, "2025-07-12 06:00", "2025-07-12 06:10")
	c := s.Component("website")
	c.Target = site.Target{Percent: 99.95, Decimals: 2}
	july := s.Months(at(t, "2025-07-25 00:00"), 1)[0]
	for now, want := range map[string]string{
		"2025-06-30 23:00": "0s of 0s", // not known yet
		"2025-07-01 00:10": "0s of 22m19.2s",
		"2025-07-10 06:20": "6m0s of 22m19.2s", // a second in a partial outage costs 0.3
		"2025-07-25 07:10": "22m0s of 22m19.2s",
		"2025-09-01 00:00": "22m0s of 22m19.2s",
	} {
		budget := s.History(at(t, now)).Budget(c, july.Start, july.End)
		if got := fmt.Sprintf("%s of %s", budget.Used, budget.Allowed); got != want || budget.Spent() {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
	s.impact("website", site.MajorOutage, "2025-07-20 06:00", "2025-07-20 06:01")
	if budget := s.History(at(t, "2025-07-25 07:10")).Budget(c, july.Start, july.End); !budget.Spent() {
		t.Errorf("%v is not spent", budget)
	}
	c.Since = at(t, "2025-07-30 00:00") // of two days the target allows less
	if budget := s.History(at(t, "2025-07-30 12:00")).Budget(c, july.Start, july.End); budget.Allowed != 86400*time.Millisecond {
		t.Errorf("of two days %s are allowed", budget.Allowed)
	}
	c.Target = site.Target{}
	if budget := s.History(at(t, "2025-08-02 00:00")).Budget(c, july.Start, july.End); budget != (site.Budget{}) {
		t.Errorf("without a target there is a budget: %v", budget)
	}
}
