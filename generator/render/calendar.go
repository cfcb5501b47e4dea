package render

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	ics "github.com/arran4/golang-ical"

	"allclear/generator/site"
)

// calendars are the announced windows for calendar programs, for the whole site
// and for each component and group. A site without a URL has none: an event's
// name among all the world's is made from it.
func (b *build) calendars() ([]File, error) {
	if b.url == "" {
		return nil, nil
	}
	windows := sync.OnceValue(b.calendarWindows)
	title := b.site.Title.Default
	make := func(folder, name string, about func(*site.Component) bool) File {
		return File{Path: folder + "maintenance.ics", Bytes: func() ([]byte, error) {
			var chosen []*site.Entry
			for _, e := range windows() {
				if about == nil || slices.ContainsFunc(b.site.Touched(e), about) {
					chosen = append(chosen, e)
				}
			}
			return b.calendar(folder, name, chosen), nil
		}}
	}
	l := b.languages[0]
	files := []File{make("", l.Say("calendar.title", "site", title), nil)}
	for i := range b.site.Components {
		c := &b.site.Components[i]
		name := l.Say("calendar.component", "site", title, "component", c.Name.Default)
		files = append(files, make(b.componentPath(c.ID), name, func(other *site.Component) bool { return other.ID == c.ID }))
	}
	for _, g := range b.site.Groups {
		name := l.Say("calendar.component", "site", title, "component", g.Name.Default)
		files = append(files, make(b.componentPath(g.ID), name, func(c *site.Component) bool { return c.Group == g.ID }))
	}
	return files, nil
}

// calendarWindows are the newest windows, those that are over and those that
// were canceled included: a calendar that forgot them would leave them standing
// where it was read before.
func (b *build) calendarWindows() []*site.Entry {
	var list []*site.Entry
	for _, e := range b.newest {
		if e.Kind == site.Maintenance {
			list = append(list, e)
		}
	}
	return list[:min(len(list), apiLength)]
}

// calendar writes RFC 5545, with the refresh interval of RFC 7986. It names no
// METHOD, which would demand an organizer.
func (b *build) calendar(folder, name string, windows []*site.Entry) []byte {
	cal := ics.NewCalendarFor("allclear")
	cal.SetProductId("-//Allclear//Allclear//EN")
	cal.SetName(name)
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(b.site.Zone.String())
	cal.SetRefreshInterval("PT15M")
	cal.SetXPublishedTTL("PT15M")
	cal.SetUrl(b.url + folder + "maintenance.ics")
	for _, e := range windows {
		cal.AddVEvent(b.event(e))
	}
	return []byte(cal.Serialize(ics.WithNewLine("\r\n")))
}

func (b *build) event(e *site.Entry) *ics.VEvent {
	event := ics.NewEvent(entryID(e) + "@" + b.host())
	told := b.told(e)
	when := eventTime(e, b.now)
	event.SetDtStampTime(told[0].Time)
	event.SetCreatedTime(told[len(told)-1].Time)
	event.SetLastModifiedAt(told[0].Time)
	event.SetSequence(len(told) - 1)
	event.SetStartAt(when.Start)
	event.SetEndAt(when.End)
	event.SetSummary(e.Title.Default)
	event.SetDescription(b.eventText(e))
	event.SetURL(b.url + b.entryPath(e))
	for _, c := range b.site.Touched(e) {
		event.AddProperty(ics.ComponentPropertyCategories, c.Name.Default)
	}
	event.SetStatus(ics.ObjectStatusConfirmed)
	if e.Phase(b.now) == site.Canceled {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	event.SetTimeTransparency(ics.TransparencyTransparent)
	return event
}

// eventTime is the true time of a window as far as it is known, else the
// planned one; a canceled one keeps the time for which it was announced.
func eventTime(e *site.Entry, now time.Time) site.Interval {
	planned := site.Interval{Start: e.Start.Time, End: e.End.Time}
	if e.Phase(now) == site.Canceled {
		return planned
	}
	real := e.Whole(now)
	if real.End.IsZero() {
		real.End = planned.End
	}
	if !real.End.After(real.Start) {
		return planned
	}
	return real
}

func (b *build) eventText(e *site.Entry) string {
	newest := publication{e, b.told(e)[0]}
	parts := []string{e.Headline.Default, e.Summary.Text}
	if !newest.update.Auto {
		parts = append(parts, b.wordOf(newest)+": "+b.bodyText(newest))
	}
	parts = append(parts, b.url+b.entryPath(e))
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "\n\n")
}

// host is the site's, without its port.
func (b *build) host() string {
	u, err := url.Parse(b.url)
	if err != nil {
		return b.url
	}
	return u.Hostname()
}
