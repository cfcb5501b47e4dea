package alerts

import "strings"

// healthchecksPayload is what Healthchecks.io writes for $JSON. now, $NOW, is not in it,
// and is used if it is there.
type healthchecksPayload struct {
	Name        text `json:"name"`
	Slug        text `json:"slug"`
	UUID        text `json:"uuid"`
	UniqueKey   text `json:"unique_key"`
	Code        text `json:"code"`
	Tags        text `json:"tags"` // separated by spaces
	Description text `json:"desc"`
	Status      text `json:"status"`
	Now         text `json:"now"`
}

func readHealthchecks(data []byte) ([]Event, error) {
	const kind = "healthchecks"
	var p healthchecksPayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	id := first(p.Code, p.UUID, p.UniqueKey, p.Slug, p.Name)
	if id == "" {
		return nil, missing(kind, "slug")
	}
	a := Alert{Name: first(p.Name, p.Slug), Summary: string(p.Description)}
	a.addTags(strings.Fields(string(p.Tags))...)
	at := a.time("now", p.Now)
	switch strings.ToLower(string(p.Status)) {
	case "down":
		a.Firing, a.Start = true, at
	case "up":
		a.End = at
	case "new", "grace", "paused", "started":
		return note(kind, "%s is %s at Healthchecks.io, neither up nor down, so nothing changes", quoted(a.Name),
			oneLine(string(p.Status))), nil
	case "":
		return nil, missing(kind, "status")
	default:
		return nil, unknownValue(kind, "status", string(p.Status), "down", "up")
	}
	return single(kind, key(id), a), nil
}
