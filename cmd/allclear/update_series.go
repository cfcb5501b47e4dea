package main

import (
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

// recentOccurrence is for how long after its end the name of a series still stands for
// its last occurrence.
const recentOccurrence = 48 * time.Hour

// occurrenceOf returns the occurrence that the name of a series stands for: the one under
// way, else the next that is announced, else the last that ended within 48 hours; or nil.
func (v snapshot) occurrenceOf(series string) *site.Entry {
	var open, next, last *site.Entry
	for i := range v.site.Entries {
		e := &v.site.Entries[i]
		switch {
		case e.Series != series:
		case e.Open(v.now):
			open = e
		case e.Upcoming(v.now):
			if next == nil || e.Start.Before(next.Start.Time) {
				next = e
			}
		case source.Ended(e, v.now) && e.Visible(v.now) && v.now.Sub(endOf(e, v.now)) <= recentOccurrence:
			if last == nil || endOf(e, v.now).After(endOf(last, v.now)) {
				last = e
			}
		}
	}
	for _, e := range []*site.Entry{open, next, last} {
		if e != nil {
			return e
		}
	}
	return nil
}

// matchSlug returns the entry with this slug, or else all entries whose slug contains it.
// It also accepts a path, and spaces instead of hyphens. The name of a series stands for
// one of its occurrences.
func matchSlug(v snapshot, slug string) []*site.Entry {
	found := matchEntries(v, slug)
	if len(found) == 1 && strings.EqualFold(found[0].Slug, cleanSlug(slug)) {
		return found
	}
	return v.withoutOtherOccurrences(found, func(series string) bool {
		return strings.Contains(series, strings.ToLower(cleanSlug(slug))) || strings.Contains(site.FoldName(series), site.FoldName(slug))
	})
}

// withoutOtherOccurrences returns the entries without those occurrences that only their
// own name stands for: of each series for which named returns true, all but occurrenceOf.
func (v snapshot) withoutOtherOccurrences(list []*site.Entry, named func(series string) bool) []*site.Entry {
	if len(v.site.Series) == 0 {
		return list
	}
	stands := map[string]*site.Entry{}
	for i := range v.site.Series {
		slug := v.site.Series[i].Entry.Slug
		stands[slug] = v.occurrenceOf(slug)
	}
	return slices.DeleteFunc(list, func(e *site.Entry) bool {
		return e.Series != "" && named(e.Series) && stands[e.Series] != e
	})
}

// noOccurrenceError returns the error for the name of a series of which no occurrence is
// meant, or nil if it is no series' name.
func (u *updateFlags) noOccurrenceError(v snapshot) error {
	for i := range v.site.Series {
		m := &v.site.Series[i]
		if !strings.Contains(m.Entry.Slug, strings.ToLower(cleanSlug(u.slug))) {
			continue
		}
		var past, coming []string
		for _, e := range v.entriesOf(m.Entry.Slug) {
			if e.Start.After(v.now) {
				coming = append(coming, e.Slug)
			} else {
				past = append(past, e.Slug)
			}
		}
		names := append(past[max(0, len(past)-1):], coming[:min(3, len(coming))]...)
		hint := "the series has no occurrence within a year"
		if len(names) > 0 {
			hint = "name one of them: " + strings.Join(names, ", ")
		}
		return usageErrorf(hint, "of the series %s, no occurrence is under way, announced, or over for less than 48 hours", m.Entry.Slug)
	}
	return nil
}

// entriesOf returns the occurrences of a series, the first to start first.
func (v snapshot) entriesOf(series string) []*site.Entry {
	all := slices.DeleteFunc(v.allEntries(), func(e *site.Entry) bool { return e.Series != series })
	slices.SortStableFunc(all, func(a, b *site.Entry) int { return a.Start.Compare(b.Start.Time) })
	return all
}

// ownFile returns the site as if an occurrence had a file of its own, beside that of its
// series, and the occurrence in it. Nothing is written.
func (u *updateFlags) ownFile(v snapshot, e *site.Entry) (snapshot, *site.Entry, error) {
	m := v.site.SeriesOf(e)
	data, err := fs.ReadFile(v.folder, m.Entry.Pos.File)
	if err != nil {
		return v, e, errorf("", "cannot read %s: %s", m.Entry.Pos.File, reason(err))
	}
	name := path.Join(path.Dir(m.Entry.Pos.File), e.Slug+".md")
	own, err := source.OccurrenceFile(data, &v.site, m, e)
	if err != nil {
		return v, e, errorf(fmt.Sprintf("write %s by hand", name), "%s: %v", m.Entry.Pos.File, err)
	}
	folder := overlay{v.folder, name, own}
	after := u.readFolder(folder, v.now, v.clockNow)
	mistakes := errorsIn(after.problems, name)
	if now := sameEntry(after.site, e); len(mistakes) == 0 && now.Pos.File == name {
		return after, now, nil
	}
	mistakes.Print(os.Stderr, styleFor(os.Stderr))
	return v, e, errorf(fmt.Sprintf("write %s by hand", name), "%s cannot be written automatically", name)
}

// translateOwnFile writes the translations of an occurrence that got the file name: those
// of its series. It returns all files that are new.
func (u *updateFlags) translateOwnFile(v snapshot, e *site.Entry, name string) (created []string, err error) {
	created = []string{name}
	for _, language := range e.Translations {
		of := ""
		fs.WalkDir(v.folder, "content/maintenance", func(file string, entry fs.DirEntry, err error) error {
			if err == nil && strings.EqualFold(path.Base(file), e.Series+"."+language+".md") {
				of = file
			}
			return nil
		})
		data, err := fs.ReadFile(v.folder, of)
		if err != nil {
			return created, errorf("", "cannot read %s: %s", of, reason(err))
		}
		to := path.Join(path.Dir(of), e.Slug+"."+language+".md")
		if err := u.replaceFile(to, source.OccurrenceTranslation(data, of, &v.site, e)); err != nil {
			return created, err
		}
		created = append(created, to)
	}
	return created, nil
}
