package render_test

import (
	"os"
	"regexp"
	"testing"
)

// A page that has its styles in itself has all that the style sheet says about its parts.
// 503.html shows an incident as its own page does, so it needs more than the home page.
func TestAPageInOneFileHasTheStylesOfItsParts(t *testing.T) {
	inline, attribute := regexp.MustCompile(`(?s)<style[^>]*>(.*?)</style>`), regexp.MustCompile(`class="([^"]+)"`)
	name, selector := regexp.MustCompile(`[^\s"]+`), regexp.MustCompile(`\.([a-z][a-z0-9-]*)`)
	names := func(style []byte) map[string]bool {
		known := map[string]bool{}
		for _, m := range selector.FindAllSubmatch(style, -1) {
			known[string(m[1])] = true
		}
		return known
	}
	out := publishFolder(t, os.DirFS("../testdata/sample"), "2025-07-25T07:10:00Z")
	sheet, checked := map[string]bool{}, 0
	for path, data := range out {
		if m, _ := regexp.MatchString(`^assets/style\.[0-9a-f]+\.css$`, path); m {
			sheet = names(data)
		}
	}
	for _, path := range []string{"index.html", "404.html", "503.html"} {
		style := inline.FindSubmatch(out[path])
		if style == nil {
			t.Fatalf("%s has no styles", path)
		}
		own := names(style[1])
		for _, m := range attribute.FindAllSubmatch(out[path], -1) {
			for _, class := range name.FindAllString(string(m[1]), -1) {
				if checked++; sheet[class] && !own[class] {
					t.Errorf("%s has no styles for class %s", path, class)
				}
			}
		}
	}
	if len(sheet) < 50 || checked < 100 {
		t.Errorf("%d classes have styles, and %d were looked at: too few to say anything", len(sheet), checked)
	}
}
