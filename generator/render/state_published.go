package render

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"

	"allclear/generator/site"
)

// The types of published in state.json: all that the site has published, with digests, so
// that two states can be compared. Package news does that.

// statePublished is what the site has published so far.
type statePublished struct {
	Languages     []string               `json:"languages"` // the first has its pages at the root, others below their tag
	Entries       []stateRecord          `json:"entries"`   // newest first; empty: appendRecords appends them
	Announcements []statePublishedNotice `json:"announcements"`
	Pages         []statePublishedPage   `json:"pages"`
	Addresses     []string               `json:"addresses"`         // of pages, feeds and calendars, in every language; sorted
	Single        []string               `json:"single_addresses"`  // those that exist once; sorted
	Reports       []stateReport          `json:"reports,omitempty"` // of periods that are over, oldest first
}

// stateReport is the report of a month or a quarter that is over.
type stateReport struct {
	Period     string              `json:"period"`
	Components []stateReportFigure `json:"components"`
}

// stateReportFigure is the uptime of a component in a report.
type stateReportFigure struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Percent string `json:"percent"` // with five decimals, cut
}

// stateRecord is an entry that is or was published, with its updates.
type stateRecord struct {
	Kind       string        `json:"kind"`
	Slug       string        `json:"slug"`
	Title      string        `json:"title"`
	Path       string        `json:"path"`
	Severity   string        `json:"severity"`
	Status     string        `json:"status"`
	Start      string        `json:"start"`
	End        *string       `json:"end"`
	Components []string      `json:"components"`
	Digest     string        `json:"digest"` // of what it says besides its updates
	Updates    []stateUpdate `json:"updates"`
}

// stateUpdate is an update that is an item of the feeds.
type stateUpdate struct {
	ID     string `json:"id"` // as in feeds: u-first, u-20250725T064100Z, report
	At     string `json:"at"`
	Status string `json:"status"`
	Auto   bool   `json:"auto"`   // the clock wrote it
	Digest string `json:"digest"` // of its word and text
}

// statePublishedNotice is an announcement that was posted.
type statePublishedNotice struct {
	Slug   string `json:"slug"`
	Title  string `json:"title"`
	Path   string `json:"path"`
	Posted string `json:"posted"`
	Digest string `json:"digest"`
}

// statePublishedPage is one of the operator's own pages.
type statePublishedPage struct {
	Title  string `json:"title"`
	Path   string `json:"path"`
	Digest string `json:"digest"`
}

// allPublished returns what the site has published. files are all of its files, old its
// old addresses. Entries and announcements with noindex
// are in no list, so they are not here either.
func (b *build) allPublished(files []File, old []oldAddress) statePublished {
	p := statePublished{
		Languages: []string{}, Entries: []stateRecord{}, Announcements: []statePublishedNotice{}, Pages: []statePublishedPage{},
		Addresses: []string{}, Single: []string{},
	}
	p.listAddresses(b, files, old)
	p.Reports = b.stateReports()
	for _, l := range b.settings.languages {
		p.Languages = append(p.Languages, l.Tag)
	}
	for _, a := range b.announcements {
		p.Announcements = append(p.Announcements, statePublishedNotice{
			a.Slug, a.Title.Default, a.Path(), rfc3339(a.Posted.Time), a.ContentHash(b.now).Digest(),
		})
	}
	for i := range b.pageTexts {
		page := &b.pageTexts[i]
		p.Pages = append(p.Pages, statePublishedPage{page.Title.Default, customPath(page), page.ContentHash().Digest()})
	}
	return p
}

// recordsAtOnce is how many entries of state.json a processor encodes at a time.
const recordsAtOnce = 250

// appendRecords appends the listed entries to into, newest first. There may be ten
// thousand, so all processors encode some at a time.
func (b *build) appendRecords(into []byte) ([]byte, error) {
	parts := make([][]byte, runtime.GOMAXPROCS(0))
	errs := make([]error, len(parts))
	round := recordsAtOnce * len(parts)
	for from := 0; from < len(b.newest); from += round {
		var wait sync.WaitGroup
		for p := range parts {
			wait.Go(func() { parts[p], errs[p] = b.encodeRecords(parts[p][:0], from+p*recordsAtOnce) })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			return nil, err
		}
		if from == 0 { // each part takes about as much room
			into = slices.Grow(into, len(parts[0])*(2+len(b.newest)/recordsAtOnce))
		}
		for _, part := range parts {
			into = append(into, part...)
		}
	}
	return into, nil
}

// encodeRecords appends up to recordsAtOnce entries to into, from the newest but from on.
func (b *build) encodeRecords(into []byte, from int) ([]byte, error) {
	for i := from; i < min(from+recordsAtOnce, len(b.newest)); i++ {
		var err error
		if into, err = appendItem(into, i, b.stateRecord(b.newest[i])); err != nil {
			return nil, err
		}
	}
	return into, nil
}

// stateRecord returns an entry with its updates, newest first.
func (b *build) stateRecord(e *site.Entry) stateRecord {
	span := b.stateSpan(e)
	r := stateRecord{
		Kind: e.Kind.String(), Slug: e.Slug, Title: e.Title.Default, Path: entryPath(e), Severity: b.factsOf(e).severity().String(),
		Status: e.Phase(b.now).String(), Start: rfc3339(span.Start), End: timeOrNil(span.End),
		Digest: e.FrameHash().Digest(),
	}
	affected, published := b.affected(e), b.index.published(e)
	r.Components, r.Updates = make([]string, 0, len(affected)), make([]stateUpdate, 0, len(published))
	for _, c := range affected {
		r.Components = append(r.Components, c.ID)
	}
	for _, u := range published {
		if e.InFeeds(u, b.now) {
			r.Updates = append(r.Updates, stateUpdate{u.ID, rfc3339(u.Time), u.Status.String(), u.Auto, u.ContentHash().Digest()})
		}
	}
	return r
}

// stateSpan returns when an incident was, and when a window is planned.
func (b *build) stateSpan(e *site.Entry) site.Interval {
	if e.Kind == site.Maintenance {
		return site.Interval{Start: e.Start.Time, End: e.End.Time}
	}
	return e.Interval(b.now)
}

// listAddresses adds the addresses that people and programs may have kept: pages, feeds,
// calendars and old addresses, sorted. Pages are those of the first language, since every
// further one has the same below its tag; old addresses and the operator's own files exist
// once. What is in no list is not here either: entries with noindex, unlisted components,
// and pages by the id in the API, which go after a year.
func (p *statePublished) listAddresses(b *build, files []File, old []oldAddress) {
	kept, hidden := map[string]bool{}, b.hiddenFolders()
	for _, o := range old {
		kept[o.file] = !o.unlisted
	}
	for _, f := range b.staticFiles {
		kept[f.Path] = strings.HasSuffix("/"+f.Path, "/index.html")
	}
	for _, f := range files {
		address, folder, lasting := lastingAddress(f.Path)
		if listed, single := kept[f.Path]; single {
			if listed {
				p.Single = append(p.Single, address)
			}
		} else if lasting && !hidden[folder] && b.settings.languageOf(f.Path).Default {
			p.Addresses = append(p.Addresses, address)
		}
	}
	slices.Sort(p.Addresses)
	slices.Sort(p.Single)
}

// lastingAddress returns the address of a file, the folder that it is in, and whether it is
// a page, a feed or a calendar.
func lastingAddress(file string) (address, folder string, lasting bool) {
	at := strings.LastIndexByte(file, '/') + 1
	folder = file[:at]
	switch file[at:] {
	case "index.html":
		return folder, folder, true
	case "history.rss", "history.atom", "feed.json", "maintenance.ics":
		return file, folder, true
	}
	return file, folder, false
}

// hiddenFolders returns the folders whose pages are in no list.
func (b *build) hiddenFolders() map[string]bool {
	hidden := map[string]bool{}
	for _, a := range b.byID() {
		hidden[a.folder()] = a.page
	}
	for i := range b.entries {
		if e := &b.entries[i]; e.NoIndex {
			hidden[entryPath(e)] = true
		}
	}
	for i := range b.allAnnouncements {
		if a := &b.allAnnouncements[i]; a.NoIndex {
			hidden[a.Path()] = true
		}
	}
	for _, c := range b.settings.site.Components {
		if c.Unlisted {
			hidden[componentPath(c.ID)] = true
		}
	}
	return hidden
}
