package source

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/site"
)

// nearness is how closely a line looks like an update heading.
type nearness int

const (
	far      nearness = iota
	labelled          // a status word, then a text: "Resolved: all is well"
	loosely           // a status word, other words and a time of day
	alone             // a status word and signs, without a time: "[Resolved]"
	bare              // the status word and nothing else
	exactly           // a status word and a time, and no word beside them
	timeOnly          // a date and a time of day, and no word
	numbered          // a status word and a number: "Update 2"
	led               // a status word and a time of day, then a text: "Update 19:40: all is well"
)

// nearUpdate is a line that looks like an update heading, with what it contains.
type nearUpdate struct {
	nearness
	word   string // the word as it is written; "" for timeOnly
	report bool   // the word opens a report
	means  site.UpdateStatus
	when   looseTime
	more   string // for labelled: the text after the word
}

// longestHeading is the length in bytes above which a line is not examined. No update
// heading is that long.
const longestHeading = 300

// joints are the small words that may be between a status word and its time.
var joints = map[string]bool{}

func init() {
	const all = `at on of from since by as and to the time utc gmt um am vom seit uhr le la à a du el los las del de em às alle ore
		il op om o dnia godz v dne ve в о об saat kl kello klo den på`
	for _, word := range strings.Fields(all) {
		joints[word] = true
	}
}

// near compares the words of a line with the status words of a kind of entry.
func (v *vocabulary) near(kind site.Kind, line string) nearUpdate {
	n := nearUpdate{when: parseLooseTime(line)}
	if len(line) > longestHeading {
		return n
	}
	if n.when.clock || n.when.date {
		core := withoutMarkup(n.when.rest)
		for !v.isOpening(kind, core, &n) {
			shorter := withoutJoint(core)
			if shorter == core {
				break
			}
			core = shorter
		}
		switch {
		case core == "" && n.when.date && n.when.clock && n.when.clocks == 1:
			n.nearness = timeOnly
		case n.word != "":
			n.nearness = exactly
		case n.when.clock && v.leading(kind, core, &n):
			n.nearness = loosely
		}
		if n.nearness != far {
			return n
		}
	}
	line = strings.TrimSpace(line)
	core := strings.TrimFunc(line, func(r rune) bool { return !spelling(r) && !unicode.IsDigit(r) })
	if v.isOpening(kind, core, &n) {
		if n.nearness = alone; core == line {
			n.nearness = bare
		}
		return n
	}
	name, number, _ := strings.Cut(core, " ")
	counts := number != "" && len(number) < 4 && strings.Trim(number, "#0123456789") == ""
	if counts && v.isOpening(kind, name, &n) && !n.report {
		n.nearness = numbered
		return n
	}
	n.word, n.report = "", false
	if v.labelled(kind, core, line, &n) {
		n.nearness = labelled
	}
	return n
}

// spelling reports whether a character may be part of a word.
func spelling(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// withoutMarkup returns a text without the signs around it.
func withoutMarkup(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return !spelling(r) })
}

// withoutJoint removes a joint from the end of a text, or else from its start.
func withoutJoint(text string) string {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return text
	}
	first, last := fields[0], fields[len(fields)-1]
	switch {
	case joints[strings.ToLower(withoutMarkup(last))]:
		return withoutMarkup(strings.TrimSuffix(text, last))
	case joints[strings.ToLower(withoutMarkup(first))]:
		return withoutMarkup(strings.TrimPrefix(text, first))
	}
	return text
}

// mayOpen reports whether a line may be meant as the heading of an update. It begins with
// a #, or mentions a status word; without a digit it has no time, and is nothing else.
func (v *vocabulary) mayOpen(kind site.Kind, line []byte) bool {
	if bytes.HasPrefix(line, []byte("#")) {
		return true
	}
	for _, c := range line {
		if '0' <= c && c <= '9' {
			return v.mentions(kind, line)
		}
	}
	core := bytes.TrimFunc(line, func(r rune) bool { return !spelling(r) })
	_, size := utf8.DecodeRune(core)
	var room [longestHeading]byte
	if first := appendFolded(room[:0], core[:size]); len(first) > 0 && v.starting[kind][first[0]] == nil {
		return false
	}
	_, ok := v.words[kind][string(appendFolded(room[:0], core))]
	return ok
}

// mentions reports whether a text contains a status word of the kind.
func (v *vocabulary) mentions(kind site.Kind, text []byte) bool {
	var room [longestHeading]byte
	for rest := appendFolded(room[:0], text); len(rest) > 0; rest = rest[1:] {
		for _, word := range v.starting[kind][rest[0]] {
			if len(word) <= len(rest) && string(rest[:len(word)]) == word {
				return true
			}
		}
	}
	return false
}

// isOpening reports whether a text is a status word of the kind or the name of a report,
// and sets it in n.
func (v *vocabulary) isOpening(kind site.Kind, text string, n *nearUpdate) bool {
	if word, ok := v.words[kind].of(text); ok {
		n.word, n.means = text, word
		return true
	}
	if v.report.has(text) || v.section.has(text) {
		n.word, n.report = text, true
		return true
	}
	return false
}

// leading reports whether a text begins with a status word or the name of a report.
func (v *vocabulary) leading(kind site.Kind, text string, n *nearUpdate) bool {
	fields := strings.Fields(text)
	for i := min(len(fields), 5); i > 0; i-- {
		if v.isOpening(kind, withoutMarkup(strings.Join(fields[:i], " ")), n) {
			return true
		}
	}
	return false
}

// labelled reports whether a line is a status word, a sign and a text.
func (v *vocabulary) labelled(kind site.Kind, core, line string, n *nearUpdate) bool {
	for i, r := range core {
		if spelling(r) || unicode.IsDigit(r) || !strings.ContainsRune(":.!;?…—：。！；？]) -–", r) {
			continue
		}
		after, _ := utf8.DecodeRuneInString(core[i+utf8.RuneLen(r):])
		bracket := (r == ']' || r == ')') && strings.ContainsAny(line, "[(") && strings.IndexAny(line, "[(") < strings.Index(line, core[:i])
		sign := strings.ContainsRune(":.!;?…-–", r) && unicode.IsSpace(after) || strings.ContainsRune("—：。！；？", r) || bracket
		if sign && v.isOpening(kind, strings.TrimSpace(core[:i]), n) {
			n.more = strings.TrimLeftFunc(core[i:], func(r rune) bool { return !spelling(r) && !unicode.IsDigit(r) })
			return true
		}
	}
	return false
}
