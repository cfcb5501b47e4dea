package render

import (
	"fmt"
	"slices"
	"strings"

	"allclear/generator/site"
)

// Headers. Files that follow the site's state may be cached for 30 seconds, so that
// nobody sees an old status for long during an outage; files with a hash of their content
// in their names, for a year.
const (
	cacheBriefly   = "Cache-Control: public, max-age=30"
	cacheForever   = "Cache-Control: public, max-age=31536000, immutable"
	allowAnyOrigin = "Access-Control-Allow-Origin: *"
)

// rule is a path pattern with the headers that a host sends for it.
type rule struct {
	path    string
	headers []string
}

// headersFile returns _headers, which Netlify, Cloudflare Pages and others read, with the
// operator's own rules at its end. No two rules for one file set the same header, and no
// path has two rules, because hosts disagree about what that means.
func (b *build) headersFile() ([]byte, error) {
	var text strings.Builder
	for _, r := range headerRules(b.settings, b.staticFiles) {
		fmt.Fprintln(&text, r.path)
		for _, header := range r.headers {
			fmt.Fprintln(&text, "  "+header)
		}
	}
	own, err := ownHeaders(b.staticFiles)
	if own != "" {
		text.WriteString("# From here on, content/static/_headers.\n" + strings.TrimRight(own, "\n") + "\n")
	}
	return []byte(text.String()), err
}

// headerRules returns all rules of the site, those for one path merged.
func headerRules(s *settings, static []site.Static) []rule {
	var rules []rule
	for _, r := range slices.Concat(s.pageRules(), s.dataRules(static), s.typeRules(), s.copyRules(), s.embeddable()) {
		if i := slices.IndexFunc(rules, func(known rule) bool { return known.path == r.path }); i >= 0 {
			rules[i].headers = slices.Concat(rules[i].headers, r.headers)
			continue
		}
		rules = append(rules, r)
	}
	return rules
}

// embeddable returns the rules for files that other sites include. Sites isolated from
// other origins can load them only with this header.
func (s *settings) embeddable() []rule {
	paths := []string{"/badges/*", "/cards/*", "/embed.js"}
	if len(s.languages) > 1 {
		paths = append(paths, "/:lang/badges/*", "/:lang/cards/*", "/:lang/embed.js")
	}
	var rules []rule
	for _, path := range paths {
		rules = append(rules, rule{path, []string{"Cross-Origin-Resource-Policy: cross-origin"}})
	}
	return rules
}

// pageRules returns the rules for pages. Every language but the first has a folder of its
// own, in which its feeds and badges are too.
func (s *settings) pageRules() []rule {
	rules := []rule{{"/*", []string{
		"Content-Security-Policy: " + s.assets.Policy.all + "; frame-ancestors 'self'",
		"X-Content-Type-Options: nosniff",
		"Referrer-Policy: strict-origin-when-cross-origin",
		"Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	}}}
	for _, path := range []string{
		"/", "/404.html", "/503.html", "/announcements/*", "/history/*", "/uptime/*", "/pages/*",
	} {
		rules = append(rules, rule{path, []string{cacheBriefly}})
	}
	if s.site.Reports {
		rules = append(rules, rule{"/reports/*", []string{cacheBriefly, allowAnyOrigin}})
	}
	for _, l := range s.languages {
		if !l.Default {
			rules = append(rules, rule{"/" + l.Tag + "/*", []string{cacheBriefly, allowAnyOrigin}})
		}
	}
	return rules
}

// dataRules returns the rules for files that programs read. The style sheet and the
// scripts have their hash in their names and are cached for a year.
func (s *settings) dataRules(static []site.Static) []rule {
	var rules []rule
	for _, path := range []string{
		"/components/*", "/incidents/*", "/maintenance/*", "/badges/*", "/cards/*", "/history.rss", "/history.atom", "/feed.json",
		"/maintenance.ics", "/metrics", "/state.json", "/build.json", "/search.json", "/search/*", "/choose.txt", "/status.txt",
		"/embed.js", "/favicon.svg", "/manifest.webmanifest", "/sitemap.xml",
	} {
		rules = append(rules, rule{path, []string{cacheBriefly, allowAnyOrigin}})
	}
	if len(s.site.Measurements) > 0 {
		rules = append(rules, rule{"/measurements/*", []string{cacheBriefly, allowAnyOrigin}})
	}
	rules = append(rules, rule{"/api/*", []string{cacheBriefly, allowAnyOrigin, "Content-Type: application/json; charset=utf-8"}})
	if ownsFolder(static, "assets/") {
		return append(
			rules,
			rule{"/" + s.assets.StylePath, []string{cacheForever}},
			rule{"/" + s.assets.ScriptPath, []string{cacheForever}},
			rule{"/" + s.assets.FindPath, []string{cacheForever}},
			rule{"/" + s.assets.BarsPath, []string{cacheForever}},
			rule{"/" + s.assets.Choose.Path, []string{cacheForever}},
			rule{"/" + s.assets.MovedPath, []string{cacheForever}},
		)
	}
	return append(rules, rule{"/assets/*", []string{cacheForever}})
}

// ownsFolder reports whether the operator has files in a folder.
func ownsFolder(static []site.Static, folder string) bool {
	for _, s := range static {
		if strings.HasPrefix(s.Path, folder) {
			return true
		}
	}
	return false
}

// typeRules returns the rules that set a media type where a host may not know it from the
// extension. One pattern covers all other languages, since hosts read only the first
// hundred rules.
func (s *settings) typeRules() []rule {
	roots := []string{"/"}
	if len(s.languages) > 1 {
		roots = append(roots, "/:lang/")
	}
	var rules []rule
	for _, root := range roots {
		for _, folder := range []string{"", "components/:component/"} {
			rules = append(rules,
				rule{root + folder + "history.rss", []string{"Content-Type: application/rss+xml; charset=utf-8"}},
				rule{root + folder + "history.atom", []string{"Content-Type: application/atom+xml; charset=utf-8"}},
				rule{root + folder + "feed.json", []string{"Content-Type: application/feed+json; charset=utf-8"}},
				rule{root + folder + "maintenance.ics", []string{"Content-Type: text/calendar; charset=utf-8"}})
		}
		rules = append(rules,
			rule{root + "maintenance/:entry/event.ics", []string{"Content-Type: text/calendar; charset=utf-8"}},
			rule{root + "incidents/:entry/index.md", []string{"Content-Type: text/markdown; charset=utf-8"}},
			rule{root + "maintenance/:entry/index.md", []string{"Content-Type: text/markdown; charset=utf-8"}},
			rule{root + "announcements/:entry/index.md", []string{"Content-Type: text/markdown; charset=utf-8"}},
			rule{root + "status.txt", []string{"Content-Type: text/plain; charset=utf-8"}},
			rule{root + "manifest.webmanifest", []string{"Content-Type: application/manifest+json; charset=utf-8"}})
	}
	return append(rules, rule{"/metrics", []string{"Content-Type: text/plain; version=0.0.4; charset=utf-8"}})
}
