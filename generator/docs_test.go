package generator_test

import (
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are the pages of the documentation, by their paths from the root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{"../README.md", "../CHANGELOG.md", "../docs/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pages[strings.TrimPrefix(filepath.ToSlash(file), "../")] = string(text)
		}
	}
	return pages
}

var (
	fencedCode = regexp.MustCompile("(?ms)^```.*?^```")
	inlineCode = regexp.MustCompile("``.+?``|`[^`\n]+`")
	docLink    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	docHeading = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	notAnchor  = regexp.MustCompile(`[^\p{L}\p{N}\p{M} _-]`)
)

// anchorsOf are the addresses of a page's headings, as git hosts make them.
func anchorsOf(page string) []string {
	var anchors []string
	for _, heading := range docHeading.FindAllStringSubmatch(fencedCode.ReplaceAllString(page, ""), -1) {
		text := docLink.ReplaceAllString(heading[1], "]")
		text = notAnchor.ReplaceAllString(strings.ToLower(text), "")
		anchors = append(anchors, strings.ReplaceAll(text, " ", "-"))
	}
	return anchors
}

// TestEveryLinkInTheDocumentationLeadsSomewhere follows links between pages and to
// headings. Links to other hosts are not followed.
func TestEveryLinkInTheDocumentationLeadsSomewhere(t *testing.T) {
	pages := documents(t)
	followed := 0
	for name, text := range pages {
		prose := inlineCode.ReplaceAllString(fencedCode.ReplaceAllString(text, ""), "`")
		for _, m := range docLink.FindAllStringSubmatch(prose, -1) {
			if strings.Contains(m[1], ":") {
				continue
			}
			followed++
			file, anchor, _ := strings.Cut(m[1], "#")
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(target))); err != nil {
				t.Errorf("%s links to %s, and there is no %s", name, m[1], target)
			}
			if anchor != "" && !slices.Contains(anchorsOf(pages[target]), anchor) {
				t.Errorf("%s links to %s, and %s has no such heading", name, m[1], target)
			}
		}
	}
	if followed < 100 {
		t.Errorf("only %d links were followed", followed)
	}
}

func TestTheIndexOfTheDocumentationHasEveryPage(t *testing.T) {
	pages := documents(t)
	for name := range pages {
		if file := strings.TrimPrefix(name, "docs/"); file != name && file != "README.md" && !strings.Contains(pages["docs/README.md"],
			"]("+file+")") {
			t.Errorf("docs/README.md does not link %s", name)
		}
	}
	if !strings.Contains(pages["README.md"], "](docs/README.md)") {
		t.Error("README.md does not link docs/README.md")
	}
}

// TestTheAddressesAreThoseThatAreBuilt holds docs/addresses.md to a build, both ways:
// every address of its tables is built, and every file that is built is in a table.
func TestTheAddressesAreThoseThatAreBuilt(t *testing.T) {
	site := content(`
-- components.yml --
components:
  - group: Platform
    components:
      - {id: public-api, name: Public API}
measurements: [{id: response, component: public-api}]
-- measurements/response.csv --
time,value
-- incidents/slow.md --
---
title: The API is slow
components: [public-api]
status: degraded
---
## Investigating — 2026-11-20 10:00
We are looking into it.
-- maintenance/upgrade.md --
---
title: Upgrade
components: [public-api]
start: 2026-11-30 02:00
duration: 1h
---
## Scheduled — 2026-11-20 09:00
Nothing to do for you.
-- announcements/2026-11-20-tls.md --
---
title: TLS 1.0 will be switched off
---
In January.
-- pages/about.md --
---
title: About
aliases: [/pages/old-about/]
---
Text.
`)
	config := site["content/site.yml"]
	config.Data = append(config.Data, "insights: true\nreports: true\n"...)
	files := slices.Collect(maps.Keys(siteOf(t, site, "2026-11-22T00:00:00Z").files))
	var patterns []*regexp.Regexp
	for _, row := range addressRow.FindAllStringSubmatch(documents(t)["docs/addresses.md"], -1) {
		for _, code := range addressCode.FindAllStringSubmatch(row[1], -1) {
			pattern := addressPattern(code[1])
			patterns = append(patterns, pattern)
			if code[1] != ".allclear" && !slices.ContainsFunc(files, pattern.MatchString) {
				t.Errorf("docs/addresses.md names /%s, which is not built", code[1])
			}
		}
	}
	for _, file := range files {
		if !slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(file) }) {
			t.Errorf("%s is built, and docs/addresses.md does not name it", file)
		}
	}
}

var (
	addressRow  = regexp.MustCompile("(?m)^\\| (`/[^|]*) \\|")
	addressCode = regexp.MustCompile("`/([^`]*)`")
)

// addressPattern matches the files at an address of docs/addresses.md, in which
// capitals stand for names.
func addressPattern(address string) *regexp.Regexp {
	if address == "" || strings.HasSuffix(address, "/") {
		address += "index.html"
	}
	pattern := regexp.QuoteMeta(address)
	for _, placeholder := range [][2]string{
		{"API-ID", "[a-z0-9]{12}"}, {"YYYY-MM", "[0-9]{4}-[0-9]{2}"}, {"YYYY", "[0-9]{4}"}, {"SLUG", "[a-z0-9_-]+"},
		{"NAME", "[a-z0-9_-]+"},
		{"ID", "[a-z0-9-]+"}, {"…", ".+"},
	} {
		pattern = strings.ReplaceAll(pattern, placeholder[0], placeholder[1])
	}
	return regexp.MustCompile("^" + pattern + "$")
}
