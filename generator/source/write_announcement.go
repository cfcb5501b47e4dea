package source

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/site"
)

// NewAnnouncement describes a new announcement. [NewAnnouncement.Write] turns it into a
// file.
type NewAnnouncement struct {
	Title      string
	Posted     time.Time
	Until      time.Time // zero: not written
	Pinned     bool
	Components []string      // ["all"] for every one
	Text       string        // Markdown
	Hidden     bool          // draft: true
	Kept       []TemplateKey // keys of a template, written instead of the values above
}

// Write returns the content of the new announcement's file. It writes times in zone.
func (d NewAnnouncement) Write(zone *time.Location) []byte {
	var b strings.Builder
	add := func(key, text string) {
		if !isKept(d.Kept, key) {
			b.WriteString(key + ": " + text + "\n")
		}
	}
	b.WriteString("---\n")
	add("title", writeText(d.Title))
	for _, k := range d.Kept {
		b.WriteString(k.YAML)
	}
	add("posted", writeDay(d.Posted, zone))
	if !d.Until.IsZero() {
		add("until", writeDay(d.Until, zone))
	}
	if d.Pinned {
		add("pinned", "true")
	}
	switch {
	case len(d.Components) == 1 && d.Components[0] == "all":
		add("components", "all")
	case len(d.Components) > 0:
		add("components", writeList(refs(d.Components)))
	}
	if d.Hidden {
		add("draft", "true")
	}
	b.WriteString("---\n")
	if text := strings.Trim(strings.ReplaceAll(d.Text, "\r\n", "\n"), "\n"); strings.TrimSpace(text) != "" {
		b.WriteString("\n" + text + "\n")
	}
	return []byte(b.String())
}

// writeDay returns a time as the format reads it: the date alone if it is the first
// instant of the day in the zone.
func writeDay(t time.Time, zone *time.Location) string {
	year, month, day := t.In(zone).Date()
	if t.Equal(site.FirstInstant(year, month, day, zone)) {
		return t.In(zone).Format(time.DateOnly)
	}
	return writeTime(t, zone)
}

// ParseDay is like [ParseTime], and also accepts a date alone, which is the first instant
// of that day in zone.
func ParseDay(text string, zone *time.Location) (time.Time, error) {
	t, problem := parseDay(text, zone)
	if problem != nil {
		return time.Time{}, *problem
	}
	return t, nil
}

// CheckAnnouncement checks Markdown as the text of an announcement. It refuses a text that
// shows nothing, and one with a block that does not end. It returns nil for any other
// text; [Read] finds the other mistakes.
func CheckAnnouncement(text string, languages []string) *TextProblem {
	text = tidy(text)
	r := textReader(text+nextUpdate, 0, languages)
	defer scratches.Put(r.scratch)
	if len(r.doc.blocks) == 0 {
		return nil // the text is too large, which Read reports
	}
	if at, sign := r.unclosed(len(text)); sign != "" {
		return &TextProblem{
			Message: fmt.Sprintf("line %d of the text begins a block with %s and does not end it", r.f.at(at, at).Line, sign),
			Hint:    fmt.Sprintf("add a line %s at its end", closing(sign)),
		}
	}
	end := len(r.doc.blocks) - 1 // without the heading that was added
	if r.prose(pageLevel, section{blocks: r.doc.blocks[:end], to: len(text)}).Blank() {
		return &TextProblem{Empty: true, Message: "the text is empty: it shows nothing", Hint: "write what readers need to know"}
	}
	return nil
}
