package alerts

import (
	"slices"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// over decides what an event changes that says that everything is over.
func (d *decider) over() {
	if d.open == nil {
		d.overUnopened()
		return
	}
	d.Entry, d.Refused = d.open, nil
	end := d.end()
	begin := d.openSince(d.open)
	if d.stale(begin) {
		d.note("nothing changes: the alert ended %s, before %s was opened or reopened", d.clock(d.latestEnd()), d.open.Slug)
		return
	}
	if !end.After(begin) {
		end = begin.Add(time.Second) // it was shorter than a second
	}
	if d.handled(d.open) {
		if slices.ContainsFunc(d.since(d.open), func(u site.Update) bool { return u.Status == site.Monitoring && d.ours(u) }) {
			d.note("nothing changes: %s says already that monitoring reports recovery. To close it: allclear update %[1]s resolved",
				d.open.Slug)
			return
		}
		d.Updates = []source.Update{{Time: end, Status: site.Monitoring, Text: d.words.Recovered}}
		d.note("the alert is over, but somebody has written an update. To close it: allclear update %s resolved", d.open.Slug)
		return
	}
	d.Updates = []source.Update{{Time: end, Status: site.Resolved, Text: d.words.Recovered}}
	d.note("resolved: %s", d.event.Source())
}

// end returns when the last alert ended.
func (d *decider) end() time.Time {
	var end time.Time
	for _, a := range d.event.Alerts {
		end = later(end, d.own(a.End, "ended"))
	}
	return end
}

// latestEnd returns when the last alert ended as the source says, or zero if it does not
// say it for one of them, or says a time that is not used.
func (d *decider) latestEnd() time.Time {
	var end time.Time
	for _, a := range d.event.Alerts {
		if !d.trusted(a.End) {
			return time.Time{}
		}
		end = later(end, a.End)
	}
	return end.Truncate(time.Second)
}

// stale reports whether the event is about a time before the incident was opened or
// reopened.
func (d *decider) stale(begin time.Time) bool {
	end := d.latestEnd()
	if end.IsZero() || !end.Before(begin) {
		return false
	}
	return !slices.ContainsFunc(d.event.Alerts, func(a Alert) bool { return a.Start.Truncate(time.Second).Equal(begin) })
}

// overUnopened decides what happens to alerts that are over and have no open incident. If
// they say when they began and ended, the incident is written now, as it would have been
// if the event that opens it had arrived in time.
func (d *decider) overUnopened() {
	begin, end, ok := d.missed()
	if !ok {
		if d.last != nil {
			d.note("nothing changes: %s is over already", d.last.Slug)
			d.Refused = nil
			return
		}
		if len(d.ends) == 0 && len(d.Refused) == 0 {
			d.note("no rule in content/alerts.yml matches the alert %s: nothing changes", describe(d.event.Alerts[0]))
			return
		}
		d.note("nothing changes: no incident is open for %s", d.event.Source())
		d.Refused = nil
		return
	}
	resolved := source.Update{Time: end, Status: site.Resolved, Text: d.words.Recovered}
	d.fire = d.ends
	if d.last != nil && d.again() {
		d.reopen()
		d.Updates = append(d.Updates, resolved)
	} else {
		d.New = d.newEntry(begin, d.ends)
		d.Updates = []source.Update{resolved}
	}
	d.note("it is over already: it began %s and ended %s", d.clock(begin), d.clock(end))
}

// missed returns when alerts that are over began and ended, if both are known and they
// have not been in an incident.
func (d *decider) missed() (begin, end time.Time, ok bool) {
	if len(d.ends) == 0 {
		return begin, end, false
	}
	begin = d.now
	for _, m := range d.ends {
		if !d.trusted(m.alert.Start) || !d.trusted(m.alert.End) || !m.alert.End.After(m.alert.Start) {
			return begin, end, false
		}
		if start := m.alert.Start.Truncate(time.Second); start.Before(begin) {
			begin = start
		}
		end = later(end, m.alert.End.Truncate(time.Second))
	}
	if !end.After(begin) {
		end = begin.Add(time.Second)
	}
	return begin, end, d.last == nil || !begin.Before(endOf(d.last, d.now))
}
