package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// document is a file while it is written: its lines, and which of them has what.
type document struct {
	lines  []string
	owners []string       // the mark of each line, or ""
	marks  map[string]int // the first line, counted from 1, of "title", "start", "update 2" and so on
}

// add appends a line, and marks it unless the mark is "" or taken.
func (d *document) add(mark, line string) {
	d.lines, d.owners = append(d.lines, line), append(d.owners, mark)
	if d.marks == nil {
		d.marks = map[string]int{}
	}
	if _, taken := d.marks[mark]; mark != "" && !taken {
		d.marks[mark] = len(d.lines)
	}
}

// key appends a line of front matter, unless the value is "".
func (d *document) key(key, value string) {
	if value != "" {
		d.add(key, key+": "+value)
	}
}

// section appends an empty line and a heading, and the text below another empty line.
func (d *document) section(mark, heading, text string) {
	d.add("", "")
	if heading != "" {
		d.add(mark, heading)
	}
	if text == "" {
		return
	}
	if heading != "" {
		d.add("", "")
	}
	for line := range strings.SplitSeq(text, "\n") {
		d.add(mark, line)
	}
}

// bytes returns the file.
func (d *document) bytes() []byte { return []byte(strings.Join(d.lines, "\n") + "\n") }

// writing is what a file's form depends on besides the entry.
type writing struct {
	zone     *time.Location
	language string // of headings
}

// at returns a time as it is written, or "" for none.
func (w writing) at(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return source.WriteTime(t, w.zone)
}

// document writes an entry that was normalized.
func (w writing) document(e *Entry) *document {
	d := &document{}
	d.add("", "---")
	d.key("title", source.WriteText(e.Title))
	if e.Kind == Announcement {
		w.announcement(d, e)
	} else {
		w.front(d, e)
	}
	d.add("", "---")
	w.body(d, e)
	return d
}

// announcement writes the keys of an announcement.
func (w writing) announcement(d *document, e *Entry) {
	if e.DayOnly {
		d.key("posted", e.Posted.In(w.zone).Format(time.DateOnly))
	} else {
		d.key("posted", source.WriteDay(e.Posted, w.zone))
	}
	if !e.Until.IsZero() {
		d.key("until", source.WriteDay(e.Until, w.zone))
	}
	w.common(d, e)
	if len(e.Components) > 0 {
		d.key("components", source.WriteList(e.Components))
	}
}

// front writes the keys of an incident or a window.
func (w writing) front(d *document, e *Entry) {
	short := len(e.Impacts) == 1 && e.Impacts[0].Start.IsZero() && e.Impacts[0].End.IsZero()
	if short {
		w.impact(d, e, e.Impacts[0], "")
	} else if len(e.Impacts) == 0 && len(e.Components) > 0 {
		d.key("components", source.WriteList(e.Components))
		if e.Severity != site.None {
			d.key("status", site.Operational.String())
		}
	}
	d.key("severity", severityKey(e))
	d.key("start", w.at(e.Start))
	if e.Repeat != nil {
		d.key("duration", writeDuration(e.Repeat.Duration))
		d.add("repeat", "repeat:")
		d.add("", "  every: "+e.Repeat.Every)
		if len(e.Repeat.On) > 0 {
			d.add("", "  on: "+source.WriteList(e.Repeat.On))
		}
	} else {
		d.key("end", w.at(e.End))
	}
	if e.ManualEnd {
		d.key("auto_complete", "false")
	}
	if !e.Posted.IsZero() {
		d.key("posted", source.WriteDay(e.Posted, w.zone))
	}
	d.key("next_update", w.at(e.NextUpdate))
	if apiID(e.ID) {
		d.key("id", quoteNumber(e.ID))
	}
	w.common(d, e)
	if !short && len(e.Impacts) > 0 {
		d.add("impacts", "impacts:")
		for _, i := range e.Impacts {
			w.impact(d, e, i, "  - ")
		}
	}
}

// common writes the keys that all kinds have.
func (w writing) common(d *document, e *Entry) {
	if e.Author != "" {
		d.key("author", source.WriteText(e.Author))
	}
	if len(e.Tags) > 0 {
		d.key("tags", source.WriteList(e.Tags))
	}
	if e.Pinned {
		d.key("pinned", "true")
	}
	if e.Draft {
		d.key("draft", "true")
	}
	if len(e.Aliases) > 0 {
		var list []string
		for _, a := range e.Aliases {
			list = append(list, writeAddress(a))
		}
		d.key("aliases", "["+strings.Join(list, ", ")+"]")
	}
}

// impact writes an impact, at the top level or as an item of a list.
func (w writing) impact(d *document, e *Entry, i Impact, item string) {
	indent := strings.Repeat(" ", len(item))
	first := item
	key := func(key, value string) {
		if value != "" {
			d.add(key, first+key+": "+value)
			first = indent
		}
	}
	if slices.Equal(i.Components, []string{"all"}) {
		key("components", "all")
	} else {
		key("components", source.WriteList(i.Components))
	}
	if len(i.Regions) > 0 {
		key("regions", source.WriteList(i.Regions))
	}
	if e.Kind == Incident || i.Status != site.UnderMaintenance {
		key("status", i.Status.String())
	}
	key("start", w.at(i.Start))
	key("end", w.at(i.End))
	if i.Note != "" {
		key("note", source.WriteText(i.Note))
	}
}

// severityKey returns the severity of an incident if its statuses do not say it, else "".
func severityKey(e *Entry) string {
	if e.Kind != Incident || e.Severity == site.SeverityUnset || e.Severity == site.InMaintenance {
		return ""
	}
	computed := site.Minor
	if len(e.Impacts) > 0 || len(e.Components) > 0 {
		computed = site.Operational.Severity()
		for _, i := range e.Impacts {
			computed = max(computed, i.Status.Severity())
		}
	}
	if e.Severity == computed && e.Severity != site.None {
		return ""
	}
	return e.Severity.String()
}

// body writes the texts of an entry, oldest update first.
func (w writing) body(d *document, e *Entry) {
	if e.Summary != "" {
		d.section("summary", "", e.Summary)
	}
	for i, u := range e.Updates {
		d.section(updateMark(i), "## "+source.HeadingWord(u.Status, w.language)+" — "+w.at(u.Time), u.Text)
	}
	switch {
	case e.Report == "":
	case len(e.Updates) == 0:
		d.section("report", "", e.Report)
	case e.ReportTime.IsZero():
		d.section("report", "## "+source.ReportWord(w.language), e.Report)
	default:
		d.section("report", "## "+source.ReportWord(w.language)+" — "+w.at(e.ReportTime), e.Report)
	}
}

// writeDuration returns a duration in hours and minutes, as content has it: 1h30m.
func writeDuration(d time.Duration) string {
	minutes := max(1, int(d.Minutes()))
	switch {
	case minutes%60 == 0:
		return strconv.Itoa(minutes/60) + "h"
	case minutes < 60:
		return strconv.Itoa(minutes) + "m"
	}
	return strconv.Itoa(minutes/60) + "h" + strconv.Itoa(minutes%60) + "m"
}

// quoteNumber puts an id that YAML may take for a number or another type in quotes.
func quoteNumber(id string) string {
	if c := id[0]; c >= '0' && c <= '9' || c == '-' {
		return `"` + id + `"`
	}
	return source.WriteText(id)
}

// writeAddress returns a path as a YAML value in a list.
func writeAddress(address string) string {
	if strings.Trim(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return address
	}
	return source.WriteText(address)
}
