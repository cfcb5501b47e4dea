package source

import (
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
	Impacts    []NewImpact // one is written in the short form
	Severity   string
	NextUpdate time.Time         // next_update
	Start, End time.Time         // zero: not said
	Status     site.UpdateStatus // of the first update
	Time       time.Time         // of the first update; zero: the text is no update
	Text       string            // Markdown
	Hidden     bool              // draft: true
}

// NewImpact describes how a new entry affects some components.
type NewImpact struct {
	Components []string // ["all"] for every one
	Regions    []string // none: all
	Status     string   // a word of the format, or "" for the kind's own
}

// Write returns the content of the new entry's file. It writes times in zone, and
// the words of headings in language.
func (d NewEntry) Write(zone *time.Location, language string) []byte {
	var b strings.Builder
	say := func(key, text string) {
		if text != "" {
			b.WriteString(key + ": " + text + "\n")
		}
	}
	b.WriteString("---\n")
	say("title", writeText(d.Title))
	say("severity", d.Severity)
	short := len(d.Impacts) == 1
	if short {
		d.Impacts[0].write(say, "")
	}
	if !d.Start.IsZero() {
		say("start", writeTime(d.Start, zone))
	}
	if !d.End.IsZero() {
		say("end", writeTime(d.End, zone))
	}
	if !d.NextUpdate.IsZero() {
		say("next_update", writeTime(d.NextUpdate, zone))
	}
	if d.Hidden {
		say("draft", "true")
	}
	if !short && len(d.Impacts) > 0 {
		b.WriteString("impacts:\n")
		for _, i := range d.Impacts {
			i.write(say, "  - ")
		}
	}
	b.WriteString("---\n")
	text := strings.Trim(strings.ReplaceAll(d.Text, "\r\n", "\n"), "\n")
	if !d.Time.IsZero() {
		b.WriteString("\n## " + HeadingWord(d.Status, language) + " — " + writeTime(d.Time, zone) + "\n")
	}
	if strings.TrimSpace(text) != "" {
		b.WriteString("\n" + text + "\n")
	}
	return []byte(b.String())
}

// write writes the keys of an impact: at the top level, or as an item of a list.
func (i NewImpact) write(say func(key, text string), item string) {
	indent := strings.Repeat(" ", len(item))
	if len(i.Components) == 1 && i.Components[0] == "all" {
		say(item+"components", "all")
	} else {
		say(item+"components", writeList(refs(i.Components)))
	}
	if len(i.Regions) > 0 {
		say(indent+"regions", writeList(refs(i.Regions)))
	}
	say(indent+"status", i.Status)
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

// WriteText returns text as a YAML value, quoted where it has to be.
func WriteText(text string) string { return writeText(text) }

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
