package render

import (
	"encoding/json"
	"html/template"
	"strings"
	"sync"

	"allclear/generator/site"
	"allclear/generator/tmpl"
)

// head is what link previews, feed readers and search engines read in the head of a page.
type head struct {
	MarkdownHref string // address of the page as Markdown, or ""
	Feeds        string // the start of the addresses of its feeds
	About        string // the title of the feeds, or "" if the site has none
	Graph        *openGraph
	Data         template.JS // schema.org, or ""
}

// openGraph is a link preview in the terms of the Open Graph protocol (https://ogp.me).
type openGraph struct {
	Type, Title, Text, URL, Site, Locale string
	Image                                string // address of the social card, or ""
	Card                                 string
	Published, Modified                  string // when an article was published and changed
}

// headTemplate is the HTML of a head.
var headTemplate = template.Must(template.New("head").Parse(
	`{{with .MarkdownHref}}<link rel="alternate" type="text/markdown" href="{{.}}">
{{end}}{{if .About}}<link rel="alternate" type="application/atom+xml" title="{{.About}}" href="{{.Feeds}}history.atom">
<link rel="alternate" type="application/rss+xml" title="{{.About}}" href="{{.Feeds}}history.rss">
<link rel="alternate" type="application/feed+json" title="{{.About}}" href="{{.Feeds}}feed.json">
{{end}}{{with .Graph}}<meta property="og:type" content="{{.Type}}">
<meta property="og:title" content="{{.Title}}">
{{with .Text}}<meta property="og:description" content="{{.}}">
{{end}}<meta property="og:url" content="{{.URL}}">
<meta property="og:site_name" content="{{.Site}}">
<meta property="og:locale" content="{{.Locale}}">
{{with .Published}}<meta property="article:published_time" content="{{.}}">
{{end}}{{with .Modified}}<meta property="article:modified_time" content="{{.}}">
{{end}}{{with .Image}}<meta property="og:image" content="{{.}}">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta property="og:image:alt" content="{{$.Graph.Title}}">
{{end}}<meta name="twitter:card" content="{{.Card}}">
{{end}}{{with .Data}}<script type="application/ld+json">{{.}}</script>
{{end}}`))

// headSet is headTemplate, compiled.
var headSet = tmpl.New(headTemplate, nil)

// head returns the head of a page about the whole site, whose layout is otherwise
// complete. A fallback page has none.
func (v siteView) head(p route, f layout) (template.HTML, error) {
	if p.fallback {
		return "", nil
	}
	var h head
	if v.url == "" {
		return h.write(nil)
	}
	h.Feeds, h.About = v.feedsOf()
	graph := v.openGraph(f)
	if p.path != "" {
		h.Graph = graph.withCard()
		return h.write(nil)
	}
	graph.Title, graph.Text, graph.Image = f.Site, v.answer().Sentence, v.base()+homeCardPath()
	h.Graph = graph.withCard()
	return h.write(schemaSite{schema, "WebSite", f.Site, f.Canonical, f.Description, v.lang.Tag})
}

// settledHead returns the head of a page about a time that is over: a year, or the period
// of a report.
func (v pageView) settledHead(f layout) (template.HTML, error) {
	var h head
	if v.url != "" {
		h.Feeds, h.About = v.feedsOf()
		h.Graph = v.openGraph(f).withCard()
	}
	return h.write(nil)
}

// head returns the head of an entry's page. An unlisted entry has none.
func (v entryPageView) head(f layout) (template.HTML, error) {
	e := v.entry
	if e.NoIndex {
		return "", nil
	}
	h := head{MarkdownHref: v.root + v.lang.Path(entryPath(e)+"index.md")}
	if v.url == "" {
		return h.write(nil)
	}
	h.Feeds, h.About = v.feedsOf()
	about, list := v.excerpt(), v.published()
	graph := v.openGraph(f)
	graph.Type, graph.Title, graph.Text = "article", v.text(e.Title), about
	oldest := list[len(list)-1].Time
	first, last := rfc3339(oldest), rfc3339(list[0].Time)
	if !oldest.After(v.now) { // an announcement may be dated in the future
		graph.Published, graph.Modified = first, last
	}
	graph.Image = v.cardAddress()
	h.Graph = graph.withCard()
	return h.write(v.structuredData(f, about, first, last))
}

// write returns the head as HTML, with data as JSON-LD for search engines, if that is not
// nil.
func (h head) write(data any) (template.HTML, error) {
	if data != nil {
		var text strings.Builder
		if err := json.NewEncoder(&text).Encode(data); err != nil { // it escapes < and >, so that no text can end the script element
			return "", err
		}
		h.Data = template.JS(strings.TrimSuffix(text.String(), "\n"))
	}
	room := headRooms.Get().(*[]byte)
	defer headRooms.Put(room)
	text, err := headSet.Append((*room)[:0], "head", h)
	if err != nil {
		return "", err
	}
	*room = text
	return template.HTML(text), nil
}

// headRooms is memory in which heads were made, for the next ones.
var headRooms = sync.Pool{New: func() any { return new([]byte) }}

// cardAddress returns the absolute address of an entry's social card, or "" if it has
// none.
func (v entryPageView) cardAddress() string {
	if !v.hasCard {
		return ""
	}
	return v.base() + cardPath(v.entry)
}

// feedsOf returns the address and the title of a page's feeds: on a component's page the
// component's, else the site's.
func (v pageView) feedsOf() (path, about string) {
	c := v.componentOf()
	if c == nil {
		return v.root + v.lang.Path(""), v.text(v.site.Title)
	}
	return v.root + v.lang.Path(componentPath(c.ID)), v.say("feed.component", "site", v.text(v.site.Title), "component", v.text(c.Name))
}

// componentOf returns the component of a component's page, or nil on any other page.
func (v pageView) componentOf() *site.Component {
	id, ok := strings.CutPrefix(v.path, "components/")
	if !ok {
		return nil
	}
	return v.site.Component(strings.TrimSuffix(id, "/"))
}

// openGraph returns the link preview of a page.
func (v pageView) openGraph(f layout) openGraph {
	return openGraph{
		Type: "website", Title: f.State.Title, Text: f.Description, URL: f.Canonical, Site: f.Site,
		Locale: v.lang.Territory(), Card: "summary",
	}
}

// withCard selects the large form of preview if there is an image.
func (g openGraph) withCard() *openGraph {
	if g.Image != "" {
		g.Card = "summary_large_image"
	}
	return &g
}

// excerptLength is the largest length of a preview's text, in characters.
const excerptLength = 200

// excerpt returns the start of the newest text about an entry, on one line.
func (v entryView) excerpt() string {
	e, newest := v.entry, v.published()[0]
	text := v.plainText(newest.Body)
	if newest.Report && !e.Summary.Empty() {
		text = v.plainText(e.Summary)
	}
	if text == "" {
		text = v.bodyText(newest)
	}
	return oneLineExcerpt(text, excerptLength)
}

// The types of schema.org that help search engines: the site, an incident as an
// article, and a maintenance window as an event.

// schemaSite is a WebSite of schema.org.
type schemaSite struct {
	Context string `json:"@context"`
	Type    string `json:"@type"`
	Name    string `json:"name"`
	URL     string `json:"url"`
	Text    string `json:"description,omitempty"`
	Lang    string `json:"inLanguage"`
}

// schemaArticle is an Article of schema.org: an incident.
type schemaArticle struct {
	Context   string    `json:"@context"`
	Type      string    `json:"@type"`
	Headline  string    `json:"headline"`
	Text      string    `json:"description,omitempty"`
	URL       string    `json:"mainEntityOfPage"`
	Image     string    `json:"image,omitempty"`
	Published string    `json:"datePublished"`
	Modified  string    `json:"dateModified"`
	Author    schemaOrg `json:"author"`
	Publisher schemaOrg `json:"publisher"`
	Lang      string    `json:"inLanguage"`
}

// schemaOrg is an Organization of schema.org.
type schemaOrg struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// schemaEvent is an Event of schema.org: a maintenance window.
type schemaEvent struct {
	Context   string      `json:"@context"`
	Type      string      `json:"@type"`
	Name      string      `json:"name"`
	Text      string      `json:"description,omitempty"`
	URL       string      `json:"url"`
	Start     string      `json:"startDate"`
	End       string      `json:"endDate"`
	Status    string      `json:"eventStatus"`
	Mode      string      `json:"eventAttendanceMode"`
	Location  schemaPlace `json:"location"`
	Organizer schemaOrg   `json:"organizer"`
	Lang      string      `json:"inLanguage"`
}

// schemaPlace is a VirtualLocation of schema.org.
type schemaPlace struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
}

// schema is the context of JSON-LD, and the start of the addresses of its terms.
const schema = "https://schema.org"

// structuredData returns what search engines read about an entry: an incident as an
// article, which was first published and last changed at first and last; a window as an
// event.
func (v entryPageView) structuredData(f layout, about, first, last string) any {
	publisher := schemaOrg{"Organization", f.Site, v.url}
	e := v.entry
	if e.Kind == site.Maintenance {
		when, status := eventTime(e, v.now), "EventScheduled"
		if e.Phase(v.now) == site.Canceled {
			status = "EventCancelled"
		}
		return schemaEvent{
			schema, "Event", v.text(e.Title), about, f.Canonical, rfc3339(when.Start), rfc3339(when.End), schema + "/" + status,
			schema + "/OnlineEventAttendanceMode", schemaPlace{"VirtualLocation", f.Canonical}, publisher, v.lang.Tag,
		}
	}
	return schemaArticle{
		Context: schema, Type: "Article", Headline: v.text(e.Title), Text: about, URL: f.Canonical, Image: v.cardAddress(),
		Published: first, Modified: last,
		Author: schemaOrg{"Organization", v.author(), ""}, Publisher: publisher, Lang: v.lang.Tag,
	}
}
