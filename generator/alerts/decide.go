package alerts

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// Decision is what an event changes. If New and Updates are both empty, it changes
// nothing, and Notes says why.
type Decision struct {
	New     *source.NewEntry // the incident to open, with its first update; or nil
	Entry   *site.Entry      // the incident that Updates are for; nil: the new one
	Updates []source.Update  // in the order of their times

	Notes   []string // what was done, or why nothing was; for people
	Refused []error  // alerts that could not be used, as *Error
}

// Words are the sentences that the incidents of monitoring are written with, in the
// site's first language. They are Markdown.
type Words struct {
	Opened    string // the first update, unless the rule has a message
	Changed   string // other components are affected, or they are affected otherwise
	Again     string // the alert fires again, and its incident is reopened
	Recovered string // the alert is over
}

// maxAge is how old a time of an alert may be. An older one is replaced by the time of
// arrival.
const maxAge = 24 * time.Hour

// Decide returns what an event changes in a site. s must have been read with drafts. now
// is the time of arrival.
//
// An alert that fires opens an incident; if one with its source is open, it only adds
// what is new. One that is over resolves the incident, or says that monitoring reports
// recovery if a person has written an update since. The result does not depend on the
// order in which events arrive, as far as they say when the alert began and ended.
func Decide(e Event, s *site.Site, now time.Time, words Words) Decision {
	if e.Note != "" {
		return Decision{Notes: []string{e.Kind + ": " + e.Note}}
	}
	if e.Issue != nil {
		return decideIssue(e, s, now, words)
	}
	d := decider{event: e, site: s, now: now.Truncate(time.Second), words: words, ruling: ruling{s, e.Kind}}
	d.find()
	d.apply()
	if e.Over {
		d.over()
	} else {
		d.firing()
	}
	return d.Decision
}

// decider is the state of one Decide.
type decider struct {
	Decision
	event  Event
	site   *site.Site
	now    time.Time
	words  Words
	ruling ruling

	open *site.Entry // the open incident with the event's source, or nil
	last *site.Entry // the newest one that is over, or nil

	fire []meaning // of the alerts that fire and that a rule matches
	ends []meaning // of those that are over
	free []Alert   // those that fire and that no rule matches
}

func (d *decider) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(d.Notes, text) {
		d.Notes = append(d.Notes, text)
	}
}

// detail adds a note about one alert of many, unless there are maxDetails notes.
func (d *decider) detail(format string, args ...any) {
	if len(d.Notes) < maxDetails {
		d.note(format, args...)
	}
}

// maxDetails is how many notes people can be expected to read.
const maxDetails = 10

// find sets open and last.
func (d *decider) find() {
	for i := range d.site.Entries {
		e := &d.site.Entries[i]
		if e.Kind != site.Incident || e.Source != d.event.Source() || e.Begin().After(d.now) {
			continue
		}
		slot := &d.last
		if e.Open(d.now) {
			slot = &d.open
		}
		if *slot == nil || e.Begin().After((*slot).Begin()) {
			*slot = e
		}
	}
}

// apply applies the rules to the alerts.
func (d *decider) apply() {
	for _, a := range d.event.Alerts {
		m, err := d.ruling.apply(a)
		switch {
		case err != nil && (a.Firing || d.open == nil):
			d.Refused = append(d.Refused, err)
		case err != nil: // it is over in any case
		case m.rule == nil && a.Firing && d.site.Alerts.Drafts:
			m.rule, m.title = &site.AlertRule{Draft: true}, asTitle(first(text(a.Name), text(d.event.Source())))
			d.fire = append(d.fire, m)
		case m.rule == nil && a.Firing:
			d.free = append(d.free, a)
		case m.rule == nil:
		case a.Firing:
			d.fire = append(d.fire, m)
		default:
			d.ends = append(d.ends, m)
		}
		for _, text := range m.lacks {
			d.detail("the rule at %s cannot be used for its %s; what is usual without it is used", at(m.rule.Pos), text)
		}
		for _, text := range a.unreadable {
			d.detail("%s; the time of arrival is used", text)
		}
	}
}

// own returns a time of an alert, to the second, or the time of arrival if the alert has
// none, or one that is in the future or more than a day ago.
func (d *decider) own(t time.Time, what string) time.Time {
	t = t.Truncate(time.Second)
	switch {
	case t.IsZero():
		return d.now
	case t.After(d.now):
		d.detail("the alert says that it %s %s, which is in the future; the time of arrival is used", what, d.clock(t))
		return d.now
	case d.now.Sub(t) > maxAge:
		d.detail("the alert says that it %s %s, more than 24 hours ago; the time of arrival is used", what, d.clock(t))
		return d.now
	}
	return t
}

// trusted reports whether a time of an alert is used as it is.
func (d *decider) trusted(t time.Time) bool {
	t = t.Truncate(time.Second)
	return !t.IsZero() && !t.After(d.now) && d.now.Sub(t) <= maxAge
}

// clock returns a time for a note.
func (d *decider) clock(t time.Time) string { return clock(d.site, t) }

func clock(s *site.Site, t time.Time) string {
	layout := "2006-01-02 15:04 MST"
	if t.Second() != 0 {
		layout = "2006-01-02 15:04:05 MST"
	}
	return t.In(s.Zone).Format(layout)
}

// firing decides what alerts that fire change.
func (d *decider) firing() {
	if len(d.fire) == 0 && d.open == nil {
		d.unmatched()
		return
	}
	switch {
	case d.open != nil:
		d.change()
	case d.last != nil && d.known(d.last):
		end := endOf(d.last, d.now)
		d.note("nothing changes: the alert began before its incident, %s, ended %s. "+
			"If it goes on: allclear update %s investigating --reopen", d.last.Slug, d.clock(end), d.last.Slug)
	case d.last != nil && d.goesOn():
		d.note("nothing changes: the alert goes on, and somebody has resolved %s. "+
			"To reopen it: allclear update %[1]s investigating --reopen", d.last.Slug)
	case d.last != nil && d.again():
		d.reopen()
	default:
		d.openNew()
	}
}

// unmatched says that no rule matches.
func (d *decider) unmatched() {
	if len(d.site.Alerts.List) == 0 {
		d.note("there are no rules in content/alerts.yml, which say what alerts mean: nothing changes. docs/monitoring.md begins with some")
	}
	for _, a := range d.free {
		d.detail("no rule in content/alerts.yml matches the alert %s: nothing changes", describe(a))
	}
}

// known reports whether all alerts that fire began before an incident ended: they belong
// to it, and the event arrived late or is a repetition.
func (d *decider) known(e *site.Entry) bool {
	end := endOf(e, d.now)
	for _, m := range d.fire {
		if start := m.alert.Start.Truncate(time.Second); start.IsZero() || start.After(d.now) || !start.Before(end) {
			return false
		}
	}
	return true
}

// goesOn reports whether the alerts only repeat what they said before a person resolved
// their incident.
func (d *decider) goesOn() bool {
	resolved := slices.IndexFunc(d.last.Updates, func(u site.Update) bool {
		return u.Status == site.Resolved && u.Time.Equal(endOf(d.last, d.now))
	})
	repeats := !slices.ContainsFunc(d.fire, func(m meaning) bool { return !m.alert.Repeat })
	return repeats && resolved >= 0 && !d.ours(d.last.Updates[resolved])
}

// again reports whether the alert fires again so soon that its last incident goes on. An
// incident that has been reopened again and again does not: its file would become too long.
func (d *decider) again() bool {
	var within time.Duration
	for _, m := range d.fire {
		within = max(within, m.rule.Reopen)
	}
	return within > 0 && len(d.last.Updates) < manyUpdates && d.earliest().Sub(endOf(d.last, d.now)) <= within
}

// manyUpdates is how many updates an incident has when alerts stop adding to it, except
// for its end. A file may have 500; the rest is for people.
const manyUpdates = 200

// earliest returns when the first of the alerts that fire began.
func (d *decider) earliest() time.Time {
	begin := d.now
	for _, m := range d.fire {
		if t := d.own(m.alert.Start, "began"); t.Before(begin) {
			begin = t
		}
	}
	return begin
}

// endOf returns when an incident that is over ended.
func endOf(e *site.Entry, now time.Time) time.Time { return e.Interval(now).End }
