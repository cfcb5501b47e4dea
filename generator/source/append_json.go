package source

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// jsonEditor edits JSON front matter. New values take the layout of their neighbors.
type jsonEditor struct{ *appender }

// inJSON returns the editor for JSON front matter.
func inJSON(w *appender) impactEditor { return jsonEditor{w} }

func (w jsonEditor) writer() valueWriter {
	return valueWriter{text: inQuotes, time: w.time, pair: ": "}
}

func (w jsonEditor) time(t time.Time) string { return inQuotes(writeTime(t, w.site.Zone)) }

func (w jsonEditor) setTime(written value, at time.Time) {
	w.replace(written.pos, writeTime(at, w.site.Zone))
}

func (w jsonEditor) endImpact(item value, at time.Time) {
	p := item.keys[0]
	for _, name := range []string{"label", "status", "start"} {
		if like, exists := item.get(name); exists {
			p = like
		}
	}
	w.insertAt(w.rawOffset(p.end), ","+w.lead(p)+`"end"`+w.colon(p)+w.time(at))
}

// start returns the offset in raw of a pair's opening quote.
func (w jsonEditor) start(p pair) int { return w.offset(p.pos.Line, p.pos.Column) - 1 }

// lead returns the white space before a pair, and a space if there is none.
func (w jsonEditor) lead(p pair) string {
	if lead := w.space(w.start(p)); lead != "" {
		return lead
	}
	return " "
}

// value returns the offset in raw of a pair's value.
func (w jsonEditor) value(p pair) int {
	at := w.offset(p.value.pos.Line, p.value.pos.Column)
	if p.shape == text {
		at-- // the opening quote
	}
	return at
}

// colon returns the text between a pair's key and its value.
func (w jsonEditor) colon(p pair) string {
	between := w.raw[w.offset(p.pos.Line, p.pos.EndColumn)+1 : w.value(p)]
	if strings.Trim(between, " \t") != ":" {
		return ": "
	}
	return between
}

func (w jsonEditor) add(impacts pair, begun []site.Impact) error {
	last := impacts.items[len(impacts.items)-1]
	lead := w.space(w.offset(last.pos.Line, last.pos.Column))
	if lead == "" {
		lead = " "
	}
	first := last.keys[0]
	layout := jsonLayout{first: w.space(w.start(first)), next: w.lead(first), last: w.space(w.rawOffset(last.end) - 1),
		colon: w.colon(first)}
	if !strings.Contains(layout.next, "\n") {
		layout.next = " "
	}
	written := ""
	for _, i := range begun {
		written += "," + lead + layout.object(w.fields(i, w.writer()))
	}
	w.insertAt(w.rawOffset(last.end), written)
	return nil
}

// jsonLayout is the white space in an object.
type jsonLayout struct {
	first, next, last string // before the first key, the other keys and the end
	colon             string
}

// object returns a JSON object with the given fields.
func (l jsonLayout) object(fields []field) string {
	var b strings.Builder
	b.WriteString("{" + l.first)
	for n, f := range fields {
		if n > 0 {
			b.WriteString("," + l.next)
		}
		b.WriteString(inQuotes(f.key) + l.colon + f.value)
	}
	b.WriteString(l.last + "}")
	return b.String()
}

func (w jsonEditor) toList(short []pair, end time.Time, begun []site.Impact) error {
	var first []field
	for _, p := range short {
		first = append(first, field{p.name, w.raw[w.value(p):w.rawOffset(p.end)]})
	}
	if !end.IsZero() {
		first = append(first, field{"end", w.time(end)})
	}
	w.edits = append(w.edits, edit{w.start(short[0]), w.rawOffset(short[0].end), w.impacts(first, begun)})
	for n, p := range w.front.keys[1:] {
		if p.name != short[0].name && known(shortKeys(), p.name) {
			w.edits = append(w.edits, edit{w.rawOffset(w.front.keys[n].end), w.rawOffset(p.end), ""})
		}
	}
	return nil
}

func (w jsonEditor) appendImpacts(begun []site.Impact) {
	last := w.front.keys[len(w.front.keys)-1]
	w.insertAt(w.rawOffset(last.end), ","+w.lead(last)+w.impacts(nil, begun))
}

// impacts returns the impacts key with its list: an impact with the fields in first, if
// there are any, then the new impacts. If the front matter has several lines, so does
// the list.
func (w jsonEditor) impacts(first []field, begun []site.Impact) string {
	top := w.front.keys[0]
	outer := w.space(w.start(top))
	layout := jsonLayout{next: " ", colon: w.colon(top)}
	between, end := " ", ""
	if cut := strings.LastIndexByte(outer, '\n'); cut >= 0 {
		line, step := outer[:cut+1], outer[cut+1:]
		line = line[max(0, len(line)-len(w.newline)):] // only one line end
		if step == "" {
			step = "  "
		}
		between, end = line+outer[cut+1:]+step, line+outer[cut+1:]
		layout.first, layout.next, layout.last = between+step, between+step, between
	}
	var items []string
	if first != nil {
		items = append(items, layout.object(first))
	}
	for _, i := range begun {
		items = append(items, layout.object(w.fields(i, w.writer())))
	}
	if end == "" {
		return `"impacts"` + layout.colon + "[" + strings.Join(items, ","+between) + "]"
	}
	return `"impacts"` + layout.colon + "[" + between + strings.Join(items, ","+between) + end + "]"
}

func (w jsonEditor) setText(old pair, text string) error {
	w.replaceRaw(w.value(old), w.rawOffset(old.end), inQuotes(text))
	return nil
}

func (w jsonEditor) addKeys(keys []field) error {
	last := w.front.keys[len(w.front.keys)-1]
	for _, f := range keys {
		w.insertAt(w.rawOffset(last.end), ","+w.lead(last)+inQuotes(f.key)+w.colon(last)+f.value)
	}
	return nil
}

func (w jsonEditor) remove(old pair) error {
	keys := w.front.keys
	for n, p := range keys {
		switch {
		case p.name != old.name:
		case n > 0:
			w.replaceRaw(w.rawOffset(keys[n-1].end), w.rawOffset(p.end), "")
		case len(keys) > 1:
			w.replaceRaw(w.start(p), w.start(keys[1]), "")
		}
	}
	return nil
}
