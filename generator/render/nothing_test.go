package render_test

import (
	"strings"
	"testing"
)

// A site that lists no service has no uptime of all of them, not even a sign. Where it has no
// announcements, the operator's own file may have their address.
func TestASiteThatListsNothingHasNoUptime(t *testing.T) {
	c := content{
		"content/site.yml":                        "title: X\nurl: https://status.example.com\nuptime: {overall: true, groups: true}\n",
		"content/components.yml":                  "components: [{id: api, unlisted: true}]\n",
		"content/static/announcements/index.html": "own\n",
	}
	out := publish(t, c, "2026-02-01T12:00:00Z")
	if page := text(pagesOf(t, out)["index.html"]); strings.Contains(page, "%") || strings.Contains(page, "Uptime over") {
		t.Errorf("the home page has an uptime of nothing:\n%s", page)
	}
	if string(out["announcements/index.html"]) != "own\n" {
		t.Errorf("the operator's own page is %q", out["announcements/index.html"])
	}
}
