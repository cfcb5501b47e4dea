package render

import (
	"path"
	"slices"
	"strings"
	"sync"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// moving finds out what old addresses lead to, and what is wrong with them.
type moving struct {
	*build
	files    map[string]File       // of the site, by path
	own      map[string]bool       // those of content/static/
	taken    map[string]string     // paths of files, by lower case
	folders  map[string]string     // the folders that they need, by lower case
	reserved map[string]bool       // addresses to come
	known    map[string]oldAddress // aliases, by the address as in site.Redirect
	seen     map[string]site.Ref   // old addresses so far, by lower case
	pages    func() map[string]alias
	byID     func() map[string]*site.Entry // entries by the id in the API, in lower case
	problems diag.List
}

// newMoving returns what is needed to check the old addresses of a site with these files.
func newMoving(b *build, files []File) *moving {
	m := &moving{
		build: b, files: make(map[string]File, len(files)), own: map[string]bool{}, reserved: map[string]bool{},
		taken: map[string]string{"_redirects": "_redirects"}, folders: map[string]string{},
		known: map[string]oldAddress{}, seen: map[string]site.Ref{},
		pages: sync.OnceValue(b.pagesByAddress), byID: sync.OnceValue(b.entriesByID),
	}
	for path := range b.reserved() {
		m.reserved[path] = true
	}
	for _, s := range b.staticFiles {
		m.own[s.Path] = true
	}
	for _, f := range files {
		m.files[f.Path] = f
		m.take(f.Path)
	}
	return m
}

// find returns the old addresses of a site: those of site.yml, then those of components
// and pages, and of entries, the newest first.
func (m *moving) find(aliases []alias) []oldAddress {
	var old []oldAddress
	for _, a := range aliases {
		old = append(old, m.oldAddressesOf(a)...)
	}
	for _, o := range old {
		m.known[o.ref.ID] = o
	}
	old = append(m.redirects(), old...)
	for i := range old {
		m.check(&old[i])
	}
	return old
}

// entriesByID are all entries by their ids in the API, in lower case.
func (b *build) entriesByID() map[string]*site.Entry {
	byID := map[string]*site.Entry{}
	for i := range b.entries {
		byID[strings.ToLower(entryID(&b.entries[i]))] = &b.entries[i]
	}
	return byID
}

// pagesByAddress are the pages with a title of their own, by their addresses in the
// first language.
func (b *build) pagesByAddress() map[string]alias {
	pages := map[string]alias{}
	for i := range b.entries {
		pages[entryPath(&b.entries[i])] = ofEntry(&b.entries[i], b.now)
	}
	for i := range b.allAnnouncements {
		a := &b.allAnnouncements[i]
		pages[a.Path()] = ofAnnouncement(a, b.now)
	}
	for i := range b.pageTexts {
		pages[customPath(&b.pageTexts[i])] = alias{title: b.pageTexts[i].Title}
	}
	for _, c := range b.settings.site.Components {
		pages[componentPath(c.ID)] = alias{title: c.Name}
	}
	return pages
}

// redirects returns the old addresses in site.yml, with the target of each.
func (m *moving) redirects() []oldAddress {
	c := chains{next: map[string]site.Redirect{}, last: map[string]site.Redirect{}}
	for _, r := range m.settings.site.Redirects {
		c.next[r.From.ID] = r
	}
	var list []oldAddress
	for _, r := range m.settings.site.Redirects {
		last, ends := c.end(r)
		if !ends {
			m.problems.Error(r.From.Pos, "redirect-loop", "let one of them lead to a page that the site has",
				"%s leads in a circle", r.From.ID)
			continue
		}
		o := oldAddress{ref: r.From, file: fileAt(r.From.ID), to: last.To.ID}
		if !external(o.to) && !m.aim(&o, last) {
			continue
		}
		if o.copyOf != "" && !m.copies(&o, r) {
			continue
		}
		list = append(list, o)
	}
	return list
}

// asAlias is an address as one in site.Redirect: with a "/" at its end, unless it is an
// .html file.
func asAlias(address string) string {
	address = strings.TrimSuffix(address, "index.html")
	if strings.HasSuffix(address, "/") || strings.EqualFold(path.Ext(address), ".html") {
		return address
	}
	return address + "/"
}

// aim finds what stands at the address that an old one leads to, and reports an address
// where nothing does.
func (m *moving) aim(o *oldAddress, r site.Redirect) bool {
	to, fragment := cutFragment(r.To.ID)
	if a, found := m.known[asAlias(to)]; found {
		o.to, o.title, o.entry, o.pending, o.unlisted = a.to+fragment, a.title, a.entry, a.pending, a.unlisted
		return true
	}
	address := strings.TrimPrefix(to, "/")
	folder := strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), "/")
	if folder != "" {
		folder += "/"
	}
	_, isFile := m.files[address]
	_, isFolder := m.files[indexFile(folder)]
	low := strings.ToLower(indexFile(folder))
	switch {
	case isFile && !strings.EqualFold(path.Ext(address), ".html"):
		o.to, o.copyOf = address, address
	case isFolder:
		o.to = folder + fragment
	case isFile:
		o.to = address + fragment
	case m.reserved[low] || m.periodToCome(low):
		o.pending = true
	default:
		m.problems.Error(r.To.Pos, "dead-redirect", m.nearest(folder), "the site has no page or file at /%s", address)
		return false
	}
	o.title = m.settings.site.Title
	if page, found := m.pages()[m.inFirstLanguage(folder)]; found {
		o.title, o.entry, o.unlisted = page.title, page.entry, page.unlisted
	}
	return true
}

// nearest is the hint for an address that the site does not have.
func (m *moving) nearest(address string) string {
	var list []string
	if len(m.problems) < maxHinted {
		for file := range m.files {
			list = append(list, strings.TrimSuffix(file, "index.html"))
		}
		slices.Sort(list)
	}
	for _, like := range []string{address, strings.TrimSuffix(address, "/")} {
		if near := diag.Nearest(like, list); near != "" {
			return "did you mean /" + near + "?"
		}
	}
	return "write an address of the site, such as /history/, or one that begins with https://"
}

// copies says where the copy of a file stands: at the old address itself. Only a feed
// may be a folder's page, as it is at many old addresses: hosts serve that as HTML, where
// what is text in another file would be markup.
func (m *moving) copies(o *oldAddress, r site.Redirect) bool {
	page := r.Folder || strings.HasSuffix(o.file, ".html") && o.file != indexFile(strings.TrimPrefix(r.From.ID, "/"))
	if feed := path.Ext(o.copyOf); page && feed != ".rss" && feed != ".atom" {
		m.problems.Error(r.From.Pos, "bad-alias", "write it without / or .html at its end",
			"%s is a page, and cannot be a copy of the file /%s", r.From.ID, o.copyOf)
		return false
	}
	if !page {
		o.file = strings.Trim(r.From.ID, "/")
	}
	return true
}

// take notes the address of a file.
func (m *moving) take(file string) {
	m.taken[strings.ToLower(file)] = file
	for folder := range parentFolders(file) {
		m.folders[strings.ToLower(folder)] = folder
	}
}

// check reports an old address at which something else stands, or will stand.
func (m *moving) check(o *oldAddress) {
	if problem, hint := m.problem(o); problem != "" {
		m.problems.Error(o.ref.Pos, "taken-alias", hint, "%s", problem)
		return
	}
	m.seen[strings.ToLower(o.ref.ID)] = o.ref
	m.take(o.file)
}

// problem returns what is wrong with an old address, and how to fix it; "" if nothing is.
func (m *moving) problem(o *oldAddress) (problem, hint string) {
	low := strings.ToLower(o.file)
	if other, twice := m.seen[strings.ToLower(o.ref.ID)]; twice {
		hint = "keep one of the two: the other is in " + other.Pos.String()
		if other.ID == o.ref.ID {
			return "two things have the old address " + o.ref.ID, hint
		}
		return o.ref.ID + " and " + other.ID + " are one address where case does not count", hint
	}
	hint = "remove it: the site has this address itself"
	file := m.taken[low]
	switch {
	case m.leadsByID(o):
		return "", ""
	case m.own[file]:
		return "content/static/" + file + " has the old address " + o.ref.ID, "remove the file, or the old address"
	case file != "":
		return "/" + strings.TrimSuffix(file, "index.html") + " is an address of the site", hint
	case m.reserved[low] || m.periodToCome(low):
		return o.ref.ID + " will be an address of the site", hint
	case m.folders[low] != "":
		return "/" + m.folders[low] + " is a folder of the site, and cannot be a file", hint
	}
	if e := m.foundByID(o); e != nil && e != o.entry {
		return o.ref.ID + " is the address of " + e.Kind.Folder() + "/" + e.Slug + " by its id in the API", hint
	}
	for folder := range parentFolders(o.file) {
		low := strings.ToLower(folder)
		switch file, other := m.taken[low], m.folders[low]; {
		case other != "" && other != folder:
			return "/" + folder + " and /" + other + " are the same folder on systems that ignore case",
				"write it with /" + other + ", or let the host lead from the old address to the new one (docs/moving.md)"
		case m.own[file] && strings.EqualFold("/"+file+"/", o.ref.ID):
			return "content/static/" + file + " has the old address " + o.ref.ID, "remove the file, or the old address"
		case file != "" && strings.EqualFold("/"+file+"/", o.ref.ID):
			return "/" + file + " is an address of the site", hint
		case file != "":
			return "/" + file + " is a file of the site, and cannot be a folder", hint
		}
	}
	return "", ""
}

// foundByID is the entry to whose id in the API an old address belongs, or nil.
func (m *moving) foundByID(o *oldAddress) *site.Entry {
	id, found := strings.CutPrefix(strings.ToLower(o.file), "incidents/")
	id, page := strings.CutSuffix(id, "/index.html")
	if !found || !page {
		return nil
	}
	return m.byID()[id]
}

// leadsByID reports whether the page at an old address leads to the same entry already,
// by its id in the API.
func (m *moving) leadsByID(o *oldAddress) bool {
	f := m.files[o.file]
	return f.redirects && o.entry != nil && m.foundByID(o) == o.entry
}
