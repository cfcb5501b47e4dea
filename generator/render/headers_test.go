package render_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"allclear/generator/render"
	"allclear/generator/source"
)

// Cloudflare Pages reads a hundred rules, which must be enough for every language of the
// program.
func TestHeadersNameEachHeaderOncePerFileInTwentyLanguages(t *testing.T) {
	tags := []string{"en", "ar", "cs", "da", "de", "es", "fi", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt-BR", "sv", "tr", "uk",
		"zh-Hans"}
	out := publish(t, little.with("content/site.yml", strings.Replace(little["content/site.yml"], "title:", "languages: ["+
		strings.Join(tags, ", ")+"]\ntitle:", 1)), incident)
	rules := headersOnce(t, out)
	for file, want := range map[string][]string{
		"/zh-Hans/": {"Cache-Control: public, max-age=30"},
		"/zh-Hans/history.rss": {"Cache-Control: public, max-age=30", "Access-Control-Allow-Origin: *",
			"Content-Type: application/rss+xml; charset=utf-8"},
		"/uk/components/api/history.atom":    {"Access-Control-Allow-Origin: *", "Content-Type: application/atom+xml; charset=utf-8"},
		"/ja/components/api/maintenance.ics": {"Content-Type: text/calendar; charset=utf-8"},
		"/ar/status.txt":                     {"Access-Control-Allow-Origin: *", "Content-Type: text/plain; charset=utf-8"},
		"/he/embed.js":                       {"Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin"},
		"/hi/incidents/errors/index.md":      {"Content-Type: text/markdown; charset=utf-8"},
		"/de/manifest.webmanifest":           {"Content-Type: application/manifest+json; charset=utf-8"},
	} {
		if _,
			there := out[strings.TrimPrefix(strings.TrimSuffix(file, "/")+
			map[bool]string{true: "/index.html"}[strings.HasSuffix(file, "/")], "/")]; !there {
			t.Errorf("there is no %s", file)
		}
		for _, header := range want {
			if got := sent(rules, file); !slices.Contains(got, header) {
				t.Errorf("%s is not sent %s but %q", file, header, got)
			}
		}
	}
	for file := range out {
		seen := map[string]bool{}
		for _, header := range sent(rules, "/"+file) {
			name, _, _ := strings.Cut(header, ":")
			if seen[name] {
				t.Errorf("%s is sent %s twice", file, name)
			}
			seen[name] = true
		}
	}
}

// headersOnce parses the rules. There may be at most a hundred, with each path once.
func headersOnce(t *testing.T, out map[string][]byte) map[string][]string {
	t.Helper()
	rules := map[string][]string{}
	path := ""
	for _, line := range strings.Split(strings.TrimSpace(string(out["_headers"])), "\n") {
		if header, ok := strings.CutPrefix(line, "  "); ok {
			rules[path] = append(rules[path], header)
			continue
		}
		path = line
		if _, twice := rules[path]; twice {
			t.Errorf("%s has two rules; a host may read the last alone", path)
		}
	}
	if len(rules) > 100 {
		t.Errorf("there are %d rules; hosts read a hundred", len(rules))
	}
	t.Logf("%d rules", len(rules))
	return rules
}

func TestHeadersNameEachHeaderOncePerFile(t *testing.T) {
	out := publish(t, little.with("content/announcements/news.md", "---\ntitle: News\nposted: 2025-07-20\n---\nText.\n"), incident)
	rules := headersOnce(t, out)
	for file, want := range map[string][]string{
		"/": {"Cache-Control: public, max-age=30"},
		"/api/v2/summary.json": {"Cache-Control: public, max-age=30", "Access-Control-Allow-Origin: *",
			"Content-Type: application/json; charset=utf-8"},
		"/history.rss": {"Cache-Control: public, max-age=30", "Access-Control-Allow-Origin: *",
			"Content-Type: application/rss+xml; charset=utf-8"},
		"/components/api/history.atom":    {"Access-Control-Allow-Origin: *", "Content-Type: application/atom+xml; charset=utf-8"},
		"/components/api/maintenance.ics": {"Content-Type: text/calendar; charset=utf-8"},
		"/badges/api.svg":                 {"Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin"},
		"/embed.js":                       {"Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin"},
		"/incidents/errors/index.md":      {"Content-Type: text/markdown; charset=utf-8"},
		"/announcements/news/":            {"Cache-Control: public, max-age=30"},
		"/announcements/news/index.md":    {"Content-Type: text/markdown; charset=utf-8"},
		"/metrics":                        {"Content-Type: text/plain; version=0.0.4; charset=utf-8"},
	} {
		got := sent(rules, file)
		seen := map[string]bool{}
		for _, header := range got {
			name, _, _ := strings.Cut(header, ":")
			if seen[name] {
				t.Errorf("%s is sent %s twice", file, name)
			}
			seen[name] = true
		}
		for _, header := range want {
			if !slices.Contains(got, header) {
				t.Errorf("%s is not sent %s but %q", file, header, got)
			}
		}
	}
	for path := range out {
		if strings.HasPrefix(path, "assets/") && !slices.Contains(sent(rules, "/"+path),
			"Cache-Control: public, max-age=31536000, immutable") {
			t.Errorf("%s is not kept", path)
		}
		if !strings.HasPrefix(path, "_") && !strings.HasPrefix(path, ".") && path != "robots.txt" && path != "logo.svg" &&
			!slices.ContainsFunc(sent(rules, "/"+strings.TrimSuffix(path, "index.html")),
				func(h string) bool { return strings.HasPrefix(h, "Cache-Control") }) {
			t.Errorf("nothing says how long %s may be kept", path)
		}
	}
}

// sent returns the headers of all rules that match a path, as hosts apply them: * matches
// anything, and :name one segment.
func sent(rules map[string][]string, path string) []string {
	var headers []string
	for pattern, own := range rules {
		if matches(pattern, path) {
			headers = append(headers, own...)
		}
	}
	return headers
}

func matches(pattern, path string) bool {
	if start, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(path, start)
	}
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || strings.HasPrefix(w, ":") && g != "" })
}

func TestThePolicyAllowsNothingInlineButItsHashes(t *testing.T) {
	headers := string(publish(t, little, incident)["_headers"])
	_, policy, _ := strings.Cut(headers, "Content-Security-Policy: ")
	policy, _, _ = strings.Cut(policy, "\n")
	if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") ||
		!strings.Contains(policy, "script-src 'self' 'sha256-") || !strings.Contains(policy, "frame-ancestors") {
		t.Errorf("the policy is %s", policy)
	}
}

func TestTheOperatorsOwnFileTakesThePlaceOfOurs(t *testing.T) {
	out := publish(t, little.with("content/static/robots.txt", "User-agent: *\nDisallow: /\n").with("content/static/favicon.svg",
		"<svg xmlns='http://www.w3.org/2000/svg'/>"), clear)
	if string(out["robots.txt"]) != "User-agent: *\nDisallow: /\n" ||
		string(out["favicon.svg"]) != "<svg xmlns='http://www.w3.org/2000/svg'/>" {
		t.Errorf("robots.txt is %s, favicon.svg %s", out["robots.txt"], out["favicon.svg"])
	}
}

func TestTheOperatorsHeadersAreAddedToOurs(t *testing.T) {
	ours := string(publish(t, little, clear)["_headers"])
	both := string(publish(t, little.with("content/static/_headers", "/*\n  X-Test: 1"), clear)["_headers"])
	if both != ours+"# From here on, content/static/_headers.\n/*\n  X-Test: 1\n" {
		t.Errorf("_headers is %s", both)
	}
}

// What check says about the operator's own _headers, line by line.
func TestMistakesInTheOperatorsHeaders(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"rules":                   {"# ours\n/*\n  X-Test: 1\n\n/about/\n\tLink: </a.css>\n", ""},
		"a byte order mark":       {"\ufeff/*\n  X-Test: 1\n", ""},
		"a header without a path": {"  X-Test: 1\n", "1:3-12 bad-headers: the header has no path above it"},
		"after a tab":             {"\tX-Test: 1\n", "1:2-11 bad-headers: the header has no path above it"},
		"no value":                {"/*\n  X-Test\n", "2:3-9 bad-headers: the header has no value"},
		"no name":                 {"/*\n  : DENY\n", "2:3-9 bad-headers: the header has no name"},
		"two words as a name": {"/*\n  Cache Control: no-store\n",
			`2:3-26 bad-headers: "Cache Control" cannot be the name of a header`},
		"neither": {"X-Test: 1\n", "1:1-10 bad-headers: this is neither a path nor a header"},
		"what every file has": {"/*\n  x-content-type-options: nosniff\n",
			"2:3-34 repeated-header: the site sends x-content-type-options with every file already, and a browser then gets both"},
		"that for one folder":     {"/about/*\n  X-Content-Type-Options: nosniff\n", ""},
		"as many as a host reads": {strings.Repeat("/a\n  X-Test: 1\n", 62), ""},
		"more than a host reads": {strings.Repeat("/a\n  X-Test: 1\n", 63),
			"0:0-0 too-many-headers: with the site's own there are 101 rules, and Cloudflare Pages reads only the first 100"},
		"larger than anybody's needs": {strings.Repeat("# much\n", 80_000),
			"0:0-0 bad-headers: the file cannot be read: it is larger than 512 KB"},
		"a path after one with spaces": {"/*\n  A: 1\n   B: 2\n/b\n  C: 3\n", ""},
	} {
		folder := little.with("content/static/_headers", c.text).folder()
		s, problems := source.Read(folder, source.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		var said []string
		for _, p := range render.CheckHeaders(&s) {
			said = append(said, fmt.Sprintf("%d:%d-%d %s: %s", p.Line, p.Column, p.EndColumn, p.Rule, p.Message))
		}
		if got := strings.Join(said, "\n"); got != c.want {
			t.Errorf("%s: %s, not %s", name, got, c.want)
		}
	}
}

// A merge that nobody finished is reported once, at its first line.
func TestAnUnfinishedMergeInTheOperatorsRedirects(t *testing.T) {
	const merge = "/a /b 301\n<<<<<<< HEAD\n/c /d 301\n=======\n/c /e 301\n>>>>>>> main\n"
	for text, want := range map[string]string{
		"/a /b 301\n": "", merge: "2:1-13 conflict-marker", "/a /b 301\n>>>>>>> main\r\n": "2:1-13 conflict-marker",
		strings.Repeat("# much\n", 80_000): "0:0-0 bad-redirects",
	} {
		s, problems := source.Read(little.with("content/static/_redirects", text).folder(), source.Options{})
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		var said []string
		for _, p := range render.CheckRedirects(&s) {
			said = append(said, fmt.Sprintf("%d:%d-%d %s", p.Line, p.Column, p.EndColumn, p.Rule))
		}
		if got := strings.Join(said, "\n"); got != want {
			t.Errorf("%.40q: %s, not %s", text, got, want)
		}
	}
}
