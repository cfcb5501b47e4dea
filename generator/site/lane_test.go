package site_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/site"
)

// lanesOf describes the lanes of the last entry: "api@eu: partial 06:32–07:00, ...", with
// "…" after what goes on.
func lanesOf(s *story, now string) string {
	var lanes []string
	for _, l := range s.last().Lanes(s.NamedBy(s.last()), at(s.T, now)) {
		name := l.Component.ID
		if len(l.Regions) > 0 {
			name += "@" + strings.Join(l.Regions, "+")
		}
		var parts []string
		for _, p := range l.Parts {
			text := fmt.Sprintf("%s %s–%s", p.Impact.Status, p.Start.Format("15:04"), p.End.Format("15:04"))
			if p.GoesOn {
				text += "…"
			}
			parts = append(parts, text)
		}
		lanes = append(lanes, name+": "+strings.Join(parts, ", "))
	}
	return strings.Join(lanes, "\n")
}

func TestALaneIsOneServiceAndRegionsThatFaredAlike(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "").
		impact("website", site.DegradedPerformance, "2025-07-25 06:00", "2025-07-25 07:00").
		impact("website", site.MajorOutage, "2025-07-25 06:30", "2025-07-25 06:40").
		impact("api@eu", site.PartialOutage, "2025-07-25 06:20", "").
		impact("api@us", site.DegradedPerformance, "2025-07-25 06:50", "2025-07-25 06:55").
		impact("email", site.Operational, "2025-07-25 06:00", "")
	want := "website: degraded_performance 06:00–06:30, major_outage 06:30–06:40, degraded_performance 06:40–07:00\n" +
		"api@us: degraded_performance 06:50–06:55\napi@eu: partial_outage 06:20–07:10…"
	if got := lanesOf(s, "2025-07-25 07:10"); got != want {
		t.Errorf("at 07:10 the lanes are\n%s\nnot\n%s", got, want)
	}
	// What has not begun has no lane.
	want = "website: degraded_performance 06:00–06:25…\napi@eu: partial_outage 06:20–06:25…"
	if got := lanesOf(s, "2025-07-25 06:25"); got != want {
		t.Errorf("at 06:25 the lanes are\n%s\nnot\n%s", got, want)
	}
}

func TestRegionsThatFaredAlikeShareALane(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 07:00").
		impact("api@us", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 07:00").
		impact("api@eu", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 07:00")
	if got := lanesOf(s, "2025-07-25 08:00"); got != "api: partial_outage 06:00–07:00" {
		t.Errorf("two regions that fared alike: %s", got)
	}
	// An outage that came and went is not the same as one that lasted.
	s.last().Impacts[1].Downtime = site.Downtime{Set: true, Length: 10 * time.Minute}
	if got := lanesOf(s, "2025-07-25 08:00"); got != "api@us: partial_outage 06:00–07:00\napi@eu: partial_outage 06:00–07:00" {
		t.Errorf("one of them came and went: %s", got)
	}
}

func TestTheWorstStatusOfLanesCountsEachSecondOnce(t *testing.T) {
	s := tell(t).incident("2025-07-25 06:00", "2025-07-25 08:00").
		impact("website", site.MajorOutage, "2025-07-25 06:00", "2025-07-25 06:30").
		impact("email", site.MajorOutage, "2025-07-25 06:20", "2025-07-25 06:40").
		impact("api", site.PartialOutage, "2025-07-25 06:00", "2025-07-25 08:00")
	now := at(t, "2025-07-25 09:00")
	if worst, length := site.Worst(s.last().Lanes(s.NamedBy(s.last()), now)); worst != site.MajorOutage || length != 40*time.Minute {
		t.Errorf("the worst is %s for %s, not major_outage for 40m", worst, length)
	}
	s.last().Impacts[0].Downtime = site.Downtime{Set: true, Length: time.Minute}
	if _, length := site.Worst(s.last().Lanes(s.NamedBy(s.last()), now)); length != 0 {
		t.Errorf("a length of %s is invented", length)
	}
	if worst, length := site.Worst(nil); worst != site.Operational || length != 0 {
		t.Errorf("without lanes: %s for %s", worst, length)
	}
}
