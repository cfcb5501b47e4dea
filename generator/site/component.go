package site

import (
	"time"

	"allclear/generator/diag"
)

// Region is a place where components run.
type Region struct {
	ID   string
	Name Text
	Pos  diag.Pos
}

// Group is a heading over components. Its ID, which is part of addresses, is made from
// its name if the manifest gives none.
type Group struct {
	ID          string
	Named       bool // the ID is the operator's, not made from the name
	OwnID       Ref  // the api_id key, which overrides the API's id; usually empty
	Name        Text
	Description Text
	Collapsed   bool // folded on the home page while all its components are operational
	Pos         diag.Pos
}

// Component is a part of the service that customers know by name.
type Component struct {
	ID          string
	Name        Text
	Description Text
	URL         string
	Group       string    // a Group's ID, or ""
	Regions     []Ref     // in the manifest's order; none: the component is global
	Since       time.Time // when it came into service; zero: it always was
	Until       time.Time // when it was retired, the first instant at which it is not in service; zero: never
	Unlisted    bool      // it is in no list and no count; incidents may name it
	OwnID       Ref       // the api_id key, which overrides the API's id; usually empty
	Target      Target
	Aliases     []Ref // old addresses of its page, as Redirect.From
	Pos         diag.Pos
}

// Target is a service-level objective in percent, as the operator wrote it.
type Target struct {
	Percent  float64 // 0: none
	Decimals int     // how many decimals were written
}

// Component returns the component with an id, or nil.
func (s *Site) Component(id string) *Component {
	for i := range s.Components {
		if s.Components[i].ID == id {
			return &s.Components[i]
		}
	}
	return nil
}

// Region returns the region with an id, or nil.
func (s *Site) Region(id string) *Region {
	for i := range s.Regions {
		if s.Regions[i].ID == id {
			return &s.Regions[i]
		}
	}
	return nil
}

// Group returns the group with an id, or nil.
func (s *Site) Group(id string) *Group {
	for i := range s.Groups {
		if s.Groups[i].ID == id {
			return &s.Groups[i]
		}
	}
	return nil
}

// In reports whether the component runs in a region of its own.
func (c Component) In(region string) bool {
	for _, r := range c.Regions {
		if r.ID == region {
			return true
		}
	}
	return false
}
