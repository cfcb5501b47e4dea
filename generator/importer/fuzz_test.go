package importer_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/diag"
	"allclear/generator/importer"
)

// fuzzTool fuzzes the files with an extension that a tool keeps, one at a time beside the
// others of its fixture. Whatever they hold, what is written has no error.
func fuzzTool(f *testing.F, tool string, extensions ...string) {
	f.Helper()
	folder := os.DirFS("testdata/" + tool)
	others := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		others[name] = &fstest.MapFile{Data: data}
		for _, e := range extensions {
			if strings.HasSuffix(name, e) {
				f.Add(name, data)
			}
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	check := checkContent
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !fs.ValidPath(name) || others[name] == nil || len(data) > 1<<16 {
			return
		}
		files := fstest.MapFS{}
		for other, file := range others {
			files[other] = file
		}
		files[name] = &fstest.MapFile{Data: data}
		src, err := importer.Read(tool, files, importer.Options{Now: importedAt, RegionsFromGroups: len(data)%2 == 0})
		if err != nil {
			t.Fatal(err)
		}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: check})
		for _, p := range check(importer.NewOverlay(nil, plan.Files)) {
			if _, written := plan.Ledger[p.File]; p.Severity == diag.Error && written {
				t.Errorf("%s: %s", p.Pos, p.Message)
			}
		}
	})
}

func FuzzStatuspage(f *testing.F) { fuzzTool(f, "statuspage", ".json") }

func FuzzCState(f *testing.F)   { fuzzTool(f, "cstate", ".md", ".yml") }
func FuzzUpptime(f *testing.F)  { fuzzTool(f, "upptime", ".json", ".yml") }
func FuzzStatusfy(f *testing.F) { fuzzTool(f, "statusfy", ".md", ".js", ".json") }
func FuzzStactus(f *testing.F)  { fuzzTool(f, "stactus", ".yaml") }

func FuzzIncidentIO(f *testing.F)  { fuzzTool(f, "incident-io", ".json") }
func FuzzBetterStack(f *testing.F) { fuzzTool(f, "betterstack", ".json") }
func FuzzInstatus(f *testing.F)    { fuzzTool(f, "instatus", ".json") }
func FuzzCachet(f *testing.F)      { fuzzTool(f, "cachet", ".json") }
func FuzzGatus(f *testing.F)       { fuzzTool(f, "gatus", ".yaml") }

func FuzzHistory(f *testing.F) {
	f.Add([]byte(`<div data-react-class="HistoryIndex" data-react-props="{&quot;months&quot;:[{&quot;name&quot;:&quot;July&quot;,` +
		`&quot;year&quot;:2026,` +
		`&quot;incidents&quot;:[{&quot;code&quot;:&quot;abcdef123456&quot;}]}]}"></div>`))
	f.Fuzz(func(t *testing.T, page []byte) {
		h, _ := importer.ParseHistory(page)
		for _, code := range h.Codes {
			if strings.ContainsAny(code, "/.\\%") {
				t.Errorf("the code %q is no name of a file", code)
			}
		}
	})
}

// FuzzText wants every text to stay one update: with the text of any tool in it, an
// entry has as many updates as it should.
func FuzzText(f *testing.F) {
	for _, text := range []string{"## Resolved — 2025-01-01 10:00", "**Resolved** 10:00", "a<br/>b", "<!-- x", "```\nopen", "<pre>",
		"> [!NOTE]",
		"<<<<<<< a\n=======\n>>>>>>> b", "[x](javascript:alert(1))", "![p](x.png)", "[a](b.md)", "{{< track \"x\" >}}",
		"# Postmortem", "[^1]: x [^1]"} {
		f.Add(text)
	}
	check := checkContent
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 || !strings.ContainsFunc(text, func(r rune) bool { return r > ' ' }) {
			return
		}
		src := &importer.Source{Tool: "statuspage", Components: []importer.Component{{ID: "shop", Name: "Shop"}}}
		src.Entries = []*importer.Entry{{Title: "Trouble", Updates: []importer.Update{
			{Time: importedAt, Text: text}, {Time: importedAt.Add(3600e9), Text: "The next one.", Status: 2}}}}
		plan := importer.Prepare(src, importer.PrepareOptions{Check: check})
		for _, p := range check(importer.NewOverlay(nil, plan.Files)) {
			if p.Severity == diag.Error {
				t.Errorf("%s: %s", p.Pos, p.Message)
			}
		}
		for _, file := range plan.Files {
			if strings.Contains(file.Path, "incidents") {
				if n := updatesIn(t, plan, file.Path); n != 2 {
					t.Errorf("%d updates: %q", n, file.Data)
				}
			}
		}
	})
}
