// Package generator turns the content of a status page, and one instant, into
// the files of a site and a list of mistakes.
//
// # The idea
//
// The state of the site is a pure function of the content and one instant.
// Nothing in these packages reads a clock, a disk or a network: the command passes in the
// files and the time, and gets bytes back. So a build can be repeated byte for byte, a page
// can contain the states it will have later, and --at shows the site at another time.
//
// # Code map
//
//	diag      mistakes: a place, a message, a hint
//	site      what a status page is, and the answers about any instant
//	source    the content format, which no other package knows
//	render    pages, feeds, API, calendar, badges, which no other package knows
//	language  words, numbers, dates and durations, for render
//	tmpl      html/template, compiled, for render
//	card      social cards, for render
//
// docs/design.md has the table of all packages and what they import. Source and render
// meet only in [site.Site]:
//
//	source.Read   (site folder)               site.Site, diag.List
//	Site.CheckAt  (now)                       diag.List
//	render.Files  (site.Site, theme, now)     []render.File
//
// [Build] does all three, and is what the program runs. [Check] does all but the last,
// [Answer] gives the one sentence at the top of the pages.
//
// # Invariants
//
// These packages do no I/O and never read the clock. Reading never fails and never panics:
// it returns what it could read and every mistake with its position. The same content,
// theme and instant give the same bytes. With an error, there are no files. No output
// contains text of a draft or of an update later than now.
package generator

import (
	"io/fs"
	"path"
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
)

// Options are the settings of a build, besides the content and the theme.
type Options struct {
	Now     time.Time     // the instant whose state the site shows
	Clock   time.Time     // the real time, if Now is another instant; zero: Now
	Drafts  bool          // include drafts
	BaseURL string        // replaces the url of site.yml; empty: that url
	Version string        // of the program, named in the files
	Program site.Hash     // identifies the program in each file's key; zero: files have no keys
	Cache   *source.Cache // results of earlier reads of the folder; nil: read everything
}

// Theme returns the files of the theme with a name, the built-in theme below the
// operator's own files. It is called once the site, which names its theme, is read.
type Theme func(name string) fs.FS

// Result is the result of a build. If Problems has an error, Files is empty.
type Result struct {
	Site     site.Site
	Files    []render.File // sorted by path, but index.html comes last; their bytes are made on demand
	Problems diag.List
}

// File returns the file with a path, or false if the site has no such file.
func (r *Result) File(path string) (render.File, bool) {
	for _, f := range r.Files {
		if f.Path == path {
			return f, true
		}
	}
	return render.File{}, false
}

// Build reads and checks the content of a site's folder, which holds content/ and may
// hold themes/, and renders it. This is what the program runs. Problems holds the
// mistakes in the content and in the theme, sorted by place.
func Build(folder fs.FS, theme Theme, opt Options) Result {
	s, problems := Check(folder, theme, opt)
	result := Result{Site: s, Problems: problems}
	if problems.HasErrors() {
		return result
	}
	files, err := render.Files(&result.Site, theme(s.Theme), render.Options{Now: opt.Now, Version: opt.Version, Program: opt.Program})
	if err != nil {
		result.Problems = append(result.Problems, Explain(folder, &s, err)...)
	} else {
		result.Files = files
		links := render.CheckLinks(&s, files, opt.Now).Capped()
		links.Excerpt(source.Reader(folder))
		result.Problems = append(result.Problems, links...)
	}
	result.Problems.Sort()
	return result
}

// Check reads a site's folder and finds every mistake that can be found without rendering.
// With a nil theme, the words of the pages are not checked.
func Check(folder fs.FS, theme Theme, opt Options) (site.Site, diag.List) {
	s, problems := source.Read(folder, source.Options{Drafts: opt.Drafts, BaseURL: opt.BaseURL, Cache: opt.Cache})
	s = s.WithOccurrences(opt.Now)
	clock := opt.Clock
	if clock.IsZero() {
		clock = opt.Now
	}
	problems = append(problems, s.CheckAt(opt.Now, clock).Capped()...)
	if theme != nil {
		problems = append(problems, checkOutput(theme(s.Theme), &s)...)
		problems = append(problems, checkTheme(folder, theme(s.Theme), &s)...)
	}
	problems.Sort()
	problems.Excerpt(source.Reader(folder))
	return s, problems
}

// checkOutput finds mistakes in what the output needs besides entries: the theme's language
// files, the strings of site.yml, static/_headers and static/_redirects.
func checkOutput(theme fs.FS, s *site.Site) diag.List {
	problems := slices.Concat(language.Check(theme, s), render.CheckHeaders(s), render.CheckRedirects(s))
	problems.Sort()
	return problems.Capped()
}

// checkTheme finds mistakes in the theme's files of the site's folder, if there are any, and
// what an upgrade leaves behind there.
func checkTheme(folder, theme fs.FS, s *site.Site) diag.List {
	name := path.Join("themes", s.Theme)
	if info, err := fs.Stat(folder, name); err != nil || !info.IsDir() {
		return nil
	}
	own, err := fs.Sub(folder, name)
	if err != nil {
		return nil
	}
	problems := slices.Concat(render.CheckPolicy(own, s), render.CheckTheme(own, theme, s))
	problems.Sort()
	return problems.Capped()
}

// Explain turns an error of rendering, of Files or of one file's bytes, into the
// mistakes behind it, with their places in the site's folder.
func Explain(folder fs.FS, s *site.Site, err error) diag.List {
	problems := render.Problems(err, s)
	problems.Excerpt(source.Reader(folder))
	return problems
}

// Answer returns the sentence that a page of the site begins with at opt.Now, such as
// "Degraded performance: Public API", in the site's first language. It needs no
// rendering of pages.
func Answer(s *site.Site, theme Theme, opt Options) (string, error) {
	return render.Answer(s, theme(s.Theme), render.Options{Now: opt.Now, Version: opt.Version})
}
