package render

import (
	"html/template"
	"time"

	"allclear/generator/language"
)

// frameKind is what the frame of a page depends on.
type frameKind struct {
	lang   *language.Language
	root   string // relative path to the output folder
	single bool   // whether style and script are inside the page
}

// newFrame returns what is the same around all pages of a language at one depth.
func (s *settings) newFrame(k frameKind) layout {
	v := pageView{settings: s, lang: k.lang, root: k.root}
	f := layout{
		Lang: v.lang.Tag, Dir: v.lang.Dir,
		Site: v.text(v.site.Title), Description: v.text(v.site.Description), ManyLanguages: len(v.languages) > 2,
		Root: v.root, Home: v.href(""), History: v.href(historyPath()), Subscribe: v.href("") + "#subscribe",
		Homepage: template.URL(v.site.Homepage), HomepageName: hostOf(v.site.Homepage), Support: template.URL(v.site.Support),
		Scheme: v.site.Brand.Scheme.CSS(), Menu: v.menu(v.site.Menu), Footer: v.menu(v.site.Footer),
		Single: k.single, Assets: v.assets, Policy: v.assets.Policy.page, LogoWidth: v.logoWidth,
		Zone: v.site.Zone.String(), First: v.lang.FirstDay(), Periods: v.lang.DayPeriods(), Units: v.lang.Units(),
	}
	f.setLogos(v.site.Brand, v.root)
	v.addOptionalPages(&f)
	if !k.single {
		f.Manifest = v.root + v.lang.Path("manifest.webmanifest")
	} else {
		f.Style, f.Script = template.CSS(v.assets.Style), template.JS(v.assets.Script)
	}
	for i := range v.site.Pages {
		page := &v.site.Pages[i]
		f.Pages = append(f.Pages, link{v.text(page.Title), v.href(customPath(page)), v.untranslated(page.Title)})
	}
	return f
}

// layout returns what surrounds a page with a title; "" is the home page's. The time t is
// used only for the offset of the time zone.
func (v pageView) layout(p route, class, title string, t time.Time) layout {
	f := v.frame(frameKind{v.lang, v.root, p.single})
	f.Class, f.State, f.ZoneName = class, v.headState(class, title), v.zoneName(t)
	f.Languages, f.Mirrors = v.translations(), v.mirrors(p)
	if v.hasCrumb() {
		f.Crumb = &breadcrumb{Here: title}
	}
	if v.url != "" && !p.fallback {
		f.Canonical = v.url + v.lang.Path(v.path)
	}
	if v.path == unavailablePath { // it shows an entry as the entry's own page does
		f.Style, f.Policy = template.CSS(v.assets.Sheet), v.assets.Policy.down
	}
	return f
}
