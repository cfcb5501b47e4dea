package main

import (
	"strings"

	"allclear/generator/site"
	"allclear/generator/source"
)

// checkAdded returns an error unless the file has exactly one update more, or the report,
// and is otherwise the same. A text could contain headings that start other updates.
func checkAdded(before, after *site.Entry, a source.Update) error {
	texts := map[string]int{}
	said := func(u site.Update) string {
		return u.Time.String() + u.Status.String() + u.Body.Markdown + strings.Join(u.Body.Definitions, "\n")
	}
	for _, u := range after.Updates {
		texts[said(u)]++
	}
	for _, u := range before.Updates {
		texts[said(u)]--
	}
	more := 1
	if a.Silent || a.Status == site.Postmortem {
		more = 0
	}
	lost := len(after.Updates) != len(before.Updates)+more
	for _, n := range texts {
		lost = lost || n < 0
	}
	sameReport := after.Report == nil
	if r := before.Report; r != nil && !r.Whole {
		sameReport = after.Report != nil && after.Report.Body.Markdown == r.Body.Markdown
	}
	if a.Silent {
		sameReport = (before.Report == nil) == (after.Report == nil)
	}
	if a.Status == site.Postmortem && !a.Silent {
		sameReport = after.Report != nil && !after.Report.Whole
	}
	if lost || !sameReport {
		return errorf("remove update headings from the text, and close every code block in the file",
			"the update would change other parts of %s; the file was not changed", before.Pos.File)
	}
	return nil
}

// checkWritten returns an error unless the new file has the times, title and statuses
// that were asked for.
func checkWritten(s *site.Site, before, after *site.Entry, a source.Update) error {
	const byHand = "edit the file by hand"
	wrong := ""
	switch phase := after.Phase(a.Time); {
	case a.Title != "" && after.Title.Default != a.Title:
		wrong = "the title"
	case !a.Start.IsZero() && !after.Start.Equal(a.Start):
		wrong = "the start"
	case !a.End.IsZero() && !after.End.Equal(a.End):
		wrong = "the end"
	case !a.NextUpdate.IsZero() && !after.NextUpdate.Equal(a.NextUpdate):
		wrong = "the next update"
	case a.Silent || a.Status == site.Note || a.Status == site.Postmortem:
	case phase != a.Status && !(a.Status == site.Resolved && phase == site.Postmortem):
		return errorf(byHand, "%s would be %s, not %s; the file was not changed", before.Pos.File, humanize(phase), humanize(a.Status))
	}
	if wrong != "" {
		return errorf(byHand, "%s of %s cannot be changed automatically; the file was not changed", wrong, before.Pos.File)
	}
	for _, change := range a.Statuses {
		c := s.Component(change.Component)
		for _, region := range change.Regions {
			if got := entryStatus(after, c, region, a.Time); got != change.Status {
				return errorf(byHand,
					"%s would be %s in %s, not %s; the file was not changed", c.ID, humanize(got), region, humanize(change.Status))
			}
		}
	}
	return nil
}
