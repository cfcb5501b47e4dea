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
	return f.appendItems(into, doc, "\n</feed>\n", func(into []byte, i *item) []byte {
		_, atom, text := i.xml()
		return append(append(append(into, atom...), text...), "</content>\n </entry>"...)
	})
}

// atomEntry writes an entry of an Atom feed in a language, up to its text.
func (w *xmlWriter) atomEntry(d itemContent, language string) {
	w.begin(1, "entry")
	w.element(2, "id", d.link)
	w.element(2, "title", d.title)
	w.element(2, "published", rfc3339(d.time))
	w.element(2, "updated", rfc3339(d.updated))
	w.element(2, "link", "", "rel", "alternate", "type", "text/html", "href", d.link)
	w.begin(2, "author")
	w.element(3, "name", d.author)
	w.end(2, "author")
	for _, label := range d.labels {
		w.element(2, "category", "", "term", label)
	}
	w.begin(2, "content", "type", "html", "xml:lang", language)
}

// rfc3339 formats an instant in UTC, to the second.
func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }
