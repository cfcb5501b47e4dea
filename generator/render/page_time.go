package render

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"allclear/generator/site"
)

// moment is an instant as a page shows it.
type moment struct {
	ISO   string // RFC 3339 in UTC
	Text  string // the instant in words
	Dated bool   // whether the text has a date
}

// form returns the key of the sentence for the moment: many languages word "since"
// differently before a date than before a time of day.
func (m moment) form(key string) string {
	if m.Dated {
		return key + ".date"
	}
	return key + ".clock"
}

// hour returns the hour that a time of day begins with, as it is written: 1 for 1:30 pm. It
// chooses between Spanish "a la 1:30" and "a las 2:30".
func (m moment) hour() int {
	digits := strings.TrimLeftFunc(m.Text, func(r rune) bool { return !unicode.IsDigit(r) })
	hour, _, _ := strings.Cut(strings.ReplaceAll(digits, ".", ":"), ":")
	n, _ := strconv.Atoi(hour)
	return n
}

// forMoment wraps a template function so that a moment given as its only argument selects
// the sentence for a date or for a time of day.
func forMoment(say func(string, ...any) string) func(string, ...any) string {
	return func(key string, args ...any) string {
		if len(args) == 1 {
			if m, ok := args[0].(moment); ok {
				return say(m.form(key), "hour", m.hour())
			}
		}
		return say(key, args...)
	}
}

// local returns an instant in the site's time zone.
func (v pageView) local(t time.Time) time.Time { return t.In(v.site.Zone) }

// zoneOf returns the name of the site's time zone at t, in the page's language: CEST, MESZ,
// UTC+3.
func (v pageView) zoneOf(t time.Time) string { return v.lang.Zone(site.ZoneName(v.local(t))) }

// zoneName returns the site's time zone at t for the footer: UTC, or Europe/Berlin
// (CEST).
func (v pageView) zoneName(t time.Time) string {
	name := v.site.Zone.String()
	if name == v.zoneOf(t) {
		return name
	}
	return v.say("date.zone", "name", strings.ReplaceAll(name, "_", " "), "zone", v.zoneOf(t))
}

// moment returns an instant with its date and time zone; the zero value for the zero
// time.
func (v pageView) moment(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return v.formattedMoment(t, "moment")
}

// clockTime returns an instant with its time zone, and with its date unless that is the
// day of near; the zero value for the zero time.
func (v pageView) clockTime(t, near time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return v.formattedMoment(t, v.timeForm(t, near))
}

// formattedMoment returns an instant in one of the language's date formats, with its time
// zone.
func (v pageView) formattedMoment(t time.Time, form string) moment {
	return moment{rfc3339(t), v.zonedDate(t, form), form != "time"}
}

// zonedDate returns an instant in one of the language's date formats, with its time zone,
// as text.
func (v pageView) zonedDate(t time.Time, form string) string {
	return v.lang.ZonedDate(form, v.local(t), v.zoneOf(t))
}

// shortTime formats an instant without its time zone, and without the date if that is the
// day of near.
func (v pageView) shortTime(t, near time.Time) string {
	return v.lang.Date(v.timeForm(t, near), v.local(t))
}

// timeForm returns the format of an instant: without a date if that is the day of near,
// and without a year if that is the year of near.
func (v pageView) timeForm(t, near time.Time) string {
	t, near = v.local(t), v.local(near)
	switch {
	case sameDay(t, near):
		return "time"
	case t.Year() == near.Year():
		return "near"
	}
	return "moment"
}

// duration returns the time of an entry as visitors know it. An open incident has no end.
// A window that is announced, or was canceled before it began, has its planned time.
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

// span is an interval as a page shows it.
type span struct {
	From    moment // the start
	To      moment // the end; zero if it is not known, or in the same minute as the start
	Before  string // the text before From
	Between string // the text between From and To
	After   string // the text after To
	Length  string // "1 h 48 min"; "" if the end is not known
}

// String returns the interval as plain text.
func (s span) String() string { return s.Before + s.From.Text + s.Between + s.To.Text + s.After }

// span returns an interval, without its date if that is the day of near; a zero near
// means always with the date. An interval without an end has no length.
func (v pageView) span(i site.Interval, near time.Time) span {
	s := v.spanTexts(i, near)
	if i.End.IsZero() {
		return s
	}
	s.From.ISO, s.Length = rfc3339(i.Start), v.lang.Duration(i.End.Sub(i.Start))
	if s.To.Text != "" {
		s.To.ISO = rfc3339(i.End)
	}
	return s
}

// spanLine returns the text of an interval on one line, with its date.
func (v pageView) spanLine(i site.Interval) string { return v.spanTexts(i, time.Time{}).String() }

// spanTexts returns an interval as span does, with its texts alone if it has an end.
func (v pageView) spanTexts(i site.Interval, near time.Time) (s span) {
	if i.End.IsZero() {
		return span{From: v.clockTime(i.Start, near)}
	}
	from, to := v.spanForms(i.Start, i.End, near)
	s.From.Dated = from != "time"
	switch {
	case v.sameMinute(i):
		s.From.Text = v.zonedDate(i.Start, from)
		return s
	case v.zoneOf(i.Start) == v.zoneOf(i.End):
		s.From.Text = v.lang.Date(from, v.local(i.Start))
	default:
		s.From.Text = v.zonedDate(i.Start, from)
	}
	s.To.Text, s.To.Dated = v.zonedDate(i.End, to), to != "time"
	s.Before, s.Between, s.After = v.lang.Between(spanKey(s.To.Dated))
	return s
}

// sameMinute reports whether both ends of an interval read the same: an incident that took
// 30 seconds was at 11:27, not from 11:27 to 11:27.
func (v pageView) sameMinute(i site.Interval) bool {
	return i.End.Sub(i.Start) < time.Minute && v.lang.Date("moment", v.local(i.Start)) == v.lang.Date("moment", v.local(i.End))
}

// spanForms returns the formats of the two ends of an interval: both with a date if that is
// not the same, both with a year if they differ in it. A year that both share stands once,
// at the end of the text or, where dates begin with the year, at its start.
func (v pageView) spanForms(start, end, near time.Time) (from, to string) {
	from = v.timeForm(start, near)
	switch {
	case sameDay(v.local(start), v.local(end)):
		return from, "time"
	case v.local(start).Year() != v.local(end).Year():
		return "moment", "moment"
	case from == "moment" && v.lang.YearFirst():
		return "moment", "near"
	case from == "moment":
		return "near", "moment"
	}
	return "near", "near"
}

// spanKey returns the key of the text that joins two times of day, or two dates.
func spanKey(dated bool) string {
	if dated {
		return "span.dates"
	}
	return "span.times"
}
