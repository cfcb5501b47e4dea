package render_test

import (
	"bytes"
	"strings"
	"testing"
)

const menuSite = `title: Example Status
url: https://status.example.org/sub
languages: [en, de]
support: tel:+4930123456
brand: {logo: logo.svg, logo_dark: at night.svg}
links:
  - {name: {en: Handbook, de: Handbuch}, url: https://docs.example.org}
  - {name: Prices, url: /history/}
footer:
  - {name: {en: Imprint, de: Impressum}, url: /pages/about/#imprint}
subscribe:
  - {name: {en: By e-mail, de: Per E-Mail}, url: "mailto:join@lists.example.org?subject=join", kind: email}
  - {name: Text message, url: "sms:+491234?body=JOIN", kind: sms}
  - {name: "@status@social.example.org", url: https://social.example.org/@status, kind: mastodon}
`

// withMenu is the website with links, ways to subscribe and two logos.
var withMenu = website.with("content/site.yml", menuSite).with("content/pages/about.md", "---\ntitle: About\n---\nText.\n").
	with("content/static/logo.svg", "<svg/>").with("content/static/at night.svg", "<svg id='n'/>").
	with("content/incidents/old.md", "---\ntitle: Old\ncomponents: [api]\nstatus: down\n"+
		"start: 2026-11-01 10:00\nend: 2026-11-01 11:00\n---\n")

// Every page has the operator's links in its language, also those that are shown at any
// address (404.html, 503.html) and those of entries that are long over.
func TestEveryPageHasTheLinksOfTheOperator(t *testing.T) {
	out := publish(t, withMenu, "2026-11-27T20:00:00Z")
	seen := 0
	for path, page := range out {
		if !strings.HasSuffix(path, ".html") || !bytes.Contains(page, []byte(`class="bottom"`)) {
			continue
		}
		seen++
		want := []string{`<a class="far" href="https://docs.example.org">Handbook</a>`, `history/index.html">Prices</a>`,
			`pages/about/index.html#imprint">Imprint</a>`, `<a href="tel:&#43;4930123456">Contact support</a>`}
		if strings.HasPrefix(path, "de/") {
			want = []string{`<a class="far" href="https://docs.example.org">Handbuch</a>`,
				`de/history/index.html" lang="en" dir="ltr">Prices</a>`,
				`de/pages/about/index.html#imprint">Impressum</a>`, `<a href="tel:&#43;4930123456">Support kontaktieren</a>`}
		}
		if strings.HasSuffix(path, "404.html") || strings.HasSuffix(path, "503.html") {
			want[1] = strings.Replace(want[1], "history/index.html", "history/", 1)
			want[2] = strings.Replace(want[2], "about/index.html", "about/", 1)
			if !bytes.Contains(page, []byte(`="https://status.example.org/sub/`+strings.TrimPrefix(want[1], "de/"))) &&
				!bytes.Contains(page, []byte(`="https://status.example.org/sub/`+want[1])) {
				t.Errorf("%s: a link leads somewhere else at another address", path)
			}
		}
		want = append(want, strings.Replace(want[0], "far", "near", 1)) // in the footer, where the header has no room
		for _, w := range want {
			if !bytes.Contains(page, []byte(w)) {
				t.Errorf("%s lacks %s", path, w)
			}
		}
		if strings.Contains(string(page), "ZgotmplZ") {
			t.Errorf("%s: an address was refused", path)
		}
	}
	if seen < 14 {
		t.Errorf("only %d pages were looked at", seen)
	}
}

// The operator's own ways to subscribe come before the feeds.
func TestTheWaysToSubscribeStandFirst(t *testing.T) {
	out := publish(t, withMenu, "2026-11-27T20:00:00Z")
	for path, word := range map[string]string{"index.html": "By e-mail", "de/index.html": "Per E-Mail"} {
		said := section(t, pagesOf(t, out)[path], "subscribe")
		mail, feed := strings.Index(said, word+" Text message @status"), strings.Index(said, "RSS")
		if mail < 0 || feed < mail {
			t.Errorf("%s: %s", path, said)
		}
		for _, want := range []string{`href="mailto:join@lists.example.org?subject=join" data-kind="email"`,
			`href="sms:&#43;491234?body=JOIN" data-kind="sms"`, `href="https://social.example.org/@status" data-kind="mastodon" rel="me"`} {
			if !bytes.Contains(out[path], []byte(want)) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
	}
}

// A visitor who prefers dark pages sees the logo for dark pages. Single files contain
// both pictures. Where the operator has chosen a scheme, every page is in it.
func TestALogoAndAScheme(t *testing.T) {
	const (
		both     = `<source srcset="../../at%20night.svg" media="(prefers-color-scheme:dark)"><img src="../../logo.svg"`
		embedded = `<source srcset="data:image/svg&#43;xml;base64,PHN2ZyBpZD0nbicvPg==" media="(prefers-color-scheme:dark)">` +
			`<img src="data:image/svg&#43;xml;base64,PHN2Zy8&#43;"`
	)
	for _, story := range []struct {
		scheme, entry, single, meta, manifest string
		colors                                int // theme-color elements
	}{
		{"auto", both, embedded, "light dark", `"background_color":"#ffffff"`, 2},
		{"light", `"><img src="../../logo.svg"`, `index.html"><img src="data:image/svg&#43;xml;base64,PHN2Zy8&#43;"`, "light",
			`"background_color":"#ffffff"`, 1},
		{"dark", `"><img src="../../at%20night.svg"`, `index.html"><img src="data:image/svg&#43;xml;base64,PHN2ZyBpZD0nbicvPg=="`, "dark",
			`"background_color":"#171b20"`, 1},
	} {
		out := publish(t, withMenu.with("content/site.yml", strings.Replace(menuSite, "logo: l", "scheme: "+story.scheme+", logo: l", 1)),
			"2026-11-27T20:00:00Z")
		for path, want := range map[string]string{"incidents/old/index.html": story.entry, "index.html": story.single,
			"503.html": story.single, "404.html": story.single, "de/503.html": story.single,
			"manifest.webmanifest": story.manifest, "embed.js": "color-scheme:" + story.meta + ";"} {
			page := string(out[path])
			if !strings.Contains(page, want) {
				t.Errorf("%s: %s lacks %s", story.scheme, path, want)
			}
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			if !strings.Contains(page, `<meta name="color-scheme" content="`+story.meta+`">`) {
				t.Errorf("%s: %s has another color-scheme", story.scheme, path)
			}
			if n := strings.Count(page, `<meta name="theme-color"`); n != story.colors {
				t.Errorf("%s: %s has %d theme-colors", story.scheme, path, n)
			}
			if story.scheme != "auto" && strings.Contains(page, "prefers-color-scheme") {
				t.Errorf("%s: %s asks what the visitor prefers", story.scheme, path)
			}
		}
	}
}
