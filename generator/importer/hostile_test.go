package importer_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

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
