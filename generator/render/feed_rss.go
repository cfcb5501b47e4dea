package render

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"strings"
	"sync"
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

// rssItem is the item element of RSS.
type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	Published   string   `xml:"pubDate"`
	Creator     string   `xml:"dc:creator"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description"`
}

// rssGUID is the guid element of RSS.
type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
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
	return f.appendXML(into, doc, "\n </channel>\n</rss>\n", func(i *item) ([]byte, error) { return i.rss() })
}

// rssItem returns an item for an RSS feed.
func (v pageView) rssItem(d itemContent) rssItem {
	return rssItem{
		Title: d.title, Link: d.link, GUID: rssGUID{true, d.link}, Published: rfc822(d.time),
		Creator: d.author, Categories: d.labels, Description: d.html,
	}
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

// appendXML appends an XML document, indented by one space, to into.
func appendXML(into []byte, document any) ([]byte, error) {
	out := bytes.NewBuffer(into)
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(out)
	encoder.Indent("", " ")
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// xmlBuffers are buffers of XML encoders, which otherwise make one of 4 KB for each element.
var xmlBuffers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}

// encodeElement writes one element for insertion into a document, on lines of its own,
// indented by depth levels.
func encodeElement(name string, depth int, element any) ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('\n')
	buffer := xmlBuffers.Get().(*bufio.Writer)
	defer xmlBuffers.Put(buffer)
	buffer.Reset(&out)
	encoder := xml.NewEncoder(buffer)
	encoder.Indent(strings.Repeat(" ", depth), " ")
	err := encoder.EncodeElement(element, xml.StartElement{Name: xml.Name{Local: name}})
	return out.Bytes(), err
}
