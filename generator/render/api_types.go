package render

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// The types of Statuspage's API, version 2: exactly its keys, since strict
// clients refuse others. A pointer is a key that may be null.

type apiSummary struct {
	Page         apiPage          `json:"page"`
	Components   []apiComponent   `json:"components"`
	Incidents    []apiIncident    `json:"incidents"`
	Maintenances []apiMaintenance `json:"scheduled_maintenances"`
	Status       apiStatus        `json:"status"`
}

type apiStatusFile struct {
	Page   apiPage   `json:"page"`
	Status apiStatus `json:"status"`
}

type apiComponentsFile struct {
	Page       apiPage        `json:"page"`
	Components []apiComponent `json:"components"`
}

type apiIncidentsFile struct {
	Page      apiPage       `json:"page"`
	Incidents []apiIncident `json:"incidents"`
}

type apiMaintenancesFile struct {
	Page         apiPage          `json:"page"`
	Maintenances []apiMaintenance `json:"scheduled_maintenances"`
}

type apiPage struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	Zone      string `json:"time_zone"`
	UpdatedAt string `json:"updated_at"`
}

type apiStatus struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

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
	Components   []string `json:"components,omitempty"` // a group's, never empty
}

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

type apiMaintenance struct {
	apiIncident
	ScheduledFor   string `json:"scheduled_for"`
	ScheduledUntil string `json:"scheduled_until"`
}

type apiUpdate struct {
	ID         string        `json:"id"`
	Status     string        `json:"status"`
	Body       string        `json:"body"`
	IncidentID string        `json:"incident_id"`
	CreatedAt  string        `json:"created_at"`
	UpdatedAt  string        `json:"updated_at"`
	DisplayAt  string        `json:"display_at"`
	Affected   []apiAffected `json:"affected_components"` // null where nothing changed
	Deliver    bool          `json:"deliver_notifications"`
	Tweet      *string       `json:"custom_tweet"`
	TweetID    *string       `json:"tweet_id"`
}

type apiAffected struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

// apiTime writes an instant as Statuspage does: in UTC, with milliseconds.
func apiTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// maybe is a string that is null where it is empty.
func stringOrNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func apiTimeOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return stringOrNil(apiTime(t))
}

// apiID derives an id from what a thing is and how the operator calls it.
func apiID(kind, name string) string { return site.DerivedID(kind, name) }

// groupID is the id of a group: one that is only made from its name is no id that a
// site has brought along, whatever its length.
func groupID(g *site.Group) string {
	if g.Named {
		return ownID("group", g.ID)
	}
	return apiID("group", g.ID)
}

// ownID is the id that a component or group has: what the operator wrote, where
// it has the form of Statuspage's ids, so that a site that moves keeps its own.
func ownID(kind, id string) string {
	if len(id) != site.IDLength || strings.ContainsFunc(id, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		return apiID(kind, id)
	}
	return id
}
