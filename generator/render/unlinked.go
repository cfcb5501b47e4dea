package render

import (
	"crypto/sha256"
	"html"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// A text may link to an entry that is not public yet, such as a window that will be
// announced next week. Until then the link is shown as plain text, since the page does not
// exist. The header and the footer do not show such a link at all.

// unlinked returns the site as it is at an instant, without links to entries that are not
// public then. An entry with such a link gets another Hash, so that cached files are made
// again when the link appears.
func unlinked(s *site.Site, now time.Time) *site.Site {
	l := unlinker{hidden: map[string]bool{}, old: map[string]bool{}, folders: s.Languages[min(1, len(s.Languages)):]}
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.Visible(now) {
			l.hidden[e.Kind.Folder()+"/"+e.Slug] = true
			l.hide(e.Aliases)
		}
	}
	for i := range s.Announcements {
		if a := &s.Announcements[i]; !a.Visible(now) {
			l.hidden[strings.TrimSuffix(a.Path(), "/")] = true
			l.hide(a.Aliases)
		}
	}
	if len(s.Announcements) > 0 && !slices.ContainsFunc(s.Announcements, func(a site.Announcement) bool { return a.Listed(now) }) {
		l.hidden[strings.TrimSuffix(announcementsPath(), "/")] = true
	}
	l.hideRedirects(s.Redirects)
	own := *s
	own.Menu, own.Footer, own.Subscribe = l.menu(s, s.Menu), l.menu(s, s.Footer), l.channels(s)
	if len(l.hidden) == 0 {
		return &own
	}
	own.Entries, own.Pages = slices.Clone(s.Entries), slices.Clone(s.Pages)
	for i := range own.Entries {
		l.entry(&own.Entries[i])
	}
	for i := range own.Pages {
		own.Pages[i].Body = l.prose(own.Pages[i].Body)
	}
	own.Announcements = slices.Clone(s.Announcements)
	for i := range own.Announcements {
		a := &own.Announcements[i]
		l.cut = nil
		a.Body = l.prose(a.Body)
		a.Hash = l.hashWithout(a.Hash)
	}
	return &own
}

// unlinker removes links from texts.
type unlinker struct {
	hidden  map[string]bool // the addresses of entries that are not public: incidents/x
	old     map[string]bool // old addresses of such entries: issues/x
	folders []string        // the folders of languages: de
	cut     []string        // the addresses of links removed from the current entry
}

// hideRedirects notes the redirects that lead to what is not public, also by way of others.
func (l *unlinker) hideRedirects(redirects []site.Redirect) {
	for more := true; more; {
		more = false
		for _, r := range redirects {
			if from := entryIn(r.From.ID[1:]); !l.old[from] && l.isHidden(strings.TrimPrefix(r.To.ID, "/")) {
				l.old[from], more = true, true
			}
		}
	}
}

// isHidden reports whether an address of the site, in any language, leads to what is not
// public.
func (l *unlinker) isHidden(address string) bool {
	to := unescaped(entryIn(address))
	return l.old[to] || l.hidden[to] || l.hidden[l.inFirstLanguage(to)]
}

// inFirstLanguage returns the address of a page without the folder of a language.
func (l *unlinker) inFirstLanguage(address string) string {
	for _, folder := range l.folders {
		if rest, found := strings.CutPrefix(address, folder+"/"); found {
			return rest
		}
	}
	return address
}

// hide notes old addresses of what is not public.
func (l *unlinker) hide(aliases []site.Ref) {
	for _, alias := range aliases {
		l.old[entryIn(alias.ID[1:])] = true
	}
}

// entry removes links from all texts of an entry.
func (l *unlinker) entry(e *site.Entry) {
	l.cut = nil
	e.Summary = l.prose(e.Summary)
	if e.Plan != nil {
		plan := *e.Plan
		plan.Intro, plan.Steps = l.prose(plan.Intro), slices.Clone(plan.Steps)
		for i := range plan.Steps {
			plan.Steps[i].Body = l.prose(plan.Steps[i].Body)
		}
		e.Plan = &plan
	}
	if slices.ContainsFunc(e.Updates, func(u site.Update) bool { return linking(u.Body) }) {
		e.Updates = slices.Clone(e.Updates)
		for i := range e.Updates {
			e.Updates[i].Body = l.prose(e.Updates[i].Body)
		}
	}
	if e.Report != nil && linking(e.Report.Body) {
		report := *e.Report
		report.Body = l.prose(report.Body)
		e.Report = &report
	}
	e.Hash = l.hashWithout(e.Hash)
}

// hashWithout is the sum of what remains without the links that were cut, where it had one.
func (l *unlinker) hashWithout(whole site.Hash) site.Hash {
	if len(l.cut) == 0 || whole == (site.Hash{}) {
		return whole
	}
	return sha256.Sum256(append(whole[:], strings.Join(l.cut, "\n")...))
}

// linkStart begins a link to a page of the site.
const linkStart = `<a href="` + site.RootMark

// linking reports whether a text, in any language, links to a page of the site.
func linking(p site.Prose) bool {
	found := strings.Contains(p.Markup, linkStart)
	for _, other := range p.Other {
		found = found || linking(other)
	}
	return found
}

// prose returns a text in which links to hidden entries are replaced by their words.
func (l *unlinker) prose(p site.Prose) site.Prose {
	if !linking(p) {
		return p
	}
	var out strings.Builder
	rest := p.Markup
	for {
		before, link, found := strings.Cut(rest, linkStart)
		out.WriteString(before)
		if !found {
			break
		}
		address, _, _ := strings.Cut(link, `"`)
		tag, after, _ := strings.Cut(link, ">")
		words, behind, _ := strings.Cut(after, "</a>")
		rest = behind
		if !l.isHidden(address) {
			out.WriteString(linkStart + tag + ">" + words + "</a>")
			continue
		}
		out.WriteString(words)
		l.cut = append(l.cut, address)
		shown := strings.Replace(html.UnescapeString(address), site.IndexMark, "", 1)
		p.Text = strings.Replace(p.Text, " (/"+shown+")", "", 1)
	}
	p.Markup = out.String()
	p.Markdown = l.markdown(p.Markdown)
	p.Definitions = slices.DeleteFunc(slices.Clone(p.Definitions), func(definition string) bool {
		_, address, found := strings.Cut(definition, "]:")
		return found && l.hides(address)
	})
	p.Other = maps.Clone(p.Other)
	for language, other := range p.Other {
		p.Other[language] = l.prose(other)
	}
	return p
}

// markdownLink matches a link in Markdown: its words and its address.
var markdownLink = memo.Regexp(`\[([^\[\]]*)\]\(([^()\n]*)\)`)

// markdown returns Markdown in which links to hidden entries are replaced by their words.
func (l *unlinker) markdown(text string) string {
	return markdownLink().ReplaceAllStringFunc(text, func(link string) string {
		if part := markdownLink().FindStringSubmatch(link); l.hides(part[2]) {
			return part[1]
		}
		return link
	})
}

// hides reports whether an address, as an operator writes it, leads to a hidden entry:
// the path of its file, ../maintenance/x.md, or of its page.
func (l *unlinker) hides(address string) bool {
	fields := strings.Fields(address)
	if len(fields) == 0 {
		return false
	}
	address = strings.TrimSuffix(entryIn(strings.Trim(fields[0], "<>")), ".md")
	if l.isHidden(strings.TrimLeft(address, "./")) {
		return true
	}
	folder, slug := path.Split(address)
	slug, _, _ = strings.Cut(slug, ".") // x.de.md is a translation of x.md
	for hidden := range l.hidden {
		kind, name := path.Split(hidden)
		if kind != "" && name == slug && (strings.Contains(folder, kind) || !namesKind(folder)) {
			return true
		}
	}
	return false
}

// namesKind reports whether a path names the folder of a kind of content.
func namesKind(folder string) bool {
	return strings.Contains(folder, "incidents/") || strings.Contains(folder, "maintenance/") ||
		strings.Contains(folder, announcementsPath())
}

// entryIn returns the address of the entry whose page, or Markdown page, an address leads
// to: incidents/x.
func entryIn(address string) string {
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	for _, ending := range []string{site.IndexMark, "index.html", "index.md", "/"} {
		address = strings.TrimSuffix(address, ending)
	}
	return address
}
