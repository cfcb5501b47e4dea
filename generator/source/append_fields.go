package source

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// valueWriter writes single values in the language of the front matter.
type valueWriter struct {
	text func(string) string
	time func(time.Time) string
	pair string // the text between a key and its value
}

// field is a key and its value, as they are written to the file.
type field struct{ key, value string }

// fields returns the keys of a new impact.
func (w *appender) fields(i site.Impact, p valueWriter) []field {
	var fields []field
	add := func(key, value string, include bool) {
		if include {
			fields = append(fields, field{key, value})
		}
	}
	add("components", p.ids(i.Components), len(i.Components) > 0)
	add("groups", p.ids(i.Groups), len(i.Groups) > 0)
	add("regions", p.ids(i.Regions), len(i.Regions) > 0)
	add("status", p.text(i.Status.String()), true)
	add("label", p.texts(i.Label, w.site.Languages), i.Label.Default != "")
	add("start", p.time(i.Start.Time), true)
	add("end", p.time(i.End.Time), i.End.After(i.Start.Time))
	add("eta", p.time(i.ETA.Time), i.ETA.After(w.Time))
	add("note", p.texts(i.Note, w.site.Languages), i.Note.Default != "")
	return fields
}

// ids returns a list of ids.
func (p valueWriter) ids(refs []site.Ref) string {
	var ids []string
	for _, r := range refs {
		ids = append(ids, p.text(r.ID))
	}
	return "[" + strings.Join(ids, ", ") + "]"
}

// texts returns a text in all its languages, the site's default language first.
func (p valueWriter) texts(t site.Text, languages []string) string {
	if len(t.Other) == 0 {
		return p.text(t.Default)
	}
	all := []string{p.text(languages[0]) + p.pair + p.text(t.Default)}
	for _, lang := range slices.Sorted(maps.Keys(t.Other)) {
		all = append(all, p.text(lang)+p.pair+p.text(t.Other[lang]))
	}
	return "{" + strings.Join(all, ", ") + "}"
}

// inQuotes returns a text in double quotes, with JSON's escapes.
func inQuotes(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return `""` // cannot happen: every text can be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// space returns the white space in raw that ends at an offset.
func (p *splicer) space(end int) string {
	start := len(strings.TrimRight(p.raw[:end], " \t\r\n"))
	return p.raw[start:end]
}

// rawOffset converts an offset of the tidied text to an offset of raw.
func (w *appender) rawOffset(offset int) int {
	at := w.f.at(offset, offset)
	return w.offset(at.Line, at.Column)
}
