package render

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// feedLength is how many publications a feed holds at most.
const feedLength = 50

// feed is what all three formats say.
type feed struct {
	title       string
	description string
	page        string // the address of the page that it belongs to
	folder      string // where it lives: "" or "components/<id>/"
	updated     time.Time
	items       []publication
}

// feeds are the site's three feeds, and the same for each component and group.
// A site without a URL has none: every link of a feed is absolute.
func (b *build) feeds() ([]File, error) {
	if b.url == "" {
		return nil, nil
	}
	all := sync.OnceValue(b.published)
	changed := sync.OnceValue(b.lastChange)
	l := b.languages[0]
	make := func(folder, page, name string, about func(*site.Component) bool) func() feed {
		return sync.OnceValue(func() feed {
			f := feed{title: l.Say("feed.title", "site", b.site.Title.Default), description: cmp.Or(b.site.Description.Default, l.Say("feed.description", "site", b.site.Title.Default)),
				page: b.url + page, folder: folder, updated: changed()}
			if name != "" {
				f.title = l.Say("feed.component", "site", b.site.Title.Default, "component", name)
				f.description = l.Say("feed.description", "site", name)
			}
			f.items = b.choose(all(), about)
			if len(f.items) > 0 {
				f.updated = f.items[0].update.Time
			}
			return f
		})
	}
	files := b.formats("", make("", "", "", nil))
	for i := range b.site.Components {
		c := &b.site.Components[i]
		folder := b.componentPath(c.ID)
		files = append(files, b.formats(folder, make(folder, folder, c.Name.Default, func(other *site.Component) bool { return other.ID == c.ID }))...)
	}
	for _, g := range b.site.Groups {
		folder := b.componentPath(g.ID)
		files = append(files, b.formats(folder, make(folder, "", g.Name.Default, func(c *site.Component) bool { return c.Group == g.ID }))...)
	}
	return files, nil
}

// choose takes the newest publications of entries that touch a component of the
// wanted ones; a nil wanted is all entries.
func (b *build) choose(all []publication, wanted func(*site.Component) bool) []publication {
	var chosen []publication
	touches := map[*site.Entry]bool{}
	for _, p := range all {
		if len(chosen) == feedLength {
			break
		}
		if wanted != nil {
			if _, known := touches[p.entry]; !known {
				touches[p.entry] = slices.ContainsFunc(b.site.Affected(p.entry, b.now), wanted)
			}
			if !touches[p.entry] {
				continue
			}
		}
		chosen = append(chosen, p)
	}
	return chosen
}

func (b *build) formats(folder string, f func() feed) []File {
	return []File{
		{Path: folder + "history.rss", Bytes: func() ([]byte, error) { return b.rss(f()) }},
		{Path: folder + "history.atom", Bytes: func() ([]byte, error) { return b.atom(f()) }},
		{Path: folder + "feed.json", Bytes: func() ([]byte, error) { return b.jsonFeed(f()) }},
	}
}
