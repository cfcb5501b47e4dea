package source

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// opens is what a level-2 heading opens.
type opens int

const (
	ordinary opens = iota
	update
	report
	plan
	broken // meant as an update or report, and reported as a mistake
)

// title is a parsed heading of a body.
type title struct {
	opens opens
	word  site.UpdateStatus
	time  time.Time
	at    diag.Pos // of the time if there is one, else of the heading

	name, written string // of an update: its word and its time as they are written
}

// headingReader parses the headings of one body, from the first to the last.
type headingReader struct {
	decoder
	f       file
	kind    site.Kind
	vocab   *vocabulary
	updates bool         // whether the body has any update heading; otherwise it is one report
	seen    []listedTime // of the updates so far
	own     []nearLine   // lines that look like updates, in a body without updates
	buffer  bytes.Buffer // the line that is looked at
}

// listedTime is the time and the status of an update heading.
type listedTime struct {
	time time.Time
	word site.UpdateStatus
}

// read parses one top-level heading. In a report, headings belong to the report unless
// they are clearly updates.
func (h *headingReader) read(m node, inReport bool) title {
	t := title{at: h.f.at(m.pos, m.end)}
	if m.level != 2 {
		h.otherLevel(m, inReport)
		return t
	}
	left, right, offset, parted := part(m.text)
	word, isWord := h.vocab.words[h.kind].of(left)
	isReport := h.opensReport(left, inReport)
	if !parted || !isWord && !isReport {
		return h.noUpdate(m, t, inReport)
	}
	t.opens, t.word, t.name, t.written = update, word, strings.Trim(left, "*_ "), right
	if isReport {
		t.opens = report
	}
	t.at = h.f.at(m.pos+offset, m.pos+offset+len(right))
	when, problem := parseTime(right, h.zone)
	if problem != nil {
		h.problems.Error(t.at, "unreadable-time", problem.on(right, h.day(parseLooseTime(right), word)), "%s", problem.message)
		t.opens = broken
	} else if isWord {
		h.seen = append(h.seen, listedTime{when, word})
	}
	t.time = when
	return t
}

// opensReport reports whether a name opens a report. Some names are also names of
// sections: they open a report only after updates.
func (h *headingReader) opensReport(name string, inReport bool) bool {
	return h.vocab.report.has(name) || h.updates && !inReport && h.vocab.section.has(name)
}

// noUpdate parses a heading that does not have the form WORD — TIME.
func (h *headingReader) noUpdate(m node, t title, inReport bool) title {
	_, isWord := h.vocab.words[h.kind].of(m.text)
	_, isOther := h.vocab.words[1-h.kind].of(m.text)
	left, right, _, parted := part(m.text)
	switch {
	case h.opensReport(m.text, inReport):
		t.opens = report
	case h.kind == site.Maintenance && h.vocab.plan.has(m.text) && !inReport:
		t.opens = plan
	case isWord:
		h.problems.Error(t.at, "missing-time", "add when: "+h.line(m.text, looseTime{}), "the update %s has no time", quoted(m.text))
		t.opens = broken
	case isOther && !inReport:
		h.foreignWord(t.at, m.text)
		t.opens = broken
	case h.nearHeading(m, inReport):
		t.opens = broken
	case h.kind == site.Maintenance && movingWords.has(m.text) && !inReport:
		h.problems.Error(t.at, "unknown-word", movingHint("TIME"), "unknown update word %s", quoted(m.text))
		t.opens = broken
	case parted:
		return h.unknownWord(m, t, left, right, inReport)
	}
	return t
}

// foreignWord reports a status word of the other kind of entry.
func (h *headingReader) foreignWord(at diag.Pos, word string) {
	kind := map[site.Kind]string{site.Incident: "an incident", site.Maintenance: "a maintenance"}[h.kind]
	h.problems.Error(at, "foreign-word", h.offer(), "%s is not an update word for %s", quoted(word), kind)
}

// offer returns a hint with the status words of the entry's kind.
func (h *headingReader) offer() string {
	return "write " + strings.Join(h.vocab.suggested[h.kind], ", ")
}

// unknownWord parses a heading with a separator after an unknown word. If a valid time
// follows, the heading was meant as an update.
func (h *headingReader) unknownWord(m node, t title, left, right string, inReport bool) title {
	if _, problem := parseTime(right, h.zone); problem != nil || h.vocab.section.has(left) {
		return t
	}
	at := h.f.at(m.pos, m.pos+len(left))
	if _, other := h.vocab.words[1-h.kind].of(left); other {
		h.foreignWord(at, left)
		t.opens = broken
		return t
	}
	near := diag.Nearest(left, append(slices.Clone(h.vocab.suggested[h.kind]), "Postmortem", "Write-up", "Incident report"))
	hint := h.offer()
	switch moves := movingWords.has(left) || vagueMovingWords.has(left); {
	case moves && h.kind == site.Maintenance:
		hint = movingHint(right)
	case near == "" && inReport:
		return t
	case near != "":
		hint = `did you mean "` + near + `"?`
	}
	h.problems.Error(at, "unknown-word", hint, "unknown update word %s", quoted(left))
	t.opens = broken
	return t
}

// part splits a heading at its first separator with spaces around it. offset is where
// the right half begins in the heading. A colon may follow its word directly if a number
// comes after it, as in "Resolved: 2025-07-25 08:20".
func part(heading string) (left, right string, offset int, ok bool) {
	for i, r := range heading {
		size := utf8.RuneLen(r)
		if i == 0 || !separator(r) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(heading[:i])
		after, _ := utf8.DecodeRuneInString(heading[i+size:])
		wide := r == '：' || r == '｜'
		tight := r == ':' && unicode.IsSpace(after) && startsWithDigit(heading[i+size:])
		if !(unicode.IsSpace(before) && (unicode.IsSpace(after) || i+size == len(heading))) && !wide && !tight {
			continue
		}
		rest := heading[i+size:]
		right = strings.TrimSpace(rest)
		offset = i + size + len(rest) - len(strings.TrimLeft(rest, " \t\u00a0\u3000"))
		return strings.TrimSpace(heading[:i]), right, offset, true
	}
	return "", "", 0, false
}

// separator reports whether a character may separate a status word from its time.
func separator(r rune) bool {
	switch r {
	case '—', '–', '-', '·', '|', '@', ':', '：', '｜', '―', '−':
		return true
	}
	return false
}

// startsWithDigit reports whether a text begins with a digit, after spaces.
func startsWithDigit(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && '0' <= s[0] && s[0] <= '9'
}
