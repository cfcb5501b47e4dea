package source

import (
	"strings"
	"time"

	"allclear/generator/site"
)

// tomlEditor edits TOML front matter. It adds impacts in the form that the file has:
// [[impacts]] at the end, or items of impacts = [{…}].
type tomlEditor struct{ *appender }

// inTOML returns the editor for TOML front matter.
func inTOML(w *appender) impactEditor { return tomlEditor{w} }

func (w tomlEditor) writer() valueWriter {
	return valueWriter{text: tomlText, time: w.time, pair: " = "}
}

// tomlText returns a quoted TOML string. TOML has JSON's escapes, and must escape U+007F
// as well.
func tomlText(text string) string { return strings.ReplaceAll(inQuotes(text), "\x7f", `\u007F`) }

// time returns a TOML date-time, which must have seconds.
func (w tomlEditor) time(t time.Time) string {
	const layout = "2006-01-02 15:04:05"
	text := t.In(w.site.Zone).Format(layout)
	if read, problem := parseTime(text, w.site.Zone); problem != nil || !read.Equal(t) {
		return t.In(w.site.Zone).Format(layout + "-07:00")
	}
	return text
}

func (w tomlEditor) setTime(written value, at time.Time) {
	quote := w.raw[w.offset(written.pos.Line, written.pos.Column)-1]
	if quote == '"' || quote == '\'' {
		w.replace(written.pos, writeTime(at, w.site.Zone))
		return
	}
	w.replace(written.pos, w.time(at))
}

func (w tomlEditor) endImpact(item value, at time.Time) {
	open := w.offset(item.pos.Line, item.pos.Column)
	end := "end" + w.equals(item.keys[0]) + w.time(at)
	for _, name := range []string{"start", "status", "label"} {
		p, exists := item.get(name)
		switch {
		case !exists || p.shape != text:
		case w.raw[open] == '{':
			w.insertAt(w.rawOffset(p.end), ", "+end)
			return
		default:
			w.insertLines(w.f.at(p.end, p.end).Line+1, w.indent(p.pos.Line)+end)
			return
		}
	}
	if w.raw[open] == '{' {
		w.insertAt(open+1, end+", ")
		return
	}
	w.insertLines(item.pos.Line+1, w.indent(item.pos.Line)+end)
}

// equals returns the text between a key and its value, so that a new pair looks like its
// neighbor.
func (w tomlEditor) equals(p pair) string {
	from, to := w.offset(p.pos.Line, p.pos.EndColumn), w.offset(p.value.pos.Line, p.value.pos.Column)
	if from < to {
		between := strings.Trim(w.raw[from:to], `"'[{`)
		if strings.Trim(between, " \t") == "=" {
			return between
		}
	}
	return " = "
}

// indent returns the white space at the beginning of a line.
func (p *splicer) indent(line int) string {
	text := p.line(line)
	return text[:len(text)-len(strings.TrimLeft(text, " \t"))]
}

func (w tomlEditor) add(impacts pair, begun []site.Impact) error {
	last := impacts.items[len(impacts.items)-1]
	if at := w.offset(last.pos.Line, last.pos.Column); w.raw[at] == '{' {
		w.addItems(last, begun)
		return nil
	}
	style := tomlStyle{w.indent(last.pos.Line), w.indent(last.keys[0].pos.Line), w.equals(last.keys[0]), w.blank(last.pos.Line - 1)}
	w.addTables(style, nil, begun)
	return nil
}

func (w tomlEditor) toList(short []pair, end time.Time, begun []site.Impact) error {
	style := tomlStyle{equals: w.equals(short[0]), spaced: true}
	var first []string
	for _, p := range short {
		if p.end == 0 {
			return errOwnTable
		}
		first = append(first, w.cut(p.pos.Line, w.f.at(p.end, p.end).Line)...)
	}
	if !end.IsZero() {
		first = append(first, "end"+style.equals+w.time(end))
	}
	w.addTables(style, first, begun)
	return nil
}

func (w tomlEditor) appendImpacts(begun []site.Impact) {
	w.addTables(tomlStyle{equals: " = ", spaced: true}, nil, begun)
}

// tomlStyle is the white space of the tables in a file.
type tomlStyle struct {
	head, keys string // the white space before [[impacts]] and before its keys
	equals     string
	spaced     bool // an empty line comes before each table
}

// addTables adds [[impacts]] tables at the end of the front matter, so that they cannot
// change the table of another key: one with the lines in first, if there are any, then
// one for each new impact.
func (w tomlEditor) addTables(style tomlStyle, first []string, begun []site.Impact) {
	tables := [][]string{first}
	if first == nil {
		tables = nil
	}
	for _, i := range begun {
		var lines []string
		for _, f := range w.fields(i, w.writer()) {
			lines = append(lines, style.keys+f.key+style.equals+f.value)
		}
		tables = append(tables, lines)
	}
	var lines []string
	for _, table := range tables {
		if style.spaced {
			lines = append(lines, "")
		}
		lines = append(lines, style.head+"[[impacts]]")
		lines = append(lines, table...)
	}
	before := w.fence
	for w.blank(before - 1) {
		before--
	}
	w.insertLines(before, lines...)
}

// addItems adds inline tables after the last item of an array and the comment that may
// follow it.
func (w tomlEditor) addItems(last value, begun []site.Impact) {
	lead := w.space(w.offset(last.pos.Line, last.pos.Column))
	text, after := w.f.text, last.end
	comma := after + tomlGap(text[after:])
	if text[comma] == ',' {
		after = comma + 1
	} else {
		w.insertAt(w.rawOffset(after), ",")
	}
	line, _, _ := strings.Cut(text[after:], "\n")
	if strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") {
		after += len(line)
		if !strings.Contains(lead, "\n") {
			lead = w.newline + "  "
		}
	}
	if lead == "" {
		lead = " "
	}
	var items []string
	for _, i := range begun {
		var pairs []string
		for _, f := range w.fields(i, w.writer()) {
			pairs = append(pairs, f.key+" = "+f.value)
		}
		items = append(items, lead+"{"+strings.Join(pairs, ", ")+"}")
	}
	written := strings.Join(items, ",")
	if text[comma] == ',' {
		written += ","
	}
	w.insertAt(w.rawOffset(after), written)
}

// tomlGap returns the length of the white space, line ends and comments at the beginning
// of a text.
func tomlGap(text string) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ' ', '\t', '\n':
		case '#':
			line, _, _ := strings.Cut(text[i:], "\n")
			i += len(line)
		default:
			return i
		}
	}
	return len(text)
}

func (w tomlEditor) setText(old pair, text string) error {
	from := w.offset(old.pos.Line, old.pos.EndColumn)
	equals := strings.IndexByte(w.raw[from:], '=')
	if equals < 0 || old.end == 0 {
		return errOwnTable
	}
	from += equals + 1
	for w.raw[from] == ' ' || w.raw[from] == '\t' {
		from++
	}
	w.replaceRaw(from, w.rawOffset(old.end), tomlText(text))
	return nil
}

// addKeys adds keys after the title, where they belong to no table.
func (w tomlEditor) addKeys(keys []field) error {
	line, equals := w.top, " = "
	if p, exists := w.front.get("title"); exists && p.shape == text && p.end > 0 {
		line, equals = w.f.at(p.end, p.end).Line+1, w.equals(p)
	}
	var lines []string
	for _, f := range keys {
		lines = append(lines, f.key+equals+f.value)
	}
	w.insertLines(line, lines...)
	return nil
}

func (w tomlEditor) remove(old pair) error {
	if old.end == 0 && old.shape == table {
		return w.removeTable(old)
	}
	if old.end == 0 {
		return errOwnTable
	}
	w.cut(old.pos.Line, w.f.at(old.end, old.end).Line)
	return nil
}

// removeTable removes a table that has a header, or dotted keys, line by line.
func (w tomlEditor) removeTable(old pair) error {
	if strings.HasPrefix(strings.TrimSpace(w.line(old.pos.Line)), "[") {
		w.cut(old.pos.Line, old.pos.Line)
	}
	for _, p := range old.keys {
		if p.end == 0 {
			return errOwnTable
		}
		w.cut(p.pos.Line, w.f.at(p.end, p.end).Line)
	}
	return nil
}
