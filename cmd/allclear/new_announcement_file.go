package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// createFile writes the announcement to a new file and returns its name. If the result
// would have mistakes, it writes nothing and returns an error.
func (w announcementFlags) createFile(v snapshot, d source.NewAnnouncement) (string, error) {
	folder, slug := v.newFilePath("announcements", w.slug, d.Title, "announcement", d.Posted)
	name, data := v.unusedName(folder, slug), d.Write(v.site.Zone)
	r := w.readFlags
	r.drafts = r.drafts || w.draft
	after := r.readFolder(overlay{v.folder, name, data}, v.now, v.clockNow)
	if mistakes := errorsIn(after.problems, name); len(mistakes) > 0 {
		mistakes.Print(os.Stderr, styleFor(os.Stderr))
		return "", errorf("", "nothing was written")
	}
	return name, w.writeNewFile(name, data)
}

// reread reads the site again, including the new announcement if it is a draft.
func (w announcementFlags) reread(v snapshot) snapshot {
	r := w.readFlags
	r.drafts = r.drafts || w.draft
	return r.readFolder(v.folder, v.now, v.clockNow)
}

// report prints the path of the file to standard output, for scripts. To standard error it
// prints when and where visitors will see the announcement, and how to publish it.
func (w announcementFlags) report(v, after snapshot, a *site.Announcement) {
	path, out := filepath.Join(w.source, filepath.FromSlash(a.Pos.File)), os.Stderr
	if !isTerminal(os.Stdout) || !isTerminal(os.Stderr) {
		fmt.Println(path) // on a terminal, the next line shows it
	}
	fmt.Fprintf(out, "%s: Announcement, %s\n", diag.PrintableText(path), v.longClock(a.Posted.Time))
	fmt.Fprintln(out, diag.PrintableText("  "+homePageNote(v, after, a)))
	var names []string
	for _, c := range after.site.NamedIn(a) {
		names = append(names, c.Name.Default)
	}
	if len(names) > 0 {
		fmt.Fprintln(out, diag.PrintableText("  also on the pages and in the feeds of: "+strings.Join(names, ", ")))
	}
	var warnings diag.List
	for _, p := range after.problems {
		if p.File == a.Pos.File {
			warnings = append(warnings, p)
		}
	}
	warnings.Print(out, styleFor(out))
	if w.draft {
		fmt.Fprintln(out, "this is a draft: remove draft: true to publish it")
		return
	}
	after.printErrorsElsewhere(out, w.readFlags)
	if a.Posted.After(v.clockNow) {
		fmt.Fprintf(out, "this time is in the future: the site will show it from %s\n", v.longClock(a.Posted.Time))
	}
	written := writeReport{word: "announcement", isNew: true, after: &after.site, entry: &site.Entry{Title: a.Title, Pos: a.Pos}}
	fmt.Fprintln(out, "not published yet:", diag.Printable(w.publishHint(written)))
}

// homePageNote says until when, and in which place, the home page shows an announcement.
func homePageNote(v, after snapshot, a *site.Announcement) string {
	at := v.now
	if a.Posted.After(at) {
		at = a.Posted.Time
	}
	until := v.longClock(a.Leaves())
	switch place := slices.Index(site.CurrentAnnouncements(after.site.ListedAnnouncements(at), at), a); {
	case place < 0 && !at.Before(a.Leaves()):
		return "not on the home page, which showed it until " + until
	case place >= 3:
		return fmt.Sprintf("on the home page until %s, where %d come before it: only the first three are shown there", until, place)
	}
	return "on the home page until " + until
}
