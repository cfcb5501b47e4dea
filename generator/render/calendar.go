package render

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

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
				cal := newCalendar(into)
				v.final(e).event(cal)
				return cal.end(), nil
			},
		})
	}
	return files
}

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

// append appends the calendar after RFC 5545 to into, with the refresh interval of RFC
// 7986. It has no METHOD, since that would require an organizer.
func (c calendar) append(into []byte) ([]byte, error) {
	cal := newCalendar(into)
	cal.text("NAME", c.name)
	cal.text("X-WR-CALNAME", c.name)
	cal.text("X-WR-TIMEZONE", c.site.Zone.String())
	cal.value("REFRESH-INTERVAL;VALUE=DURATION", "PT15M")
	cal.value("X-PUBLISHED-TTL", "PT15M")
	cal.value("URL", c.base()+c.folder+"maintenance.ics")
	for _, w := range c.windows {
		if w.planned {
			w.plannedEvent(cal, w.public)
		} else {
			w.event(cal)
		}
	}
	if len(c.windows) == 0 {
		cal.universal()
	}
	return cal.end(), nil
}

// universal writes the time zone UTC. A calendar must contain at least one component (RFC
// 5545, 3.6), so one without events contains this.
func (c *calendarLines) universal() {
	for _, line := range [][2]string{
		{"BEGIN", "VTIMEZONE"}, {"TZID", "UTC"}, {"BEGIN", "STANDARD"}, {"DTSTART", "19700101T000000"}, {"TZOFFSETFROM", "+0000"},
		{"TZOFFSETTO", "+0000"}, {"TZNAME", "UTC"}, {"END", "STANDARD"}, {"END", "VTIMEZONE"},
	} {
		c.value(line[0], line[1])
	}
}

// event writes a maintenance window as an event of a calendar.
func (v entryView) event(cal *calendarLines) {
	e, published := v.entry, v.published()
	when, status := eventTime(e, v.now), "CONFIRMED"
	if e.Phase(v.now) == site.Canceled {
		status = "CANCELLED"
	}
	cal.value("BEGIN", "VEVENT")
	cal.text("UID", v.eventID())
	cal.time("DTSTAMP", published[0].Time)
	cal.time("CREATED", published[len(published)-1].Time)
	cal.time("LAST-MODIFIED", published[0].Time)
	cal.value("SEQUENCE", strconv.Itoa(revision(published)))
	cal.time("DTSTART", when.Start)
	cal.time("DTEND", when.End)
	cal.text("SUMMARY", v.text(e.Title))
	cal.text("DESCRIPTION", v.eventText())
	cal.value("URL", v.base()+entryPath(e))
	for _, c := range v.named() {
		cal.text("CATEGORIES", v.text(c.Name))
	}
	cal.value("STATUS", status)
	cal.value("TRANSP", "TRANSPARENT")
	cal.value("END", "VEVENT")
}

// eventID returns the globally unique id of a window's event.
func (v entryView) eventID() string { return entryID(v.entry) + "@" + v.host() }

// plannedEvent writes an occurrence that is not announced yet as an event of a calendar.
// It has only a title and a time, and leads to the home page.
func (v entryView) plannedEvent(cal *calendarLines, public time.Time) {
	e := v.entry
	stamp := e.Start.AddDate(0, 0, -366) // never in the future, and the same in every build
	if public.After(stamp) {
		stamp = public
	}
	cal.value("BEGIN", "VEVENT")
	cal.text("UID", v.eventID())
	cal.time("DTSTAMP", stamp)
	cal.value("SEQUENCE", "0")
	cal.time("DTSTART", e.Start.Time)
	cal.time("DTEND", e.End.Time)
	cal.text("SUMMARY", v.text(e.Title))
	cal.value("URL", v.base())
	cal.value("TRANSP", "TRANSPARENT")
	cal.value("END", "VEVENT")
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
