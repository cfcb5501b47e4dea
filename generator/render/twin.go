package render

import (
	"fmt"
	"strings"

	"allclear/generator/site"
)

// twins are the entries' pages as Markdown, for programs and people that would
// rather read that.
func (b *build) twins() ([]File, error) {
	var files []File
	for i := range b.site.Entries {
		e := &b.site.Entries[i]
		if e.Visible(b.now) {
			files = append(files, File{Path: b.entryPath(e) + "index.md", Bytes: func() ([]byte, error) { return b.twin(e), nil }})
		}
	}
	return files, nil
}

func (b *build) twin(e *site.Entry) []byte {
	l := b.languages[0]
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\n", literal(e.Title.Default))
	whole := e.Whole(b.now)
	when := b.clock(whole.Start)
	if e.Kind == site.Maintenance {
		when = b.spanText(e.Start.Time, e.End.Time)
	} else if !whole.End.IsZero() {
		when = b.spanText(whole.Start, whole.End)
	}
	facts := []string{l.Say("word." + e.Phase(b.now).String()), l.Say("severity." + e.SeverityAt(b.now).String()), when}
	for _, fact := range facts {
		fmt.Fprintf(&text, "- %s\n", literal(fact))
	}
	for _, h := range b.site.Harms(e, b.now) {
		fmt.Fprintf(&text, "- %s\n", literal(b.impactText(h)))
	}
	if e.Author != "" {
		fmt.Fprintf(&text, "- %s\n", literal(e.Author))
	}
	if b.url != "" {
		fmt.Fprintf(&text, "- <%s>\n", b.url+b.entryPath(e))
	}
	if !e.Summary.Empty() {
		fmt.Fprintf(&text, "\n%s\n", strings.TrimSpace(e.Summary.Markdown))
	}
	b.planText(&text, e.Plan)
	for _, u := range b.told(e) {
		p := publication{e, u}
		words := strings.TrimSpace(u.Body.Markdown)
		if u.Auto {
			words = b.automatic(p)
		}
		fmt.Fprintf(&text, "\n## %s — %s\n", literal(b.wordOf(p)), b.clock(u.Time))
		if words != "" {
			fmt.Fprintf(&text, "\n%s\n", words)
		}
	}
	return []byte(text.String())
}

// impactText is what an entry did to a component: "Public API (Europe): Partial
// outage, 2025-07-25 06:32-07:04 UTC".
func (b *build) impactText(h site.Harm) string {
	var rows []string
	for _, r := range h.Rows {
		row := b.shown(r.Impact.Status, r.Impact.Label) + ", "
		if r.Window.End.IsZero() {
			row += b.clock(r.Window.Start)
		} else {
			row += b.spanText(r.Window.Start, r.Window.End)
		}
		var regions []string
		for _, id := range r.Regions {
			regions = append(regions, b.site.Region(id).Name.Default)
		}
		if len(regions) > 0 {
			row += " (" + strings.Join(regions, ", ") + ")"
		}
		rows = append(rows, row)
	}
	return h.Component.Name.Default + ": " + strings.Join(rows, "; ")
}

func (b *build) planText(text *strings.Builder, plan *site.Plan) {
	if plan == nil {
		return
	}
	fmt.Fprintf(text, "\n## %s\n\n", b.languages[0].Say("text.plan"))
	if !plan.Intro.Empty() {
		fmt.Fprintf(text, "%s\n\n", strings.TrimSpace(plan.Intro.Markdown))
	}
	for _, step := range plan.Steps {
		box := " "
		if step.Done {
			box = "x"
		}
		fmt.Fprintf(text, "- [%s] %s\n", box, strings.TrimSpace(step.Body.Markdown))
	}
}

// literal keeps a plain text from meaning anything in Markdown.
func literal(text string) string {
	return markdownMarks.Replace(strings.Join(strings.Fields(plain(text)), " "))
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`)
