package render

import (
	"time"

	"allclear/generator/site"
)

// calendar is the maintenance windows of the site, of a component or of a group. It has
// neither the state of the site nor its history, so that it can have a Key.
type calendar struct {
	pageView
	folder  string // where its file is: "" or components/ID/
	name    string
	windows []calendarWindow
}

// calendarWindow is a window in a calendar.
type calendarWindow struct {
	entryView
	planned bool      // it is an occurrence that is not announced yet
	public  time.Time // since when its series is known, if it is planned
}

// calendar returns the calendar of some windows.
func (v view) calendar(folder, name string, windows []*site.Entry) calendar {
	c := calendar{v.pageView, folder, name, make([]calendarWindow, len(windows))}
	for i, e := range windows {
		if c.windows[i].entryView = v.final(e); !e.Visible(v.now) {
			c.windows[i].planned, c.windows[i].public = true, (&site.Site{Series: v.series}).SeriesOf(e).Public()
		}
	}
	return c
}

// calendarKey returns the Key of a calendar. It is zero while the clock may change one of
// its windows.
func (v view) calendarKey(c calendar, windows []*site.Entry) Key {
	for _, e := range windows {
		if v.settledAt(e).IsZero() {
			return Key{}
		}
	}
	return v.key("calendar", c)
}
