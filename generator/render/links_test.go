package render_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

const address = "https://status.example.com/little"

// resolves reports whether a path from the root leads to a file of the build, and
// its fragment to an element there.
func (out output) resolves(path string) bool {
	path, fragment, _ := strings.Cut(path, "#")
	path = strings.TrimPrefix(path, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	page, ok := out[path]
	return ok && (fragment == "" || strings.Contains(string(page), `id="`+fragment+`"`))
}

// resolve checks that every address of the site in all files leads to something built.
func (out output) resolve(t *testing.T, name, site string) {
	t.Helper()
	inText := regexp.MustCompile(regexp.QuoteMeta(site) + `[^\s"'<>\\)]*`)
	checked := 0
	for path, data := range out {
		if strings.HasSuffix(path, ".png") || path == "_headers" {
			continue
		}
		// Unfold calendars, and undo the escapes of each format.
		text := strings.NewReplacer("\r\n ", "", `\n`, "\n", "&#34;", `"`, "&amp;", "&", "&gt;", ">", "&lt;", "<").Replace(string(data))
		for _, url := range inText.FindAllString(text, -1) {
			checked++
			if !out.resolves(strings.TrimPrefix(url, site)) {
				t.Errorf("%s: %s leads to %s, which is not there", name, path, url)
			}
		}
	}
	if checked < 100 {
		t.Errorf("%s: only %d addresses were found", name, checked)
	}
}

func TestEveryAddressInEveryFileResolves(t *testing.T) {
	for name, at := range instants {
		publish(t, little, at).resolve(t, name, address)
	}
}

func TestEveryAddressOfTheSampleSiteResolves(t *testing.T) {
	for name, at := range instants {
		publishFolder(t, os.DirFS("../testdata/sample"), at).resolve(t, name, "https://status.example.com")
	}
}

func TestEveryPathInOurOwnJSONResolves(t *testing.T) {
	for name, at := range instants {
		out := publish(t, little, at)
		for _, file := range []string{"state.json", "search.json"} {
			var document any
			if err := json.Unmarshal(out[file], &document); err != nil {
				t.Fatal(err)
			}
			found := 0
			eachPath(document, func(path string) {
				found++
				if !out.resolves(path) {
					t.Errorf("%s: %s leads to %s, which is not there", name, file, path)
				}
			})
			if found == 0 {
				t.Errorf("%s: %s holds no path", name, file)
			}
		}
	}
}

// eachPath visits every value with the key path or entry.
func eachPath(value any, visit func(string)) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			eachPath(item, visit)
		}
	case map[string]any:
		for key, item := range value {
			if path, ok := item.(string); ok && (key == "path" || key == "entry") {
				visit(path)
			}
			eachPath(item, visit)
		}
	}
}

func TestASiteWithoutURLHasNoFeedsAndRelativeLinksInTheAPI(t *testing.T) {
	out := publish(t, little.with("content/site.yml", "title: Little Status\n"), incident)
	for path := range out {
		if strings.HasSuffix(path, ".rss") || strings.HasSuffix(path, ".atom") || strings.HasSuffix(path, "feed.json") ||
			strings.HasSuffix(path, ".ics") || path == "sitemap.xml" {
			t.Errorf("%s needs absolute addresses", path)
		}
	}
	summary := decode(t, out["api/v2/summary.json"])
	if link := objects(t, summary["incidents"])[0]["shortlink"]; link != "incidents/errors/" {
		t.Errorf("the shortlink is %v", link)
	}
}
