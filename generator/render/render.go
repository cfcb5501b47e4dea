// Package render makes the files of the output folder: pages, feeds, calendars, the
// Statuspage API, badges and cards. It decides how they look; what they say, package
// site decides. Templates and encoders receive plain values.
//
// Use [Files] to write a site, and [Answer] for the sentence at the top of the home page.
// The bytes of a file are made when they are asked for. [CheckPolicy], [CheckHeaders],
// [CheckRedirects] and [CheckLinks] find mistakes that show only in the output.
package render

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/memo"
	"allclear/generator/site"
)

// File is a file of the output folder.
type File struct {
	Path string                  // slash-separated, relative to the output folder
	Key  func() Key              // returns a hash of everything that the bytes depend on; nil if there is none
	Open func() (fs.File, error) // opens a file that is copied as it is and may be large; else nil

	// Append appends the content to into: the same each time. Several goroutines may call
	// it at once.
	Append func(into []byte) ([]byte, error)

	redirects bool // it is a page that only redirects
}

// Bytes returns the file's content in new memory. To make many files, one after the
// other, use Append with the memory of the one before.
func (f File) Bytes() ([]byte, error) { return f.Append(nil) }

// appending returns the Append function of a file whose bytes find returns.
func appending(find func() ([]byte, error)) func([]byte) ([]byte, error) {
	return func(into []byte) ([]byte, error) {
		data, err := find()
		return append(into, data...), err
	}
}

// Options are the inputs of rendering besides the site and the theme.
type Options struct {
	Now     time.Time // the instant whose state the site shows, in any time zone
	Version string    // the program's version, for feeds and build.json
	Program site.Hash // a hash of the program; if it is zero, no file has a Key
}

// onDemand is what only some pages need, computed once when it is asked for.
type onDemand struct {
	insights func() insights                            // returns what the page about incidents in figures shows
	measured func() (map[string]site.MeasuredAt, error) // returns what findMeasured returns
	reports  func() []reportPeriod                      // returns the periods that have a report
	recorded func() time.Time                           // returns the first instant of which the site knows anything

	twelveMonths func(first time.Time) twelveMonths         // returns what newTwelveMonths returns
	barOf        func(component *site.Component) []site.Day // returns a component's days on the bars of the home page
}

// build is one rendering: the site at an instant, and what only the outputs at that
// instant need. It is complete before any output runs, and no output changes it.
type build struct {
	*index
	history          *site.History
	future           future
	pageTexts        []site.Page         // the operator's own pages, with their texts
	allAnnouncements []site.Announcement // including those that are not public yet
	staticFiles      []site.Static       // the files of content/static/
	id               func() string       // returns the id of this build
	byID             func() []address    // returns what addressesByID returns, computed once
	statuspage       func() *api         // returns Statuspage's API, computed once
	records          func() []record     // returns the years of the site, computed once

	onDemand

	// announcementsAbout returns what announcementsByComponent returns, computed once.
	announcementsAbout func() map[*site.Component][]*site.Announcement
}

// Files returns the files of the output folder sorted by path, with index.html last:
// write it last, so that it never links to a page that is not there yet. The error is a
// *Refused if content or the theme is wrong; Problems turns it into problems.
func Files(s *site.Site, theme fs.FS, opt Options) ([]File, error) {
	b, err := newBuild(s, theme, opt)
	if err != nil {
		return nil, err
	}
	return b.files(b.outputs())
}

// outputs returns the kinds of output that a site has. Each reads the build and none
// changes it, so they may run in any order.
func (b *build) outputs() []func() ([]File, error) {
	return []func() ([]File, error){
		b.assetFiles, b.pages, b.markdownPages, b.texts, b.feeds, b.calendars, b.api, b.badges, b.embed,
		b.metrics, b.measurementFiles, b.buildJSON, b.search, b.cards, b.wellKnown, b.addresses, b.static,
	}
}

// files runs the outputs and returns their files as Files does, with those that depend on
// what other files there are.
func (b *build) files(outputs []func() ([]File, error)) ([]File, error) {
	lists, errs := make([][]File, len(outputs)), make([]error, len(outputs))
	var group sync.WaitGroup
	for i, output := range outputs {
		group.Go(func() { lists[i], errs[i] = output() })
	}
	group.Wait()
	if err := cmp.Or(errs...); err != nil {
		return nil, err
	}
	all := slices.Concat(lists...)
	var old []oldAddress
	// what state.json lists is known when its bytes are asked for
	all = append(b.withSitemap(all), b.stateFile(func() statePublished { return b.allPublished(all, old) }))
	all, old, problems := b.withOldAddresses(all)
	if problems = append(problems, b.collisions(all, b.staticFiles)...); len(problems) > 0 {
		return nil, &Refused{problems}
	}
	slices.SortFunc(all, func(x, y File) int { return strings.Compare(x.Path, y.Path) })
	for i := 1; i < len(all); i++ {
		if path := all[i].Path; path == all[i-1].Path {
			return nil, fmt.Errorf("two files would be written to %s", path)
		}
	}
	home := slices.IndexFunc(all, func(f File) bool { return f.Path == "index.html" })
	page := all[home]
	return append(slices.Delete(all, home, home+1), page), nil
}

// newBuild finds everything that outputs share, before any of them runs. What only some
// need, or what is slow, is found when it is first asked for, and once.
func newBuild(s *site.Site, theme fs.FS, opt Options) (*build, error) {
	s = unlinked(s, opt.Now)
	st, err := newSettings(s, theme, opt)
	if err != nil {
		return nil, err
	}
	x := newIndex(st, s, opt.Now)
	b := &build{
		index: x, history: s.History(opt.Now), future: newFuture(s, x),
		pageTexts: s.Pages, staticFiles: s.Static, allAnnouncements: s.Announcements,
		records: sync.OnceValue(x.findRecords), announcementsAbout: sync.OnceValue(x.announcementsByComponent),
		byID:       sync.OnceValue(x.addressesByID),
		statuspage: sync.OnceValue(func() *api { return newAPI(x) }),
	}
	b.measured = sync.OnceValues(func() (map[string]site.MeasuredAt, error) { return b.findMeasured(s) })
	b.id = sync.OnceValue(func() string { return x.buildID(b.measuredBytes()) })
	b.insights = sync.OnceValue(func() insights { return b.findInsights(s) })
	b.reports = sync.OnceValue(func() []reportPeriod { return b.addDocuments(x.findReports(s)) })
	b.twelveMonths = memo.Once(x.newTwelveMonths)
	b.barOf = memo.Once(func(c *site.Component) []site.Day { return b.history.Days(c, site.Everywhere, s.Uptime.Days) })
	b.recorded = sync.OnceValue(func() time.Time { return s.Recorded(opt.Now) })
	return b, nil
}

// static returns the operator's own files, except _headers and _redirects,
// which are added to the generated ones.
func (b *build) static() ([]File, error) {
	var files []File
	for _, s := range b.staticFiles {
		if s.Path == "_headers" || s.Path == "_redirects" {
			continue
		}
		files = append(files, File{Path: s.Path, Append: appending(s.Read), Open: s.Open})
	}
	return files, nil
}

// fixed returns a file with the given content.
func fixed(path string, bytes []byte) File {
	return File{Path: path, Append: func(into []byte) ([]byte, error) { return append(into, bytes...), nil }}
}
