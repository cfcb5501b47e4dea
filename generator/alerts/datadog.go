package alerts

import "strings"

// datadogPayload is the body that docs/monitoring.md proposes. Datadog has no fixed one:
// it fills in variables, and all values are strings.
type datadogPayload struct {
	Transition text `json:"alert_transition"`
	ID         text `json:"alert_id"`
	Scope      text `json:"alert_scope"`
	Cycle      text `json:"alert_cycle_key"`
	Aggregate  text `json:"aggreg_key"`
	Title      text `json:"title"`
	Body       text `json:"body"`
	Date       text `json:"date"` // milliseconds
	Tags       text `json:"tags"` // separated by commas
	Link       text `json:"link"`
}

func readDatadog(data []byte) ([]Event, error) {
	const kind = "datadog"
	var p datadogPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.Transition == "" {
		return nil, errorf(`add "alert_transition": "$ALERT_TRANSITION" to the body of the webhook, see docs/monitoring.md`,
			"the payload of datadog has no field %q", "alert_transition")
	}
	k := p.key()
	if k == "" {
		return nil, errorf(`add "alert_cycle_key": "$ALERT_CYCLE_KEY" to the body of the webhook, see docs/monitoring.md`,
			"the payload of datadog has no field %q", "alert_cycle_key")
	}
	a := Alert{Name: p.name(), Summary: strings.TrimSpace(strings.ReplaceAll(string(p.Body), "%%%", "")), URL: string(p.Link)}
	a.addTags(strings.Split(string(p.Tags), ",")...)
	at := a.time("date", p.Date)
	word := strings.ToLower(string(p.Transition))
	again := strings.HasPrefix(word, "re-") || word == "renotify"
	switch strings.TrimPrefix(word, "re-") {
	case "triggered", "warn", "no data", "renotify":
		a.Firing, a.Start, a.Repeat = true, at, again
		a.label("transition", strings.TrimPrefix(word, "re-"))
	case "recovered":
		a.End = at
	case "null":
		return note(kind, "a message of Datadog that is no change of an alert; nothing to do"), nil
	default:
		return nil, unknownValue(kind, "alert_transition", string(p.Transition), "Triggered", "Warn", "No Data", "Recovered")
	}
	return single(kind, k, a), nil
}

// key returns the monitor with what it is about, which is the same each time it
// triggers; else the key of this time.
func (p datadogPayload) key() string {
	switch {
	case p.ID != "" && p.Scope != "":
		return hash(string(p.ID), string(p.Scope))
	case p.Cycle != "" || p.Aggregate != "" || p.ID != "":
		return key(first(p.Cycle, p.Aggregate, p.ID))
	}
	return ""
}

// name returns the title without the state at its beginning: "[Triggered on …] Errors".
func (p datadogPayload) name() string {
	if _, after, found := strings.Cut(string(p.Title), "] "); found && strings.HasPrefix(string(p.Title), "[") {
		return after
	}
	return string(p.Title)
}
