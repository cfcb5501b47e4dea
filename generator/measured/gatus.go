package measured

import (
	"encoding/json"
	"math"
	"time"
)

// gatusEndpoint is an endpoint as Gatus' API gives it
// (https://github.com/TwiN/gatus#api): with the results of its checks, or with the response
// times of hours.
type gatusEndpoint struct {
	Name, Group, Key string
	Results          []struct {
		Duration  float64 // in nanoseconds
		Success   bool
		Timestamp time.Time
	}
	Timestamps []float64 // in milliseconds
	Values     []float64 // in milliseconds
}

// gatus reads one endpoint or a list of them. Values are response times in milliseconds.
// Checks that failed have none: a refused connection is no fast answer.
func gatus(data []byte) ([]Series, error) {
	var list []gatusEndpoint
	if data[0] == '{' {
		list = make([]gatusEndpoint, 1)
		if err := json.Unmarshal(data, &list[0]); err != nil {
			return nil, errorf("pass on what /api/v1/endpoints/KEY/statuses answers", "this is not an answer of Gatus: %v", err)
		}
	} else if err := json.Unmarshal(data, &list); err != nil {
		return nil, errorf("pass on what /api/v1/endpoints/statuses answers", "this is not an answer of Gatus: %v", err)
	}
	var all []Series
	for _, e := range list {
		s := Series{Labels: map[string]string{}}
		for name, value := range map[string]string{"name": e.Name, "group": e.Group, "key": e.Key} {
			if value != "" {
				s.Labels[name] = value
			}
		}
		for _, r := range e.Results {
			value := r.Duration / 1e6
			if !r.Success {
				value = math.NaN()
			}
			s.add(r.Timestamp.Unix(), value)
		}
		if len(e.Timestamps) != len(e.Values) {
			return nil, errorf("", "the answer of Gatus has %d times and %d values", len(e.Timestamps), len(e.Values))
		}
		for i, at := range e.Timestamps {
			s.add(int64(math.Floor(at/1000)), e.Values[i])
		}
		all = append(all, s)
	}
	return all, nil
}
