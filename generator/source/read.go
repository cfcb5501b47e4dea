// Package source reads and writes the content of a site: site.yml, the
// component manifest, incidents, maintenance windows, announcements and free pages. No
// other package knows their format, which docs/format.md describes.
//
// [Read] reads a whole site. It never fails: it returns everything it could
// read and a list of mistakes, each with its place and a hint. Programs that
// read the same site again and again keep a [Cache].
//
// [NewEntry] writes the file of a new incident or maintenance window, and
// [NewAnnouncement] that of an announcement; [ReadTemplate] reads what they may start from.
// [Append] adds an update to a file and keeps the rest as its author wrote it.
// [OccurrenceFile] writes the file of one window of a series. [CheckText] checks the text
// of an update before it is written.
//
// Text is CommonMark with tables, task lists, footnotes and GitHub's alerts.
// Front matter is YAML, TOML 1.0 or JSON. Times are RFC 3339 or local times in
// the site's time zone; parsed times are always UTC.
package source

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"allclear/generator/diag"
	"allclear/generator/parallel"
	"allclear/generator/site"
)

// Options are the settings of one [Read] that do not come from the content.
type Options struct {
	Drafts  bool   // entries and pages marked draft: true are read, too
	BaseURL string // replaces the url in site.yml, unless it is empty
	Cache   *Cache // results of earlier reads of the same folder; nil reads every file
}

// Read reads a site from fsys, the folder that holds content/. It never fails:
// it returns everything it could read and the mistakes, sorted by file and
// line. Do not build the site if one of them is an error. It skips
// drafts and their mistakes unless opt.Drafts is set. All times are UTC.
func Read(fsys fs.FS, opt Options) (site.Site, diag.List) {
	var problems diag.List
	s, d, ok := readSite(fsys, opt, &problems)
	vocab := newVocabulary(s.Languages)
	d.vocab = &vocab
	readManifest(fsys, d, &s)
	readAlerts(fsys, d, &s)
	found, links := opt.Cache.find(fsys, d)
	s.Static = found.static
	d.checkLogos(s.Brand, found)
	texts := readAll(fsys, slices.Clone(found.texts), d, links, opt.Cache)
	c := collection{decoder: d, site: &s, drafts: opt.Drafts}
	c.collect(texts)
	d.readMeasurements(fsys, s.Measurements, opt.Cache)
	if !ok { // the languages are unknown, so mistakes about them are not certain
		problems = slices.DeleteFunc(problems, func(p diag.Problem) bool {
			return slices.Contains([]string{"unknown-language", "default-language", "missing-language"}, p.Rule)
		})
	}
	problems.Sort()
	return s, problems.Capped()
}

// entryText is one Markdown file under content/: what its path says, and its parsed
// content.
type entryText struct {
	path     string // from the site's folder
	folder   string // incidents, maintenance, announcements, pages or templates
	slug     string
	language string // of a translation, else ""
	ordinary bool   // known to be a regular file

	*parsedFile // the result; it may be in the cache, so it is copied before it is changed
}

// parsedFile is the result of parsing one Markdown file.
type parsedFile struct {
	Entry        site.Entry
	Series       *site.MaintenanceSeries // of a file with the key repeat, without its Entry; else nil
	Announcement *site.Announcement      // nil unless it is one
	Page         site.Page
	Measured     *measuredFile // of a file of measurements; else nil
	Links        []contentLink
	OK           bool // it could be read well enough to be used
	Problems     diag.List
}

// readAll reads the files in parallel. Each file has its own list of mistakes,
// so the result does not depend on the order in which the files are read.
func readAll(fsys fs.FS, texts []entryText, d decoder, links linkTable, cache *Cache) []entryText {
	var wait sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(texts)) {
		wait.Go(func() {
			files := fileReader{fsys: fsys}
			for i := next.Add(1) - 1; i < int64(len(texts)); i = next.Add(1) - 1 {
				t := &texts[i]
				if t.parsedFile = cache.get(t); t.parsedFile == nil {
					t.parsedFile = t.read(&files, d, links, cache)
				}
			}
		})
	}
	wait.Wait()
	cache.prune(texts)
	return texts
}

// read parses one file, or returns the cached result if its bytes are the same.
func (t *entryText) read(files *fileReader, d decoder, links linkTable, cache *Cache) *parsedFile {
	var unread diag.List
	data, ok := files.read(t, &unread)
	if !ok {
		return &parsedFile{Problems: unread}
	}
	if cache == nil {
		return t.parse(data, files.texts.add(data), d, links)
	}
	bytes := sha256.Sum256(data)
	if known := cache.lookup(t.path, &bytes); known != nil {
		return known
	}
	return cache.put(t.path, bytes, t.parse(data, string(data), d, links))
}

// parse parses the file, whose bytes are also in text.
func (t *entryText) parse(data []byte, text string, d decoder, links linkTable) *parsedFile {
	s := &parsedFile{}
	d.problems = &s.Problems
	f := newFile(t.path, text)
	f.checkBytes(data, d.problems)
	if f.conflicts(d.problems) {
		return s
	}
	f.unclosedCode(d.problems)
	switch {
	case t.folder == templates:
		s.Entry, s.OK = readTemplate(f, d, links).Entry, true
		s.Entry.Draft = false // it is checked in any case
	case t.folder == "pages":
		s.Page, s.Links, s.OK = readPage(f, t.slug, t.language, d, links)
	case t.folder == announcements && t.language != "":
		s.Announcement, s.Links, s.OK = readAnnouncementTranslation(f, t.slug, d, links)
	case t.folder == announcements:
		s.Announcement, s.Links, s.OK = readAnnouncement(f, t.slug, d, links)
	case t.language != "":
		s.Entry, s.Links, s.OK = readTranslation(f, t.kind(), t.slug, d, links)
	default:
		readEntry(s, f, t.kind(), t.slug, d, links)
	}
	return s
}

// kind returns the kind of the entry, from its folder.
func (t *entryText) kind() site.Kind {
	if t.folder == "maintenance" {
		return site.Maintenance
	}
	return site.Incident
}

// draft reports whether the file has draft: true.
func (t *entryText) draft() bool {
	return t.Entry.Draft || t.Page.Draft || t.Announcement != nil && t.Announcement.Draft
}

// address identifies an entry or page; its translations have the same address.
type address struct{ folder, slug string }

// address returns the address of the entry or page.
func (t *entryText) address() address { return address{t.folder, t.slug} }

// collection combines the parsed files into one site.
type collection struct {
	decoder
	site   *site.Site
	drafts bool
}

// collect adds all files to the site.
func (c collection) collect(texts []entryText) {
	originals := make(map[address]*entryText, len(texts))
	hidden := map[string]bool{} // content files that are drafts and not built
	for i := range texts {
		t := &texts[i]
		if t.language != "" {
			continue
		}
		key := t.address()
		if t.draft() && !c.drafts {
			hidden[strings.TrimPrefix(t.path, "content/")] = true
			if originals[key] == nil {
				originals[key] = t
			}
			continue
		}
		if first := originals[key]; first != nil && !(first.draft() && !c.drafts) {
			c.problems.Error(diag.Pos{File: t.path}, "duplicate-slug", "rename one of the two: the name of the file is its address",
				"%s has the same name as %s", path.Base(t.path), first.path)
			continue
		}
		originals[key] = t
	}
	c.translate(texts, originals)
	var entries []*entryText
	series := seriesFiles(texts, originals)
	for i := range texts {
		c.checkSeriesLinks(&texts[i], series)
		if c.add(&texts[i], originals, hidden) {
			entries = append(entries, &texts[i])
		}
	}
	slices.SortStableFunc(entries, func(a, b *entryText) int {
		return cmp.Or(cmp.Compare(a.Entry.Kind, b.Entry.Kind), strings.Compare(a.slug, b.slug))
	})
	c.site.Entries = make([]site.Entry, len(entries))
	parallel.Each(len(entries), func(i int) { c.site.Entries[i] = entries[i].Entry }) // they are large
	slices.SortStableFunc(c.site.Announcements, func(a, b site.Announcement) int { return strings.Compare(a.Slug, b.Slug) })
	slices.SortStableFunc(c.site.Pages, func(a, b site.Page) int { return strings.Compare(a.Name, b.Name) })
}

// add adds one file's mistakes and links, and a page or an announcement, to the site. It reports
// whether the file is an entry to be added by the caller.
func (c collection) add(t *entryText, originals map[address]*entryText, hidden map[string]bool) bool {
	original := originals[t.address()]
	if original != nil && original.draft() && !c.drafts && (t == original || t.language != "") || t.draft() && !c.drafts {
		return false
	}
	*c.problems = append(*c.problems, t.Problems...)
	for _, l := range t.Links {
		if l.Address != "" {
			c.site.Links = append(c.site.Links, site.Link{Address: l.Address, Pos: l.Pos})
		}
		if hidden[l.To] {
			c.problems.Error(l.Pos, "link-to-draft", "publish it, or remove the link", "the link leads to a draft, which is not built")
		}
	}
	if t != original || !t.OK {
		return false
	}
	switch {
	case t.folder == "pages":
		c.site.Pages = append(c.site.Pages, t.Page)
	case t.folder == announcements:
		c.addAnnouncement(t)
	case t.folder == templates:
		c.site.Templates = append(c.site.Templates, t.Entry)
	case t.Series != nil:
		c.addSeries(t)
	default:
		return true
	}
	return false
}

// missing reports whether an error says that a file does not exist.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
