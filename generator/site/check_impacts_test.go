package site_test

import (
	"testing"

	"allclear/generator/site"
)

// The outage is over for most at 04:00, and only the first impact's end is missing:
// the page goes on showing the worse one.
func TestAMilderImpactWhileAWorseOneHasNoEnd(t *testing.T) {
	milder := func(first, second string, status site.Status) *story {
		s := tell(t).incident("", "").update(site.Investigating, "2025-07-25 03:00").
			impact(first, site.MajorOutage, "2025-07-25 03:00", "").impact(second, status, "2025-07-25 04:00", "")
		s.last().Impacts[0].Pos.Line, s.last().Impacts[1].Pos.Line = 4, 8
		return s
	}
	s := milder("api", "api", site.DegradedPerformance)
	s.expect(soon, "api=major_outage", "major: Partial System Outage")
	s.checks(soon, "hidden-impact warning")
	s.hints(soon, "end the impact on line 4: end: 2025-07-25 04:00")
	milder("all", "email", site.Operational).checks(soon, "hidden-impact warning")
	milder("api", "api@us", site.PartialOutage).checks(soon, "hidden-impact warning")

	// It has an effect: the first one ends, is milder, or hits less.
	s.last().Impacts[0].End = s.moment("2025-07-25 04:00")
	s.checks(soon)
	s.expect(soon, "api=degraded_performance", "minor: Partially Degraded Service")
	milder("api@us", "api", site.PartialOutage).checks(soon)
	milder("email", "api", site.PartialOutage).checks(soon)
	milder("email", "email,api", site.PartialOutage).checks(soon)
	milder("api", "api", site.MajorOutage).checks(soon)
}

func TestTwoImpactsOfOneComponentFromTheSameTimeOn(t *testing.T) {
	s := tell(t).incident("", "").update(site.Investigating, "2025-07-25 03:00").
		impact("api", site.DegradedPerformance, "", "").impact("all", site.MajorOutage, "", "")
	s.last().Impacts[1].Pos.Line = 9
	s.checks(soon, "hidden-impact warning")
	s.hints(soon, "remove this impact, or end the one on line 9")
	// What is worse for some than for all is a story of its own.
	tell(t).incident("", "").update(site.Investigating, "2025-07-25 03:00").
		impact("all", site.DegradedPerformance, "", "").impact("api", site.MajorOutage, "", "").checks(soon)
}
