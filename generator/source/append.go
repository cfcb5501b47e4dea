package source

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// Update is a new update of an entry, with the changes to its front matter that
// belong to it. [Append] writes it.
type Update struct {
	Time     time.Time
	Status   site.UpdateStatus // Postmortem: the text is the entry's report
	Text     string            // Markdown, or ""
	Silent   bool              // no update is written: only what follows
	Statuses []StatusChange    // what components are from Time on

	Start, End time.Time // of the entry; zero: as they are
	NextUpdate time.Time // when the next update comes; zero: as it is
	Title      string    // "": as it is
}

// StatusChange gives a component a new status from the time of its [Update] on.
type StatusChange struct {
	Component string
	Regions   []string // where; none: where the entry hits it, else everywhere
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

// Append adds an update to the file of an entry and leaves every byte alone that
// it need not touch. An update that resolves an incident ends the impacts that
// are open, one that opens it again begins those again that ended with it; a status
// change ends the open impacts of its component and begins the next. The error says
// what an operator has to edit by hand.
func Append(data []byte, s *site.Site, e *site.Entry, a Update) ([]byte, error) {
	w := appender{splicer: newSplicer(data), f: newFile(e.Pos.File, data), site: s, entry: e, Update: a}
	var problems diag.List
	front, body, ok := readFrontMatter(w.f, &problems)
	if !ok || problems.HasErrors() {
		return nil, errors.New("the file has mistakes: fix them first")
	}
	first, mark := opening(w.f.text)
	w.editor, w.object = mark.editor(&w), mark.object
	w.front, w.top, w.fence = front, w.f.at(first, first).Line+1, w.f.at(body, body).Line-1
	if body == len(w.f.text) && !strings.HasSuffix(w.f.text, "\n") {
		w.fence++
	}
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

type appender struct {
	*splicer
	f      file
	site   *site.Site
	entry  *site.Entry
	front  value
	top    int // the line behind the mark that opens the front matter
	fence  int // the line that ends the front matter
	editor impactEditor
	object bool // JSON between its own braces, which an empty line has to follow
	Update
}

// addUpdate puts the update where its time belongs among the others.
func (w *appender) addUpdate() { w.addSection(w.place(), HeadingWord(w.Status, w.language())) }

// addReport puts the report at the end of the file.
func (w *appender) addReport() { w.addSection(w.end(1<<30), reportWord(w.language())) }

// addSection puts a heading with its text before a line.
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

// place is the line before which the update goes: among updates that are listed
// oldest first behind those before it, else in front of them.
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

// end is the line before which the section ends that begins at a line, or the
// summary for 0: the next report, plan or end of the file.
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

// spaced reports whether the file's update headings have an empty line below.
func (w *appender) spaced() bool {
	for _, u := range w.entry.Updates {
		return w.blank(u.Pos.Line + 1)
	}
	return false
}

// language is that of the file's update headings, else the site's first.
func (w *appender) language() string {
	english := newVocabulary(nil)
	for _, u := range w.entry.Updates {
		left, _, _, _ := part(strings.TrimSpace(strings.TrimLeft(w.line(u.Pos.Line), "# ")))
		if _, ok := english.words[w.entry.Kind][fold(left)]; ok {
			return "en"
		}
	}
	return w.site.Languages[0]
}

// writeTime writes an instant as operators do, in a zone; with an offset where
// the zone's clocks show that time twice.
func writeTime(t time.Time, zone *time.Location) string {
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	text := t.In(zone).Format(layout)
	if read, fault := parseTime(text, zone); fault != nil || !read.Equal(t) {
		return t.In(zone).Format(layout + "-07:00")
	}
	return text
}
