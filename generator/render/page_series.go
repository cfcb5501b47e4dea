package render

import (
	"time"

	"allclear/generator/site"
)

// shownDates is how many of the next dates of a series are on the page of an occurrence.
const shownDates = 3

// nextStarts returns when the next windows of an entry's series start. It is empty once
// the entry is over, so that a settled page does not depend on other entries.
func (x *index) nextStarts(e *site.Entry) []time.Time {
	if e.Series == "" || !e.Open(x.now) && !e.Upcoming(x.now) {
		return nil
	}
	s := site.Site{Series: x.series, Entries: x.entries}
	return s.NextDates(e, x.now, shownDates)
}

// nextDates returns nextStarts as a page shows them.
func (v view) nextDates(e *site.Entry) []moment {
	var dates []moment
	for _, at := range v.nextStarts(e) {
		dates = append(dates, v.moment(at))
	}
	return dates
}
