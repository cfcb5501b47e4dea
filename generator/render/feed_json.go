package render

import (
	"bytes"
	"encoding/json"
)

// JSON Feed, version 1.1.
type jsonFeed struct {
	Version     string            `json:"version"`
	Title       string            `json:"title"`
	HomePageURL string            `json:"home_page_url"`
	FeedURL     string            `json:"feed_url"`
	Description string            `json:"description,omitempty"`
	Favicon     string            `json:"favicon"`
	Authors     []jsonFeedAuthor  `json:"authors"`
	Language    string            `json:"language"`
	Hubs        []jsonFeedHub     `json:"hubs,omitempty"`
	Items       []json.RawMessage `json:"items"` // each a jsonFeedItem
}

type jsonFeedAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonFeedHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type jsonFeedItem struct {
	ID        string           `json:"id"`
	URL       string           `json:"url"`
	Title     string           `json:"title"`
	HTML      string           `json:"content_html"`
	Published string           `json:"date_published"`
	Modified  string           `json:"date_modified"`
	Authors   []jsonFeedAuthor `json:"authors"`
	Tags      []string         `json:"tags"`
	Language  string           `json:"language"`
}

func (v pageView) jsonFeed(f feed) ([]byte, error) {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.title, HomePageURL: f.page,
		FeedURL: v.base() + f.folder + "feed.json", Description: f.description, Favicon: v.url + "favicon.svg",
		Authors: []jsonFeedAuthor{{v.text(v.site.Title), v.base()}}, Language: v.lang.Tag, Items: []json.RawMessage{},
	}
	if v.site.Hub != "" {
		doc.Hubs = []jsonFeedHub{{"WebSub", v.site.Hub}}
	}
	for _, i := range f.items {
		written, err := i.json()
		if err != nil {
			return nil, err
		}
		doc.Items = append(doc.Items, written)
	}
	return encodeJSON(doc)
}

func (v pageView) jsonFeedItem(d itemContent) jsonFeedItem {
	return jsonFeedItem{
		ID: d.link, URL: d.link, Title: d.title, HTML: d.html, Published: rfc3339(d.time), Modified: rfc3339(d.time),
		Authors: []jsonFeedAuthor{{Name: d.author}}, Tags: d.labels, Language: v.lang.Tag,
	}
}

// encodeJSON writes a document on one line, its text as it is: a JSON file is
// no part of a page, so '<' and '&' need no disguise.
func encodeJSON(document any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
