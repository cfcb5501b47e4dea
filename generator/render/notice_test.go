package render_test

import (
	"strings"
	"testing"
)

// A notice has no phase: nobody investigates the trouble of somebody else. Only what must
// have one, the API and state.json, says one.
func TestNoOutputSaysThatANoticeIsInvestigated(t *testing.T) {
	c := content{
		"content/site.yml":             "title: X\nurl: https://status.example.org\n",
		"content/components.yml":       "components: [{id: web, name: Website}]\n",
		"content/incidents/silent.md":  "---\ntitle: Silent\nseverity: none\nstart: 2026-11-28 05:00\n---\n",
		"content/incidents/over.md":    "---\ntitle: Over\nseverity: none\nstart: 2026-11-28 05:00\nend: 2026-11-28 05:30\n---\n",
		"content/incidents/told.md":    "---\ntitle: Told\nseverity: none\nstart: 2026-11-28 05:00\n---\nThey know.\n",
		"content/incidents/updated.md": "---\ntitle: Updated\nseverity: none\n---\n## Update — 2026-11-28 05:00\nThey know.\n",
	}
	for _, at := range []string{"2026-11-28T05:10:00Z", "2026-11-28T06:00:00Z"} {
		for path, data := range publish(t, c, at) {
			stated := strings.HasPrefix(path, "api/") || strings.HasPrefix(path, "incidents/") && strings.HasSuffix(path, ".json") ||
				path == "state.json" || strings.HasPrefix(path, "assets/")
			if text := string(data); !stated && (strings.Contains(text, "Investigating") || strings.Contains(text, "investigating")) {
				t.Errorf("at %s, %s says that a notice is investigated", at, path)
			}
		}
	}
	if feed := string(publish(t, c, "2026-11-28T05:10:00Z")["history.rss"]); !strings.Contains(feed, "<title>Update: Silent</title>") {
		t.Errorf("the feed calls it something else:\n%s", feed)
	}
}
