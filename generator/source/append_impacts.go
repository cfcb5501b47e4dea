package source

import (
	"errors"
	"slices"
	"time"

	"allclear/generator/site"
)

var (
	errEmptyList  = errors.New("the list of impacts is empty: remove it, then try again")
	errOneLine    = errors.New("the impacts stand in one line: put each on a line of its own, then try again")
	errOwnTable   = errors.New("a text of the impact stands in a table of its own: put it into one line, then try again")
	errSameMoment = errors.New("an impact begins at this very time: take a later one, or edit the file by hand")
)

// hand writes the impacts of an entry as a language of front matter does.
type hand interface {
	// retime puts a time in place of one that is written.
	retime(written value, at time.Time)
	// endImpact gives an impact of the list, which has none, an end.
	endImpact(item value, at time.Time)
	// add puts impacts behind those of the list.
	add(impacts pair, begun []site.Impact) error
	// lengthen makes the short form the first impact of a list, with an end where
	// that is not zero, and puts others behind it.
	lengthen(short []pair, end time.Time, begun []site.Impact) error
	// list writes a list of impacts where there is none.
	list(begun []site.Impact)
}

// changeImpacts ends impacts and begins others, as the update demands.
func (w *appender) changeImpacts() error {
	resolved := w.entry.Kind == site.Incident && w.Word == site.Resolved
	if resolved {
		w.endIncident()
	}
	if len(w.Statuses) == 0 && !resolved {
		return nil
	}
	ended, begun, err := w.turnover(resolved)
	if err != nil || len(ended)+len(begun) == 0 {
		return err
	}
	impacts, long := w.front.get("impacts")
	switch {
	case long && len(impacts.items) == 0:
		return errEmptyList
	case long:
		return w.turn(impacts, ended, begun)
	case len(begun) == 0 && resolved:
		return nil // the short form ends with its incident
	case len(w.entry.Impacts) > 0:
		var end time.Time
		if len(ended) > 0 {
			end = ended[0].at
		}
		return w.hand.lengthen(w.short(), end, begun)
	}
	w.hand.list(begun)
	return nil
}

// turn ends impacts of a list and puts others behind them.
func (w *appender) turn(impacts pair, ended []ending, begun []site.Impact) error {
	for _, e := range ended {
		item := impacts.items[e.impact]
		if end, said := item.get("end"); said {
			w.hand.retime(end.value, e.at)
			continue
		}
		w.hand.endImpact(item, e.at)
	}
	if len(begun) == 0 {
		return nil
	}
	return w.hand.add(impacts, begun)
}

// short are the keys of the short form.
func (w *appender) short() []pair {
	var short []pair
	for _, p := range w.front.keys {
		if known(shortKeys(), p.name) {
			short = append(short, p)
		}
	}
	return short
}

// endIncident moves an explicit end that lies later to the update's time.
func (w *appender) endIncident() {
	if w.entry.End.IsZero() || !w.entry.End.After(w.Time) {
		return
	}
	end, _ := w.front.get("end")
	w.hand.retime(end.value, w.Time)
}

// ending is an impact, by number, that gets an end.
type ending struct {
	impact int
	at     time.Time
}

// turnover is which impacts end, and which begin.
func (w *appender) turnover(resolved bool) (ended []ending, begun []site.Impact, err error) {
	taken := map[string]bool{}
	after := w.after(resolved)
	for i, impact := range w.entry.Impacts {
		windows := begunBy(w.Time, after.Windows(i, w.Time))
		if len(windows) == 0 || !windows[len(windows)-1].Holds(w.Time) {
			continue
		}
		rest, changed := w.parted(impact)
		for _, refs := range changed {
			for _, ref := range refs {
				taken[ref.ID] = true
			}
		}
		switch {
		case len(changed) == 0 && (!resolved || !windows[0].Start.Before(w.Time)):
			continue
		case !windows[0].Start.Before(w.Time):
			return nil, nil, errSameMoment
		case resolved && len(windows) > 1:
			continue // one end would fill the gaps between them
		}
		at, again := w.endOf(impact, windows)
		ended, begun = append(ended, ending{i, at}), append(begun, again...)
		if resolved {
			continue
		}
		if len(rest) > 0 {
			same := impact
			same.All, same.Components, same.Start = false, rest, site.Moment{Time: w.Time}
			begun = append(begun, same)
		}
		for _, status := range site.Statuses[1:] {
			if refs := changed[status]; len(refs) > 0 {
				begun = append(begun, site.Impact{Components: refs, Regions: impact.Regions, Status: status, Start: site.Moment{Time: w.Time}})
			}
		}
	}
	for _, c := range w.Statuses {
		if !taken[c.Component] && c.Status != site.Operational && !resolved {
			begun = append(begun, site.Impact{Components: []site.Ref{{ID: c.Component}}, Status: c.Status, Start: site.Moment{Time: w.Time}})
		}
	}
	return ended, begun, nil
}

// after is the entry with the update, which may open it again.
func (w *appender) after(resolved bool) site.Entry {
	after := *w.entry
	if resolved || after.Kind == site.Maintenance {
		return after
	}
	after.Updates = append(slices.Clone(after.Updates), site.Update{Time: w.Time, Status: w.Word})
	slices.SortStableFunc(after.Updates, func(a, b site.Update) int { return a.Time.Compare(b.Time) })
	return after
}

func begunBy(t time.Time, windows []site.Interval) []site.Interval {
	return slices.DeleteFunc(windows, func(in site.Interval) bool { return in.Start.After(t) })
}

// endOf is the end of an impact that holds until the update's time. Where its
// incident was over in between, it ends at the first of these times, and an impact
// again stands for each later window.
func (w *appender) endOf(impact site.Impact, windows []site.Interval) (at time.Time, again []site.Impact) {
	if len(windows) == 1 {
		return w.Time, nil
	}
	for _, in := range windows[1:] {
		if !in.Start.Before(w.Time) {
			break
		}
		one := impact
		one.All, one.Components, one.ETA = false, w.named(impact), site.Moment{}
		one.Start, one.End = site.Moment{Time: in.Start}, site.Moment{Time: w.Time}
		if !in.Holds(w.Time) {
			one.End.Time = in.End
		}
		again = append(again, one)
	}
	return windows[0].End, again
}

// parted are the components of an impact that stay as they are, and those that
// get another status.
func (w *appender) parted(impact site.Impact) (rest []site.Ref, changed map[site.Status][]site.Ref) {
	changed = map[site.Status][]site.Ref{}
	for _, ref := range w.named(impact) {
		if status, change := w.changeOf(ref.ID); change {
			changed[status] = append(changed[status], ref)
		} else {
			rest = append(rest, ref)
		}
	}
	return rest, changed
}

func (w *appender) changeOf(component string) (site.Status, bool) {
	for _, c := range w.Statuses {
		if c.Component == component {
			return c.Status, true
		}
	}
	return 0, false
}

// named are the components of an impact, spelt out where it says all.
func (w *appender) named(impact site.Impact) []site.Ref {
	if !impact.All {
		return impact.Components
	}
	var refs []site.Ref
	for i := range w.site.Components {
		if c := &w.site.Components[i]; len(impact.Hits(c)) > 0 {
			refs = append(refs, site.Ref{ID: c.ID})
		}
	}
	return refs
}
