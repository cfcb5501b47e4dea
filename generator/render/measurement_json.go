package render

import (
	"encoding/json"
	"time"

	"allclear/generator/site"
)

// measurementPath returns the path of the JSON file of a measurement.
func measurementPath(id string) string { return "measurements/" + id + ".json" }

// measurementJSON is a measurement for programs: what its charts show.
type measurementJSON struct {
	ID        string                 `json:"id"`
	Name      string                 `json:"name"`
	Unit      string                 `json:"unit"`
	Component string                 `json:"component"`
	At        string                 `json:"at"`     // the instant of the build
	Latest    *measuredPointJSON     `json:"latest"` // null if there is none
	Charts    map[string]*chartsJSON `json:"charts"` // day, week, month, quarter
}

// measuredPointJSON is a value and its time.
type measuredPointJSON struct {
	Time  string  `json:"time"`
	Value float64 `json:"value"`
}

// chartsJSON is one chart. Median, p95, min and max are null if nothing was measured.
type chartsJSON struct {
	From    string       `json:"from"`
	To      string       `json:"to"`
	Count   int          `json:"count"`
	Min     *float64     `json:"min"`
	Median  *float64     `json:"median"`
	P95     *float64     `json:"p95"`
	Max     *float64     `json:"max"`
	Buckets []bucketJSON `json:"buckets"`
}

// bucketJSON is one bucket, from its start to that of the next one. In a gap the values are
// null.
type bucketJSON struct {
	Start string   `json:"start"`
	Min   *float64 `json:"min"`
	Mean  *float64 `json:"mean"`
	Max   *float64 `json:"max"`
	Count int      `json:"count"`
}

// measurementFiles returns measurements/ID.json for each measurement.
func (b *build) measurementFiles() ([]File, error) {
	var files []File
	for i := range b.settings.site.Measurements {
		m := &b.settings.site.Measurements[i]
		files = append(files, File{Path: measurementPath(m.ID), Append: appending(func() ([]byte, error) {
			measured, err := b.measured()
			if err != nil {
				return nil, err
			}
			text, err := json.Marshal(b.measurementJSON(m, measured[m.ID]))
			return append(text, '\n'), err
		})})
	}
	return files, nil
}

// measuredBytes returns what the charts of all measurements show, or nothing if that cannot be
// read, which the pages then report.
func (b *build) measuredBytes() []byte {
	measured, _ := b.measured()
	if len(measured) == 0 {
		return nil
	}
	text, _ := json.Marshal(measured)
	return text
}

// measurementJSON returns a measurement for programs, in the site's first language.
func (b *build) measurementJSON(m *site.Measurement, at site.MeasuredAt) measurementJSON {
	out := measurementJSON{
		ID: m.ID, Name: m.Name.Default, Unit: m.Unit.Default, Component: m.Component.ID, At: rfc3339(b.now),
		Charts: map[string]*chartsJSON{},
	}
	if at.Latest.Time != 0 {
		out.Latest = &measuredPointJSON{rfc3339(time.Unix(at.Latest.Time, 0)), at.Latest.Value}
	}
	for r, shown := range at.Ranges {
		c := &chartsJSON{From: rfc3339(shown.Start), To: rfc3339(shown.End), Count: shown.Count}
		if shown.Count > 0 {
			c.Min, c.Median, c.P95, c.Max = &shown.Min, &shown.Median, &shown.Most, &shown.Max
		}
		for _, bucket := range shown.Buckets {
			one := bucketJSON{Start: rfc3339(bucket.Start), Count: bucket.Count}
			if bucket.Count > 0 {
				one.Min, one.Mean, one.Max = &bucket.Min, &bucket.Mean, &bucket.Max
			}
			c.Buckets = append(c.Buckets, one)
		}
		out.Charts[site.MeasuredRange(r).String()] = c
	}
	return out
}
