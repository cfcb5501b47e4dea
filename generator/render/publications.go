package render

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// publication is one thing that an entry has published: an update, its report, or an
// update by the clock.
type publication struct {
	entry  *site.Entry
	update *site.Update
}

// publications are those of all listed entries up to now, newest first.
func (x *index) publications() []publication {
	var list []publication
	for i := range x.entries {
		e := &x.entries[i]
		if !listed(e, x.now) {
			continue
		}
		updates := e.Published(x.now) // most of it is asked for only here: nobody need keep it
		for i := range updates {
			if !updates[i].Time.After(x.now) { // an announcement's date may be to come
				list = append(list, publication{e, &updates[i]})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b publication) int {
		return cmp.Or(
			b.update.Time.Compare(a.update.Time),
			cmp.Compare(a.entry.Slug, b.entry.Slug),
			cmp.Compare(a.entry.Kind, b.entry.Kind),
		)
	})
	return list
}

// epoch is the date of what has none: one instant for ever, where the clock would
// give another one with each build.
var epoch = time.Unix(0, 0).UTC()

// lastChange is the newest instant at which anything that the site shows came
// about, so that no output needs the clock; the epoch where nothing has.
func (x *index) lastChange() time.Time {
	last := epoch
	consider := func(t time.Time) {
		if !t.After(x.now) && t.After(last) {
			last = t
		}
	}
	for i := len(x.entries) - 1; i >= 0; i-- { // nearly the newest first, since names begin with dates
		e := &x.entries[i]
		if !listed(e, x.now) {
			continue
		}
		if end := x.settledAt(e); !end.IsZero() && !end.After(last) {
			continue // it names nothing later
		}
		consider(x.changed(e))
		for _, span := range e.Spans(x.now) {
			consider(span.Start)
			consider(span.End)
		}
		for j := range e.Impacts {
			for _, w := range e.Windows(j, x.now) {
				consider(w.Start)
				consider(w.End)
			}
		}
	}
	for _, c := range x.settings.site.Components {
		consider(c.Since)
	}
	return last
}

// changed returns when an entry last published something.
func (x *index) changed(e *site.Entry) time.Time {
	if updates := x.published(e); len(updates) > 0 {
		return updates[0].Time
	}
	return e.Announced()
}

// firstTold returns when the first thing was published about the site, or became part
// of it; the epoch if there is none.
func (x *index) firstPublication() time.Time {
	first := time.Time{}
	consider := func(t time.Time) {
		if !t.IsZero() && !t.After(x.now) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for i := range x.entries {
		if e := &x.entries[i]; listed(e, x.now) {
			consider(e.Announced())
		}
	}
	if first.IsZero() {
		for _, c := range x.settings.site.Components {
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
func (x *index) emptyFeedDate() time.Time {
	begin := x.firstPublication()
	for _, c := range x.settings.site.Components {
		if !c.Since.IsZero() && c.Since.Before(begin) {
			begin = c.Since
		}
	}
	return begin
}

// permalink is where a publication stands for ever.
func (v entryView) permalink(u *site.Update) string {
	return v.base() + entryPath(v.entry) + "#" + u.ID
}

// headline is a publication's title: "Resolved: Issue with multiple services".
func (v entryView) headline(u *site.Update) string {
	return v.say("feed.entry", "status", v.statusWord(u), "title", v.text(v.entry.Title))
}

// wordOf is the word that stands over a publication.
func (v pageView) statusWord(u *site.Update) string {
	return v.say("word." + u.Status.String())
}

// bodyHTML is what a publication says, as HTML with absolute links. It begins with
// the word, as Statuspage's feeds do: readers and bots look for it there.
func (v entryView) bodyHTML(u *site.Update) string {
	word := "<p><strong>" + html.EscapeString(v.statusWord(u)) + "</strong> - "
	prose, ids := u.Body, u.Anchor+"-"
	switch {
	case u.Report:
		ids = ""
	case u.Auto && (u.Status == site.Scheduled || u.Status == site.Investigating):
		prose, ids = v.entry.Summary, "summary-"
	}
	if prose.Empty() {
		return word + html.EscapeString(v.defaultText(u)) + "</p>"
	}
	page := html.EscapeString(v.base() + entryPath(v.entry))
	own := v.absoluteProse(prose, ids)
	return joinParagraph(word, strings.ReplaceAll(string(own.HTML), `href="#`, `href="`+page+`#`), own)
}

// behind puts a text behind the beginning of a paragraph: into that one where the
// text begins with a paragraph too, else after it.
func joinParagraph(begun, text string, own words) string {
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
func (v entryView) defaultText(u *site.Update) string {
	word := u.Status.String()
	switch {
	case u.Status == site.Scheduled:
		return v.say("auto.scheduled", "span", v.announced())
	case u.Auto, u.Status == site.Resolved, u.Status == site.InProgress, u.Status == site.Completed:
		return v.say("auto." + word)
	}
	return v.say("wordless." + word)
}

// clock writes an instant for readers of plain text: 2025-08-01 02:20 UTC.
func (v pageView) clock(t time.Time) string {
	return v.local(t).Format("2006-01-02 15:04 MST")
}

// labels are a publication's categories: the severity and the components.
func (v entryView) labels() []string {
	labels := []string{v.site.SeverityAt(v.entry, v.now).String()}
	for _, c := range v.affected() {
		labels = append(labels, v.text(c.Name))
	}
	return labels
}

// author signs an entry: who the operator says, else the site.
func (v entryView) author() string {
	return cmp.Or(v.entry.Author, v.text(v.site.Title))
}
