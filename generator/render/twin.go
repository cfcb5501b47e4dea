package render

import (
	"fmt"
	"strings"

	"allclear/generator/site"
)

// twins are the entries' pages as Markdown, for programs and people that would
// rather read that.
func (b *build) twins() ([]File, error) {
	return b.inEach(func(v view) []File {
		var files []File
		for i := range v.site.Entries {
			e := &v.site.Entries[i]
			if e.Visible(v.now) {
				files = append(files, File{Path: v.lang.in(v.entryPath(e) + "index.md"), Bytes: func() ([]byte, error) { return v.twin(e), nil }})
			}
		}
		return files
	}), nil
}

func (v view) twin(e *site.Entry) []byte {
	var text strings.Builder
	text.Grow(v.searchSize(e))
	fmt.Fprintf(&text, "# %s\n\n", literal(v.text(e.Title)))
	whole := e.Whole(v.now)
	when := v.clock(whole.Start)
	if e.Kind == site.Maintenance {
		when = v.spanText(e.Start.Time, e.End.Time)
	} else if !whole.End.IsZero() {
		when = v.spanText(whole.Start, whole.End)
	}
	facts := []string{v.say("word." + e.Phase(v.now).String()), v.say("severity." + e.SeverityAt(v.now).String()), when}
	for _, fact := range facts {
		fmt.Fprintf(&text, "- %s\n", literal(fact))
	}
	for _, h := range v.site.Harms(e, v.now) {
		fmt.Fprintf(&text, "- %s\n", literal(v.impactText(h)))
	}
	if e.Author != "" {
		fmt.Fprintf(&text, "- %s\n", literal(e.Author))
	}
	if v.url != "" {
		fmt.Fprintf(&text, "- <%s>\n", v.base()+v.entryPath(e))
	}
	if !e.Summary.Empty() {
		fmt.Fprintf(&text, "\n%s\n", v.markdown(e.Summary))
	}
	v.planText(&text, e.Plan)
	told := v.told(e)
	for i := range told {
		u := &told[i]
		p := publication{e, u}
		words := v.markdown(u.Body)
		if u.Auto {
			words = v.automatic(p)
		}
		fmt.Fprintf(&text, "\n## %s — %s\n", literal(v.wordOf(p)), v.clock(u.Time))
		if words != "" {
			fmt.Fprintf(&text, "\n%s\n", words)
		}
	}
	return []byte(text.String())
}

// impactText is what an entry did to a component: "Public API (Europe): Partial
// outage, 2025-07-25 06:32-07:04 UTC".
func (v view) impactText(h site.Harm) string {
	var rows []string
	for _, r := range h.Rows {
		row := v.shown(r.Impact.Status, r.Impact.Label) + v.say("list.comma")
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
			row += " (" + v.lang.Join(regions) + ")"
		}
		rows = append(rows, row)
	}
	return v.text(h.Component.Name) + v.say("list.colon") + strings.Join(rows, v.say("list.semicolon"))
}

func (v view) planText(text *strings.Builder, plan *site.Plan) {
	if plan == nil {
		return
	}
	fmt.Fprintf(text, "\n## %s\n\n", v.say("text.plan"))
	if !plan.Intro.Empty() {
		fmt.Fprintf(text, "%s\n\n", v.markdown(plan.Intro))
	}
	for _, step := range plan.Steps {
		box := " "
		if step.Done {
			box = "x"
		}
		fmt.Fprintf(text, "- [%s] %s\n", box, v.markdown(step.Body))
	}
}

// markdown is what the operator wrote, in the language where it is translated.
func (v view) markdown(p site.Prose) string {
	own, _ := p.In(v.lang.Tag)
	return strings.TrimSpace(own.Markdown)
}

// plainly is the same in plain words.
func (v view) plainly(p site.Prose) string {
	own, _ := p.In(v.lang.Tag)
	return own.Text
}

// literal keeps a plain text from meaning anything in Markdown.
func literal(text string) string {
	text = strings.Join(strings.Fields(plain(text)), " ")
	if !strings.ContainsAny(text, "\\`*_[]<#") {
		return text
	}
	return markdownMarks.Replace(text)
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)
