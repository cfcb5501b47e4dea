package render

import "bytes"

// jsonFeed is JSON Feed, version 1.1 (https://www.jsonfeed.org/version/1.1/).
type jsonFeed struct {
	Version     string           `json:"version"`
	Title       string           `json:"title"`
	HomePageURL string           `json:"home_page_url"`
	FeedURL     string           `json:"feed_url"`
	Description string           `json:"description,omitempty"`
	Favicon     string           `json:"favicon"`
	Authors     []jsonFeedAuthor `json:"authors"`
	Language    string           `json:"language"`
	Hubs        []jsonFeedHub    `json:"hubs,omitempty"`
	Items       []jsonFeedItem   `json:"items"` // empty: jsonFeed appends them
}

// jsonFeedAuthor is the author of a feed or item.
type jsonFeedAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// jsonFeedHub is an endpoint that announces new items.
type jsonFeedHub struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

// jsonFeedItem is an item of a JSON feed.
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

// jsonFeed writes a feed as JSON Feed 1.1.
func (v pageView) jsonFeed(into []byte, f feed) ([]byte, error) {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.title, HomePageURL: f.page,
		FeedURL: v.base() + f.folder + "feed.json", Description: f.description, Favicon: v.url + "favicon.svg",
		Authors: []jsonFeedAuthor{{v.text(v.site.Title), v.base()}}, Language: v.lang.Tag, Items: []jsonFeedItem{},
	}
	if v.site.Hub != "" {
		doc.Hubs = []jsonFeedHub{{"WebSub", v.site.Hub}}
	}
	return appendWithList(into, doc, "items", func(into []byte) ([]byte, error) {
		for n, i := range f.items {
			written, err := i.json()
			if err != nil {
				return nil, err
			}
			if n > 0 {
				into = append(into, ',')
			}
			into = append(into, bytes.TrimSpace(written)...)
		}
		return into, nil
	})
}

// jsonFeedItem returns an item for a JSON feed.
func (v pageView) jsonFeedItem(d itemContent) jsonFeedItem {
	return jsonFeedItem{
		ID: d.link, URL: d.link, Title: d.title, HTML: d.html, Published: rfc3339(d.time), Modified: rfc3339(d.updated),
		Authors: []jsonFeedAuthor{{Name: d.author}}, Tags: d.labels, Language: v.lang.Tag,
	}
}
