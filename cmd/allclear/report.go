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

// writeReport is what new and update have put into a file of the site.
type writeReport struct {
	word      string    // of the update: "monitoring"; "report" for a text without one
	at        time.Time // of the update
	compareAt time.Time // at which to compare components; zero: at
	isNew     bool      // the file is new
	quoteAt   time.Time // at which to quote the page; zero: now
	isDraft   bool      // it is a draft
	notes     []string  // what else there is to know

	entry         *site.Entry // as it is now
	before, after *site.Site
	problems      diag.List // of the whole site now
}

// printReport prints the path to standard output for scripts and, for the person, what
// has changed, what visitors will read, and that none of it is published yet.
func (r readFlags) printReport(v snapshot, w writeReport) {
	path := filepath.Join(r.source, filepath.FromSlash(w.entry.Pos.File))
	if !isTerminal(os.Stdout) || !isTerminal(os.Stderr) {
		fmt.Println(path) // else the next line names it
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
	if errors, _ := w.problems.Count(); errors > 0 {
		keep := "keep"
		if errors == 1 {
			keep = "keeps"
		}
		fmt.Fprintf(out, "%s elsewhere %s the site from being built: allclear check%s\n", count(errors, "error"), keep, r.sourceFlag())
	}
	if w.at.After(v.clockNow) {
		fmt.Fprintf(out, "this time is in the future: the page will show it from %s\n", v.longClock(w.at))
	}
	fmt.Fprintln(out, "not published yet:", diag.Printable(r.publishHint(w)))
}

// printSpan says when the entry begins and ends, where that is not the update's
// own time.
func (w writeReport) printSpan(out io.Writer, v snapshot) {
	e := w.entry
	begin, end := e.Begin(), e.End.Time
	switch {
	case !w.isNew && !e.Open(w.at) && !e.Upcoming(w.at): // it is over, as the word says
	case e.Kind == site.Maintenance || !end.IsZero():
		fmt.Fprintf(out, "  from %s to %s\n", v.longClock(begin), v.longClock(end))
	case w.isNew && !begin.Equal(w.at):
		fmt.Fprintf(out, "  began %s\n", v.longClock(begin))
	}
}

// printChanges writes a line for each component and its regions that changed in
// one way: "Public API (Europe): major outage → degraded performance".
func (w writeReport) printChanges(out io.Writer) {
	at, before, after := w.compareAt, w.before, w.after
	switch {
	case at.IsZero():
		at = w.at
	case at.After(w.at): // what else there will be then, nobody knows
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

// withOnlyEntry is the site with one entry, or none.
func withOnlyEntry(s *site.Site, e *site.Entry) *site.Site {
	alone := *s
	alone.Entries = nil
	if e != nil {
		alone.Entries = []site.Entry{*e}
	}
	return &alone
}

func componentChanges(before, after *site.Site, at time.Time) []string {
	was, is := before.At(at), after.At(at)
	var lines []string
	for i, c := range is.Components {
		if i >= len(was.Components) || len(was.Components[i].Regions) != len(c.Regions) {
			continue
		}
		type turn struct{ from, to site.Status }
		var turns []turn
		places := map[turn][]string{}
		for j, r := range c.Regions {
			t := turn{was.Components[i].Regions[j].Status, r.Status}
			if t.from == t.to {
				continue
			}
			if places[t] == nil {
				turns = append(turns, t)
			}
			places[t] = append(places[t], r.Region)
		}
		for _, t := range turns {
			name := nameWithRegions(after, c.Component, places[t])
			lines = append(lines, fmt.Sprintf("%s: %s → %s", name, humanize(t.from), humanize(t.to)))
		}
	}
	return lines
}

// nameWithRegions names a component with the regions that are meant.
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

// printAnswer writes the sentence of the page: as of now, and where the entry
// begins only later, as of then.
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
