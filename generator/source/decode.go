package source

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// decoder converts values to what they mean and reports those that have no valid
// meaning.
type decoder struct {
	zone      *time.Location
	languages []string // the site's; the first is the default
	vocab     *vocabulary
	problems  *diag.List
	day       string // the day that the file is about: 2025-07-25, or ""
}

// each calls read with every known key of a table, and reports the other keys.
func (d decoder) each(v value, keys []key, what string, read func(pair)) {
	if v.shape == refused {
		return
	}
	if v.shape != table {
		d.problems.Error(v.pos, "wrong-type", "write keys and values: "+strings.Join(names(keys), ", "),
			"%s must be keys and values, not %s", what, v.shape)
		return
	}
	for _, p := range v.keys {
		if known(keys, p.name) {
			read(p)
		} else {
			d.unknownKey(p, keys)
		}
	}
}

// unknownKey reports a key that does not exist here.
func (d decoder) unknownKey(p pair, keys []key) {
	hint, ok := calledHere(p.name, keys)
	if !ok {
		hint = diag.DidYouMean(p.name, names(keys))
	}
	d.problems.Error(p.pos, "unknown-key", hint, "unknown key %q", p.name)
}

// wrong reports a value of the wrong type for its key.
func (d decoder) wrong(p pair, expected, hint string) {
	if p.shape == refused {
		return
	}
	if p.shape == nothing {
		at := p.pos
		d.problems.Error(at, "no-value", "give it a value or remove the line", "%q has no value", p.name)
		return
	}
	d.problems.Error(p.value.pos, "wrong-type", hint, "%q must be %s, not %s", p.name, expected, p.describe())
}

// describe returns a value as a message names it.
func (v value) describe() string {
	switch v.shape {
	case number, boolean:
		return v.text
	case text:
		return quoted(v.text)
	}
	return v.shape.String()
}

// text reads a text of one line.
func (d decoder) text(p pair) (string, bool) {
	s, ok := d.lines(p)
	if ok && strings.Contains(s, "\n") {
		d.problems.Error(p.value.pos, "several-lines", "write it on one line", "%q must be one line", p.name)
		return "", false
	}
	return s, ok
}

// lines reads a text of any number of lines.
func (d decoder) lines(p pair) (string, bool) {
	if p.shape != text {
		hint := ""
		if p.shape == number || p.shape == boolean {
			hint = `put it in quotes: "` + p.value.text + `"`
		}
		d.wrong(p, "text", hint)
		return "", false
	}
	s := strings.TrimSpace(p.value.text)
	if s == "" {
		d.problems.Error(p.value.pos, "empty-text", "give it a value or remove the line", "%q is empty", p.name)
		return "", false
	}
	return s, true
}

// manyLines lists the keys whose texts may have several lines.
var manyLines = []string{"note", "description"}

// texts reads a text, or a table with one text for each language.
func (d decoder) texts(p pair) site.Text {
	one := d.text
	if slices.Contains(manyLines, p.name) {
		one = d.lines
	}
	if p.shape != table {
		s, _ := one(p)
		return site.Text{Default: s}
	}
	var t site.Text
	for _, in := range p.keys {
		lang, ok := d.language(in.name)
		if !ok {
			d.problems.Error(in.pos, "unknown-language", d.languageHint(in.name), "%q is not one of the site's languages", in.name)
			continue
		}
		s, ok := one(in)
		switch {
		case !ok:
		case lang == d.languages[0]:
			t.Default = s
		default:
			if t.Other == nil {
				t.Other = map[string]string{}
			}
			t.Other[lang] = s
		}
	}
	if _, exists := p.get(d.languages[0]); !exists && t.Default == "" {
		d.problems.Error(p.pos, "missing-language", "add "+d.languages[0]+": …",
			"%q has no text in the site's default language, %s", p.name, d.languages[0])
	}
	return t
}

// language returns the site's language with this tag; case does not matter.
func (d decoder) language(tag string) (string, bool) {
	for _, lang := range d.languages {
		if strings.EqualFold(lang, tag) {
			return lang, true
		}
	}
	return "", false
}

// languageHint returns the hint for a tag that is not one of the site's languages.
func (d decoder) languageHint(tag string) string {
	if near := diag.DidYouMean(tag, d.languages); strings.HasPrefix(near, "did") {
		return near
	}
	return "add it to languages in content/site.yml; they are " + strings.Join(d.languages, ", ")
}

// boolean reads true or false. It returns otherwise for anything else.
func (d decoder) boolean(p pair, otherwise bool) bool {
	if p.shape != boolean {
		d.wrong(p, "true or false", "write true or false, without quotes")
		return otherwise
	}
	return strings.EqualFold(p.value.text, "true")
}

// number reads a number from low to high. It returns otherwise for anything else.
func (d decoder) number(p pair, low, high, otherwise float64) float64 {
	if p.shape != number {
		d.wrong(p, "a number", "write a plain number, without quotes")
		return otherwise
	}
	n, err := strconv.ParseFloat(p.value.text, 64)
	if err != nil || !(n >= low && n <= high) {
		d.problems.Error(p.value.pos, "out-of-range", "write a plain number within them, such as "+strconv.FormatFloat(high, 'f', -1, 64),
			"%q must be from %v to %v, not %s", p.name, low, high, p.value.text)
		return otherwise
	}
	return n
}

// days reads a whole number of days from 1 to high. It returns otherwise for anything
// else.
func (d decoder) days(p pair, high, otherwise int) int {
	before := len(*d.problems)
	n := d.number(p, 1, float64(high), float64(otherwise))
	if n != float64(int(n)) && len(*d.problems) == before {
		d.problems.Error(p.value.pos, "out-of-range", "write a whole number, such as "+strconv.Itoa(otherwise),
			"%q must be a whole number of days, not %s", p.name, p.value.text)
		return otherwise
	}
	return int(n)
}

// time reads a time, local to the site's zone unless it has an offset. The result is in
// UTC.
func (d decoder) time(p pair) site.Moment {
	return d.moment(p, parseTime)
}

// moment reads a time with parse.
func (d decoder) moment(p pair, parse func(string, *time.Location) (time.Time, *unreadable)) site.Moment {
	if p.shape != text {
		d.wrong(p, "a time", timeHint)
		return site.Moment{}
	}
	t, problem := parse(p.value.text, d.zone)
	if problem != nil {
		d.problems.Error(p.value.pos, "unreadable-time", problem.on(p.value.text, d.day), "%s", problem.message)
		return site.Moment{}
	}
	return site.Moment{Time: t, Pos: p.value.pos}
}

// duration reads a length of time.
func (d decoder) duration(p pair) (time.Duration, bool) {
	if p.shape == number {
		_, problem := parseDuration(p.value.text)
		if problem != nil {
			d.problems.Error(p.value.pos, "unreadable-duration", problem.hint, "%s", problem.message)
		}
		return 0, false
	}
	if p.shape != text {
		d.wrong(p, "a length of time", "write it as 90m, 1h30m or 2d")
		return 0, false
	}
	length, problem := parseDuration(p.value.text)
	if problem != nil {
		d.problems.Error(p.value.pos, "unreadable-duration", problem.hint, "%s", problem.message)
		return 0, false
	}
	return length, true
}

// list reads a list of texts, or a single text, with the position of each.
func (d decoder) list(p pair) []site.Ref {
	if p.shape == text {
		if s, ok := d.text(p); ok {
			return []site.Ref{{ID: s, Pos: p.value.pos}}
		}
		return nil
	}
	if p.shape != list {
		d.wrong(p, "a list", "write it as ["+p.value.text+"]")
		return nil
	}
	var refs []site.Ref
	seen := map[string]bool{}
	for _, item := range p.items {
		s, ok := d.text(pair{name: "an item of " + p.name, pos: item.pos, value: item})
		if !ok {
			continue
		}
		if seen[s] {
			d.problems.Warn(item.pos, "repeated-item", "remove one of the two", "%q is in %q twice", s, p.name)
			continue
		}
		seen[s] = true
		refs = append(refs, site.Ref{ID: s, Pos: item.pos})
	}
	return refs
}
