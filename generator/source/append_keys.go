package source

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/site"
)

// changeFront makes the changes to the front matter that go with the update: to the
// entry's own keys and to its impacts.
func (w *appender) changeFront() error {
	e := *w.entry
	e.Impacts = append([]site.Impact(nil), e.Impacts...)
	e.Final = site.Final{}
	times := make([]impactTimes, len(e.Impacts))
	w.move(&e, times)
	if w.Kind() == site.Incident && w.Status == site.Resolved && !w.Silent {
		w.endIncident()
		if err := w.resolve(&e, times); err != nil {
			return err
		}
	}
	if err := w.release(&e, times); err != nil {
		return err
	}
	begun, err := w.statusChanges(&e, times)
	if err != nil {
		return err
	}
	if err := w.writeImpacts(times, begun); err != nil {
		return err
	}
	return w.writeKeys()
}

// Kind returns the kind of the entry.
func (w *appender) Kind() site.Kind { return w.entry.Kind }

// endIncident moves the end key of the incident to the update's time if it is later.
func (w *appender) endIncident() {
	if w.entry.End.IsZero() || !w.entry.End.After(w.Time) || !w.End.IsZero() {
		return
	}
	end, _ := w.front.get("end")
	w.editor.setTime(end.value, w.Time)
}

// move sets the new start and end of the entry. Impacts that began or ended with the
// entry change too, and no impact ends after its incident.
func (w *appender) move(e *site.Entry, times []impactTimes) {
	begin, over := w.entry.Begin(), w.entry.Interval(w.Time).End
	if e.Kind == site.Maintenance {
		over = e.End.Time
	}
	for n := range e.Impacts {
		i := &e.Impacts[n]
		if !w.Start.IsZero() && !i.Start.IsZero() && i.Start.Equal(begin) {
			times[n].start, i.Start.Time = w.Start, w.Start
		}
		if w.End.IsZero() || i.End.IsZero() || i.End.Equal(w.End) {
			continue
		}
		if !i.Start.Before(w.End) {
			continue // it begins after the new end, which check reports
		}
		if i.End.Equal(over) || e.Kind == site.Incident && i.End.After(w.End) {
			times[n].end, i.End.Time = w.End, w.End
		}
	}
	if !w.Start.IsZero() {
		e.Start.Time = w.Start
	}
	if !w.End.IsZero() {
		e.End.Time = w.End
	}
}

// release removes the end key of an incident that is reopened. Impacts that ended with
// it get that end.
func (w *appender) release(e *site.Entry, times []impactTimes) error {
	if e.Kind == site.Maintenance || e.End.IsZero() || !w.Reopens(w.entry) {
		return nil
	}
	for n := range e.Impacts {
		if i := &e.Impacts[n]; i.End.IsZero() {
			times[n].end, i.End = e.End.Time, e.End
		}
	}
	e.End = site.Moment{}
	end, _ := w.front.get("end")
	return w.editor.remove(end)
}

// writeKeys writes the entry's own keys.
func (w *appender) writeKeys() error {
	if w.Title != "" {
		if err := w.setTitle(); err != nil {
			return err
		}
	}
	var missing []field
	add := func(key string, at time.Time) {
		if at.IsZero() {
			return
		}
		if p, exists := w.front.get(key); exists {
			w.editor.setTime(p.value, at)
			return
		}
		missing = append(missing, field{key, w.editor.writer().time(at)})
	}
	add("start", w.Start)
	if err := w.writeEnd(add); err != nil {
		return err
	}
	add("next_update", w.NextUpdate)
	if len(missing) == 0 {
		return nil
	}
	return w.editor.addKeys(missing)
}

// writeEnd writes the end of the entry, or the duration of a window that has that key
// instead.
func (w *appender) writeEnd(add func(string, time.Time)) error {
	p, exists := w.front.get("duration")
	if !exists || w.Kind() != site.Maintenance {
		add("end", w.End)
		return nil
	}
	start, length := w.entry.Start.Time, w.entry.End.Sub(w.entry.Start.Time)
	if !w.Start.IsZero() {
		start = w.Start
	}
	if w.End.IsZero() || w.End.Sub(start) == length {
		return nil // the end moves with the start
	}
	return w.editor.setText(p, site.FormatDuration(w.End.Sub(start)))
}

// setTitle replaces the title, in the site's default language if it has several.
func (w *appender) setTitle() error {
	p, exists := w.front.get("title")
	if !exists {
		return errors.New("the file has no title")
	}
	if p.shape == table {
		one := p
		for _, lang := range p.keys {
			if strings.EqualFold(lang.name, w.site.Languages[0]) {
				one = lang
			}
		}
		p = one
	}
	if p.shape != text && p.shape != number && p.shape != boolean {
		return errors.New("the title is not on one line: edit the file by hand")
	}
	return w.editor.setText(p, w.Title)
}

// replaceRaw replaces raw[from:to] by a text.
func (p *splicer) replaceRaw(from, to int, text string) {
	p.edits = append(p.edits, edit{from, to, text})
}
