package render

import (
	"html"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"allclear/generator/language"
	"allclear/generator/site"
)

// announcementView is one announcement in a language. What is made of it alone stays
// the same from build to build once the announcement is posted.
type announcementView struct {
	pageView
	announcement *site.Announcement
	updated      time.Time // when it was last changed, as far as is known; zero: never
	older, newer *site.Announcement
}

// announcementsPath returns the address of the list of all announcements.
func announcementsPath() string { return "announcements/" }

// announcement returns an announcement at the view's instant.
func (v view) announcement(a *site.Announcement) announcementView {
	return announcementView{pageView: v.pageView, announcement: a, updated: a.UpdatedBy(v.now)}
}

// announcementPageView is an announcement with what its page links to.
func (x *index) announcementPageView(l *language.Language, a *site.Announcement) announcementView {
	v := announcementView{pageView: x.settings.page(l, route{path: a.Path()}), announcement: a, updated: a.UpdatedBy(x.now)}
	if at, listed := slices.BinarySearchFunc(x.announcements, a, site.NewestFirst); listed {
		if at > 0 {
			v.newer = x.announcements[at-1]
		}
		if at+1 < len(x.announcements) {
			v.older = x.announcements[at+1]
		}
	}
	return v
}

// announcementKey returns the Key of a file that is made of one announcement, or nil while
// the clock may still change it.
func (x *index) announcementKey(what string, a *site.Announcement, inputs func() announcementView) func() Key {
	if !x.settings.keyed() || !a.Settled(x.now) {
		return nil
	}
	return func() Key { return x.settings.key(what, inputs()) }
}

// ofAnnouncements returns the files of the public announcements.
func (b *build) ofAnnouncements(file func(*site.Announcement) File) []File {
	var files []File
	for i := range b.allAnnouncements {
		if a := &b.allAnnouncements[i]; a.Visible(b.now) {
			files = append(files, file(a))
		}
	}
	return files
}

// announcementsByComponent returns the listed announcements that name each component, the
// newest first.
func (x *index) announcementsByComponent() map[*site.Component][]*site.Announcement {
	found := map[*site.Component][]*site.Announcement{}
	for _, a := range x.announcements {
		for _, c := range x.settings.site.NamedIn(a) {
			found[c] = append(found[c], a)
		}
	}
	return found
}

// lastAnnouncement returns when a listed announcement was last posted or updated, or the
// epoch if there is none.
func (x *index) lastAnnouncement() time.Time {
	last := epoch
	for _, a := range x.announcements {
		if at := a.LastEvent(x.now); at.After(last) {
			last = at
		}
	}
	return last
}

// author returns who signs the announcement: its author, or else the site.
func (v announcementView) author() string {
	if v.announcement.Author != "" {
		return v.announcement.Author
	}
	return v.text(v.site.Title)
}

// about returns the names of the components that the announcement is about, or their number
// if they are many, or "" for none.
func (v announcementView) about() string {
	named := v.site.NamedIn(v.announcement)
	switch {
	case v.announcement.All && len(named) > 0:
		return v.say("answer.all")
	case len(named) > maxNames+1:
		return v.say("services", "n", len(named))
	}
	var names []string
	for _, c := range named {
		names = append(names, v.text(c.Name))
	}
	return v.lang.Join(names)
}

// changed returns "changed on 3 November", or "" if the announcement was not updated.
func (v announcementView) changed() string {
	if v.updated.IsZero() {
		return ""
	}
	at, form := v.local(v.updated), "day"
	if at.Year() == v.local(v.announcement.Posted.Time).Year() {
		form = "long"
	}
	return v.say("announcement.changed", "date", v.lang.Date(form, at))
}

// posted returns when the announcement was posted: only the day if it was posted at
// midnight.
func (v announcementView) posted() moment {
	if at := v.local(v.announcement.Posted.Time); at.Equal(v.site.Midnight(at, 0)) {
		return v.postedOn()
	}
	return v.moment(v.announcement.Posted.Time)
}

// postedOn returns the day on which the announcement was posted.
func (v announcementView) postedOn() moment {
	at := v.local(v.announcement.Posted.Time)
	return moment{at.Format(time.DateOnly), v.lang.Date("day", at), true}
}

// modified returns when the announcement was last updated, or else when it was posted.
func (v announcementView) modified() time.Time {
	if v.updated.IsZero() {
		return v.announcement.Posted.Time
	}
	return v.updated
}

// longestTeaser is the largest number of characters of an announcement on the home page.
const longestTeaser = 160

// teaser returns the first sentence of the announcement, and its language if it is not the
// page's.
func (v announcementView) teaser() (string, *langAttr) {
	own, translated := v.announcement.Body.In(v.lang.Tag)
	l := v.lang
	var in *langAttr
	if !translated && !v.lang.Default {
		l = v.languages[0]
		in = &langAttr{l.Tag, l.Dir}
	}
	return oneLineExcerpt(withAlertWords(firstSentence(firstParagraph(own), l.Tag), l), longestTeaser), in
}

// firstParagraph returns the first paragraph of a text without markup, or the whole text if
// it has none, such as a list.
func firstParagraph(p site.Prose) string {
	rest := p.Markup
	for {
		_, after, found := strings.Cut(rest, "<p>")
		if !found {
			return p.Text
		}
		paragraph, behind, _ := strings.Cut(after, "</p>")
		if text := strings.TrimSpace(html.UnescapeString(withoutTags(paragraph))); text != "" {
			return text
		}
		rest = behind
	}
}

// withoutTags returns HTML without its tags, and without references to footnotes.
func withoutTags(markup string) string {
	var b strings.Builder
	for markup != "" {
		text, tag, tagged := strings.Cut(markup, "<")
		b.WriteString(text)
		if !tagged {
			break
		}
		if strings.HasPrefix(tag, "sup") {
			_, tag, _ = strings.Cut(tag, "</sup")
		}
		_, markup, _ = strings.Cut(tag, ">")
	}
	return b.String()
}

// dottedOrdinals are the languages that write "3." for "third".
var dottedOrdinals = strings.Fields("cs da de et fi hr hu is lv nb nn no pl sk sl sr tr")

// firstSentence returns a text up to the end of its first sentence. A full stop behind a single
// letter ends none, as in "z. B."; nor does one behind a small number in a language in
// which that is an ordinal, as in "3. November".
func firstSentence(text, tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	ordinals := slices.Contains(dottedOrdinals, base)
	text = strings.Join(strings.Fields(text), " ")
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		switch {
		case strings.ContainsRune("。！？", r):
			return text[:end]
		case !strings.ContainsRune(".!?…।؟", r):
		case end == len(text):
			return text
		case text[end] == ' ' && !(r == '.' && abbreviated(text[:i], ordinals)) && !lowerFirst(text[end+1:]):
			return text[:end]
		}
	}
	return text
}

// abbreviated reports whether the word before a full stop is one letter, or a small number
// where that is an ordinal.
func abbreviated(before string, ordinals bool) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })+1:]
	if strings.Trim(word, "0123456789") == "" {
		return ordinals && len(word) < 3
	}
	return utf8.RuneCountInString(word) == 1
}

// lowerFirst reports whether a text begins with a lower-case letter.
func lowerFirst(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}
