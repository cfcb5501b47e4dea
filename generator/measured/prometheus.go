package measured

import (
	"encoding/json"
	"math"
	"strconv"
)

// prometheus reads an answer of Prometheus' query_range or query
// (https://prometheus.io/docs/prometheus/latest/querying/api/). Values are texts there, and
// times seconds with decimals.
func prometheus(data []byte) ([]Series, error) {
	type sampleOf [2]json.RawMessage
	var answer struct {
		Status string
		Error  string
		Data   struct {
			ResultType string
			Result     []struct {
				Metric map[string]string
				Values []sampleOf
				Value  *sampleOf
			}
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, errorf("ask /api/v1/query_range, and pass the answer on as it is", "this is not an answer of Prometheus: %v", err)
	}
	if answer.Status != "success" {
		return nil, errorf("correct the query", "Prometheus answered with an error: %s", answer.Error)
	}
	var list []Series
	for _, r := range answer.Data.Result {
		s := Series{Labels: map[string]string{}}
		for name, value := range r.Metric {
			if name == "__name__" {
				name = "name"
			}
			s.Labels[name] = value
		}
		if r.Value != nil {
			r.Values = append(r.Values, *r.Value)
		}
		for _, v := range r.Values {
			var seconds float64
			var text string
			if json.Unmarshal(v[0], &seconds) != nil || json.Unmarshal(v[1], &text) != nil {
				return nil, errorf("", "a value of Prometheus is no pair of a time and a text: [%.40s, %.40s]", v[0], v[1])
			}
			value, err := strconv.ParseFloat(text, 64)
			if err != nil && !math.IsInf(value, 0) {
				return nil, errorf("", "a value of Prometheus is no number: %.40q", text)
			}
			s.add(int64(math.Floor(seconds)), value)
		}
		list = append(list, s)
	}
	return list, nil
}
