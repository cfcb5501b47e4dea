package alerts

import (
	"strings"
)

// alertmanagerPayload is the body of Alertmanager's webhook (version 4), which Grafana
// sends too, with more fields. A body of one's own has no groupKey and no version.
type alertmanagerPayload struct {
	Status       text                `json:"status"`
	State        text                `json:"state"` // Grafana: alerting or ok
	GroupKey     text                `json:"groupKey"`
	GroupLabels  labels              `json:"groupLabels"`
	CommonLabels labels              `json:"commonLabels"`
	CommonNotes  labels              `json:"commonAnnotations"`
	ExternalURL  text                `json:"externalURL"`
	Alerts       []alertmanagerAlert `json:"alerts"`
}

type alertmanagerAlert struct {
	Status      text   `json:"status"`
	Labels      labels `json:"labels"`
	Annotations labels `json:"annotations"`
	StartsAt    text   `json:"startsAt"`
	EndsAt      text   `json:"endsAt"`
	URL         text   `json:"generatorURL"`
}

func readAlertmanager(data []byte) ([]Event, error) { return readGroup("alertmanager", data) }
func readGrafana(data []byte) ([]Event, error)      { return readGroup("grafana", data) }

// readGroup reads a group of alerts. Its status is resolved once all of its alerts are.
func readGroup(kind string, data []byte) ([]Event, error) {
	var p alertmanagerPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	e := Event{Kind: kind, Key: p.key()}
	status, err := p.status(kind)
	if err != nil {
		return nil, err
	}
	if e.Key == "" {
		return nil, errorf("put groupLabels or the labels of the alerts into the body", "the payload of %s has no field %q", kind,
			"groupLabels")
	}
	if len(p.Alerts) == 0 {
		p.Alerts = []alertmanagerAlert{{Labels: p.CommonLabels, Annotations: p.CommonNotes, URL: p.ExternalURL}}
	}
	fromKey, _ := groupKeyLabels(string(p.GroupKey))
	e.Over = true
	for _, one := range p.Alerts {
		a, err := one.alert(kind, status, p.CommonNotes)
		if err != nil {
			return nil, err
		}
		if status == "resolved" {
			a.Firing = false
		}
		a.addLabels(p.CommonLabels)
		a.addLabels(p.GroupLabels)
		a.addLabels(fromKey)
		if a.Name == "" {
			a.Name = a.Labels["alertname"]
		}
		e.Over = e.Over && !a.Firing
		e.Alerts = append(e.Alerts, a)
	}
	return []Event{e}, nil
}

// status returns the status of the group: firing, resolved, or "" if only its alerts have
// one.
func (p alertmanagerPayload) status(kind string) (string, error) {
	switch strings.ToLower(first(p.Status, p.State)) {
	case "firing", "alerting":
		return "firing", nil
	case "resolved", "ok":
		return "resolved", nil
	case "":
		if len(p.Alerts) > 0 {
			return "", nil
		}
		return "", missing(kind, "status")
	}
	return "", unknownValue(kind, "status", first(p.Status, p.State), "firing", "resolved")
}

// key returns the key of the group: a checksum of the labels by which it is grouped.
func (p alertmanagerPayload) key() string {
	if p.GroupLabels != nil {
		return hashLabels(p.GroupLabels)
	}
	if l, ok := groupKeyLabels(string(p.GroupKey)); ok {
		return hashLabels(l)
	}
	for _, l := range append([]labels{p.CommonLabels}, p.alertLabels()...) {
		if name := l["alertname"]; name != "" { // how Alertmanager's documentation groups
			return hashLabels(map[string]string{"alertname": name})
		}
	}
	if len(p.Alerts) > 0 && len(p.Alerts[0].Labels) > 0 {
		return hashLabels(p.Alerts[0].Labels)
	}
	return ""
}

// alertLabels returns the labels of each alert.
func (p alertmanagerPayload) alertLabels() []labels {
	var list []labels
	for _, a := range p.Alerts {
		list = append(list, a.Labels)
	}
	return list
}

// groupKeyLabels returns the labels in a group key, such as
// {}/{severity="critical"}:{alertname="APIDown"}: those after the last colon that is
// followed by a brace.
func groupKeyLabels(groupKey string) (map[string]string, bool) {
	i := strings.LastIndex(groupKey, ":{")
	if i < 0 || !strings.HasSuffix(groupKey, "}") {
		return nil, false
	}
	l := map[string]string{}
	for rest := groupKey[i+2 : len(groupKey)-1]; rest != ""; {
		name, after, found := strings.Cut(rest, `="`)
		end := closingQuote(after)
		if !found || end < 0 {
			return nil, false
		}
		l[strings.TrimSpace(name)] = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n").Replace(after[:end])
		rest = strings.TrimLeft(after[end+1:], ", ")
	}
	return l, true
}

// closingQuote returns the offset of the first quote that no backslash precedes, or -1.
func closingQuote(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// alert returns one alert of a group whose status is group.
func (one alertmanagerAlert) alert(kind, group string, common labels) (Alert, error) {
	a := Alert{Name: one.Labels["alertname"], URL: string(one.URL)}
	a.addLabels(one.Labels)
	status := strings.ToLower(string(one.Status))
	if status == "" {
		status = group
	}
	switch status {
	case "firing":
		a.Firing = true
	case "resolved":
	case "":
		return a, missing(kind, "alerts.status")
	default:
		return a, unknownValue(kind, "alerts.status", string(one.Status), "firing", "resolved")
	}
	for _, notes := range []labels{one.Annotations, common} {
		if a.Summary == "" {
			a.Summary = first(text(notes["summary"]), text(notes["description"]), text(notes["message"]))
		}
	}
	a.Start = a.time("startsAt", one.StartsAt)
	if end := a.time("endsAt", one.EndsAt); !a.Firing {
		a.End = end
	}
	return a, nil
}
