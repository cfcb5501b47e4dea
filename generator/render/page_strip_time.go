package render

import (
	"time"

	"allclear/generator/site"
)

// stripScale turns instants into positions in a strip.
type stripScale struct {
	from, to    time.Time // what the axis shows
	end         float64   // where to is, in percent: below 100 if the promise is too near or too far for the axis
	now         float64   // where the present is, in percent; 100 once the incident is over
	begin, last time.Time // what has happened so far
	promised    time.Time // when the next update is due; zero if it is not, or overdue
	lastUpdate  float64   // where the newest update is, in percent
	step        axisStep  // between two texts on the axis
	days        bool      // whether the axis has days, since the incident touches more than one
}

// axisStep is the time between two texts on an axis. The ends of the axis are multiples
// of snap.
type axisStep struct {
	time.Duration
	snap time.Duration
}

// axisSteps are what is easy to read, shortest first; from a day on they are counted from
// one midnight to the next.
var axisSteps = []axisStep{
	{time.Minute, time.Minute}, {2 * time.Minute, time.Minute}, {5 * time.Minute, 5 * time.Minute},
	{10 * time.Minute, 5 * time.Minute}, {15 * time.Minute, 5 * time.Minute}, {30 * time.Minute, 15 * time.Minute},
	{time.Hour, 30 * time.Minute}, {2 * time.Hour, time.Hour}, {3 * time.Hour, time.Hour}, {6 * time.Hour, 3 * time.Hour},
	{oneDay, 6 * time.Hour}, {2 * oneDay, 12 * time.Hour}, {3 * oneDay, oneDay}, {7 * oneDay, oneDay}, {14 * oneDay, oneDay},
	{30 * oneDay, oneDay}, {90 * oneDay, oneDay}, {180 * oneDay, oneDay}, {365 * oneDay, oneDay}, {1000 * oneDay, oneDay},
}

const (
	oneDay = 24 * time.Hour

	// shortestStrip is the least time that a strip shows.
	shortestStrip = 5 * time.Minute

	// The time to come takes at least and at most so many percent of the width.
	leastToCome, mostToCome = 12, 40

	// axisRoom is how far apart the lines of the axis are at least, in percent. Where a text
	// is longer, not every line has one.
	axisRoom = 18
)

// stripScale returns the scale for lanes; false if there are none.
func (v entryView) stripScale(lanes []site.Lane) (s stripScale, ok bool) {
	for _, l := range lanes {
		for _, p := range l.Parts {
			if s.begin.IsZero() || p.Start.Before(s.begin) {
				s.begin = p.Start
			}
			if p.End.After(s.last) {
				s.last = p.End
			}
		}
	}
	if len(lanes) == 0 {
		return s, false
	}
	// The impacts take at least a third of the picture, however early or late updates were.
	length := max(s.last.Sub(s.begin), shortestStrip)
	first, last := s.begin.Add(-length), s.last.Add(length)
	for _, u := range v.published() {
		if !u.Report && !u.Time.After(v.now) && !u.Time.Before(first) && !u.Time.After(last) {
			s.begin, s.last = earlier(s.begin, u.Time), later(s.last, u.Time)
		}
	}
	open := v.entry.Open(v.now)
	if open {
		s.last = v.now
		if e := v.entry; e.Promised(v.now) && !e.Overdue(v.now) {
			s.promised = e.NextUpdate.Time
		}
	}
	v.setAxis(&s, open)
	return s, true
}

// setAxis sets the axis of a scale whose begin, last and promise are known.
func (v entryView) setAxis(s *stripScale, open bool) {
	gone := max(s.last.Sub(s.begin), shortestStrip)
	end := s.begin.Add(gone)
	s.end = 100
	switch ahead := s.promised.Sub(v.now); {
	case open && !s.promised.IsZero():
		share := 100 * float64(ahead) / float64(ahead+gone)
		if share >= leastToCome && share <= mostToCome {
			end = s.promised
		} else {
			s.end = 100 - min(max(share, leastToCome), mostToCome)
		}
	case open:
		end = end.Add(gone * leastToCome / 100)
	}
	s.days = !sameDay(v.local(s.begin), v.local(end))
	for _, s.step = range axisSteps {
		if s.days == (s.step.Duration >= oneDay) && s.end*float64(s.step.Duration) >= axisRoom*float64(end.Sub(s.begin)) {
			break
		}
	}
	s.from, s.to = v.snap(s.begin, s.step.snap, false), end
	if s.end == 100 && s.promised.IsZero() {
		s.to = v.snap(end, s.step.snap, true)
	}
	s.now = 100
	if open {
		s.now = s.at(v.now)
	}
}

// at returns the position of an instant in percent. What lies outside is at an end.
func (s stripScale) at(t time.Time) float64 {
	return min(max(s.end*float64(t.Sub(s.from))/float64(s.to.Sub(s.from)), 0), s.end)
}

// snap returns the multiple of a step since midnight at or before t, or at or after t.
func (v pageView) snap(t time.Time, step time.Duration, up bool) time.Time {
	midnight := midnightOf(v.local(t))
	steps := t.Sub(midnight) / step
	if up && t.Sub(midnight)%step > 0 {
		steps++
	}
	return midnight.Add(steps * step)
}

// midnightOf returns the first instant of a day in the zone of t.
func midnightOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}

// stripHours returns the texts of the axis.
func (v entryView) stripHours(s stripScale) []stripHour {
	var hours []stripHour
	free := -1e9
	present := [2]float64{1e9, 1e9}
	if v.entry.Open(v.now) {
		present[0], present[1] = textExtent(s.now, v.axisText(v.now, s))
	}
	add := func(t time.Time) {
		x := s.at(t)
		h := stripHour{X: percent(x), Anchor: anchor(x), Text: v.axisText(t, s)}
		if left, right := textExtent(x, h.Text); left < free || right > present[0] && left < present[1] {
			h.Text = "" // the text before it is there, or the present
		} else {
			free = right
		}
		hours = append(hours, h)
	}
	midnight := midnightOf(v.local(s.from))
	if !s.days {
		for t := v.snap(s.from, s.step.Duration, true); !t.After(s.to); t = t.Add(s.step.Duration) {
			add(t)
		}
		return hours
	}
	step := int(s.step.Duration / oneDay)
	next := midnight
	if next.Before(s.from) {
		add(s.from)
		next = midnight.AddDate(0, 0, 1)
	}
	for ; next.Before(s.to); next = next.AddDate(0, 0, step) {
		add(next)
	}
	return hours
}

// axisText returns an instant as the axis shows it: the time of day, or the date; the month
// and the year where the dates are months apart.
func (v entryView) axisText(t time.Time, s stripScale) string {
	switch {
	case s.step.Duration >= 90*oneDay:
		return v.lang.Isolate(v.lang.Date("month_year", v.local(t)))
	case s.days:
		return v.lang.Isolate(v.lang.Date("short", v.local(t)))
	}
	return v.lang.Isolate(v.shortTime(t, t))
}

// textExtent returns from where to where a text on the axis goes on the narrowest phone, in
// pixels, with a little room around it.
func textExtent(x float64, text string) (left, right float64) {
	at, width := x/100*phoneStrip, wordWidth(text)
	switch anchor(x) {
	case "":
		return at - 3, at + width + 3
	case "end":
		return at - width - 3, at + 3
	}
	return at - width/2 - 3, at + width/2 + 3
}

// anchor returns on which side of a position its text is, so that it stays inside.
func anchor(x float64) string {
	switch {
	case x < 9:
		return ""
	case x > 91:
		return "end"
	}
	return "mid"
}

// earlier returns the earlier of two instants.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// later returns the later of two instants.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
