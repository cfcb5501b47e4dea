package importer

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/site"
	"allclear/generator/source"
)

// File is a file to be written, by its path in the site's folder.
type File struct {
	Path    string
	Data    []byte
	Existed bool // a file of this name is there, and this one only adds to it
}

// State says what an import does with an entry.
type State string

// What an import may do with an entry.
const (
	New       State = "new"       // its file is written
	Kept      State = "kept"      // the site has it, and the source says nothing new
	Updated   State = "updated"   // nobody edited its file, and it gets what is new
	Outdated  State = "outdated"  // the source has news about it, which only --update writes
	Untouched State = "untouched" // the source has news about it, but a person edited its file
)

// Result is what an import does with one entry.
type Result struct {
	Path   string `json:"file"`
	Title  string `json:"title"`
	State  State  `json:"state"`
	Source Place  `json:"source"`
}

// Plan is everything that an import would write.
type Plan struct {
	Files    []File // sorted by path
	Results  []Result
	Losses   []Loss
	Problems []Problem
	Warnings map[string]int // of check about the new files, by rule
	Ledger   Ledger
}

// LedgerFile is the name of the file in the site's folder that holds the [Ledger].
const LedgerFile = ".allclear-import.json"

// Ledger remembers what an import wrote, so that a later one knows what a person edited.
type Ledger map[string]Mark

// Mark is what is remembered of a file: the SHA-256 of its bytes, and of what they were
// made from.
type Mark struct {
	Written string `json:"written"`
	From    string `json:"from"`
}

// PrepareOptions are the settings of [Prepare].
type PrepareOptions struct {
	Folder fs.FS // the site's folder as it is; nil if there is none yet
	Update bool  // files that nobody edited get what is new
	Ledger Ledger
	// Check finds the mistakes of a site's folder, those of its addresses included.
	// generator.Build does.
	Check func(folder fs.FS) diag.List
}

// preparer is the state of one [Prepare].
type preparer struct {
	opt       PrepareOptions
	src       *Source
	old       site.Site
	exists    bool // the folder has a site
	refused   bool // components.yml cannot take more components
	writing   writing
	languages []string
	byID      map[string]string    // the path of each known id and alias
	slugs     map[string]bool      // folder/slug
	addresses map[string]bool      // addresses that pages have or had, in lower case
	primary   map[string]*Entry    // whose own old address each is, in lower case
	documents map[string]*document // of files to be written, by path
	entries   map[string]*Entry
	repairs   map[string]int // how often each file was repaired
	plan      *Plan
}

// Prepare turns what another tool's files say into files of content. Everything that the
// site has already stays as it is.
func Prepare(src *Source, opt PrepareOptions) *Plan {
	p := &preparer{opt: opt, src: src, byID: map[string]string{}, slugs: map[string]bool{}, addresses: map[string]bool{},
		documents: map[string]*document{}, entries: map[string]*Entry{}, repairs: map[string]int{},
		primary: map[string]*Entry{},
		plan:    &Plan{Problems: src.Problems, Losses: src.Losses, Ledger: Ledger{}}}
	p.readSite()
	p.needComponent()
	p.matchComponents()
	p.normalizeAll()
	if p.writing.zone = source.ZoneNamed(cmp.Or(src.Site.Zone, "UTC")); p.exists || p.writing.zone == nil {
		p.writing.zone = p.old.Zone
	}
	for _, e := range src.Entries {
		if len(e.Aliases) == 0 {
			continue
		}
		if own, ok := source.OldAddress(e.Aliases[0]); ok && p.primary[strings.ToLower(own)] == nil {
			p.primary[strings.ToLower(own)] = e
		}
	}
	for _, e := range src.Entries {
		p.place(e)
	}
	p.settings()
	p.translations()
	p.verify()
	p.finish()
	return p.plan
}

// readSite reads the site that is there.
func (p *preparer) readSite() {
	p.old.Zone, p.languages = time.UTC, []string{"en"}
	if len(p.src.Site.Languages) > 0 {
		p.languages = p.src.Site.Languages
	}
	if p.opt.Folder != nil {
		if _, err := fs.Stat(p.opt.Folder, "content/site.yml"); err == nil {
			p.exists = true
		}
		p.old, _ = source.Read(p.opt.Folder, source.Options{Drafts: true})
	}
	if p.exists {
		p.languages = p.old.Languages
	}
	p.writing.language = p.languages[0]
	for i := range p.old.Entries {
		e := &p.old.Entries[i]
		p.know(e.Kind.Folder(), e.Slug, e.Pos.File, e.Aliases)
		if e.ID != "" {
			p.byID[strings.ToLower(e.ID)] = e.Pos.File
		}
	}
	for i := range p.old.Series {
		e := &p.old.Series[i]
		p.know("maintenance", e.Entry.Slug, e.Entry.Pos.File, nil)
	}
	for i := range p.old.Announcements {
		a := &p.old.Announcements[i]
		p.know("announcements", a.Slug, a.Pos.File, a.Aliases)
	}
}

// know remembers an entry that the site has.
func (p *preparer) know(folder, slug, file string, aliases []site.Ref) {
	p.slugs[folder+"/"+slug] = true
	p.byID["file "+folder+"/"+slug] = file
	p.addresses["/"+folder+"/"+slug+"/"] = true
	for _, a := range aliases {
		p.byID[strings.ToLower(a.ID)] = file
		p.addresses[strings.ToLower(a.ID)] = true
	}
}

// needComponent adds a component to a site that has none, since each needs at least one.
func (p *preparer) needComponent() {
	if len(p.src.Components) > 0 || len(p.old.Components) > 0 || len(p.src.Entries) == 0 {
		return
	}
	name := cmp.Or(p.src.Site.Title, "Website")
	c := Component{ID: ids{}.take(name, "website"), Name: name}
	p.src.Components = []Component{c}
	l := newLoss(nil, "no-systems", nil, "component "+c.ID)
	l.Field, l.Value = "components", name
	p.plan.Losses = append(p.plan.Losses, l)
}

// matchComponents finds the components and groups that the site has already, by id in the
// API or by id, and renames the others' references.
func (p *preparer) matchComponents() {
	byAPI, byID := map[string]string{}, map[string]bool{}
	for _, c := range p.old.Components {
		byID[strings.ToLower(c.ID)] = true
		if c.OwnID.ID != "" {
			byAPI[strings.ToLower(c.OwnID.ID)] = c.ID
		}
	}
	renamed := map[string]string{}
	p.src.Components = slices.DeleteFunc(p.src.Components, func(c Component) bool {
		if id := byAPI[strings.ToLower(c.APIID)]; c.APIID != "" && id != "" {
			renamed[c.ID] = id
			return true
		}
		return byID[strings.ToLower(c.ID)]
	})
	groups := map[string]bool{}
	for _, g := range p.old.Groups {
		groups[g.ID] = true
	}
	for i := range p.src.Components {
		if c := &p.src.Components[i]; groups[c.Group] {
			p.plan.Losses = append(p.plan.Losses, Loss{Kind: Changed, Rule: "ungrouped", Field: "group", Value: c.Name,
				Message: rules["ungrouped"].message,
				mark:    "component " + c.ID})
			c.Group = ""
		}
	}
	rename := func(list []string) {
		for i, id := range list {
			list[i] = cmp.Or(renamed[id], id)
		}
	}
	for _, e := range p.src.Entries {
		rename(e.Components)
		for i := range e.Impacts {
			rename(e.Impacts[i].Components)
		}
	}
}

// normalizeAll cleans texts and times of all entries, and leaves out those without a time.
func (p *preparer) normalizeAll() {
	p.src.Entries = slices.DeleteFunc(p.src.Entries, func(e *Entry) bool {
		p.clean(e)
		losses, ok := e.normalize()
		p.plan.Losses = append(p.plan.Losses, losses...)
		if !ok {
			p.plan.Problems = append(p.plan.Problems, Problem{Place: e.from.place(),
				Message: "nothing says when " + quoted(e.Title) + " was", Hint: "give it a date, or leave it out with --keep-going"})
		}
		return !ok
	})
	slices.SortStableFunc(p.src.Entries, func(a, b *Entry) int { return a.day().Compare(b.day()) })
}

// quoted returns a text in quotes for a message.
func quoted(text string) string { return `"` + shorten(text, 60) + `"` }

// day returns the time after which an entry's file is named.
func (e *Entry) day() time.Time {
	switch {
	case e.Kind == Announcement:
		return e.Posted
	case !e.Start.IsZero():
		return e.Start
	case len(e.Updates) > 0:
		return e.Updates[0].Time
	}
	return e.Posted
}

// clean turns the texts of an entry into Markdown that stays in its place.
func (p *preparer) clean(e *Entry) {
	note := func(mark string, from *node, found []finding) {
		for _, f := range found {
			l := newLoss(e, f.rule, from, mark)
			l.Field, l.Value = "text", f.value
			p.plan.Losses = append(p.plan.Losses, l)
		}
	}
	text := func(mark string, from *node, value *string, isReport bool) {
		clean, found := cleanText(*value)
		note(mark, from, found)
		clean, found = safeText(e, clean, isReport, p.languages)
		note(mark, from, found)
		*value = clean
	}
	e.Title = plainTitle(e.Title)
	if short := shorten(e.Title, 200); short != e.Title {
		note("title", nil, []finding{{"long-title", e.Title}})
		e.Title = short
	}
	if e.Title == "" {
		note("title", nil, []finding{{"title", ""}})
		e.Title = strings.ToUpper(e.Kind.String()[:1]) + e.Kind.String()[1:]
	}
	text("summary", nil, &e.Summary, len(e.Updates) == 0)
	for i := range e.Updates {
		text(updateMark(i), e.Updates[i].from, &e.Updates[i].Text, false)
	}
	text("report", nil, &e.Report, true)
	for i := range e.Translations {
		t := &e.Translations[i]
		slices.SortStableFunc(t.Updates, func(a, b Update) int { return a.Time.Compare(b.Time) })
		text("summary", t.from, &t.Summary, len(t.Updates) == 0)
		for k := range t.Updates {
			text(updateMark(k), t.Updates[k].from, &t.Updates[k].Text, false)
		}
	}
}
