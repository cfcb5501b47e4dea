package source

import (
	"errors"
	"slices"
	"time"

	"allclear/generator/site"
)

var (
	errEmptyList  = errors.New("the list of impacts is empty: remove it, then try again")
	errOneLine    = errors.New("the impacts are all on one line: put each on a line of its own, then try again")
	errOwnTable   = errors.New("a text of the impact is in a table of its own: write it on one line, then try again")
	errSameMoment = errors.New("an impact begins at this very time: take a later one, or edit the file by hand")
	errBraces     = errors.New("the front matter is in braces: put each key on a line of its own, then try again")
)

// impactEditor writes the front matter of an entry as its language does.
type impactEditor interface {
	// retime puts a time in place of one that is written.
	setTime(written value, at time.Time)
	// endImpact gives an impact of the list, which has none, an end.
	endImpact(item value, at time.Time)
	// add puts impacts behind those of the list.
	add(impacts pair, begun []site.Impact) error
	// lengthen makes the short form the first impact of a list, with an end where
	// that is not zero, and puts others behind it.
	toList(short []pair, end time.Time, begun []site.Impact) error
	// list writes a list of impacts where there is none.
	appendImpacts(begun []site.Impact)
	// retext puts a text in place of another.
	setText(old pair, text string) error
	// give adds keys at the top.
	addKeys(keys []field) error
	// remove takes a key away that has its place among the others.
	remove(old pair) error
	pen() valueWriter
}

// impactTimes are the times that an impact of the file gets; zero: it keeps its own.
type impactTimes struct{ start, end time.Time }

// writeImpacts writes the new times of impacts, and those that begin.
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

// setImpacts gives impacts of a list their times and puts others behind them.
func (w *appender) setImpacts(impacts pair, times []impactTimes, begun []site.Impact) error {
	for n, t := range times {
		item := impacts.items[n]
		if start, said := item.get("start"); said && !t.start.IsZero() {
			w.editor.setTime(start.value, t.start)
		}
		if t.end.IsZero() {
			continue
		}
		if end, said := item.get("end"); said {
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

// shortFormKeys are the keys of the short form.
func (w *appender) shortFormKeys() []pair {
	var short []pair
	for _, p := range w.front.keys {
		if known(shortKeys(), p.name) {
			short = append(short, p)
		}
	}
	return short
}

// after is the entry with the update, which may open it again.
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

func begunBy(t time.Time, windows []site.Interval) []site.Interval {
	return slices.DeleteFunc(windows, func(in site.Interval) bool { return in.Start.After(t) })
}

// endOf is the end of an impact that holds until the update's time. Where its
// entry was over in between, it ends at the first of these times, and an impact
// again stands for each later window.
func (w *appender) endOf(r running) (at time.Time, again []site.Impact) {
	if len(r.windows) == 1 {
		return w.Time, nil
	}
	for _, in := range r.windows[1:] {
		if !in.Start.Before(w.Time) {
			break
		}
		one := r.impact
		one.All, one.Components, one.ETA = false, w.named(r), site.Moment{}
		one.Start, one.End = site.Moment{Time: in.Start}, site.Moment{Time: w.Time}
		if !in.Contains(w.Time) {
			one.End.Time = in.End
		}
		again = append(again, one)
	}
	return r.windows[0].End, again
}

// named are the components of an impact, spelt out where it says all.
func (w *appender) named(r running) []site.Ref {
	if !r.impact.All {
		return r.impact.Components
	}
	var refs []site.Ref
	for i := range w.site.Components {
		if c := &w.site.Components[i]; len(r.impact.RegionsOf(c)) > 0 && c.InService(r.windows[0].Start) {
			refs = append(refs, site.Ref{ID: c.ID})
		}
	}
	return refs
}
