package source

import (
	"cmp"
	"strings"
	"testing"

	"allclear/generator/site"
)

// What an operator writes into links, footer and subscribe.
const menuSite = `-- site.yml --
title: Example Status
url: https://status.example.org
languages: [en, de]
brand: {logo: logo.svg, logo_dark: /night.png, scheme: Dark}
clock: 12
links:
  - {name: {en: Documentation, de: Handbuch}, url: https://docs.example.org/a b}
  - {name: About, url: /pages/about/}
footer:
  - {name: Imprint, url: "/pages/about/?x=1#imprint"}
  - {name: Terms, url: /terms.pdf}
  - {name: Call us, url: "tel:+491234"}
subscribe:
  - {name: By e-mail, url: "mailto:join@lists.example.org?subject=join"}
  - {name: Text message, url: "sms:+491234?body=JOIN"}
  - {name: Chat, url: https://chat.example.org, kind: Slack}
  - {name: Beside the till, url: /pages/about/, kind: other}
-- static/logo.svg --
x
-- static/night.png --
x
-- static/terms.pdf --
x
-- pages/about.md --
---
title: About
---
Text.
`

func TestTheLinksOfAnOperatorAreRead(t *testing.T) {
	s, problems := Read(folder(strings.Replace(menuSite, "/a b", "/a%20b", 1)), Options{})
	if len(problems) > 0 {
		t.Fatal(listed(problems))
	}
	if s.Clock != 12 || s.Brand.Scheme != site.SchemeDark || s.Brand.LogoDark != "night.png" {
		t.Errorf("clock %d, scheme %v, logo for dark pages %q", s.Clock, s.Brand.Scheme, s.Brand.LogoDark)
	}
	for _, want := range []struct {
		link        site.NamedLink
		name, in    string
		href, other string // from the home page, and from the German one
	}{
		{s.Menu[0], "Documentation", "Handbuch", "https://docs.example.org/a%20b", "https://docs.example.org/a%20b"},
		{s.Menu[1], "About", "About", "pages/about/index.html", "../de/pages/about/index.html"},
		{s.Footer[0], "Imprint", "Imprint", "pages/about/index.html?x=1#imprint", "../de/pages/about/index.html?x=1#imprint"},
		{s.Footer[1], "Terms", "Terms", "terms.pdf", "../terms.pdf"},
		{s.Footer[2], "Call us", "Call us", "tel:+491234", "tel:+491234"},
		{s.Subscribe[3].NamedLink, "Beside the till", "Beside the till", "pages/about/index.html", "../de/pages/about/index.html"},
	} {
		l := want.link
		if l.Name.Default != want.name || l.Name.In("de") != want.in || l.Href("", "") != want.href || l.Href("../", "de/") != want.other {
			t.Errorf("%s: %q leads to %q and %q", want.name, l.Name, l.Href("", ""), l.Href("../", "de/"))
		}
	}
	var kinds []string
	for _, c := range s.Subscribe {
		kinds = append(kinds, c.Kind)
	}
	if got := strings.Join(kinds, " "); got != "email sms slack other" {
		t.Errorf("the kinds are %s", got)
	}
	if len(s.Links) != 4 { // about three times, and the terms
		t.Errorf("%d addresses of the site are checked, not 4", len(s.Links))
	}
}

// Lines of site.yml, each with the place, the message and the hint.
const menuMistakes = `
links: /history/
    3:8: "links" must be a list, not "/history/"
    write - {name: …, url: …} for each link
links: [x]
    3:9: an item of links must be keys and values, not text
    write keys and values: name, url
links: [{name: X}]
    3:9: an item of "links" needs "url"
    write {name: Imprint, url: /pages/imprint/}
footer: [{url: /history/}]
    3:10: an item of "footer" needs "name"
    write {name: Imprint, url: /pages/imprint/}
links: [{name: X, url: example.org}]
    3:24: "url": "example.org" is not an absolute URL
    write it in full, such as https://www.example.com, or as a path of the site, such as /pages/imprint/
links: [{name: X, url: www.example.org}]
    3:24: "url": "www.example.org" is not an absolute URL
    write https://www.example.org
links: [{name: X, url: help@example.org}]
    3:24: "url": "help@example.org" is not an absolute URL
    write mailto:help@example.org
links: [{name: X, url: //example.org}]
    3:24: "url": "//example.org" is not an absolute URL
    write it in full, such as https://www.example.com, or as a path of the site, such as /pages/imprint/
links: [{name: X, url: 'javascript:alert(1)'}]
    3:25: "url": "javascript:alert(1)" must begin with https: or http: or mailto: or tel:
    write it in full, such as https://www.example.com, or as a path of the site, such as /pages/imprint/
links: [{name: X, url: 'sms:+49'}]
    3:25: "url": "sms:+49" must begin with https: or http: or mailto: or tel:
    write it in full, such as https://www.example.com, or as a path of the site, such as /pages/imprint/
links: [{name: X, url: /../x/}]
    3:24: "url": "/../x/" may lead out of the site
    write it without . and ..
links: [{name: {en: X, fr: Y}, url: /}]
    3:24: "fr" is not one of the site's languages
    add it to languages in content/site.yml; they are en
links: [{name: X, url: /, kind: email}]
    3:27: unknown key "kind"
    known: name, url
links: [{name: X, url: /}, {name: Y, url: /}]
    3:43: a link to this address stands above already
    remove one of the two
subscribe: [{name: X, url: /, kind: slak}]
    3:37: unknown kind "slak"
    did you mean "slack"?
clock: 13
    3:8: "clock" must be 12 or 24, not 13
    write 24 for 14:30, or 12 for 2:30 pm
clock: [12]
    3:8: "clock" must be 12 or 24, not a list
    write 24 for 14:30, or 12 for 2:30 pm
brand: {scheme: black}
    3:17: unknown scheme "black"
    known: auto, light, dark
brand: {logo_dark: x.svg}
    3:20: there is no content/static/x.svg
    put the file in content/static/
brand: {logo_dark: x.txt, scheme: dark}
    3:20: "x.txt" is not a picture
    use a picture: .svg, .png, .webp, .avif, .gif, .jpg, .jpeg, .ico
brand: {logo_dark: night.png}
    3:20: there is a logo for dark pages, but none for light ones
    add logo: with the picture for light pages
brand: {logo_dark: night.png, scheme: dark}
    fine
clock: '24'
    fine
subscribe: [{name: X, url: 'sms:+49'}]
    fine
footer: [LONG]
    3:334: "footer" has more than 12 items
    keep the most important ones
`

// Each mistake in them has a place, a message, and a hint that leads to the fix.
func TestMistakesInTheLinksOfAnOperator(t *testing.T) {
	many := strings.Repeat("{name: N, url: /history/}, ", 13)
	for _, story := range strings.Split(strings.TrimSpace("\n"+menuMistakes), "\n") {
		if !strings.HasPrefix(story, " ") {
			line, told := story, ""
			_, after, _ := strings.Cut(menuMistakes, "\n"+line+"\n")
			for want := range strings.Lines(after) {
				if !strings.HasPrefix(want, " ") {
					break
				}
				told += strings.TrimSpace(want) + "\n"
			}
			site := "-- site.yml --\ntitle: X\nurl: https://status.example.org\n" + strings.Replace(line, "LONG", many, 1) +
				"\n-- static/night.png --\nx\n"
			_, problems := Read(folder(site), Options{})
			got := ""
			for _, p := range problems {
				if p.Rule != "repeated-item" || !strings.Contains(line, "LONG") {
					got += strings.TrimPrefix(p.Pos.String(), "content/site.yml:") + ": " + p.Message + "\n" + p.Hint + "\n"
				}
			}
			if cmp.Or(got, "fine\n") != told {
				t.Errorf("%s:\ngot:\n%swant:\n%s", line, got, told)
			}
		}
	}
}
