package generator_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is a page as a browser holds it.
type document struct {
	root  *html.Node
	parts []part
}

// part is a coming state of a piece of a page.
type part struct {
	at        time.Time
	id, class string
	html      string
}

func parsed(t *testing.T, data []byte) document {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	d := document{root: root}
	for n := range root.Descendants() {
		if at := attribute(n, "data-at"); n.DataAtom == atom.Script && at != "" {
			p := part{at: instant(t, at), id: attribute(n, "data-for"), class: attribute(n, "data-class")}
			if n.FirstChild != nil {
				p.html = n.FirstChild.Data
			}
			d.parts = append(d.parts, p)
		}
	}
	if !slices.IsSortedFunc(d.parts, func(a, b part) int { return a.at.Compare(b.at) }) {
		t.Error("the coming states are not in the order of time")
	}
	return d
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// element is what stands in the element of an id, and its class; "" is the
// title, the icon and the color, with the class of the body.
func (d document) element(id string) (inner, class string, found bool) {
	var b strings.Builder
	for n := range d.root.Descendants() {
		switch {
		case id == "" && n.DataAtom == atom.Body:
			class = attribute(n, "class")
		case id == "" && (n.DataAtom == atom.Title && n.Parent.DataAtom == atom.Head || attribute(n, "rel") == "icon" ||
			attribute(n, "name") == "theme-color"):
			html.Render(&b, n)
			found = true
		case id != "" && n.Type == html.ElementNode && attribute(n, "id") == id:
			for c := range n.ChildNodes() {
				html.Render(&b, c)
			}
			return strings.TrimSpace(b.String()), attribute(n, "class"), true
		}
	}
	return strings.TrimSpace(b.String()), class, found
}

// at is what a page shows in an element at an instant: the newest coming state
// that has come, else what it was built with.
func (d document) at(t *testing.T, id string, when time.Time) (inner, class string) {
	t.Helper()
	inner, class, _ = d.element(id)
	for _, p := range d.parts {
		if p.id != id || p.at.After(when) {
			continue
		}
		around := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
		if id == "" {
			around = &html.Node{Type: html.ElementNode, Data: "head", DataAtom: atom.Head}
		}
		nodes, err := html.ParseFragment(strings.NewReader(p.html), around)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, n := range nodes {
			if place := attribute(n, "data-k"); place != "" {
				n = d.child(t, id, place)
			}
			html.Render(&b, n)
		}
		inner, class = strings.TrimSpace(b.String()), p.class
	}
	return inner, class
}

// child is a child of an element as the page was built, which a coming state keeps.
func (d document) child(t *testing.T, id, place string) *html.Node {
	t.Helper()
	at, err := strconv.Atoi(place)
	if err != nil {
		t.Fatal(err)
	}
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode || attribute(n, "id") != id {
			continue
		}
		for c := range n.ChildNodes() {
			if c.Type != html.ElementNode {
				continue
			}
			if at == 0 {
				return c
			}
			at--
		}
	}
	t.Fatalf("#%s has no child %s", id, place)
	return nil
}
