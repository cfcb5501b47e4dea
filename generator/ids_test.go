package generator_test

import (
	"regexp"
	"strings"
	"testing"
)

var idAttribute = regexp.MustCompile(`\sid="([^"]*)"`)

// comingStates take the place of what a page shows, when their time comes.
var comingStates = regexp.MustCompile(`(?s)<script type="text/html".*?</script>`)

// No page has two elements of one id, whatever stands on it side by side.
func TestNoIDRepeatsOnAPage(t *testing.T) {
	const text = "Text.[^1]\n\n### Fn 1\n\nText.[^1] Text.[^2]\n\n### Fnref 1\n\n### Fn 1\n\n### Main\n\n### U first\n\n" +
		"[^1]: Note.[^2]\n\n[^2]: Note.\n"
	update := "\n## Investigating — 2026-03-01 01:10\n\n" + text
	files, told, refused := attempt(t, content("-- site.yml --\ntitle: X\nurl: https://status.example.com\nlanguages: [en, de]\n"+
		"-- incidents/one.md --\n"+entryHead+update+"-- incidents/two.md --\n"+entryHead+update+
		"-- incidents/two.de.md --\n---\ntitle: Zwei\n---\n"+update+
		"-- incidents/three.md --\n"+entryHead+text+
		"\n## Investigating — 2026-03-01 01:10\n\nText.[^1]\n\n## Update — 2026-03-01 01:10\n\nText.[^1]\n\n"+
		"## Postmortem — 2026-03-01 02:00\n\nText.[^1]\n"+
		"-- maintenance/one.md --\n---\ntitle: Work\nstart: 2026-03-01 01:00\nend: 2026-03-01 09:00\n---\n"+text+
		"\n## Plan\n\n- [ ] a[^1]\n- [ ] b[^1]\n\n## Scheduled — 2026-02-01 01:10\n\nText.[^1]\n"+
		"-- pages/about.md --\n---\ntitle: About\n---\n"+text), instant(t, night))
	if refused {
		t.Fatal(told)
	}
	pages := 0
	for name, data := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		pages++
		seen := map[string]bool{}
		for _, m := range idAttribute.FindAllStringSubmatch(comingStates.ReplaceAllString(string(data), ""), -1) {
			if seen[m[1]] {
				t.Errorf("%s: the id %s stands there twice", name, m[1])
			}
			seen[m[1]] = true
		}
	}
	if pages < 10 {
		t.Errorf("%d pages were looked at", pages)
	}
}
