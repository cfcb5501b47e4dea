package site

import (
	"strings"

	"allclear/generator/diag"
)

// checkAlerts checks the rules for alerts: their templates, and the names of components
// and regions that are written out.
func (s *Site) checkAlerts(list *diag.List) {
	for i := range s.Alerts.List {
		r := &s.Alerts.List[i]
		for _, ref := range r.Components {
			if s.checkTemplate(list, ref, "component") || s.Undeclared || FoldName(ref.ID) == "all" {
				continue
			}
			if id, _ := s.FindComponent(ref.ID); id == "" && len(s.MembersOf(ref.ID)) == 0 {
				s.unknownComponent(list, ref, s.insteadOf)
			}
		}
		for _, ref := range r.Regions {
			if s.checkTemplate(list, ref, "region") || s.Undeclared {
				continue
			}
			if id, _ := s.FindRegion(ref.ID); id == "" {
				s.checkRegions(list, []Ref{ref})
			}
		}
		if r.Status.ID != "" && !s.checkTemplate(list, r.Status, "status") {
			checkAlertStatus(list, r.Status)
		}
		s.checkTemplate(list, r.Message, "message")
		s.checkTemplate(list, Ref{ID: r.Title.Default, Pos: r.TitlePos}, "title")
		for _, text := range r.Title.Other {
			s.checkTemplate(list, Ref{ID: text, Pos: r.TitlePos}, "title")
		}
	}
}

// checkTemplate checks a text of a rule that may contain fields of an alert, and reports
// whether it does.
func (s *Site) checkTemplate(list *diag.List, text Ref, key string) bool {
	if !IsAlertTemplate(text.ID) {
		return false
	}
	if _, problem, hint := ParseAlertTemplate(text.ID); problem != "" {
		list.Error(text.Pos, "bad-template", hint, "%q: %s", key, problem)
	}
	return true
}

// checkAlertStatus checks a status that is written out.
func checkAlertStatus(list *diag.List, ref Ref) {
	usual := []string{"degraded_performance", "partial_outage", "major_outage"}
	status, known := ParseStatus(ref.ID)
	switch {
	case !known:
		list.Error(ref.Pos, "unknown-status", diag.DidYouMean(ref.ID, usual), "unknown status %q", ref.ID)
	case status < DegradedPerformance:
		list.Error(ref.Pos, "bad-alert-rule", "write one of "+strings.Join(usual, ", "),
			"an incident cannot be %q", ref.ID)
	}
}
