package site

import (
	"slices"
	"time"
)

// KnownAt returns a copy of the entry without what is not public at t: later updates, a
// later report, and the texts of an incident's impacts that have not begun. When an
// impact begins and how bad it is stay in the copy.
func (e *Entry) KnownAt(t time.Time) Entry {
	known := *e
	known.Final = Final{}
	known.Updates = slices.Clone(e.updatesBy(t))
	if !e.reportPublished(t) {
		known.Report = nil
	}
	if e.Kind != Incident {
		return known
	}
	for i := range e.Impacts {
		if e.impactBegun(i, t) || !e.Impacts[i].hasText() {
			continue
		}
		if &known.Impacts[0] == &e.Impacts[0] {
			known.Impacts = slices.Clone(e.Impacts)
		}
		known.Impacts[i].Label, known.Impacts[i].Note, known.Impacts[i].ETA = Text{}, Text{}, Moment{}
	}
	return known
}

// impactBegun reports whether impact i has begun by t.
func (e *Entry) impactBegun(i int, t time.Time) bool {
	windows := e.Windows(i, t)
	return len(windows) > 0 && !windows[0].Start.After(t)
}

// hasText reports whether the impact has a label, a note or an eta.
func (i *Impact) hasText() bool {
	return i.Label.Default != "" || i.Note.Default != "" || !i.ETA.IsZero()
}

// RevealsText reports whether text of an incident's impact becomes public at t. A page
// built before t cannot contain it.
func (e *Entry) RevealsText(t time.Time) bool {
	if e.Kind != Incident {
		return false
	}
	for i := range e.Impacts {
		if e.Impacts[i].hasText() && e.impactBegun(i, t) && !e.impactBegun(i, t.Add(-1)) {
			return true
		}
	}
	return false
}
