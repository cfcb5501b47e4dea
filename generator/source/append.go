package source

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// Update is a new update of an entry, with the changes to the front matter that go with
// it. [Append] writes it.
type Update struct {
	Time     time.Time
	Status   site.UpdateStatus // Postmortem: the text is the entry's report
	Text     string            // Markdown, or ""
	Silent   bool              // no update is written, only the changes below
	Statuses []StatusChange    // new statuses of components, from Time on

	Start, End time.Time // of the entry; zero: unchanged
	NextUpdate time.Time // when the next update is promised; zero: unchanged
	Title      string    // "": unchanged
}

// StatusChange gives a component a new status from the time of its [Update] on.
type StatusChange struct {
	Component string
	Regions   []string // none: the regions that the entry affects, or all if it affects none
	Status    site.Status
}

// Reopens reports whether the update reopens an entry that has ended.
func (a Update) Reopens(e *site.Entry) bool {
	return !a.Silent && a.Status.Reopens() && !e.Open(a.Time) && Ended(e, a.Time)
}

// Ended reports whether e was canceled or has ended by the instant t.
func Ended(e *site.Entry, t time.Time) bool {
	phase := e.Phase(t)
	return !e.Open(t) && (phase.Ends() || phase == site.Postmortem)
}

// Append adds an update to data, the file of entry e, and returns the new file. It
// changes only the bytes that it has to. An update that resolves an incident ends the
// open impacts; one that reopens it starts those impacts again that ended with it. A
// status change ends the open impacts of its component and starts the next one. Times
// are written in the site's zone. If the file cannot be changed automatically, the error
// says what to edit by hand.
func Append(data []byte, s *site.Site, e *site.Entry, a Update) ([]byte, error) {
	w, err := newAppender(data, s, e)
	if err != nil {
		return nil, err
	}
	w.Update = a
	if err := w.changeFront(); err != nil {
		return nil, err
	}
	switch {
	case w.Silent:
	case w.Status == site.Postmortem:
		w.addReport()
	default:
		w.addUpdate()
	}
	return w.bytes(), nil
}

// appender is the state of one [Append].
type appender struct {
	*splicer
	f      file
	site   *site.Site
	entry  *site.Entry
	front  value
	top    int // the line after the opening fence
	fence  int // the line of the closing fence
	editor impactEditor
	object bool // JSON between its own braces, after which an empty line must come
	Update
}

// addUpdate inserts the update in the order of times.
func (w *appender) addUpdate() { w.addSection(w.place(), HeadingWord(w.Status, w.language())) }

// addReport adds the report at the end of the file.
func (w *appender) addReport() { w.addSection(w.end(1<<30), reportWord(w.language())) }

// addSection inserts a heading and its text before a line.
func (w *appender) addSection(before int, heading string) {
	block := []string{"## " + heading + " — " + writeTime(w.Time, w.site.Zone)}
	if text := strings.Trim(strings.ReplaceAll(w.Text, "\r\n", "\n"), "\n"); strings.TrimSpace(text) != "" {
		if w.spaced() {
			block = append(block, "")
		}
		block = append(block, strings.Split(text, "\n")...)
	}
	if (before-1 != w.fence || w.object) && !w.blank(before-1) {
		block = append([]string{""}, block...)
	}
	if !w.blank(before) {
		block = append(block, "")
	}
	w.insertLines(before, block...)
}

// place returns the line before which the update goes. If the file lists the oldest
// update first, that is after all earlier updates; otherwise it is before them.
func (w *appender) place() int {
	updates := w.entry.Updates
	if n := len(updates); n > 1 && updates[0].Pos.Line > updates[n-1].Pos.Line {
		for i := n - 1; i >= 0; i-- {
			if !updates[i].Time.After(w.Time) {
				return updates[i].Pos.Line
			}
		}
		return w.end(updates[0].Pos.Line)
	}
	last := 0
	for _, u := range updates {
		if u.Time.After(w.Time) {
			return u.Pos.Line
		}
		last = max(last, u.Pos.Line)
	}
	return w.end(last)
}

// end returns the line before which a section ends: the next update, report or plan, or
// the end of the file. The section begins at the given line; 0 is the summary.
func (w *appender) end(section int) int {
	end := len(w.starts)
	if !w.blank(end) {
		end++
	}
	consider := func(line int) {
		if line > section {
			end = min(end, line)
		}
	}
	for _, u := range w.entry.Updates {
		consider(u.Pos.Line)
	}
	if r := w.entry.Report; r != nil && !r.Whole {
		consider(r.Pos.Line)
	}
	if p := w.entry.Plan; p != nil && section > 0 {
		consider(p.Pos.Line)
	}
	return end
}

// spaced reports whether the file has an empty line below its first update heading.
func (w *appender) spaced() bool {
	for _, u := range w.entry.Updates {
		return w.blank(u.Pos.Line + 1)
	}
	return false
}

// language returns the language of the file's update headings: English if one of them is
// in English, else the site's default.
func (w *appender) language() string {
	english := newVocabulary(nil)
	for _, u := range w.entry.Updates {
		left, _, _, _ := part(strings.TrimSpace(strings.TrimLeft(w.line(u.Pos.Line), "# ")))
		if _, ok := english.words[w.entry.Kind].of(left); ok {
			return "en"
		}
	}
	return w.site.Languages[0]
}

// writeTime formats an instant in zone as content is written: 2025-07-25 06:40. It adds
// the offset if the zone's clocks show that time twice.
func writeTime(t time.Time, zone *time.Location) string {
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	text := t.In(zone).Format(layout)
	if read, problem := parseTime(text, zone); problem != nil || !read.Equal(t) {
		return t.In(zone).Format(layout + "-07:00")
	}
	return text
}
