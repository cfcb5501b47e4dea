// Package news says what is new between two states of a site: which updates, entries,
// announcements and pages were added, edited or removed, what that changes for visitors,
// and which addresses would be gone.
//
// A [State] is what a state.json says; [Compare] compares two of them, and [Vanished]
// looks for addresses that people may have kept. Nothing here reads a file, a network or
// a clock.
package news

import (
	"encoding/json"
	"errors"
	"time"
)

// State is a state.json, with the keys that comparing needs.
type State struct {
	At          time.Time   `json:"at"`
	NextChange  *time.Time  `json:"next_change_at"`
	Build       string      `json:"build"` // "" if the site was published by an older Allclear
	Indicator   string      `json:"indicator"`
	Description string      `json:"description"`
	Regions     []Named     `json:"regions"`
	Groups      []Named     `json:"groups"`
	Components  []Component `json:"components"`
	Open        []Current   `json:"open"`
	Active      []Current   `json:"active"`
	Upcoming    []Current   `json:"upcoming"`
	Foreseen    []Foreseen  `json:"foreseen"`
	Published   Published   `json:"published"`
}

// Named is a region or a group with its name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Component is a component with its status, by region, and its uptime.
type Component struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Group   *string  `json:"group"`
	Status  string   `json:"status"`
	Label   *string  `json:"label"`
	Regions []Region `json:"regions"`
	Uptime  []Month  `json:"uptime"`
}

// Region is a component in one region; Region is nil for one that is everywhere.
type Region struct {
	Region *string `json:"region"`
	Status string  `json:"status"`
	Label  *string `json:"label"`
}

// Month is the uptime in a month: 2025-07 and 99.95.
type Month struct {
	Month   string `json:"month"`
	Percent string `json:"percent"`
}

// Current is an entry that is open, under way or announced.
type Current struct {
	Title  string     `json:"title"`
	Path   string     `json:"path"`
	Status string     `json:"status"`
	Start  time.Time  `json:"start"`
	End    *time.Time `json:"end"`
}

// Foreseen is what the site shows from a coming instant on, if nobody edits anything.
type Foreseen struct {
	At          time.Time         `json:"at"`
	Indicator   string            `json:"indicator"`
	Description string            `json:"description"`
	Components  map[string]string `json:"components"` // the statuses that change, by component
}

// Published is everything that is public, with digests.
type Published struct {
	Languages     []string `json:"languages"`
	Entries       []Record `json:"entries"`
	Announcements []Post   `json:"announcements"`
	Pages         []Post   `json:"pages"`
	Addresses     []string `json:"addresses"`        // in each language, below its tag but for the first
	Single        []string `json:"single_addresses"` // old addresses and the operator's own pages
	Reports       []Report `json:"reports"`          // on uptime, of periods that are over
}

// Report is a report on the uptime in a month or a quarter.
type Report struct {
	Period     string   `json:"period"` // 2025-07 or 2025-Q3
	Components []Figure `json:"components"`
}

// Figure is the uptime of a component in a report, in percent with five decimals.
type Figure struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Percent string `json:"percent"`
}

// Record is an entry with its updates, newest first.
type Record struct {
	Kind       string     `json:"kind"` // incident or maintenance
	Slug       string     `json:"slug"`
	Title      string     `json:"title"`
	Path       string     `json:"path"`
	Severity   string     `json:"severity"`
	Status     string     `json:"status"`
	Start      time.Time  `json:"start"`
	End        *time.Time `json:"end"`
	Components []string   `json:"components"`
	Digest     string     `json:"digest"` // of all that it says besides its updates
	Updates    []Update   `json:"updates"`
}

// Update is an update of an entry, as feeds have it.
type Update struct {
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	Status string    `json:"status"`
	Auto   bool      `json:"auto"`   // the clock wrote it
	Digest string    `json:"digest"` // of its word and text
}

// Post is an announcement, or one of the operator's own pages, which has no Posted.
type Post struct {
	Title  string    `json:"title"`
	Path   string    `json:"path"`
	Posted time.Time `json:"posted"`
	Digest string    `json:"digest"`
}

// Parse reads a state.json. The error says that it is not one.
func Parse(data []byte) (State, error) {
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return s, errors.New("it is not JSON")
		}
		return s, errors.New("it is not a state.json of allclear, or one of a newer version")
	}
	if s.At.IsZero() || s.Components == nil || s.Indicator == "" {
		return s, errors.New("it is not a state.json of allclear")
	}
	return s, nil
}

// Complete reports whether the state lists everything that is published, with digests.
// Earlier versions of Allclear wrote only the components and what is open.
func (s State) Complete() bool { return s.Build != "" }

// Seen returns the state that visitors see at t: pages carry the coming changes, and show
// each when its time has come. It returns s if t is before the first of them.
func (s State) Seen(t time.Time) State {
	seen := s
	seen.Components = append([]Component(nil), s.Components...)
	seen.Active, seen.Upcoming = append([]Current(nil), s.Active...), nil
	for _, e := range s.Upcoming {
		if e.Start.After(t) {
			seen.Upcoming = append(seen.Upcoming, e)
		} else {
			e.Status = "in_progress"
			seen.Active = append(seen.Active, e)
		}
	}
	for _, f := range s.Foreseen {
		if f.At.After(t) {
			break
		}
		seen.Indicator, seen.Description = f.Indicator, f.Description
		for i := range seen.Components {
			c := &seen.Components[i]
			if status, changes := f.Components[c.ID]; changes {
				c.Status, c.Label, c.Regions = status, nil, nil // the regions are not foreseen
			}
		}
	}
	return seen
}

// Overdue reports whether the site should have been built again by t: what no page
// foresees, such as feeds and the API, is out of date.
func (s State) Overdue(t time.Time) bool { return s.NextChange != nil && !s.NextChange.After(t) }
