package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"allclear/cmd/allclear/internal/rootfs"
	"allclear/cmd/allclear/when"
	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
	"allclear/themes"
)

// snapshot is a site as it was read, and the time for which it is shown.
type snapshot struct {
	folder   fs.FS
	now      time.Time // the time of --at, or else clockNow
	clockNow time.Time // the current time
	site     site.Site
	problems diag.List
}

// open opens the site's folder and parses --at.
func (r readFlags) open() (snapshot, error) {
	var v snapshot
	err := checkBaseURL(r.baseURL)
	if err == nil {
		v.folder, err = openSiteDir(r.source)
	}
	if err == nil {
		v.now, v.clockNow, err = r.instant(v.folder)
	}
	return v, err
}

// read reads and checks the site. Mistakes in the content are in the snapshot; the error
// is for other failures.
func (r readFlags) read() (snapshot, error) {
	v, err := r.open()
	if err != nil {
		return v, err
	}
	return r.readFolder(v.folder, v.now, v.clockNow), nil
}

// readToWrite reads the site for a command that writes times into it. Unless its time zone
// is known, that is an error: a time that is written now would mean another one as soon as
// site.yml is repaired.
func (r readFlags) readToWrite() (snapshot, error) {
	v, err := r.read()
	if err != nil {
		return v, err
	}
	mistakes := errorsIn(v.problems, siteFile)
	badZone := slices.ContainsFunc(mistakes, func(p diag.Problem) bool { return p.Rule == "unknown-timezone" })
	if badZone || len(mistakes) > 0 && v.site.Title.Default == "" { // without a title, nothing of the file could be read
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return v, errorf("fix the mistakes in "+siteFile+", listed above", "the time zone of the site is not known; nothing was written")
	}
	return v, nil
}

// readFolder reads and checks the site in a folder. now is the time for which it is
// shown, clock the current time.
func (r readFlags) readFolder(folder fs.FS, now, clock time.Time) snapshot {
	v := snapshot{folder: folder, now: now, clockNow: clock}
	v.site, v.problems = generator.Check(folder, themes.In(folder), r.options(now, clock))
	v.problems = append(v.problems, v.warnExampleURL(r.baseURL)...)
	v.problems.Sort()
	return v
}

// build reads, checks and renders the site. Mistakes in the content are in the snapshot;
// if any is an error, the result has no files. program is a hash of the program,
// which is part of the files' keys; if it is zero, they have no keys.
func (r readFlags) build(program site.Hash) (snapshot, generator.Result, error) {
	v, err := r.open()
	if err != nil {
		return v, generator.Result{}, err
	}
	opt := r.options(v.now, v.clockNow)
	opt.Program = program
	result := generator.Build(v.folder, themes.In(v.folder), opt)
	v.site, v.problems = result.Site, result.Problems
	v.problems = append(v.problems, v.warnExampleURL(r.baseURL)...)
	v.problems.Sort()
	return v, result, nil
}

// failOnErrors prints the problems and returns an error if the site has errors. It prints
// nothing if there are only warnings, which are for check and build.
func (v snapshot) failOnErrors() error {
	if !v.problems.HasErrors() {
		return nil
	}
	v.printProblems()
	return errorf("fix them; allclear check lists them again", "%s in these files", v.problems.Tally())
}

// options returns the options for package generator.
func (r readFlags) options(now, clock time.Time) generator.Options {
	return generator.Options{Now: now, Clock: clock, Drafts: r.drafts, BaseURL: r.baseURL, Version: version(), Cache: r.cache}
}

// instant returns the time for which the site is shown, which is that of --at or the
// current time, and the current time, both in UTC. This is the only place that reads the
// clock, except for init, which needs today's date.
func (r readFlags) instant(folder fs.FS) (at, clock time.Time, err error) {
	clock = time.Now().UTC().Truncate(time.Second)
	if r.at == "" {
		return clock, clock, nil
	}
	at, err = when.Reader{Now: clock, Zone: source.Zone(folder)}.Read(r.at, r.timeRule)
	if err != nil {
		return at, clock, usageErrorf("", "--at: %v", err)
	}
	return at, clock, nil
}

// openSiteDir opens the site's folder, so that no symbolic link leads out of it. It is an
// error if the folder does not contain a content folder.
func openSiteDir(dir string) (fs.FS, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() { // opening a pipe would block for ever
		return nil, usageErrorf("use the folder that contains content/", "--source: %s is not a folder", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, usageErrorf("use the folder that contains content/", "--source: cannot open %s: %s", dir, reason(err))
	}
	if _, err := root.Stat("content"); errors.Is(err, fs.ErrNotExist) {
		where := "in " + dir
		if dir == "." {
			where = "here or above"
		}
		return nil, errorf("name the site's folder with --source, or create a site with allclear init",
			"there is no site %s (no content/ folder)", where)
	}
	return rootfs.FS(root), nil
}

// printProblems prints all problems to standard error.
func (v snapshot) printProblems() { v.problems.Print(os.Stderr, styleFor(os.Stderr)) }

// failWithProblems prints all problems and returns an error with their number.
func (v snapshot) failWithProblems() error {
	v.printProblems()
	return errorf("", "%s; nothing was written", v.problems.Tally())
}

// reason returns the system's error message without the path, which our messages contain.
func reason(err error) string { return rootfs.Reason(err) }
