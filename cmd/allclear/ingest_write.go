package main

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"allclear/generator/alerts"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// ingest makes the changes that an event leads to. It reports whether an alert of the
// event could not be used.
func (f ingestFlags) ingest(e alerts.Event) (refused bool, err error) {
	v, words, err := f.readWithDrafts()
	if err != nil {
		return false, err
	}
	if mistakes := errorsIn(v.problems, source.AlertsFile); len(mistakes) > 0 && e.Note == "" && e.Issue == nil {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return false, errorf("fix the mistakes in "+source.AlertsFile+", listed above", "nothing was written")
	}
	d := alerts.Decide(e, &v.site, v.now, words)
	if mistakes := errorsIn(v.problems, "content/components.yml"); len(mistakes) > 0 && len(d.Refused) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr)) // a component may be unknown because of them
	}
	for _, err := range d.Refused {
		printError(alertError(err))
	}
	if d.New == nil && len(d.Updates) == 0 {
		for _, note := range d.Notes {
			fmt.Fprintln(os.Stderr, diag.PrintableText(note))
		}
		return len(d.Refused) > 0, nil
	}
	return len(d.Refused) > 0, f.write(v, d)
}

// entryFile is an entry's file before it is written.
type entryFile struct {
	name  string
	data  []byte
	isNew bool
	after snapshot // the site as it will be with it
}

// write writes the new incident or the updates, and reports what visitors will see.
func (f ingestFlags) write(v snapshot, d alerts.Decision) error {
	file, err := f.composeChange(v, d)
	switch {
	case err != nil || f.dryRun:
	case file.isNew:
		err = f.writeNewFile(file.name, file.data)
	default:
		err = f.replaceFile(file.name, file.data)
	}
	if err != nil {
		return err
	}
	f.report(v, file, d)
	return nil
}

// public returns a snapshot that was read with drafts as visitors see it: without them,
// unless the user wants them.
func (f ingestFlags) public(v snapshot) snapshot {
	if f.drafts {
		return v
	}
	drafts := map[string]bool{}
	for _, e := range v.site.Entries {
		drafts[e.Pos.File] = drafts[e.Pos.File] || e.Draft
	}
	v.site.Entries = slices.DeleteFunc(slices.Clone(v.site.Entries), func(e site.Entry) bool { return e.Draft })
	v.problems = slices.DeleteFunc(slices.Clone(v.problems), func(p diag.Problem) bool { return drafts[p.File] })
	return v
}

// composeChange returns the file with the changes.
func (f ingestFlags) composeChange(v snapshot, d alerts.Decision) (entryFile, error) {
	r := f.readFlags
	r.drafts = true
	file := entryFile{isNew: d.New != nil, after: v}
	e := d.Entry
	var err error
	if file.isNew {
		if err := v.refuseUnreadable(d.New.Source); err != nil {
			return file, err
		}
		folder, slug := v.newFilePath(site.Incident.Folder(), "", d.New.Title, site.Incident.String(), d.New.Time)
		file.name = v.unusedName(folder, v.unusedSlug(slug))
		if file.data, file.after, err = r.compose(v, file.name, *d.New); err != nil {
			return file, err
		}
	} else {
		file.name = e.Pos.File
		if mistakes := errorsIn(v.problems, file.name); len(mistakes) > 0 {
			mistakes.Print(os.Stderr, styleFor(os.Stderr))
			return file, errorf("fix its mistakes first", "%s was not changed", file.name)
		}
		if file.data, err = fs.ReadFile(v.folder, file.name); err != nil {
			return file, errorf("", "cannot read %s: %s", file.name, reason(err))
		}
	}
	for _, u := range d.Updates {
		before := file.after
		before.folder = v.folder
		if e = entryIn(before.site, file.name); e == nil {
			return file, errorf("", "%s cannot be read", file.name)
		}
		if file.data, file.after, err = r.appendUpdate(before, e, file.data, u); err != nil {
			return file, err
		}
	}
	return file, nil
}

// refuseUnreadable returns an error if the incident with a source may be one whose file
// cannot be read because of its mistakes: a second one must not be opened.
func (v snapshot) refuseUnreadable(key string) error {
	for _, p := range v.problems {
		if p.Severity != diag.Error || !strings.HasPrefix(p.File, "content/incidents/") || entryIn(v.site, p.File) != nil {
			continue
		}
		if data, err := fs.ReadFile(v.folder, p.File); err == nil && strings.Contains(string(data), "\nsource: "+key+"\n") {
			mistakes := errorsIn(v.problems, p.File)
			mistakes.Print(os.Stderr, styleFor(os.Stderr))
			return errorf("fix its mistakes first", "%s cannot be read, and may be the incident of %s; nothing was written", p.File, key)
		}
	}
	return nil
}

// unusedSlug returns a slug that no incident has, not even in another folder: the given
// one, with a number if there is one already.
func (v snapshot) unusedSlug(slug string) string {
	taken := map[string]bool{}
	for _, e := range v.site.Entries {
		taken[e.Slug] = taken[e.Slug] || e.Kind == site.Incident
	}
	unused := slug
	for n := 2; taken[unused]; n++ {
		unused = fmt.Sprintf("%s-%d", slug, n)
	}
	return unused
}

// report says what was written, or would be.
func (f ingestFlags) report(v snapshot, file entryFile, d alerts.Decision) {
	e := entryIn(file.after.site, file.name)
	v, after := f.public(v), f.public(file.after)
	after.folder = v.folder
	w := writeReport{isNew: file.isNew, isDraft: e.Draft, entry: e, before: &v.site, after: &after.site, problems: after.problems,
		notes: d.Notes, compareAt: v.now}
	if d.New != nil {
		w.word, w.at = humanize(d.New.Status), d.New.Time
	}
	if d.New != nil && !e.Draft {
		if open, on := openIncidentOn(v, *d.New); open != nil {
			w.notes = append(w.notes, fmt.Sprintf("open before: %s (%s), on %s", open.Title.Default, open.Slug, strings.Join(on, ", ")))
		}
	}
	for _, u := range d.Updates {
		w.word, w.at = humanize(u.Status), u.Time
	}
	if !f.dryRun {
		f.printReport(v, w)
		return
	}
	fmt.Printf("%s:\n%s", file.name, file.data)
	fmt.Fprintln(os.Stderr, "nothing was written (--dry-run)")
	for _, note := range d.Notes {
		fmt.Fprintln(os.Stderr, diag.PrintableText("  "+strings.TrimSpace(note)))
	}
}
