package alerts

// uptimeKumaPayload is the body of Uptime Kuma's webhook.
type uptimeKumaPayload struct {
	Heartbeat *struct {
		Status    text `json:"status"` // 0: down, 1: up, 2: pending, 3: maintenance
		Time      text `json:"time"`   // UTC, without a zone
		Message   text `json:"msg"`
		Important *bool
	} `json:"heartbeat"`
	Monitor *struct {
		ID   text `json:"id"`
		Name text `json:"name"`
		URL  text `json:"url"`
		Type text `json:"type"`
		Tags []struct {
			Name  text `json:"name"`
			Value text `json:"value"`
		} `json:"tags"`
	} `json:"monitor"`
	Message text `json:"msg"`
}

func readUptimeKuma(data []byte) ([]Event, error) {
	const kind = "uptime-kuma"
	var p uptimeKumaPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	switch {
	case p.Heartbeat == nil:
		return note(kind, "a message of Uptime Kuma without a heartbeat, such as a test or a certificate that expires; nothing to do"), nil
	case p.Monitor == nil || p.Monitor.ID == "":
		return nil, missing(kind, "monitor.id")
	}
	a := Alert{Name: string(p.Monitor.Name), Summary: first(p.Heartbeat.Message, p.Message), URL: string(p.Monitor.URL)}
	if a.URL == "https://" {
		a.URL = "" // what it writes for monitors without an address
	}
	for _, tag := range p.Monitor.Tags {
		if tag.Value == "" {
			a.addTags(string(tag.Name))
			continue
		}
		a.addTags(string(tag.Name) + ":" + string(tag.Value))
	}
	a.label("type", string(p.Monitor.Type))
	at := a.time("heartbeat.time", p.Heartbeat.Time)
	switch p.Heartbeat.Status {
	case "0":
		a.Firing, a.Start = true, at
		a.Repeat = p.Heartbeat.Important != nil && !*p.Heartbeat.Important
	case "1":
		a.End = at
	case "2":
		return note(kind, "Uptime Kuma is not sure yet that %s is down, so nothing changes; it reports again", quoted(a.Name)), nil
	case "3":
		return note(kind, "Uptime Kuma has %s under maintenance, so nothing changes; to announce it: allclear new maintenance",
			quoted(a.Name)), nil
	case "":
		return nil, missing(kind, "heartbeat.status")
	default:
		return nil, unknownValue(kind, "heartbeat.status", string(p.Heartbeat.Status), "0 (down)", "1 (up)")
	}
	return single(kind, key(string(p.Monitor.ID)), a), nil
}
