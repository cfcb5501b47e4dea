package alerts

// uptimeRobotPayload is the body that UptimeRobot's documentation proposes, with all
// values as strings. monitorID and alertDateTime are not in it, and are used if they are
// there.
type uptimeRobotPayload struct {
	ID      text `json:"monitorID"`
	URL     text `json:"monitorURL"`
	Name    text `json:"monitorFriendlyName"`
	Type    text `json:"alertType"` // 1: down, 2: up, 3: the certificate expires
	Details text `json:"alertDetails"`
	Time    text `json:"alertDateTime"`
}

func readUptimeRobot(data []byte) ([]Event, error) {
	const kind = "uptimerobot"
	var p uptimeRobotPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	if p.ID == "" && p.URL == "" && p.Name == "" {
		return nil, missing(kind, "monitorURL")
	}
	a := Alert{Name: first(p.Name, p.URL), Summary: string(p.Details), URL: string(p.URL)}
	at := a.time("alertDateTime", p.Time)
	switch p.Type {
	case "1":
		a.Firing, a.Start = true, at
	case "2":
		a.End = at
	case "3":
		return note(kind, "the certificate of %s expires soon; customers see nothing of it yet, so nothing changes", quoted(a.Name)), nil
	case "":
		return nil, missing(kind, "alertType")
	default:
		return nil, unknownValue(kind, "alertType", string(p.Type), "1 (down)", "2 (up)", "3 (certificate)")
	}
	if p.ID != "" {
		return single(kind, key(string(p.ID)), a), nil
	}
	return single(kind, hash(string(p.URL), string(p.Name)), a), nil
}
