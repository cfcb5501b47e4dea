package render_test

import (
	"strings"
	"testing"
)

// The card of an open incident says how bad it is now: not how severe the operator called
// it, and once all is well again, how bad it was.
func TestACardSaysHowBadItIsNow(t *testing.T) {
	entry := func(title, keys string) string {
		return "---\ntitle: " + title + "\n" + keys + "---\n## Investigating — 2025-07-25 08:00\nText.\n"
	}
	c := content{
		"content/site.yml":            "title: Example\n",
		"content/components.yml":      "components: [{id: api, name: API}]\n",
		"content/incidents/called.md": entry("Called minor", "components: [api]\nstatus: major_outage\nseverity: minor\n"),
		"content/incidents/recovering.md": entry("Recovering", "impacts:\n"+
			"  - {components: [api], status: partial_outage, start: 2025-07-25 08:00, end: 2025-07-25 08:30}\n"),
	}
	home := pagesOf(t, publish(t, c, "2025-07-25T09:00:00Z"))["index.html"]
	said := map[string]string{}
	for _, n := range elements(home) {
		if n.Data == "article" {
			words := strings.Join(strings.Fields(text(n)), " ")
			class, _ := attribute(n, "class")
			for _, title := range []string{"Called minor", "Recovering"} {
				if strings.Contains(words, title) {
					said[title] = class + ": " + words
				}
			}
		}
	}
	for title, want := range map[string]string{"Called minor": "card major: Major outage", "Recovering": "card partial: Incident"} {
		if !strings.HasPrefix(said[title], want) {
			t.Errorf("the card of %s says %q", title, said[title])
		}
	}
}
