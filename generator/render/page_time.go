package render

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// moment is an instant as a page shows it.
type moment struct {
	ISO   string // RFC 3339 in UTC
	Text  string // in the words of the language
	Dated bool   // the text has a date
}

// form is the key of a sentence about the moment: many languages say "since" of a
// date in other words than of a time of day.
func (m moment) form(key string) string {
	if m.Dated {
		return key + ".date"
	}
	return key + ".clock"
}

// forMoment lets templates hand a sentence the moment that it is about, which chooses
// the sentence for a time of day or the one for a date.
func forMoment(say func(string, ...any) string) func(string, ...any) string {
	return func(key string, args ...any) string {
		if len(args) == 1 {
			if m, ok := args[0].(moment); ok {
				return say(m.form(key))
			}
		}
		return say(key, args...)
	}
}

func (v pageView) local(t time.Time) time.Time { return t.In(v.site.Zone) }

func (v pageView) zoneOf(t time.Time) string {
	name, _ := v.local(t).Zone()
	return name
}

// zoneName is the site's zone at t in the footer: UTC, or Europe/Berlin (CEST).
func (v pageView) zoneName(t time.Time) string {
	name := v.site.Zone.String()
	if name == v.zoneOf(t) {
		return name
	}
	return v.say("date.zone", "name", strings.ReplaceAll(name, "_", " "), "zone", v.zoneOf(t))
}

// moment is an instant with its date and zone, complete on its own.
func (v pageView) moment(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{rfc3339(t), v.lang.Zoned(v.lang.Date("moment", v.local(t)), v.zoneOf(t)), true}
}

// clockTime is an instant with its zone, and with its date where that is not
// the day of a reference.
func (v pageView) clockTime(t, near time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{rfc3339(t), v.lang.Zoned(v.shortTime(t, near), v.zoneOf(t)), !sameDay(v.local(t), v.local(near))}
}

// bare is an instant without its zone, as short as the reference allows.
func (v pageView) shortTime(t, near time.Time) string {
	t, near = v.local(t), v.local(near)
	switch {
	case sameDay(t, near):
		return v.lang.Date("time", t)
	case t.Year() == near.Year():
		return v.lang.Date("near", t)
	}
	return v.lang.Date("moment", t)
}

// duration is the time of an entry as visitors know it: while an incident is open,
// nobody knows its end. A window that is announced, or was canceled before it began,
// has the time for which it was announced, also where no clock will end it.
func (v entryView) duration() site.Interval {
	e := v.entry
	whole := e.Interval(v.now)
	if e.Kind == site.Incident && e.Open(v.now) {
		whole.End = time.Time{}
	}
	if e.Kind == site.Maintenance && (e.Upcoming(v.now) || whole.End.Equal(whole.Start)) {
		return site.Interval{Start: e.Start.Time, End: e.End.Time}
	}
	return whole
}

// span is a time from one instant to another.
type span struct {
	From, To               moment // To is zero where the end is not known
	Before, Between, After string // what the language says around the two
	Length                 string // "1 h 48 min"
}

// String is the span where nothing is marked up.
func (s span) String() string { return s.Before + s.From.Text + s.Between + s.To.Text + s.After }

// span writes the interval with its date unless it is that of the reference;
// a zero reference gives the full date. Its length is measured up to now.
func (v pageView) span(i site.Interval, near time.Time) span {
	s := span{From: v.clockTime(i.Start, near)}
	if i.End.IsZero() {
		return s
	}
	if v.zoneOf(i.Start) == v.zoneOf(i.End) {
		s.From.Text = v.shortTime(i.Start, near)
	}
	s.To = v.clockTime(i.End, i.Start)
	s.Before, s.Between, s.After = v.lang.Between(spanKey(s.To.Dated))
	s.Length = v.lang.Duration(i.End.Sub(i.Start))
	return s
}

// spanKey is the text that joins two times of day, or two dates.
func spanKey(dated bool) string {
	if dated {
		return "span.dates"
	}
	return "span.times"
}
