package render

import (
	"html/template"
	"net/url"
	"strings"
)

// mirrorLink is a copy of a page on another host.
type mirrorLink struct {
	Href template.URL // the address of the same page there
	Name string       // the host, with the folder if there is one
}

// mirrors returns the copies of a page on all hosts, the site's own first: any of them may
// be the one that a visitor looks at. There are none if the site has no mirrors.
func (v pageView) mirrors(p route) []mirrorLink {
	if len(v.site.Mirrors) == 0 {
		return nil
	}
	path := v.lang.Path(v.path)
	if p.fallback {
		path = v.lang.Path("") // it is shown at any address
	}
	var list []mirrorLink
	add := func(base string) {
		if u, err := url.Parse(base); err == nil && base != "" {
			list = append(list, mirrorLink{template.URL(base + "/" + path), u.Host + u.Path})
		}
	}
	add(strings.TrimSuffix(v.url, "/"))
	for _, m := range v.site.Mirrors {
		if m.ID != v.site.URL {
			add(m.ID)
		}
	}
	return list
}
