package importer

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/source"
)

// finish completes the plan: the files, and where each loss is written.
func (p *preparer) finish() {
	p.plan.Files = p.files(nil)
	for _, f := range p.plan.Files {
		if mark, marked := p.plan.Ledger[f.Path]; marked {
			mark.Written = digest(f.Data)
			p.plan.Ledger[f.Path] = mark
		}
	}
	if len(p.plan.Files) == 0 {
		p.plan.Losses = nil
	}
	p.plan.Losses = slices.DeleteFunc(p.plan.Losses, func(l Loss) bool {
		return l.entry != nil && p.entries[l.entry.path] == nil
	})
	for i := range p.plan.Losses {
		l := &p.plan.Losses[i]
		name, mark := siteFile, l.mark
		switch {
		case l.entry != nil:
			name, l.Entry = l.entry.path, l.entry.path
		case strings.HasPrefix(mark, "component ") || strings.HasPrefix(mark, "group ") || strings.HasPrefix(mark, "region "):
			name = manifestFile
		}
		d := p.documents[name]
		if d == nil || len(d.lines) == 0 {
			continue
		}
		at := d.marks[mark]
		if at == 0 && mark == "impacts" { // a single impact stands at the top
			at = d.marks["components"]
		}
		l.Written = Place{File: name, Line: p.lead(name) + max(1, at)}
	}
	slices.SortStableFunc(p.plan.Losses, func(a, b Loss) int { return strings.Compare(a.Written.File, b.Written.File) })
}

// lead returns how many lines of a file are those of a person.
func (p *preparer) lead(name string) int {
	if p.entries[name] != nil {
		return 0
	}
	return p.before(name)
}

// translations adds the files that translate an entry.
func (p *preparer) translations() {
	for name, e := range p.entries {
		for _, t := range e.Translations {
			w := writing{zone: p.writing.zone, language: t.Language}
			d := &document{}
			d.add("", "---")
			d.key("title", source.WriteText(plainTitle(t.Title)))
			d.add("", "---")
			w.body(d, &Entry{Summary: t.Summary, Updates: t.Updates, Report: t.Report})
			p.documents[strings.TrimSuffix(name, path.Ext(name))+"."+t.Language+".md"] = d
		}
	}
}
