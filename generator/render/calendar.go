package render

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	ics "github.com/arran4/golang-ical"

	"allclear/generator/site"
)

// calendars returns the maintenance windows as calendars (RFC 5545), for the whole site
// and for each component and group. There are none without a site URL, since the events'
// globally unique ids are made from it.
func (b *build) calendars() ([]File, error) {
	if b.settings.url == "" {
		return nil, nil
	}
	windows := sync.OnceValue(b.calendarWindows)
	return b.inEach(func(v siteView) []File { return v.calendars(windows) }), nil
}

// calendars returns the calendars in the view's language. A window's UID is the same in
// all languages.
func (v siteView) calendars(windows func() map[string][]*site.Entry) []File {
	title := v.text(v.site.Title)
	newFile := func(folder, id, name string) File {
		made := func() calendar { return v.calendar(folder, name, windows()[id]) }
		file := File{Path: v.lang.Path(folder + "maintenance.ics"), Append: func(into []byte) ([]byte, error) {
			return made().append(into)
		}}
		if v.keyed() {
			file.Key = func() Key { return v.calendarKey(made(), windows()[id]) }
		}
		return file
	}
	files := []File{newFile("", "", v.say("calendar.title", "site", title))}
	for i := range v.site.Components {
		c := &v.site.Components[i]
		name := v.say("calendar.component", "site", title, "component", v.text(c.Name))
		files = append(files, newFile(componentPath(c.ID), c.ID, name))
	}
	for _, g := range v.site.Groups {
		name := v.say("calendar.component", "site", title, "component", v.text(g.Name))
		files = append(files, newFile(componentPath(g.ID), g.ID, name))
	}
	return append(files, v.eventFiles()...)
}

// eventPath returns the path of a window's own calendar.
func eventPath(e *site.Entry) string { return entryPath(e) + "event.ics" }

// eventFiles returns the calendar of each maintenance window that has a page.
func (v siteView) eventFiles() []File {
	var files []File
	for i := range v.entries {
		e := &v.entries[i]
		if e.Kind != site.Maintenance || !e.Visible(v.now) {
			continue
		}
		files = append(files, File{
			Path: v.lang.Path(eventPath(e)), Key: v.settledKey("event", func() any { return v.final(e) }, e),
			Append: func(into []byte) ([]byte, error) {
				cal := ics.NewCalendarFor("allclear")
				cal.SetProductId(calendarProduct)
				cal.AddVEvent(v.final(e).event())
				return appendCalendar(into, cal)
			},
		})
	}
	return files
}

// calendarProduct is the PRODID of calendars (RFC 5545, 3.7.3).
const calendarProduct = "-//Allclear//Allclear//EN"

// calendarWindows returns the newest windows by the id of the component or group that
// they affect, and under "" those of the whole site. It includes windows that are over or
// canceled: without them, calendar programs would keep what they read before. All
// occurrences of series that are to come are among them.
func (x *index) calendarWindows() map[string][]*site.Entry {
	windows := map[string][]*site.Entry{}
	add := func(e *site.Entry) {
		for _, id := range subjects(x.factsOf(e).named()) {
			windows[id] = append(windows[id], e)
		}
	}
	for _, e := range x.plannedWindows() {
		add(e)
	}
	others := 0
	for _, e := range x.newest {
		if e.Kind != site.Maintenance {
			continue
		}
		if add(e); e.Repeated && e.Upcoming(x.now) {
			continue
		}
		if others++; others == apiLength {
			break
		}
	}
	return windows
}

// plannedWindows returns the occurrences of public series that are not announced yet,
// newest first: the calendar has those of the next twelve months.
func (x *index) plannedWindows() []*site.Entry {
	var windows []*site.Entry
	known := site.Site{Series: x.series}
	for i := range x.entries {
		e := &x.entries[i]
		if e.Repeated && !e.NoIndex && !e.Visible(x.now) && !known.SeriesOf(e).Public().After(x.now) {
			windows = append(windows, e)
		}
	}
	slices.SortFunc(windows, func(a, b *site.Entry) int {
		return cmp.Or(b.Start.Compare(a.Start.Time), cmp.Compare(a.Slug, b.Slug))
	})
	return windows
}

// appendCalendar appends a calendar to into.
func appendCalendar(into []byte, cal *ics.Calendar) ([]byte, error) {
	out := bytes.NewBuffer(into)
	err := cal.SerializeTo(out, ics.WithNewLine("\r\n"))
	return out.Bytes(), err
}

// append appends the calendar after RFC 5545 to into, with the refresh interval of RFC
// 7986. It has no METHOD, since that would require an organizer.
func (c calendar) append(into []byte) ([]byte, error) {
	cal := ics.NewCalendarFor("allclear")
	cal.SetProductId(calendarProduct)
	cal.SetName(c.name)
	cal.SetXWRCalName(c.name)
	cal.SetXWRTimezone(c.site.Zone.String())
	cal.SetRefreshInterval("PT15M")
	cal.SetXPublishedTTL("PT15M")
	cal.SetUrl(c.base() + c.folder + "maintenance.ics")
	for _, w := range c.windows {
		if w.planned {
			cal.AddVEvent(w.plannedEvent(w.public))
		} else {
			cal.AddVEvent(w.event())
		}
	}
	if len(c.windows) == 0 {
		cal.AddVTimezone(universal())
	}
	return appendCalendar(into, cal)
}

// universal returns the time zone UTC. A calendar must contain at least one component
// (RFC 5545, 3.6), so one without events contains this.
func universal() *ics.VTimezone {
	zone := ics.NewTimezone("UTC")
	standard := zone.AddStandard()
	standard.AddProperty(ics.ComponentPropertyDtStart, "19700101T000000")
	standard.AddProperty("TZOFFSETFROM", "+0000")
	standard.AddProperty("TZOFFSETTO", "+0000")
	standard.AddProperty("TZNAME", "UTC")
	return zone
}

// event returns a maintenance window as a calendar event.
func (v entryView) event() *ics.VEvent {
	e := v.entry
	event := ics.NewEvent(entryID(e) + "@" + v.host())
	published := v.published()
	when := eventTime(e, v.now)
	event.SetDtStampTime(published[0].Time)
	event.SetCreatedTime(published[len(published)-1].Time)
	event.SetLastModifiedAt(published[0].Time)
	event.SetSequence(revision(published))
	event.SetStartAt(when.Start)
	event.SetEndAt(when.End)
	event.SetSummary(v.text(e.Title))
	event.SetDescription(v.eventText())
	event.SetURL(v.base() + entryPath(e))
	for _, c := range v.named() {
		event.AddProperty(ics.ComponentPropertyCategories, v.text(c.Name))
	}
	event.SetStatus(ics.ObjectStatusConfirmed)
	if e.Phase(v.now) == site.Canceled {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	event.SetTimeTransparency(ics.TransparencyTransparent)
	return event
}

// plannedEvent returns an occurrence that is not announced yet as a calendar event. It
// has only a title and a time, and leads to the home page.
func (v entryView) plannedEvent(public time.Time) *ics.VEvent {
	e := v.entry
	event := ics.NewEvent(entryID(e) + "@" + v.host())
	stamp := e.Start.AddDate(0, 0, -366) // never in the future, and the same in every build
	if public.After(stamp) {
		stamp = public
	}
	event.SetDtStampTime(stamp)
	event.SetSequence(0)
	event.SetStartAt(e.Start.Time)
	event.SetEndAt(e.End.Time)
	event.SetSummary(v.text(e.Title))
	event.SetURL(v.base())
	event.SetTimeTransparency(ics.TransparencyTransparent)
	return event
}

// revision returns an event's SEQUENCE (RFC 5545, 3.8.7.4), which calendar programs
// expect to rise with every change. It counts the published updates. One that a person
// wrote counts three, because it can replace two automatic ones, as when a window that
// had begun is moved, and the number must still rise. A window moved without an update
// keeps its number.
func revision(published []*site.Update) int {
	n := 0
	for _, u := range published {
		switch {
		case !u.Auto:
			n += 3
		case u.Status != site.Scheduled:
			n++
		}
	}
	return n
}

// eventTime returns when a window really was, as far as that is known, or else its
// planned time. A canceled window keeps its planned time.
func eventTime(e *site.Entry, now time.Time) site.Interval {
	planned := site.Interval{Start: e.Start.Time, End: e.End.Time}
	if e.Phase(now) == site.Canceled {
		return planned
	}
	real := e.Interval(now)
	if real.End.IsZero() {
		real.End = planned.End
	}
	if !real.End.After(real.Start) {
		return planned
	}
	return real
}

// eventText returns the description of an event: headline, summary, newest update and
// address.
func (v entryView) eventText() string {
	e, newest := v.entry, v.published()[0]
	parts := []string{v.text(e.Headline), v.plainText(e.Summary)}
	if !newest.Auto {
		parts = append(parts, v.statusWord(newest)+v.say("list.colon")+v.bodyText(newest))
	}
	parts = append(parts, v.base()+entryPath(e))
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n\n")
}

// host returns the host name of the site's URL, without a port.
func (s *settings) host() string {
	u, err := url.Parse(s.url)
	if err != nil {
		return s.url
	}
	return u.Hostname()
}
