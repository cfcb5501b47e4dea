package source

import (
	"strings"
	"testing"
)

func TestAnAliasIsAPathOfTheSite(t *testing.T) {
	for written, want := range map[string]string{
		"/issues/2019-07-25-smtp/":   "/issues/2019-07-25-smtp/",
		"/issues/2019-07-25-smtp":    "/issues/2019-07-25-smtp/",
		"/issues/smtp.html":          "/issues/smtp.html",
		"/issues/smtp.HTML":          "/issues/smtp.HTML",
		"/issues/smtp.html/":         "/issues/smtp.html/",
		"/issues/smtp/index.html":    "/issues/smtp/",
		"/Affected/E%2DMail%20(EU)/": "/Affected/E-Mail (EU)/",
		"/caf%C3%A9":                 "/café/",
		"/café":                      "/café/",
		"/index.xml":                 "/index.xml/",
		"/a+b":                       "/a+b/",
		"/":                          "/",
	} {
		s, problems := Read(folder("-- components.yml --\ncomponents: [{id: a, aliases: '"+written+"'}]\n"), Options{})
		if len(problems) > 0 || len(s.Components) != 1 || s.Components[0].Aliases[0].ID != want {
			t.Errorf("%s\n%s%+v", written, listed(problems), s.Components)
		}
	}
}

func TestWhatCannotBeAnOldAddressSaysHowToWriteIt(t *testing.T) {
	for written, want := range map[string]string{
		"issues/x":                  `the old address "issues/x" does not begin with / (write it from the site's root: /issues/x)`,
		"https://old.example.org/x": `is on another site (write its path only, such as /issues/2019-07-25-smtp/)`,
		"//old.example.org/x":       `is on another site`,
		"/x?id=7":                   `has a query or a fragment (write /x without what follows)`,
		"/x#u-1":                    `has a query or a fragment`,
		"/../x":                     `may lead out of the site`,
		"/x/%2e%2E/%2E%2E/y":        `may lead out of the site`,
		"/./x":                      `may lead out of the site`,
		"/x//y":                     `has a part without a name`,
		"/x%2fy":                    `has an encoded /`,
		"/100%":                     `has a % that encodes nothing (write %25 for the character %)`,
		"/x%00":                     `cannot be a file on every system`,
		"/x%0a":                     `cannot be a file on every system`,
		`/..\x`:                     `cannot be a file on every system`,
		"/%ff":                      `cannot be a file on every system`,
		"/a:b":                      `cannot be a file on every system (remove it, and serve it by a line in content/static/_redirects)`,
		"/con/":                     `cannot be a file on every system`,
		"/.allclear/x":              `is one of allclear's own files`,
		"/old/.Git/":                `has a folder in which version control keeps its own files`,
		"/.svn":                     `has a folder in which version control keeps its own files`,
	} {
		for _, file := range []string{
			"-- incidents/x.md --\n---\ntitle: X\nstart: 2026-01-01 10:00\naliases: ['" + written + "']\n---\n",
			"-- pages/x.md --\n---\ntitle: X\naliases: ['" + written + "']\n---\n",
			"-- site.yml --\ntitle: X\nurl: https://x.example.org\nredirects: {'" + written + "': /history/}\n",
		} {
			_, problems := Read(folder(file), Options{})
			if len(problems) != 1 || problems[0].Rule != "bad-alias" || problems[0].Line == 0 ||
				!strings.Contains(problems[0].Message+" ("+problems[0].Hint+")", want) {
				t.Errorf("%s\n%s", written, listed(problems))
			}
		}
	}
}

func TestAnOldAddressHasTheLengthOfAFileNameAtMost(t *testing.T) {
	for _, written := range []string{"/" + deep("x", 201), "/" + deep(deep("x", 99)+"/", 9), deep("/x", 33)} {
		expect(t, "-- pages/x.md --\n---\ntitle: X\naliases: ["+written+"]\n---\n",
			"pages/x.md:3:11: error: the old address "+quoted(written)+" cannot be a file on every system\n")
	}
}

func TestTheSameOldAddressTwiceInOneListIsAWarning(t *testing.T) {
	expect(t, `-- pages/x.md --
---
title: X
aliases: [/old, /old/, /old/index.html, /Old/]
---
`, `
pages/x.md:3:17: warning: "/old/" is the same address as one above it
pages/x.md:3:24: warning: "/old/index.html" is the same address as one above it
`)
}

func TestARedirectLeadsToAPathOrAnHTTPSAddress(t *testing.T) {
	s, problems := Read(folder(`-- site.yml --
title: X
url: https://x.example.org
redirects:
  /index.xml: /history.rss
  /feed/index.html: /history.atom
  /old: "/incidents/caf%C3%A9/#u-first"
  /away.html: https://www.example.org/?x=1#y
  /café: "HTTPS://www.example.org/café"
  /two words: '/history/#two words" 200 é%20é'
`), Options{})
	if len(problems) > 0 || len(s.Redirects) != 6 {
		t.Fatalf("%s%+v", listed(problems), s.Redirects)
	}
	for i, want := range []string{
		"/index.xml/ /history.rss", "/feed/ /history.atom", "/old/ /incidents/café/#u-first", "/away.html https://www.example.org/?x=1#y",
		"/café/ https://www.example.org/caf%C3%A9", "/two words/ /history/#two%20words%22%20200%20%C3%A9%20%C3%A9",
	} {
		if r := s.Redirects[i]; r.From.ID+" "+r.To.ID != want || r.Folder != (i == 1) || r.From.Pos.Line != 4+i || r.To.Pos.Line != 4+i {
			t.Errorf("%+v, want %s", r, want)
		}
	}
	expect(t, `-- site.yml --
title: X
url: https://x.example.org
redirects:
  /a: http://www.example.org/
  /b: history/
  /c: javascript:alert(1)
  /d: /history/?page=2
  /e: //www.example.org/
  /f: /../x
  /g: [/history/]
  /h:
  /i: ""
`, `
site.yml:4:7: error: "/a": "http://www.example.org/" must begin with https:
site.yml:5:7: error: "/b": "history/" is not an absolute URL
site.yml:6:7: error: "/c": "javascript:alert(1)" must begin with https:
site.yml:7:7: error: the address "/history/?page=2" has a query or a fragment
site.yml:8:7: error: "/e": "//www.example.org/" is not an absolute URL
site.yml:9:7: error: the address "/../x" may lead out of the site
site.yml:10:7: error: "/g" must be text, not a list
site.yml:11:3: error: "/h" has no value
site.yml:12:8: error: "/i" is empty
`)
	expect(t, "-- site.yml --\ntitle: X\nurl: https://x.example.org\nredirects: [/a]\n", `
site.yml:3:12: error: "redirects" must be keys and values, not a list
`)
}
