package render

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"allclear/generator/site"
)

// Language is the words that a visitor reads, from the theme's language files. A
// word that they lack is taken from English.
type Language struct {
	Tag     string // BCP 47, as the operator wrote it: pt-BR
	Dir     string // ltr or rtl
	Default bool   // the site's first language, at the root
	locale  locale
	phrases map[string]phrase
	english *Language // nil: this is it
}

func (b *build) loadLanguages() (err error) {
	b.languages, err = openLanguages(b.theme, b.site)
	return err
}

// openLanguages reads the words of all of a site's languages.
func openLanguages(theme fs.FS, s *site.Site) ([]*Language, error) {
	english, err := openLanguage(theme, "en", nil)
	if err != nil {
		return nil, err
	}
	var list []*Language
	for i, tag := range s.Languages {
		l, err := openLanguage(theme, tag, english)
		if err != nil {
			return nil, err
		}
		l.Default = i == 0
		for key, text := range s.Strings {
			if own, said := text.Other[tag]; said {
				l.replace(key, own)
			} else if l.Default {
				l.replace(key, text.Default)
			}
		}
		list = append(list, l)
	}
	return list, nil
}

// openLanguage reads the words of one language. Where the theme has none, it has
// only its direction.
func openLanguage(theme fs.FS, tag string, english *Language) (*Language, error) {
	l := &Language{Tag: tag, Dir: "ltr", phrases: map[string]phrase{}, english: english}
	l.locale, _ = parseLocale(tag) // a tag that is none is told by CheckTheme
	if l.locale.rightToLeft() {
		l.Dir = "rtl"
	}
	files, err := layers(theme, tag)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		maps.Copy(l.phrases, file.phrases)
	}
	if said := l.phrases["direction"].text; said == "ltr" || said == "rtl" {
		l.Dir = said
	}
	return l, nil
}

// replace puts the operator's own words in place of a phrase, or of one of its
// plural forms: services.one.
func (l *Language) replace(key, text string) {
	if text == "" {
		return
	}
	whole, category := cutLast(key)
	if p := l.phrase(whole); p.forms != nil && isForm(category) {
		p.forms = maps.Clone(p.forms)
		p.forms[category] = text
		l.phrases[whole] = p
		return
	}
	l.phrases[key] = phrase{text: text}
}

func cutLast(key string) (before, last string) {
	at := strings.LastIndex(key, ".")
	return key[:max(at, 0)], key[at+1:]
}

func (l *Language) phrase(key string) phrase {
	if p, ok := l.phrases[key]; ok || l.english == nil {
		return p
	}
	return l.english.phrase(key)
}

// Say returns the text of a key with its {placeholders} filled in. Arguments are
// pairs of a name and a value; the plural form follows the one named n, or the one
// that the text names.
// An unknown key is its own text, so that a missing word shows.
func (l *Language) Say(key string, args ...any) string {
	p, ok := l.phrases[key]
	if !ok {
		if now := renamed[key]; len(now) > 0 {
			return l.Say(now[0], args...) // an operator's template of an earlier release
		}
		if l.english != nil {
			return l.english.facing(l.Dir).Say(key, args...)
		}
		return key
	}
	text := p.text
	if p.forms != nil {
		text = l.form(p, argument(args, p.number()))
	}
	if len(args) == 0 {
		return text
	}
	return fill(text, func(name string) (string, bool) {
		value := argument(args, name)
		return l.write(value), value != nil
	})
}

// before is what a sentence says before its {time}, which a page marks up, and
// after what it says behind it. Where a moment is given, the sentence is the one
// for a time of day or the one for a date.
func (l *Language) before(key string, args ...any) string {
	text, _, found := strings.Cut(l.around(key, args), "{time}")
	if !found {
		return text + " " // the operator's own words, without a place for it
	}
	return text
}

func (l *Language) after(key string, args ...any) string {
	_, text, _ := strings.Cut(l.around(key, args), "{time}")
	return text
}

// form is the text of a phrase that a number asks for.
func (l *Language) form(p phrase, number any) string {
	n, ok := number.(int)
	if !ok {
		return p.forms["other"]
	}
	if text, said := p.forms[exactly]; said && n == 1 {
		return text
	}
	if text, said := p.forms[l.locale.plural(n)]; said {
		return text
	}
	return p.forms["other"]
}

func (l *Language) around(key string, args []any) string {
	if len(args) == 1 {
		if m, ok := args[0].(moment); ok {
			key = m.form(key)
		}
	}
	return l.Say(key, args...)
}

// between are the parts of a text around its {from} and {to}.
func (l *Language) between(key string) (before, middle, after string) {
	before, rest, _ := strings.Cut(l.phrase(key).text, "{from}")
	middle, after, _ = strings.Cut(rest, "{to}")
	return before, middle, after
}

func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if own, ok := args[i].(string); ok && own == name {
			return args[i+1]
		}
	}
	return nil
}

// facing is the language on a page of a direction: English words that stand in for
// those of a language written from right to left.
func (l *Language) facing(dir string) *Language {
	if l.Dir == dir {
		return l
	}
	other := *l
	other.Dir = dir
	return &other
}

// write is a value as a sentence of the language takes it in.
func (l *Language) write(value any) string {
	switch value := value.(type) {
	case int:
		return l.locale.number(value)
	case string:
		return l.isolate(value)
	}
	return l.isolate(fmt.Sprint(value))
}

// Isolates of Unicode's bidirectional algorithm (UAX 9).
const isolateLeftToRight, isolateRightToLeft, isolateTo = "\u2066", "\u2067", "\u2069"

// isolate keeps a text from turning the order of what stands around it, in a
// language written from right to left: a name in Latin letters, a time with its
// zone. The direction is that of the first letter; what holds isolates is put together
// in words of the language, and has its direction.
func (l *Language) isolate(text string) string {
	if l.Dir != "rtl" || text == "" {
		return text
	}
	if startsRightToLeft(text) || strings.Contains(text, isolateTo) {
		return isolateRightToLeft + text + isolateTo
	}
	return isolateLeftToRight + text + isolateTo
}

// Percent writes a share that is given in digits, such as 99.98.
func (l *Language) Percent(digits string) string {
	return fill(l.phrase("percent").text, func(name string) (string, bool) { return l.locale.decimal(digits), name == "n" })
}

// Join writes names one after the other, with the language's comma.
func (l *Language) Join(names []string) string {
	apart := make([]string, len(names))
	for i, name := range names {
		apart[i] = l.isolate(name)
	}
	return strings.Join(apart, l.Say("list.comma"))
}

// List joins names as the language does: "A, B and C".
func (l *Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return fill(l.phrase("list.last").text, func(name string) (string, bool) {
		if name == "before" {
			return l.Join(names[:last]), true
		}
		return l.isolate(names[last]), name == "last"
	})
}
