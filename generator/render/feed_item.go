package render

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/site"
)

// item is a publication in one language. The feeds of the site, of components and of
// groups share it, so that its content is found once and encoded once in each format.
type item struct {
	updated         time.Time // when anything about it last changed
	rss, atom, json func() ([]byte, error)
	key             func() Key // returns a hash of the item's content
}

// itemContent is the content of an item, the same in all formats.
type itemContent struct {
	link, title, author, html string
	labels                    []string
	time, updated             time.Time // when it was published; when it was last changed
}

// item returns a publication as an item, encoded when it is asked for.
func (v view) item(p publication) *item {
	if p.announcement != nil {
		return v.announcementItem(p.announcement)
	}
	content := sync.OnceValue(func() itemContent { return v.final(p.entry).itemContent(p.update) })
	return v.itemOf(p.update.Time, content, func() Key {
		if !v.settledAt(p.entry).IsZero() {
			if k := v.key("item", v.final(p.entry), p.update.ID); k != (Key{}) {
				return k
			}
		}
		return v.key("item", content())
	})
}

// announcementItem returns an announcement as an item.
func (v view) announcementItem(a *site.Announcement) *item {
	one := v.announcement(a)
	content := sync.OnceValue(one.itemContent)
	return v.itemOf(one.modified(), content, func() Key {
		if k := v.key("announcement item", one); k != (Key{}) {
			return k
		}
		return v.key("item", content())
	})
}

// itemOf is the item that says something, known by a key.
func (v view) itemOf(updated time.Time, content func() itemContent, key func() Key) *item {
	return &item{
		updated: updated, key: sync.OnceValue(key),
		rss:  sync.OnceValues(func() ([]byte, error) { return encodeElement("item", 2, v.rssItem(content())) }),
		atom: sync.OnceValues(func() ([]byte, error) { return encodeElement("entry", 1, v.atomEntry(content())) }),
		json: sync.OnceValues(func() ([]byte, error) { return encodeJSON(v.jsonFeedItem(content())) }),
	}
}

// itemContent returns the content of an update for feeds.
func (v entryView) itemContent(u *site.Update) itemContent {
	return itemContent{
		link: v.permalink(u), title: v.headline(u), author: v.author(), html: v.bodyHTML(u),
		labels: v.labels(), time: u.Time, updated: u.Time,
	}
}

// key returns the Key of a feed in a format and language: a hash of its head and of its
// items' keys.
func (f feed) key(v view, format string) Key {
	items := make([]Key, len(f.items))
	for i := range f.items {
		items[i] = f.items[i].key()
	}
	return v.key("feed", format, v.lang, f.feedHead, items)
}

// joinItems returns the items of the feed, each encoded by format, one after another.
func (f feed) joinItems(format func(*item) ([]byte, error)) ([]byte, error) {
	written := make([][]byte, len(f.items))
	for n, i := range f.items {
		var err error
		if written[n], err = format(i); err != nil {
			return nil, err
		}
	}
	return slices.Concat(written...), nil
}
