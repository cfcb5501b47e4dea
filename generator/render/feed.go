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
	begun := sync.OnceValue(b.beginning)
	return b.inEach(func(v view) []File { return v.feeds(all, begun) }), nil
}

// feeds are those in one language.
func (v view) feeds(all func() []publication, begun func() time.Time) []File {
	title := v.text(v.site.Title)
	make := func(folder, page, name string, about func(*site.Component) bool) func() feed {
		return sync.OnceValue(func() feed {
			f := feed{title: v.say("feed.title", "site", title), description: cmp.Or(v.text(v.site.Description), v.say("feed.description", "site", title)),
				page: v.base() + page, folder: folder, updated: begun()}
			if name != "" {
				f.title = v.say("feed.component", "site", title, "component", name)
				f.description = v.say("feed.description", "site", name)
			}
			f.items = v.choose(all(), about)
			if len(f.items) > 0 {
				f.updated = f.items[0].update.Time
			}
			return f
		})
	}
	files := v.formats("", make("", "", "", nil))
	for i := range v.site.Components {
		c := &v.site.Components[i]
		folder := v.componentPath(c.ID)
		files = append(files, v.formats(folder, make(folder, folder, v.text(c.Name), func(other *site.Component) bool { return other.ID == c.ID }))...)
	}
	for _, g := range v.site.Groups {
		folder := v.componentPath(g.ID)
		files = append(files, v.formats(folder, make(folder, "", v.text(g.Name), func(c *site.Component) bool { return c.Group == g.ID }))...)
	}
	return files
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

func (v view) formats(folder string, f func() feed) []File {
	return []File{
		{Path: v.lang.in(folder + "history.rss"), Bytes: func() ([]byte, error) { return v.rss(f()) }},
		{Path: v.lang.in(folder + "history.atom"), Bytes: func() ([]byte, error) { return v.atom(f()) }},
		{Path: v.lang.in(folder + "feed.json"), Bytes: func() ([]byte, error) { return v.jsonFeed(f()) }},
	}
}
