package source

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// opens says what a level-2 heading opens.
type opens int

const (
	ordinary opens = iota
	update
	report
	plan
	broken // meant as an update or report, and reported as a mistake
)

// title is a heading of a body, understood.
type title struct {
	opens opens
	word  site.Word
	time  time.Time
	at    diag.Pos // of the time where there is one, else of the heading
}

// headingReader understands the headings of one kind of entry.
type headingReader struct {
	decoder
	f     file
	kind  site.Kind
	vocab *vocabulary
}

// read understands one top-level heading. Within a report, headings are its
// own, unless they say plainly that they are updates.
func (h headingReader) read(m mark, inReport bool) title {
	t := title{at: h.f.at(m.pos, m.end)}
	left, right, offset, parted := part(m.text)
	if m.level != 2 {
		h.otherLevel(m, left, right, parted, inReport)
		return t
	}
	if !parted {
		return h.alone(m, t, inReport)
	}
	word, isWord := h.vocab.words[h.kind][fold(left)]
	isReport := h.vocab.report[fold(left)]
	if !isWord && !isReport {
		return h.nearMiss(m, t, left, right, inReport)
	}
	t.opens, t.word = update, word
	if isReport {
		t.opens = report
	}
	t.at = h.f.at(m.pos+offset, m.pos+offset+len(right))
	when, fault := parseTime(right, h.zone)
	if fault != nil {
		h.problems.Error(t.at, "unreadable-time", fault.hint, "%s", fault.message)
		t.opens = broken
	}
	t.time = when
	return t
}

// alone understands a heading without a separator.
func (h headingReader) alone(m mark, t title, inReport bool) title {
	words := fold(m.text)
	_, isWord := h.vocab.words[h.kind][words]
	_, isOther := h.vocab.words[1-h.kind][words]
	switch {
	case h.vocab.report[words]:
		t.opens = report
	case h.kind == site.Maintenance && h.vocab.plan[words] && !inReport:
		t.opens = plan
	case isWord:
		h.problems.Error(t.at, "missing-time", "add when: ## "+m.text+" — 2025-07-25 06:41", "the update %s has no time", quoted(m.text))
		t.opens = broken
	case isOther && !inReport:
		h.foreignWord(t.at, m.text)
		t.opens = broken
	case h.looselyTimed(m.text):
		h.problems.Error(t.at, "missing-separator", "write ## Investigating — 2025-07-25 06:41", "no separator stands between the words and the time of this heading")
		t.opens = broken
	}
	return t
}

func (h headingReader) foreignWord(at diag.Pos, word string) {
	h.problems.Error(at, "foreign-word", h.offer(), "%s is no word for an update of %s", quoted(word), map[site.Kind]string{site.Incident: "an incident", site.Maintenance: "a maintenance"}[h.kind])
}

func (h headingReader) offer() string { return "write " + strings.Join(h.vocab.offer[h.kind], ", ") }

// looselyTimed reports a status word that a readable time follows without a
// separator, perhaps in brackets.
func (h headingReader) looselyTimed(text string) bool {
	fields := strings.Fields(text)
	for i := 1; i < len(fields) && i < 5; i++ {
		head, tail := strings.Join(fields[:i], " "), strings.Trim(strings.Join(fields[i:], " "), "()[]")
		head = strings.TrimRight(head, ":,;–—-|@·")
		if _, ok := h.vocab.words[h.kind][fold(head)]; !ok && !h.vocab.report[fold(head)] {
			continue
		}
		if _, fault := parseTime(tail, h.zone); fault == nil {
			return true
		}
	}
	return false
}

// nearMiss understands a heading that has a separator and begins with a word
// that is none. With a readable time after it, it was meant as an update.
func (h headingReader) nearMiss(m mark, t title, left, right string, inReport bool) title {
	if _, fault := parseTime(right, h.zone); fault != nil {
		return t
	}
	at := h.f.at(m.pos, m.pos+len(left))
	if _, other := h.vocab.words[1-h.kind][fold(left)]; other {
		h.foreignWord(at, left)
		t.opens = broken
		return t
	}
	near := diag.Nearest(left, append(slices.Clone(h.vocab.offer[h.kind]), "Postmortem", "Write-up", "Incident report"))
	if near == "" && inReport {
		return t
	}
	hint := h.offer()
	if near != "" {
		hint = `did you mean "` + near + `"?`
	}
	h.problems.Error(at, "unknown-word", hint, "unknown update word %s", quoted(left))
	t.opens = broken
	return t
}

// otherLevel warns of an update heading at another level, which opens nothing.
func (h headingReader) otherLevel(m mark, left, right string, parted, inReport bool) {
	if !parted || inReport {
		return
	}
	if _, ok := h.vocab.words[h.kind][fold(left)]; !ok {
		return
	}
	if _, fault := parseTime(right, h.zone); fault == nil {
		h.problems.Warn(h.f.at(m.pos, m.end), "heading-level", "write it with two: ## "+m.text, "this update heading has level %d and opens no update", m.level)
	}
}

// part splits a heading at its first separator with spaces around it, and says
// where in the heading the right half begins. A colon may follow its word
// directly where a number comes after it, as in "Resolved: 2025-07-25 08:20".
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

func separator(r rune) bool {
	switch r {
	case '—', '–', '-', '·', '|', '@', ':', '：', '｜', '―', '−':
		return true
	}
	return false
}

func startsWithDigit(s string) bool {
	s = strings.TrimLeft(s, " ")
	return s != "" && '0' <= s[0] && s[0] <= '9'
}
