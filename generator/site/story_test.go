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
	impact := site.Impact{Status: status, StatusSet: true, Start: s.moment(start), End: s.moment(end)}
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

func (s *story) update(word site.UpdateStatus, when string) *story {
	u := site.Update{Status: word, Time: at(s.T, when), Anchor: when, Body: site.Prose{Markdown: "x"}}
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
