package render

import (
	"bytes"
	"html"
	"strings"
	"time"

	"allclear/generator/site"
)

// permalink returns the address of the announcement's page, which never changes.
func (v announcementView) permalink() string { return v.base() + v.announcement.Path() }

// itemContent returns what a feed says of the announcement. It is dated by when it was
// posted; a later edit shows only if the operator marks it with updated.
func (v announcementView) itemContent() itemContent {
	word := v.say("word.announcement")
	labels := []string{"announcement"}
	for _, c := range v.site.NamedIn(v.announcement) {
		labels = append(labels, v.text(c.Name))
	}
	return itemContent{
		link: v.permalink(), title: v.say("feed.entry", "status", word, "title", v.text(v.announcement.Title)), author: v.author(),
		html: v.bodyHTML(word), labels: labels, time: v.announcement.Posted.Time, updated: v.modified(),
	}
}

// bodyHTML returns the text with absolute links. It begins with the word "Announcement".
func (v announcementView) bodyHTML(word string) string {
	begun := "<p><strong>" + html.EscapeString(word) + "</strong> - "
	if v.announcement.Body.Empty() {
		return begun + html.EscapeString(v.text(v.announcement.Title)) + "</p>"
	}
	own := v.absoluteProse(v.announcement.Body, "")
	page := html.EscapeString(v.permalink())
	return joinParagraph(begun, strings.ReplaceAll(string(own.HTML), `href="#`, `href="`+page+`#`), own)
}

// markdownPage appends the announcement as Markdown to into.
func (v announcementView) markdownPage(into []byte) []byte {
	text := bytes.NewBuffer(into)
	text.WriteString("# " + escapeMarkdown(v.text(v.announcement.Title)) + "\n\n")
	when := v.clock(v.announcement.Posted.Time)
	if date := v.posted().ISO; len(date) == len(time.DateOnly) {
		when = date
	}
	facts := []string{v.say("word.announcement") + v.say("list.clause") + when, v.changed(), v.about(), v.announcement.Author}
	for _, fact := range facts {
		if fact != "" {
			text.WriteString("- " + escapeMarkdown(fact) + "\n")
		}
	}
	if v.url != "" {
		text.WriteString("- <" + v.permalink() + ">\n")
	}
	own, _ := v.announcement.Body.In(v.lang.Tag)
	if body := strings.TrimSpace(own.Markdown); body != "" {
		text.WriteString("\n" + body + "\n")
	}
	for i, d := range own.Definitions {
		if i == 0 {
			text.WriteString("\n")
		}
		text.WriteString(d + "\n")
	}
	return text.Bytes()
}

// searchEntry returns the announcement as the search of the history reads it, with its text
// appended to room.
func (v announcementView) searchEntry(room []byte) searchEntry {
	at := v.local(v.announcement.Posted.Time)
	one := searchEntry{
		Path: v.announcement.Path(), Title: v.text(v.announcement.Title), Kind: "announcement", Severity: site.None.String(),
		Date: at.Format(time.DateOnly), When: v.lang.Date("day", at), Components: []string{}, Class: "note",
	}
	one.About = joinFacts(v.say("word.announcement"), one.When, v.about())
	for _, c := range v.site.NamedIn(v.announcement) {
		one.Components = append(one.Components, c.ID)
	}
	one.Text = appendOneLine(room, v.plainText(v.announcement.Body))
	return one
}

// stateAnnouncement is an announcement in state.json.
type stateAnnouncement struct {
	Slug       string   `json:"slug"`
	Kind       string   `json:"kind"`
	Title      string   `json:"title"`
	Path       string   `json:"path"`
	Posted     string   `json:"posted"`
	Updated    *string  `json:"updated"`
	Until      string   `json:"until"`
	Pinned     bool     `json:"pinned"`
	Components []string `json:"components"`
}

// stateAnnouncements returns the announcements of the home page, in its order.
func (b *build) stateAnnouncements() []stateAnnouncement {
	list := []stateAnnouncement{}
	for _, a := range site.CurrentAnnouncements(b.announcements, b.now) {
		one := stateAnnouncement{
			Slug: a.Slug, Kind: "announcement", Title: a.Title.Default, Path: a.Path(), Posted: rfc3339(a.Posted.Time),
			Updated: timeOrNil(a.UpdatedBy(b.now)), Until: rfc3339(a.Leaves()), Pinned: a.Pinned, Components: []string{},
		}
		for _, c := range b.settings.site.NamedIn(a) {
			one.Components = append(one.Components, c.ID)
		}
		list = append(list, one)
	}
	return list
}
