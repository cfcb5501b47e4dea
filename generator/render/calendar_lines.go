package render

import (
	"slices"
	"time"
	"unicode/utf8"
)

// calendarLines writes the lines of a calendar, each with a property (RFC 5545, 3.1).
type calendarLines struct {
	out  []byte
	line []byte // memory for the line that is being written
}

// newCalendar begins a calendar after what is in into.
func newCalendar(into []byte) *calendarLines {
	c := &calendarLines{out: into}
	c.value("BEGIN", "VCALENDAR")
	c.value("VERSION", "2.0")
	c.value("PRODID", "-//Allclear//Allclear//EN")
	return c
}

// end ends the calendar, and returns what was written.
func (c *calendarLines) end() []byte {
	c.value("END", "VCALENDAR")
	return c.out
}

// value writes a property with a value that is written as it is.
func (c *calendarLines) value(name, value string) {
	c.begin(name)
	c.line = append(c.line, value...)
	c.fold()
}

// text writes a property whose value is a text (RFC 5545, 3.3.11).
func (c *calendarLines) text(name, value string) {
	c.begin(name)
	c.line = slices.Grow(c.line, len(value)+len(value)/16) // with room for backslashes
	for i := range len(value) {
		switch b := value[i]; b {
		case '\n':
			c.line = append(c.line, `\n`...)
		case '\\', ';', ',':
			c.line = append(c.line, '\\', b)
		default:
			c.line = append(c.line, b)
		}
	}
	c.fold()
}

// time writes a property whose value is an instant, in UTC (RFC 5545, 3.3.5).
func (c *calendarLines) time(name string, t time.Time) {
	c.begin(name)
	c.line = t.UTC().AppendFormat(c.line, "20060102T150405Z")
	c.fold()
}

// begin begins the line of a property.
func (c *calendarLines) begin(name string) { c.line = append(append(c.line[:0], name...), ':') }

// fold ends the line. It writes it in pieces of at most 75 bytes, each but the first with
// a space before it.
func (c *calendarLines) fold() {
	rest, room := c.line, 75
	for ; len(rest) > room; room = 74 {
		at := foldPoint(rest, room)
		c.out = append(append(c.out, rest[:at]...), "\r\n "...)
		rest = rest[at:]
	}
	c.out = append(append(c.out, rest...), "\r\n"...)
}

// foldPoint returns where to cut a line that is longer than room: before a word, so that
// people can read the file, or before the first character that does not fit.
func foldPoint(line []byte, room int) int {
	end := room
	for end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	for at := end; at > 0; at-- {
		if line[at] == ' ' || line[at] == '<' || line[at-1] == '>' {
			return at
		}
	}
	return end
}
