package alerts

import "strings"

// opsgeniePayload is the body of Opsgenie's webhook.
type opsgeniePayload struct {
	Action text `json:"action"`
	Alert  *struct {
		ID          text   `json:"alertId"`
		Alias       text   `json:"alias"`
		Message     text   `json:"message"`
		Description text   `json:"description"`
		Entity      text   `json:"entity"`
		Priority    text   `json:"priority"`
		Source      text   `json:"source"`
		Tags        []text `json:"tags"`
		Details     labels `json:"details"`
		CreatedAt   text   `json:"createdAt"` // milliseconds
		UpdatedAt   text   `json:"updatedAt"` // nanoseconds
	} `json:"alert"`
}

func readOpsgenie(data []byte) ([]Event, error) {
	const kind = "opsgenie"
	var p opsgeniePayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch {
	case p.Alert == nil:
		return nil, missing(kind, "alert")
	case p.Action == "":
		return nil, missing(kind, "action")
	case p.Alert.Alias == "" && p.Alert.ID == "":
		return nil, missing(kind, "alert.alias")
	}
	a := Alert{Name: string(p.Alert.Message), Summary: first(p.Alert.Description, p.Alert.Message)}
	a.addLabels(p.Alert.Details)
	for _, tag := range p.Alert.Tags {
		a.addTags(string(tag))
	}
	a.label("entity", string(p.Alert.Entity))
	a.label("priority", string(p.Alert.Priority))
	a.label("source", string(p.Alert.Source))
	a.Start = a.time("alert.createdAt", p.Alert.CreatedAt)
	switch strings.ToLower(string(p.Action)) {
	case "create":
		a.Firing = true
	case "close", "delete":
		a.End = a.time("alert.updatedAt", p.Alert.UpdatedAt)
	default: // Acknowledge, AddNote and so on: it still goes on
		a.Firing, a.Repeat = true, true
	}
	return single(kind, key(first(p.Alert.Alias, p.Alert.ID)), a), nil
}
