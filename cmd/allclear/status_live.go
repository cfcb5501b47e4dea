package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/news"
	"allclear/generator/site"

	"github.com/spf13/cobra"
)

// What the files of a site say, compared with what is live.
const (
	filesSame    = "same"
	filesDiffer  = "differ"
	filesBroken  = "broken" // they have errors, and could not be published
	filesUnknown = "unknown"
)

// liveRecord is the output of status --live --format json.
type liveRecord struct {
	URL         string     `json:"url"`
	ReadAt      time.Time  `json:"read_at"`
	BuiltAt     time.Time  `json:"built_at"`
	Age         int64      `json:"age_seconds"` // since it was built
	Build       string     `json:"build"`
	Indicator   string     `json:"indicator"` // what visitors see, with what pages foresaw
	Description string     `json:"description"`
	NextChange  *time.Time `json:"next_change_at"`
	Overdue     bool       `json:"overdue"`     // it should have been built again by now
	Files       string     `json:"files"`       // same, differ, broken or unknown
	Differences int        `json:"differences"` // how many of them

	Components []news.Component `json:"components"`
	Copies     []liveCopy       `json:"copies"` // on other hosts
}

// printLive prints what visitors of the published site see now.
func (r readFlags) printLive(cmd *cobra.Command, format string) error {
	if r.at != "" {
		return usageErrorf("leave --at out", "--live shows what visitors see now, not at another time")
	}
	v, result, err := r.build(site.Hash{})
	if err != nil {
		return err
	}
	if v.site.URL == "" {
		return errorf("set url in content/site.yml to the address of the published site",
			"the site has no url, so nothing is known to be live")
	}
	state, err := liveState(cmd.Context(), v.site.URL, v.clockNow)
	if errors.Is(err, fs.ErrNotExist) {
		return errorf("publish the site, or correct url in content/site.yml",
			"nothing of allclear is published at %s: it has no state.json", v.site.URL)
	}
	if err != nil {
		return err
	}
	seen := state.Seen(v.clockNow)
	record := v.liveRecord(state, seen)
	record.Copies = v.liveCopies(cmd.Context())
	r.compareFiles(&record, v, &result, state)
	if format == "json" {
		err = printJSON(cmd.OutOrStdout(), record)
	} else {
		err = v.printLiveText(cmd.OutOrStdout(), record, seen)
	}
	if err == nil && record.Indicator != site.AllClear.String() {
		err = exitWith(exitNotOperational)
	}
	return err
}

// liveRecord returns what visitors see of a published state now.
func (v snapshot) liveRecord(state, seen news.State) liveRecord {
	return liveRecord{
		URL: v.site.URL, ReadAt: v.clockNow, BuiltAt: state.At.UTC(), Age: int64(v.clockNow.Sub(state.At).Seconds()), Build: state.Build,
		Indicator: seen.Indicator, Description: seen.Description, NextChange: state.NextChange, Overdue: state.Overdue(v.clockNow),
		Files: filesUnknown, Components: seen.Components,
	}
}

// compareFiles compares a published state with these files.
func (r readFlags) compareFiles(record *liveRecord, v snapshot, result *generator.Result, state news.State) {
	if v.problems.HasErrors() {
		record.Files = filesBroken
		return
	}
	c, err := diffFlags{readFlags: r}.compare(v, result, state)
	if err != nil || c.incomplete {
		return
	}
	record.Files, record.Differences = filesSame, c.edits()
	if record.Differences > 0 {
		record.Files = filesDiffer
	}
}

// edits returns how many differences are not the clock's doing.
func (c comparison) edits() int {
	n := len(c.Vanished)
	for _, e := range c.Entries {
		if !e.ByClock {
			n++
		}
	}
	for _, p := range slices.Concat(c.Announcements, c.Pages) {
		if !p.ByClock {
			n++
		}
	}
	for _, u := range c.Updates {
		if !u.ByClock {
			n++
		}
	}
	for _, d := range c.Components {
		if !d.ByClock && n == 0 { // else an entry is behind it
			n++
		}
	}
	return n
}

// printLiveText prints what visitors see now, as text.
func (v snapshot) printLiveText(w io.Writer, r liveRecord, state news.State) error {
	var out strings.Builder
	age := v.clockNow.Sub(r.BuiltAt)
	fmt.Fprintf(&out, "%s, at %s (built %s, %s)\n", r.URL, v.shortClock(v.clockNow), v.shortClock(r.BuiltAt), ago(age))
	style := styleFor(os.Stdout)
	sentence := style.Bold(diag.Printable(r.Description))
	if r.Indicator != site.AllClear.String() {
		sentence = style.Warning(diag.Printable(r.Description))
	}
	out.WriteString(sentence + "\n")
	v.liveEntries(&out, "open", state.Open)
	v.liveEntries(&out, "maintenance", state.Active)
	v.liveEntries(&out, "announced", state.Upcoming)
	liveComponents(&out, r.Components, state)
	v.copyLines(&out, r)
	out.WriteString("\n" + v.liveAdvice(r) + "\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// ago returns how long ago something was: "2 h 5 min ago".
func ago(d time.Duration) string {
	minutes := int(d / time.Minute)
	switch {
	case minutes < 1:
		return "just now"
	case minutes < 60:
		return fmt.Sprintf("%d min ago", minutes)
	case minutes < 48*60:
		return fmt.Sprintf("%d h %d min ago", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%d days ago", minutes/(24*60))
}

// liveEntries writes the entries that are open or announced.
func (v snapshot) liveEntries(out *strings.Builder, title string, list []news.Current) {
	for i, e := range list {
		if i == 0 {
			out.WriteString("\n" + title + "\n")
		}
		span := "since " + v.shortClock(e.Start)
		if e.Status == "scheduled" || title == "maintenance" {
			span = "from " + v.shortClock(e.Start)
			if e.End != nil {
				span += " to " + v.shortClock(*e.End)
			}
		}
		fmt.Fprintf(out, "  %s (%s, %s)\n", diag.Printable(e.Title), wordOrNone(e.Status), span)
	}
}

// liveComponents writes the components by group, and the regions of those that differ.
func liveComponents(out *strings.Builder, components []news.Component, state news.State) {
	names := map[string]string{}
	for _, n := range append(append([]news.Named(nil), state.Regions...), state.Groups...) {
		names[n.ID] = n.Name
	}
	out.WriteString("\ncomponents\n")
	group := ""
	for _, c := range components {
		indent := "  "
		if c.Group != nil {
			indent = "    "
			if *c.Group != group {
				out.WriteString("  " + diag.Printable(names[*c.Group]) + "\n")
			}
			group = *c.Group
		}
		fmt.Fprintf(out, "%s%s: %s\n", indent, diag.Printable(c.Name), diag.Printable(labelled(c.Status, c.Label)))
		for _, r := range c.Regions {
			if r.Region != nil && r.Status != c.Status {
				fmt.Fprintf(out, "%s  %s: %s\n", indent, diag.Printable(names[*r.Region]), diag.Printable(labelled(r.Status, r.Label)))
			}
		}
	}
}

// labelled returns a status in words, or the operator's word for it.
func labelled(status string, label *string) string {
	if label != nil && *label != "" {
		return *label
	}
	return wordOrNone(status)
}

// liveAdvice says what to do about what is live.
func (v snapshot) liveAdvice(r liveRecord) string {
	var lines []string
	switch r.Files {
	case filesSame:
		lines = append(lines, "these files say the same")
	case filesDiffer:
		lines = append(lines, "these files say something else ("+count(r.Differences, "difference")+"): allclear diff, then publish")
	case filesBroken:
		lines = append(lines, "these files have "+v.problems.Tally()+", so they cannot be published: allclear check")
	default:
		lines = append(lines, "whether these files say something else is unknown: "+olderVersion)
	}
	if r.Overdue {
		lines = append(lines, "the site was to be built again at "+v.shortClock(*r.NextChange)+
			" and was not: feeds and the API are out of date. Publish, or look why the schedule did not")
	} else if r.NextChange != nil {
		lines = append(lines, "next automatic change: "+v.shortClock(*r.NextChange))
	}
	return strings.Join(lines, "\n")
}
