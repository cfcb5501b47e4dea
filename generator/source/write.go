package source

import (
	"strings"
	"time"
	"unicode"

	"allclear/generator/site"
)

// Draft is an entry to be written: what the flags of allclear new say.
type Draft struct {
	Kind       site.Kind
	Title      string
	Components []string // ["all"] for every one
	Regions    []string
	Status     string // a word of the format, or "" for the kind's own
	Severity   string
	Start, End time.Time // zero: not said
	Word       site.Word // of the first update
	Time       time.Time // of the first update; zero: the text is no update
	Text       string    // Markdown
	Hidden     bool      // draft: true
}

// Write writes the file of a new entry, in the short form.
func (d Draft) Write(zone *time.Location, language string) []byte {
	var b strings.Builder
	say := func(key, text string) {
		if text != "" {
			b.WriteString(key + ": " + text + "\n")
		}
	}
	b.WriteString("---\n")
	say("title", writeText(d.Title))
	say("severity", d.Severity)
	if len(d.Components) == 1 && d.Components[0] == "all" {
		say("components", "all")
	} else if len(d.Components) > 0 {
		say("components", writeList(refs(d.Components)))
	}
	if len(d.Regions) > 0 {
		say("regions", writeList(refs(d.Regions)))
	}
	say("status", d.Status)
	if !d.Start.IsZero() {
		say("start", WriteTime(d.Start, zone))
	}
	if !d.End.IsZero() {
		say("end", WriteTime(d.End, zone))
	}
	if d.Hidden {
		say("draft", "true")
	}
	b.WriteString("---\n")
	text := strings.Trim(strings.ReplaceAll(d.Text, "\r\n", "\n"), "\n")
	if !d.Time.IsZero() {
		b.WriteString("\n## " + HeadingWord(d.Word, language) + " — " + WriteTime(d.Time, zone) + "\n")
	}
	if strings.TrimSpace(text) != "" {
		b.WriteString("\n" + text + "\n")
	}
	return []byte(b.String())
}

func refs(ids []string) []site.Ref {
	var out []site.Ref
	for _, id := range ids {
		out = append(out, site.Ref{ID: id})
	}
	return out
}

func writeList(refs []site.Ref) string {
	var ids []string
	for _, r := range refs {
		ids = append(ids, writeText(r.ID))
	}
	return "[" + strings.Join(ids, ", ") + "]"
}

// writeText writes a text as YAML: plain where no reader could take it for
// anything else, else in double quotes, in which YAML reads what JSON writes.
func writeText(text string) string {
	if plainScalar(text) {
		return text
	}
	return inQuotes(text)
}

// plainScalar reports whether YAML reads a text as itself without quotes, in a
// list between brackets as well.
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
