package render

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"allclear/generator/site"
)

// item is a publication in one language. The feeds of the site, of components and of
// groups share it, so that its content is found once and encoded once in each format.
type item struct {
	view
	of      publication
	updated time.Time // when anything about it last changed

	finding sync.Once
	found   itemContent
	summing sync.Once
	sum     Key

	encoded encodedItem
}

// encodedItem is an item in each format, encoded when that is first asked for.
type encodedItem struct {
	encodingXML  sync.Once
	rss, atom    []byte // up to the text
	html         []byte // the text, as XML
	encodingJSON sync.Once
	json         []byte
	err          error // of json
}

// itemContent is the content of an item, the same in all formats.
type itemContent struct {
	link, title, author, html string
	labels                    []string
	time, updated             time.Time // when it was published; when it was last changed
}

// item returns a publication as an item.
func (v view) item(p publication) *item {
	if p.announcement != nil {
		return &item{view: v, of: p, updated: v.announcement(p.announcement).modified()}
	}
	return &item{view: v, of: p, updated: p.update.Time}
}

// content returns the content of the item.
func (i *item) content() itemContent {
	i.finding.Do(func() {
		if i.of.announcement != nil {
			i.found = i.announcement(i.of.announcement).itemContent()
		} else {
			i.found = i.final(i.of.entry).itemContent(i.of.update)
		}
	})
	return i.found
}

// key returns the Key of the item: of what it is made of if that has one, or else of its
// content.
func (i *item) key() Key {
	i.summing.Do(func() {
		switch p := i.of; {
		case p.announcement != nil:
			i.sum = i.view.key("announcement item", i.announcement(p.announcement))
		case !i.settledAt(p.entry).IsZero():
			i.sum = i.view.key("item", i.final(p.entry), p.update.ID)
		}
		if i.sum == (Key{}) {
			i.sum = i.view.key("item", i.content())
		}
	})
	return i.sum
}

// xml returns the item in RSS and in Atom, each up to its text, and the text.
func (i *item) xml() (rss, atom, text []byte) {
	one := &i.encoded
	one.encodingXML.Do(func() {
		d := i.content()
		w := xmlWriters.Get().(*xmlWriter)
		defer xmlWriters.Put(w)
		w.Reset()
		w.rssItem(d)
		length := w.Len()
		w.atomEntry(d, i.lang.Tag)
		both := bytes.Clone(w.Bytes())
		one.rss, one.atom, one.html = both[:length], both[length:], bytes.Clone(w.escape(d.html))
	})
	return one.rss, one.atom, one.html
}

// json returns the item in a JSON Feed.
func (i *item) json() ([]byte, error) {
	one := &i.encoded
	one.encodingJSON.Do(func() { one.json, one.err = encodeJSON(i.jsonFeedItem(i.content())) })
	return one.json, one.err
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

// appendItems appends a feed without items, and before its end the items, to into. write
// appends an item.
func (f feed) appendItems(into []byte, document any, end string, write func([]byte, *item) []byte) ([]byte, error) {
	into, err := appendXML(into, document)
	if err != nil {
		return nil, err
	}
	into, found := bytes.CutSuffix(into, []byte(end))
	if !found {
		return nil, fmt.Errorf("the feed does not end with %q", end)
	}
	for _, i := range f.items {
		into = write(into, i)
	}
	return append(into, end...), nil
}
