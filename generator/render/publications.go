package render

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// publication is something that was published: an update of an entry, its report, an
// automatic update, or an announcement.
type publication struct {
	entry        *site.Entry
	update       *site.Update
	announcement *site.Announcement // an announcement, which has neither of the others
	seconds      int64              // Unix time, faster to compare than a time
}

// time is when it was published.
func (p publication) time() time.Time {
	if p.announcement != nil {
		return p.announcement.Posted.Time
	}
	return p.update.Time
}

// slug is that of the entry or of the announcement.
func (p publication) slug() string {
	if p.announcement != nil {
		return p.announcement.Slug
	}
	return p.entry.Slug
}

// folder is the one in which its page stands.
func (p publication) folder() string {
	if p.announcement != nil {
		return announcementsPath()
	}
	return p.entry.Kind.Folder()
}

// publications returns the publications of all listed entries and announcements up to now,
// newest first.
func (x *index) publications() []publication {
	x.prepare(func(e *site.Entry) { x.published(e) })
	n := len(x.announcements)
	for _, e := range x.newest {
		n += len(e.Updates)
	}
	list := make([]publication, 0, n)
	for _, e := range x.newest { // so that the list is nearly in order
		for _, u := range x.published(e) {
			if e.InFeeds(u, x.now) {
				list = append(list, publication{entry: e, update: u, seconds: u.Time.Unix()})
			}
		}
	}
	for _, a := range x.announcements {
		list = append(list, publication{announcement: a, seconds: a.Posted.Time.Unix()})
	}
	slices.SortStableFunc(list, func(a, b publication) int {
		if a.seconds != b.seconds { // as nearly always
			return cmp.Compare(b.seconds, a.seconds)
		}
		if order := b.time().Compare(a.time()); order != 0 {
			return order
		}
		return cmp.Or(cmp.Compare(a.slug(), b.slug()), cmp.Compare(a.folder(), b.folder()))
	})
	return list
}

// epoch is the date of what has none. A fixed instant keeps files the same from build to
// build.
var epoch = time.Unix(0, 0).UTC()

// lastChange returns the newest instant, up to now, at which anything that the site shows
// has changed, or the epoch. Outputs use it in place of the time of the build.
func (x *index) lastChange() time.Time {
	last := epoch
	consider := func(t time.Time) {
		if !t.After(x.now) && t.After(last) {
			last = t
		}
	}
	for i := len(x.entries) - 1; i >= 0; i-- { // file names begin with dates, so this is nearly newest first
		e := &x.entries[i]
		if !listed(e, x.now) {
			continue
		}
		if end := x.settledAt(e); !end.IsZero() && !end.After(last) {
			continue // nothing about it is later
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
		consider(c.Until)
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

// firstPublication returns when the site first published something; if it never did, when
// its first component came into service, or else the epoch.
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

// emptyFeedDate returns the date of a feed without items. It depends on nothing that is
// published later.
func (x *index) emptyFeedDate() time.Time {
	begin := x.firstPublication()
	for _, c := range x.settings.site.Components {
		if !c.Since.IsZero() && c.Since.Before(begin) {
			begin = c.Since
		}
	}
	return begin
}

// permalink returns the absolute address of a publication.
func (v entryView) permalink(u *site.Update) string {
	return v.base() + entryPath(v.entry) + "#" + u.ID
}

// headline returns the title of a publication: "Resolved: Issue with multiple services".
func (v entryView) headline(u *site.Update) string {
	return v.say("feed.entry", "status", v.statusWord(u), "title", v.text(v.entry.Title))
}

// statusWord returns the word for an update's status. That a notice has begun is an update
// like others: nobody investigates anything.
func (v entryView) statusWord(u *site.Update) string {
	if v.entry.Notice() && u.Auto && u.Status == site.Investigating {
		return v.say("word." + site.Note.String())
	}
	return v.say("word." + u.Status.String())
}

// bodyHTML returns the text of a publication as HTML with absolute links. It begins with
// the status, as in Statuspage's feeds, where readers and bots expect it.
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

// joinParagraph appends a text to a paragraph that has been begun: inside it if the text
// begins with a paragraph, or else after it.
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

// defaultText returns a sentence for an update without text: it says what happened
// according to the plan, or repeats the status as a sentence.
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

// clock formats an instant for plain text, in the site's time zone: 2025-08-01 02:20 UTC.
func (v pageView) clock(t time.Time) string {
	var room [48]byte
	return string(v.appendClock(room[:0], t))
}

// appendClock appends what clock returns to out.
func (v pageView) appendClock(out []byte, t time.Time) []byte {
	return v.appendWithZone(out, v.local(t), "2006-01-02 15:04")
}

// appendWithZone appends a time, formatted for plain text, to out, with its time zone as
// the language names it.
func (v pageView) appendWithZone(out []byte, t time.Time, form string) []byte {
	out = append(t.AppendFormat(out, form), ' ')
	name, _ := t.Zone()
	return append(out, v.lang.Zone(name)...)
}

// labels returns the categories of a publication: the severity, and the names of the
// components.
func (v entryView) labels() []string {
	labels := []string{v.severity().String()}
	for _, c := range v.affected() {
		labels = append(labels, v.text(c.Name))
	}
	return labels
}

// author returns the entry's author, or else the site's title.
func (v entryView) author() string {
	return cmp.Or(v.entry.Author, v.text(v.site.Title))
}
