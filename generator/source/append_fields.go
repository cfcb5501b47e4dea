package source

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// valueWriter is how a language of front matter writes single values.
type valueWriter struct {
	text func(string) string
	time func(time.Time) string
	pair string // what stands between a key and its value
}

// field is a key and its value as they are written.
type field struct{ key, value string }

// fields are the keys of an impact that begins.
func (w *appender) fields(i site.Impact, p valueWriter) []field {
	fields := []field{{"components", p.ids(i.Components)}}
	say := func(key, value string, worth bool) {
		if worth {
			fields = append(fields, field{key, value})
		}
	}
	say("regions", p.ids(i.Regions), len(i.Regions) > 0)
	say("status", p.text(i.Status.String()), true)
	say("label", p.texts(i.Label, w.site.Languages), i.Label.Default != "")
	say("start", p.time(i.Start.Time), true)
	say("end", p.time(i.End.Time), i.End.After(i.Start.Time))
	say("eta", p.time(i.ETA.Time), i.ETA.After(w.Time))
	say("note", p.texts(i.Note, w.site.Languages), i.Note.Default != "")
	return fields
}

func (p valueWriter) ids(refs []site.Ref) string {
	var ids []string
	for _, r := range refs {
		ids = append(ids, p.text(r.ID))
	}
	return "[" + strings.Join(ids, ", ") + "]"
}

// texts writes a text in all of its languages, the site's first one first.
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

// inQuotes writes a text in double quotes, as JSON does.
func inQuotes(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return `""` // no text fails to encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// space is the white space that ends at an offset of raw.
func (p *splicer) space(end int) string {
	start := len(strings.TrimRight(p.raw[:end], " \t\r\n"))
	return p.raw[start:end]
}

// rawOffset is where an offset of the tidied text stands in raw.
func (w *appender) rawOffset(offset int) int {
	at := w.f.at(offset, offset)
	return w.offset(at.Line, at.Column)
}
