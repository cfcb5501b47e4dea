package render_test

import (
	"bytes"
	"testing"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

func TestMetricsAreReadByPrometheus(t *testing.T) {
	for name, at := range instants {
		parser := expfmt.NewTextParser(model.LegacyValidation)
		families, err := parser.TextToMetricFamilies(bytes.NewReader(publish(t, little, at)["metrics"]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		values := map[string]float64{}
		for _, family := range families {
			for _, metric := range family.Metric {
				key := family.GetName()
				for _, label := range metric.Label {
					if label.GetName() != "name" && label.GetName() != "group" {
						key += " " + label.GetValue()
					}
				}
				values[key] = metric.GetGauge().GetValue()
			}
		}
		want := map[string]map[string]float64{
			"clear": {"allclear_indicator none": 1, "allclear_maintenances upcoming": 1, "allclear_component_status api": 0,
				"allclear_components_healthy": 3},
			"incident": {"allclear_indicator minor": 1, "allclear_incidents_open critical": 1, "allclear_component_status api": 3,
				"allclear_component_region_status api eu": 4, "allclear_component_region_status api us": 0},
			"maintenance": {"allclear_indicator maintenance": 1, "allclear_maintenances active": 1, "allclear_component_status web": 1,
				"allclear_build_timestamp_seconds": 1754014800},
			"resolved": {"allclear_indicator none": 1, "allclear_incidents_open critical": 0,
				"allclear_component_uptime_ratio api 90d": 1 - 0.5*32*60/float64(89*86400)},
		}[name]
		for key, value := range want {
			if got, ok := values[key]; !ok || got-value > 1e-9 || value-got > 1e-9 {
				t.Errorf("%s: %s is %v, not %v", name, key, got, value)
			}
		}
	}
}

func TestALabelOfAMetricMayHoldAnything(t *testing.T) {
	odd := little.with("content/components.yml", "components:\n  - {id: email, name: 'The \"E\\mail\"'}\n  - {id: api, name: API}\n"+
		"  - {id: web, name: Web}\nregions: [{id: us, name: US}, {id: eu, name: EU}]\n").
		with("content/incidents/errors.md", "---\ntitle: x\ncomponents: [email]\nstart: 2025-07-01 10:00\nend: 2025-07-02 10:00\n"+
			"status: degraded\n---\n")
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(publish(t, odd, clear)["metrics"]))
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range families["allclear_component_status"].Metric[0].Label {
		if label.GetName() == "name" && label.GetValue() != `The "E\mail"` {
			t.Errorf("the name is %s", label.GetValue())
		}
	}
}
