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
	"allclear/generator/source"
)

// updatesIn returns how many updates package source finds in a file of a plan.
func updatesIn(t *testing.T, plan *importer.Plan, name string) int {
	t.Helper()
	s, _ := source.Read(importer.NewOverlay(nil, plan.Files), source.Options{Drafts: true})
	for _, e := range s.Entries {
		if e.Pos.File == name {
			return len(e.Updates)
		}
	}
	return -1
}

// TestWhatCannotBeReadIsNamedWithItsPlace shows the message for each kind of broken file.
func TestWhatCannotBeReadIsNamedWithItsPlace(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"cut off": {"{\"incidents\": [\n{\"id\": \"a\"", "x.json:2: this is not JSON that can be read: it ends too soon"},
		"too deep": {strings.Repeat("[", 100_000), "x.json:1: this is not JSON that can be read: lists and objects are nested more " +
			"than 64 deep"},
		"not UTF-8": {"{\n\"a\": \"\xff\"}", "x.json:2: the file is not UTF-8 text"},
		"empty":     {"  \n", "x.json: the file is empty"},
		"other": {"<html></html>", "x.json:1: this is not JSON that can be read: invalid character '<' looking for beginning of " +
			"value"},
		"nothing": {"{}", "-: there is nothing in it that statuspage writes"},
		"no time": {`{"incident_updates": [], "id": "a", "name": "When?"}`, `x.json: nothing says when "When?" was`},
		"two pages": {`[{"page":{"id":"a","name":"A"}},{"page":{"id":"b","name":"B"}}]`,
			"x.json#/1/page: this is another page than that of the files before it"},
		"not a place": {`{"incident_updates": 7, "id": "../../x", "name": "X"}`, `x.json: nothing says when "X" was`},
	} {
		src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(c.data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: checkAt(importedAt)})
		got := ""
		if len(plan.Problems) > 0 {
			got = plan.Problems[0].Place.String() + ": " + plan.Problems[0].Message
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestNamesOfOtherToolsLeadNowhereElse imports ids and titles that are paths, markup and
// YAML, and wants every file below content/ and nothing of it read as keys.
func TestNamesOfOtherToolsLeadNowhereElse(t *testing.T) {
	data := `{"page": {"id": "../up", "name": "A: [b]\n#c", "url": "https://x.example/$TOKEN", "time_zone": "../../etc/passwd"},
		"components": [{"id": "../../x", "name": "../../etc", "group_id": null, "only_show_if_degraded": false}, {"id": "",
			"name": "none"}],
		"incidents": [{"id": "../../../../tmp/x", "name": "../../etc/passwd\n---\nseverity: none\n<!-- x", "impact": "minor",
		"incident_updates": [{"status": "investigating", "display_at": "2025-01-01T00:00:00Z", "body": "---\nseverity: none\n---",
		"affected_components": [{"code": "__proto__", "name": "all", "new_status": "major_outage"}]}]}]}`
	src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}},
		importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	plan := importer.Prepare(src, importer.PrepareOptions{Check: checkAt(importedAt)})
	if len(plan.Files) != 3 {
		t.Errorf("%d files: %s", len(plan.Files), describe(plan))
	}
	for _, f := range plan.Files {
		if !strings.HasPrefix(f.Path, "content/") || strings.Contains(f.Path, "..") || strings.Contains(string(f.Data), "TOKEN") ||
			strings.Contains(string(f.Data), "\nseverity: none\n---\n\n## ") {
			t.Errorf("%s:\n%s", f.Path, f.Data)
		}
	}
}

// TestTwoEntriesWithOneIDAreBothWritten imports them: the second has no id of its own.
func TestTwoEntriesWithOneIDAreBothWritten(t *testing.T) {
	one := "version: incident/v1\nid: same\nname: Trouble\nimpact: none\ntimeline: [{ts: \"2025-01-0%d 10:00\", description: Text.}]\n"
	data := strings.Replace(one, "%d", "1", 1) + "---\n" + strings.Replace(one, "%d", "2", 1)
	src, err := importer.Read("stactus", fstest.MapFS{"x.yaml": &fstest.MapFile{Data: []byte(data)}}, importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	plan := importer.Prepare(src, importer.PrepareOptions{Check: checkAt(importedAt)})
	written := string(describe(plan))
	if strings.Count(written, "id: same\n") != 1 || strings.Count(written, "title: Trouble\n") != 2 || !strings.Contains(written,
		"api-id") {
		t.Error(written)
	}
}

// TestEveryRuleOfALossSaysWhatHappened finds the rules in the source of this package.
func TestEveryRuleOfALossSaysWhatHappened(t *testing.T) {
	files, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?:lose|newLoss|note|leftoverAs)\((?:[a-zA-Z.]+, )?"([a-z-]+)"|finding\{"([a-z-]+)"|Rule: +"([a-z-]+)"|` +
		`rule :?= "([a-z-]+)"`)
	found := map[string]bool{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(string(data), -1) {
			rule := strings.Join(m[1:], "")
			found[rule] = true
			if told := importer.Tallies([]importer.Loss{{Rule: rule}}); told[0].What == "1 " {
				t.Errorf("%s: the rule %q has no words in loss.go", name, rule)
			}
		}
	}
	if len(found) < 40 {
		t.Errorf("only %d rules were found", len(found))
	}
}

// TestTheFilesOfAnotherToolAreRecognized reads each fixture as that of another tool, which
// finds no entry in it.
func TestTheFilesOfAnotherToolAreRecognized(t *testing.T) {
	for _, c := range []struct{ tool, folder, hint string }{
		{"statuspage", "cstate", "it looks like cstate: allclear import cstate"},
		{"incident-io", "statuspage", "it looks like statuspage: allclear import statuspage"},
		{"cachet", "betterstack", "it looks like betterstack: allclear import betterstack"},
		{"statuspage", "gatus", "it looks like gatus: allclear import gatus"},
	} {
		src, err := importer.Read(c.tool, os.DirFS("testdata/"+c.folder), importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		if len(src.Problems) != 1 || src.Problems[0].Hint != c.hint {
			t.Errorf("%s as %s: %+v", c.folder, c.tool, src.Problems)
		}
	}
}

// TestNoReportHasTheAddressesOfSubscribers imports a list of them beside the incidents.
func TestNoReportHasTheAddressesOfSubscribers(t *testing.T) {
	for tool, list := range map[string]string{
		"statuspage": `[{"id": "s1", "email": "kim@example.com", "phone_number": "5551234567", "status": "active"}]`,
		"instatus":   `[{"id": "s1", "name": "kim@example.com", "phone": "5551234567"}, {"id": "s2", "email": "kim@example.com"}]`,
		"cachet":     `{"data": [{"id": 1, "email": "kim@example.com", "phone_number": "5551234567"}]}`,
		"betterstack": `{"data": [{"id": "1", "type": "status_page_subscriber", "attributes": {"email": "kim@example.com",
			"phone": "5551234567"}}]}`,
		"incident-io": `{"subscribers": [{"id": "1", "name": "kim@example.com", "phone": "5551234567"}]}`,
	} {
		files := fixtureFiles(t, "testdata/"+tool)
		files["subscribers.json"] = &fstest.MapFile{Data: []byte(list)}
		src, err := importer.Read(tool, files, importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		if report := string(describe(importer.Prepare(src, importer.PrepareOptions{Check: checkContent}))); !strings.Contains(report,
			"subscribers.json") || strings.Contains(report[strings.Index(report, "== report"):], "kim@") ||
			strings.Contains(report, "5551234567") {
			t.Errorf("%s:\n%s", tool, report[strings.Index(report, "== report"):])
		}
	}
}

// TestThingsWithoutAnIDAreAllKept imports two incidents of Statuspage without an id, whose
// components have names and no codes.
func TestThingsWithoutAnIDAreAllKept(t *testing.T) {
	one := `{"name": "First", "impact": "minor", "components": [{"name": "Shop"}, {"name": "Mail"}], "incident_updates": [
		{"status": "investigating", "display_at": "2025-01-01T10:00:00Z", "body": "Text."}]}`
	data := `{"incidents": [` + one + "," + strings.Replace(one, "First", "Second", 1) + `]}`
	src, err := importer.Read("statuspage", fstest.MapFS{"x.json": &fstest.MapFile{Data: []byte(data)}},
		importer.Options{Now: importedAt})
	if err != nil {
		t.Fatal(err)
	}
	written := string(describe(importer.Prepare(src, importer.PrepareOptions{Check: checkContent})))
	for _, want := range []string{"title: First\n", "title: Second\n", "components: [shop, mail]\n", "name: Shop\n", "name: Mail\n"} {
		if !strings.Contains(written, want) {
			t.Errorf("%q is missing:\n%s", want, written)
		}
	}
}

// TestTheHintForAFileWithoutItsFirstFence says what to add, as most likely it is an entry.
func TestTheHintForAFileWithoutItsFirstFence(t *testing.T) {
	for data, want := range map[string]string{
		"title: \"Shop fails\"\nsection: issue\n---\n\nText.\n": "write --- into a line of its own above, as there is one below the keys",
		"# How to write\n\nText.\n": "it is no entry: move it out of the folder, or leave it out " +
			"with --keep-going",
		"---json\n{\n\"title\": }\n---\n": "export or download the file again",
	} {
		src, err := importer.Read("cstate", fstest.MapFS{"content/issues/x.md": &fstest.MapFile{Data: []byte(data)}},
			importer.Options{Now: importedAt})
		if err != nil {
			t.Fatal(err)
		}
		if len(src.Problems) != 1 || src.Problems[0].Hint != want || strings.Contains(data, "json") && src.Problems[0].Line != 3 {
			t.Errorf("%q: %+v", data, src.Problems)
		}
	}
}

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
