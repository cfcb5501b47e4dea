package render

import (
	"encoding/xml"
	"time"
)

// rssFeed is RSS 2.0 (https://www.rssboard.org/rss-specification), with Atom's link for
// the feed's own address, and Dublin Core's creator because an RSS author must be an
// email address.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

// rssChannel is the channel element of RSS.
type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Creator     string    `xml:"dc:creator"`
	Built       string    `xml:"lastBuildDate"`
	Generator   string    `xml:"generator"`
	Docs        string    `xml:"docs"`
	TTL         int       `xml:"ttl"`       // in minutes
	Links       []rssLink `xml:"atom:link"` // rss appends the items
}

// rssLink is a link element of Atom inside RSS.
type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

// rss writes a feed as RSS 2.0.
func (v pageView) rss(into []byte, f feed) ([]byte, error) {
	channel := rssChannel{
		Title: f.title, Link: f.page, Description: f.description, Language: v.lang.Tag,
		Creator: v.text(v.site.Title), Built: rfc822(f.updated), Generator: v.generator(),
		Docs: "https://www.rssboard.org/rss-specification", TTL: 5,
		Links: []rssLink{{v.base() + f.folder + "history.rss", "self", "application/rss+xml"}},
	}
	if v.site.Hub != "" {
		channel.Links = append(channel.Links, rssLink{Href: v.site.Hub, Rel: "hub"})
	}
	doc := rssFeed{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", DC: "http://purl.org/dc/elements/1.1/", Channel: channel}
	return f.appendItems(into, doc, "\n </channel>\n</rss>\n", func(into []byte, i *item) []byte {
		rss, _, text := i.xml()
		return append(append(append(into, rss...), text...), "</description>\n  </item>"...)
	})
}

// rssItem writes an item of an RSS feed, up to its text.
func (w *xmlWriter) rssItem(d itemContent) {
	w.begin(2, "item")
	w.element(3, "title", d.title)
	w.element(3, "link", d.link)
	w.element(3, "guid", d.link, "isPermaLink", "true")
	w.element(3, "pubDate", rfc822(d.time))
	w.element(3, "dc:creator", d.author) // an RSS author must be an email address
	for _, label := range d.labels {
		w.element(3, "category", label)
	}
	w.begin(3, "description")
}

// rfc822 formats an instant in UTC as RSS requires, with a four-digit year.
func rfc822(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

// generator returns the name and version of the program that wrote a file.
func (s *settings) generator() string {
	if s.version == "" {
		return "allclear"
	}
	return "allclear " + s.version
}
