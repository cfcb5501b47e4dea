package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
)

func init() { tools["statuspage"] = readStatuspage }

// statuspage reads what Atlassian Statuspage serves: the public API v2 (summary,
// incidents, scheduled-maintenances, components), incidents/CODE.json, and the lists of
// the manage API v1. Its documentation: https://developer.statuspage.io.
type statuspage struct {
	*reader
	components map[string]*node // by code
	order      []string         // codes as they are listed
	groups     map[string]*node // of the manage API, by id
	incidents  map[string]*node // the newest version of each, by id
	ids        []string
	targets    map[string]target
	regions    map[string][]string // the regions of each component
	taken      ids
}

func readStatuspage(r *reader) {
	s := &statuspage{reader: r, components: map[string]*node{}, groups: map[string]*node{}, incidents: map[string]*node{},
		targets: map[string]target{}, regions: map[string][]string{}, taken: ids{}}
	for _, name := range r.with(".json", ".jsonl") {
		s.file(r.json(name), 0)
	}
	if len(s.ids) == newestOnly {
		l := newLoss(nil, "newest", nil, "")
		l.Field, l.Source = "incidents", s.incidents[s.ids[0]].place()
		s.out.Losses = append(s.out.Losses, l)
	}
	s.manifest()
	for _, id := range s.ids {
		s.entry(s.incidents[id])
	}
}

// file takes what a file holds by its keys: a page, lists, or single things.
func (s *statuspage) file(n *node, depth int) {
	switch {
	case n == nil || depth > 3:
	case n.shape == list:
		for _, item := range n.items {
			s.file(item, depth+1)
		}
	case n.has("incident_updates"):
		s.incident(n)
	case n.has("incident"):
		s.file(n.get("incident"), depth+1)
	case n.has("time_zone") && n.has("name"):
		s.page(n)
	case n.has("group_id") || n.has("only_show_if_degraded"):
		s.component(n)
	case n.has("components") && n.get("components").shape == list && n.has("id") && n.has("name"):
		s.groups[n.get("id").str()] = n
	case n.shape == object:
		if page := n.get("page"); page != nil {
			s.page(page)
		}
		for _, key := range []string{"components", "incidents", "scheduled_maintenances"} {
			for _, item := range n.get(key).all() {
				s.file(item, depth+1)
			}
		}
		n.skip("status", "meta")
	}
}

// page takes the settings of the page.
func (s *statuspage) page(n *node) {
	k := &s.out.Site
	if k.Title != "" {
		if id := n.get("id").str(); id != k.ID {
			s.problem(&Problem{Place: n.place(), Message: "this is another page than that of the files before it",
				Hint: "import one page at a time: put the files of each into a folder of its own"})
			return
		}
		n.take()
		return
	}
	k.ID, k.Title, k.URL = n.get("id").str(), n.get("name").trimmed(), webAddress(n.get("url").str())
	if domain := webAddress(n.get("domain").str()); domain != "" {
		k.Homepage, k.URL = k.URL, domain // the manage API: url is the company's own
	}
	k.Description = n.first("page_description", "headline").trimmed()
	if support := n.get("support_url").str(); strings.HasPrefix(support, "mailto:") || webAddress(support) != "" {
		k.Support = support
	}
	s.useZone(n.get("time_zone"))
	n.skip("updated_at", "created_at", "time_zone", "subdomain")
	s.leftover(nil, n)
}

// component remembers a component or a group.
func (s *statuspage) component(n *node) {
	code := n.get("id").str()
	if s.components[code] != nil {
		n.take() // another list has it as well
		return
	}
	if code == "" {
		code = "#" + strconv.Itoa(len(s.order))
	}
	s.components[code] = n
	s.order = append(s.order, code)
}

// incident remembers the newest version of an incident.
func (s *statuspage) incident(n *node) {
	id := n.get("id").str()
	if id == "" {
		id = "#" + strconv.Itoa(len(s.ids))
	}
	old := s.incidents[id]
	if old == nil {
		s.ids = append(s.ids, id)
	}
	if old == nil || len(n.get("incident_updates").all()) >= len(old.get("incident_updates").all()) {
		s.incidents[id] = n
		old.take()
	} else {
		n.take()
	}
}

// statuspageWords are the words of updates.
var statuspageWords = map[string]site.UpdateStatus{
	"investigating": site.Investigating, "identified": site.Identified, "monitoring": site.Monitoring, "resolved": site.Resolved,
	"scheduled": site.Scheduled, "in_progress": site.InProgress, "verifying": site.Verifying, "completed": site.Completed,
	"canceled": site.Canceled, "cancelled": site.Canceled, "update": site.Note,
}

// statuspageStates are the values of an entry's status, and whether it is then over.
var statuspageStates = map[string]bool{
	"investigating": false, "identified": false, "monitoring": false, "resolved": true, "postmortem": true,
	"scheduled": false, "in_progress": false, "verifying": false, "completed": true, "canceled": true, "cancelled": true,
}

// statuspageImpacts are the values of impact.
var statuspageImpacts = map[string]site.Severity{
	"none": site.None, "minor": site.Minor, "major": site.Major, "critical": site.Critical, "maintenance": site.InMaintenance,
}

// newestOnly is how many entries a list of Statuspage's public API has at most.
const newestOnly = 50

// statuspageStatuses are the statuses of components.
var statuspageStatuses = map[string]site.Status{
	"operational": site.Operational, "degraded_performance": site.DegradedPerformance, "partial_outage": site.PartialOutage,
	"major_outage": site.MajorOutage, "under_maintenance": site.UnderMaintenance,
}

// entry makes an entry of an incident or a scheduled maintenance.
func (s *statuspage) entry(n *node) {
	e := &Entry{from: n, ID: n.get("id").str(), Title: n.get("name").str()}
	if !apiID(e.ID) {
		s.lose(e, "api-id", n.get("id"), "id")
		e.ID = ""
	} else {
		e.Aliases = []string{"/incidents/" + e.ID + "/"}
	}
	n.skip("page_id", "shortlink", "updated_at", "monitoring_at", "backfilled", "impact_override", "reminder_intervals",
		"postmortem_body_last_updated_at", "postmortem_body_draft_updated_at", "postmortem_ignored", "postmortem_notified_subscribers",
		"postmortem_notified_twitter", "created_at", "scheduled_remind_prior", "scheduled_reminded_at", "scheduled_auto_in_progress",
		"auto_transition_to_maintenance_state", "auto_transition_to_operational_state", "scheduled_auto_transition",
		"auto_transition_deliver_notifications_at_start", "auto_transition_deliver_notifications_at_end", "auto_tweet_at_beginning",
		"auto_tweet_on_completion", "auto_tweet_on_creation", "auto_tweet_one_hour_before")
	e.Severity, _ = lookup(n.get("impact"), statuspageImpacts)
	if !n.get("scheduled_for").empty() {
		e.Kind, e.Severity = Maintenance, site.SeverityUnset
		e.Start, e.End = s.time(e, n.get("scheduled_for"), "start"), s.time(e, n.get("scheduled_until"), "end")
		n.skip("started_at", "resolved_at")
		n.skip("scheduled_auto_completed")
	} else {
		e.Start = s.time(e, n.get("started_at"), "start")
		n.skip("scheduled_for", "scheduled_until", "scheduled_auto_completed")
	}
	changes := s.updates(e)
	if e.Kind == Incident && len(e.Updates) > 0 && e.Updates[0].Time.Sub(e.Start) < time.Minute {
		e.Start = time.Time{} // the same instant, but for the time that a form took to be sent
	}
	s.impacts(e, changes)
	if s.over(e); len(changes) > 0 {
		s.stays(e)
	}
	if e.Kind == Maintenance && (len(e.Updates) == 0 || e.Updates[0].Status != site.Scheduled) {
		e.Posted = s.time(e, n.get("created_at"), "posted")
		if len(e.Updates) > 0 && e.Updates[0].Time.Before(e.Posted) || !e.Posted.Before(e.Start) {
			e.Posted = time.Time{}
		}
	}
	s.leftover(e, n)
	s.add(e)
}

// over ends an entry that Statuspage counts as over, though no update says so.
func (s *statuspage) over(e *Entry) {
	resolved := e.from.get("resolved_at")
	isOver, _ := lookup(e.from.get("status"), statuspageStates)
	said := slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status.Ends() })
	if e.Kind == Incident && !said {
		e.End = s.time(e, resolved, "end")
		if e.End.IsZero() && isOver {
			s.endUnknown(e)
		}
	}
	resolved.take()
}
