package main

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/cmd/allclear/when"
	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// view is a site as it was read, and the instant at which to look at it.
type view struct {
	folder   fs.FS
	now      time.Time // what --at says, else the clock
	clockNow time.Time
	site     site.Site
	problems diag.List
}

// open opens the site's folder and reads --at. Its error is one of wrong usage.
func (r reading) open() (view, error) {
	var v view
	err := checkBaseURL(r.baseURL)
	if err == nil {
		v.folder, err = openFolder(r.source)
	}
	if err == nil {
		v.now, v.clockNow, err = r.instant(v.folder)
	}
	return v, err
}

// read reads and checks the site. The error is one of wrong usage; mistakes in content
// are in the view.
func (r reading) read() (view, error) {
	v, err := r.open()
	if err != nil {
		return v, err
	}
	return r.view(v.folder, v.now, v.clockNow), nil
}

// view reads and checks the site in a folder.
func (r reading) view(folder fs.FS, now, clock time.Time) view {
	v := view{folder: folder, now: now, clockNow: clock}
	v.site, v.problems = generator.Check(folder, themes.In(folder), r.options(now, clock))
	v.problems = append(v.problems, v.exampleURL(r.baseURL)...)
	v.problems.Sort()
	return v
}

// build reads, checks and renders the site. program identifies the program in the
// files' keys; zero: they have none. Mistakes are in the view; with an error among
// them, there are no files.
func (r reading) build(program site.Hash) (view, generator.Result, error) {
	v, err := r.open()
	if err != nil {
		return v, generator.Result{}, err
	}
	opt := r.options(v.now, v.clockNow)
	opt.Program = program
	result := generator.Build(v.folder, themes.In(v.folder), opt)
	v.site, v.problems = result.Site, result.Problems
	v.problems = append(v.problems, v.exampleURL(r.baseURL)...)
	v.problems.Sort()
	return v, result, nil
}

// sound reports the errors of a site, with which there is nothing to show. Warnings
// are for check and build.
func (v view) sound() error {
	if !v.problems.HasErrors() {
		return nil
	}
	v.complain()
	return failed("fix them; allclear check lists them again", "%s in these files", v.problems.Tally())
}

func (r reading) options(now, clock time.Time) generator.Options {
	return generator.Options{Now: now, Clock: clock, Drafts: r.drafts, BaseURL: r.baseURL, Version: version(), Cache: r.cache}
}

// instant is the one time that everything else depends on: what --at says, in
// the site's zone, or the clock. It is read here alone (and by init, for today's date), and
// --at -20m counts from it.
func (r reading) instant(folder fs.FS) (at, clock time.Time, err error) {
	clock = time.Now().UTC().Truncate(time.Second)
	if r.at == "" {
		return clock, clock, nil
	}
	at, err = when.Reader{Now: clock, Zone: source.Zone(folder)}.Read(r.at, r.alone)
	if err != nil {
		return at, clock, usage("", "--at: %v", err)
	}
	return at, clock, nil
}

// openFolder opens the site's folder so that no link in it leads out of it.
func openFolder(dir string) (fs.FS, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() { // opening a pipe would wait for ever
		return nil, usage("name the folder that holds content/", "--source: %s is not a folder", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usage("name the folder that holds content/", "--source: cannot open %s: %s", dir, reason(err))
	}
	if _, err := root.Stat("content"); errors.Is(err, fs.ErrNotExist) {
		where := "in " + dir
		if dir == "." {
			where = "here, nor above"
		}
		return nil, failed("name the site's folder with --source, or create a site with allclear init",
			"there is no site %s (no content/ folder)", where)
	}
	return rootfs.FS(root), nil
}

// complain prints every problem to standard error.
func (v view) complain() { v.problems.Print(os.Stderr, styleFor(os.Stderr)) }

// refuse prints every problem and counts them.
func (v view) refuse() error {
	v.complain()
	return failed("", "%s; nothing was written", v.problems.Tally())
}

// reason is what the system says went wrong, without the path our message names.
func reason(err error) string { return rootfs.Reason(err) }
