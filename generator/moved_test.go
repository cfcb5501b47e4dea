package generator_test

import (
	"html"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/themes"
)

// A status page moves here from another generator. Whatever people and programs have kept
// of the old one leads home.

// movedSite is the content of a site that moved here.
func movedSite() fstest.MapFS {
	return fstest.MapFS{
		"content/site.yml": {Data: []byte(`title: {en: Example Status, de: Beispiel}
url: https://status.example.org
languages: [en, de]
redirects:
  /index.xml: /history.rss
  /feed/: /history.atom
  /calendar: /maintenance.ics
  /affected/mail/index.xml: /components/mail/history.rss
  /issues/: /history/
  /de/issues: /de/history
  /by-id/: /incidents/abc123def456/
  /twice/: /issues/2019-07-25-smtp/
  /thrice/: /twice
  /update: /incidents/2019-07-25-smtp/#u-first
  /contact.html: https://www.example.org/contact?from=status&x=1
`)},
		"content/components.yml": {Data: []byte(`components:
  - {id: mail, name: {en: Mail, de: Post}, aliases: [/affected/E-Mail (EU)/, /de/affected/post/]}
`)},
		"content/incidents/2019-07-25-smtp.md": {Data: []byte(`---
title: Mail <late>
id: abc123def456
aliases: [/issues/2019-07-25-smtp/, /Old-Issues/Caf%C3%A9%20100%25, /de/issues/2019-07-25-smtp, /i.html, /incidents/abc123def456/]
components: [mail]
status: down
---
## Investigating — 2019-07-25 10:00
It is slow.
## Resolved — 2019-07-25 11:00
It is fast.
`)},
		"content/incidents/2019-07-25-smtp.de.md": {Data: []byte("---\ntitle: Post <spät>\n---\n")},
		"content/incidents/rehearsal.md": {Data: []byte("---\ntitle: A rehearsal\nnoindex: true\naliases: [/rehearsal/]\n" +
			"start: 2019-08-01 10:00\nend: 2019-08-01 11:00\n---\n")},
		"content/maintenance/later.md": {Data: []byte("---\ntitle: A secret move\ncomponents: [mail]\naliases: [/m/later/]\n" +
			"start: 2026-09-05 10:00\nduration: 1h\nposted: 2026-09-01\n---\n")},
		"content/pages/about.md": {Data: []byte("---\ntitle: About us\naliases: /about\n---\n" +
			"[Then](/m/later/), [before](/issues/2019-07-25-smtp).\n")},
		"content/announcements/2019-07-01-tls.md": {Data: []byte("---\ntitle: TLS 1.0 ends\n" +
			"aliases: [/news/tls/, /incidents/tls]\n---\nSoon.\n")},
		"content/announcements/2026-08-01-soon.md": {Data: []byte("---\ntitle: A secret plan\naliases: [/news/soon/]\n---\nSoon.\n")},
		"content/static/_redirects":                {Data: []byte("/old/*  /history/  301\n")},
		"content/static/own/page.html":             {Data: []byte("<!doctype html>own")},
	}
}

// homes are the old addresses of the site, and where each leads.
var homes = map[string]string{
	"/issues/2019-07-25-smtp/":        "/incidents/2019-07-25-smtp/",
	"/issues/2019-07-25-smtp":         "/incidents/2019-07-25-smtp/",
	"/Old-Issues/Caf%C3%A9%20100%25/": "/incidents/2019-07-25-smtp/",
	"/de/issues/2019-07-25-smtp/":     "/de/incidents/2019-07-25-smtp/",
	"/i.html":                         "/incidents/2019-07-25-smtp/",
	"/incidents/abc123def456/":        "/incidents/2019-07-25-smtp/",
	"/affected/E-Mail%20(EU)/":        "/components/mail/",
	"/de/affected/post/":              "/de/components/mail/",
	"/about/":                         "/pages/about/",
	"/news/tls/":                      "/announcements/2019-07-01-tls/",
	"/incidents/tls/":                 "/announcements/2019-07-01-tls/",
	"/rehearsal/":                     "/incidents/rehearsal/",
	"/issues/":                        "/history/",
	"/de/issues/":                     "/de/history/",
	"/by-id/":                         "/incidents/2019-07-25-smtp/",
	"/twice/":                         "/incidents/2019-07-25-smtp/",
	"/thrice/":                        "/incidents/2019-07-25-smtp/",
	"/update/":                        "/incidents/2019-07-25-smtp/",
	"/index.xml":                      "/history.rss",
	"/feed/":                          "/history.atom",
	"/feed":                           "/history.atom",
	"/calendar":                       "/maintenance.ics",
	"/affected/mail/index.xml":        "/components/mail/history.rss",
	"/contact.html":                   "https://www.example.org/contact?from=status&x=1",
	"/incidents/2019-07-25-smtp/":     "/incidents/2019-07-25-smtp/", // what never moved stays
	"/own/page.html":                  "/own/page.html",
}

// builtFiles are the files of a site at an instant, by path.
func builtFiles(t *testing.T, folder fstest.MapFS, at string) map[string][]byte {
	t.Helper()
	now, err := time.Parse(time.DateOnly, at)
	if err != nil {
		t.Fatal(err)
	}
	result := generator.Build(folder, themes.In(folder), generator.Options{Now: now})
	for _, p := range result.Problems {
		if p.Severity == diag.Error || p.Rule == "dead-link" {
			t.Fatal(p)
		}
	}
	files := map[string][]byte{}
	for _, f := range result.Files {
		if files[f.Path], err = f.Bytes(); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// fileHost serves files as a host of plain files does: the index.html of a folder, and to the
// folder's address where its last slash is missing. With redirects, it does first what
// _redirects says, as Cloudflare Pages does.
func fileHost(files map[string][]byte, redirects bool) http.Handler {
	rules := map[string]string{}
	for line := range strings.Lines(string(files["_redirects"])) {
		if fields := strings.Fields(line); redirects && len(fields) == 3 && fields[2] == "301" {
			rules[fields[0]] = fields[1]
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to, moved := rules[r.URL.EscapedPath()]; moved {
			http.Redirect(w, r, to, http.StatusMovedPermanently)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, found := files[name]
		if _, folder := files[name+"/index.html"]; !found && folder {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
			return
		}
		if !found {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("Content-Security-Policy", policyOf(files))
		w.Write(data)
	})
}

// policyOf is the Content-Security-Policy that _headers sends with every file.
func policyOf(files map[string][]byte) string {
	_, rest, _ := strings.Cut(string(files["_headers"]), "Content-Security-Policy: ")
	policy, _, _ := strings.Cut(rest, "\n")
	return policy
}

var refresh = regexp.MustCompile(`<meta http-equiv="refresh" content="0; url=([^"]*)">`)

// followed is where an address of a host leads in the end, through redirects and pages
// that lead on, as in a browser without scripts; and what is there.
func followed(t *testing.T, client *http.Client, address string) (end string, body []byte) {
	t.Helper()
	for range 5 {
		resp, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ = io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode == http.StatusMovedPermanently {
			address = resp.Header.Get("Location")
		} else if to := refresh.FindSubmatch(body); to != nil && resp.StatusCode == http.StatusOK {
			address = html.UnescapeString(string(to[1]))
		} else {
			return strings.TrimSuffix(resp.Request.URL.Path, "index.html"), append(body, byte('0'+resp.StatusCode/100))
		}
		next, err := resp.Request.URL.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if next.Host != resp.Request.URL.Host {
			return next.String(), nil
		}
		address = next.String()
	}
	t.Fatalf("%s leads on and on", address)
	return "", nil
}

func TestEveryOldAddressLeadsHome(t *testing.T) {
	files := builtFiles(t, movedSite(), "2026-02-01")
	for name, redirects := range map[string]bool{"a host of plain files": false, "a host that reads _redirects": true} {
		site := httptest.NewServer(fileHost(files, redirects))
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for _, old := range slices.Sorted(maps.Keys(homes)) {
			end, body := followed(t, client, site.URL+old)
			want := homes[old]
			file := strings.TrimPrefix(want, "/")
			if strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			there := append(slices.Clip(files[file]), '2')
			if strings.HasPrefix(want, "https:") {
				there = nil
			}
			// A file is copied where the host cannot redirect: readers of feeds follow no page.
			copied := path.Ext(want) != "" && end == old || end == old+"/" && old == "/feed"
			if end != want && !copied || string(body) != string(there) {
				t.Errorf("%s: %s leads to %s, not to %s: %.200s", name, old, end, want, body)
			}
		}
		for _, nothing := range []string{"/m/later/", "/news/soon/", "/issues/nosuch/", "/i.html/"} {
			if end, body := followed(t, client, site.URL+nothing); body[len(body)-1] != '4' {
				t.Errorf("%s: something is at %s: %s", name, nothing, end)
			}
		}
		site.Close()
	}
}

func TestAnOldAddressOfWhatIsNotPublicBetraysNothing(t *testing.T) {
	for path, data := range builtFiles(t, movedSite(), "2026-02-01") {
		if strings.HasPrefix(path, "m/") || strings.Contains(string(data), "m/later") || strings.Contains(string(data), "news/soon") {
			t.Errorf("%s knows of the move to come", path)
		}
		if strings.Contains(string(data), "rehearsal") && !strings.Contains(path, "rehearsal") {
			t.Errorf("%s knows of the rehearsal", path)
		}
	}
	files := builtFiles(t, movedSite(), "2026-09-01")
	if !strings.Contains(string(files["_redirects"]), "/m/later/ /maintenance/later/ 301\n") || files["m/later/index.html"] == nil {
		t.Error("once it is public, its old address does not lead to it")
	}
}

func TestAPageAtAnOldAddressSaysWhereItLeads(t *testing.T) {
	files := builtFiles(t, movedSite(), "2026-02-01")
	for path, wants := range map[string][]string{
		"issues/2019-07-25-smtp/index.html": {
			`<html lang="en" dir="ltr">`, "<title>Mail &lt;late&gt;</title>", `content="0; url=../../incidents/2019-07-25-smtp/index.html"`,
			`<link rel="canonical" href="https://status.example.org/incidents/2019-07-25-smtp/">`, `content="noindex"`,
			`<a href="../../incidents/2019-07-25-smtp/index.html">Mail &lt;late&gt;</a>`,
		},
		"de/issues/2019-07-25-smtp/index.html": {`<html lang="de" dir="ltr">`, "<title>Post &lt;spät&gt;</title>"},
		"de/affected/post/index.html":          {`<html lang="de" dir="ltr">`, "<title>Post</title>"},
		"de/issues/index.html":                 {`<html lang="de" dir="ltr">`, "<title>Beispiel</title>"},
		"affected/E-Mail (EU)/index.html":      {"<title>Mail</title>"},
		"about/index.html":                     {"<title>About us</title>"},
		"update/index.html": {"<title>Mail &lt;late&gt;</title>",
			`url=../incidents/2019-07-25-smtp/index.html#u-first"`},
		"contact.html": {"<title>https://www.example.org/contact?from=status&amp;x=1</title>"},
	} {
		for _, want := range wants {
			if !strings.Contains(string(files[path]), want) {
				t.Errorf("%s lacks %s:\n%s", path, want, files[path])
			}
		}
	}
	if sitemap := string(files["sitemap.xml"]); strings.Contains(sitemap, "issues") || strings.Contains(sitemap, "about/</loc>") &&
		!strings.Contains(sitemap, "/pages/about/</loc>") {
		t.Error("the sitemap names old addresses")
	}
	for _, want := range []string{"/feed/\n  Content-Type: application/atom+xml", "/calendar\n  Content-Type: text/calendar"} {
		if !strings.Contains(string(files["_headers"]), want) {
			t.Errorf("_headers lacks %s", want)
		}
	}
}
