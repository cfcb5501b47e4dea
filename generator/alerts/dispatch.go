package alerts

import (
	"encoding/json"
	"maps"
	"slices"
)

// dispatchPayload is the event of a workflow that GitHub's API started
// (repository_dispatch), or the request that starts it.
type dispatchPayload struct {
	Action    text            `json:"action"` // the event_type of the request
	EventType text            `json:"event_type"`
	Payload   json.RawMessage `json:"client_payload"`
}

// readDispatch reads the payload of another source that is wrapped in a
// repository_dispatch, under any key or without one, or else an object with state,
// component, status and title.
func readDispatch(data []byte) ([]Event, error) {
	const kind = "github-dispatch"
	var p dispatchPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	var top map[string]json.RawMessage
	if len(p.Payload) == 0 || json.Unmarshal(p.Payload, &top) != nil || len(top) == 0 {
		return nil, errorf(`send {"event_type": "alert", "client_payload": {"alert": …}}`,
			"the payload of github-dispatch cannot be read: the field %q is no object, or an empty one",
			"client_payload")
	}
	var events []Event
	for _, name := range slices.Sorted(maps.Keys(top)) {
		if !slices.Contains(Kinds(), name) || wraps(name) || name == "github-issue" {
			continue
		}
		found, err := readObject(top[name], name)
		if err != nil {
			return nil, err
		}
		events = append(events, found...)
	}
	if len(events) > 0 {
		return events, nil
	}
	// An issue needs no rule, so a monitor must not send one.
	if s := recognize(top); s != nil && s.kind != kind && s.kind != "github-issue" {
		return s.read(p.Payload)
	}
	for _, name := range slices.Sorted(maps.Keys(top)) {
		raw := top[name]
		var inner map[string]json.RawMessage
		if json.Unmarshal(raw, &inner) != nil {
			continue
		}
		if s := recognize(inner); s != nil && s.kind != kind && s.kind != "github-issue" {
			return s.read(raw)
		}
	}
	return readDispatchFields(kind, p)
}

// readDispatchFields reads an object with state, component, status and title.
func readDispatchFields(kind string, p dispatchPayload) ([]Event, error) {
	var l labels
	if err := decode(kind, p.Payload, &l); err != nil {
		return nil, err
	}
	a, ok := genericAlert(l, first(p.Action, p.EventType))
	if !ok {
		return nil, errorf(`add "state": "firing" or "state": "resolved"`,
			"the payload of github-dispatch does not say whether the alert fires: client_payload has no field %q", "state")
	}
	if a.Name == "" {
		a.Name = first(text(l["component"]), p.Action, p.EventType)
	}
	a.genericTimes(l, "")
	if id := first(text(l["key"]), text(l["id"])); id != "" {
		return single(kind, key(id), a), nil
	}
	return single(kind, hash(l["component"], a.Name), a), nil
}
