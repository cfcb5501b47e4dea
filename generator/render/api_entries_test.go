package render_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAnUpdateSaysWhatItChanged(t *testing.T) {
	first := objects(t, decode(t, publish(t, little, resolved)["api/v2/incidents.json"])["incidents"])[0]
	changes := map[string]any{}
	for _, u := range objects(t, first["incident_updates"]) {
		changes[u["created_at"].(string)] = u["affected_components"]
	}
	began := objects(t, changes["2025-07-25T06:41:00.000Z"])[0]
	if began["name"] != "Public API" || began["old_status"] != "operational" || began["new_status"] != "partial_outage" {
		t.Errorf("the first update changed %v", began)
	}
	if changes["2025-07-25T06:50:00.000Z"] != nil {
		t.Errorf("an update that changed nothing says %v", changes["2025-07-25T06:50:00.000Z"])
	}
	if better := objects(t, changes["2025-07-25T07:10:00.000Z"])[0]; better["new_status"] != "degraded_performance" {
		t.Errorf("the third update changed %v", better)
	}
}

func TestAnUpdateWithoutAStatusCarriesTheOneInForce(t *testing.T) {
	open := objects(t, decode(t, publish(t, little, incident)["api/v2/incidents.json"])["incidents"])[0]
	newest := objects(t, open["incident_updates"])[0]
	if newest["created_at"] != "2025-07-25T06:50:00.000Z" || newest["status"] != "investigating" {
		t.Errorf("the note is %v", newest)
	}
}

func TestACanceledWindowIsCompletedAndSaysSo(t *testing.T) {
	windows := objects(t, decode(t, publish(t, little, resolved)["api/v2/scheduled-maintenances.json"])["scheduled_maintenances"])
	i := slices.IndexFunc(windows, func(w map[string]any) bool { return w["name"] == "New cables" })
	newest := objects(t, windows[i]["incident_updates"])[0]
	if windows[i]["status"] != "completed" || newest["status"] != "completed" || newest["body"] != "Canceled. The cables did not arrive." {
		t.Errorf("the canceled window is %v with %v", windows[i]["status"], newest)
	}
}

func TestIdsOfTheOperatorAreKept(t *testing.T) {
	moved := little.
		with("content/components.yml", "components:\n  - {id: b13yz5g2cw10, name: Mail}\n").
		with("content/incidents/errors.md", "---\ntitle: Errors\nid: 0k3j5s8d7f1q\ncomponents: [b13yz5g2cw10]\nstatus: major_outage\n"+
			"start: 2025-07-25 06:32\nend: 2025-07-25 07:00\n---\nBroken.\n").
		with("content/maintenance/upgrade.md", "---\ntitle: Upgrade\nstart: 2025-08-01 02:00\nend: 2025-08-01 03:30\n---\n").
		with("content/maintenance/cables.md", "---\ntitle: Cables\nstart: 2025-08-10 02:00\nend: 2025-08-10 03:00\n---\n")
	summary := decode(t, publish(t, moved, incident)["api/v2/summary.json"])
	if c := objects(t, summary["components"])[0]; c["id"] != "b13yz5g2cw10" {
		t.Errorf("the component's id is %v", c["id"])
	}
	if e := objects(t, summary["incidents"])[0]; e["id"] != "0k3j5s8d7f1q" {
		t.Errorf("the incident's id is %v", e["id"])
	}
}

func TestAComponentInAGroupNamesAListedGroup(t *testing.T) {
	components := objects(t, decode(t, publish(t, little, clear)["api/v2/components.json"])["components"])
	groups := map[any][]any{}
	for _, c := range components {
		if c["group"] == true {
			groups[c["id"]] = c["components"].([]any)
		}
	}
	for _, c := range components {
		if id := c["group_id"]; id != nil && !slices.Contains(groups[id], c["id"]) {
			t.Errorf("%v is in the group %v, which lists %v", c["name"], id, groups[id])
		}
	}
	if len(groups) != 1 {
		t.Errorf("there are %d groups", len(groups))
	}
}

func TestARehearsalIsInNoListFeedOrAPI(t *testing.T) {
	for name, at := range instants {
		for path, data := range publish(t, little, at) {
			own := strings.HasPrefix(path, "incidents/rehearsal/")
			if !own && (bytes.Contains(data, []byte("rehearsal")) || bytes.Contains(data, []byte("Rehearsal"))) {
				t.Errorf("%s: %s names the rehearsal", name, path)
			}
		}
	}
}

func TestNoFileHoldsAWordOfALaterUpdate(t *testing.T) {
	for path, data := range publish(t, little, incident) {
		for _, later := range []string{"It was a change", "Better.", "All is well again", "75 %", "did not arrive"} {
			if bytes.Contains(data, []byte(later)) {
				t.Errorf("%s holds %q before it was said", path, later)
			}
		}
	}
}

func TestAnUpdateWithoutATextSaysOneSentenceEverywhere(t *testing.T) {
	mute := website.with("content/incidents/mute.md", "---\ntitle: Website down\ncomponents: [website]\nstatus: major_outage\n"+
		"start: 2026-11-27 10:00\n---\n"+
		"## Update — 2026-11-27 10:40\n\n## Monitoring — 2026-11-27 10:30\n\n## Identified — 2026-11-27 10:20\n\n"+
		"## Investigating — 2026-11-27 10:10\n").
		with("content/maintenance/move.md",
			"---\ntitle: Move\ncomponents: [website]\nstart: 2026-11-28 10:00\nend: 2026-11-28 12:00\n---\n"+
				"## Canceled — 2026-11-27 10:50\n\n## Scheduled — 2026-11-27 10:05\n")
	out := publish(t, mute, "2026-11-27T20:00:00Z")
	updates := map[string][]string{
		"incidents/mute": {"There is an update.", "We are monitoring the results.", "The cause has been identified.",
			"We are investigating this incident."},
		"maintenance/move": {"This maintenance has been canceled.", "Scheduled for 28 November 2026, 10:00–12:00 UTC."},
	}
	for entry, sentences := range updates {
		for _, file := range []string{entry + "/index.html", entry + "/index.md", "history.rss", "history.atom", "feed.json",
			"api/v2/incidents.json", "api/v2/scheduled-maintenances.json"} {
			if strings.HasPrefix(file, "api/") && strings.Contains(file, "incidents") != strings.HasPrefix(entry, "incidents") {
				continue
			}
			if said := strings.ReplaceAll(string(out[file]), "\u00a0", " "); !containsInOrder(said, sentences...) {
				t.Errorf("%s does not say %q in order", file, sentences)
			}
		}
	}
	if said := string(out["status.txt"]); !strings.Contains(said, "There is an update.") {
		t.Errorf("status.txt does not say what the page does:\n%s", said)
	}
	german := publish(t, mute.with("content/site.yml", "title: Site\nurl: https://status.example.org\nlanguages: [de]\n"),
		"2026-11-27T20:00:00Z")
	for file, sentence := range map[string]string{
		"incidents/mute/index.html": "Die Ursache ist gefunden.", "history.atom": "Die Ursache ist gefunden.",
		"api/v2/incidents.json": "The cause has been identified.",
	} {
		if !strings.Contains(string(german[file]), sentence) {
			t.Errorf("in German %s does not say %q", file, sentence)
		}
	}
}

func TestAGroupThatIsNamedByTwelveLettersHasAnIDOfItsOwn(t *testing.T) {
	groups := little.with("content/components.yml", "regions: [{id: us, name: US}, {id: eu, name: EU}]\ncomponents:\n"+
		"  - group: Applications\n    components: [{id: api, name: API, regions: [us, eu]}]\n"+
		"  - {group: Moved, id: b13yz5g2cw10, components: [{id: web, name: Web, regions: [us, eu]}]}\n  - {id: email, name: E-mail}\n")
	ids := map[any]any{}
	for _, c := range objects(t, decode(t, publish(t, groups, clear)["api/v2/components.json"])["components"]) {
		ids[c["name"]] = c["id"]
	}
	if id := ids["Applications"].(string); id == "applications" || len(id) != 12 {
		t.Errorf("its id is %s", id)
	}
	if ids["Moved"] != "b13yz5g2cw10" {
		t.Errorf("the id that was written became %v", ids["Moved"])
	}
}

// If two updates have the same time, the page and the API show what changed only with the
// first.
func TestWhatChangedInAMinuteIsShownOnce(t *testing.T) {
	twice := website.with("content/incidents/down.md", "---\ntitle: Down\ncomponents: [website]\nstatus: major_outage\n---\n"+
		"## Investigating — 2026-11-27 10:00\nWe look.\n\n## Identified — 2026-11-27 10:00\nA disk.\n")
	out := publish(t, twice, "2026-11-27T10:30:00Z")
	newest := objects(t, objects(t, decode(t, out["api/v2/incidents.json"])["incidents"])[0]["incident_updates"])
	if newest[0]["status"] != "identified" || newest[0]["affected_components"] != nil || newest[1]["affected_components"] == nil {
		t.Errorf("the API shows the change in %v", newest)
	}
	shown := map[string]string{}
	for _, id := range []string{"u-first", "u-20261127T100000Z-2"} {
		shown[id] = section(t, pagesOf(t, out)["incidents/down/index.html"], id)
	}
	if first, second := shown["u-first"], shown["u-20261127T100000Z-2"]; !strings.Contains(first, "Website: Operational") || second == "" ||
		strings.Contains(second, "Operational") {
		t.Errorf("the page shows\n%s\n%s", first, second)
	}
}

// A window canceled before it began, or while it was under way, ended when it was
// canceled.
func TestACanceledWindowEndedWhenItWasCanceled(t *testing.T) {
	for word, at := range map[string]string{"early": "2026-11-26 09:00", "midway": "2026-11-28 11:00"} {
		called := website.with("content/maintenance/move.md",
			"---\ntitle: Move\ncomponents: [website]\nstart: 2026-11-28 10:00\nend: 2026-11-28 12:00\n---\n"+
				"## Scheduled — 2026-11-20 09:00\nText.\n\n## Canceled — "+at+
				"\nNot today.\n\n## Update — 2026-11-28 11:30\nA new date follows.\n")
		want := strings.Replace(at, " ", "T", 1) + ":00.000Z"
		for _, built := range []string{"2026-11-28T11:00:00Z", "2026-11-28T13:00:00Z"} {
			window := objects(t, decode(t, publish(t, called, built)["api/v2/scheduled-maintenances.json"])["scheduled_maintenances"])[0]
			if window["status"] != "completed" || window["resolved_at"] != want {
				t.Errorf("%s, built %s: %v at %v, want %s", word, built, window["status"], window["resolved_at"], want)
			}
		}
	}
	early := website.with("content/maintenance/move.md", "---\ntitle: Move\ncomponents: [website]\nstart: 2026-11-28 10:00\n"+
		"end: 2026-11-28 12:00\n---\n"+
		"## Scheduled — 2026-11-20 09:00\nText.\n\n## Canceled — 2026-11-26 09:00\nNot today.\n")
	answer := decode(t, publish(t, early, "2026-11-27T00:00:00Z")["api/v2/scheduled-maintenances.json"])
	if window := objects(t, answer["scheduled_maintenances"])[0]; window["resolved_at"] != "2026-11-26T09:00:00.000Z" {
		t.Errorf("before its planned start: resolved at %v", window["resolved_at"])
	}
}

// An incident that was over when a person first wrote about it was published by the clock,
// long before its first update.
func TestTheNewestIncidentsAreThoseThatWerePublishedLast(t *testing.T) {
	c := website
	want := []string{}
	for day := range 51 {
		at := time.Date(2026, 9, 1+day, 12, 0, 0, 0, time.UTC).Format("2006-01-02 15:04")
		c = c.with(fmt.Sprintf("content/incidents/i%02d.md", day), "---\ntitle: Errors\n---\n## Resolved — "+at+"\nIt was short.\n")
		want = append([]string{fmt.Sprintf("incidents/i%02d/", day)}, want...)
	}
	c = c.with("content/incidents/late.md",
		"---\ntitle: Late\nstart: 2026-08-01 10:00\nend: 2026-08-01 11:00\n---\n## Update — 2026-10-25 10:00\nWe looked into it.\n")
	document := decode(t, publishOne(t, c, "2026-11-27T20:00:00Z", "api/v2/incidents.json"))
	var got []string
	for _, incident := range objects(t, document["incidents"]) {
		got = append(got, strings.TrimPrefix(incident["shortlink"].(string), "https://status.example.com/"))
	}
	if !slices.Equal(got, want[:50]) {
		t.Errorf("the API lists\n%s\nnot\n%s", got, want[:50])
	}
}
