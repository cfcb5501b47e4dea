package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
	"allclear/generator/source"
)

// createFile writes the entry to a new file and returns its name. If the result has
// mistakes, it removes the file again and returns an error.
func (w newFlags) createFile(v snapshot, d source.NewEntry) (string, error) {
	data := d.Write(v.site.Zone, v.site.Languages[0])
	root, err := os.OpenRoot(w.source)
	if err != nil {
		return "", errorf("", "cannot open %s: %s", w.source, reason(err))
	}
	defer root.Close()
	folder, slug := w.filePath(v, d)
	name, made, err := writeNewFile(root, folder, slug, data)
	if err != nil {
		return "", err
	}
	again := w.reread(v)
	mistakes := errorsIn(again.problems, name)
	if len(mistakes) == 0 && hasOnlyExpected(again.site, name, d) {
		return name, nil
	}
	mistakes.Print(os.Stderr, styleFor(os.Stderr))
	root.Remove(name)
	for _, folder := range slices.Backward(made) {
		root.Remove(folder)
	}
	if len(mistakes) == 0 {
		return "", errorf("remove the headings of updates and reports from the text",
			"the text would become more than one update; nothing was written")
	}
	return "", errorf("", "nothing was written")
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

// writeNewFile creates a file under an unused name that begins with a slug, and returns the
// name and the folders that it created.
func writeNewFile(root *os.Root, folder, slug string, data []byte) (name string, made []string, err error) {
	for _, f := range withParents(folder) {
		if err := root.Mkdir(f, 0o755); err == nil {
			made = append(made, f)
		} else if !errors.Is(err, fs.ErrExist) {
			return "", made, errorf("", "cannot create the folder %s: %s", f, reason(err))
		}
	}
	for n := 1; ; n++ {
		name = path.Join(folder, slug+".md")
		if n > 1 {
			name = path.Join(folder, fmt.Sprintf("%s-%d.md", slug, n))
		}
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) && n < 100 {
			continue
		}
		if err != nil {
			return "", made, errorf("", "cannot write %s: %s", name, reason(err))
		}
		_, err = f.Write(data)
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			root.Remove(name)
			return "", made, errorf("", "cannot write %s: %s", name, reason(err))
		}
		return name, made, nil
	}
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
