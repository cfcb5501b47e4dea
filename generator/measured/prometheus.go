package measured

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
)

// prometheusAnswer is an answer of Prometheus' query_range or query. Values are pairs of a
// number, the time in seconds, and a text.
type prometheusAnswer struct {
	Status string
	Error  string
	Data   struct {
		ResultType string
		Result     []struct {
			Metric     map[string]string
			Values     [][2]json.RawMessage
			Value      *[2]json.RawMessage
			Histogram  json.RawMessage
			Histograms json.RawMessage
		}
	}
}

// read reads an answer, and reports one that has no series.
func (a *prometheusAnswer) read(data []byte) error {
	const hint = "ask /api/v1/query_range, and pass the answer on as it is"
	var other *json.UnmarshalTypeError
	err := json.Unmarshal(data, a)
	switch {
	case errors.As(err, &other) && (a.Data.ResultType == "scalar" || a.Data.ResultType == "string"):
		return errorf("write vector(…) around the query", "the answer of Prometheus is a %s, and no series", a.Data.ResultType)
	case errors.As(err, &other):
		return errorf(hint, "this is not an answer of Prometheus: %s cannot be %s", strings.ToLower(other.Field), other.Value)
	case err != nil:
		return errorf(hint, "this is not an answer of Prometheus: %v", err)
	case a.Status != "success":
		return errorf("correct the query", "Prometheus answered with an error: %s", a.Error)
	}
	return nil
}

// prometheus reads an answer of Prometheus' query_range or query
// (https://prometheus.io/docs/prometheus/latest/querying/api/).
func prometheus(data []byte) ([]Series, error) {
	var answer prometheusAnswer
	if err := answer.read(data); err != nil {
		return nil, err
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
		if len(r.Histogram)+len(r.Histograms) > 0 {
			return nil, errorf("ask for a number: histogram_quantile(0.95, …), or histogram_avg(…)",
				"the answer of Prometheus has histograms")
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
