package render_test

import (
	"testing"
)

func TestBuildNamesTheNextChange(t *testing.T) {
	build := decode(t, publish(t, little, maintenance)["build.json"])
	if build["built_at"] != "2025-08-01T02:20:00Z" || build["next_change_at"] != "2025-08-01T03:30:00Z" {
		t.Errorf("build.json is %v", build)
	}
	if last := decode(t, publish(t, little, "2026-01-01T00:00:00Z")["build.json"]); last["next_change_at"] != nil {
		t.Errorf("nothing more will happen, but it says %v", last)
	}
}

func TestStateSaysWhatTheAPICannot(t *testing.T) {
	labelled := little.with("content/maintenance/upgrade.md", "---\ntitle: Upgrade\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:30\nimpacts:\n  - {components: [api], regions: [eu], label: Offline, eta: 2025-08-01 02:42}\n---\n")
	state := decode(t, publish(t, labelled, maintenance)["state.json"])
	for _, c := range objects(t, state["components"]) {
		if c["id"] != "api" {
			continue
		}
		eu := objects(t, c["regions"])[1]
		if eu["status"] != "under_maintenance" || eu["label"] != "Offline" || eu["eta"] != "2025-08-01T02:42:00Z" || eu["entry"] != "maintenance/upgrade/" {
			t.Errorf("the API in Europe is %v", eu)
		}
		if july := objects(t, c["uptime"])[1]; july["month"] != "2025-07" || july["percent"] != "99.96" {
			t.Errorf("July was %v", july)
		}
	}
	foreseen := objects(t, state["foreseen"])
	if len(foreseen) == 0 || foreseen[0]["at"] != "2025-08-01T03:30:00Z" || foreseen[0]["indicator"] != "none" {
		t.Errorf("it foresees %v", foreseen)
	}
}
