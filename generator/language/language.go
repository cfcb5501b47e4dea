// Package language writes texts, numbers, dates and durations as a language does.
//
// [Open] reads the languages of a site; [Check] reports the mistakes in its language
// files. With a [Language], use
//
//   - [Language.Say] for a text by its key, with its plural form and its values,
//   - [Language.Date] for a date, in the zone of the time that it is given,
//   - [Language.Duration], [Language.Minutes] and [Language.Roughly] for a duration:
//     exact, exact in minutes, and rounded,
//   - [Language.Number], [Language.Percent], [Language.List] and [Language.Join] for numbers and names,
//   - [Language.Isolate] for a name within a text that runs the other way.
//
// The words come from the language files of a theme (languages/de.yml, see
// docs/languages.md); the operator's own files and the strings of site.yml replace them
// one by one. Plural categories, digit groups, decimal marks and the direction of scripts
// come from Unicode's CLDR, which golang.org/x/text carries.
package language

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"allclear/generator/site"
)

// Language is one language of a site. A text that it lacks is in English.
// It is safe for use by several goroutines.
type Language struct {
	Tag     string // BCP 47, as the operator wrote it: pt-BR
	Dir     string // ltr or rtl
	Default bool   // the site's first language, whose pages are at the root

	locale   locale
	messages map[string]message
	english  *Language // nil: this is English
}

// Open reads all languages of a site, in the site's order. Of the site, it uses Languages,
// Clock and Strings. A language without a file has English words, and dates, numbers and a
// direction of its own. The error is that of a language file that cannot be read or
// parsed; mistakes within a file are no error here, but a result of Check.
func Open(theme fs.FS, s *site.Site) ([]*Language, error) {
	english, err := openOne(theme, "en", nil)
	if err != nil {
		return nil, err
	}
	var list []*Language
	for i, tag := range s.Languages {
		l, err := openOne(theme, tag, english)
		if err != nil {
			return nil, err
		}
		l.Default = i == 0
		if s.Clock == 12 {
			l.use12Hours()
		}
		for key, text := range s.Strings {
			if own, ok := text.Other[tag]; ok {
				l.replace(key, own)
			} else if l.Default {
				l.replace(key, text.Default)
			}
		}
		list = append(list, l)
	}
	return list, nil
}

// English returns English with the texts of the site, which has it even if none of its
// languages is English. list is what Open returned, and not empty.
func English(list []*Language) *Language {
	for _, l := range list {
		if l.Tag == "en" {
			return l
		}
	}
	return list[0].english
}

// openOne reads the words of one language.
func openOne(theme fs.FS, tag string, english *Language) (*Language, error) {
	l := &Language{Tag: tag, Dir: "ltr", messages: map[string]message{}, english: english}
	l.locale, _ = parseLocale(tag) // Check reports a tag that cannot be parsed
	if l.locale.rightToLeft() {
		l.Dir = "rtl"
	}
	files, err := layers(theme, tag)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		maps.Copy(l.messages, file.messages)
	}
	if dir := l.messages["direction"].text; dir == "ltr" || dir == "rtl" {
		l.Dir = dir
	}
	return l, nil
}

// replace puts the operator's own text in place of a message, or of one of its
// plural forms: services.one.
func (l *Language) replace(key, text string) {
	if text == "" {
		return
	}
	whole, category := cutLast(key)
	if m := l.message(whole); m.forms != nil && isPluralForm(category) {
		m.forms = maps.Clone(m.forms)
		m.forms[category] = text
		l.messages[whole] = m
		return
	}
	l.messages[key] = message{text: text}
}

// cutLast splits a dotted key before its last part.
func cutLast(key string) (before, last string) {
	at := strings.LastIndex(key, ".")
	return key[:max(at, 0)], key[at+1:]
}

func (l *Language) message(key string) message {
	if m, ok := l.messages[key]; ok || l.english == nil {
		return m
	}
	return l.english.message(key)
}

// Path returns the path of a file in this language, from the root of the output: the
// site's first language is at the root, and each other one in a folder, such as de/.
func (l *Language) Path(path string) string {
	if l.Default {
		return path
	}
	return l.Tag + "/" + path
}

// Say returns the text of a key with its {placeholders} filled in. Arguments are
// pairs of a name and a value. The number that chooses the plural form is the
// argument n, or the one that the language file names under "by". A key that no
// file has is returned as it is, so that the mistake shows.
func (l *Language) Say(key string, args ...any) string {
	if len(args) == 0 {
		if m, known := l.messages[key]; known && m.forms == nil {
			return m.text
		}
	}
	var room [128]byte
	return string(l.appendSay(room[:0], key, args...))
}

// appendSay appends the text that Say returns to out.
func (l *Language) appendSay(out []byte, key string, args ...any) []byte {
	m, ok := l.messages[key]
	if !ok {
		if now := renamed[key]; len(now) > 0 {
			return l.appendSay(out, now[0], args...) // an operator's template of an earlier release
		}
		if l.english != nil {
			return l.english.withDir(l.Dir).appendSay(out, key, args...)
		}
		return append(out, key...)
	}
	text := m.text
	if m.forms != nil {
		text = l.form(m, argument(args, m.number()))
	}
	if len(args) == 0 {
		return append(out, text...)
	}
	out, name, rest := upToName(out, text)
	for ; name != ""; out, name, rest = upToName(out, rest) {
		if value := argument(args, name); value != nil {
			out = l.appendValue(out, value)
		} else {
			out = keepName(out, name)
		}
	}
	return out
}

// Before returns the part of a text before its {time}, which a page shows as an element
// of its own. A text without {time} comes before the time as a whole, with a space.
func (l *Language) Before(key string, args ...any) string {
	text, _, found := strings.Cut(l.Say(key, args...), "{time}")
	if !found {
		return text + " "
	}
	return text
}

// After returns the part of a text after its {time}.
func (l *Language) After(key string, args ...any) string {
	_, text, _ := strings.Cut(l.Say(key, args...), "{time}")
	return text
}

// Between returns the parts of a text around its {from} and {to}.
func (l *Language) Between(key string) (before, middle, after string) {
	before, rest, _ := strings.Cut(l.message(key).text, "{from}")
	middle, after, _ = strings.Cut(rest, "{to}")
	return before, middle, after
}

// form returns the plural form of a message for a number.
func (l *Language) form(m message, number any) string {
	n, ok := number.(int)
	if !ok {
		return m.forms["other"]
	}
	if text, ok := m.forms[exactlyOne]; ok && n == 1 {
		return text
	}
	if text, ok := m.forms[l.locale.plural(n)]; ok {
		return text
	}
	return m.forms["other"]
}

func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if own, ok := args[i].(string); ok && own == name {
			return args[i+1]
		}
	}
	return nil
}

// withDir returns the language for a page of a direction: English texts on a page
// that runs from right to left isolate what is filled in.
func (l *Language) withDir(dir string) *Language {
	if l.Dir == dir {
		return l
	}
	other := *l
	other.Dir = dir
	return &other
}

// appendValue appends the value of a placeholder to out.
func (l *Language) appendValue(out []byte, value any) []byte {
	switch value := value.(type) {
	case int:
		return append(out, l.locale.number(value)...)
	case string:
		return append(out, l.Isolate(value)...)
	}
	return append(out, l.Isolate(fmt.Sprint(value))...)
}

// Isolates of Unicode's bidirectional algorithm (UAX 9).
const isolateLeftToRight, isolateRightToLeft, isolateTo = "\u2066", "\u2067", "\u2069"

// Isolate keeps a text, such as a name in Latin letters or a time with its zone,
// from changing the order of the words around it in a language that runs from right
// to left. It adds UAX 9's isolates in the direction of the text's first letter. A
// text that has isolates was put together from words of the language and runs as the
// language does. In other languages the text stays as it is.
func (l *Language) Isolate(text string) string {
	if l.Dir != "rtl" || text == "" {
		return text
	}
	if startsRightToLeft(text) || strings.Contains(text, isolateTo) {
		return isolateRightToLeft + text + isolateTo
	}
	return isolateLeftToRight + text + isolateTo
}

// Number writes a whole number, with the language's digit groups.
func (l *Language) Number(n int) string { return l.locale.number(n) }

// Decimal writes a number given in ASCII digits, such as 99.98, with the language's decimal
// mark.
func (l *Language) Decimal(digits string) string { return l.locale.decimal(digits) }

// Percent writes a percentage, given in ASCII digits: 99.98 is "99,98 %" in German.
func (l *Language) Percent(digits string) string {
	var room [32]byte
	out, name, rest := upToName(room[:0], l.message("percent").text)
	for ; name != ""; out, name, rest = upToName(out, rest) {
		if name == "n" {
			out = append(out, l.locale.decimal(digits)...)
		} else {
			out = keepName(out, name)
		}
	}
	return string(out)
}

// Upper returns a text in capitals, by the rules of the language: a Turkish i keeps its
// dot.
func (l *Language) Upper(text string) string { return l.locale.upper(text) }
