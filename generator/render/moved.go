package render

import (
	"cmp"
	"html"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/site"
)

// This file makes what stands at old addresses: a page that redirects to the new one, or a
// copy of the file there, and a line in _redirects.

// oldAddress is an old address and what it leads to.
type oldAddress struct {
	ref      site.Ref // as in site.Redirect
	file     string   // the file at the old address: issues/x/index.html
	to       string   // an https: URL, or an address of the site: incidents/x/
	copyOf   string   // the file to copy there; "" for a page that redirects
	title    site.Text
	entry    *site.Entry // whose page it leads to, or nil
	pending  bool        // what it leads to is not public yet: nothing stands there
	unlisted bool        // it leads to an entry with noindex, and is not in _redirects
}

// alias is something with old addresses of its page.
type alias struct {
	refs  []site.Ref
	path  string // of its page, in the first language: incidents/x/
	title site.Text
	entry *site.Entry

	date     time.Time // of an entry or announcement
	pending  bool      // it is not public yet
	unlisted bool      // it has noindex: true
}

// ofEntry returns the alias of an entry, as it is at t.
func ofEntry(e *site.Entry, t time.Time) alias {
	return alias{
		refs: e.Aliases, path: entryPath(e), title: e.Title, entry: e,
		date: e.Begin(), pending: !e.Visible(t), unlisted: e.NoIndex,
	}
}

// ofAnnouncement returns the alias of an announcement, as it is at t.
func ofAnnouncement(a *site.Announcement, t time.Time) alias {
	return alias{
		refs: a.Aliases, path: a.Path(), title: a.Title,
		date: a.Posted.Time, pending: !a.Visible(t), unlisted: a.NoIndex,
	}
}

// aliases returns all things that have old addresses: components, pages, and entries and
// announcements, the newest first.
func (b *build) aliases() []alias {
	var list, dated []alias
	for _, c := range b.settings.site.Components {
		if len(c.Aliases) > 0 {
			list = append(list, alias{refs: c.Aliases, path: componentPath(c.ID), title: c.Name})
		}
	}
	for i := range b.pageTexts {
		if p := &b.pageTexts[i]; len(p.Aliases) > 0 {
			list = append(list, alias{refs: p.Aliases, path: customPath(p), title: p.Title})
		}
	}
	for i := range b.entries {
		if e := &b.entries[i]; len(e.Aliases) > 0 {
			dated = append(dated, ofEntry(e, b.now))
		}
	}
	for i := range b.allAnnouncements {
		if a := &b.allAnnouncements[i]; len(a.Aliases) > 0 {
			dated = append(dated, ofAnnouncement(a, b.now))
		}
	}
	slices.SortStableFunc(dated, func(x, y alias) int { return y.date.Compare(x.date) })
	return append(list, dated...)
}

// oldAddressesOf returns the old addresses of something. One that begins with the folder
// of a language, /de/old/, leads to the page in that language.
func (b *build) oldAddressesOf(a alias) []oldAddress {
	var list []oldAddress
	for _, ref := range a.refs {
		file := fileAt(ref.ID)
		list = append(list, oldAddress{
			ref: ref, file: file, to: b.settings.languageOf(file).Path(a.path),
			title: a.title, entry: a.entry, pending: a.pending, unlisted: a.unlisted,
		})
	}
	return list
}

// fileAt is the file behind an address of the site: issues/x/index.html, or x.html.
func fileAt(address string) string {
	path := strings.TrimPrefix(address, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		return indexFile(path)
	}
	return path
}

// languageOf is the language of a path: that of the folder in which it is.
func (s *settings) languageOf(path string) *language.Language {
	for _, l := range s.languages {
		if !l.Default && strings.HasPrefix(path, l.Tag+"/") {
			return l
		}
	}
	return s.languages[0]
}

// withOldAddresses adds what stands at old addresses to the files of the site, and the
// _redirects that hosts read. It returns the old addresses and the mistakes in them too.
func (b *build) withOldAddresses(files []File) (all []File, old []oldAddress, problems diag.List) {
	if aliases := b.aliases(); len(aliases) > 0 || len(b.settings.site.Redirects) > 0 {
		m := newMoving(b, files)
		old = m.find(aliases)
		if len(m.problems) > 0 {
			m.problems.Sort()
			return files, nil, m.problems
		}
		for _, o := range old {
			if _, there := m.files[o.file]; there || o.pending { // it may be the page by the id in the API
				continue
			}
			if copied, found := m.files[o.copyOf]; found {
				copied.Path = o.file
				files = append(files, copied)
			} else {
				files = append(files, b.settings.redirectPage(o.file, o.to, o.title))
			}
		}
	}
	return append(files, b.redirectsFile(old)...), old, nil
}

// movedScript redirects to the new address with the fragment of the old one, such as an
// update's id, and stops the page from redirecting without it. If there is no fragment, or
// no JavaScript, the page's refresh redirects.
const movedScript = `var to=document.currentScript.dataset.to,at=location.hash;if(at){stop();location.replace(to.split("#")[0]+at)}` + "\n"

// redirectPage returns a small page that redirects to another address of the site, or to
// a URL. It is in the language of its target.
func (s *settings) redirectPage(path, to string, title site.Text) File {
	return File{Path: path, redirects: true, Append: func(into []byte) ([]byte, error) {
		l, href, canonical := s.languageOf(to), to, to
		if !external(to) {
			address, fragment := cutFragment(to)
			href = rootFrom(path) + escapedPath(fileAt("/"+address)) + fragment
			canonical = s.url + escapedPath(address)
			if s.url == "" {
				canonical = ""
			}
		}
		if canonical != "" {
			canonical = `<link rel="canonical" href="` + html.EscapeString(canonical) + "\">\n"
		}
		href = html.EscapeString(href)
		text := html.EscapeString(cmp.Or(title.In(l.Tag), to))
		return append(into, "<!doctype html>\n<html lang=\""+l.Tag+"\" dir=\""+l.Dir+"\"><meta charset=\"utf-8\"><title>"+
			text+"</title>\n"+canonical+"<script src=\""+html.EscapeString(rootFrom(path))+s.assets.MovedPath+"\" data-to=\""+href+
			"\"></script>\n<meta http-equiv=\"refresh\" content=\"0; url="+href+"\"><meta name=\"robots\" content=\"noindex\">\n"+
			"<h1 dir=\"auto\"><a href=\""+href+"\">"+text+"</a></h1>\n"...), nil
	}}
}

// external reports whether an old address leads to another site.
func external(to string) bool { return strings.HasPrefix(to, "https:") }

// cutFragment splits an address into its path and its fragment with the "#".
func cutFragment(address string) (path, fragment string) {
	if at := strings.IndexByte(address, '#'); at >= 0 {
		return address[:at], address[at:]
	}
	return address, ""
}

// escapedPath writes a path as browsers ask for it: what the URL Standard's path
// percent-encode set names is encoded, and "%" itself.
func escapedPath(path string) string {
	var out strings.Builder
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"#%<>?^`{}", c) >= 0 {
			const digits = "0123456789ABCDEF"
			out.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
		} else {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// Cloudflare Pages reads redirectsLimit lines of _redirects, each up to redirectLineLimit
// bytes long.
const (
	redirectsLimit    = 2000
	redirectLineLimit = 1000
)

// redirectsFile is _redirects, which Netlify, Cloudflare Pages and GitLab Pages read: a
// line for each old address, and then content/static/_redirects. If there are too many,
// the oldest entries have none; their pages are there.
func (b *build) redirectsFile(old []oldAddress) []File {
	own := slices.IndexFunc(b.staticFiles, func(s site.Static) bool { return s.Path == "_redirects" })
	var lines []string
	for _, o := range old {
		if line := o.redirectLine(b.settings.site.URL); !o.pending && !o.unlisted && len(line) <= redirectLineLimit {
			lines = append(lines, line)
		}
	}
	switch {
	case len(lines) == 0 && own < 0:
		return nil
	case len(lines) == 0:
		return []File{{Path: "_redirects", Append: appending(b.staticFiles[own].Read), Open: b.staticFiles[own].Open}}
	}
	return []File{{Path: "_redirects", Append: func(into []byte) ([]byte, error) {
		text, err := ownText(b.staticFiles, "_redirects")
		if text = strings.TrimRight(text, "\r\n"); text != "" {
			text = "# From here on, content/static/_redirects.\n" + text + "\n"
		}
		room := max(0, redirectsLimit-strings.Count(text, "\n"))
		return append(into, strings.Join(lines[:min(room, len(lines))], "")+text...), err
	}}}
}

// redirectLine is the line of an old address in _redirects. A host that serves the site
// in a folder of another one takes the folder off what it is asked for; what a browser is
// sent to has it.
func (o oldAddress) redirectLine(url string) string {
	to := o.to
	if !external(to) {
		path, fragment := cutFragment(to)
		to = escapedPath(basePath(url)+"/"+path) + fragment
	}
	from := "/" + strings.TrimSuffix(o.file, "index.html")
	return escapedPath(from) + " " + to + " 301\n"
}

// basePath is the sub-path of a site's URL, without a slash at its end.
func basePath(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	if at := strings.IndexByte(rest, '/'); at >= 0 {
		return rest[at:]
	}
	return ""
}

// copyRules name the media types of copies whose names do not say them: /feed/.
func (s *settings) copyRules() []rule {
	types := map[string]string{
		".rss": "application/rss+xml", ".atom": "application/atom+xml", ".ics": "text/calendar", ".json": "application/json",
	}
	var rules []rule
	for _, r := range s.site.Redirects {
		from := r.From.ID
		if !r.Folder && !strings.HasSuffix(from, ".html") {
			from = strings.TrimSuffix(from, "/")
		}
		if kind := types[path.Ext(r.To.ID)]; kind != "" && path.Ext(from) == "" {
			rules = append(rules, rule{escapedPath(from), []string{"Content-Type: " + kind + "; charset=utf-8"}})
		}
	}
	return rules
}
