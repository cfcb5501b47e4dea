package alerts

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// cloudEvent is a CloudEvent 1.0 in structured mode.
type cloudEvent struct {
	ID      text            `json:"id"`
	Source  text            `json:"source"`
	Type    text            `json:"type"`
	Subject text            `json:"subject"`
	Time    text            `json:"time"`
	Data    json.RawMessage `json:"data"`
	Base64  text            `json:"data_base64"`
}

func readCloudEvent(data []byte) ([]Event, error) {
	const kind = "cloudevents"
	var p cloudEvent
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch {
	case p.Type == "":
		return nil, missing(kind, "type")
	case p.Source == "":
		return nil, missing(kind, "source")
	case len(p.Data) == 0 && p.Base64 != "":
		decoded, err := base64.StdEncoding.DecodeString(string(p.Base64))
		if err != nil {
			return nil, errorf("", "the payload of cloudevents cannot be read: the field %q is no base64", "data_base64")
		}
		p.Data = decoded
	case len(p.Data) == 0 || string(p.Data) == "null":
		p.Data = []byte("{}")
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(p.Data, &top); err != nil {
		return nil, errorf("send an object with component, status and title",
			"the payload of cloudevents cannot be read: the field %q is no object",
			"data")
	}
	if s := recognize(top); s != nil && !wraps(s.kind) && s.kind != "github-issue" {
		return s.read(p.Data)
	}
	var l labels
	if err := decode(kind, p.Data, &l); err != nil {
		return nil, err
	}
	last := string(p.Type[strings.LastIndexByte(string(p.Type), '.')+1:])
	firing, known := stateWord(last)
	a, ok := genericAlert(l, last)
	if !ok {
		return nil, errorf("end the type in .firing or .resolved, or put status into data",
			"the payload of cloudevents does not say whether the alert fires: the field %q is %s", "type", quoted(string(p.Type)))
	}
	if known {
		a.Firing = firing // the type of the event outweighs a status in its data
	}
	if a.Name == "" {
		a.Name = first(p.Subject, p.Type)
	}
	a.label("subject", string(p.Subject))
	a.label("source", string(p.Source))
	a.label("type", string(p.Type))
	a.genericTimes(l, p.Time)
	about := string(p.Subject)
	if about == "" {
		about = first(text(l["key"]), text(l["component"]), text(a.Name))
	}
	return single(kind, hash(string(p.Source), about), a), nil
}
