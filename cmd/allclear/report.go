package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/themes"
)

// writeReport describes what new or update has written.
type writeReport struct {
	word      string    // status of the update, such as "monitoring"; "report" if there is no update
	at        time.Time // of the update
	compareAt time.Time // when to compare components; zero: at
	isNew     bool      // the entry is new
	created   []string  // files that update has created
	quoteAt   time.Time // when to quote the page; zero: now
	isDraft   bool      // the entry is a draft
	notes     []string  // further lines for the user

	entry         *site.Entry // after the change
	before, after *site.Site
	problems      diag.List // of the whole site after the change
}

// printReport prints the file's path to standard output, for scripts. To standard error
// it prints what has changed, what visitors will read, and how to publish it.
func (r readFlags) printReport(v snapshot, w writeReport) {
	path := filepath.Join(r.source, filepath.FromSlash(w.entry.Pos.File))
	if !isTerminal(os.Stdout) || !isTerminal(os.Stderr) {
		fmt.Println(path) // on a terminal, the next line shows it
	}
	out := os.Stderr
	var warnings diag.List
	for _, p := range w.problems {
		if p.File == w.entry.Pos.File {
			warnings = append(warnings, p)
		}
	}
	fmt.Fprintf(out, "%s: %s, %s\n", diag.PrintableText(path), capitalize(w.word), v.longClock(w.at))
	w.printSpan(out, v)
	w.printChanges(out)
	for _, note := range w.notes {
		fmt.Fprintln(out, diag.PrintableText("  "+note))
	}
	warnings.Print(out, styleFor(out))
	if w.isDraft {
		fmt.Fprintln(out, "this is a draft: remove draft: true to publish it")
		return
	}
	w.printAnswer(out, v)
	snapshot{problems: w.problems}.printErrorsElsewhere(out, r)
	if w.at.After(v.clockNow) {
		fmt.Fprintf(out, "this time is in the future: the page will show it from %s\n", v.longClock(w.at))
	}
	fmt.Fprintln(out, "not published yet:", diag.Printable(r.publishHint(w)))
}

// printErrorsElsewhere says how many errors keep the site from being built.
func (v snapshot) printErrorsElsewhere(out io.Writer, r readFlags) {
	errors, _ := v.problems.Count()
	if errors == 0 {
		return
	}
	keep := "keep"
	if errors == 1 {
		keep = "keeps"
	}
	fmt.Fprintf(out, "%s elsewhere %s the site from being built: allclear check%s\n", count(errors, "error"), keep, r.sourceFlag())
}

// printSpan prints when the entry begins and ends, unless that is the time of the update.
func (w writeReport) printSpan(out io.Writer, v snapshot) {
	e := w.entry
	begin, end := e.Begin(), e.End.Time
	switch {
	case !w.isNew && !e.Open(w.at) && !e.Upcoming(w.at): // it is over, which its status shows
	case e.Kind == site.Maintenance || !end.IsZero():
		fmt.Fprintf(out, "  from %s to %s\n", v.longClock(begin), v.longClock(end))
	case w.isNew && !begin.Equal(w.at):
		fmt.Fprintf(out, "  began %s\n", v.longClock(begin))
	}
}

// printChanges prints a line for each change of a component, with the regions that change
// in the same way: "Public API (Europe): major outage → degraded performance".
func (w writeReport) printChanges(out io.Writer) {
	at, before, after := w.compareAt, w.before, w.after
	switch {
	case at.IsZero():
		at = w.at
	case at.After(w.at): // other entries may be different by then, so ignore them
		before, after = withOnlyEntry(after, nil), withOnlyEntry(after, w.entry)
	}
	lines := componentChanges(before, after, at)
	if len(lines) == 0 && !w.entry.Notice() {
		lines = []string{"no component changes status"}
	}
	for _, line := range lines {
		fmt.Fprintln(out, diag.PrintableText("  "+line))
	}
}

// withOnlyEntry returns a copy of the site with no entry but e, which may be nil.
func withOnlyEntry(s *site.Site, e *site.Entry) *site.Site {
	alone := *s
	alone.Entries = nil
	if e != nil {
		alone.Entries = []site.Entry{*e}
	}
	return &alone
}

// componentChanges returns a line for each difference between the components of two sites
// at an instant.
func componentChanges(before, after *site.Site, at time.Time) []string {
	was, is := before.At(at), after.At(at)
	var lines []string
	for i, c := range is.Components {
		if i >= len(was.Components) || len(was.Components[i].Regions) != len(c.Regions) {
			continue
		}
		type transition struct{ from, to site.Status }
		var changes []transition
		regions := map[transition][]string{}
		for j, r := range c.Regions {
			t := transition{was.Components[i].Regions[j].Status, r.Status}
			if t.from == t.to {
				continue
			}
			if regions[t] == nil {
				changes = append(changes, t)
			}
			regions[t] = append(regions[t], r.Region)
		}
		for _, t := range changes {
			name := nameWithRegions(after, c.Component, regions[t])
			lines = append(lines, fmt.Sprintf("%s: %s → %s", name, humanize(t.from), humanize(t.to)))
		}
	}
	return lines
}

// nameWithRegions returns the name of a component with those of the regions.
func nameWithRegions(s *site.Site, c *site.Component, regions []string) string {
	name := c.Name.Default
	switch {
	case len(c.Regions) == 0:
		return name
	case len(regions) == len(c.Regions):
		return name + " (all regions)"
	}
	var names []string
	for _, id := range regions {
		if r := s.Region(id); r != nil {
			names = append(names, r.Name.Default)
		}
	}
	return name + " (" + strings.Join(names, ", ") + ")"
}

// printAnswer prints the overall status as the page will show it now and, if the entry
// begins later, at that time.
func (w writeReport) printAnswer(out io.Writer, v snapshot) {
	say := func(s *site.Site, at time.Time) string {
		text, err := generator.Answer(s, themes.In(v.folder), generator.Options{Now: at, Version: version()})
		if err != nil {
			return ""
		}
		return diag.Printable(text)
	}
	now := v.now
	switch {
	case !w.quoteAt.IsZero():
		now = w.quoteAt
	case w.at.After(now):
		now = w.at
	}
	if text := say(w.after, now); text != "" {
		fmt.Fprintf(out, "the page will say: %s\n", text)
	}
	if begin := w.entry.Begin(); w.entry.Kind == site.Maintenance && begin.After(now) && w.entry.Upcoming(now) {
		fmt.Fprintf(out, "  and from %s: %s\n", v.longClock(begin), say(withOnlyEntry(w.after, w.entry), begin))
	}
}
