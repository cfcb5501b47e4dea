package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/news"

	"github.com/spf13/cobra"
)

// diffSection is a part of what diff prints, with its lines.
type diffSection struct {
	title string
	lines []string
}

// print prints a comparison.
func (c comparison) print(cmd *cobra.Command, v snapshot, format string) error {
	switch format {
	case "json":
		return printJSON(cmd.OutOrStdout(), c)
	case "markdown":
		_, err := io.WriteString(cmd.OutOrStdout(), c.markdown(v))
		return err
	}
	_, err := io.WriteString(cmd.OutOrStdout(), c.text(v))
	return err
}

// heading says what is compared with what.
func (c comparison) heading(v snapshot) string {
	if c.BuiltAt == nil {
		return fmt.Sprintf("%s, where nothing is published yet → these files, as of %s", c.From, v.clock(c.At))
	}
	return fmt.Sprintf("%s as of %s → these files, as of %s", c.From, v.clock(*c.BuiltAt), v.clock(c.At))
}

// olderVersion says why nothing is known about entries.
const olderVersion = "an older version of allclear published this site: until you publish again, only components and the answer " +
	"can be compared"

// text returns a comparison for a terminal.
func (c comparison) text(v snapshot) string {
	var out strings.Builder
	out.WriteString(diag.Printable(c.heading(v)) + "\n")
	if c.incomplete {
		out.WriteString(olderVersion + "\n")
	}
	if c.Identical {
		out.WriteString("no differences\n")
	}
	for _, s := range c.sections(v) {
		out.WriteString("\n" + s.title + "\n")
		for _, line := range s.lines {
			out.WriteString("  " + diag.Printable(line) + "\n")
		}
	}
	return out.String()
}

// Limits of a comment on a pull request: GitHub takes 65,536 characters.
const (
	commentLines = 25  // of a section
	commentWidth = 400 // characters of a line
	commentBytes = 60_000
)

// markdown returns a comparison for a comment on a pull request. Its first line is a
// comment in HTML, by which the next run finds the comment again.
func (c comparison) markdown(v snapshot) string {
	var out strings.Builder
	out.WriteString("<!-- allclear diff -->\n### What publishing this changes\n\n" + markdownText(c.heading(v)) + "\n")
	if c.incomplete {
		out.WriteString("\n" + markdownText(olderVersion) + "\n")
	}
	if c.Identical {
		out.WriteString("\nNo differences.\n")
	}
	for _, s := range c.sections(v) {
		out.WriteString("\n**" + capitalize(s.title) + "**\n\n")
		for i, line := range s.lines {
			if runes := []rune(line); len(runes) > commentWidth {
				line = string(runes[:commentWidth]) + "…"
			}
			item := "- " + markdownText(line) + "\n"
			if i == commentLines || out.Len()+len(item) > commentBytes {
				fmt.Fprintf(&out, "- and %d more\n", len(s.lines)-i)
				break
			}
			out.WriteString(item)
		}
	}
	return out.String()
}

// markdownText writes a text so that a comment shows it as it is: nothing of it is markup,
// and it calls no user, team or issue.
func markdownText(text string) string {
	var out strings.Builder
	for _, r := range diag.Printable(text) {
		switch {
		case r == '@' || r == '#':
			out.WriteString(string(r) + "<!-- -->")
		case r == '$':
			out.WriteString("<span>$</span>") // else GitHub shows what is between two as a formula
		case r == '<':
			out.WriteString("&lt;")
		case r == '&':
			out.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]()!|~>", r):
			out.WriteString("\\" + string(r))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// sections returns what differs, in words.
func (c comparison) sections(v snapshot) []diffSection {
	var list []diffSection
	add := func(title string, lines []string) {
		if len(lines) > 0 {
			list = append(list, diffSection{title, lines})
		}
	}
	add("addresses that would vanish", vanishedLines(c.Vanished))
	if a := c.Answer; a != nil {
		add("overall", []string{wordOrNone(a.From) + " → " + a.To + clockNote(a.ByClock)})
	}
	add("components", componentLines(c.Components))
	add("incidents and maintenance", c.entryLines(v))
	add("updates", c.updateLines(v))
	add("announcements", postLines(c.Announcements))
	add("pages", postLines(c.Pages))
	add("feeds", feedLines(c.Feeds))
	add("calendar", calendarLines(c.Calendar, v))
	add("notify", c.notifyLines(v))
	var lines []string
	for _, u := range c.Uptime {
		lines = append(lines, fmt.Sprintf("%s, %s: %s → %s", u.Name, u.Month, percentOrNone(u.From), percentOrNone(u.To)))
	}
	add("uptime", lines)
	add("reports", reportLines(c.Reports))
	return list
}

// reportLines returns the figures of reports that differ.
func reportLines(list []news.ReportChange) []string {
	var lines []string
	for _, r := range list {
		from, to := shortened(r.From, r.To)
		lines = append(lines, fmt.Sprintf("report %s: %s %s → %s", r.Period, r.Name, percentOrNone(from), percentOrNone(to)))
	}
	return lines
}

// shortened cuts two percentages to as few decimals as show that they differ, at least two.
func shortened(a, b string) (string, string) {
	cut := func(percent string, decimals int) string {
		if dot := strings.IndexByte(percent, '.'); dot >= 0 {
			return percent[:min(len(percent), dot+1+decimals)]
		}
		return percent
	}
	decimals := 2
	for decimals < max(len(a), len(b)) && cut(a, decimals) == cut(b, decimals) {
		decimals++
	}
	return cut(a, decimals), cut(b, decimals)
}

// clockNote marks what happens without an edit.
func clockNote(byClock bool) string {
	if byClock {
		return " (by the clock)"
	}
	return ""
}

// wordOrNone returns a status word for people, or "none".
func wordOrNone(word string) string {
	if word == "" {
		return "none"
	}
	return strings.ReplaceAll(word, "_", " ")
}

func percentOrNone(percent string) string {
	if percent == "" {
		return "no figure"
	}
	return percent + " %"
}

func vanishedLines(addresses []string) []string {
	var lines []string
	for _, a := range addresses {
		lines = append(lines, "/"+a)
	}
	return lines
}

func componentLines(list []news.ComponentChange) []string {
	var lines []string
	for _, c := range list {
		name := c.Name
		if c.Region != "" {
			name += " (" + c.Region + ")"
		}
		text := name + ": " + wordOrNone(c.From) + " → " + wordOrNone(c.To)
		switch {
		case c.From == "":
			text = "new: " + name + ", " + wordOrNone(c.To)
		case c.To == "":
			text = "not listed any more: " + name
		}
		lines = append(lines, text+clockNote(c.ByClock))
	}
	return lines
}

func (c comparison) entryLines(v snapshot) []string {
	var lines []string
	for _, e := range c.Entries {
		text := fmt.Sprintf("%s %s: %s, /%s", e.Change, e.Kind, e.Title, e.Path)
		for _, d := range e.Details {
			text += fmt.Sprintf("; %s: %s → %s", d.What, detailValue(d.From, v), detailValue(d.To, v))
		}
		lines = append(lines, text+clockNote(e.ByClock))
	}
	return lines
}

// detailValue returns a value of a detail; an instant in the site's zone.
func detailValue(value string, v snapshot) string {
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return v.clock(t)
	}
	return wordOrNone(value)
}

func (c comparison) updateLines(v snapshot) []string {
	var lines []string
	for _, u := range c.Updates {
		text := fmt.Sprintf("%s: %s, %s: %s, /%s", u.Change, capitalize(wordOrNone(u.Status)), v.clock(u.At), u.Entry, u.Path)
		lines = append(lines, text+clockNote(u.ByClock))
	}
	return lines
}

func postLines(list []news.PostChange) []string {
	var lines []string
	for _, p := range list {
		lines = append(lines, fmt.Sprintf("%s: %s, /%s", p.Change, p.Title, p.Path)+clockNote(p.ByClock))
	}
	return lines
}

func feedLines(f news.FeedChanges) []string {
	var lines []string
	if f.New > 0 {
		lines = append(lines, "readers get "+count(f.New, "new item"))
	}
	if f.Edited > 0 {
		lines = append(lines, count(f.Edited, "item")+" with another text, which readers show again or not")
	}
	if f.Vanished > 0 {
		lines = append(lines, count(f.Vanished, "item")+" gone, which readers keep")
	}
	return lines
}

func calendarLines(list []news.CalendarChange, v snapshot) []string {
	var lines []string
	span := func(from time.Time, to *time.Time) string {
		if to == nil {
			return v.clock(from)
		}
		return v.clock(from) + " to " + v.clock(*to)
	}
	for _, c := range list {
		text := c.Change + ": " + c.Title + ", "
		if c.From != nil {
			text += span(*c.From, c.Until) + " → "
		}
		text += span(c.Start, c.End)
		if c.Silent {
			text += "; nobody hears of it: add an update, as allclear update does"
		}
		lines = append(lines, text)
	}
	return lines
}
