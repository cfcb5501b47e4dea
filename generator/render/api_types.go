package render

import (
	"time"

	"allclear/generator/site"
)

// The types of Statuspage's status API, version 2. They have exactly its keys, since
// strict clients refuse others. A pointer is a value that may be null.

// apiSummary is summary.json.
type apiSummary struct {
	Page         apiPage          `json:"page"`
	Components   []apiComponent   `json:"components"`
	Incidents    []apiIncident    `json:"incidents"`
	Maintenances []apiMaintenance `json:"scheduled_maintenances"`
	Status       apiStatus        `json:"status"`
}

// apiStatusFile is status.json.
type apiStatusFile struct {
	Page   apiPage   `json:"page"`
	Status apiStatus `json:"status"`
}

// apiComponentsFile is components.json.
type apiComponentsFile struct {
	Page       apiPage        `json:"page"`
	Components []apiComponent `json:"components"`
}

// apiIncidentsFile is incidents.json, and the lists of unresolved and resolved incidents.
type apiIncidentsFile struct {
	Page      apiPage       `json:"page"`
	Incidents []apiIncident `json:"incidents"`
}

// apiMaintenancesFile is scheduled-maintenances.json, and the lists of active and
// upcoming windows.
type apiMaintenancesFile struct {
	Page         apiPage          `json:"page"`
	Maintenances []apiMaintenance `json:"scheduled_maintenances"`
}

// apiPage is the site, which Statuspage calls a page.
type apiPage struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	Zone      string `json:"time_zone"`
	UpdatedAt string `json:"updated_at"`
}

// apiStatus is the overall status. The indicator is none, minor, major, critical or
// maintenance.
type apiStatus struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

// apiComponent is a component, or a group if Group is set.
type apiComponent struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Status       string   `json:"status"`
	CreatedAt    string   `json:"created_at"`
	UpdatedAt    string   `json:"updated_at"`
	Position     int      `json:"position"`
	Description  *string  `json:"description"`
	Showcase     bool     `json:"showcase"`
	StartDate    *string  `json:"start_date"`
	GroupID      *string  `json:"group_id"`
	PageID       string   `json:"page_id"`
	Group        bool     `json:"group"`
	OnlyDegraded bool     `json:"only_show_if_degraded"`
	Components   []string `json:"components,omitempty"` // the ids of a group's components, never empty
}

// apiIncident is an incident.
type apiIncident struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	Status       string         `json:"status"`
	CreatedAt    string         `json:"created_at"`
	UpdatedAt    string         `json:"updated_at"`
	MonitoringAt *string        `json:"monitoring_at"`
	ResolvedAt   *string        `json:"resolved_at"`
	Impact       string         `json:"impact"`
	Shortlink    string         `json:"shortlink"`
	StartedAt    string         `json:"started_at"`
	PageID       string         `json:"page_id"`
	Updates      []apiUpdate    `json:"incident_updates"`
	Components   []apiComponent `json:"components"`
}

// apiMaintenance is a maintenance window: an incident with planned times.
type apiMaintenance struct {
	apiIncident
	ScheduledFor   string `json:"scheduled_for"`
	ScheduledUntil string `json:"scheduled_until"`
}

// apiUpdate is one update of an incident or window.
type apiUpdate struct {
	ID         string        `json:"id"`
	Status     string        `json:"status"`
	Body       string        `json:"body"`
	IncidentID string        `json:"incident_id"`
	CreatedAt  string        `json:"created_at"`
	UpdatedAt  string        `json:"updated_at"`
	DisplayAt  string        `json:"display_at"`
	Affected   []apiAffected `json:"affected_components"` // null if no status changed
	Deliver    bool          `json:"deliver_notifications"`
	Tweet      *string       `json:"custom_tweet"`
	TweetID    *string       `json:"tweet_id"`
}

// apiAffected is a component whose status an update changed.
type apiAffected struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

// apiTime formats an instant as Statuspage does: in UTC, with milliseconds.
func apiTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// stringOrNil returns a pointer to the text, or nil, which JSON writes as null, if it is
// empty.
func stringOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// apiTimeOrNil returns an instant as apiTime formats it, or nil for the zero time.
func apiTimeOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return stringOrNil(apiTime(t))
}

// apiID returns an id derived from the kind of a thing and from the operator's name for
// it.
func apiID(kind, name string) string { return site.DerivedID(kind, name) }
