package source

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// anyUpdate reports whether a body has an update heading, or one that was meant as one.
func (h *headingReader) anyUpdate(blocks []node) bool {
	for i := range blocks {
		if blocks[i].element != heading || blocks[i].level != 2 {
			continue
		}
		left, _, _, parted := part(blocks[i].text)
		if !parted {
			left = blocks[i].text
		}
		if _, ok := h.vocab.words[h.kind].of(left); ok {
			return true
		}
		if n := h.vocab.near(h.kind, plainInline(blocks[i].kids)); n.nearness == exactly && !n.report {
			return true
		}
	}
	return false
}

// nearHeading reports a level-2 heading that was meant as an update, and returns whether
// it was. In a report, more headings are accepted as sections.
func (h *headingReader) nearHeading(m node, inReport bool) bool {
	n := h.vocab.near(h.kind, plainInline(m.kids))
	ours := inReport || !h.updates // a section of a report
	switch n.nearness {
	case far:
		return false
	case loosely, timeOnly, numbered:
		if ours {
			return false
		}
	case labelled:
		if ours && (n.report || n.means == site.Monitoring || n.means == site.Note) {
			return false
		}
	case alone, bare:
		if ours && n.report {
			return false
		}
	}
	if ours && h.vocab.section.has(n.word) {
		return false
	}
	h.reportNear(h.f.at(m.pos, m.end), n)
	return true
}

// otherLevel reports a heading of another level that was meant as an update.
func (h *headingReader) otherLevel(m node, inReport bool) {
	if inReport {
		return
	}
	n := h.vocab.near(h.kind, plainInline(m.kids))
	if !h.updates {
		if n.nearness == exactly && !n.report {
			h.note(h.f.at(m.pos, m.end), n)
		}
		return
	}
	switch n.nearness {
	case far, labelled, numbered:
	case alone, bare:
		if !n.report {
			h.reportNear(h.f.at(m.pos, m.end), n)
		}
	default:
		h.reportNear(h.f.at(m.pos, m.end), n)
	}
}

// reportNear reports a line that was meant as an update, with the corrected line.
func (h *headingReader) reportNear(at diag.Pos, n nearUpdate) {
	message, hint := h.advice(n)
	h.problems.Error(at, "near-update", hint, "%s", message)
}

// advice returns the message and the hint for a line that was meant as an update.
func (h *headingReader) advice(n nearUpdate) (message, hint string) {
	message, hint = "this looks like an update, but it is not one", "write "+h.line(n.word, n.when)
	switch {
	case n.nearness == timeOnly:
		message, hint = "this time has no status word, so it does not start an update",
			"write "+h.line(h.vocab.suggestedFor(h.kind, site.Note), n.when)
	case n.report && !n.when.clock:
		message, hint = "this looks like the heading of a report, but it is not one", "write ## "+n.word
	case n.report:
		message = "this looks like the heading of a report, but it is not one"
	}
	if n.more != "" {
		hint += ", with the text below it"
	}
	if n.when.abbr != "" {
		hint += " (" + n.when.abbr + " cannot be read: add UTC or an offset such as +02:00, unless the time is in the site's zone)"
	}
	return message, hint
}

// line returns a correct update heading. Letters stand for the parts of the time that
// are missing, such as HH:MM.
func (h *headingReader) line(word string, when looseTime) string {
	means, _ := h.vocab.words[h.kind].of(word)
	day := h.day(when, means)
	if text, ok := when.written(day); ok {
		return "## " + word + " — " + text
	}
	written := when.civil
	written.hour, written.minute, written.second = 0, 0, 0
	switch {
	case when.date && when.year > 0 && !when.vague && written.check(written.String()) == nil:
		day = written.String()[:len("2006-01-02")]
	case when.date, day == "":
		day = "YYYY-MM-DD"
	}
	clock := "HH:MM"
	if when.clock && when.hour < 24 {
		clock = fmt.Sprintf("%02d:%02d%s", when.hour, when.minute, when.zone)
	}
	return "## " + word + " — " + day + " " + clock
}

// day returns the day of a time of day: the one that continues the order of the updates
// above it, or else the likely day of the file.
func (h *headingReader) day(when looseTime, word site.UpdateStatus) string {
	if len(h.seen) == 0 {
		return h.decoder.day
	}
	last := h.seen[len(h.seen)-1]
	zone := h.zone
	if when.zone == " UTC" {
		zone = time.UTC
	}
	above := last.time.In(zone)
	if !when.clock {
		return above.Format(time.DateOnly)
	}
	c := civil{above.Year(), int(above.Month()), above.Day(), when.hour, when.minute, when.second}
	seconds := time.Duration(above.Hour()*3600+above.Minute()*60+above.Second()) * time.Second
	at := time.Duration(c.hour*3600+c.minute*60+c.second) * time.Second
	newestFirst := len(h.seen) > 1 && h.seen[0].time.After(last.time) || len(h.seen) == 1 && closes(last.word) && !closes(word)
	switch {
	case newestFirst && at > seconds:
		c.day--
	case !newestFirst && at < seconds:
		c.day++
	}
	return c.utc().Format(time.DateOnly)
}

// closes reports whether an update with this word ends its entry.
func closes(word site.UpdateStatus) bool {
	return word == site.Resolved || word == site.Completed || word == site.Canceled
}

// nearLine is a line of text that looks like an update.
type nearLine struct {
	at            diag.Pos
	message, hint string
}

// lines reports the lines and list items of a block that look like updates. It skips
// code, quotations, tables and the steps of a plan. In a body without updates such lines
// may belong to the report, so they are only collected.
func (h *headingReader) lines(s *section, block *node, byItself bool) {
	switch block.element {
	case paragraph, tightText:
		for first, rest := true, block.kids; rest != nil; first = false {
			var line []node
			line, rest = cutLine(rest)
			if len(line) > 0 && !hasCode(line) && line[0].element != taskBox {
				h.oneLine(line, s, first, first && rest == nil, byItself)
			}
		}
	case heading: // in a list
		h.otherLevel(*block, s.opens == report)
	case bulletList, orderedList:
		if s.opens == plan && hasTasks(block) {
			return
		}
		for i := range block.kids {
			for k := range block.kids[i].kids {
				h.lines(s, &block.kids[i].kids[k], len(block.kids) == 1)
			}
		}
	}
}

// note collects a line of a body without updates.
func (h *headingReader) note(at diag.Pos, n nearUpdate) {
	message, hint := h.advice(n)
	h.own = append(h.own, nearLine{at, message, hint})
}

// cutLine returns the nodes before the first line break of a paragraph, and those after
// it, which are nil if there is none.
func cutLine(kids []node) (line, rest []node) {
	for i := range kids {
		if kids[i].element == softBreak || kids[i].element == hardBreak {
			return kids[:i], kids[i+1:]
		}
	}
	return kids, nil
}

// oneLine reports a line of a paragraph that looks like an update.
func (h *headingReader) oneLine(line []node, s *section, first, only, byItself bool) {
	h.buffer.Reset()
	writeInline(&h.buffer, line, false) // without the addresses of links
	written := bytes.TrimSpace(h.buffer.Bytes())
	if !h.vocab.mayOpen(h.kind, written[:min(len(written), longestHeading)]) {
		return // nearly every line
	}
	text := string(written)
	n, surely := h.nearLine(line, text, s, first, only && byItself)
	if n.nearness == far && byItself {
		n = h.led(text, s)
	}
	switch {
	case n.nearness == far || s.opens == report && !surely:
	case n.nearness == led && h.updates:
		message, hint := h.advice(n)
		h.problems.Warn(h.f.lineOf(line), "near-update", hint, "%s", message)
	case surely || h.updates:
		h.reportNear(h.f.lineOf(line), n)
	default:
		h.note(h.f.lineOf(line), n)
	}
}

// nearLine compares one line of a paragraph, which has this text, with the status words.
// first says that it is the first line of the paragraph, only that it is the only one.
// surely reports a heading whose # has no space after it, which is looked for in reports
// too.
func (h *headingReader) nearLine(line []node, text string, s *section, first, only bool) (n nearUpdate, surely bool) {
	if len(line) > 40 || len(text) > longestHeading {
		return n, false
	}
	words := strings.TrimLeft(text, "#")
	n = h.vocab.near(h.kind, words)
	signs := len(text) - len(words)
	if signs == 1 && n.nearness != exactly || signs > 6 { // a hashtag
		return nearUpdate{}, false
	}
	if signs > 1 {
		if ours := s.opens == report || !h.updates; ours &&
			(n.nearness == loosely || n.nearness == timeOnly || n.report && n.nearness != exactly) {
			return nearUpdate{}, false
		}
		return n, true
	}
	if !h.plainly(n, line, text, s, first, only) {
		return nearUpdate{}, false
	}
	return n, false
}

// plainly reports whether a line without # is just the heading of an update. A sentence
// that repeats the word of its own update is text.
func (h *headingReader) plainly(n nearUpdate, line []node, text string, s *section, first, only bool) bool {
	same := n.means == s.word && s.opens == update
	stressed := line[0].element == strong || line[0].element == emphasis || strings.HasPrefix(text, "[")
	switch {
	case n.report:
		return false
	case n.nearness == exactly:
		sentence := strings.HasSuffix(text, ".") || !strings.ContainsAny(text, "—–-:|·@/~→•,([")
		lower := strings.IndexFunc(text, unicode.IsLower) == 0
		return n.when.clocks < 2 && !(same && sentence) && (first || !lower)
	case n.nearness == loosely:
		begins := h.vocab.isOpening(h.kind, withoutMarkup(inlineText(line[:1], false)), &nearUpdate{})
		return stressed && begins && n.when.date && n.when.clocks == 1
	case n.nearness == alone:
		return stressed && only && !same
	case n.nearness == bare:
		return only && !same
	}
	return false
}
