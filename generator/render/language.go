package render

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"allclear/generator/yaml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language is the words that a visitor reads, from one of the theme's language
// files. A word that it lacks is taken from English.
type Language struct {
	Tag     string // BCP 47: pt-BR
	Dir     string // ltr or rtl
	Default bool   // the site's first language, at the root
	tag     language.Tag
	phrases map[string]phrase
	lists   map[string][]string
	english *Language
}

// phrase is one text, or one for each plural category that the language has.
type phrase struct {
	text  string
	forms map[plural.Form]string
}

var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func (b *build) loadLanguages() error {
	english, err := readLanguage(b.theme, "en", nil)
	if err != nil {
		return err
	}
	for i, tag := range b.site.Languages {
		l := &Language{Tag: tag, Dir: "ltr", english: english}
		if own, err := readLanguage(b.theme, tag, english); err == nil {
			l = own
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		l.Default = i == 0
		for key, text := range b.site.Strings {
			if own := text.In(tag); own != "" {
				l.phrases[key] = phrase{text: own}
			}
		}
		b.languages = append(b.languages, l)
	}
	return nil
}

func readLanguage(theme fs.FS, tag string, english *Language) (*Language, error) {
	path := "languages/" + tag + ".yml"
	data, err := fs.ReadFile(theme, path)
	if err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&root); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	l := &Language{Tag: tag, Dir: "ltr", phrases: map[string]phrase{}, lists: map[string][]string{}, english: english}
	if l.tag, err = language.Parse(tag); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, n := range root.Content {
		if err := l.collect("", n); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if dir, ok := l.phrases["direction"]; ok {
		l.Dir = dir.text
	}
	return l, nil
}

// collect reads a tree of texts under dotted keys: status: {operational: …} is
// status.operational. A mapping whose keys are all plural categories is one text.
func (l *Language) collect(key string, n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		l.phrases[key] = phrase{text: n.Value}
	case yaml.SequenceNode:
		for _, item := range n.Content {
			l.lists[key] = append(l.lists[key], item.Value)
		}
	case yaml.MappingNode:
		forms := map[plural.Form]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if form, ok := pluralForms[n.Content[i].Value]; ok && n.Content[i+1].Kind == yaml.ScalarNode {
				forms[form] = n.Content[i+1].Value
			}
		}
		if _, ok := forms[plural.Other]; ok && len(forms) == len(n.Content)/2 {
			l.phrases[key] = phrase{forms: forms}
			return nil
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if err := l.collect(strings.TrimPrefix(key+"."+n.Content[i].Value, "."), n.Content[i+1]); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("line %d: expected a text", n.Line)
	}
	return nil
}

// Say returns the text of a key with its {placeholders} filled in. Arguments are
// pairs of a name and a value; the plural category is that of the one named n.
// An unknown key is its own text, so that a missing word shows.
func (l *Language) Say(key string, args ...any) string {
	p, ok := l.phrases[key]
	if !ok {
		if l.english != nil {
			return l.english.Say(key, args...)
		}
		return key
	}
	text := p.text
	if p.forms != nil {
		text = p.forms[plural.Other]
		if n, ok := argument(args, "n").(int); ok {
			if form, ok := p.forms[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]; ok {
				text = form
			}
		}
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+args[i].(string)+"}", fmt.Sprint(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func argument(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return nil
}

// list is one of the language's lists of words, such as the months.
func (l *Language) list(key string) []string {
	if words, ok := l.lists[key]; ok || l.english == nil {
		return words
	}
	return l.english.list(key)
}

// Date writes an instant by one of the language's patterns, such as date.day:
// "{weekday} {day} {month} {year}".
func (l *Language) Date(pattern string, t time.Time) string {
	return l.Say("date."+pattern,
		"weekday", l.list("date.weekdays")[t.Weekday()],
		"weekday_short", l.list("date.weekdays_short")[t.Weekday()],
		"day", t.Day(), "day02", t.Format("02"),
		"month", l.list("date.months")[t.Month()-1],
		"month_short", l.list("date.months_short")[t.Month()-1],
		"month02", t.Format("01"), "year", t.Year(),
		"time", t.Format("15:04"))
}

// Duration writes a length in its two or three largest units, exactly: "1 h 48
// min", "6 d 1 h 36 min", "45 s".
func (l *Language) Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	if d < time.Second {
		return l.Say("duration.seconds", "n", 0)
	}
	var parts []string
	for _, unit := range []struct {
		key  string
		size time.Duration
	}{{"days", 24 * time.Hour}, {"hours", time.Hour}, {"minutes", time.Minute}, {"seconds", time.Second}} {
		if n := int(d / unit.size); n > 0 {
			parts = append(parts, l.Say("duration."+unit.key, "n", n))
			d -= time.Duration(n) * unit.size
		}
	}
	return strings.Join(parts, l.Say("duration.space"))
}

// Minutes writes a length in minutes in words, however long: "62 minutes", with
// seconds where it is not whole.
func (l *Language) Minutes(d time.Duration) string {
	minutes, rest := int(d/time.Minute), int(d%time.Minute/time.Second)
	var parts []string
	if minutes > 0 || rest == 0 {
		parts = append(parts, l.Say("minutes", "n", minutes))
	}
	if rest > 0 {
		parts = append(parts, l.Say("seconds", "n", rest))
	}
	return strings.Join(parts, l.Say("duration.space"))
}

// Roughly writes a length in the one unit in which a person would say it: "14
// days", "3 hours".
func (l *Language) Roughly(d time.Duration) string {
	switch {
	case d >= 36*time.Hour:
		return l.Say("roughly.days", "n", int((d+12*time.Hour)/(24*time.Hour)))
	case d >= 90*time.Minute:
		return l.Say("roughly.hours", "n", int((d+30*time.Minute)/time.Hour))
	default:
		return l.Say("roughly.minutes", "n", max(1, int((d+30*time.Second)/time.Minute)))
	}
}

// List joins names as the language does: "A, B and C".
func (l *Language) List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return l.Say("list.last", "before", strings.Join(names[:last], l.Say("list.comma")), "last", names[last])
}
