package alerts

import "strings"

// pagerDutyPayload is the body of PagerDuty's webhook, version 3.
type pagerDutyPayload struct {
	Event *struct {
		Type       text `json:"event_type"`
		OccurredAt text `json:"occurred_at"`
		Data       *struct {
			ID        text    `json:"id"`
			Type      text    `json:"type"`
			URL       text    `json:"html_url"`
			Status    text    `json:"status"`
			CreatedAt text    `json:"created_at"`
			Title     text    `json:"title"`
			Urgency   text    `json:"urgency"`
			Service   summary `json:"service"`
			Priority  summary `json:"priority"`
		} `json:"data"`
	} `json:"event"`
}

// summary is a reference of PagerDuty to another object.
type summary struct {
	Summary text `json:"summary"`
}

func readPagerDuty(data []byte) ([]Event, error) {
	const kind = "pagerduty"
	var p pagerDutyPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.Event == nil {
		return nil, missing(kind, "event")
	}
	word, ofIncident := strings.CutPrefix(string(p.Event.Type), "incident.")
	switch {
	case p.Event.Type == "":
		return nil, missing(kind, "event.event_type")
	case p.Event.Type == "pagey.ping":
		return note(kind, "a test message of PagerDuty: its webhook works; nothing to do"), nil
	case !ofIncident:
		return note(kind, "an event of PagerDuty that is about no incident (%s); subscribe to incident.triggered, incident.reopened and "+
			"incident.resolved only", oneLine(string(p.Event.Type))), nil
	case p.Event.Data == nil:
		return nil, missing(kind, "event.data")
	case p.Event.Data.Type != "" && p.Event.Data.Type != "incident":
		return note(kind, "a note in PagerDuty (%s), which is not published; to publish it: allclear update",
			oneLine(string(p.Event.Type))), nil
	case p.Event.Data.ID == "":
		return nil, missing(kind, "event.data.id")
	}
	d := p.Event.Data
	a := Alert{Name: string(d.Title), Summary: string(d.Title), URL: string(d.URL)}
	a.label("service", string(d.Service.Summary))
	a.label("urgency", string(d.Urgency))
	a.label("priority", string(d.Priority.Summary))
	a.Start = a.time("event.data.created_at", d.CreatedAt)
	at := a.time("event.occurred_at", p.Event.OccurredAt)
	switch {
	case word == "resolved" || d.Status == "resolved":
		a.End = at
	case word == "reopened":
		a.Firing, a.Start = true, at
	case word == "triggered":
		a.Firing = true
	default: // acknowledged, escalated, reassigned and so on: it still goes on
		a.Firing, a.Repeat = true, true
	}
	return single(kind, key(string(d.ID)), a), nil
}
