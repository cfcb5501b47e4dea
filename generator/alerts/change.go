package alerts

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// change adds to the open incident what has become worse or better since. If a person has
// written an update, or nothing is new, it changes nothing.
func (d *decider) change() {
	d.Entry = d.open
	if d.handled(d.open) {
		d.note("nothing changes: %s is open, and somebody has written an update", d.open.Slug)
		return
	}
	if d.open.Notice() {
		d.note("nothing changes: %s is open already", d.open.Slug)
		return
	}
	if len(d.open.Updates) >= manyUpdates {
		d.note("nothing changes: %s is open and has %d updates, the most that alerts add", d.open.Slug, len(d.open.Updates))
		return
	}
	wanted, at := d.news()
	if len(wanted) == 0 {
		d.note("nothing changes: %s is open already", d.open.Slug)
		return
	}
	if begin := d.openSince(d.open); !at.After(begin) {
		at = begin.Add(time.Second)
	}
	d.Updates = []source.Update{{Time: at, Status: site.Note, Text: d.words.Changed, Statuses: d.changes(wanted)}}
	d.note("changed: what the alerts of %s affect", d.event.Source())
}

// news returns the places whose status the event changes, and when.
func (d *decider) news() (map[place]site.Status, time.Time) {
	wanted, at := map[place]site.Status{}, time.Time{}
	firing := map[place]site.Status{}
	for _, m := range d.fire {
		for _, p := range d.ruling.places(m) {
			firing[p] = max(firing[p], m.status)
		}
	}
	for _, m := range d.fire {
		start := d.own(m.alert.Start, "began")
		if m.alert.Repeat || d.applied(start, m) {
			continue
		}
		for _, p := range d.ruling.places(m) {
			if now := d.statusOf(d.open, p); firing[p] > now && m.status == firing[p] {
				wanted[p] = firing[p]
				at = later(at, start)
			}
		}
	}
	for _, m := range d.ends {
		for _, p := range d.ruling.places(m) {
			if now := d.statusOf(d.open, p); firing[p] < now && now <= m.status {
				wanted[p] = firing[p] // operational if no other alert fires there
				at = later(at, d.own(m.alert.End, "ended"))
			}
		}
	}
	return wanted, at
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// applied reports whether the open incident has something that began with the alert: then
// the alert is not new. If the status is another one by now, a person has changed it.
func (d *decider) applied(start time.Time, m meaning) bool {
	if !d.trusted(m.alert.Start) {
		return true // nothing distinguishes it from the one before
	}
	if d.open.Begin().Equal(start) {
		return true
	}
	return slices.ContainsFunc(d.open.Impacts, func(i site.Impact) bool { return i.Start.Equal(start) })
}

// statusOf returns the status that an incident gives a place now.
func (d *decider) statusOf(e *site.Entry, p place) site.Status {
	c := d.site.Component(p.component)
	worst := site.Operational
	for i := range e.Impacts {
		if !slices.Contains(e.Impacts[i].RegionsOf(c), p.region) {
			continue
		}
		for _, w := range e.Windows(i, d.now) {
			if w.Contains(d.now) {
				worst = max(worst, e.Impacts[i].Status)
			}
		}
	}
	return worst
}

// openSince returns when an open incident began, or was last reopened.
func (d *decider) openSince(e *site.Entry) time.Time {
	begin := e.Begin()
	for _, s := range e.Spans(d.now) {
		if !s.Start.After(d.now) {
			begin = s.Start
		}
	}
	return begin
}

// handled reports whether a person has written an update since the incident was opened
// or reopened: one that is neither the first of that time nor in our own words.
func (d *decider) handled(e *site.Entry) bool {
	return slices.ContainsFunc(d.since(e), func(u site.Update) bool {
		return !d.ours(u) || u.Status != site.Note && u.Status != site.Monitoring
	})
}

// since returns the updates after the one with which the incident was opened or reopened.
func (d *decider) since(e *site.Entry) []site.Update {
	begin, found := d.openSince(e), -1
	for i, u := range e.Updates {
		if !u.Time.Before(begin) {
			found = i
			break
		}
	}
	return e.Updates[found+1:]
}

// ours reports whether an update has a text that only ingest writes.
func (d *decider) ours(u site.Update) bool {
	text := strings.TrimSpace(u.Body.Markdown)
	return slices.Contains([]string{d.words.Changed, d.words.Again, d.words.Recovered}, text)
}
