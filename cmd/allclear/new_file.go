package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// createFile writes the entry to a new file and returns its name. If the result would have
// mistakes, it writes nothing and returns an error.
func (w newFlags) createFile(v snapshot, d source.NewEntry) (string, error) {
	folder, slug := w.filePath(v, d)
	name := v.unusedName(folder, slug)
	data, _, err := w.compose(v, name, d)
	if err != nil {
		return "", err
	}
	return name, w.writeNewFile(name, data)
}

// compose returns the file of a new entry, and the site as it will be with the file. If
// the file would have mistakes, it prints them and returns an error.
func (r readFlags) compose(v snapshot, name string, d source.NewEntry) ([]byte, snapshot, error) {
	data := d.Write(v.site.Zone, v.site.Languages[0])
	r.drafts = r.drafts || d.Hidden
	after := r.readFolder(overlay{v.folder, name, data}, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return nil, after, errorf("", "nothing was written")
	}
	if !hasOnlyExpected(after.site, name, d) {
		return nil, after, errorf("remove the headings of updates and reports from the text",
			"the text would become more than one update; nothing was written")
	}
	return data, after, nil
}

// hasOnlyExpected reports whether a new file contains just the update that was asked for,
// and no other update or report. A text could contain their headings.
func hasOnlyExpected(s site.Site, name string, d source.NewEntry) bool {
	for i := range s.Entries {
		e := &s.Entries[i]
		if e.Pos.File != name {
			continue
		}
		wanted := 0
		if !d.Time.IsZero() {
			wanted = 1
		}
		return len(e.Updates) == wanted && (e.Report == nil || e.Report.Whole)
	}
	return true
}

// unusedName returns the name of a new file in a folder: the slug, with a number if there
// is such a file already.
func (v snapshot) unusedName(folder, slug string) string {
	name := path.Join(folder, slug+".md")
	for n := 2; n <= 1000; n++ {
		if _, err := fs.Stat(v.folder, name); errors.Is(err, fs.ErrNotExist) {
			break
		}
		name = path.Join(folder, fmt.Sprintf("%s-%d.md", slug, n))
	}
	return name
}

// writeNewFile creates a file, with its folders. It is an error if the file exists.
func (r readFlags) writeNewFile(name string, data []byte) error {
	root, err := os.OpenRoot(r.source)
	if err != nil {
		return errorf("", "cannot open %s: %s", r.source, reason(err))
	}
	defer root.Close()
	for _, folder := range withParents(path.Dir(name)) {
		if err := root.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return errorf("", "cannot create the folder %s: %s", folder, reason(err))
		}
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		root.Remove(name)
		return errorf("", "cannot write %s: %s", name, reason(err))
	}
	return nil
}

// withParents returns a folder and its parents, outermost first.
func withParents(folder string) []string {
	var list []string
	for i, c := range folder {
		if c == '/' {
			list = append(list, folder[:i])
		}
	}
	return append(list, folder)
}

// filePath returns the folder and slug of a new file.
func (w newFlags) filePath(v snapshot, d source.NewEntry) (folder, slug string) {
	day := d.Start
	if day.IsZero() {
		day = w.entryTime(v)
	}
	return v.newFilePath(w.kind.Folder(), w.slug, d.Title, w.kind.String(), day)
}

// newFilePath returns the folder and slug of a new file of a kind of content. The folder
// ends in the year if the site has such folders; the slug is the date and the given slug,
// or the title, or what it is.
func (v snapshot) newFilePath(kind, slug, title, what string, day time.Time) (string, string) {
	folder := "content/" + kind
	day = day.In(v.site.Zone)
	if years, _ := fs.Glob(v.folder, folder+"/[0-9][0-9][0-9][0-9]"); len(years) > 0 {
		folder += "/" + day.Format("2006")
	}
	if slug == "" {
		slug = source.Slug(title)
	}
	if slug == "" {
		slug = what
	}
	return folder, day.Format(time.DateOnly) + "-" + shortenSlug(slug, 60)
}

// shortenSlug shortens a slug to at most so many bytes, between words if possible.
func shortenSlug(slug string, most int) string {
	if len(slug) <= most {
		return slug
	}
	if i := strings.LastIndexByte(slug[:most], '-'); i > 0 {
		return slug[:i]
	}
	return slug[:most]
}
