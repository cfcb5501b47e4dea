package importer

import (
	"slices"

	"allclear/generator/site"
)

// impacts works out the impacts of an entry: from the changes, or else from the severity.
func (s *statuspage) impacts(e *Entry, changes []change) {
	var named []target
	for _, c := range e.from.get("components").all() {
		code := c.first("id", "code").str()
		if code == "" {
			if code = c.get("name").trimmed(); code == "" {
				continue
			}
			code = "#" + code
		}
		named = append(named, s.target(code, c))
		c.take()
	}
	e.Impacts = walk(changes, s.regions)
	for _, c := range changes {
		named = append(named, c.target)
	}
	switch {
	case len(named) == 0:
	case e.Kind == Maintenance:
		s.window(e, changes, named)
	case len(e.Impacts) > 0:
		s.unaffected(e, named)
		if e.Severity == site.None {
			s.lose(e, "severity", e.from.get("impact"), "impacts")
			e.Severity = site.SeverityUnset
		}
	case len(changes) == 0 && statusOf(e.Severity) != site.Operational:
		e.Impacts = byRegions(named, s.regions)
		for i := range e.Impacts {
			e.Impacts[i].Status = statusOf(e.Severity)
		}
		s.lose(e, "impact-status", e.from.get("impact"), "components")
	default:
		for _, i := range byRegions(named, nil) {
			e.Components = append(e.Components, i.Components...)
		}
	}
}

// unaffected reports the components that an incident names and never touches.
func (s *statuspage) unaffected(e *Entry, named []target) {
	var seen []string
	for _, i := range e.Impacts {
		seen = append(seen, i.Components...)
	}
	for _, t := range named {
		if !slices.Contains(seen, t.component) {
			seen = append(seen, t.component)
			l := newLoss(e, "unaffected", nil, "components")
			l.Value = t.component
			s.out.Losses = append(s.out.Losses, l)
		}
	}
}

// window makes the impacts of a maintenance: those that never changed are under
// maintenance while it lasts, unless the work began and left them operational.
func (s *statuspage) window(e *Entry, changes []change, named []target) {
	status := site.UnderMaintenance
	if len(changes) > 0 && slices.ContainsFunc(e.Updates, func(u Update) bool {
		return u.Status == site.InProgress ||
			u.Status == site.Completed
	}) {
		status = site.Operational
	}
	var still []target
	for _, t := range named {
		hit := slices.ContainsFunc(e.Impacts, func(i Impact) bool { return slices.Contains(i.Components, t.component) })
		if !hit && !slices.Contains(still, t) {
			still = append(still, t)
		}
	}
	for _, i := range byRegions(still, s.regions) {
		i.Status = status
		e.Impacts = append(e.Impacts, i)
	}
}
