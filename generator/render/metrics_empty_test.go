package render_test

import (
	"strings"
	"testing"
)

// Some collectors reject a metric without samples.
func TestMetricsNameNoComponentsWhereNoneIsInService(t *testing.T) {
	c := website.with("content/components.yml", "components:\n  - {id: website, name: Website, since: 2030-01-01}\n")
	if text := string(publishOne(t, c, "2025-07-01T00:00:00Z", "metrics")); strings.Contains(text, "allclear_component_") {
		t.Errorf("the metrics are:\n%s", text)
	}
}
