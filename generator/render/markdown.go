package render

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"allclear/generator/language"
	"allclear/generator/site"
)

// markdownPages returns the pages of entries and announcements as Markdown, for programs
// and for people who prefer it.
func (b *build) markdownPages() ([]File, error) {
	return b.inEach(func(v siteView) []File {
		announcements := b.ofAnnouncements(func(a *site.Announcement) File {
			one := v.announcement(a)
			return File{
				Path:   v.lang.Path(a.Path() + "index.md"),
				Key:    v.announcementKey("markdown announcement", a, func() announcementView { return one }),
				Append: func(into []byte) ([]byte, error) { return one.markdownPage(into), nil },
			}
		})
		return append(announcements, v.entryFiles(func(e *site.Entry) File {
			return File{
				Path: v.lang.Path(entryPath(e) + "index.md"), Key: v.settledKey("markdown page", func() any { return v.final(e) }, e),
				Append: func(into []byte) ([]byte, error) { return v.final(e).markdownPage(into, v.nextStarts(e)), nil },
			}
		})...)
	}), nil
}

// markdownPage appends the page of an entry as Markdown to into, with the next dates of
// its series.
func (v entryView) markdownPage(into []byte, next []time.Time) []byte {
	e := v.entry
	text := bytes.NewBuffer(into)
	write := func(parts ...string) {
		for _, part := range parts {
			text.WriteString(part)
		}
	}
	v.markdownHead(write, next)
	var used []string // definitions of links and footnotes, without duplicates
	known := map[string]bool{}
	words := func(p site.Prose) string {
		own, _ := p.In(v.lang.Tag)
		for _, d := range own.Definitions {
			if !known[d] {
				known[d] = true
				used = append(used, d)
			}
		}
		return strings.TrimSpace(own.Markdown)
	}
	if !e.Summary.Empty() {
		write("\n", words(e.Summary), "\n")
	}
	v.planText(text, e.Plan, words)
	for _, u := range v.published() {
		if u.Time.After(v.now) {
			continue // an announcement may be dated in the future
		}
		body := words(u.Body)
		if u.Body.Empty() {
			body = v.defaultText(u)
		}
		write("\n## ", escapeMarkdown(v.statusWord(u)), " — ", v.clock(u.Time), "\n")
		if body != "" {
			write("\n", body, "\n")
		}
	}
	for _, d := range used {
		write("\n", d, "\n")
	}
	return text.Bytes()
}

// markdownHead writes the title of an entry's Markdown page and the facts below it:
// phase, times, affected components, author and address.
func (v entryView) markdownHead(write func(...string), next []time.Time) {
	e := v.entry
	write("# ", escapeMarkdown(v.text(e.Title)), "\n\n")
	whole := e.Interval(v.now)
	when := v.clock(whole.Start)
	if e.Kind == site.Maintenance {
		when = v.spanText(e.Start.Time, e.End.Time)
	} else if !whole.End.IsZero() {
		when = v.spanText(whole.Start, whole.End)
	}
	facts := []string{v.phaseWord(e.Phase(v.now)), v.tag(), when}
	if e.Notice() { // a notice has no phase
		facts = facts[1:]
	}
	for _, h := range v.site.Breakdown(e, v.now) {
		facts = append(facts, v.impactText(h))
	}
	if len(next) > 0 {
		var dates []string
		for _, at := range next {
			dates = append(dates, v.clock(at))
		}
		facts = append(facts, v.say("entry.dates")+v.say("list.colon")+v.lang.Join(dates))
	}
	if e.Author != "" {
		facts = append(facts, e.Author)
	}
	for _, fact := range facts {
		write("- ", escapeMarkdown(fact), "\n")
	}
	if v.url != "" {
		write("- <", v.base(), entryPath(e), ">\n")
	}
}

// impactText describes what an entry did to a component: "Public API (Europe): Partial
// outage, 2025-07-25 06:32–07:04 UTC".
func (v entryView) impactText(h site.ComponentBreakdown) string {
	var rows []string
	for _, r := range h.Rows {
		row := v.statusName(r.Impact.Status, r.Impact.Label) + v.say("list.clause")
		if r.Window.End.IsZero() {
			row += v.clock(r.Window.Start)
		} else {
			row += v.spanText(r.Window.Start, r.Window.End)
		}
		var regions []string
		for _, id := range r.Regions {
			regions = append(regions, v.regionName(id))
		}
		if len(regions) > 0 {
			row = v.say("card.placed", "what", row, "regions", v.lang.Join(regions))
		}
		rows = append(rows, row)
	}
	return v.text(h.Component.Name) + v.say("list.colon") + strings.Join(rows, v.say("list.semicolon"))
}

// planText writes the plan of a maintenance window as a task list.
func (v entryView) planText(text *bytes.Buffer, plan *site.Plan, words func(site.Prose) string) {
	if plan == nil {
		return
	}
	fmt.Fprintf(text, "\n## %s\n\n", v.say("text.plan"))
	if !plan.Intro.Empty() {
		fmt.Fprintf(text, "%s\n\n", words(plan.Intro))
	}
	for _, step := range plan.Steps {
		box := " "
		if step.Done {
			box = "x"
		}
		fmt.Fprintf(text, "- [%s] %s\n", box, words(step.Body))
	}
}

// plainText returns a text without markup, in the page's language if it is translated.
// Links to the site's own pages have the whole address, if the site has one.
func (v pageView) plainText(p site.Prose) string {
	own, translated := p.In(v.lang.Tag)
	l := v.lang
	if !translated && !l.Default {
		l = v.languages[0]
	}
	text, rest := own.Text, own.Markup
	for v.url != "" {
		_, link, found := strings.Cut(rest, linkStart)
		if !found {
			break
		}
		address, after, _ := strings.Cut(link, `"`)
		folder := ""
		page, suffix, isPage := strings.Cut(address, site.IndexMark)
		if isPage {
			folder = v.lang.Path("")
		}
		shown := html.UnescapeString(page + suffix)
		text, rest = strings.Replace(text, " (/"+shown+")", " ("+v.url+folder+shown+")", 1), after
	}
	return withAlertWords(text, l)
}

// withAlertWords returns a text without markup in which each alert begins with its word in
// a language: "Warning: Mail may be lost."
func withAlertWords(text string, l *language.Language) string {
	if strings.Contains(text, site.AlertMark) {
		for _, kind := range site.Alerts {
			text = strings.ReplaceAll(text, site.AlertMark+kind+site.AlertMark, l.Say("alert."+kind)+l.Say("list.colon"))
		}
	}
	return text
}

// escapeMarkdown returns a plain text on one line, escaped so that Markdown shows it as
// it is.
func escapeMarkdown(text string) string {
	if !oneLine(text) {
		text = strings.Join(strings.Fields(stripControls(text)), " ")
	}
	if !strings.ContainsAny(text, "\\`*_[]<#") {
		return text
	}
	return markdownMarks.Replace(text)
}

// oneLine reports whether a text is one line of ASCII with single spaces between words.
// Most texts are, and then need no further work.
func oneLine(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = text[i]
	}
	return last != ' '
}

// markdownMarks escapes the characters that mean something in Markdown.
var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)
