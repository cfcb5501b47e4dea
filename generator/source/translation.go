package source

import (
	"maps"
	"slices"

	"allclear/generator/diag"
	"allclear/generator/site"
)

// readPage reads a page, or a translation of one.
func readPage(f file, name, language string, d decoder, links linkTable) (p site.Page, to []contentLink, ok bool) {
	p = site.Page{Name: name, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	keys := pageKeys
	if language != "" {
		keys = translationKeys
	}
	for _, key := range front.keys {
		switch {
		case !known(keys, key.name):
			d.unknownKey(key, keys)
		case key.name == "title":
			p.Title, p.Pos = d.texts(key), key.value.pos
		case key.name == "draft":
			p.Draft = d.boolean(key, false)
		case key.name == "aliases":
			p.Aliases = d.aliases(key)
		}
	}
	if ok && language == "" && !has(front, "title") {
		d.problems.Error(f.at(0, f.lineEnd(0)), "missing-title", "add a line title: … to the front matter", "the page has no title")
	}
	r := newBodyReader(f, start, d, links)
	defer scratches.Put(r.scratch)
	p.Body = r.prose(pageLevel, section{blocks: r.doc.blocks, from: start, to: len(f.text)})
	return p, r.checker.links, ok
}

// readTranslation reads slug.de.md: a title and a body, both for slug.md.
func readTranslation(f file, kind site.Kind, slug string, d decoder, links linkTable) (e site.Entry, to []contentLink, ok bool) {
	d.day = f.likelyDay()
	e = site.Entry{Kind: kind, Slug: slug, Pos: f.whole()}
	front, start, ok := readFrontMatter(f, d.problems)
	for _, key := range front.keys {
		switch {
		case key.name == "title":
			e.Title.Default, _ = d.text(key)
			e.Pos = key.value.pos
		case known(keysOf(kind), key.name) || known(pageKeys, key.name):
			d.problems.Error(key.pos, "foreign-key", "write it in "+slug+".md, where it applies to every language",
				"a translation has only a title and text, not %q", key.name)
		default:
			d.unknownKey(key, translationKeys)
		}
	}
	b := readBody(f, start, kind, d, links)
	e.Summary, e.Plan, e.Updates, e.Report = b.summary, b.plan, b.updates, b.report
	return e, b.links, ok
}

// translate adds the texts of translations to their originals.
func (c collection) translate(texts []entryText, originals map[address]*entryText) {
	type translated struct {
		address
		language string
	}
	seen := map[translated]string{}
	for i := range texts {
		t := &texts[i]
		if t.language == "" {
			continue
		}
		original := originals[t.address()]
		if original == nil {
			c.problems.Error(diag.Pos{File: t.path}, "translation-of-nothing", "write "+t.slug+".md first",
				"there is no %s.md for this file to translate", t.slug)
			continue
		}
		if first, twice := seen[translated{t.address(), t.language}]; twice {
			c.problems.Error(diag.Pos{File: t.path}, "duplicate-slug", "keep one of the two",
				"this is a second translation of %s.md; the first is %s", t.slug, first)
			continue
		}
		seen[translated{t.address(), t.language}] = t.path
		original.parsedFile, t.parsedFile = original.copied(), t.copied()
		original.Entry.Translations = append(original.Entry.Translations, t.language)
		original.Entry.Hash = combinedHash(original.Entry.Hash, t.language, t.Entry.Hash)
		if !t.OK || !original.OK {
			continue
		}
		if t.folder == announcements {
			original.translateAnnouncement(t)
			continue
		}
		if t.folder == "pages" {
			original.Page.Title = withText(original.Page.Title, t.language, t.Page.Title.Default)
			original.Page.Body = withProse(original.Page.Body, t.language, t.Page.Body)
			continue
		}
		tr := translation{entryText: t, into: &original.Entry}
		tr.apply()
		original.Entry.Finalize()
	}
}

// copied returns a copy that may be changed.
func (s *parsedFile) copied() *parsedFile {
	own := *s
	own.Problems = slices.Clip(own.Problems)
	return &own
}

// translation adds the texts of one file to the entry that it translates.
type translation struct {
	*entryText
	into *site.Entry
}

// apply adds all texts.
func (t translation) apply() {
	t.into.Title = withText(t.into.Title, t.language, t.Entry.Title.Default)
	t.into.Summary = withProse(t.into.Summary, t.language, t.Entry.Summary)
	t.updates()
	t.report()
	t.plan()
}

// updates matches updates by their time and status.
func (t translation) updates() {
	used := make([]bool, len(t.Entry.Updates))
	t.into.Updates = slices.Clone(t.into.Updates) // the original's own list may be in the cache
	for i := range t.into.Updates {
		original := &t.into.Updates[i]
		n := -1
		for k, u := range t.Entry.Updates {
			if !used[k] && u.Time.Equal(original.Time) && u.Status == original.Status {
				n = k
				break
			}
		}
		if n < 0 {
			t.Problems.Warn(t.Entry.Pos, "missing-translation", "add it, with the same time",
				"the update on line %d of the original (%s) has no translation here", original.Pos.Line,
				original.Time.UTC().Format("2006-01-02 15:04 UTC"))
			continue
		}
		used[n] = true
		original.Body = withProse(original.Body, t.language, t.Entry.Updates[n].Body)
	}
	for k, u := range t.Entry.Updates {
		if !used[k] {
			t.Problems.Warn(u.Pos, "extra-translation", "use the status and time of the original", "the original has no such update")
		}
	}
}

// report adds the text of the report.
func (t translation) report() {
	switch {
	case t.into.Report == nil && t.Entry.Report == nil:
	case t.into.Report == nil:
		t.Problems.Warn(t.Entry.Report.Pos, "extra-translation", "", "the original has no report")
	case t.Entry.Report == nil:
		t.Problems.Warn(t.Entry.Pos, "missing-translation", "add it under the heading of a report",
			"the report on line %d of the original has no translation here", t.into.Report.Pos.Line)
	default:
		copied := *t.into.Report
		copied.Body = withProse(copied.Body, t.language, t.Entry.Report.Body)
		t.into.Report = &copied
	}
}

// plan adds the texts of the plan.
func (t translation) plan() {
	switch {
	case t.into.Plan == nil && t.Entry.Plan == nil:
	case t.into.Plan == nil:
		t.Problems.Warn(t.Entry.Plan.Pos, "extra-translation", "", "the original has no plan")
	case t.Entry.Plan == nil || len(t.Entry.Plan.Steps) != len(t.into.Plan.Steps):
		t.Problems.Warn(t.Entry.Pos, "missing-translation", "translate its steps one by one",
			"the plan on line %d of the original has no translation with the same number of steps", t.into.Plan.Pos.Line)
	default:
		copied := *t.into.Plan
		copied.Intro = withProse(copied.Intro, t.language, t.Entry.Plan.Intro)
		copied.Steps = slices.Clone(copied.Steps)
		for i := range copied.Steps {
			copied.Steps[i].Body = withProse(copied.Steps[i].Body, t.language, t.Entry.Plan.Steps[i].Body)
		}
		t.into.Plan = &copied
	}
}

// withText returns t with a text in one more language, without changing t.
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

// withProse returns p with a translation, without changing p.
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
