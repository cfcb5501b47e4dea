package render_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The keys of Statuspage's API. Strict clients reject any other key, and read these
// without a check that they exist.
var (
	pageKeys      = "id name time_zone updated_at url"
	statusKeys    = "description indicator"
	componentKeys = "created_at description group group_id id name only_show_if_degraded page_id position showcase " +
		"start_date status updated_at"
	incidentKeys = "components created_at id impact incident_updates monitoring_at name page_id resolved_at shortlink " +
		"started_at status updated_at"
	maintenanceKeys = "components created_at id impact incident_updates monitoring_at name page_id resolved_at scheduled_for " +
		"scheduled_until shortlink started_at status updated_at"
	updateKeys = "affected_components body created_at custom_tweet deliver_notifications display_at id incident_id " +
		"status tweet_id updated_at"
	affectedKeys = "code name new_status old_status"
)

// endpoints are the files of the API with the keys of each.
var endpoints = map[string]string{
	"summary.json":                         "components incidents page scheduled_maintenances status",
	"status.json":                          "page status",
	"components.json":                      "components page",
	"incidents.json":                       "incidents page",
	"incidents/unresolved.json":            "incidents page",
	"incidents/resolved.json":              "incidents page",
	"scheduled-maintenances.json":          "page scheduled_maintenances",
	"scheduled-maintenances/upcoming.json": "page scheduled_maintenances",
	"scheduled-maintenances/active.json":   "page scheduled_maintenances",
}

func decode(t *testing.T, data []byte) map[string]any {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return document
}

func objects(t *testing.T, list any) []map[string]any {
	t.Helper()
	items, ok := list.([]any)
	if !ok {
		t.Fatalf("a list is %v", list)
	}
	var objects []map[string]any
	for _, item := range items {
		objects = append(objects, item.(map[string]any))
	}
	return objects
}

func hasKeys(t *testing.T, where string, object map[string]any, want string) {
	t.Helper()
	if got := strings.Join(slices.Sorted(maps.Keys(object)), " "); got != want {
		t.Errorf("%s has the keys\n%s, not\n%s", where, got, want)
	}
}

func TestEveryEndpointHasExactlyTheKeysOfStatuspage(t *testing.T) {
	for name, at := range instants {
		out := publish(t, little, at)
		for path, want := range endpoints {
			where := name + " " + path
			document := decode(t, out["api/v2/"+path])
			hasKeys(t, where, document, want)
			hasKeys(t, where, document["page"].(map[string]any), pageKeys)
			if status, ok := document["status"].(map[string]any); ok {
				hasKeys(t, where, status, statusKeys)
			}
			for _, c := range objects(t, either(document["components"])) {
				componentIsExact(t, where, c)
			}
			for _, e := range objects(t, either(document["incidents"])) {
				entryIsExact(t, where, e, incidentKeys)
			}
			for _, e := range objects(t, either(document["scheduled_maintenances"])) {
				entryIsExact(t, where, e, maintenanceKeys)
			}
		}
	}
}

// either returns a list, or an empty one if the endpoint has none.
func either(list any) any {
	if list == nil {
		return []any{}
	}
	return list
}

func componentIsExact(t *testing.T, where string, c map[string]any) {
	t.Helper()
	want := componentKeys
	if c["group"] == true {
		want = "components " + want
		want = strings.Join(slices.Sorted(slices.Values(strings.Fields(want))), " ")
	}
	hasKeys(t, where, c, want)
}

func entryIsExact(t *testing.T, where string, e map[string]any, keys string) {
	t.Helper()
	hasKeys(t, where, e, keys)
	updates := objects(t, e["incident_updates"])
	if len(updates) == 0 {
		t.Errorf("%s: %v has no update", where, e["name"])
	}
	if !slices.IsSortedFunc(updates, func(a, b map[string]any) int {
		return strings.Compare(b["created_at"].(string), a["created_at"].(string))
	}) {
		t.Errorf("%s: the updates of %v are not newest first", where, e["name"])
	}
	for _, u := range updates {
		hasKeys(t, where, u, updateKeys)
		if u["body"] == "" || u["incident_id"] != e["id"] {
			t.Errorf("%s: update %v", where, u)
		}
		if u["affected_components"] == nil {
			continue
		}
		for _, a := range objects(t, u["affected_components"]) {
			hasKeys(t, where, a, affectedKeys)
		}
	}
	for _, c := range objects(t, e["components"]) {
		componentIsExact(t, where, c)
	}
}

func TestListsAreThereWhenEmpty(t *testing.T) {
	bare := content{
		"content/site.yml":       "title: Bare\n",
		"content/components.yml": "components: []\n",
	}
	for path := range endpoints {
		data := publish(t, bare, clear)["api/v2/"+path]
		for _, list := range []string{"components", "incidents", "scheduled_maintenances"} {
			if bytes.Contains(data, []byte(`"`+list+`":null`)) {
				t.Errorf("%s: %s is null", path, list)
			}
		}
	}
}

func TestSummaryAtFourInstants(t *testing.T) {
	for name, at := range instants {
		var indented bytes.Buffer
		if err := json.Indent(&indented, publish(t, little, at)["api/v2/summary.json"], "", "  "); err != nil {
			t.Fatal(err)
		}
		golden(t, "api/"+name+".json", indented.Bytes())
	}
}

func TestAnOpenIncidentIsUnresolvedAndAnEndedOneResolved(t *testing.T) {
	out := publish(t, little, incident)
	if got := names(t, out["api/v2/incidents/unresolved.json"], "incidents"); !slices.Equal(got,
		[]string{"Errors & slow answers <on the API>"}) {
		t.Errorf("unresolved: %q", got)
	}
	if got := names(t, out["api/v2/incidents/resolved.json"], "incidents"); !slices.Equal(got, []string{"Beware of forged mail"}) {
		t.Errorf("resolved: %q", got)
	}
	later := publish(t, little, resolved)
	if got := names(t, later["api/v2/incidents/unresolved.json"], "incidents"); len(got) != 0 {
		t.Errorf("unresolved later: %q", got)
	}
	first := objects(t, decode(t, later["api/v2/incidents/resolved.json"])["incidents"])[0]
	if first["status"] != "postmortem" || first["resolved_at"] != "2025-07-25T08:20:00.000Z" ||
		first["monitoring_at"] != "2025-07-25T07:30:00.000Z" {
		t.Errorf("the resolved incident is %v", first)
	}
}

func names(t *testing.T, data []byte, list string) []string {
	t.Helper()
	var names []string
	for _, e := range objects(t, decode(t, data)[list]) {
		names = append(names, e["name"].(string))
	}
	return names
}
