package render_test

import (
	"strings"
	"testing"
)

// An incident's label is its status: the current one while it is open, the worst one once
// it is over. Its severity is not shown as well.
func TestAnIncidentIsCalledByItsStatus(t *testing.T) {
	for _, c := range []struct{ at, file, want string }{
		{"2025-07-25T04:55:00Z", "incidents/spoken/index.html", "Partial outage Monitoring Rhyolite since"},
		{"2025-07-25T04:55:00Z", "incidents/silent/index.html", "Incident Investigating Schist since"}, // between its two impacts
		{"2025-07-25T10:00:00Z", "incidents/silent/index.html", "Degraded Investigating Schist since"}, // it was a major outage before
		{"2025-07-28T03:30:00Z", "incidents/silent/index.html", "Resolved Major outage, 1 h Schist "},
		{"2025-07-28T03:30:00Z", "incidents/minor/index.html", "Incident Investigating "},
		{"2025-08-01T00:40:00Z", "maintenance/clock/index.html", "Under maintenance In progress "},
	} {
		doc := pagesOf(t, translated(t, "en", c.at, nil))[c.file]
		if doc == nil || !strings.Contains(text(doc), c.want) {
			t.Errorf("%s at %s does not say %q", c.file, c.at, c.want)
		}
	}
}
