package render

import (
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"allclear/generator/site"
)

// wellKnown returns the small files that hosts, browsers and search engines look for. If
// the operator has a file of the same name, that one is used.
func (b *build) wellKnown() ([]File, error) {
	files := []File{
		fixed(".nojekyll", nil), // otherwise GitHub Pages runs Jekyll, which drops _headers
		{Path: "robots.txt", Append: func(into []byte) ([]byte, error) { return append(into, b.robots()...), nil }},
		{Path: "favicon.svg", Append: func(into []byte) ([]byte, error) { return append(into, favicon(b.overall())...), nil }},
	}
	files = append(files, b.inEach(func(v siteView) []File {
		return []File{{Path: v.lang.Path("manifest.webmanifest"), Append: func(into []byte) ([]byte, error) {
			return appendJSON(into, v.manifest())
		}}}
	})...)
	return append(b.unlessOwn(files), File{Path: "_headers", Append: appending(b.headersFile)}), nil
}

// unlessOwn removes the files for which the operator has one of the same name.
func (b *build) unlessOwn(files []File) []File {
	return slices.DeleteFunc(files, func(f File) bool {
		return slices.ContainsFunc(b.staticFiles, func(own site.Static) bool { return own.Path == f.Path })
	})
}

// robots returns robots.txt (RFC 9309).
func (b *build) robots() string {
	text := "User-agent: *\nAllow: /\n"
	if b.settings.url != "" {
		text += "\nSitemap: " + b.settings.url + "sitemap.xml\n"
	}
	return text
}

// manifest is the web app manifest, with which a browser can install the site as an app.
type manifest struct {
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Text       string         `json:"description,omitempty"`
	Lang       string         `json:"lang"`
	Dir        string         `json:"dir"`
	ID         string         `json:"id"`
	Start      string         `json:"start_url"`
	Scope      string         `json:"scope"`
	Display    string         `json:"display"`
	Theme      string         `json:"theme_color"`
	Background string         `json:"background_color"`
	Icons      []manifestIcon `json:"icons"`
}

// manifestIcon is an icon in the manifest.
type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

// manifest returns the web app manifest.
func (v view) manifest() manifest {
	title := v.text(v.site.Title)
	theme, background := looks[v.overall()].Fill[0], "#ffffff"
	if v.site.Brand.Scheme == site.SchemeDark {
		theme, background = looks[v.overall()].Fill[1], site.DarkPaper.Hex()
	}
	return manifest{
		Name: title, ShortName: title, Text: v.text(v.site.Description), Lang: v.lang.Tag, Dir: v.lang.Dir,
		ID: "./", Start: "./", Scope: "./", Display: "minimal-ui", Theme: theme, Background: background,
		Icons: []manifestIcon{{v.root + "favicon.svg", "any", "image/svg+xml", "any"}},
	}
}

// sitemap is sitemap.xml (https://www.sitemaps.org/protocol.html).
type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

// sitemapURL is a page in the sitemap.
type sitemapURL struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

// withSitemap adds the sitemap, which lists all pages for search engines, but no unlisted
// entries or components, and no redirects. There is none without a site URL.
func (b *build) withSitemap(files []File) []File {
	if b.settings.url == "" {
		return files
	}
	files = slices.Clip(files) // so that append does not change the caller's list
	return append(
		files,
		b.unlessOwn([]File{{Path: "sitemap.xml", Append: func(into []byte) ([]byte, error) {
			return appendXML(into, b.sitemapOf(files))
		}}})...)
}

// sitemapOf returns the sitemap of the given files.
func (b *build) sitemapOf(files []File) sitemap {
	changed := map[string]time.Time{"": b.lastChange(), announcementsPath(): b.lastAnnouncement()}
	if last := b.lastAnnouncement(); last.After(changed[""]) {
		changed[""] = last
	}
	hidden := map[string]bool{}
	for _, a := range b.byID() {
		hidden[a.folder()] = a.page
	}
	for i := range b.entries {
		e := &b.entries[i]
		path := entryPath(e)
		if list := b.published(e); len(list) > 0 {
			changed[path] = list[0].Time
		}
		if e.NoIndex != hidden[path] {
			hidden[path] = e.NoIndex
		}
	}
	for i := range b.allAnnouncements {
		a := &b.allAnnouncements[i]
		changed[a.Path()], hidden[a.Path()] = a.LastEvent(b.now), a.NoIndex
	}
	for _, c := range b.settings.site.Components {
		hidden[componentPath(c.ID)] = c.Unlisted
	}
	var list sitemap
	for _, f := range files {
		address, ok := strings.CutSuffix(f.Path, "index.html")
		if !ok || (address != "" && !strings.HasSuffix(address, "/")) {
			continue
		}
		plain := b.inFirstLanguage(address)
		if hidden[plain] {
			continue
		}
		entry := sitemapURL{Location: b.settings.url + address}
		if at := changed[plain]; at.After(epoch) && !at.After(b.now) { // an announcement may be dated in the future
			entry.Modified = rfc3339(at)
		}
		list.URLs = append(list.URLs, entry)
	}
	slices.SortFunc(list.URLs, func(x, y sitemapURL) int { return strings.Compare(x.Location, y.Location) })
	return list
}

// inFirstLanguage returns an address without the folder of its language.
func (b *build) inFirstLanguage(address string) string {
	for _, l := range b.settings.languages {
		if rest, ok := strings.CutPrefix(address, l.Tag+"/"); ok && !l.Default {
			return rest
		}
	}
	return address
}
