package render

import (
	"encoding/xml"
	"time"
)

// atomFeed is the feed element of Atom (RFC 4287).
type atomFeed struct {
	XMLName   xml.Name      `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string        `xml:"xml:lang,attr"`
	ID        string        `xml:"id"`
	Title     string        `xml:"title"`
	Subtitle  string        `xml:"subtitle,omitempty"`
	Updated   string        `xml:"updated"`
	Links     []atomLink    `xml:"link"`
	Author    atomAuthor    `xml:"author"`
	Generator atomGenerator `xml:"generator"`
	Icon      string        `xml:"icon"` // atom appends the entries
}

// atomLink is the link element of Atom.
type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

// atomAuthor is the author element of Atom.
type atomAuthor struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

// atomGenerator is the generator element of Atom.
type atomGenerator struct {
	Version string `xml:"version,attr,omitempty"`
	Name    string `xml:",chardata"`
}

// atomEntry is the entry element of Atom.
type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Links      []atomLink     `xml:"link"`
	Author     atomAuthor     `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Content    atomContent    `xml:"content"`
}

// atomCategory is the category element of Atom.
type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atomContent is the content element of Atom.
type atomContent struct {
	Type string `xml:"type,attr"`
	Lang string `xml:"xml:lang,attr"`
	HTML string `xml:",chardata"`
}

// atom writes a feed as Atom (RFC 4287).
func (v pageView) atom(into []byte, f feed) ([]byte, error) {
	doc := atomFeed{
		Lang: v.lang.Tag, ID: v.base() + f.folder + "history.atom", Title: f.title, Subtitle: f.description, Updated: rfc3339(f.updated),
		Links: []atomLink{
			{"self", "application/atom+xml", v.base() + f.folder + "history.atom"},
			{"alternate", "text/html", f.page},
		},
		Author: atomAuthor{v.text(v.site.Title), v.base()}, Generator: atomGenerator{v.version, "allclear"}, Icon: v.url + "favicon.svg",
	}
	if v.site.Hub != "" {
		doc.Links = append(doc.Links, atomLink{Rel: "hub", Href: v.site.Hub})
	}
	return f.appendXML(into, doc, "\n</feed>\n", func(i *item) ([]byte, error) { return i.atom() })
}

// atomEntry returns an item as an entry of Atom.
func (v pageView) atomEntry(d itemContent) atomEntry {
	entry := atomEntry{
		ID: d.link, Title: d.title, Published: rfc3339(d.time), Updated: rfc3339(d.updated),
		Links:  []atomLink{{"alternate", "text/html", d.link}},
		Author: atomAuthor{Name: d.author}, Content: atomContent{"html", v.lang.Tag, d.html},
	}
	for _, label := range d.labels {
		entry.Categories = append(entry.Categories, atomCategory{label})
	}
	return entry
}

// rfc3339 formats an instant in UTC, to the second.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }
