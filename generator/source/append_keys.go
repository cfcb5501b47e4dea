package source

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/site"
)

// changeFront changes the front matter as the update demands: the entry's own keys,
// and its impacts.
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

// Kind is the entry's.
func (w *appender) Kind() site.Kind { return w.entry.Kind }

// endIncident moves an explicit end that lies later to the update's time.
func (w *appender) endIncident() {
	if w.entry.End.IsZero() || !w.entry.End.After(w.Time) || !w.End.IsZero() {
		return
	}
	end, _ := w.front.get("end")
	w.editor.setTime(end.value, w.Time)
}

// move gives the entry its new start and end. Impacts that began or ended with it
// go along, and none outlasts an incident.
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
			continue // it began later, which check reports
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

// release takes the written end away from an incident that is opened again, which
// its impacts keep.
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
	say := func(key string, at time.Time) {
		if at.IsZero() {
			return
		}
		if p, said := w.front.get(key); said {
			w.editor.setTime(p.value, at)
			return
		}
		missing = append(missing, field{key, w.editor.pen().time(at)})
	}
	say("start", w.Start)
	if err := w.writeEnd(say); err != nil {
		return err
	}
	say("next_update", w.NextUpdate)
	if len(missing) == 0 {
		return nil
	}
	return w.editor.addKeys(missing)
}

// writeEnd writes the end, or the length of a window that says one.
func (w *appender) writeEnd(say func(string, time.Time)) error {
	p, said := w.front.get("duration")
	if !said || w.Kind() != site.Maintenance {
		say("end", w.End)
		return nil
	}
	start, length := w.entry.Start.Time, w.entry.End.Sub(w.entry.Start.Time)
	if !w.Start.IsZero() {
		start = w.Start
	}
	if w.End.IsZero() || w.End.Sub(start) == length {
		return nil // it moves with the start
	}
	return w.editor.setText(p, site.FormatDuration(w.End.Sub(start)))
}

// setTitle writes the title, that of the site's first language where there are more.
func (w *appender) setTitle() error {
	p, said := w.front.get("title")
	if !said {
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
		return errors.New("the title is not in one line: edit the file by hand")
	}
	return w.editor.setText(p, w.Title)
}

// replaceRaw puts a text in place of raw[from:to].
func (p *splicer) replaceRaw(from, to int, text string) {
	p.edits = append(p.edits, edit{from, to, text})
}
