package alerts

import (
	"encoding/json"
	"strings"
)

// pingdomPayload is the body of Pingdom's webhook.
type pingdomPayload struct {
	ID     text         `json:"check_id"`
	Name   text         `json:"check_name"`
	Type   text         `json:"check_type"`
	Tags   []pingdomTag `json:"tags"`
	State  text         `json:"current_state"`
	Level  text         `json:"importance_level"`
	Time   text         `json:"state_changed_timestamp"` // seconds
	About  text         `json:"description"`
	Long   text         `json:"long_description"`
	Params struct {
		URL text `json:"full_url"`
	} `json:"check_params"`
}

// pingdomTag is a tag: a text, or an object with a name.
type pingdomTag string

// UnmarshalJSON reads the tag.
func (t *pingdomTag) UnmarshalJSON(data []byte) error {
	var object struct {
		Name text `json:"name"`
	}
	if len(data) > 0 && data[0] == '{' {
		err := json.Unmarshal(data, &object)
		*t = pingdomTag(object.Name)
		return err
	}
	var plain text
	err := plain.UnmarshalJSON(data)
	*t = pingdomTag(plain)
	return err
}

func readPingdom(data []byte) ([]Event, error) {
	const kind = "pingdom"
	var p pingdomPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.ID == "" {
		return nil, missing(kind, "check_id")
	}
	a := Alert{Name: string(p.Name), Summary: first(p.Long, p.About), URL: string(p.Params.URL)}
	for _, tag := range p.Tags {
		a.addTags(string(tag))
	}
	a.label("check_type", string(p.Type))
	a.label("importance_level", string(p.Level))
	at := a.time("state_changed_timestamp", p.Time)
	switch strings.ToUpper(string(p.State)) {
	case "DOWN", "FAILING":
		a.Firing, a.Start = true, at
	case "UP", "SUCCESS":
		a.End = at
	case "UNCONFIRMED_DOWN", "UNCONFIRMED":
		return note(kind, "Pingdom is not sure yet that %s is down, so nothing changes; it reports again", quoted(a.Name)), nil
	case "PAUSED", "UNKNOWN":
		return note(kind, "Pingdom does not know how %s is (%s), so nothing changes", quoted(a.Name), oneLine(string(p.State))), nil
	case "":
		return note(kind, "a test message of Pingdom, without current_state: its webhook works; nothing to do"), nil
	default:
		return nil, unknownValue(kind, "current_state", string(p.State), "DOWN", "UP")
	}
	return single(kind, key(string(p.ID)), a), nil
}
