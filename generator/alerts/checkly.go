package alerts

import "strings"

// checklyPayload is the body that Checkly's documentation proposes for a webhook, with
// all values as strings.
type checklyPayload struct {
	Event     text `json:"event"`
	Type      text `json:"alert_type"`
	Name      text `json:"check_name"`
	Group     text `json:"group_name"`
	ID        text `json:"check_id"`
	CheckType text `json:"check_type"`
	Error     text `json:"check_error_message"`
	Location  text `json:"run_location"`
	StartedAt text `json:"started_at"` // of the run, not of the trouble
	Tags      text `json:"tags"`       // separated by commas
	Link      text `json:"link"`
	Region    text `json:"region"`
}

func readCheckly(data []byte) ([]Event, error) {
	const kind = "checkly"
	var p checklyPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.ID == "" && p.Name == "" {
		return nil, missing(kind, "check_id")
	}
	a := Alert{Name: string(p.Name), Summary: first(p.Error, p.Event), URL: string(p.Link)}
	a.addTags(strings.FieldsFunc(string(p.Tags), func(r rune) bool { return r == ',' || r == '[' || r == ']' || r == '"' })...)
	a.label("group", string(p.Group))
	a.label("check_type", string(p.CheckType))
	a.label("run_location", string(p.Location))
	a.label("region", string(p.Region))
	a.label("alert_type", string(p.Type))
	at := a.time("started_at", p.StartedAt)
	word := strings.ToUpper(string(p.Type))
	switch {
	case strings.HasSuffix(word, "RECOVERY"):
		a.End = at
	case strings.HasPrefix(word, "ALERT_SSL"):
		return note(kind, "the certificate of %s expires soon; customers see nothing of it yet, so nothing changes", quoted(a.Name)), nil
	case word == "NO_ALERT":
		return note(kind, "a message of Checkly that is no alert (NO_ALERT); nothing to do"), nil
	case strings.HasPrefix(word, "ALERT_FAIL"), strings.HasPrefix(word, "ALERT_DEGRADED"):
		a.Firing, a.Start, a.Repeat = true, at, strings.HasSuffix(word, "_REMAIN")
	case word == "":
		return nil, missing(kind, "alert_type")
	default:
		return nil, unknownValue(kind, "alert_type", string(p.Type), "ALERT_FAILURE", "ALERT_DEGRADED", "ALERT_RECOVERY")
	}
	return single(kind, key(first(p.ID, p.Name)), a), nil
}
