package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// updates reads the updates of an entry, oldest first, and the changes of components.
func (s *statuspage) updates(e *Entry) (changes []change) {
	type dated struct {
		*node
		at time.Time
	}
	var list []dated
	for _, u := range e.from.get("incident_updates").all() {
		at := s.time(e, u.first("display_at", "created_at"), "")
		if at.IsZero() {
			s.undated(e, u.get("body"), "")
			continue
		}
		list = append(list, dated{u, at})
	}
	// Statuspage lists the newest first; of two in one second the lower is older.
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b dated) int { return a.at.Compare(b.at) })
	for _, u := range list {
		u.skip("id", "incident_id", "created_at", "updated_at", "display_at", "deliver_notifications", "wants_twitter_update",
			"twitter_updated_at")
		s.update(e, u.node, u.at)
		if u.get("status").str() == "postmortem" {
			u.skip("affected_components")
			continue
		}
		changes = append(changes, s.changes(e, u.get("affected_components"), u.at)...)
	}
	s.postmortem(e)
	return changes
}

// update adds one update, or the report.
func (s *statuspage) update(e *Entry, u *node, at time.Time) {
	word, body := u.get("status").str(), u.get("body").str()
	if word == "postmortem" {
		s.report(e, u, body, at)
		return
	}
	status, known := statuspageWords[strings.ToLower(word)]
	mark := updateMark(len(e.Updates))
	if !known {
		status = site.Note
		s.lose(e, "word", u.get("status"), mark)
	} else if !slices.Contains(site.UpdateStatuses(e.Kind.siteKind()), status) {
		status = site.Note
		s.lose(e, "update-word", u.get("status"), mark)
	}
	e.Updates = append(e.Updates, Update{Status: status, Time: at, Text: body, from: u})
}

// report sets the report of an entry. A second one stands below the first.
func (s *statuspage) report(e *Entry, from *node, body string, at time.Time) {
	switch {
	case strings.TrimSpace(body) == "" || strings.TrimSpace(body) == strings.TrimSpace(e.Report):
	case e.Report == "":
		e.Report, e.ReportTime = body, at
	default:
		e.Report += "\n\n" + body
		s.lose(e, "second-report", from, "report")
	}
}

// postmortem reads the report of the manage API, if it is published.
func (s *statuspage) postmortem(e *Entry) {
	published := e.from.get("postmortem_published_at")
	body := e.from.first("postmortem_body", "postmortem_body_draft")
	if published.empty() {
		if !body.empty() {
			s.lose(e, "hidden-entry", body, "report")
		}
		e.from.skip("postmortem_body", "postmortem_body_draft")
		return
	}
	s.report(e, body, e.from.get("postmortem_body").str(), s.time(e, published, "report"))
	e.from.skip("postmortem_body_draft")
}

// changes reads which components an update changed.
func (s *statuspage) changes(e *Entry, list *node, at time.Time) (changes []change) {
	for _, c := range list.all() {
		code := c.get("code").str()
		if code == "" {
			if strings.HasPrefix(c.get("name").str(), "No components were affected") { // before 2017
				c.take()
			}
			continue
		}
		c.skip("old_status", "name")
		status, ok := lookup(c.get("new_status"), statuspageStatuses)
		if !ok {
			s.lose(e, "component-word", c.get("new_status"), "impacts")
			continue
		}
		changes = append(changes, change{s.target(code, c), status, at})
	}
	return changes
}
