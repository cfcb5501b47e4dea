package render

import (
	"sync"
	"time"
)

// item is a publication in one language. It stands in the feeds of the site, of
// its components and of their groups: what they say of it is found once, and
// written once in each format.
type item struct {
	link, title, author, html string
	labels                    []string
	time                      time.Time

	rss, atom, json func() ([]byte, error)
}

// itemMaker gives a publication's item, the same one each time.
func (v view) itemMaker() func(publication) *item {
	var mu sync.Mutex
	made := map[publication]func() *item{}
	return func(p publication) *item {
		mu.Lock()
		one := made[p]
		if one == nil {
			one = sync.OnceValue(func() *item { return v.item(p) })
			made[p] = one
		}
		mu.Unlock()
		return one()
	}
}

func (v view) item(p publication) *item {
	i := &item{
		link: v.permalink(p), title: v.headline(p), author: v.author(p.entry), html: v.bodyHTML(p),
		labels: v.labels(p.entry), time: p.update.Time,
	}
	i.rss = sync.OnceValues(func() ([]byte, error) { return encodeElement("item", 2, v.rssItem(i)) })
	i.atom = sync.OnceValues(func() ([]byte, error) { return encodeElement("entry", 1, v.atomEntry(i)) })
	i.json = sync.OnceValues(func() ([]byte, error) { return encodeJSON(v.jsonFeedItem(i)) })
	return i
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
