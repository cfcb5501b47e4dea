package source

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"allclear/generator/site"
)

// NewEntry describes a new incident or maintenance window. [NewEntry.Write]
// turns it into a file.
type NewEntry struct {
	Kind       site.Kind
	Title      string
	Titles     map[string]string // the title in other languages
	Impacts    []NewImpact       // a single impact is written in the short form
	Severity   string
	NextUpdate time.Time         // next_update
	Start, End time.Time         // zero: not written
	Status     site.UpdateStatus // of the first update
	Time       time.Time         // of the first update; zero: the text is not an update
	Text       string            // Markdown
	Hidden     bool              // draft: true
	Source     string            // the alert that it is about, as KIND:KEY; without characters that YAML quotes
	Kept       Kept              // what is kept of a template
}

// Kept is what a new entry takes from a template as it is.
type Kept struct {
	Plan string        // Markdown before the first update: a section with a plan
	Keys []TemplateKey // written instead of the entry's own values
}

// NewImpact describes how a new entry affects some components.
type NewImpact struct {
	Components []string  // ["all"] for every one
	Groups     []string  // ids
	Regions    []string  // none: all
	Status     string    // a status word, or "" for the default of the kind
	Start      time.Time // zero: with the entry; not for a single impact
}

// Write returns the content of the new entry's file. It writes times in zone, and the
// words of headings in language.
func (d NewEntry) Write(zone *time.Location, language string) []byte {
	var b strings.Builder
	add := func(key, text string) {
		if text != "" && !isKept(d.Kept.Keys, key) {
			b.WriteString(key + ": " + text + "\n")
		}
	}
	b.WriteString("---\n")
	add("title", d.writeTitle(language))
	add("source", d.Source)
	for _, k := range d.Kept.Keys {
		b.WriteString(k.YAML)
	}
	add("severity", d.Severity)
	kept := slices.ContainsFunc([]string{"impacts", "components", "groups"}, func(key string) bool { return isKept(d.Kept.Keys, key) })
	short := len(d.Impacts) == 1 && !kept
	if short {
		d.Impacts[0].write(add, "", zone)
	}
	if !d.Start.IsZero() {
		add("start", writeTime(d.Start, zone))
	}
	if !d.End.IsZero() {
		add("end", writeTime(d.End, zone))
	}
	if !d.NextUpdate.IsZero() {
		add("next_update", writeTime(d.NextUpdate, zone))
	}
	if d.Hidden {
		add("draft", "true")
	}
	if !short && len(d.Impacts) > 0 && !kept {
		b.WriteString("impacts:\n")
		for _, i := range d.Impacts {
			i.write(add, "  - ", zone)
		}
	}
	b.WriteString("---\n")
	text := strings.Trim(strings.ReplaceAll(d.Text, "\r\n", "\n"), "\n")
	if d.Kept.Plan != "" {
		b.WriteString("\n" + d.Kept.Plan + "\n")
	}
	if !d.Time.IsZero() {
		b.WriteString("\n## " + HeadingWord(d.Status, language) + " — " + writeTime(d.Time, zone) + "\n")
	}
	if strings.TrimSpace(text) != "" {
		b.WriteString("\n" + text + "\n")
	}
	return []byte(b.String())
}

// write writes the keys of an impact: at the top level, or as an item of a list.
func (i NewImpact) write(add func(key, text string), item string, zone *time.Location) {
	indent := strings.Repeat(" ", len(item))
	if len(i.Components) == 1 && i.Components[0] == "all" {
		add(item+"components", "all")
	} else if len(i.Components) > 0 {
		add(item+"components", writeList(refs(i.Components)))
	}
	if len(i.Groups) > 0 {
		key := item + "groups"
		if len(i.Components) > 0 {
			key = indent + "groups"
		}
		add(key, writeList(refs(i.Groups)))
	}
	if len(i.Regions) > 0 {
		add(indent+"regions", writeList(refs(i.Regions)))
	}
	add(indent+"status", i.Status)
	if item != "" && !i.Start.IsZero() {
		add(indent+"start", writeTime(i.Start, zone))
	}
}

// writeTitle returns the value of title: a text, or one for each language.
func (d NewEntry) writeTitle(language string) string {
	if len(d.Titles) == 0 {
		return writeText(d.Title)
	}
	parts := []string{writeText(language) + ": " + writeText(d.Title)}
	for _, lang := range slices.Sorted(maps.Keys(d.Titles)) {
		parts = append(parts, writeText(lang)+": "+writeText(d.Titles[lang]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// refs returns references to ids.
func refs(ids []string) []site.Ref {
	var out []site.Ref
	for _, id := range ids {
		out = append(out, site.Ref{ID: id})
	}
	return out
}

// writeList returns a YAML list of ids.
func writeList(refs []site.Ref) string {
	var ids []string
	for _, r := range refs {
		ids = append(ids, writeText(r.ID))
	}
	return "[" + strings.Join(ids, ", ") + "]"
}

// WriteText returns text as a YAML value, quoted if necessary.
func WriteText(text string) string { return writeText(text) }

// writeText returns text as a YAML value: plain if every YAML reader takes it for the
// same text, else in double quotes, with JSON's escapes, which YAML reads too.
func writeText(text string) string {
	if plainScalar(text) {
		return text
	}
	return inQuotes(text)
}

// plainScalar reports whether YAML reads a text as itself without quotes, also in a list
// between brackets.
func plainScalar(text string) bool {
	for i, r := range text {
		letter := unicode.IsLetter(r)
		if i == 0 && !letter || !letter && !unicode.IsDigit(r) && !strings.ContainsRune(" -_.()/!'", r) {
			return false
		}
	}
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return false
	}
	return text != "" && strings.TrimSpace(text) == text
}

// WriteTime returns an instant as content is written in zone: 2025-07-25 06:40. It has
// seconds only if they are not zero, and an offset only if the zone's clocks show the
// time twice.
func WriteTime(t time.Time, zone *time.Location) string { return writeTime(t, zone) }

// WriteDay is like [WriteTime], and returns the date alone for the first instant of a day.
func WriteDay(t time.Time, zone *time.Location) string { return writeDay(t, zone) }

// WriteList returns a YAML list of texts.
func WriteList(texts []string) string { return writeList(refs(texts)) }

// ReportWord returns the heading of a report in a language.
func ReportWord(language string) string { return reportWord(language) }
