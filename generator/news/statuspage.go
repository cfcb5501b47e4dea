package news

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/site"
)

// Limits of our own; Statuspage documents none.
const (
	statuspageUpdates = 20
	statuspageText    = 10_000 // bytes
)

// statuspageDocs is where receivers read about the form of the messages.
const statuspageDocs = "https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/"

// statuspageMessage is what Statuspage sends to webhooks when an incident is updated
// (support.atlassian.com/statuspage/docs/enable-webhook-notifications).
type statuspageMessage struct {
	Meta     statuspageMeta     `json:"meta"`
	Page     statuspagePage     `json:"page"`
	Incident statuspageIncident `json:"incident"`
}

type statuspageMeta struct {
	Unsubscribe   string `json:"unsubscribe"` // where subscribers find how to end it
	Documentation string `json:"documentation"`
	GeneratedAt   string `json:"generated_at"`
}

type statuspagePage struct {
	ID          string `json:"id"`
	Indicator   string `json:"status_indicator"`
	Description string `json:"status_description"`
}

// statuspageIncident is an incident or a window; ids are those of the site's API.
type statuspageIncident struct {
	statuspageTimes
	ID           string                `json:"id"`
	Name         string                `json:"name"`
	Status       string                `json:"status"`
	Impact       string                `json:"impact"`
	Shortlink    string                `json:"shortlink"`
	Organization string                `json:"organization_id"`
	Backfilled   bool                  `json:"backfilled"`
	Updates      []statuspageUpdate    `json:"incident_updates"` // newest first
	Components   []statuspageComponent `json:"components"`
}

type statuspageTimes struct {
	CreatedAt      string  `json:"created_at"`
	UpdatedAt      string  `json:"updated_at"`
	ResolvedAt     *string `json:"resolved_at"`
	ScheduledFor   *string `json:"scheduled_for"`
	ScheduledUntil *string `json:"scheduled_until"`
}

type statuspageUpdate struct {
	ID         string               `json:"id"`
	IncidentID string               `json:"incident_id"`
	Status     string               `json:"status"`
	Body       string               `json:"body"`
	CreatedAt  string               `json:"created_at"`
	UpdatedAt  string               `json:"updated_at"`
	DisplayAt  string               `json:"display_at"`
	Affected   []statuspageAffected `json:"affected_components"` // null if no status changed
}

type statuspageAffected struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

type statuspageComponent struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

// statuspageWebhook makes a message that receivers of Statuspage's webhooks understand. An
// announcement and a test are incidents without impact, as on pages at Statuspage.
func statuspageWebhook(c content, _ site.NotifyTarget) (Message, error) {
	e, s := c.event, c.site
	state := s.At(e.At)
	m := statuspageMessage{
		Meta: statuspageMeta{s.URL + "/", statuspageDocs, statuspageTime(e.At)},
		Page: statuspagePage{cmp.Or(s.ID, site.DerivedID("page", s.Title.Default)), state.Indicator.String(), state.Description},
	}
	if e.entry == nil {
		m.Incident = c.statuspagePost()
	} else {
		m.Incident = c.statuspageEntry()
	}
	m.Incident.Organization = m.Page.ID
	body, err := compact(m)
	return Message{
		Body: body, ContentType: jsonType,
		Preview: paragraphs(m.Incident.Name+" ("+m.Incident.Status+")", m.Incident.Updates[0].Body,
			c.serviceText(statuspageText, bytesOf), c.link),
	}, err
}

// statuspagePost returns an announcement or a test.
func (c content) statuspagePost() statuspageIncident {
	at := statuspageTime(c.event.At)
	id := site.DerivedID("incident", c.event.ID)
	update := statuspageUpdate{
		ID: site.DerivedID("incident_update", c.event.ID), IncidentID: id, Status: site.Resolved.String(),
		Body: cmp.Or(cut(c.text, statuspageText, bytesOf), c.title), CreatedAt: at, UpdatedAt: at, DisplayAt: at,
	}
	return statuspageIncident{
		statuspageTimes: statuspageTimes{CreatedAt: at, UpdatedAt: at, ResolvedAt: &at},
		ID:              id, Name: c.headline(), Shortlink: c.link, Status: site.Resolved.String(), Impact: site.None.String(),
		Updates: []statuspageUpdate{update}, Components: c.statuspageComponents(),
	}
}

// statuspageEntry returns an incident or a window as it was at the event.
func (c content) statuspageEntry() statuspageIncident {
	e, at := c.event.entry, c.event.At
	published := slices.DeleteFunc(e.Published(at), func(u *site.Update) bool { return u.Time.After(at) })
	one := statuspageIncident{
		ID: e.APIID(), Name: c.title, Status: statuspageWord(e, e.Phase(at)), Impact: c.event.severity().String(),
		Shortlink: c.site.URL + "/" + c.lang.Path(c.event.Path), Updates: []statuspageUpdate{}, Components: c.statuspageComponents(),
	}
	one.CreatedAt, one.UpdatedAt = statuspageTime(published[len(published)-1].Time), statuspageTime(published[0].Time)
	if end := e.Interval(at).End; !e.Open(at) && !end.IsZero() && !end.After(at) {
		one.ResolvedAt = statuspageTimeOf(end)
	}
	if e.Kind == site.Maintenance {
		one.ScheduledFor, one.ScheduledUntil = statuspageTimeOf(e.Start.Time), statuspageTimeOf(e.End.Time)
	}
	for i := range published {
		if i == statuspageUpdates {
			break
		}
		var before time.Time
		if i+1 < len(published) {
			before = published[i+1].Time
		}
		one.Updates = append(one.Updates, c.statuspageUpdate(published[i], before))
	}
	return one
}

// statuspageUpdate returns an update with the components whose status changed after before.
func (c content) statuspageUpdate(u *site.Update, before time.Time) statuspageUpdate {
	e, at := c.event.entry, statuspageTime(u.Time)
	name := u.ID
	if name == site.FirstID {
		name = "first"
	}
	one := statuspageUpdate{
		ID: site.DerivedID("incident_update", e.Kind.String()+"/"+e.Slug+"#"+name), IncidentID: e.APIID(),
		Status: statuspageWord(e, e.StatusAfter(u)), Body: cut(c.textOf(u), statuspageText, bytesOf),
		CreatedAt: at, UpdatedAt: at, DisplayAt: at,
	}
	for _, change := range c.site.ChangedSince(e, before, u.Time) {
		component := change.Component
		one.Affected = append(one.Affected,
			statuspageAffected{component.APIID(), c.own(component.Name), change.From.String(), change.To.String()})
	}
	return one
}

// statuspageComponents returns the components that the event is about, with the statuses
// that they had then.
func (c content) statuspageComponents() []statuspageComponent {
	list := []statuspageComponent{}
	state := c.site.At(c.event.At)
	about := c.event.components()
	for _, now := range state.Components {
		if slices.Contains(about, now.Component) && now.InService {
			list = append(list, statuspageComponent{now.Component.APIID(), c.own(now.Component.Name), now.Status.String()})
		}
	}
	return list
}

// statuspageWord returns a status in Statuspage's words, which has none for a window that
// was canceled or has a report.
func statuspageWord(e *site.Entry, w site.UpdateStatus) string {
	if e.Kind == site.Maintenance && (w == site.Canceled || w == site.Postmortem) {
		return site.Completed.String()
	}
	return w.String()
}

// statuspageTime formats an instant as Statuspage does.
func statuspageTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// statuspageTimeOf returns an instant as statuspageTime formats it.
func statuspageTimeOf(t time.Time) *string {
	text := statuspageTime(t)
	return &text
}
