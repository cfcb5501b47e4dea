package render

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"allclear/generator/site"
)

// item is a publication in one language. It stands in the feeds of the site, of
// its components and of their groups: what they say of it is found once, and
// written once in each format.
type item struct {
	time            time.Time
	rss, atom, json func() ([]byte, error)
	key             func() Key // the sum of all that the item says
}

// dispatch is what an item says, in all formats.
type dispatch struct {
	link, title, author, html string
	labels                    []string
	time                      time.Time
}

func (v view) item(p publication) *item {
	said := sync.OnceValue(func() dispatch { return v.final(p.entry).dispatch(p.update) })
	return &item{
		time: p.update.Time,
		rss:  sync.OnceValues(func() ([]byte, error) { return encodeElement("item", 2, v.rssItem(said())) }),
		atom: sync.OnceValues(func() ([]byte, error) { return encodeElement("entry", 1, v.atomEntry(said())) }),
		json: sync.OnceValues(func() ([]byte, error) { return encodeJSON(v.jsonFeedItem(said())) }),
		key: sync.OnceValue(func() Key {
			if k := v.key("item "+p.update.ID, []*site.Entry{p.entry}); k != (Key{}) {
				return k
			}
			return said().key()
		}),
	}
}

func (v entryView) dispatch(u *site.Update) dispatch {
	return dispatch{
		link: v.permalink(u), title: v.headline(u), author: v.author(), html: v.bodyHTML(u),
		labels: v.labels(), time: u.Time,
	}
}

func (d dispatch) key() (k Key) {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d", []string{d.link, d.title, d.author, d.html}, d.labels, d.time.Unix())
	h.Sum(k[:0])
	return k
}

// key is that of a feed in one of the formats: the sum of what it says itself and
// of the items.
func (f feed) key(v view, format string) (k Key) {
	shared := v.sum()
	if shared == (site.Sum{}) {
		return k
	}
	h := sha256.New()
	fmt.Fprintf(h, "feed %x %q %d", shared, []string{format, v.lang.Tag, f.title, f.description, f.page, f.folder}, f.updated.Unix())
	for _, i := range f.items {
		k := i.key()
		h.Write(k[:])
	}
	h.Sum(k[:0])
	return k
}

// each joins what a format makes of the items of a feed.
func (f feed) each(format func(*item) ([]byte, error)) ([]byte, error) {
	var all []byte
	for _, i := range f.items {
		written, err := format(i)
		if err != nil {
			return nil, err
		}
		all = append(all, written...)
	}
	return all, nil
}
