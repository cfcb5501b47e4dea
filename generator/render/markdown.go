package render

import (
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
	out := v.markdownHead(into, next)
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
		out = appendTexts(out, "\n", words(e.Summary), "\n")
	}
	out = v.planText(out, e.Plan, words)
	for _, u := range v.published() {
		if u.Time.After(v.now) {
			continue // an announcement may be dated in the future
		}
		body := words(u.Body)
		if u.Body.Empty() {
			body = v.defaultText(u)
		}
		out = appendTexts(out, "\n## ", escapeMarkdown(v.statusWord(u)), " — ")
		out = append(v.appendClock(out, u.Time), '\n')
		if body != "" {
			out = appendTexts(out, "\n", body, "\n")
		}
	}
	for _, d := range used {
		out = appendTexts(out, "\n", d, "\n")
	}
	return out
}

// appendTexts appends texts to out, one after another.
func appendTexts(out []byte, texts ...string) []byte {
	for _, text := range texts {
		out = append(out, text...)
	}
	return out
}

// markdownHead appends the title of an entry's Markdown page and the facts below it to
// out: phase, times, affected components, author and address.
func (v entryView) markdownHead(out []byte, next []time.Time) []byte {
	e := v.entry
	out = appendTexts(out, "# ", escapeMarkdown(v.text(e.Title)), "\n\n")
	fact := func(text string) { out = appendTexts(out, "- ", escapeMarkdown(text), "\n") }
	if !e.Notice() { // a notice has no phase
		fact(v.phaseWord(e.Phase(v.now)))
	}
	fact(v.tag())
	switch whole := e.Interval(v.now); {
	case e.Kind == site.Maintenance:
		fact(v.spanText(e.Start.Time, e.End.Time))
	case whole.End.IsZero():
		fact(v.clock(whole.Start))
	default:
		fact(v.spanText(whole.Start, whole.End))
	}
	for _, h := range e.Breakdown(v.named(), v.now) {
		fact(v.impactText(h))
	}
	if len(next) > 0 {
		var dates []string
		for _, at := range next {
			dates = append(dates, v.clock(at))
		}
		fact(v.say("entry.dates") + v.say("list.colon") + v.lang.Join(dates))
	}
	if e.Author != "" {
		fact(e.Author)
	}
	if v.url != "" {
		out = appendTexts(out, "- <", v.base(), entryPath(e), ">\n")
	}
	return out
}

// impactText describes what an entry did to a component: "Public API (Europe): Partial
// outage, 2025-07-25 06:32–07:04 UTC".
func (v entryView) impactText(h site.ComponentBreakdown) string {
	rows := make([]string, 0, len(h.Rows))
	for _, r := range h.Rows {
		when := ""
		if r.Window.End.IsZero() {
			when = v.clock(r.Window.Start)
		} else {
			when = v.spanText(r.Window.Start, r.Window.End)
		}
		row := v.statusName(r.Impact.Status, r.Impact.Label) + v.say("list.clause") + when
		if len(r.Regions) > 0 {
			var regions []string
			for _, id := range r.Regions {
				regions = append(regions, v.regionName(id))
			}
			row = v.say("card.placed", "what", row, "regions", v.lang.Join(regions))
		}
		rows = append(rows, row)
	}
	return v.text(h.Component.Name) + v.say("list.colon") + strings.Join(rows, v.say("list.semicolon"))
}

// planText appends the plan of a maintenance window as a task list to out.
func (v entryView) planText(out []byte, plan *site.Plan, words func(site.Prose) string) []byte {
	if plan == nil {
		return out
	}
	out = appendTexts(out, "\n## ", v.say("text.plan"), "\n\n")
	if !plan.Intro.Empty() {
		out = appendTexts(out, words(plan.Intro), "\n\n")
	}
	for _, step := range plan.Steps {
		box := " "
		if step.Done {
			box = "x"
		}
		out = appendTexts(out, "- [", box, "] ", words(step.Body), "\n")
	}
	return out
}

// plainText returns a text without markup, in the page's language if it is translated.
// Links to the site's own pages have the whole address, if the site has one.
func (v pageView) plainText(p site.Prose) string {
	own, translated := p.In(v.lang.Tag)
	l := v.lang
	if !translated {
		l = v.languages[0]
	}
	text, rest := own.Text, own.Markup
	for v.url != "" && strings.Contains(text, "(/") {
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
		var room [256]byte
		text = string(appendOneLine(room[:0], stripControls(text)))
	}
	if !strings.ContainsAny(text, "\\`*_[]<#") {
		return text
	}
	return markdownMarks.Replace(text)
}

// markdownMarks escapes the characters that mean something in Markdown.
var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)
