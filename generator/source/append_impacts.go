package source

import (
	"errors"
	"slices"
	"strings"

	"allclear/generator/site"
)

var (
	errNotYAML    = errors.New("the front matter is not YAML: edit its impacts by hand")
	errOneLine    = errors.New("the impacts stand in one line: put each on a line of its own, then try again")
	errSameMoment = errors.New("an impact begins at this very time: take a later one, or edit the file by hand")
)

// changeImpacts ends impacts and begins others, as the update demands.
func (w *appender) changeImpacts() error {
	resolved := w.entry.Kind == site.Incident && w.Word == site.Resolved
	if resolved {
		if err := w.endIncident(); err != nil {
			return err
		}
	}
	if len(w.Statuses) == 0 && !resolved {
		return nil
	}
	if !w.yaml {
		if len(w.Statuses) > 0 {
			return errNotYAML
		}
		return nil // the update itself ends what has no end
	}
	ended, begun, err := w.turnover(resolved)
	if err != nil || len(ended)+len(begun) == 0 {
		return err
	}
	impacts, long := w.front.get("impacts")
	switch {
	case !long && len(begun) == 0 && resolved:
		return nil // the short form ends with its incident
	case !long && len(w.entry.Impacts) > 0:
		w.lengthen(len(ended) > 0, begun)
		return nil
	case !long:
		w.insertLines(w.fence, append([]string{"impacts:"}, w.blocks("  ", begun)...)...)
		return nil
	}
	for _, i := range ended {
		w.endImpact(impacts.items[i])
	}
	return w.begin(impacts, begun)
}

// endIncident moves an explicit end that lies later to the update's time.
func (w *appender) endIncident() error {
	if w.entry.End.IsZero() || !w.entry.End.After(w.Time) {
		return nil
	}
	if !w.yaml {
		return errNotYAML
	}
	end, _ := w.front.get("end")
	w.replace(end.value.pos, WriteTime(w.Time, w.site.Zone))
	return nil
}

// turnover is which impacts end at the update's time, by number, and which begin.
func (w *appender) turnover(resolved bool) (ended []int, begun []site.Impact, err error) {
	taken := map[string]bool{}
	for i := range w.entry.Impacts {
		impact := w.entry.Impacts[i]
		if !w.open(i) {
			continue
		}
		var rest []site.Ref
		changed := map[site.Status][]site.Ref{}
		for _, ref := range w.named(impact) {
			status, change := w.changeOf(ref.ID)
			if !change {
				rest = append(rest, ref)
				continue
			}
			taken[ref.ID] = true
			changed[status] = append(changed[status], ref)
		}
		if !resolved && len(changed) == 0 {
			continue
		}
		if w.startsNow(impact) {
			if resolved && len(changed) == 0 {
				continue
			}
			return nil, nil, errSameMoment
		}
		ended = append(ended, i)
		if resolved {
			continue
		}
		if len(rest) > 0 {
			same := impact
			same.All, same.Components = false, rest
			begun = append(begun, same)
		}
		for _, status := range site.Statuses[1:] {
			if refs := changed[status]; len(refs) > 0 {
				begun = append(begun, site.Impact{Components: refs, Regions: impact.Regions, Status: status})
			}
		}
	}
	for _, c := range w.Statuses {
		if !taken[c.Component] && c.Status != site.Operational && !resolved {
			begun = append(begun, site.Impact{Components: []site.Ref{{ID: c.Component}}, Status: c.Status})
		}
	}
	return ended, begun, nil
}

// open reports whether an impact holds at the update's time.
func (w *appender) open(i int) bool {
	return slices.ContainsFunc(w.entry.Windows(i, w.Time), func(in site.Interval) bool { return in.Holds(w.Time) })
}

func (w *appender) startsNow(impact site.Impact) bool {
	start := impact.Start.Time
	if start.IsZero() {
		start = w.entry.Begin()
	}
	return !start.Before(w.Time)
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

// endImpact gives an impact the update's time as its end.
func (w *appender) endImpact(item value) {
	time := WriteTime(w.Time, w.site.Zone)
	if end, said := item.get("end"); said && end.shape != nothing {
		w.replace(end.value.pos, time)
		return
	}
	first := item.keys[0]
	for _, name := range []string{"start", "status", "label"} {
		p, said := item.get(name)
		if !said || p.value.pos.Line != p.pos.Line || p.shape != text {
			continue
		}
		if !w.flows(item) {
			w.insertLines(p.pos.Line+1, strings.Repeat(" ", first.pos.Column-1)+"end: "+time)
			return
		}
		after := w.offset(p.value.pos.Line, p.value.pos.EndColumn)
		if after < len(w.raw) && (w.raw[after] == '"' || w.raw[after] == '\'') {
			after++
		}
		w.edits = append(w.edits, edit{after, after, ", end: " + time})
		return
	}
	behind := ", "
	if !w.flows(item) {
		behind = w.newline + strings.Repeat(" ", first.pos.Column-1)
	}
	w.insert(first.pos.Line, first.pos.Column, "end: "+time+behind)
}

// flows reports whether a table is written between braces.
func (w *appender) flows(item value) bool {
	first := item.keys[0].pos
	before := w.raw[:w.offset(first.Line, first.Column)]
	return strings.HasSuffix(strings.TrimRight(before, " \t\r\n"), "{")
}

// begin puts new impacts behind those of the list.
func (w *appender) begin(impacts pair, begun []site.Impact) error {
	if len(begun) == 0 {
		return nil
	}
	last := impacts.items[len(impacts.items)-1]
	line := last.keys[0].pos.Line
	for line > impacts.pos.Line && !strings.HasPrefix(strings.TrimSpace(w.line(line)), "-") {
		line--
	}
	dash := strings.IndexByte(w.line(line), '-')
	if line == impacts.pos.Line || dash < 0 {
		return errOneLine
	}
	w.insertLines(w.blockEnd(impacts.pos.Line)+1, w.blocks(w.line(line)[:dash], begun)...)
	return nil
}

// blockEnd is the last line of the top-level key that begins at a line, without
// the empty lines and comments behind it.
func (w *appender) blockEnd(line int) int {
	end := w.fence
	for _, p := range w.front.keys {
		if p.pos.Line > line {
			end = min(end, p.pos.Line)
		}
	}
	for end--; end > line && (w.blank(end) || strings.HasPrefix(strings.TrimSpace(w.line(end)), "#")); end-- {
	}
	return end
}

// lengthen turns the short form into a list of impacts: the lines of its keys
// move into the first item as they are.
func (w *appender) lengthen(end bool, begun []site.Impact) {
	lines := []string{"impacts:"}
	first := 0
	for _, p := range w.front.keys {
		if !known(shortKeys(), p.name) {
			continue
		}
		if first == 0 {
			first = p.pos.Line
		}
		for _, line := range w.cut(p.pos.Line, w.blockEnd(p.pos.Line)) {
			lead := "    "
			if len(lines) == 1 {
				lead = "  - "
			}
			if line == "" {
				lead = ""
			}
			lines = append(lines, lead+line)
		}
	}
	if end {
		lines = append(lines, "    end: "+WriteTime(w.Time, w.site.Zone))
	}
	w.insertLines(first, append(lines, w.blocks("  ", begun)...)...)
}

// blocks writes impacts that begin at the update's time.
func (w *appender) blocks(indent string, impacts []site.Impact) []string {
	var lines []string
	for _, i := range impacts {
		lines = append(lines, indent+"- components: "+writeList(i.Components))
		say := func(key, text string) {
			if text != "" {
				lines = append(lines, indent+"  "+key+": "+text)
			}
		}
		if len(i.Regions) > 0 {
			say("regions", writeList(i.Regions))
		}
		say("status", i.Status.String())
		if i.Label.Default != "" {
			say("label", writeText(i.Label.Default))
		}
		say("start", WriteTime(w.Time, w.site.Zone))
		if !i.End.IsZero() && i.End.After(w.Time) {
			say("end", WriteTime(i.End.Time, w.site.Zone))
		}
		if !i.ETA.IsZero() && i.ETA.After(w.Time) {
			say("eta", WriteTime(i.ETA.Time, w.site.Zone))
		}
		if i.Note.Default != "" {
			say("note", writeText(i.Note.Default))
		}
	}
	return lines
}
