package render

import (
	"html/template"
	"strings"
	"sync"

	"allclear/generator/site"
)

// headState is what a browser shows around the page, by the overall status.
type headState struct {
	Title string       // the text of the title element
	Icon  template.URL // the favicon as a data: URL
	Color string       // the theme-color if the page is always light or always dark, else ""
	Light string       // the theme-color in light mode
	Dark  string       // the theme-color in dark mode
}

// headState returns the title, icon and colors of a page.
func (v pageView) headState(class, title string) headState {
	full := v.text(v.site.Title)
	if title != "" {
		full = v.say("title", "page", title, "site", full)
	}
	h := untitledHeads()[class]
	h.Title = full
	switch v.site.Brand.Scheme {
	case site.SchemeLight:
		h.Color = h.Light
	case site.SchemeDark:
		h.Color = h.Dark
	}
	return h
}

// headFragment returns what the clock may change in the head of a page.
func (v pageView) headFragment(class, title string) fragment {
	return fragment{class: class, template: "state", value: v.headState(class, title)}
}

// untitledHeads returns what a browser shows around a page by its class, without a title.
// The favicons are data: URLs in which only what must be is escaped, so that they are
// short.
var untitledHeads = sync.OnceValue(func() map[string]headState {
	all := map[string]headState{}
	for class := range looks {
		escaped := strings.NewReplacer("<", "%3C", ">", "%3E", "#", "%23", `"`, "'").Replace(favicon(class))
		all[class] = headState{Icon: template.URL("data:image/svg+xml," + escaped), Light: tint(class, 0), Dark: tint(class, 1)}
	}
	return all
})
