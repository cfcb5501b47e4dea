package generator_test

import (
	"bytes"
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page is an HTML file as a browser meets it: what it links to, and what can be
// linked to in it.
type page struct {
	links []string
	ids   map[string]bool
}

func (o output) page(file string) page {
	o.Helper()
	root, err := html.Parse(bytes.NewReader(o.bytes(file)))
	if err != nil {
		o.Fatal(err)
	}
	p := page{ids: map[string]bool{}}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if p.ids[a.Val] {
					o.Errorf("%s has two elements with the id %q", file, a.Val)
				}
				p.ids[a.Val] = true
			case "href", "src":
				p.links = append(p.links, a.Val)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if n.Type == html.ElementNode && n.Data == "template" {
				continue // inert: its ids are not in the page
			}
			walk(c)
		}
	}
	walk(root)
	return p
}

// Every link of the site leads to a file of the same build, and to a place that
// exists in it. All of them are relative, without a leading slash, and name a
// file: so they work from the disk, under a sub-path and at a root alike. Only
// 404.html and 503.html, which are served at addresses of others, name the
// site's own.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	const home = "https://status.example.com/"
	for _, instant := range []string{"2026-11-22T00:00:00Z", "2025-08-01T02:20:00Z", "2025-07-25T07:10:00Z"} {
		o := sample(t, instant)
		pages := map[string]page{}
		for file := range o.files {
			if strings.HasSuffix(file, ".html") {
				pages[file] = o.page(file)
			}
		}
		followed := 0
		for file, p := range pages {
			everywhere := file == "404.html" || file == "503.html"
			for _, link := range p.links {
				target, ours := link, true
				switch {
				case strings.HasPrefix(link, home):
					target = strings.TrimPrefix(link, home)
				case strings.Contains(strings.SplitN(link, "/", 2)[0], ":"):
					ours = false
				case strings.HasPrefix(link, "/"):
					t.Errorf("%s: %s is not relative", file, link)
					continue
				case everywhere && !strings.HasPrefix(link, "#"):
					t.Errorf("%s is served at any address, but links to %s", file, link)
					continue
				default:
					target = path.Join(path.Dir(file), link)
					if strings.HasPrefix(link, "#") {
						target = file + link
					}
				}
				if !ours {
					continue
				}
				followed++
				o.leads(pages, file, link, target)
			}
		}
		if followed < 500 {
			t.Errorf("only %d links were followed", followed)
		}
	}
}

// leads asserts that a target, relative to the output folder, exists.
func (o output) leads(pages map[string]page, from, link, target string) {
	o.Helper()
	target, fragment, _ := strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	name, err := url.PathUnescape(target)
	if err != nil {
		o.Errorf("%s: %s: %v", from, link, err)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if o.files[name] == nil {
		o.Errorf("%s: %s leads to %s, which is not there", from, link, name)
		return
	}
	only := strings.HasPrefix(fragment, "only=") || strings.Contains(fragment, "=")
	if p, ok := pages[name]; ok && fragment != "" && !only && !p.ids[fragment] {
		o.Errorf("%s: %s leads to #%s, which is not in %s", from, link, fragment, name)
	}
}
