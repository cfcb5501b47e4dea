package language

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/memo"
)

// mistake is a difference between a language file and the English one that a reader of
// a page would notice.
type mistake struct {
	line          int // 0 for a missing text
	message, hint string
	missing       bool // the text is missing
}

func mistakef(line int, hint, format string, args ...any) mistake {
	return mistake{line: line, message: fmt.Sprintf(format, args...), hint: hint}
}

// mistakes compares the file with the English one.
func (f languageFile) mistakes(english languageFile, l locale) []mistake {
	var list []mistake
	add := func(line int, hint, format string, args ...any) {
		list = append(list, mistakef(line, hint, format, args...))
	}
	for _, key := range f.duplicates {
		add(f.messages[key].line, "keep one of the two", "duplicate key %q", key)
	}
	for _, n := range f.bad {
		add(n.Line, "write a text, a list or keys and values", "this cannot be read as a text")
	}
	for _, key := range f.keys {
		m, model := f.messages[key], english.messages[key]
		_, known := english.messages[key]
		switch {
		case len(renamed[key]) > 0:
			add(m.line, "write "+strings.Join(renamed[key], " and "), "the text %q has a new name", key)
		case !known && !isOptional(key):
			add(m.line, diag.DidYouMean(key, english.keys), "no text has the key %q", key)
		case calendarLists[key] > 0 && len(m.list) != calendarLists[key]:
			add(m.line, "write them all", "%q has %d names, not %d", key, len(m.list), calendarLists[key])
		case m.forms != nil && !m.countsIn(model):
			add(m.line, "write one text", "%q has no number {%s} to choose a form by", key, m.number())
		case m.forms != nil:
			list = append(list, m.pluralMistakes(key, model, l)...)
		default:
			list = append(list, m.textMistakes(key, model, m.text, true)...)
		}
	}
	for _, key := range f.missing(english) {
		list = append(list, mistake{message: fmt.Sprintf("%q is missing", key), missing: true})
	}
	return list
}

// renamed maps the keys of earlier releases to those that replaced them.
var renamed = map[string][]string{
	"span.since":      {"span.since.clock", "span.since.date"},
	"promise.by":      {"promise.by.clock", "promise.by.date"},
	"promise.overdue": {"promise.overdue.clock", "promise.overdue.date"},
	"row.back":        {"row.back.clock", "row.back.date"},
	"run.ends":        {"run.ends.clock", "run.ends.date"},
	"run.overruns":    {"run.due.clock", "run.due.date"},
	"table.component": {"table.service"},
	"home.only":       {"mine.title"},
	"home.all":        {"mine.all"},

	// Badges, pictures and the status line use the words of the page's answer.
	"overall.none":        {"answer.operational"},
	"overall.maintenance": {"answer.under_maintenance"},
	"overall.degraded":    {"answer.degraded_performance"},
	"overall.minor":       {"answer.degraded_performance"},
	"overall.major":       {"answer.partial_outage"},
	"overall.critical":    {"answer.major_outage"},
}

// optional are the keys that only some languages need.
var optional = map[string]bool{"date.months_alone": true, "date.first": true, "date.weekdays_short": true}

// isOptional reports whether English may lack a key: one of optional, or a language's own
// abbreviation of a time zone, such as zones.CET.
func isOptional(key string) bool { return optional[key] || strings.HasPrefix(key, "zones.") }

// missing returns the English file's keys that are not in f.
func (f languageFile) missing(english languageFile) []string {
	var keys []string
	for _, key := range english.keys {
		if _, ok := f.messages[key]; !ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// pluralMistakes checks a message with a form for each plural category.
func (m message) pluralMistakes(key string, model message, l locale) []mistake {
	var list []mistake
	hint := "this language has " + strings.Join(l.plurals(), ", ")
	for _, category := range append([]string{exactlyOne}, categories...) {
		form, has := m.forms[category]
		needed := slices.Contains(l.plurals(), category)
		switch {
		case needed && !has:
			list = append(list, mistakef(m.line, hint, "%q has no form for %s", key, category))
		case has && !needed && category != exactlyOne:
			list = append(list, mistakef(m.line, hint, "%q has a form that the language does not: %s", key, category))
		case has:
			list = append(list, m.textMistakes(key, model, form, category != exactlyOne && !l.single(category))...)
		}
	}
	return list
}

// countsIn reports whether the English message has the number by which m chooses its form. A
// text with a {time} may choose by its hour: {by: hour, one: a la {time}, other: a las {time}}.
func (m message) countsIn(model message) bool {
	names := model.placeholders()
	return slices.Contains(names, m.number()) || m.by == "hour" && slices.Contains(names, "time")
}

// mayOmit are placeholders that a translation may leave out, because the page says
// the same elsewhere.
var mayOmit = map[string][]string{
	"title": {"site"}, "feed.title": {"site"}, "feed.description": {"site"}, "calendar.title": {"site"}, "footer.zone": {"zone"},
}

// textMistakes compares the placeholders of a text with those of the English message.
// A form for one number only need not say which: needsNumber is false.
func (m message) textMistakes(key string, model message, text string, needsNumber bool) []mistake {
	var list []mistake
	own, wanted, plain := placeholders(text), model.placeholders(), key
	if whole, form := cutLast(key); isPluralForm(form) {
		plain = whole
	}
	allowed := wanted
	if strings.HasPrefix(key, "date.") {
		allowed, wanted = dateParts, nil // each language chooses the parts of its dates
	}
	for _, name := range own {
		if !slices.Contains(allowed, name) {
			list = append(list, mistakef(m.line, placeholderHint(allowed), "%q has the unknown placeholder {%s}", key, name))
		}
	}
	for _, name := range wanted {
		if !slices.Contains(own, name) && (name != m.number() || needsNumber) && !slices.Contains(mayOmit[plain], name) {
			hint := "add {" + name + "}, which the English text has"
			list = append(list, mistakef(m.line, hint, "%q lacks {%s}", key, name))
		}
	}
	return list
}

// dateParts are the placeholders of date patterns.
var dateParts = []string{
	"weekday", "weekday_short", "day", "month", "month_alone", "month_short", "year",
	"time", "hour", "hour2", "hour12", "hour11", "minute", "period", "name", "zone", "from", "to",
}

var placeholder = memo.Regexp(`\{([a-z_]+[0-9]*)\}`)

// placeholders returns the names in braces in a text, each once.
func placeholders(text string) []string {
	var names []string
	for _, m := range placeholder().FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// placeholders returns the names in braces in any of the message's texts.
func (m message) placeholders() []string {
	texts := m.text
	for _, name := range append([]string{exactlyOne}, categories...) {
		texts += m.forms[name]
	}
	return placeholders(texts)
}

// placeholderHint names the placeholders that a text may have.
func placeholderHint(allowed []string) string {
	if len(allowed) == 0 {
		return "remove it: this text has no placeholders"
	}
	return "write {" + strings.Join(allowed, "} or {") + "}"
}

// someOf lists the first of many names.
func someOf(names []string) string {
	const few = 8
	if len(names) == 0 {
		return "none"
	}
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}
