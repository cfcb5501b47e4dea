package source

import (
	"maps"
	"slices"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// readPage reads a free page, or a translation of one.
func readPage(f file, name, language string, d decoder, links linkTable) (p site.Page, to []contentLink, ok bool) {
	p = site.Page{Name: name, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	keys := PageKeys
	if language != "" {
		keys = TranslationKeys
	}
	for _, key := range front.keys {
		switch {
		case !known(keys, key.name):
			d.unknownKey(key, keys)
		case key.name == "title":
			p.Title, p.Pos = d.texts(key), key.value.pos
		case key.name == "draft":
			p.Draft = d.boolean(key, false)
		}
	}
	if ok && language == "" && !said(front, "title") {
		d.problems.Error(f.at(0, f.lineEnd(0)), "missing-title", "add a line title: … to the front matter", "the page has no title")
	}
	r := newBodyReader(f, start, d, links)
	defer desks.Put(r.desk)
	p.Body = r.prose(pageLevel, section{blocks: r.doc.blocks, from: start, to: len(f.text)})
	return p, r.judge.links, ok
}

// readTranslation reads slug.de.md: a title and a body, both for slug.md.
func readTranslation(f file, kind site.Kind, slug string, d decoder, links linkTable) (e site.Entry, to []contentLink, ok bool) {
	e = site.Entry{Kind: kind, Slug: slug, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	for _, key := range front.keys {
		switch {
		case key.name == "title":
			e.Title.Default, _ = d.text(key)
			e.Pos = key.value.pos
		case known(keysOf(kind), key.name) || known(PageKeys, key.name):
			d.problems.Error(key.pos, "foreign-key", "say it in "+slug+".md, where it counts for every language", "a translation holds only title and text, not %q", key.name)
		default:
			d.unknownKey(key, TranslationKeys)
		}
	}
	b := readBody(f, start, kind, d, links)
	e.Summary, e.Plan, e.Updates, e.Report = b.summary, b.plan, b.updates, b.report
	return e, b.links, ok
}

// translate gives every original the words of its translations.
func (c collection) translate(texts []entryText, originals map[string]*entryText) {
	seen := map[string]string{}
	for i := range texts {
		t := &texts[i]
		if t.language == "" {
			continue
		}
		key := t.folder + "/" + t.slug
		original := originals[key]
		if original == nil {
			c.problems.Error(diag.Pos{File: t.path}, "translation-of-nothing", "write "+t.slug+".md first", "there is no %s.md that this file translates", t.slug)
			continue
		}
		if first, twice := seen[key+"."+t.language]; twice {
			c.problems.Error(diag.Pos{File: t.path}, "duplicate-slug", "keep one of the two", "this is a second translation of %s.md; the first is %s", t.slug, first)
			continue
		}
		seen[key+"."+t.language] = t.path
		original.entry.Translations = append(original.entry.Translations, t.language)
		if !t.ok || !original.ok {
			continue
		}
		if t.folder == "pages" {
			original.page.Title = withText(original.page.Title, t.language, t.page.Title.Default)
			original.page.Body = withProse(original.page.Body, t.language, t.page.Body)
			continue
		}
		tr := translation{entryText: t, into: &original.entry}
		tr.apply()
	}
}

// translation carries one file's words into the entry that it translates.
type translation struct {
	*entryText
	into *site.Entry
}

func (t translation) apply() {
	t.into.Title = withText(t.into.Title, t.language, t.entry.Title.Default)
	t.into.Summary = withProse(t.into.Summary, t.language, t.entry.Summary)
	t.updates()
	t.report()
	t.plan()
}

// updates matches updates by their instant and word.
func (t translation) updates() {
	used := make([]bool, len(t.entry.Updates))
	t.into.Updates = slices.Clone(t.into.Updates) // the original's own may be remembered as they are
	for i := range t.into.Updates {
		original := &t.into.Updates[i]
		n := -1
		for k, u := range t.entry.Updates {
			if !used[k] && u.Time.Equal(original.Time) && u.Status == original.Status {
				n = k
				break
			}
		}
		if n < 0 {
			t.problems.Warn(t.entry.Pos, "missing-translation", "add it, with the same time", "the update in line %d of the original (%s) has no translation here", original.Pos.Line, original.Time.UTC().Format("2006-01-02 15:04 UTC"))
			continue
		}
		used[n] = true
		original.Body = withProse(original.Body, t.language, t.entry.Updates[n].Body)
	}
	for k, u := range t.entry.Updates {
		if !used[k] {
			t.problems.Warn(u.Pos, "extra-translation", "use the status and time of the original", "the original has no such update")
		}
	}
}

func (t translation) report() {
	switch {
	case t.into.Report == nil && t.entry.Report == nil:
	case t.into.Report == nil:
		t.problems.Warn(t.entry.Report.Pos, "extra-translation", "", "the original has no report")
	case t.entry.Report == nil:
		t.problems.Warn(t.entry.Pos, "missing-translation", "add it under the heading of a report", "the report in line %d of the original has no translation here", t.into.Report.Pos.Line)
	default:
		copied := *t.into.Report
		copied.Body = withProse(copied.Body, t.language, t.entry.Report.Body)
		t.into.Report = &copied
	}
}

func (t translation) plan() {
	switch {
	case t.into.Plan == nil && t.entry.Plan == nil:
	case t.into.Plan == nil:
		t.problems.Warn(t.entry.Plan.Pos, "extra-translation", "", "the original has no plan")
	case t.entry.Plan == nil || len(t.entry.Plan.Steps) != len(t.into.Plan.Steps):
		t.problems.Warn(t.entry.Pos, "missing-translation", "translate its steps one for one", "the plan in line %d of the original has no translation of as many steps", t.into.Plan.Pos.Line)
	default:
		copied := *t.into.Plan
		copied.Intro = withProse(copied.Intro, t.language, t.entry.Plan.Intro)
		copied.Steps = slices.Clone(copied.Steps)
		for i := range copied.Steps {
			copied.Steps[i].Body = withProse(copied.Steps[i].Body, t.language, t.entry.Plan.Steps[i].Body)
		}
		t.into.Plan = &copied
	}
}

func withText(t site.Text, language, text string) site.Text {
	if text == "" {
		return t
	}
	t.Other = maps.Clone(t.Other)
	if t.Other == nil {
		t.Other = map[string]string{}
	}
	t.Other[language] = text
	return t
}

func withProse(p site.Prose, language string, other site.Prose) site.Prose {
	if other.Empty() {
		return p
	}
	p.Other = maps.Clone(p.Other)
	if p.Other == nil {
		p.Other = map[string]site.Prose{}
	}
	p.Other[language] = other
	return p
}

// nearestSorted is diag.Nearest over names in any order, with one answer.
func nearestSorted(name string, all []string) string {
	slices.Sort(all)
	return diag.Nearest(name, all)
}
