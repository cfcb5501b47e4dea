package render

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// CheckTheme holds the words of a site against what pages ask for: the
// operator's own language files, and the single strings of site.yml. What is
// missing is shown in English, with a warning; what would show a visitor less than
// they need to know, or a brace, is an error. Its places are in the site's folder,
// where the theme's own files are under themes/<name>/.
func CheckTheme(theme fs.FS, s *site.Site) diag.List {
	var problems diag.List
	english, err := readWording(under(theme), "en")
	if err != nil {
		return nil // the build says it
	}
	for _, tag := range s.Languages {
		checkWords(theme, s, tag, english, &problems)
	}
	for key, text := range s.Strings {
		checkString(theme, s, key, text, english, &problems)
	}
	problems.Sort()
	return problems
}

// checkWords looks at one of the site's languages.
func checkWords(theme fs.FS, s *site.Site, tag string, english wording, problems *diag.List) {
	base := under(theme)
	_, known := nearestLanguage(base, tag)
	own := ""
	if base != theme {
		own = ownLanguage(theme, tag)
	}
	if own == "" {
		if !known {
			problems.Warn(s.LanguagePos[tag], "missing-words", "write themes/"+s.Theme+"/languages/"+tag+".yml; what it lacks is shown in English", "there are no words in %q", tag)
		}
		return
	}
	path := "themes/" + s.Theme + "/" + languagePath(own)
	w, err := readWording(theme, own)
	if err != nil {
		problems.Error(diag.Pos{File: path}, "bad-words", "write keys and texts, as the built-in language files do", "this is no language file: %v", err)
		return
	}
	l, _ := parseLocale(tag)
	for _, f := range w.faults(english, l) {
		if !f.missing {
			problems.Error(diag.Pos{File: path, Line: f.line, Column: 1, EndColumn: 2}, "bad-words", f.hint, "%s", f.message)
		}
	}
	if lacking := w.lacking(english); len(lacking) > 0 && !known {
		problems.Warn(diag.Pos{File: path}, "missing-words", "translate "+some(lacking), "%d texts are missing here and shown in English", len(lacking))
	}
}

// ownLanguage is the tag of the operator's own file for a language, or "".
func ownLanguage(theme fs.FS, tag string) string {
	name, ok := nearestLanguage(theme, tag)
	if !ok {
		return ""
	}
	ours, err := fs.ReadFile(under(theme), languagePath(name))
	theirs, failed := fs.ReadFile(theme, languagePath(name))
	if failed == nil && err == nil && string(ours) == string(theirs) {
		return ""
	}
	return name
}

// checkString looks at one string of site.yml.
func checkString(theme fs.FS, s *site.Site, key string, text site.Text, english wording, problems *diag.List) {
	at := s.StringPos[key]
	p, known := english.phrases[key]
	whole, category := cutLast(key)
	if !known && isForm(category) {
		if p, known = english.phrases[whole]; known && p.forms == nil {
			known = false
		}
	}
	switch {
	case len(renamed[key]) > 0:
		problems.Error(at, "unknown-string", "write "+strings.Join(renamed[key], " and "), "the text %q has a new name", key)
	case !known && !(optional[key] && calendarLists[key] == 0) || p.list != nil:
		problems.Error(at, "unknown-string", diag.DidYouMean(key, english.keys), "no text has the key %q", key)
	default:
		if text.Default != "" {
			checkOwn(theme, s.Languages[0], key, text.Default, p, at, problems)
		}
		for _, tag := range slices.Sorted(maps.Keys(text.Other)) {
			checkOwn(theme, tag, key, text.Other[tag], p, at, problems)
		}
	}
}

// checkOwn looks at one string in one language, where it takes the place of a whole
// text or of one of its forms.
func checkOwn(theme fs.FS, tag, key, own string, model phrase, at diag.Pos, problems *diag.List) {
	l, err := openLanguage(theme, tag, nil)
	if err != nil {
		return // the build says it
	}
	number := true
	whole, form := cutLast(key)
	if model.forms != nil && isForm(form) {
		number = form != exactly && !l.locale.single(form)
		if form != exactly && !slices.Contains(l.locale.plurals(), form) {
			problems.Error(at, "bad-words", "this language has "+strings.Join(l.locale.plurals(), ", "), "%q is a form that %s does not have", key, tag)
			return
		}
	}
	for _, f := range (phrase{by: l.phrases[whole].by}).textFaults(key, model, own, number) {
		problems.Error(at, "bad-words", f.hint, "%s", f.message)
	}
}

// fault is a difference between a language file and the English one.
type fault struct {
	line          int
	message, hint string
	missing       bool // of what is not there at all
}

// faults are all differences that a reader would see.
func (w wording) faults(english wording, l locale) []fault {
	var list []fault
	add := func(line int, hint, format string, args ...any) {
		list = append(list, fault{line: line, message: fmt.Sprintf(format, args...), hint: hint})
	}
	for _, key := range w.twice {
		add(w.phrases[key].line, "keep one of the two", "%q is there twice", key)
	}
	for _, n := range w.bad {
		add(n.Line, "write a text, a list or keys and values", "this is not understood")
	}
	for _, key := range w.keys {
		p, model := w.phrases[key], english.phrases[key]
		_, known := english.phrases[key]
		switch {
		case len(renamed[key]) > 0:
			add(p.line, "write "+strings.Join(renamed[key], " and "), "the text %q has a new name", key)
		case !known && !optional[key]:
			add(p.line, diag.DidYouMean(key, english.keys), "no text has the key %q", key)
		case calendarLists[key] > 0 && len(p.list) != calendarLists[key]:
			add(p.line, "write them all", "%q has %d names, not %d", key, len(p.list), calendarLists[key])
		case p.forms != nil && !slices.Contains(model.placeholders(), p.number()):
			add(p.line, "write one text", "%q has no number {%s} to choose a form by", key, p.number())
		case p.forms != nil:
			list = append(list, p.pluralFaults(key, model, l)...)
		default:
			list = append(list, p.textFaults(key, model, p.text, true)...)
		}
	}
	for _, key := range w.lacking(english) {
		list = append(list, fault{message: fmt.Sprintf("%q is missing", key), missing: true})
	}
	return list
}

// renamed are keys of earlier releases and those that took their place.
var renamed = map[string][]string{
	"span.since":      {"span.since.clock", "span.since.date"},
	"promise.by":      {"promise.by.clock", "promise.by.date"},
	"promise.overdue": {"promise.overdue.clock", "promise.overdue.date"},
	"row.back":        {"row.back.clock", "row.back.date"},
	"run.ends":        {"run.ends.clock", "run.ends.date"},
	"run.overruns":    {"run.due.clock", "run.due.date"},
	"table.component": {"table.service"},

	// Badges, pictures and the status line say what the page answers.
	"overall.none":        {"answer.operational"},
	"overall.maintenance": {"answer.under_maintenance"},
	"overall.degraded":    {"answer.degraded_performance"},
	"overall.minor":       {"answer.degraded_performance"},
	"overall.major":       {"answer.partial_outage"},
	"overall.critical":    {"answer.major_outage"},
}

// optional are keys that only some languages need.
var optional = map[string]bool{"date.months_alone": true, "date.first": true, "date.weekdays_short": true}

// lacking are the English file's keys that are not here.
func (w wording) lacking(english wording) []string {
	var keys []string
	for _, key := range english.keys {
		if _, ok := w.phrases[key]; !ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// pluralFaults are those of a text with a form for each number.
func (p phrase) pluralFaults(key string, model phrase, l locale) []fault {
	var list []fault
	for _, category := range append([]string{exactly}, categories...) {
		form, said := p.forms[category]
		needed := slices.Contains(l.plurals(), category)
		switch {
		case needed && !said:
			list = append(list, fault{line: p.line, message: fmt.Sprintf("%q has no form for %s", key, category), hint: "this language has " + strings.Join(l.plurals(), ", ")})
		case said && !needed && category != exactly:
			list = append(list, fault{line: p.line, message: fmt.Sprintf("%q has a form that the language does not: %s", key, category), hint: "this language has " + strings.Join(l.plurals(), ", ")})
		case said:
			list = append(list, p.textFaults(key, model, form, category != exactly && !l.single(category))...)
		}
	}
	return list
}

// spare are names that a text may leave out: what they say stands elsewhere.
var spare = map[string][]string{
	"title": {"site"}, "feed.title": {"site"}, "feed.description": {"site"}, "calendar.title": {"site"}, "footer.zone": {"zone"},
}

// textFaults compares the names to fill in. The number itself may be left out of
// a form that speaks of one number only.
func (p phrase) textFaults(key string, model phrase, text string, number bool) []fault {
	var list []fault
	own, wanted, plain := placeholders(text), model.placeholders(), key
	if whole, form := cutLast(key); isForm(form) {
		plain = whole
	}
	if strings.HasPrefix(key, "date.") {
		wanted = own // a date is written of the parts that the language wants
		for _, name := range own {
			if !slices.Contains(dateParts, name) {
				list = append(list, fault{line: p.line, message: fmt.Sprintf("%q: nothing fills in {%s}", key, name), hint: "it knows " + some(dateParts)})
			}
		}
	}
	for _, name := range own {
		if !slices.Contains(wanted, name) {
			list = append(list, fault{line: p.line, message: fmt.Sprintf("%q: nothing fills in {%s}", key, name), hint: "it knows " + some(wanted)})
		}
	}
	for _, name := range wanted {
		if !slices.Contains(own, name) && (name != p.number() || number) && !slices.Contains(spare[plain], name) {
			list = append(list, fault{line: p.line, message: fmt.Sprintf("%q does not say {%s}", key, name), hint: "the English text does"})
		}
	}
	return list
}

// dateParts are what patterns of dates are made of.
var dateParts = []string{"weekday", "weekday_short", "day", "month", "month_alone", "month_short", "year", "time", "hour", "hour2", "minute", "name", "zone", "from", "to"}

var placeholder = regexp.MustCompile(`\{([a-z_]+[0-9]?)\}`)

func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// placeholders are the names in any of a phrase's texts.
func (p phrase) placeholders() []string {
	texts := p.text
	for _, name := range append([]string{exactly}, categories...) {
		texts += p.forms[name]
	}
	return placeholders(texts)
}

// some names a few of many.
func some(names []string) string {
	const few = 8
	if len(names) == 0 {
		return "none"
	}
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}
