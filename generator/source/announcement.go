package source

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// announcements is the folder of announcements, in content and in addresses.
const announcements = "announcements"

// announcementKeys are the keys of an announcement.
var announcementKeys = []key{
	{"title", "texts", "What is announced, in a few words."},
	{"posted", "date", "When it becomes public; by default midnight of the date at the start of the file's name."},
	{"updated", "time", "When it was changed in a way that readers should see."},
	{"until", "date", "Until when the home page shows it; by default 7 days after it was posted."},
	{"pinned", "boolean", "First among the announcements on the home page."},
	{"components", "ids", "The components that it is about, or all: it is listed on their pages and in their feeds, too."},
	{"author", "text", "Who signs it."},
	{"tags", "list", "Words to find it by."},
	{"draft", "boolean", "Built only with --drafts."},
	{"noindex", "boolean", "A rehearsal: built, but in no list and no feed."},
	{"aliases", "paths", "Old addresses of its page, as paths from the site's root."},
}

// announcementReader reads one file of content/announcements/.
type announcementReader struct {
	decoder
	f            file
	announcement site.Announcement
}

// readAnnouncement reads one file. ok is false where its front matter cannot be read:
// then only its mistakes are of use.
func readAnnouncement(f file, slug string, d decoder, links linkTable) (a *site.Announcement, to []contentLink, ok bool) {
	d.day = f.likelyDay()
	r := announcementReader{decoder: d, f: f, announcement: site.Announcement{Slug: slug, Pos: f.whole()}}
	front, start, ok := readFrontMatter(f, d.problems)
	for _, p := range front.keys {
		r.readKey(p)
	}
	b := newBodyReader(f, start, d, links)
	defer scratches.Put(b.scratch)
	b.warnOfUpdates()
	r.announcement.Body = b.prose(pageLevel, section{blocks: b.doc.blocks, from: start, to: len(f.text)})
	if ok {
		r.check(front)
	}
	return &r.announcement, b.checker.links, ok
}

func (r *announcementReader) readKey(p pair) {
	a := &r.announcement
	switch p.name {
	case "title":
		a.Title, a.Pos = r.texts(p), p.value.pos
	case "posted":
		a.Posted = r.moment(p, parseDay)
	case "updated":
		a.Updated = r.time(p)
	case "until":
		a.Until = r.moment(p, parseDay)
	case "pinned":
		a.Pinned = r.boolean(p, false)
	case "components":
		a.Components, a.All = r.targets(p)
	case "author":
		a.Author, _ = r.text(p)
	case "tags":
		for _, tag := range r.list(p) {
			a.Tags = append(a.Tags, tag.ID)
		}
	case "draft":
		a.Draft = r.boolean(p, false)
	case "noindex":
		a.NoIndex = r.boolean(p, true)
	case "aliases":
		a.Aliases = r.aliases(p)
	default:
		r.otherKey(p)
	}
}

// targets reads the ids of components, or all.
func (r *announcementReader) targets(p pair) (refs []site.Ref, all bool) {
	refs = r.list(p)
	i := slices.IndexFunc(refs, func(ref site.Ref) bool { return ref.ID == "all" })
	if i < 0 {
		return refs, false
	}
	if len(refs) > 1 {
		r.problems.Error(refs[i].Pos, "all-and-more", "write all alone, or remove it",
			`"all" cannot be used together with other components`)
	}
	return nil, true
}

// notHere maps keys of incidents and maintenance windows to what to write instead.
var notHere = map[string]string{
	"start":    "write posted: with the time at which it becomes public",
	"end":      "write until: with the time at which it leaves the home page",
	"duration": "write until: with the time at which it leaves the home page",
	"headline": "write it as the title, or as the first sentence of the text",
	"note":     "write it in the text",
	"id":       "remove it: announcements are not in the API",
	"groups":   "name the components of the group: components: [public-api]",
}

// elsewhereAnnounced maps keys of other status pages and generators to what to write in an
// announcement.
var elsewhereAnnounced = map[string]string{
	"date":          `"date" is called "posted" here`,
	"created":       `"created" is called "posted" here`,
	"created_at":    `"created_at" is called "posted" here`,
	"published":     `"published" is called "posted" here; "published: false" is "draft: true"`,
	"published_at":  `"published_at" is called "posted" here`,
	"publishdate":   `"publishDate" is called "posted" here`,
	"lastmod":       `"lastmod" is called "updated" here: write it where readers should see that the text has changed`,
	"modified":      `"modified" is called "updated" here: write it where readers should see that the text has changed`,
	"updated_at":    `"updated_at" is called "updated" here: write it where readers should see that the text has changed`,
	"expires":       `"expires" is called "until" here`,
	"expirydate":    `"expiryDate" is called "until" here`,
	"informational": `remove it: every announcement is`,
	"resolved":      `remove it: an announcement leaves the home page at its until`,
	"resolvedwhen":  `"resolvedWhen" is called "until" here`,
	"resolved_at":   `"resolved_at" is called "until" here`,
	"ended":         `"ended" is called "until" here`,
	"summary":       `write it below the front matter`,
	"description":   `write it below the front matter`,
	"message":       `write it below the front matter`,
}

// otherKey reports a key that an announcement does not have.
func (r *announcementReader) otherKey(p pair) {
	if hint, ok := elsewhereAnnounced[strings.ToLower(p.name)]; ok {
		r.problems.Error(p.pos, "unknown-key", hint, "unknown key %q", p.name)
		return
	}
	if !known(incidentTopKeys, p.name) && !known(windowTopKeys, p.name) && p.name != "groups" {
		r.unknownKey(p, announcementKeys)
		return
	}
	hint := notHere[p.name]
	if hint == "" {
		hint = "remove it; what affects components is an incident or a maintenance: a file in content/incidents/ or content/maintenance/"
	}
	r.problems.Error(p.pos, "foreign-key", hint, "%q is a key of incidents and maintenance: an announcement changes no status", p.name)
}

// check reports missing keys and times that contradict each other.
func (r *announcementReader) check(front value) {
	a := &r.announcement
	firstLine := r.f.at(0, r.f.lineEnd(0))
	if !has(front, "title") {
		r.problems.Error(firstLine, "missing-title", "add a line title: … to the front matter", "the announcement has no title")
	}
	if _, said := front.get("posted"); !said {
		if a.Posted.Time = slugDate(a.Slug, r.zone); a.Posted.IsZero() {
			r.problems.Error(a.Pos, "missing-posted", "add posted: 2026-11-01 09:00, or begin the name of the file with the date",
				"nothing says when the announcement was posted")
		}
	}
	posted := a.Posted.Time
	if posted.IsZero() {
		return
	}
	if !a.Until.IsZero() && !a.Until.After(posted) {
		r.problems.Error(a.Until.Pos, "until-before-posted", "correct until or posted; without until the home page shows it for 7 days",
			"the announcement leaves the home page before it is posted, %s", posted.In(r.zone).Format("2006-01-02 15:04"))
	}
	if !a.Updated.IsZero() && a.Updated.Before(posted) {
		r.problems.Error(a.Updated.Pos, "updated-before-posted", "correct updated or posted",
			"the announcement was updated before it was posted, %s", posted.In(r.zone).Format("2006-01-02 15:04"))
	}
	if a.Body.Blank() {
		r.problems.Warn(a.Pos, "empty-announcement", "write below the front matter what readers need to know",
			"the announcement has no text")
	}
}

// slugDate returns the first instant, in a zone, of the date with which a slug begins, or
// zero.
func slugDate(slug string, zone *time.Location) time.Time {
	if len(slug) < len(time.DateOnly) {
		return time.Time{}
	}
	day, rest := slug[:len(time.DateOnly)], slug[len(time.DateOnly):]
	at, problem := parseDay(day, zone)
	if problem != nil || rest != "" && rest[0] != '-' && rest[0] != '_' {
		return time.Time{}
	}
	return at
}

// warnOfUpdates warns of headings that look like updates: an announcement has none.
func (r bodyReader) warnOfUpdates() {
	for _, kind := range []site.Kind{site.Incident, site.Maintenance} {
		h := headingReader{decoder: r.decoder, f: r.f, kind: kind, vocab: r.vocab, updates: true}
		h.problems = &diag.List{}
		found := false
		for i := range r.doc.blocks {
			block := &r.doc.blocks[i]
			if block.element != heading {
				continue
			}
			before := len(*h.problems)
			if t := h.read(*block, false); t.opens != update && len(*h.problems) == before {
				continue
			}
			found = true
			r.problems.Warn(r.f.at(block.pos, block.end), "update-in-announcement",
				"write an incident or a maintenance for what goes on; if only this text has changed, add updated: with the time",
				"announcements have no updates: this heading is ordinary text, and nothing follows from it")
		}
		if found {
			return
		}
	}
}

// readAnnouncementTranslation reads slug.de.md: a title and a text, both for slug.md.
func readAnnouncementTranslation(f file, slug string, d decoder, links linkTable) (a *site.Announcement, to []contentLink, ok bool) {
	d.day = f.likelyDay()
	a = &site.Announcement{Slug: slug, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	for _, key := range front.keys {
		switch {
		case key.name == "title":
			a.Title.Default, _ = d.text(key)
			a.Pos = key.value.pos
		case known(announcementKeys, key.name):
			d.problems.Error(key.pos, "foreign-key", "say it in "+slug+".md, where it counts for every language",
				"a translation holds only title and text, not %q", key.name)
		default:
			d.unknownKey(key, translationKeys)
		}
	}
	b := newBodyReader(f, start, d, links)
	defer scratches.Put(b.scratch)
	b.warnOfUpdates()
	a.Body = b.prose(pageLevel, section{blocks: b.doc.blocks, from: start, to: len(f.text)})
	return a, b.checker.links, ok
}

// translateAnnouncement gives an announcement the words of one of its translations.
func (t *entryText) translateAnnouncement(other *entryText) {
	own := *t.Announcement // the original's own may be remembered as it is
	own.Title = withText(own.Title, other.language, other.Announcement.Title.Default)
	own.Body = withProse(own.Body, other.language, other.Announcement.Body)
	t.Announcement = &own
}

// addAnnouncement adds an announcement with its translations.
func (c collection) addAnnouncement(t *entryText) {
	a := *t.Announcement
	a.Translations, a.Hash = t.Entry.Translations, t.Entry.Hash
	c.site.Announcements = append(c.site.Announcements, a)
}
