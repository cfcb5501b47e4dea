package generator_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// prefers makes the visitor prefer dark or light.
func (v *visitor) prefers(scheme string) {
	v.Helper()
	v.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	}))
}

const (
	paper = `getComputedStyle(document.body).backgroundColor`
	light = "rgb(255, 255, 255)"
	dark  = "rgb(15, 18, 21)"
)

// What the operator chose decides, on the home page with its own style and on all others with
// the shared sheet; without a choice, what the visitor prefers.
func TestTheSchemeOfTheOperatorDecidesOnEveryPage(t *testing.T) {
	for chosen, want := range map[string]map[string]string{
		"":      {"light": light, "dark": dark},
		"light": {"light": light, "dark": light},
		"dark":  {"light": dark, "dark": dark},
	} {
		config := "title: Example\nurl: https://status.example.com\n"
		if chosen != "" {
			config += "brand: {scheme: " + chosen + "}\n"
		}
		h := hosted(t, siteOf(t, fstest.MapFS{
			"content/site.yml":       {Data: []byte(config)},
			"content/pages/about.md": {Data: []byte("---\ntitle: About\n---\n\nText.\n")},
			"content/components.yml": {Data: []byte("components: [{id: web, name: Website}, {id: api, name: API}]\n")},
		}, "2026-11-28T10:20:00Z"))
		v := visits(t, h, "index.html", "2026-11-28T10:21:00Z")
		for _, preferred := range slices.Sorted(maps.Keys(want)) {
			v.prefers(preferred)
			for _, page := range []string{"index.html", "404.html", "history/index.html", "uptime/index.html", "pages/about/index.html"} {
				v.open(page)
				if color := v.reads(paper); color != want[preferred] {
					t.Errorf("brand.scheme %q, a visitor who prefers %s: %s has the paper %s", chosen, preferred, page, color)
				}
			}
		}
	}
}

// On a page that is always light, the line of embed.js keeps the page's own color when the
// visitor prefers dark; in a corner it has paper of its own.
func TestTheEmbedIsReadableWhenTheVisitorPrefersDark(t *testing.T) {
	h := hosted(t, siteOf(t, os.DirFS("testdata/sample"), "2025-07-25T07:10:00Z"))
	page := func(name, attributes string) {
		h.files[name] = []byte(`<!doctype html><title>Shop</title><p>` +
			`<script src="/embed.js"` + attributes + `></script></p>`)
	}
	page("line.html", "")
	page("corner.html", ` data-position="bottom-right"`)
	v := visits(t, h, "line.html", "2025-07-25T07:11:00Z")
	v.prefers("dark")
	const link = `[...document.querySelectorAll("div")].find(e => e.shadowRoot)?.shadowRoot.querySelector("a")`
	v.open("line.html")
	v.until("the line", link+`?.innerText == "Major outage: Web application"`)
	if color := v.reads(`getComputedStyle(` + link + `).color`); color != "rgb(0, 0, 0)" {
		t.Errorf("the line has the color %s, not that of the page", color)
	}
	if fill := v.reads(`getComputedStyle(` + link + `.querySelector("circle")).fill`); fill != "rgb(156, 18, 48)" {
		t.Errorf("its disc is %s, not that of a light page", fill)
	}
	v.open("corner.html")
	v.until("the corner", link+`?.innerText == "Major outage: Web application"`)
	if colors := v.reads(`getComputedStyle(` + link + `).color + " on " + getComputedStyle(` + link + `).backgroundColor`); colors !=
		"rgb(240, 243, 246) on rgb(22, 25, 29)" {
		t.Errorf("in the corner it is %s", colors)
	}
}
