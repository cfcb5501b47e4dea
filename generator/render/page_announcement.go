package render

import (
	"html/template"

	"allclear/generator/language"
	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// announcementPage is one announcement, whole.
type announcementPage struct {
	layout
	Heading    string    // the title
	HeadingIn  *langAttr // the language of the title, if it is not the page's
	Posted     moment    // when it was posted; a day if that is all that was said
	Changed    string    // "changed on 3 November"
	Author     string    // who signs it, or ""
	Tags       []string  // words to find it by
	Components []link    // the components that it is about, if it names them
	About      string    // "all services", if it is about them
	Body       words     // its text
	All        string    // the address of all announcements; "" of one that is in no list
	Older      *link     // the announcement before
	Newer      *link     // the announcement after
}

// announcementsPage is the list of all announcements.
type announcementsPage struct {
	layout
	Heading string     // the title of the page
	Entries []entryRow // all announcements, newest first
}

// announcementLines are the announcements of the home page.
type announcementLines struct {
	Lines []announcementLine // pinned ones first, then the newest; at most three
	More  string             // "2 more announcements"
	All   string             // the address of all announcements
}

// announcementLine is an announcement on the home page.
type announcementLine struct {
	Title   string    // the title
	TitleIn *langAttr // the language of the title, if it is not the page's
	Href    string    // address of its page
	Text    string    // its first sentence
	TextIn  *langAttr // the language of the sentence, if it is not the page's
	IDs     string    // ids of the components that it is about, separated by spaces
}

// homeAnnouncements is how many announcements the home page shows.
const homeAnnouncements = 3

// announcementLines returns the announcements that the home page shows: pinned ones first,
// then the newest.
func (v view) announcementLines() announcementLines {
	lines := announcementLines{All: v.href(announcementsPath())}
	current := site.CurrentAnnouncements(v.announcements, v.now)
	for i, a := range current {
		if i == homeAnnouncements {
			lines.More = v.say("announcement.more", "n", len(current)-i)
			break
		}
		one := v.announcement(a)
		line := announcementLine{Title: v.text(a.Title), Href: v.href(a.Path()), TitleIn: v.untranslated(a.Title), IDs: v.idsIn(a)}
		line.Text, line.TextIn = one.teaser()
		lines.Lines = append(lines.Lines, line)
	}
	return lines
}

// children returns the lines one by one, so that a future state does not repeat lines that
// stay.
func (l announcementLines) children() []child {
	list := children("", "announced", l.Lines)
	if l.More != "" {
		list = append(list, child{"more-announced", l})
	}
	return list
}

// idsIn returns the ids of the components that an announcement is about, separated by
// spaces.
func (v pageView) idsIn(a *site.Announcement) string {
	ids := ""
	for _, c := range v.site.NamedIn(a) {
		ids += " " + c.ID
	}
	return ids[min(1, len(ids)):]
}

// announcementRow returns an announcement as lists show it.
func (v view) announcementRow(a *site.Announcement) entryRow {
	one := v.announcement(a)
	return entryRow{
		Title: v.text(a.Title), TitleIn: v.untranslated(a.Title), Href: v.href(a.Path()), IDs: v.idsIn(a),
		Class: "note", Tag: v.say("word.announcement"), Date: one.postedOn(), Touches: one.about(),
	}
}

// announcementRows returns announcements as lists show them.
func (v view) announcementRows(announcements []*site.Announcement) []entryRow {
	var rows []entryRow
	for _, a := range announcements {
		rows = append(rows, v.announcementRow(a))
	}
	return rows
}

// announcementFiles returns the page of each announcement and the list of all, in a language.
func (b *build) announcementFiles(l *language.Language, set *tmpl.Set) []File {
	files := b.ofAnnouncements(func(a *site.Announcement) File { return b.announcementFile(l, set, a) })
	if len(b.announcements) == 0 {
		return files
	}
	p := route{path: announcementsPath()}
	return append(files, page(l, set, indexFile(p.path), "announcements.html", func() (announcementsPage, error) {
		v := b.view(l, p)
		heading := v.say("announcement.title")
		f, err := v.layout(p, heading)
		if err != nil {
			return announcementsPage{}, err
		}
		f.Foreseen, err = v.futureHead(set, heading)
		return announcementsPage{layout: f, Heading: heading, Entries: v.announcementRows(v.announcements)}, err
	}))
}

// announcementFile returns the page of an announcement.
func (b *build) announcementFile(l *language.Language, set *tmpl.Set, a *site.Announcement) File {
	p := route{path: a.Path()}
	file := page(l, set, indexFile(p.path), "announcement.html", func() (announcementPage, error) {
		made, err := b.announcementPageView(l, a).fill(p)
		if err != nil || a.Settled(b.now) {
			return made, err
		}
		b.view(l, p).addBuildInfo(&made.layout)
		made.Until, made.Watch = rfc3339(a.Updated.Time), false
		return made, nil
	})
	file.Key = b.announcementKey("announcement", a, func() announcementView { return b.announcementPageView(l, a) })
	return file
}

// fill returns what the page of the announcement shows.
func (v announcementView) fill(p route) (announcementPage, error) {
	a := v.announcement
	f := v.layout(p, "note", v.text(a.Title), v.modified())
	f.NoIndex = a.NoIndex
	var err error
	if f.Head, err = v.head(f); err != nil {
		return announcementPage{}, err
	}
	page := announcementPage{
		layout: f, Heading: v.text(a.Title), HeadingIn: v.untranslated(a.Title), Posted: v.posted(), Changed: v.changed(),
		Author: a.Author, Tags: a.Tags, Body: v.prose(a.Body, ""),
		Older: v.linkToAnnouncement(v.older), Newer: v.linkToAnnouncement(v.newer),
	}
	if !a.NoIndex {
		page.All = v.href(announcementsPath())
		page.under(v.say("announcement.title"), page.All)
	}
	if a.All {
		page.About = v.about()
		return page, nil
	}
	for _, c := range v.site.NamedIn(a) {
		page.Components = append(page.Components, link{v.text(c.Name), v.href(componentPath(c.ID)), v.untranslated(c.Name)})
	}
	return page, nil
}

// linkToAnnouncement returns a link to the page of an announcement, or nil for nil.
func (v pageView) linkToAnnouncement(a *site.Announcement) *link {
	if a == nil {
		return nil
	}
	return &link{v.text(a.Title), v.href(a.Path()), v.untranslated(a.Title)}
}

// head returns the head of an announcement's page. If the announcement is in no list, it is
// empty.
func (v announcementView) head(f layout) (template.HTML, error) {
	a := v.announcement
	if a.NoIndex {
		return "", nil
	}
	h := head{MarkdownHref: v.root + v.lang.Path(a.Path()+"index.md")}
	if v.url == "" {
		return h.write(nil)
	}
	h.Feeds, h.About = v.feedsOf()
	about := oneLineExcerpt(v.plainText(a.Body), excerptLength)
	graph := v.openGraph(f)
	graph.Type, graph.Title, graph.Text = "article", v.text(a.Title), about
	graph.Published, graph.Modified = rfc3339(a.Posted.Time), rfc3339(v.modified())
	h.Graph = graph.withCard()
	return h.write(schemaArticle{
		Context: schema, Type: "Article", Headline: v.text(a.Title), Text: about, URL: f.Canonical,
		Published: graph.Published, Modified: graph.Modified,
		Author: schemaOrg{"Organization", v.author(), ""}, Publisher: schemaOrg{"Organization", f.Site, v.url}, Lang: v.lang.Tag,
	})
}
