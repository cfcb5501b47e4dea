package render_test

import (
	"strings"
	"testing"
)

// An incident's label is its status: the current one while it is open, the worst one once
// it is over. Its severity is not shown as well.
func TestAnIncidentIsCalledByItsStatus(t *testing.T) {
	for _, c := range []struct{ at, file, want string }{
		{"2025-07-25T04:55:00Z", "incidents/spoken/index.html", "Monitoring · Partial outage · since"},
		{"2025-07-25T04:55:00Z", "incidents/silent/index.html", "Investigating · Incident · since"}, // between its two impacts
		{"2025-07-25T10:00:00Z", "incidents/silent/index.html", "Investigating · Degraded · since"}, // it was a major outage before
		{"2025-07-28T03:30:00Z", "incidents/silent/index.html", "Resolved · Major outage · "},
		{"2025-07-28T03:30:00Z", "incidents/minor/index.html", "Investigating · Incident · since"},
		{"2025-08-01T00:40:00Z", "maintenance/clock/index.html", "In progress · Maintenance · "},
	} {
		doc := pagesOf(t, translated(t, "en", c.at, nil))[c.file]
		if doc == nil || !strings.Contains(text(doc), c.want) {
			t.Errorf("%s at %s does not say %q", c.file, c.at, c.want)
		}
	}
}
