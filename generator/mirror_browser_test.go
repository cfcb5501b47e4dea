package generator_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A page that may be out of date names the site's other hosts, and leads to the same page
// there. Until then it says nothing of them, and never of the host that it is on.
func TestAPageThatMayBeOutOfDateNamesTheOtherHosts(t *testing.T) {
	files := fstest.MapFS{
		"content/site.yml": {Data: []byte("title: Example\nurl: https://status.example.com\nlanguages: [en, de]\n" +
			"mirrors: [https://status2.example.net, https://www.example.org/status/]\n")},
		"content/components.yml": {Data: []byte("components: [{id: web, name: Web}]\n")},
		"content/incidents/slow.md": {Data: []byte("---\ntitle: Slow\ncomponents: [web]\nstatus: major_outage\n---\n" +
			"## Investigating — 2025-08-01 01:00\n\nText.\n")},
	}
	h := hosted(t, siteOf(t, files, "2025-08-01T01:50:00Z"))
	v := visits(t, h, "de/incidents/slow/index.html", "2025-08-01T01:51:00Z")
	v.until("the script", `document.querySelector("main").innerText.includes("vor 51")`)
	if shown := v.reads(`getComputedStyle(document.querySelector(".elsewhere")).display`); shown != "none" {
		t.Errorf("a page that is right names other hosts: display: %s", shown)
	}
	v.reads(`leap(40 * 60)`)
	v.until("doubt", `document.querySelector("#_stale").innerText.startsWith("Diese Seite ist")`)
	v.sees(".elsewhere", "Auch unter: status.example.com status2.example.net www.example.org/status")
	links := v.reads(`[...document.querySelectorAll(".elsewhere a")].map(e => e.href).join(" ")`)
	if links != "https://status.example.com/de/incidents/slow/ https://status2.example.net/de/incidents/slow/ "+
		"https://www.example.org/status/de/incidents/slow/" {
		t.Errorf("they lead to %s", links)
	}
	v.calm("de/incidents/slow/index.html")

	// A copy on one of these hosts does not name itself.
	here := strings.TrimPrefix(h.URL, "http://")
	files["content/site.yml"] = &fstest.MapFile{Data: []byte("title: Example\nurl: https://status.example.com\nmirrors: [" + h.URL + "]\n")}
	h.publish(siteOf(t, files, "2025-08-01T01:50:00Z"))
	v = visits(t, h, "index.html", "2025-08-01T02:40:00Z")
	v.until("doubt", `document.querySelector("#_stale").innerText.startsWith("This page may")`)
	v.sees(".elsewhere", "Also at: status.example.com")
	if said := v.reads(`document.querySelector(".elsewhere").innerText`); strings.Contains(said, here) {
		t.Errorf("the page names its own host: %s", said)
	}

	// A site without mirrors names nobody, and one that is served at any address leads home.
	o := siteOf(t, files, "2025-08-01T01:50:00Z")
	if page := string(o.bytes("404.html")); !strings.Contains(page, `<a href="`+h.URL+`/">`) {
		t.Error("404.html leads to a page of the mirror, not to its home page")
	}
	delete(files, "content/site.yml")
	files["content/site.yml"] = &fstest.MapFile{Data: []byte("title: Example\nurl: https://status.example.com\n")}
	if page := string(siteOf(t, files, "2025-08-01T01:50:00Z").bytes("index.html")); strings.Contains(page, "elsewhere\">") {
		t.Error("a site without mirrors names some")
	}
}
