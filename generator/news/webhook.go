package news

import (
	"time"

	"allclear/generator/site"
)

// Limits of what a webhook receives: Standard Webhooks 1.0 recommends less than 20 kB.
const (
	webhookText     = 10_000 // bytes in JSON
	webhookTitle    = 1000
	webhookName     = 80
	webhookServices = 30
	webhookRegions  = 5
	webhookList     = 6000 // bytes of all components
)

// webhookMessage is the body that Standard Webhooks describes: a type, an instant, and data
// of our own. docs/subscribers.md describes it for receivers.
type webhookMessage struct {
	Type      string      `json:"type"`      // incident.update, maintenance.update, maintenance.reminder, announcement.posted or test
	Timestamp string      `json:"timestamp"` // when it was published; RFC 3339, UTC
	Data      webhookData `json:"data"`
}

type webhookData struct {
	ID         string             `json:"id"`     // the permanent id of the update: incidents/x/#u-first
	Site       string             `json:"site"`   // the site's title
	Status     *string            `json:"status"` // investigating, resolved, …; null for what has none
	Word       string             `json:"word"`   // the status in the language of the message
	Title      string             `json:"title"`
	Text       string             `json:"text"` // plain text
	Severity   string             `json:"severity"`
	Components []webhookComponent `json:"components"`
	Start      *string            `json:"start"` // of maintenance: its planned start
	End        *string            `json:"end"`
	URL        string             `json:"url"`
	Language   string             `json:"language"`
}

type webhookComponent struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Regions []string `json:"regions"` // ids; empty: all of the component's, if it has any
	From    string   `json:"from"`    // operational, major_outage, …
	To      string   `json:"to"`
}

var webhookTypes = map[string]string{
	Incident: "incident.update", Maintenance: "maintenance.update", Reminder: "maintenance.reminder",
	Announcement: "announcement.posted", Test: "test",
}

// webhook makes a message of Standard Webhooks. Its signature is made where it is sent.
func webhook(c content, _ site.NotifyTarget) (Message, error) {
	e := c.event
	data := webhookData{
		ID: e.ID, Site: cut(c.own(c.site.Title), webhookTitle, textInJSON), Word: cut(c.word, webhookName, textInJSON),
		Title: cut(c.title, webhookTitle, textInJSON), Text: cut(c.text, webhookText, textInJSON),
		Severity: e.severity().String(), Components: c.webhookComponents(), URL: c.link, Language: c.lang.Tag,
	}
	if e.update != nil {
		status := e.Word()
		data.Status = &status
	}
	if e.entry != nil && e.entry.Kind == site.Maintenance {
		start, end := instant(&e.entry.Start.Time), instant(&e.entry.End.Time)
		data.Start, data.End = &start, &end
	}
	body, err := compact(webhookMessage{webhookTypes[e.Kind], e.At.Format(time.RFC3339), data})
	return Message{
		Body: body, ContentType: jsonType, Key: "msg_" + c.key,
		Preview: paragraphs(webhookTypes[e.Kind], c.headline(), data.Text, c.serviceText(webhookText, bytesOf), c.link),
	}, err
}

// webhookComponents returns the components that the event is about, with their statuses.
func (c content) webhookComponents() []webhookComponent {
	list := []webhookComponent{}
	seen := map[string]bool{}
	for _, s := range c.services {
		seen[s.component.ID] = true
		regions := append([]string{}, s.regions[:min(len(s.regions), webhookRegions)]...)
		list = append(list, webhookComponent{s.component.ID, c.webhookName(s.component), regions, s.from.String(), s.to.String()})
	}
	for _, component := range c.event.components() {
		if ok := site.Operational.String(); !seen[component.ID] {
			list = append(list, webhookComponent{component.ID, c.webhookName(component), []string{}, ok, ok})
		}
	}
	list = list[:min(len(list), webhookServices)]
	for inJSON(list) > webhookList {
		list = list[:len(list)-1]
	}
	return list
}

// webhookName returns a component's name.
func (c content) webhookName(component *site.Component) string {
	return cut(c.own(component.Name), webhookName, textInJSON)
}

// inJSON counts the bytes of a value in JSON, for a text without the quotes around it.
func inJSON(v any) int {
	encoded, _ := compact(v) // texts and lists of texts always have a form in JSON
	return len(encoded) - 2
}

// textInJSON is inJSON as a measure.
func textInJSON(text string) int { return inJSON(text) }
