package source

import (
	"errors"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// OccurrenceFile returns the file of one occurrence of a series, which replaces it: that
// of the series, data, with the occurrence's own start and announcement and without the
// keys of a series. If the file cannot be written automatically, the error says what to
// write by hand.
func OccurrenceFile(data []byte, s *site.Site, m *site.MaintenanceSeries, e *site.Entry) ([]byte, error) {
	steps := []func(w *appender) error{
		func(w *appender) error { // the first step, since it needs the lines of the series
			for _, u := range m.Entry.Updates {
				w.replace(u.Pos, writeTime(e.Posted.Time, s.Zone))
			}
			return nil
		},
		func(w *appender) error { return w.removeKey("repeat") },
		func(w *appender) error { return w.removeKey("announce") },
		func(w *appender) error { return w.setKey("start", e.Start) },
		func(w *appender) error { return w.setKey("posted", e.Posted) },
	}
	for _, step := range steps {
		w, err := newAppender(data, s, &m.Entry)
		if err == nil {
			err = step(w)
		}
		if err != nil {
			return nil, err
		}
		data = w.bytes()
	}
	return data, nil
}

// OccurrenceTranslation returns the translation of the file that OccurrenceFile returns:
// that of the series, data, with the time of the announcement of this occurrence.
func OccurrenceTranslation(data []byte, name string, s *site.Site, e *site.Entry) []byte {
	vocab := newVocabulary(s.Languages)
	d := decoder{zone: s.Zone, languages: s.Languages, vocab: &vocab, problems: &diag.List{}}
	f := newFile(name, string(data))
	_, start, ok := readFrontMatter(f, d.problems)
	if !ok {
		return data
	}
	p := newSplicer(data)
	for _, u := range readBody(f, start, site.Maintenance, d, linkTable{}).updates {
		p.replace(u.Pos, writeTime(e.Posted.Time, s.Zone))
	}
	return p.bytes()
}

// newAppender reads the front matter of an entry's file, to change it.
func newAppender(data []byte, s *site.Site, e *site.Entry) (*appender, error) {
	w := &appender{splicer: newSplicer(data), f: newFile(e.Pos.File, string(data)), site: s, entry: e}
	var problems diag.List
	front, body, ok := readFrontMatter(w.f, &problems)
	if !ok || problems.HasErrors() {
		return nil, errors.New("the file has mistakes: fix them first")
	}
	first, mark := opening(w.f.text)
	w.editor, w.object = mark.editor(w), mark.object
	w.front, w.top, w.fence = front, w.f.at(first, first).Line+1, w.f.at(body, body).Line-1
	if body == len(w.f.text) && !strings.HasSuffix(w.f.text, "\n") {
		w.fence++
	}
	return w, nil
}

// removeKey removes a key of the front matter, if it is there.
func (w *appender) removeKey(name string) error {
	if p, exists := w.front.get(name); exists {
		return w.editor.remove(p)
	}
	return nil
}

// setKey sets a time of the front matter.
func (w *appender) setKey(name string, at site.Moment) error {
	if p, exists := w.front.get(name); exists {
		w.editor.setTime(p.value, at.Time)
		return nil
	}
	return w.editor.addKeys([]field{{name, w.editor.writer().time(at.Time)}})
}
