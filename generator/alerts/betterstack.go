package alerts

import "strings"

// betterStackPayload is the body of Better Stack's webhook for incidents.
type betterStackPayload struct {
	Data *struct {
		ID         text `json:"id"`
		Type       text `json:"type"`
		Attributes struct {
			Name       text   `json:"name"`
			URL        text   `json:"url"`
			Cause      text   `json:"cause"`
			StartedAt  text   `json:"started_at"`
			ResolvedAt text   `json:"resolved_at"`
			Status     text   `json:"status"`
			Team       text   `json:"team_name"`
			Metadata   labels `json:"metadata"`
		} `json:"attributes"`
		Relationships struct {
			Monitor struct {
				Data struct {
					ID text `json:"id"`
				} `json:"data"`
			} `json:"monitor"`
		} `json:"relationships"`
	} `json:"data"`
}

func readBetterStack(data []byte) ([]Event, error) {
	const kind = "betterstack"
	var p betterStackPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch {
	case p.Data == nil:
		return nil, missing(kind, "data")
	case p.Data.Type != "" && p.Data.Type != "incident":
		return note(kind, "an event of Better Stack that is about no incident (%s); nothing to do", oneLine(string(p.Data.Type))), nil
	case p.Data.ID == "":
		return nil, missing(kind, "data.id")
	}
	d := p.Data.Attributes
	a := Alert{Name: string(d.Name), Summary: string(d.Cause), URL: string(d.URL)}
	a.addLabels(d.Metadata)
	a.label("team", string(d.Team))
	a.label("monitor", string(p.Data.Relationships.Monitor.Data.ID))
	a.Start = a.time("data.attributes.started_at", d.StartedAt)
	a.End = a.time("data.attributes.resolved_at", d.ResolvedAt)
	a.Firing = d.ResolvedAt == "" && !strings.EqualFold(string(d.Status), "resolved")
	a.Repeat = a.Firing && strings.EqualFold(string(d.Status), "acknowledged")
	return single(kind, key(string(p.Data.ID)), a), nil
}

// readBetterStackPage reads what Better Stack sends to the subscribers of a status page.
func readBetterStackPage([]byte) ([]Event, error) {
	return note("betterstack", "a message to the subscribers of a status page at Better Stack, not an alert; nothing to do. "+
		"Alerts come from a webhook under Integrations"), nil
}
