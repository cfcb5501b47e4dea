package site

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/diag"
)

// clockSkew is how far the clock of the machine that measures may be ahead.
const clockSkew = 5 * time.Minute

// checkMeasurements checks that the component of each measurement exists, and that no
// value was measured after both now and present.
func (s *Site) checkMeasurements(list *diag.List, declared map[string]*Component, now, present time.Time) {
	if present.Before(now) {
		present = now
	}
	for i := range s.Measurements {
		m := &s.Measurements[i]
		if m.Component.ID != "" && declared[m.Component.ID] == nil && !s.Undeclared {
			s.unknownComponent(list, m.Component, s.oneOf)
		}
		if m.Last.After(present.Add(clockSkew)) {
			list.Error(m.Last.Pos, "future-measurement", "correct the time, or the clock of the machine that measured it",
				"this was measured in the future: now it is %s", present.UTC().Format(time.RFC3339))
		}
	}
}

// oneOf returns the hint for a measurement that names a group: its components.
func (s *Site) oneOf(g *Group) string {
	var members []string
	for _, c := range s.Components {
		if c.Group == g.ID {
			members = append(members, c.ID)
		}
	}
	return fmt.Sprintf("%q is a group: name one of its components, %s", g.ID, strings.Join(members, ", "))
}
