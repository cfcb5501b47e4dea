// Package generator turns the content of a status page, and one instant, into
// the files of a site and a list of mistakes.
//
// # The idea
//
// The state of the site is a pure function of the content and one instant.
// Nothing in here reads a clock, a disk or a network: the command passes in the
// files and the time, and gets bytes back. So a build can be repeated to the
// byte, a page can carry the states it will have later, and --at travels in time.
//
// # Code map
//
//	diag     how we speak of mistakes: a place, a message, a hint
//	site     what a status page is, and the answers about any instant
//	source   the content format; nobody else knows it
//	render   what the world sees; nobody else knows it
//
// Source and render meet only in site.Site:
//
//	source.Read  (site folder)               site.Site, diag.List
//	site.Check   (site.Site, now)            diag.List
//	render.Files (site.Site, theme, now)     []render.File
//	Build        these three, one after the other
//
// # Invariants
//
// The core does no I/O and never asks the time. Reading never fails and never
// panics: it returns what it understood and every mistake with its place. The
// same content, theme and instant give the same bytes. With an error, there are
// no files. No output holds a word of an update later than now, nor of a draft.
package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/render"
	"allclear/generator/site"
	"allclear/generator/source"
)

// Options are what a build takes besides the content and the theme.
type Options struct {
	Now     time.Time     // the instant whose state the site shows
	Clock   time.Time     // what the clock says, where Now is another instant; zero: Now
	Drafts  bool          // with drafts
	BaseURL string        // replaces the url of site.yml where it is not empty
	Version string        // of the program, named in what it writes
	Program site.Sum      // of the program, part of each file's key; zero: no file has a key
	Cache   *source.Cache // what earlier reads of the folder remember; nil: nothing
}

// Result is what a build made. Where Problems holds an error, Files is empty.
type Result struct {
	Site     site.Site
	Files    []render.File
	Problems diag.List
}

// Read reads and checks the content of a site's folder, without rendering it.
func Read(folder fs.FS, opt Options) (site.Site, diag.List) {
	s, problems := source.Read(folder, source.Options{Drafts: opt.Drafts, BaseURL: opt.BaseURL, Cache: opt.Cache})
	clock := opt.Clock
	if clock.IsZero() {
		clock = opt.Now
	}
	problems = append(problems, s.CheckAt(opt.Now, clock).Capped()...)
	problems.Sort()
	problems.Excerpt(source.Reader(folder))
	return s, problems
}

// CheckWords looks for words that a site's pages lack in one of its languages: in
// the theme's own language files and in the strings of site.yml. It also looks at the
// headers that static/_headers adds.
func CheckWords(folder, theme fs.FS, s *site.Site) diag.List {
	problems := append(language.Check(theme, s), append(render.CheckHeaders(s), render.CheckRedirects(s)...)...)
	problems.Sort()
	problems = problems.Capped()
	problems.Excerpt(source.Reader(folder))
	return problems
}

// Faults are the mistakes that an error of rendering stands for, with their places in
// the site's folder.
func Faults(folder fs.FS, err error, s *site.Site) diag.List {
	problems := render.Faults(err, s)
	problems.Excerpt(source.Reader(folder))
	return problems
}

// CheckLinks finds links to addresses that the files of a site do not have.
func CheckLinks(folder fs.FS, s *site.Site, files []render.File, now time.Time) diag.List {
	problems := render.CheckLinks(s, files, now).Capped()
	problems.Excerpt(source.Reader(folder))
	return problems
}

// Check reads a site's folder and checks everything but what only rendering shows.
// theme is asked for the theme once the site is known.
func Check(folder fs.FS, theme func(*site.Site) fs.FS, opt Options) (site.Site, diag.List) {
	s, problems := Read(folder, opt)
	problems = append(problems, CheckWords(folder, theme(&s), &s)...)
	problems.Sort()
	return s, problems
}

// Render returns the files of a site, whose bytes are made when they are asked for.
// Where the site cannot be rendered, its error says why, and Faults words it.
func Render(theme fs.FS, s *site.Site, opt Options) ([]render.File, error) {
	return render.Files(s, theme, render.Options{Now: opt.Now, Version: opt.Version, Program: opt.Program})
}

// Build is Check, Render and CheckLinks, one after the other. Its error is a fault of
// the theme or of the program; mistakes in content are Problems.
func Build(folder, theme fs.FS, opt Options) (Result, error) {
	s, problems := Check(folder, func(*site.Site) fs.FS { return theme }, opt)
	result := Result{Site: s, Problems: problems}
	if problems.HasErrors() {
		return result, nil
	}
	files, err := Render(theme, &result.Site, opt)
	var refused *render.Refused
	if errors.As(err, &refused) {
		result.Problems = append(problems, Faults(folder, err, &s)...)
		return result, nil
	}
	if err != nil {
		return result, fmt.Errorf("render: %w", err)
	}
	result.Files = files
	result.Problems = append(result.Problems, CheckLinks(folder, &s, files, opt.Now)...)
	result.Problems.Sort()
	return result, nil
}
