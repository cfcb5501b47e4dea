package render_test

import (
	"strings"
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

// An open page reads build.json and reloads when that names another build.
func TestWhatAVisitorReadsTellsBuildsApart(t *testing.T) {
	id := func(c content) any { return decode(t, publish(t, c, maintenance)["build.json"])["build"] }
	upgrade, web := little["content/maintenance/upgrade.md"], little["content/components.yml"]
	before := id(little)
	for what, changed := range map[string]content{
		"a step that is done": little.with("content/maintenance/upgrade.md", strings.Replace(upgrade, "- [ ]", "- [x]", 1)),
		"a promise": little.with("content/maintenance/upgrade.md",
			strings.Replace(upgrade, "title:", "next_update: 2025-08-01 02:50\ntitle:", 1)),
		"a severity": little.with("content/incidents/errors.md", strings.Replace(little["content/incidents/errors.md"], "title:",
			"severity: minor\ntitle:", 1)),
		"the name of a region": little.with("content/components.yml", strings.Replace(web, "name: Europe", "name: The continent", 1)),
		"a target":             little.with("content/components.yml", strings.Replace(web, "99.95", "99.9", 1)),
	} {
		if id(changed) == before {
			t.Errorf("%s makes no other build of it", what)
		}
	}
	commented := little.with("content/components.yml", "# a comment\n"+web)
	if after := id(commented); after != before || before == nil {
		t.Errorf("a comment makes another build of it: %v and %v", before, after)
	}
	german := little.with("content/site.yml", little["content/site.yml"]+"languages: [en, de]\n")
	one := id(german.with("content/incidents/notice.de.md", "---\ntitle: Vorsicht\n---\n"))
	if two := id(german.with("content/incidents/notice.de.md", "---\ntitle: Obacht\n---\n")); one == two {
		t.Error("a translation's other title makes no other build of it")
	}
}

func TestStateSaysWhatTheAPICannot(t *testing.T) {
	labelled := little.with("content/maintenance/upgrade.md",
		"---\ntitle: Upgrade\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:30\nimpacts:\n  - {components: [api], regions: [eu], label: "+
			"Offline, eta: 2025-08-01 02:42}\n---\n")
	state := decode(t, publish(t, labelled, maintenance)["state.json"])
	for _, c := range objects(t, state["components"]) {
		if c["id"] != "api" {
			continue
		}
		eu := objects(t, c["regions"])[1]
		if eu["status"] != "under_maintenance" || eu["label"] != "Offline" || eu["eta"] != "2025-08-01T02:42:00Z" ||
			eu["entry"] != "maintenance/upgrade/" {
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
