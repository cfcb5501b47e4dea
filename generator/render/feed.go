package render

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// feedLength is the largest number of items in a feed.
const feedLength = 50

// feed is what the three formats have in common.
type feed struct {
	feedHead
	items []*item
}

// feedHead is the part of a feed before its items.
type feedHead struct {
	title       string
	description string
	page        string // the absolute address of the page with the same content
	folder      string // the folder of the feed: "" or components/ID/
	updated     time.Time
}

// feeds returns the feeds of the site and of each component and group, in three formats
// and every language. There are none without a site URL, since the links in a feed are
// absolute.
func (b *build) feeds() ([]File, error) {
	if b.settings.url == "" {
		return nil, nil
	}
	byFeed := sync.OnceValue(b.byFeed)
	emptyFeedDate := sync.OnceValue(b.emptyFeedDate)
	return b.inEach(func(v siteView) []File { return v.feeds(byFeed, emptyFeedDate) }), nil
}

// feeds returns the feeds in the view's language.
func (v view) feeds(byFeed func() map[string][]publication, emptyFeedDate func() time.Time) []File {
	title := v.text(v.site.Title)
	items := sync.OnceValue(func() map[string][]*item { return v.items(byFeed()) })
	newFeed := func(folder, page, id, name string) func() feed {
		return sync.OnceValue(func() feed {
			f := feed{
				feedHead: feedHead{
					title:       v.say("feed.title", "site", title),
					description: cmp.Or(v.text(v.site.Description), v.say("feed.description", "site", title)),
					page:        v.base() + page,
					folder:      folder,
					updated:     emptyFeedDate(),
				},
			}
			if name != "" {
				f.title = v.say("feed.component", "site", title, "component", name)
				f.description = v.say("feed.description", "site", name)
			}
			f.items = items()[id]
			for i, item := range f.items {
				if i == 0 || item.updated.After(f.updated) {
					f.updated = item.updated
				}
			}
			return f
		})
	}
	files := v.feedFiles("", newFeed("", "", "", ""))
	for i := range v.site.Components {
		c := &v.site.Components[i]
		folder := componentPath(c.ID)
		files = append(files, v.feedFiles(folder, newFeed(folder, folder, c.ID, v.text(c.Name)))...)
	}
	for _, g := range v.site.Groups {
		folder := componentPath(g.ID)
		files = append(files, v.feedFiles(folder, newFeed(folder, "", g.ID, v.text(g.Name)))...)
	}
	return files
}

// items returns the items of each feed. Each publication is one item, however many feeds
// have it.
func (v view) items(byFeed map[string][]publication) map[string][]*item {
	items, known := map[string][]*item{}, map[publication]*item{}
	for id, publications := range byFeed {
		list := make([]*item, len(publications))
		for n, p := range publications {
			if known[p] == nil {
				known[p] = v.item(p)
			}
			list[n] = known[p]
		}
		items[id] = list
	}
	return items
}

// byFeed returns the newest publications of each feed, by the id of its component or
// group; "" is the site's own feed.
func (x *index) byFeed() map[string][]publication {
	byFeed := map[string][]publication{}
	open := 1 + len(x.settings.site.Components) + len(x.settings.site.Groups) // how many feeds are not full yet
	for _, p := range x.publications() {
		if open == 0 {
			break
		}
		for _, id := range subjects(x.about(p)) {
			if len(byFeed[id]) == feedLength {
				continue
			}
			if byFeed[id] = append(byFeed[id], p); len(byFeed[id]) == feedLength {
				open--
			}
		}
	}
	return byFeed
}

// about returns the components that a publication is about.
func (x *index) about(p publication) []*site.Component {
	if p.announcement != nil {
		return x.settings.site.NamedIn(p.announcement)
	}
	return x.affected(p.entry)
}

// subjects returns the ids of the feeds and calendars in which something about these
// components appears: "" for the site's, and the ids of the components and of their
// groups.
func subjects(about []*site.Component) []string {
	ids := make([]string, 1, 1+2*len(about))
	for _, c := range about {
		ids = append(ids, c.ID)
		if !slices.Contains(ids, c.Group) {
			ids = append(ids, c.Group)
		}
	}
	return ids
}

// feedFiles returns a feed in the three formats.
func (v view) feedFiles(folder string, f func() feed) []File {
	file := func(name string, write func([]byte, feed) ([]byte, error)) File {
		file := File{Path: v.lang.Path(folder + name), Append: func(into []byte) ([]byte, error) { return write(into, f()) }}
		if v.keyed() {
			file.Key = func() Key { return f().key(v, name) }
		}
		return file
	}
	return []File{file("history.rss", v.rss), file("history.atom", v.atom), file("feed.json", v.jsonFeed)}
}
