package site

import (
	"time"

	"allclear/generator/diag"
)

// Measurement is a series of measured values of a component, such as its response time.
// The values are read only when a chart is drawn.
type Measurement struct {
	ID        string // the short name, and the name of its JSON file
	Name      Text
	Unit      Text // "ms"; empty: none
	Component Ref
	File      string // the path of the CSV file from the site's folder
	FilePos   diag.Pos
	Home      bool // also drawn as a small line on the home page
	Pos       diag.Pos

	Last Moment // the newest line of the file; zero: it has none

	// Points returns the points from one instant to another, both included, in order of
	// time.
	Points func(from, to time.Time) ([]Point, error) `json:"-"`
}

// Point is a value that was measured at an instant, or the values of an hour.
type Point struct {
	Time  int64   // Unix seconds; of an hour, its start
	Value float64 // of an hour, the mean
	Min   float64 // the same as Value, except for an hour
	Max   float64
	Hour  bool // it stands for the hour that begins at Time
}

// HourLength is the length of the time that a Point with Hour stands for, in seconds.
const HourLength = 3600

// End returns the instant from which the whole point lies in the past, in Unix seconds.
func (p Point) End() int64 {
	if p.Hour {
		return p.Time + HourLength
	}
	return p.Time
}

// MeasurementsOf returns the measurements of a component, in the manifest's order.
func (s *Site) MeasurementsOf(id string) []*Measurement {
	var found []*Measurement
	for i := range s.Measurements {
		if m := &s.Measurements[i]; m.Component.ID == id {
			found = append(found, m)
		}
	}
	return found
}
