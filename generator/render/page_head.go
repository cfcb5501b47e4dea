package render

import (
	"html/template"

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
	h := headState{Title: full, Icon: icons()[class], Light: tint(class, 0), Dark: tint(class, 1)}
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
