package source

import (
	"errors"
	"slices"
	"time"

	"allclear/generator/site"
)

var (
	errEmptyList  = errors.New("the list of impacts is empty: remove it, then try again")
	errOneLine    = errors.New("the impacts are all on one line: put each on its own line, then try again")
	errOwnTable   = errors.New("a text of the impact is in its own table: write it on one line, then try again")
	errSameMoment = errors.New("an impact begins at exactly this time: use a later time, or edit the file by hand")
	errBraces     = errors.New("the front matter is in braces: put each key on its own line, then try again")
)

// impactEditor edits the front matter of an entry in one of its languages.
type impactEditor interface {
	// setTime replaces a time in the file.
	setTime(written value, at time.Time)
	// endImpact adds an end to an impact of the list that has none.
	endImpact(item value, at time.Time)
	// add adds impacts at the end of the list.
	add(impacts pair, begun []site.Impact) error
	// toList turns the short form into the first impact of a list, with an end unless
	// that is zero, and adds other impacts.
	toList(short []pair, end time.Time, begun []site.Impact) error
	// appendImpacts adds a list of impacts to front matter that has none.
	appendImpacts(begun []site.Impact)
	// setText replaces a text in the file.
	setText(old pair, text string) error
	// addKeys adds keys at the top level.
	addKeys(keys []field) error
	// remove removes a key at the top level.
	remove(old pair) error
	// writer returns the writer for single values.
	writer() valueWriter
}

// impactTimes are the new times of an impact in the file; zero: unchanged.
type impactTimes struct{ start, end time.Time }

// writeImpacts writes the new times of impacts, and the new impacts.
func (w *appender) writeImpacts(times []impactTimes, begun []site.Impact) error {
	changed := slices.ContainsFunc(times, func(t impactTimes) bool { return t != impactTimes{} })
	if !changed && len(begun) == 0 {
		return nil
	}
	impacts, long := w.front.get("impacts")
	switch {
	case long && len(impacts.items) == 0:
		return errEmptyList
	case long:
		return w.setImpacts(impacts, times, begun)
	case len(w.entry.Impacts) > 0:
		return w.editor.toList(w.shortFormKeys(), times[0].end, begun)
	}
	w.editor.appendImpacts(begun)
	return nil
}

// setImpacts writes the new times of the impacts in a list and adds new impacts after
// them.
func (w *appender) setImpacts(impacts pair, times []impactTimes, begun []site.Impact) error {
	for n, t := range times {
		item := impacts.items[n]
		if start, exists := item.get("start"); exists && !t.start.IsZero() {
			w.editor.setTime(start.value, t.start)
		}
		if t.end.IsZero() {
			continue
		}
		if end, exists := item.get("end"); exists {
			w.editor.setTime(end.value, t.end)
			continue
		}
		w.editor.endImpact(item, t.end)
	}
	if len(begun) == 0 {
		return nil
	}
	return w.editor.add(impacts, begun)
}

// shortFormKeys returns the keys of an impact in the short form.
func (w *appender) shortFormKeys() []pair {
	var short []pair
	for _, p := range w.front.keys {
		if known(shortKeys(), p.name) {
			short = append(short, p)
		}
	}
	return short
}

// after returns a copy of the entry with the update, which may reopen it.
func (w *appender) after(e *site.Entry) site.Entry {
	after := *e
	after.Final = site.Final{}
	if w.Silent || w.Status.Ends() || w.Status == site.Postmortem {
		return after
	}
	after.Updates = append(slices.Clone(after.Updates), site.Update{Time: w.Time, Status: w.Status})
	slices.SortStableFunc(after.Updates, func(a, b site.Update) int { return a.Time.Compare(b.Time) })
	return after
}

// begunBy returns the intervals that begin by t.
func begunBy(t time.Time, windows []site.Interval) []site.Interval {
	return slices.DeleteFunc(windows, func(in site.Interval) bool { return in.Start.After(t) })
}

// endOf returns the end of an impact that holds until the update's time. If the entry
// was over in between, the impact ends at the first such time, and the impacts in again
// repeat it for each later window.
func (w *appender) endOf(r running) (at time.Time, again []site.Impact) {
	if len(r.windows) == 1 {
		return w.Time, nil
	}
	for _, in := range r.windows[1:] {
		if !in.Start.Before(w.Time) {
			break
		}
		one := r.impact
		one.All, one.Groups, one.Components, one.ETA = false, nil, w.named(r), site.Moment{}
		one.Start, one.End = site.Moment{Time: in.Start}, site.Moment{Time: w.Time}
		if !in.Contains(w.Time) {
			one.End.Time = in.End
		}
		again = append(again, one)
	}
	return r.windows[0].End, again
}

// named returns the components of an impact. If it has groups or components: all, they
// are listed one by one.
func (w *appender) named(r running) []site.Ref {
	if !r.impact.All && len(r.impact.Groups) == 0 {
		return r.impact.Components
	}
	var refs []site.Ref
	for i := range w.site.Components {
		if c := &w.site.Components[i]; r.impact.Affects(c, r.windows[0].Start) {
			refs = append(refs, site.Ref{ID: c.ID})
		}
	}
	return refs
}
