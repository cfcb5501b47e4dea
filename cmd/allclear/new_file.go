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

// createFile writes the file under a free name, and takes it back where check would
// refuse it.
func (w newFlags) createFile(v snapshot, d source.NewEntry) (string, error) {
	data := d.Write(v.site.Zone, v.site.Languages[0])
	root, err := os.OpenRoot(w.source)
	if err != nil {
		return "", errorf("", "cannot open %s: %s", w.source, reason(err))
	}
	defer root.Close()
	name, made, err := w.writeFile(root, v, d, data)
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
		return "", errorf("take the headings of updates and reports out of the text",
			"the text would become more than one update; nothing was written")
	}
	return "", errorf("", "nothing was written")
}

// hasOnlyExpected reports whether a new file holds no update and no report beside those
// that were asked for: a text could itself hold their headings.
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

// writeFile makes the file, and says which folders it made for it.
func (w newFlags) writeFile(root *os.Root, v snapshot, d source.NewEntry, data []byte) (name string, made []string, err error) {
	folder, slug := w.filePath(v, d)
	for _, f := range withParents(folder) {
		if err := root.Mkdir(f, 0o755); err == nil {
			made = append(made, f)
		} else if !errors.Is(err, fs.ErrExist) {
			return "", made, errorf("", "cannot make the folder %s: %s", f, reason(err))
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

// withParents returns a folder and those that it lies in, the outermost first.
func withParents(folder string) []string {
	var list []string
	for i, c := range folder {
		if c == '/' {
			list = append(list, folder[:i])
		}
	}
	return append(list, folder)
}

// filePath is the folder and the name of a new file: a folder for the year where
// the site has such, and the date before the title.
func (w newFlags) filePath(v snapshot, d source.NewEntry) (folder, slug string) {
	folder = "content/" + w.kind.Folder()
	day := d.Start
	if day.IsZero() {
		day = w.entryTime(v)
	}
	day = day.In(v.site.Zone)
	if years, _ := fs.Glob(v.folder, folder+"/[0-9][0-9][0-9][0-9]"); len(years) > 0 {
		folder += "/" + day.Format("2006")
	}
	slug = w.slug
	if slug == "" {
		slug = source.Slug(d.Title)
	}
	if slug == "" {
		slug = w.kind.String()
	}
	return folder, day.Format(time.DateOnly) + "-" + shortenSlug(slug, 60)
}

// shortenSlug cuts a slug between words.
func shortenSlug(slug string, most int) string {
	if len(slug) <= most {
		return slug
	}
	if i := strings.LastIndexByte(slug[:most], '-'); i > 0 {
		return slug[:i]
	}
	return slug[:most]
}
