package alerts

import "strings"

// statusCakePayload is the form that StatusCake posts.
type statusCakePayload struct {
	Status text `json:"Status"`
	Code   text `json:"StatusCode"`
	URL    text `json:"URL"`
	Tags   text `json:"Tags"` // separated by commas
	Name   text `json:"Name"`
	ID     text `json:"TestID"`
}

func readStatusCake(data []byte) ([]Event, error) {
	const kind = "statuscake"
	var p statusCakePayload
	if err := decode(kind, data, &p); err != nil {
		return nil, err
	}
	a := Alert{Name: first(p.Name, p.URL), URL: string(p.URL)}
	if p.Code != "" && p.Code != "0" {
		a.Summary = "Status code " + string(p.Code)
	}
	a.addTags(strings.Split(string(p.Tags), ",")...)
	a.label("status_code", string(p.Code))
	switch strings.ToLower(string(p.Status)) {
	case "down":
		a.Firing = true
	case "up":
	case "":
		return nil, missing(kind, "Status")
	default:
		return nil, unknownValue(kind, "Status", string(p.Status), "Down", "Up")
	}
	switch {
	case p.ID != "":
		return single(kind, key(string(p.ID)), a), nil
	case a.Name != "":
		return single(kind, hash(string(p.Name), string(p.URL)), a), nil
	}
	return nil, missing(kind, "TestID")
}
