package render

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// publication is one thing that an entry told the world: an update, its report,
// or what the clock told by itself.
type publication struct {
	entry  *site.Entry
	update *site.Update
}

// published are the publications of all listed entries up to now, newest first.
func (b *build) published() []publication {
	var list []publication
	for i := range b.site.Entries {
		e := &b.site.Entries[i]
		if !listed(e, b.now) {
			continue
		}
		told := e.Published(b.now) // most of it is asked for only here: nobody need keep it
		for i := range told {
			if !told[i].Time.After(b.now) { // an announcement's date may be to come
				list = append(list, publication{e, &told[i]})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y publication) int {
		return cmp.Or(y.update.Time.Compare(x.update.Time), cmp.Compare(x.entry.Slug, y.entry.Slug), cmp.Compare(x.entry.Kind, y.entry.Kind))
	})
	return list
}

// listed reports whether an entry is known at t and may stand in lists, feeds
// and the API.
func listed(e *site.Entry, t time.Time) bool { return !e.NoIndex && e.Visible(t) }

// epoch is the date of what has none: one instant for ever, where the clock would
// give another one with each build.
var epoch = time.Unix(0, 0).UTC()

// lastChange is the newest instant at which anything that the site shows came
// about, so that no output needs the clock; the epoch where nothing has.
func (b *build) lastChange() time.Time {
	last := epoch
	consider := func(t time.Time) {
		if !t.After(b.now) && t.After(last) {
			last = t
		}
	}
	for i := len(b.site.Entries) - 1; i >= 0; i-- { // nearly the newest first, since names begin with dates
		e := &b.site.Entries[i]
		if !listed(e, b.now) {
			continue
		}
		if end := b.settledAt(e); !end.IsZero() && !end.After(last) {
			continue // it names nothing later
		}
		consider(b.changed(e))
		for _, span := range e.Spans(b.now) {
			consider(span.Start)
			consider(span.End)
		}
		for j := range e.Impacts {
			for _, w := range e.Windows(j, b.now) {
				consider(w.Start)
				consider(w.End)
			}
		}
	}
	for _, c := range b.site.Components {
		consider(c.Since)
	}
	return last
}

// changed is when an entry last told something.
func (b *build) changed(e *site.Entry) time.Time {
	if told := b.told(e); len(told) > 0 {
		return told[0].Time
	}
	return e.Announced()
}

// firstTold is when the first thing was told about the site, or became part of it;
// the epoch where nothing has.
func (b *build) firstTold() time.Time {
	first := time.Time{}
	consider := func(t time.Time) {
		if !t.IsZero() && !t.After(b.now) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for i := range b.site.Entries {
		if e := &b.site.Entries[i]; listed(e, b.now) {
			consider(e.Announced())
		}
	}
	if first.IsZero() {
		for _, c := range b.site.Components {
			consider(c.Since)
		}
	}
	if first.IsZero() {
		return epoch
	}
	return first
}

// beginning is the date of a feed that has nothing to tell: it must not change
// because somebody else's feed does.
func (b *build) beginning() time.Time {
	begin := b.firstTold()
	for _, c := range b.site.Components {
		if !c.Since.IsZero() && c.Since.Before(begin) {
			begin = c.Since
		}
	}
	return begin
}

// permalink is where a publication stands for ever.
func (v view) permalink(p publication) string {
	return v.base() + v.entryPath(p.entry) + "#" + p.update.ID
}

// headline is a publication's title: "Resolved: Issue with multiple services".
func (v view) headline(p publication) string {
	return v.say("feed.entry", "status", v.wordOf(p), "title", v.text(p.entry.Title))
}

// wordOf is the word that stands over a publication.
func (v view) wordOf(p publication) string {
	return v.say("word." + p.update.Status.String())
}

// bodyHTML is what a publication says, as HTML with absolute links. It begins with
// the word, as Statuspage's feeds do: readers and bots look for it there.
func (v view) bodyHTML(p publication) string {
	word := "<p><strong>" + html.EscapeString(v.wordOf(p)) + "</strong> - "
	prose, ids := p.update.Body, p.update.Anchor+"-"
	switch {
	case p.update.Report:
		ids = ""
	case p.update.Auto && (p.update.Status == site.Scheduled || p.update.Status == site.Investigating):
		prose, ids = p.entry.Summary, "summary-"
	}
	if prose.Empty() {
		return word + html.EscapeString(v.wordless(p.entry, p.update)) + "</p>"
	}
	page := html.EscapeString(v.base() + v.entryPath(p.entry))
	own := v.absolute(prose, ids)
	return behind(word, strings.ReplaceAll(string(own.HTML), `href="#`, `href="`+page+`#`), own)
}

// behind puts a text behind the beginning of a paragraph: into that one where the
// text begins with a paragraph too, else after it.
func behind(begun, text string, own words) string {
	rest, paragraph := strings.CutPrefix(strings.TrimSpace(text), "<p>")
	first, rest, closed := strings.Cut(rest, "</p>")
	if !paragraph || !closed {
		first, rest = "", text
	}
	rest = strings.TrimSpace(rest)
	if own.Lang != "" {
		language := ` lang="` + own.Lang + `" dir="` + own.Dir + `">`
		if first != "" {
			first = "<span" + language + first + "</span>"
		}
		if rest != "" {
			rest = "<div" + language + rest + "</div>"
		}
	}
	return begun + first + "</p>" + rest
}

// wordless is the sentence of an update below whose word nobody wrote anything: what
// the clock says, or the word said as a sentence. It is the same wherever the update
// stands.
func (v view) wordless(e *site.Entry, u *site.Update) string {
	word := u.Status.String()
	switch {
	case u.Status == site.Scheduled:
		return v.say("auto.scheduled", "span", v.announced(e))
	case u.Auto, u.Status == site.Resolved, u.Status == site.InProgress, u.Status == site.Completed:
		return v.say("auto." + word)
	}
	return v.say("wordless." + word)
}

// clock writes an instant for readers of plain text: 2025-08-01 02:20 UTC.
func (v view) clock(t time.Time) string {
	return v.local(t).Format("2006-01-02 15:04 MST")
}

// labels are a publication's categories: the severity and the components.
func (v view) labels(e *site.Entry) []string {
	labels := []string{v.site.SeverityAt(e, v.now).String()}
	for _, c := range v.affected(e) {
		labels = append(labels, v.text(c.Name))
	}
	return labels
}

// author signs an entry: who the operator says, else the site.
func (v view) author(e *site.Entry) string {
	return cmp.Or(e.Author, v.text(v.site.Title))
}
