package alerts

import "strings"

// gatusPayload is the body that docs/monitoring.md proposes for Gatus' custom alerts.
type gatusPayload struct {
	State       text `json:"state"`
	Group       text `json:"group"`
	Name        text `json:"name"`
	URL         text `json:"url"`
	Description text `json:"description"`
	Errors      text `json:"errors"`
	Conditions  text `json:"conditions"`
}

func readGatus(data []byte) ([]Event, error) {
	const kind = "gatus"
	var p gatusPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.Name == "" {
		return nil, missing(kind, "name")
	}
	a := Alert{Name: string(p.Name), Summary: first(p.Description, p.Errors, p.Conditions), URL: string(p.URL)}
	a.label("group", string(p.Group))
	switch strings.ToLower(string(p.State)) {
	case "triggered":
		a.Firing = true
	case "resolved":
	case "":
		return nil, missing(kind, "state")
	default:
		return nil, unknownValue(kind, "state", string(p.State), "TRIGGERED", "RESOLVED")
	}
	if p.Group == "" {
		return single(kind, key(string(p.Name)), a), nil
	}
	return single(kind, key(string(p.Group), string(p.Name)), a), nil
}
