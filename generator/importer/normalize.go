package importer

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/site"
)

// normalizer brings the times of one entry into an order that the format accepts, and
// notes what it changed.
type normalizer struct {
	*Entry
	losses []Loss
}

// lose notes what was done to a value of the entry.
func (n *normalizer) lose(rule string, from *node, mark string) {
	n.losses = append(n.losses, newLoss(n.Entry, rule, from, mark))
}

// normalize sorts updates, closes what must be closed, and cuts times to the minute. It
// reports false if nothing says when the entry was.
func (e *Entry) normalize() ([]Loss, bool) {
	n := normalizer{Entry: e}
	n.order()
	ok := true
	switch e.Kind {
	case Incident:
		ok = n.incident()
	case Maintenance:
		ok = e.Repeat != nil || n.window()
	case Announcement:
		ok = !e.Posted.IsZero()
	}
	n.minutes()
	return n.losses, ok
}

// order sorts the updates and gives each a second of its own.
func (n *normalizer) order() {
	slices.SortStableFunc(n.Updates, func(a, b Update) int { return a.Time.Compare(b.Time) })
	for i := range n.Updates {
		n.Updates[i].Time = n.Updates[i].Time.Truncate(time.Second)
		if i > 0 && !n.Updates[i].Time.After(n.Updates[i-1].Time) {
			n.Updates[i].Time = n.Updates[i-1].Time.Add(time.Second)
			n.lose("same-second", n.Updates[i].from, updateMark(i))
		}
	}
	for _, t := range []*time.Time{&n.Start, &n.End, &n.Posted, &n.Until, &n.ReportTime, &n.NextUpdate} {
		*t = t.Truncate(time.Second)
	}
	for i := range n.Impacts {
		n.Impacts[i].Start = n.Impacts[i].Start.Truncate(time.Second)
		n.Impacts[i].End = n.Impacts[i].End.Truncate(time.Second)
	}
}

// begin returns the earliest time of an incident, or zero.
func (n *normalizer) begin() time.Time {
	first := n.Start
	consider := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for _, i := range n.Impacts {
		consider(i.Start)
	}
	if len(n.Updates) > 0 {
		consider(n.Updates[0].Time)
	}
	return first
}

// closed returns when the updates close an incident for the last time, and when they
// last open it again. Either may be zero.
func (n *normalizer) closed() (end, reopened time.Time) {
	for _, u := range n.Updates {
		switch {
		case u.Status == site.Resolved && end.IsZero():
			end = u.Time
		case u.Status.Reopens() && !end.IsZero():
			end, reopened = time.Time{}, u.Time
		}
	}
	return end, reopened
}

// incident puts the times of an incident in order.
func (n *normalizer) incident() bool {
	begin := n.begin()
	if begin.IsZero() {
		return false
	}
	if !n.Start.IsZero() && n.Start.After(begin) {
		n.lose("start-moved", nil, "start")
		n.Start = begin
	}
	end, reopened := n.closed()
	switch {
	case !n.End.IsZero() && !n.End.After(begin):
		n.lose("no-length", nil, "end")
		n.End = time.Time{}
		if end.IsZero() {
			n.End = begin.Add(time.Minute)
		}
	case n.End.Equal(end):
		n.End = time.Time{}
	}
	if !n.End.IsZero() {
		end, reopened = n.End, time.Time{}
	}
	if !end.IsZero() && !end.After(begin) {
		begin = end.Add(-time.Minute)
		n.Start = begin
		n.lose("start", nil, "start")
	}
	if len(n.Updates) == 0 || n.Updates[0].Time.After(begin) {
		n.Start = begin
	} else {
		n.Start = time.Time{}
	}
	n.clip(begin, end, reopened)
	return true
}

// clip fits the impacts into the time from begin to end, which is zero while the entry is
// open. A time that is the entry's own becomes zero.
func (n *normalizer) clip(begin, end, reopened time.Time) {
	n.Impacts = slices.DeleteFunc(n.Impacts, func(i Impact) bool {
		start := i.Start
		if start.IsZero() {
			start = begin
		}
		if !end.IsZero() && !start.Before(end) {
			n.lose("after-end", nil, "impacts")
			return true
		}
		if !i.End.IsZero() && i.End.After(start) && !i.End.After(begin) {
			n.lose("before-start", nil, "impacts")
			return true
		}
		return !i.End.IsZero() && !i.End.After(start)
	})
	for k := range n.Impacts {
		i := &n.Impacts[k]
		if !end.IsZero() && i.End.After(end) {
			i.End = end
		}
		if !i.Start.IsZero() && i.Start.Before(begin) {
			n.lose("before-start", nil, "impacts")
			i.Start = begin
		}
		if i.Start.Equal(begin) {
			i.Start = time.Time{}
		}
		// An impact without an end would hold in each open span.
		single := reopened.IsZero() || !i.Start.IsZero() && !i.Start.Before(reopened)
		switch {
		case i.End.Equal(end) && single:
			i.End = time.Time{}
		case i.End.IsZero() && !end.IsZero() && !single:
			i.End = end
		}
	}
}

// window puts the times of a maintenance in order.
func (n *normalizer) window() bool {
	if n.Start.IsZero() {
		for _, u := range n.Updates {
			if u.Status == site.InProgress || u.Status == site.Verifying || u.Status == site.Completed {
				n.Start = u.Time
				break
			}
		}
		if n.Start.IsZero() && len(n.Updates) > 0 {
			n.Start = n.Updates[len(n.Updates)-1].Time
		}
		if n.Start.IsZero() {
			return false
		}
		n.lose("start", nil, "start")
	}
	n.cancel()
	begin, end := n.Start, n.End
	for _, u := range n.Updates {
		switch u.Status {
		case site.InProgress, site.Verifying:
			if end = n.End; u.Time.Before(begin) {
				begin = u.Time
			}
		case site.Completed, site.Canceled:
			end = u.Time
		}
	}
	if n.End.IsZero() {
		if n.lose("planned", nil, "end"); end.After(n.Start) {
			n.End = end
		} else {
			n.End = n.Start.Add(time.Hour)
		}
	}
	if !n.End.After(n.Start) {
		n.lose("no-length", nil, "end")
		n.End = n.Start.Add(time.Minute)
	}
	if end.IsZero() || !end.After(begin) {
		end = n.End
	}
	n.clip(begin, end, time.Time{})
	for k := range n.Impacts {
		if n.Impacts[k].Start.Equal(n.inProgress()) {
			n.Impacts[k].Start = time.Time{}
		}
	}
	return true
}

// cancel makes Canceled of Completed where the work had not begun by then, as some complete
// a window that they no longer need.
func (n *normalizer) cancel() {
	began := n.Start
	for i := range n.Updates {
		switch u := &n.Updates[i]; {
		case u.Status == site.InProgress || u.Status == site.Verifying:
			return
		case u.Status == site.Completed && !u.Time.After(began):
			u.Status = site.Canceled
			n.lose("canceled", u.from, updateMark(i))
		}
	}
}

// inProgress returns when an update says that a window began, or zero.
func (n *normalizer) inProgress() time.Time {
	for _, u := range n.Updates {
		if u.Status == site.InProgress || u.Status == site.Verifying {
			return u.Time
		}
	}
	return time.Time{}
}

// minutes cuts all times to the minute, but for those that would then fall together.
func (n *normalizer) minutes() {
	times := []*time.Time{&n.Start, &n.End, &n.ReportTime, &n.Posted, &n.Until, &n.NextUpdate}
	for i := range n.Updates {
		times = append(times, &n.Updates[i].Time)
	}
	for i := range n.Impacts {
		times = append(times, &n.Impacts[i].Start, &n.Impacts[i].End)
	}
	seconds := map[time.Time]map[time.Time]bool{}
	for _, t := range times {
		minute := t.Truncate(time.Minute)
		if seconds[minute] == nil {
			seconds[minute] = map[time.Time]bool{}
		}
		seconds[minute][*t] = true
	}
	for _, t := range times {
		if minute := t.Truncate(time.Minute); !t.IsZero() && len(seconds[minute]) == 1 {
			*t = minute
		}
	}
}

// updateMark names the written line of an update.
func updateMark(i int) string { return "update " + strconv.Itoa(i) }
