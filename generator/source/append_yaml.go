package source

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/site"
)

// yamlEditor edits YAML front matter line by line.
type yamlEditor struct{ *appender }

// inYAML returns the editor for YAML front matter.
func inYAML(w *appender) impactEditor { return yamlEditor{w} }

func (w yamlEditor) writer() valueWriter {
	return valueWriter{text: writeText, time: func(t time.Time) string { return writeTime(t, w.site.Zone) }, pair: ": "}
}

func (w yamlEditor) setTime(written value, at time.Time) {
	w.replace(written.pos, writeTime(at, w.site.Zone))
}

func (w yamlEditor) endImpact(item value, at time.Time) {
	time := writeTime(at, w.site.Zone)
	first := item.keys[0]
	for _, name := range []string{"start", "status", "label"} {
		p, exists := item.get(name)
		if !exists || p.value.pos.Line != p.pos.Line || p.shape != text {
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

// flows reports whether a table is in flow style, between braces.
func (w yamlEditor) flows(item value) bool {
	first := item.keys[0].pos
	before := w.raw[:w.offset(first.Line, first.Column)]
	return strings.HasSuffix(strings.TrimRight(before, " \t\r\n"), "{")
}

func (w yamlEditor) add(impacts pair, begun []site.Impact) error {
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

// blockEnd returns the last line of the top-level key that begins at a line, without
// empty lines and comments after it.
func (w yamlEditor) blockEnd(line int) int {
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

// toList moves the lines of the keys into the first item of a list, unchanged.
func (w yamlEditor) toList(short []pair, end time.Time, begun []site.Impact) error {
	lines := []string{"impacts:"}
	for _, p := range short {
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
	if !end.IsZero() {
		lines = append(lines, "    end: "+writeTime(end, w.site.Zone))
	}
	w.insertLines(short[0].pos.Line, append(lines, w.blocks("  ", begun)...)...)
	return nil
}

func (w yamlEditor) appendImpacts(begun []site.Impact) {
	w.insertLines(w.fence, append([]string{"impacts:"}, w.blocks("  ", begun)...)...)
}

// blocks returns the lines of new impacts.
func (w yamlEditor) blocks(indent string, impacts []site.Impact) []string {
	var lines []string
	for _, i := range impacts {
		lead := "- "
		for _, f := range w.fields(i, w.writer()) {
			lines = append(lines, indent+lead+f.key+": "+f.value)
			lead = "  "
		}
	}
	return lines
}

func (w yamlEditor) setText(old pair, text string) error {
	from, to := w.offset(old.value.pos.Line, old.value.pos.Column), w.offset(old.value.pos.Line, old.value.pos.EndColumn)
	if old.value.pos.Line != old.pos.Line {
		return errors.New("a text is below its key: write it on one line, then try again")
	}
	if from > 0 && to < len(w.raw) && (w.raw[from-1] == '"' || w.raw[from-1] == '\'') && w.raw[to] == w.raw[from-1] {
		from, to = from-1, to+1
	}
	w.replaceRaw(from, to, writeText(text))
	return nil
}

// addKeys adds keys after the title.
func (w yamlEditor) addKeys(keys []field) error {
	title, exists := w.front.get("title")
	if !exists || w.flows(w.front) {
		return errBraces
	}
	var lines []string
	for _, f := range keys {
		lines = append(lines, w.indent(title.pos.Line)+f.key+": "+f.value)
	}
	w.insertLines(w.blockEnd(title.pos.Line)+1, lines...)
	return nil
}

func (w yamlEditor) remove(old pair) error {
	if w.flows(w.front) {
		return errBraces
	}
	w.cut(old.pos.Line, w.blockEnd(old.pos.Line))
	return nil
}
