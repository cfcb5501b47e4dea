package render_test

import (
	"strings"
	"testing"
)

// Who comes from a search sees on every page how everything is, and the way back.
func TestEveryInnerPageSaysHowEverythingIs(t *testing.T) {
	c := website.with("content/site.yml", "title: Example\nurl: https://status.example.com\n").
		with("content/components.yml", "components:\n  - {id: website, name: Website}\n  - group: Tools\n    id: tools\n    components:\n"+
			"      - {id: api, name: API}\n").
		with("content/pages/about.md", "---\ntitle: About\n---\nText.\n").
		with("content/announcements/2026-11-20-tls.md", "---\ntitle: TLS\n---\nText.\n").
		with("content/incidents/down.md", "---\ntitle: Down\ncomponents: [website]\nstatus: down\n---\n"+
			"## Investigating — 2026-11-27 19:00\na\n").
		with("content/incidents/old.md", "---\ntitle: Old\ncomponents: [api]\nstatus: down\nstart: 2025-10-31 23:00\n"+
			"end: 2025-11-01 01:00\n---\nText.\n").
		with("content/maintenance/next.md", "---\ntitle: Next\ncomponents: [api]\nposted: 2026-11-01 10:00\nstart: 2027-01-02 10:00\n"+
			"duration: 1h\n---\nText.\n").
		with("content/incidents/drill.md", "---\ntitle: Drill\nnoindex: true\ncomponents: [api]\nstatus: down\n---\n"+
			"## Investigating — 2026-11-27 19:00\na\n")
	out := publish(t, c, "2026-11-27T20:00:00Z")
	pages := pagesOf(t, out)
	for path, want := range map[string]string{
		"index.html": "", "404.html": "", "503.html": "",
		"history/index.html":                      "Major outage: Status › History",
		"history/2026-11/index.html":              "Major outage: Status › History=../../history/index.html",
		"uptime/index.html":                       "Major outage: Status › Uptime",
		"uptime/2025/index.html":                  "Status › Uptime=../../uptime/index.html",
		"uptime/2026/index.html":                  "Major outage: Status › Uptime=../../uptime/index.html",
		"components/website/index.html":           "Major outage: Status › Website",
		"components/api/index.html":               "Major outage: Status › Tools=../../index.html#g-tools",
		"pages/about/index.html":                  "Major outage: Status › About",
		"announcements/index.html":                "Major outage: Status › Announcements",
		"announcements/2026-11-20-tls/index.html": "Status › Announcements=../../announcements/index.html",
		"incidents/down/index.html":               "Major outage: Status › November 2026=../../history/2026-11/index.html",
		"incidents/old/index.html":                "Status › October 2025=../../history/2025-10/index.html",
		"maintenance/next/index.html":             "Major outage: Status › January 2027=../../history/index.html",
		"incidents/drill/index.html":              "Status",
	} {
		said, settled := "", false
		for _, e := range elements(pages[path]) {
			if class, _ := attribute(e, "class"); e.Data != "nav" || class != "crumb" {
				continue
			}
			said = strings.Join(strings.Fields(text(e)), " ")
			for _, part := range elements(e) {
				if label, ok := attribute(part, "aria-label"); ok && part.Data == "svg" {
					said = label + ": " + said
				}
				source, _ := attribute(part, "src")
				settled = settled || strings.HasSuffix(source, "favicon.svg")
				if href, _ := attribute(part, "href"); part.Data == "a" && !strings.HasPrefix(text(part), "Status") {
					said += "=" + href
				}
			}
		}
		if said != want {
			t.Errorf("%s says %q, want %q", path, said, want)
		}
		// What nothing can change any more must not depend on today's status, and shows the
		// site's own icon, which does.
		if settled != strings.HasPrefix(want, "Status") {
			t.Errorf("%s: shows favicon.svg: %v", path, settled)
		}
	}
}

// A page that is looked at after the maintenance began says so in its way back.
func TestTheWayBackFollowsTheClock(t *testing.T) {
	out := publish(t, website.with("content/maintenance/next.md", "---\ntitle: Next\ncomponents: [api]\nposted: 2026-11-01 10:00\n"+
		"start: 2026-11-28 10:00\nduration: 1h\n---\nText.\n"), "2026-11-27T20:00:00Z")
	for _, path := range []string{
		"components/website/index.html", "history/index.html", "uptime/index.html", "maintenance/next/index.html",
	} {
		for at, word := range map[string]string{"10": "Under maintenance", "11": "Operational"} {
			_, then, _ := strings.Cut(string(out[path]), `data-at="2026-11-28T`+at+`:00:00Z" data-for="_state"`)
			then, _, _ = strings.Cut(then, "</script>")
			if !strings.Contains(then, `aria-label="`+word+`"`) {
				t.Errorf("%s does not foresee %q at %s:00: %s", path, word, at, then)
			}
		}
	}
}
