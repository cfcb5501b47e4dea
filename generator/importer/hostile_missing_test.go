package importer_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/diag"
	"allclear/generator/importer"
)

// TestNoKeyIsNeeded takes each key of each fixture out, one at a time, and puts null, a
// text, a list and an object in its place: the program says what it lacks, and goes on.
func TestNoKeyIsNeeded(t *testing.T) {
	tried := 0
	for _, name := range []string{"statuspage/incidents.json", "statuspage/components.json", "upptime/issues.json",
		"incident-io/incidents.json",
		"incident-io/page.json", "betterstack/reports.json", "betterstack/parts.json", "betterstack/page.json", "instatus/incidents.json",
		"instatus/components.json", "instatus/maintenances.json", "cachet/incidents.json", "cachet/components.json",
		"cachet/schedules.json",
		"cachet.v3/incidents.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		tool, file, _ := strings.Cut(name, "/")
		tool, _, _ = strings.Cut(tool, ".")
		keys := map[string]bool{}
		for _, m := range regexp.MustCompile(`"([a-z_A-Z]+)":`).FindAllStringSubmatch(string(data), -1) {
			keys[m[1]] = true
		}
		for key := range keys {
			for _, other := range []string{`"gone": `, `"` + key + `": null, "x": `, `"` + key + `": "text", "x": `,
				`"` + key + `": [], "x": `,
				`"` + key + `": {"a": 1}, "x": `, `"` + key + `": [null, 7, {"id": []}], "x": `} {
				changed := strings.ReplaceAll(string(data), `"`+key+`": `, other)
				src, err := importer.Read(tool, fstest.MapFS{file: &fstest.MapFile{Data: []byte(changed)}},
					importer.Options{Now: importedAt})
				if err != nil {
					t.Fatal(err)
				}
				plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
				for _, p := range checkContent(importer.NewOverlay(nil, plan.Files)) {
					if _, written := plan.Ledger[p.File]; written && p.Severity == diag.Error {
						t.Errorf("%s with %s: %s: %s", name, other, p.Pos, p.Message)
					}
				}
				tried++
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d were tried", tried)
	}
}

// TestNoLineIsNeeded does the same with the lines of the fixtures that are YAML or Markdown:
// it takes each out, and cuts the file off behind it.
func TestNoLineIsNeeded(t *testing.T) {
	tried := 0
	for _, tool := range []string{"cstate", "statusfy", "stactus", "gatus", "upptime"} {
		files := fstest.MapFS{}
		folder := os.DirFS("testdata/" + tool)
		err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(folder, name)
			files[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, whole := range files {
			lines := strings.SplitAfter(string(whole.Data), "\n")
			if strings.HasSuffix(name, ".json") {
				continue
			}
			for i := range lines {
				for _, changed := range []string{strings.Join(lines[:i], "") + strings.Join(lines[i+1:], ""), strings.Join(lines[:i], "")} {
					files[name] = &fstest.MapFile{Data: []byte(changed)}
					src, err := importer.Read(tool, files, importer.Options{Now: importedAt})
					if err != nil {
						t.Fatal(err)
					}
					plan := importer.Prepare(src, importer.PrepareOptions{Check: checkContent})
					for _, p := range checkContent(importer.NewOverlay(nil, plan.Files)) {
						if _, written := plan.Ledger[p.File]; written && p.Severity == diag.Error {
							t.Errorf("%s without line %d: %s: %s", name, i+1, p.Pos, p.Message)
						}
					}
					tried++
				}
			}
			files[name] = whole
		}
	}
	if tried < 300 {
		t.Errorf("only %d were tried", tried)
	}
}

// TestListsWithoutTheirLastPageAreAProblem imports lists of which some pages were not saved.
func TestListsWithoutTheirLastPageAreAProblem(t *testing.T) {
	incident := `{"id": %d, "name": "Trouble", "status": 1, "visible": 1, "message": "Text.", "occurred_at": "2025-01-01 10:00:00"}`
	cachet := func(id int, next, previous string) string {
		return fmt.Sprintf(`{"meta": {"pagination": {"links": {"next_page": %s, "previous_page": %s}}}, "data": [`+incident+`]}`,
			next, previous, id)
	}
	first := cachet(1, `"https://x.example/api/v1/incidents?page=2"`, "null")
	second := cachet(2, "null", `"https://x.example/api/v1/incidents?page=1"`)
	entry := `"incidents": [{"id": "a", "name": "Trouble", "published_at": "2025-01-01T10:00:00Z", "updates": []}]`
	for name, c := range map[string]struct {
		tool  string
		files []string
		want  int
	}{
		"Cachet, the first of two":      {"cachet", []string{first}, 1},
		"Cachet, both":                  {"cachet", []string{first, second}, 0},
		"Cachet, only one":              {"cachet", []string{cachet(1, "null", "null")}, 0},
		"incident.io, the first of two": {"incident-io", []string{`{"pagination_meta": {"after": "01ABC"}, ` + entry + `}`}, 1},
		"incident.io, both": {"incident-io", []string{`{"pagination_meta": {"after": "01ABC"}, ` + entry + `}`,
			`{"pagination_meta": {"page_size": 25}, "incidents": []}`}, 0},
		"Better Stack, the first of two": {"betterstack", []string{`{"pagination": {"next": "https://x.example/r?page=2", "prev": null},
			"data": [{"id": "1", "type": "status_report", "attributes": {"title": "Trouble", "starts_at": "2025-01-01T10:00:00Z"}}]}`}, 1},
	} {
		files := fstest.MapFS{}
		for i, data := range c.files {
			files[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{Data: []byte(data)}
		}
		src, err := importer.Read(c.tool, files, importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		if len(src.Problems) != c.want {
			t.Errorf("%s: %+v", name, src.Problems)
		}
	}
}

// TestFiftyIncidentsOfStatuspageAreCalledTheNewest imports as many as the public API has.
func TestFiftyIncidentsOfStatuspageAreCalledTheNewest(t *testing.T) {
	for _, count := range []int{49, 50, 51} {
		var list []string
		for i := range count {
			list = append(list, fmt.Sprintf(`{"id": "i%d", "name": "Trouble", "status": "resolved", "incident_updates": [
				{"status": "resolved", "display_at": "2025-01-01T10:00:00Z", "body": "Over."}]}`, i))
		}
		data := `{"incidents": [` + strings.Join(list, ",") + `]}`
		src, err := importer.Read("statuspage", fstest.MapFS{"incidents.json": &fstest.MapFile{Data: []byte(data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		said := slices.ContainsFunc(src.Losses, func(l importer.Loss) bool { return l.Rule == "newest" })
		if said != (count == 50) {
			t.Errorf("%d incidents: %v", count, said)
		}
	}
}

// TestGroupsThatAreTheirOwnGroupLoseNothing imports groups of Instatus in circles, in each
// other, without a list and without components.
func TestGroupsThatAreTheirOwnGroupLoseNothing(t *testing.T) {
	data := `[{"id": "a", "name": "Aa", "group": "b"}, {"id": "b", "name": "Bb", "group": "a"}, {"id": "c", "name": "Cc", "group": "c"},
		{"id": "d", "name": "Dd", "group": "nowhere"}, {"id": "g", "name": "Outer"}, {"id": "h", "name": "Inner", "group": "g"},
		{"id": "i", "name": "Leaf", "group": "h"}, {"id": "j", "name": "Known", "group": {"id": "z", "name": "Unlisted group"}}]`
	src, err := importer.Read("instatus", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}}, importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	written := string(describe(importer.Prepare(src, importer.PrepareOptions{Check: checkContent})))
	for _, want := range []string{"name: Aa\n", "name: Bb\n", "name: Cc\n", "name: Dd\n", "group: Inner\n", "name: Leaf\n",
		"group: Unlisted group\n", `no-group group "nowhere"`, `empty-group group "Outer"`, `nested-group name "Inner"`} {
		if !strings.Contains(written, want) {
			t.Errorf("%q is missing:\n%s", want, written)
		}
	}
}

// TestAWindowCompletedBeforeItsStartWasCanceled imports a maintenance that nobody began.
func TestAWindowCompletedBeforeItsStartWasCanceled(t *testing.T) {
	data := `{"scheduled_maintenances": [{"id": "m", "name": "New disks", "impact": "maintenance", "status": "completed",
		"scheduled_for": "2025-05-02T20:00:00Z", "scheduled_until": "2025-05-02T21:00:00Z", "incident_updates": [
		{"status": "completed", "body": "We need none.", "display_at": "2025-05-01T12:00:00Z"},
		{"status": "scheduled", "body": "We put them in.", "display_at": "2025-05-01T10:00:00Z"}]}]}`
	src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}}, importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	written := string(describe(importer.Prepare(src, importer.PrepareOptions{Check: checkAt(importedAt)})))
	for _, want := range []string{"start: 2025-05-02 20:00\nend: 2025-05-02 21:00\n", "## Canceled — 2025-05-01 12:00\n\nWe need none.\n",
		"canceled incident_updates"} {
		if !strings.Contains(written, want) {
			t.Errorf("%q is missing:\n%s", want, written)
		}
	}
}
